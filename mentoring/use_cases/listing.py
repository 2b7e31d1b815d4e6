"""What lists and the search know about a person, kept beside the truth so that they stay fast at any size."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import consent_gap
from mentoring.rules.search import search_text
from storage.models.person import ChannelAccount, Person
from storage.queries.consents import consent_facts


def refresh_person(session: Session, person: Person) -> None:
    """Call it after a name, place, phone, age group, chat or consent of the person has changed."""
    session.flush()
    usernames = session.scalars(select(ChannelAccount.username).where(ChannelAccount.person_id == person.id))
    person.search_text = search_text(person.name, place=person.place, phone=person.phone, username=" ".join(usernames))[
        :600
    ]
    person.nameless = not person.name.full
    person.missing_consents = consent_gap(person.age_group, consent_facts(session, (person.id,))[person.id])
