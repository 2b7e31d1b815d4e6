"""The matching of a pool: drafts, the board of one, the curator's words in it."""

import re
from collections.abc import Callable

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read
from admin.downloads import download_workbook
from admin.forms.matching import DraftForm, MatchingSettingsForm, shown_settings
from admin.matching_runs import effect, run
from admin.places import came_from
from admin.texts import matching as said
from admin.texts.days import day, local_today
from admin.views.base import PAGE, page_number, pages_of
from admin.views.matching_publish import MatchingPublish
from mentoring.rules.errors import CalculationFailed, OutOfDate
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_settings import Settings
from mentoring.rules.people import Role
from mentoring.use_cases.matching_board import Board, Shown, board
from mentoring.use_cases.matching_choices import Chosen, Words, forbid_two, lock_two, restore_words, take_back
from mentoring.use_cases.matching_comparison import compare_drafts
from mentoring.use_cases.matching_drafts import (
    change_settings,
    copy_draft,
    draft_card,
    drafts_list,
    drop_draft,
    new_draft,
    rename_draft,
    restore_draft,
)
from mentoring.use_cases.matching_gaps import GapKind, gap_behind, gap_report
from mentoring.use_cases.matching_options import options_for
from mentoring.use_cases.matching_runs import Moved
from mentoring.workbooks import Column


class MatchingView(MatchingPublish):
    in_menu = False
    section = "pairs"

    def __init__(self) -> None:
        super().__init__(name="Подбор", endpoint="matching", url="/matching")

    @expose("/", methods=("GET", "POST"))
    def index(self) -> ResponseReturnValue:
        programme_id = current_user.card.programme_id
        form = DraftForm(name=said.default_name(day(local_today())) if request.method == "GET" else None)
        if form.validate_on_submit():
            begun = perform(new_draft, programme_id, form.name.data)
            _counted(begun.draft_id)
            return self.on_to("matching.page", draft_id=begun.draft_id)
        dropped = word("state", ("dropped",)) == "dropped"
        drafts = read(drafts_list, programme_id, dropped=dropped)
        return self.render("matching/index.html", drafts=drafts, dropped=dropped, form=form, said=said)

    @expose("/gaps")
    def gaps(self) -> str:
        return self.render(
            "matching/gaps.html", found=read(gap_report, current_user.card.programme_id, now=now()), said=said
        )

    @expose("/gaps/people")
    def gap_people(self) -> str:
        """Whom a number of the report counts."""
        kind = GapKind(word("of", list(GapKind)) or GapKind.ALL)
        role = Role(word("role", list(Role)) or Role.MENTEE)
        gap = read(gap_behind, current_user.card.programme_id, kind, request.args.get("value", ""), now=now())
        return self.render("matching/gap_people.html", gap=gap, kind=kind, role=role, said=said)

    @expose("/<int:draft_id>")
    def page(self, draft_id: int) -> str:
        number = page_number()
        found = _board(draft_id, offset=(number - 1) * PAGE, limit=PAGE)
        return self.render(
            "matching/board.html",
            found=found,
            said=said,
            undo=_undo(draft_id),
            groups=(chip_group("Наставники", "show", said.SHOWN),),
            narrowed=bool(request.args),
            page=number,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/<int:draft_id>/export.xlsx")
    def export(self, draft_id: int) -> ResponseReturnValue:
        found = _board(draft_id, offset=0, limit=MOST_EXPORTED)
        return download_workbook("Подбор", COLUMNS, said.exported(found, curator=current_user.may_change))

    @expose("/<int:draft_id>/person/<int:enrolment_id>")
    def person(self, draft_id: int, enrolment_id: int) -> str:
        number = page_number()
        found = read(options_for, draft_id, enrolment_id, offset=(number - 1) * PAGE, limit=PAGE, now=now())
        return self.render(
            "matching/options.html",
            found=found,
            said=said,
            page=number,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/<int:draft_id>/run", methods=("POST",))
    def run_again(self, draft_id: int) -> ResponseReturnValue:
        kept = run(draft_id)
        return self.done(said.moved(kept.moved) or said.RUN_SAME, "matching.page", draft_id=draft_id)

    @expose("/<int:draft_id>/lock", methods=("POST",))
    def lock(self, draft_id: int) -> ResponseReturnValue:
        return self._choose(lock_two, draft_id)

    @expose("/<int:draft_id>/forbid", methods=("POST",))
    def forbid(self, draft_id: int) -> ResponseReturnValue:
        return self._choose(forbid_two, draft_id)

    @expose("/<int:draft_id>/free", methods=("POST",))
    def free(self, draft_id: int) -> ResponseReturnValue:
        return self._choose(take_back, draft_id)

    @expose("/<int:draft_id>/undo", methods=("POST",))
    def undo(self, draft_id: int) -> ResponseReturnValue:
        name = perform(restore_words, draft_id, _number("mentee"), _words(request.form.get("words", "")))
        _counted(draft_id)
        return self.done(said.undone(name), "matching.page", draft_id=draft_id)

    @expose("/<int:draft_id>/settings", methods=("GET", "POST"))
    def settings(self, draft_id: int) -> ResponseReturnValue:
        """``try``: only show what would change; the page's script asks for that part alone."""
        card = read(draft_card, draft_id)
        form = MatchingSettingsForm(data=shown_settings(Settings.from_stored(card.settings)))
        tried = None
        if form.validate_on_submit():
            stored = form.settings().to_stored()
            if "try" not in request.form:
                return self._tune(draft_id, stored, usual=form.usual.data)
            tried = effect(draft_id, stored)
            if "X-Effect" in request.headers:
                return render_template("matching/effect.html", tried=tried, said=said), {"X-Effect": "1"}
        return self.render("matching/settings.html", card=card, form=form, tried=tried, said=said)

    @expose("/<int:draft_id>/copy", methods=("GET", "POST"))
    def copy(self, draft_id: int) -> ResponseReturnValue:
        card = read(draft_card, draft_id)
        form = DraftForm(name=said.copy_name(card.name) if request.method == "GET" else None)
        if form.validate_on_submit():
            made = perform(copy_draft, draft_id, form.name.data)
            return self.done(said.COPIED, "matching.page", draft_id=made.draft_id)
        return self.render("matching/name.html", card=card, form=form, copied=True, said=said)

    @expose("/<int:draft_id>/rename", methods=("GET", "POST"))
    def rename(self, draft_id: int) -> ResponseReturnValue:
        card = read(draft_card, draft_id)
        form = DraftForm(obj=card)
        if form.validate_on_submit():
            perform(rename_draft, draft_id, form.name.data)
            return self.done(said.RENAMED, "matching.page", draft_id=draft_id)
        return self.render("matching/name.html", card=card, form=form, copied=False, said=said)

    @expose("/<int:draft_id>/drop", methods=("POST",))
    def drop(self, draft_id: int) -> ResponseReturnValue:
        perform(drop_draft, draft_id)
        return self.done(said.DROPPED, "matching.index")

    @expose("/<int:draft_id>/restore", methods=("POST",))
    def restore(self, draft_id: int) -> ResponseReturnValue:
        perform(restore_draft, draft_id)
        return self.done(said.RESTORED, "matching.page", draft_id=draft_id)

    @expose("/<int:draft_id>/compare")
    def compare(self, draft_id: int) -> str:
        """With which one: there may be many."""
        card = read(draft_card, draft_id)
        others = [one for one in read(drafts_list, card.programme_id) if one.draft_id != draft_id and one.run_at]
        return self.render("matching/choose.html", card=card, others=others, said=said)

    @expose("/<int:draft_id>/compare/<int:other_id>")
    def beside(self, draft_id: int, other_id: int) -> str:
        return self.render("matching/compare.html", found=read(compare_drafts, draft_id, other_id), said=said)

    def _choose(self, use_case: Callable[..., Chosen], draft_id: int) -> ResponseReturnValue:
        """The board shows the outcome of the word at once, at the mentor whom it was about."""
        kept = perform(use_case, draft_id, _number("mentor"), _number("mentee"))
        moved = [move for move in _counted(draft_id) if move.mentee != kept.mentee_name]
        flash(f"{said.chosen(kept)} {said.moved(moved)}".strip(), "good")
        words = " ".join(f"{mentor}:{kind}" for mentor, kind in kept.before)
        session["undo"] = {"draft": draft_id, "mentor": kept.mentor_id, "mentee": kept.mentee_id, "words": words}
        page = url_for("matching.page", draft_id=draft_id)
        address = came_from(page)
        narrowed = address if address.partition("?")[0] == page else page
        return redirect(f"{narrowed}#m{kept.mentor_id}", 303)

    def _tune(self, draft_id: int, stored: dict[str, object], *, usual: bool) -> ResponseReturnValue:
        perform(change_settings, draft_id, stored, usual=usual)
        moved = _counted(draft_id)
        return self.done(f"{said.SETTINGS} {said.moved(moved)}".strip(), "matching.page", draft_id=draft_id)


def _counted(draft_id: int) -> tuple[Moved, ...]:
    """After a change that is kept already: where the run fails, the change stays, and the page says what to do."""
    try:
        return run(draft_id).moved
    except (CalculationFailed, OutOfDate):
        flash(said.NOT_RUN, "bad")
        return ()


def _board(draft_id: int, *, offset: int, limit: int) -> Board:
    """As the address narrows it."""
    shown, sought = word("show", list(Shown)), request.args.get("name", "")
    return read(board, draft_id, shown=shown, sought=sought, offset=offset, limit=limit, now=now())


def _undo(draft_id: int) -> dict[str, object] | None:
    """Of the last word in this draft, once: after it something else may have been done."""
    last: dict[str, object] | None = session.pop("undo", None)
    return last if last and last["draft"] == draft_id else None


def _words(sent: str) -> Words:
    """«12:lock 15:forbid»."""
    found = re.findall(rf"(\d{{1,18}}):({'|'.join(ChoiceKind)})", sent, re.ASCII)
    return tuple((int(mentor), ChoiceKind(kind)) for mentor, kind in found)


def _number(name: str) -> int:
    """From a form; zero is nobody."""
    value = request.form.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


MOST_EXPORTED = 10_000
COLUMNS = (
    Column("Наставник", 32),
    Column("Класс или должность", 26),
    Column("Наставляемый", 32),
    Column("Класс", 20),
    Column("Баллов из 100", 14, "number"),
    Column("Что говорит за", 60),
    Column("Что говорит против", 50),
    Column("Состояние", 24),
)
