"""Messages to people: planned here, claimed by the sender, marked with their outcome.

``payload`` holds ids and words of the rules; names are looked up at the claim, as the reader may see them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mentoring.rules.deadlines import next_allowed
from mentoring.rules.errors import NotFound
from mentoring.rules.people import AgeGroup
from mentoring.rules.reminders import NoticeKind, NoticeState, OrganisationSettings, Promptness
from storage.models.notice import Notice
from storage.models.organisation import Organisation
from storage.models.person import Person

Payload = dict[str, int | str]


@dataclass(frozen=True, slots=True)
class NoticeToSend:
    """``facts`` is all that the chat needs to draw it; see `mentoring.use_cases.notice_facts` for each kind's."""

    notice_id: int
    kind: NoticeKind
    person_id: int
    organisation_id: int
    channel: str
    external_id: str
    facts: dict[str, Any]


def notify(
    session: Session,
    person_id: int,
    kind: NoticeKind,
    payload: Payload,
    *,
    dedup_key: str,
    now: datetime,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    urgent: bool = False,
    at_once: bool = False,
) -> None:
    """Plan one message; the same ``dedup_key`` for the same person and kind plans nothing more.

    It waits for the hours in which the person may be disturbed. ``urgent`` passes over lessons but not over the night;
    ``at_once`` passes over both: only for the answer to what this very person did seconds ago.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    organisation = session.get_one(Organisation, person.organisation_id)
    session.flush()
    row = _row(person, organisation, kind, payload, dedup_key, now)
    wanted = max(due_at or now, now)
    row |= {"due_at": _allowed(wanted, person, organisation, urgent, at_once), "expires_at": expires_at}
    session.execute(insert_new_notices(session), [row])


def insert_new_notices(session: Session) -> Insert:
    """An INSERT that leaves a notice alone whose key is there already, also when another process has just added it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement: Insert = dialect.insert(Notice).on_conflict_do_nothing(index_elements=["dedup_key"])
    return statement


def notice_key(kind: NoticeKind, person_id: int, dedup_key: str) -> str:
    return f"{kind}:{person_id}:{dedup_key}"


def _row(
    person: Person, organisation: Organisation, kind: NoticeKind, payload: Payload, dedup_key: str, now: datetime
) -> dict[str, Any]:
    return {
        "organisation_id": organisation.id,
        "person_id": person.id,
        "kind": kind,
        "payload": payload,
        "dedup_key": notice_key(kind, person.id, dedup_key),
        "state": NoticeState.WAITING,
        "attempts": 0,
        "outcome": "",
        "created_at": now,
    }


def _allowed(at: datetime, person: Person, organisation: Organisation, urgent: bool, at_once: bool) -> datetime:
    promptness = Promptness.AT_ONCE if at_once else Promptness.URGENT if urgent else Promptness.POLITE
    minor = person.age_group in (AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17)
    hours = OrganisationSettings.from_stored(organisation.settings).hours(minor=minor, promptness=promptness)
    return next_allowed(at, ZoneInfo(organisation.time_zone), hours) if hours else at
