"""How people come in: one link for all mentors, one for all mentees, one for a named person."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.desk import perform, read
from admin.forms.people import InvitedForm
from admin.links import bot_link, bot_links
from admin.views.base import PanelView
from mentoring.rules.people import Role
from mentoring.use_cases.invitations import invitation_links, invite_person, renew_invitation
from mentoring.use_cases.organisations import organisation_card


class InvitationsView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Приглашения", endpoint="invitations", url="/invitations")

    @expose("/")
    def index(self) -> str:
        links = read(invitation_links, current_user.card.programme_id)
        mentor, mentee = bot_links(links.mentor, links.mentee)
        return self.render("invitations/index.html", doors={"mentor": mentor, "mentee": mentee}, renew=True)

    @expose("/sheet/<role>")
    def sheet(self, role: str) -> str:
        links = read(invitation_links, current_user.card.programme_id)
        token = links.mentor if _role(role) is Role.MENTOR else links.mentee
        card = read(organisation_card)
        return self.render("invitations/sheet.html", role=_role(role), link=bot_link(token), organisation=card)

    @expose("/named", methods=("GET", "POST"))
    def named(self) -> ResponseReturnValue:
        form = InvitedForm(role=request.args.get("role", Role.MENTOR.value))
        made = form.validate_on_submit() and self.attempt(
            invite_person,
            role=Role(form.role.data),
            last_name=form.last_name.data,
            first_name=form.first_name.data,
            patronymic=form.patronymic.data,
            place=form.place.data,
        )
        if made:
            return self.render("invitations/made.html", form=form, link=bot_link(made.token))
        return self.render("invitations/named.html", form=form)

    @expose("/renew/<role>", methods=("GET", "POST"))
    def renew(self, role: str) -> ResponseReturnValue:
        if request.method == "GET":
            return self.render("invitations/renew.html", role=_role(role))
        perform(renew_invitation, current_user.card.programme_id, _role(role))
        return self.done("Ссылка новая. Старая больше не работает: разошлите новую.", "invitations.index")


def _role(word: str) -> Role:
    if word not in list(Role):
        abort(404)
    return Role(word)
