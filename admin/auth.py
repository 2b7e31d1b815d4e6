"""Who sits at the desk: sign-in, sessions that end, and a wall before every page that is not public."""

from datetime import datetime, timedelta

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from admin.desk import desk, fence_reading, now, reading, stop_reading
from admin.forms.account import PasswordForm, SignInForm
from admin.places import local_path
from admin.security import typed_words
from admin.texts import words
from mentoring.report_words import speak_as
from mentoring.rules.accounts import AccountRole
from mentoring.rules.errors import SignInRefused, ValueWrong
from mentoring.rules.people import Actor
from mentoring.use_cases.accounts import AccountCard, account_by_id, change_password, check_password

LONGEST_SESSION = timedelta(hours=12)
LONGEST_PAUSE = timedelta(hours=2)
SEEN_STEP = timedelta(minutes=1)  # how exactly a pause is measured: the cookie is not rewritten with each page
PUBLIC = frozenset({"door.sign_in", "static", "health.alive", "health.ready"})
OPEN_TO_ALL = frozenset({"door.sign_out", "door.password"})
READS = frozenset({"GET", "HEAD", "OPTIONS"})

door = Blueprint("door", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")
logins = LoginManager()


class Curator(UserMixin):
    """The signed-in person of the panel, as every template and view knows them."""

    def __init__(self, card: AccountCard) -> None:
        self.card = card
        self.account_id: int = card.account_id
        self.organisation_id: int = card.organisation_id

    def get_id(self) -> str:
        return f"{self.account_id}.{self.card.session_version}"

    @property
    def may_change(self) -> bool:
        return self.card.role is not AccountRole.HEAD

    @property
    def is_administrator(self) -> bool:
        return self.card.role is AccountRole.ADMINISTRATOR


def guard(app: Flask) -> None:
    logins.init_app(app)
    logins.session_protection = None
    limiter.init_app(app)
    app.register_blueprint(door)
    app.before_request(_stand_at_the_door)


@logins.user_loader
def _curator(key: str) -> Curator | None:
    account_id, _, version = key.partition(".")
    if not account_id.isdecimal() or not _still_sits(desk().session_clock()):
        return None
    card = account_by_id(reading(), int(account_id))
    if card is None or str(card.session_version) != version:
        return None
    fence_reading(card.organisation_id)
    return Curator(card)


@door.route("/sign-in", methods=("GET", "POST"))
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        signed = desk().database.write(check_password, form.login.data, form.password.data, now=now())
        if signed and _let_in(signed.account_id):
            return redirect(local_path(request.args.get("next")) or url_for("today.index"), 303)
        form.password.errors = [words.SIGN_IN_REFUSED]
    return render_template("sign_in.html", form=form), 401 if form.errors else 200


@door.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash(words.SIGNED_OUT)
    return redirect(url_for("door.sign_in"), 303)


@door.route("/password", methods=("GET", "POST"))
@limiter.limit("10 per minute", methods=["POST"])
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit() and _changed(form):
        flash(words.PASSWORD_CHANGED)
        return redirect(url_for("today.index"), 303)
    return render_template("password.html", form=form, forced=current_user.card.must_change_password)


def _changed(form: PasswordForm) -> bool:
    """A new password ends all sessions of the account; this one goes on with the new version."""
    by = Actor.curator(current_user.account_id)
    try:
        desk().database.write(
            change_password, current_user.account_id, form.current.data, form.new.data, by=by, now=now()
        )
    except SignInRefused:
        form.current.errors = [words.PASSWORD_WRONG]
        return False
    except ValueWrong:
        form.new.errors = [words.PASSWORD_WEAK]
        return False
    stop_reading()
    return _let_in(current_user.account_id)


def _let_in(account_id: int) -> bool:
    card = account_by_id(reading(), account_id)
    if card is None:
        return False
    session.clear()
    moment = desk().session_clock().timestamp()
    session.update(signed_in_at=moment, seen_at=moment)
    return bool(login_user(Curator(card)))


def _still_sits(moment: datetime) -> bool:
    at = moment.timestamp()
    seen = session.get("seen_at", 0)
    if at - session.get("signed_in_at", 0) > LONGEST_SESSION.total_seconds():
        return False
    if at - seen > LONGEST_PAUSE.total_seconds():
        return False
    if at - seen > SEEN_STEP.total_seconds():
        session["seen_at"] = at
    return True


def _stand_at_the_door() -> ResponseReturnValue | None:
    """Everything that is not listed as public is closed, also a view that somebody adds later."""
    if request.endpoint in PUBLIC or request.endpoint is None:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    speak_as(current_user.card.organisation_kind)
    if request.endpoint in OPEN_TO_ALL:
        return None
    if current_user.card.must_change_password:
        return redirect(url_for("door.password"), 303)
    if request.method not in READS and not current_user.may_change:
        abort(403)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    """A page is shown after the sign-in; what was typed into a form is given back to be copied."""
    if request.method in READS:
        asked = request.full_path.rstrip("?")
        return redirect(url_for("door.sign_in", next=asked if asked != "/" else None))
    return render_template("sign_in.html", form=SignInForm(formdata=None), typed=typed_words()), 401
