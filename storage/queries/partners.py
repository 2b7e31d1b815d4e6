"""Those who speak for partners, and what their part in the surveys is."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import RecipientState
from mentoring.rules.consents import ConsentGap
from mentoring.rules.people import PersonKind, PersonName
from storage.models.campaign import CampaignRecipient
from storage.models.person import ChannelAccount, Person


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """``asked`` and ``answered``: surveys of all campaigns. ``agreed``: the consent is there."""

    person_id: int
    partner: str
    name: str
    phone: str
    has_chat: bool
    agreed: bool
    asked: int
    answered: int


def partners_list(session: Session) -> tuple[PartnerRow, ...]:
    """By organisation; a school has some dozens at most."""
    chats = select(ChannelAccount.id).where(ChannelAccount.person_id == Person.id).exists()
    asked = func.count(CampaignRecipient.id)
    answered = func.count().filter(CampaignRecipient.state == RecipientState.ANSWERED)
    rows = session.execute(
        select(Person, chats, asked, answered)
        .outerjoin(
            CampaignRecipient,
            (CampaignRecipient.person_id == Person.id) & (CampaignRecipient.state != RecipientState.RELEASED),
        )
        .where(Person.kind == PersonKind.PARTNER, Person.erased_at.is_(None))
        .group_by(Person.id)
        .order_by(Person.place, Person.search_text, Person.id)
    )
    return tuple(_row(*row) for row in rows)


def _row(person: Person, has_chat: bool, asked: int, answered: int) -> PartnerRow:
    name = PersonName(person.last_name, person.first_name, person.patronymic).full
    agreed = person.missing_consents is ConsentGap.NONE
    return PartnerRow(person.id, person.place, name, person.phone, has_chat, agreed, asked, answered)
