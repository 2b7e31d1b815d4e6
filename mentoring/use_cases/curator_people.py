"""The person behind an account of the panel: who answers the curator's questionnaires."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import AgeGroup, PersonKind, name_from_full
from mentoring.use_cases.listing import refresh_person
from storage.models.account import CuratorAccount
from storage.models.person import Person


def person_of_account(session: Session, account_id: int, *, now: datetime) -> Person:
    """Made when there is none yet; the account is locked, so that two who ask at once get the same one."""
    account = session.get(CuratorAccount, account_id, with_for_update=True)
    if account is None:
        raise NotFound("account")
    if account.person_id is not None:
        return session.get_one(Person, account.person_id)
    name = name_from_full(account.full_name)
    person = Person(
        organisation_id=account.organisation_id,
        kind=PersonKind.CURATOR,
        last_name=name.last[:100],
        first_name=name.first[:100],
        patronymic=name.patronymic[:100],
        age_group=AgeGroup.ADULT,
        created_at=now,
    )
    session.add(person)
    refresh_person(session, person)
    account.person_id = person.id
    session.flush()
    return person
