"""Who stands behind entries of the journal."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.people import PersonName
from storage.models.account import AuditEntry, CuratorAccount
from storage.models.person import Person

Names = dict[tuple[bool, int | None], str]
"""By (is it an account, its id)."""


def actor_names(session: Session, entries: Collection[AuditEntry]) -> Names:
    accounts = {entry.account_id for entry in entries if entry.account_id}
    people = {entry.person_id for entry in entries if entry.person_id}
    found: Names = {}
    for account_id, full_name in session.execute(
        select(CuratorAccount.id, CuratorAccount.full_name).where(CuratorAccount.id.in_(accounts))
    ):
        found[True, account_id] = full_name
    for person_id, *parts in session.execute(
        select(Person.id, Person.last_name, Person.first_name, Person.patronymic).where(Person.id.in_(people))
    ):
        found[False, person_id] = PersonName(*map(str, parts)).full
    return found
