"""Those who speak for partners: added by name, invited by a personal link or asked on paper."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import perform, read
from admin.forms.partners import PartnerForm
from admin.links import bot_link
from admin.views.base import PanelView
from mentoring.rules.consents import ConsentKind
from mentoring.rules.enrolment import InvitationPurpose
from mentoring.rules.people import PersonKind
from mentoring.use_cases.invitations import partner_link
from mentoring.use_cases.partners import add_partner
from mentoring.use_cases.people import PersonCard, person_story
from storage.queries.invitations import live_token
from storage.queries.partners import partners_list


class PartnersView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Партнёры", endpoint="partners", url="/partners")

    @expose("/")
    def index(self) -> str:
        return self.render("partners/index.html", partners=read(partners_list), adult=ConsentKind.ADULT)

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = PartnerForm()
        added = form.validate_on_submit() and self.attempt(
            add_partner, **{name: form[name].data for name in PartnerForm.TYPED}
        )
        if added:
            return self.done("Представитель записан. Пошлите ему ссылку.", "partners.link", partner_id=added.person_id)
        return self.render("partners/new.html", form=form)

    @expose("/<int:partner_id>/link")
    def link(self, partner_id: int) -> str:
        token = read(live_token, InvitationPurpose.PARTNER, person_id=partner_id)
        link = bot_link(token) if token else None
        shown = {"link": link, "token": token, "adult": ConsentKind.ADULT}
        return self.render("partners/link.html", card=_card(partner_id), **shown)

    @expose("/<int:partner_id>/renew", methods=("POST",))
    def renew(self, partner_id: int) -> ResponseReturnValue:
        perform(partner_link, partner_id)
        return self.done("Ссылка готова.", "partners.link", partner_id=partner_id)


def _card(person_id: int) -> PersonCard:
    card = read(person_story, person_id).card
    return card if card.kind is PersonKind.PARTNER else abort(404)
