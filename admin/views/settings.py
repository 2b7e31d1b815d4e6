"""The organisation, the hours of messages, the curator's own chat, the accounts of the panel."""

from dataclasses import asdict

from flask import abort
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.desk import perform, read
from admin.forms.settings import AccountForm, HoursForm, OrganisationForm
from admin.links import bot_link
from admin.texts import words
from admin.views.base import PanelView
from mentoring.rules.accounts import AccountRole
from mentoring.rules.enrolment import InvitationPurpose
from mentoring.use_cases.accounts import accounts_list, add_account, disable_account, end_sessions, reset_password
from mentoring.use_cases.invitations import curator_link
from mentoring.use_cases.organisations import organisation_card, update_organisation
from storage.queries.invitations import live_token


class SettingsView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Настройки", endpoint="settings", url="/settings")

    @expose("/")
    def index(self) -> str:
        token = read(live_token, InvitationPurpose.CURATOR, account_id=current_user.account_id)
        link = bot_link(token) if token else None
        accounts = read(accounts_list) if current_user.is_administrator else ()
        return self.render("settings/index.html", organisation=read(organisation_card), link=link, accounts=accounts)

    @expose("/organisation", methods=("GET", "POST"))
    def organisation(self) -> ResponseReturnValue:
        form = OrganisationForm(obj=read(organisation_card))
        if form.validate_on_submit():
            told = {name: value for name, value in form.data.items() if name != "csrf_token"}
            if self.attempt(update_organisation, **told):
                return self.done(words.ORGANISATION_SAVED, "settings.index")
        return self.render("settings/organisation.html", form=form)

    @expose("/hours", methods=("GET", "POST"))
    def hours(self) -> ResponseReturnValue:
        form = HoursForm(**asdict(read(organisation_card).settings))
        if form.validate_on_submit() and self.attempt(update_organisation, settings=form.settings()):
            return self.done(words.SETTINGS_SAVED, "settings.index")
        return self.render("settings/hours.html", form=form)

    @expose("/telegram", methods=("POST",))
    def telegram(self) -> ResponseReturnValue:
        perform(curator_link, current_user.account_id)
        return self.done(words.CURATOR_LINK, "settings.index")

    @expose("/sessions", methods=("POST",))
    def sessions(self) -> ResponseReturnValue:
        """One's own: everywhere, here too."""
        perform(end_sessions, current_user.account_id)
        return self.done(words.SESSIONS_ENDED, "door.sign_in")

    @expose("/accounts/new", methods=("GET", "POST"))
    def add(self) -> ResponseReturnValue:
        _administrators_only()
        form = AccountForm()
        added = form.validate_on_submit() and self.attempt(
            add_account,
            form.login.data,
            form.full_name.data,
            role=AccountRole(form.role.data),
            organisation_id=current_user.organisation_id,
        )
        if added:
            return self.render("settings/password_shown.html", account=added)
        return self.render("settings/account.html", form=form)

    @expose("/accounts/<int:account_id>/reset", methods=("POST",))
    def reset(self, account_id: int) -> ResponseReturnValue:
        _administrators_only()
        return self.render("settings/password_shown.html", account=perform(reset_password, _login(account_id)))

    @expose("/accounts/<int:account_id>/disable", methods=("POST",))
    def disable(self, account_id: int) -> ResponseReturnValue:
        _administrators_only()
        perform(disable_account, account_id)
        return self.done(words.ACCOUNT_DISABLED, "settings.index")


def _administrators_only() -> None:
    if not current_user.is_administrator:
        abort(403)


def _login(account_id: int) -> str:
    found = next((one.login for one in read(accounts_list) if one.account_id == account_id), None)
    return found or abort(404)
