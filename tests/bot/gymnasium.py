"""Гимназия «Маяк» with its curator, its links, its questionnaires and its consent texts, made by the use-cases."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from config.library import questionnaire_definitions
from mentoring.rules.accounts import AccountRole
from mentoring.rules.people import Actor, Door
from mentoring.use_cases.accounts import add_account
from mentoring.use_cases.invitations import invitation_links
from mentoring.use_cases.organisations import open_organisation
from storage.scope import set_organisation

SETUP = Actor.system(Door.COMMAND_LINE)


@dataclass(frozen=True, slots=True)
class Gymnasium:
    """``curator`` acts in the panel; the links are tokens."""

    organisation_id: int
    programme_id: int
    curator: Actor
    mentor_link: str
    mentee_link: str


def open_gymnasium(session: Session, *, now: datetime, name: str = "Гимназия «Маяк»") -> Gymnasium:
    opened = open_organisation(
        session,
        name,
        name,
        address="г. Приозёрный, ул. Озёрная, 7",
        contact="8 800 555-01-47",
        time_zone="Europe/Moscow",
        definitions=questionnaire_definitions().values(),
        consents=consent_sources(),
        by=SETUP,
        now=now,
    )
    account = add_account(
        session,
        "zimina",
        "Зимина Ольга Викторовна",
        role=AccountRole.CURATOR,
        password="приозёрный-маяк-47",
        organisation_id=opened.organisation_id,
        by=SETUP,
        now=now,
    )
    set_organisation(session, opened.organisation_id)
    links = invitation_links(session, opened.programme_id)
    return Gymnasium(
        opened.organisation_id, opened.programme_id, Actor.curator(account.account_id), links.mentor, links.mentee
    )
