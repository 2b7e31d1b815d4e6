"""Messages to people: planned here, claimed by the sender, marked with their outcome.

``payload`` holds ids and words of the rules; names are looked up at the claim, as the reader may see them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.reminders import (
    LEASE,
    MAX_ATTEMPTS,
    MINORS,
    NoticeKind,
    NoticeOutcome,
    NoticeState,
    OrganisationSettings,
    Promptness,
    pause_before_retry,
)
from mentoring.use_cases.notice_facts import facts_of
from storage.models.notice import Notice
from storage.models.organisation import Organisation
from storage.models.person import Person
from storage.queries.notices import Chat, DueNotice, due_notices, known_keys, reachable_chats
from storage.queries.reminded import ABOUT_CONSENTS

Payload = dict[str, int | str]

MOST_ROUNDS = 20
"""Of one claim, while it finds only notices to be closed; what is left then waits for the next claim."""

OUTCOME_LIMIT = 120


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


@dataclass(frozen=True, slots=True)
class Planned:
    """A message for ``due_at``, which respects the hours already."""

    organisation_id: int
    person_id: int
    kind: NoticeKind
    payload: Payload
    dedup_key: str
    due_at: datetime
    expires_at: datetime | None = None

    @property
    def key(self) -> str:
        return notice_key(self.kind, self.person_id, self.dedup_key)

    def row(self, now: datetime) -> dict[str, Any]:
        return {
            "organisation_id": self.organisation_id,
            "person_id": self.person_id,
            "kind": self.kind,
            "payload": self.payload,
            "dedup_key": self.key,
            "due_at": self.due_at,
            "expires_at": self.expires_at,
            "state": NoticeState.WAITING,
            "attempts": 0,
            "outcome": "",
            "created_at": now,
        }


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
    promptness = Promptness.AT_ONCE if at_once else Promptness.URGENT if urgent else Promptness.POLITE
    due = OrganisationSettings.from_stored(organisation.settings).allowed(
        max(due_at or now, now),
        ZoneInfo(organisation.time_zone),
        minor=person.age_group in MINORS,
        promptness=promptness,
    )
    session.flush()
    plan_notices(session, [Planned(organisation.id, person_id, kind, payload, dedup_key, due, expires_at)], now=now)


def plan_notices(session: Session, planned: Sequence[Planned], *, now: datetime) -> int:
    """Many at once; those whose key is there already are left alone, also when another process has just added them.

    Returns how many were new.
    """
    known = known_keys(session, [notice.key for notice in planned])
    rows = {notice.key: notice.row(now) for notice in planned if notice.key not in known}
    if rows:
        session.execute(_insert(session), list(rows.values()))
    return len(rows)


def claim_notices(session: Session, *, limit: int, now: datetime, lease: timedelta = LEASE) -> tuple[NoticeToSend, ...]:
    """Unfenced. Take due notices to be sent, the longest due first, at most ``limit``; each is this claimant's until
    the lease ends.

    Those that lost their sense, came too late or have nobody to reach are closed on the way.
    """
    session.flush()
    ready: list[NoticeToSend] = []
    for _ in range(MOST_ROUNDS):
        due = due_notices(session, limit=limit - len(ready), now=now)
        if not due:
            break
        ready += _sort_out(session, due, now, lease)
        if len(ready) == limit:
            break
    return tuple(ready)


def mark_sent(session: Session, notice_id: int, message_id: int | None, *, now: datetime) -> None:
    if _close(session, [notice_id], NoticeState.SENT, message_id=message_id, sent_at=now, outcome=""):
        _count_reminder(session, notice_id)


def mark_retry(session: Session, notice_id: int, at: datetime, outcome: str) -> None:
    """Try again not before ``at``; repeated failures wait longer than that."""
    attempts = session.scalar(select(Notice.attempts).where(Notice.id == notice_id)) or 1
    later = at + pause_before_retry(attempts)
    change = update(Notice).where(Notice.id == notice_id, Notice.state == NoticeState.CLAIMED)
    session.execute(
        change.values(state=NoticeState.WAITING, due_at=later, lease_until=None, outcome=outcome[:OUTCOME_LIMIT])
    )


def mark_failed(session: Session, notice_id: int, outcome: str, *, now: datetime) -> None:
    """For good: blocked, gone, or refused by the messenger."""
    _close(session, [notice_id], NoticeState.FAILED, outcome=outcome[:OUTCOME_LIMIT], closed_at=now)


def notice_key(kind: NoticeKind, person_id: int, dedup_key: str) -> str:
    return f"{kind}:{person_id}:{dedup_key}"


def _insert(session: Session) -> Insert:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement: Insert = dialect.insert(Notice).on_conflict_do_nothing(index_elements=["dedup_key"])
    return statement


def _sort_out(session: Session, due: Sequence[DueNotice], now: datetime, lease: timedelta) -> list[NoticeToSend]:
    chats = reachable_chats(session, {notice.person_id for notice in due})
    facts = facts_of(session, [notice for notice in due if _why_not_at_all(notice, now) is None], now=now)
    ready: list[NoticeToSend] = []
    closed: dict[tuple[NoticeState, str], list[int]] = defaultdict(list)
    for notice in due:
        chat = chats.get(notice.person_id)
        why_not = _why_not_at_all(notice, now) or _why_not_now(notice, chat, facts)
        if why_not is None and chat:
            ready.append(_to_send(notice, chat, facts[notice.notice_id]))
        elif why_not:
            closed[why_not].append(notice.notice_id)
    for (state, outcome), notice_ids in closed.items():
        _close(session, notice_ids, state, closed_at=now, outcome=outcome)
    if ready:
        _take(session, [notice.notice_id for notice in ready], now + lease)
    return ready


def _why_not_at_all(notice: DueNotice, now: datetime) -> tuple[NoticeState, str] | None:
    if notice.expires_at and notice.expires_at <= now:
        return NoticeState.EXPIRED, ""
    if notice.attempts >= MAX_ATTEMPTS:
        return NoticeState.FAILED, NoticeOutcome.TOO_MANY_ATTEMPTS
    return None


def _why_not_now(notice: DueNotice, chat: Chat | None, facts: Mapping[int, Any]) -> tuple[NoticeState, str] | None:
    if notice.notice_id not in facts:
        return NoticeState.NEEDLESS, ""
    if chat is None or not chat.reachable:
        return NoticeState.FAILED, NoticeOutcome.UNREACHABLE if chat else NoticeOutcome.NO_CHAT
    return None


def _to_send(notice: DueNotice, chat: Chat, facts: dict[str, Any]) -> NoticeToSend:
    return NoticeToSend(
        notice.notice_id,
        notice.kind,
        notice.person_id,
        notice.organisation_id,
        chat.channel,
        chat.external_id,
        facts,
    )


def _close(session: Session, notice_ids: Sequence[int], state: NoticeState, **values: Any) -> int:
    """How many were not sent before."""
    change = update(Notice).where(Notice.id.in_(notice_ids), Notice.state != NoticeState.SENT)
    closed: Any = session.execute(change.values(state=state, **{"lease_until": None, **values}))
    return int(closed.rowcount)


def _count_reminder(session: Session, notice_id: int) -> None:
    """For the lists: how often a person was reminded is a column. See `storage.queries.reminded`."""
    sent = select(Notice.kind, Notice.person_id, Notice.dedup_key).where(Notice.id == notice_id)
    kind, person_id, key = session.execute(sent).one()
    if kind in ABOUT_CONSENTS:
        counted = update(Person).where(Person.id == int(key.split(":")[2]))
        session.execute(counted.values(reminded_of_consents=Person.reminded_of_consents + 1))
    elif kind is NoticeKind.PERSON_QUESTIONNAIRE_REMINDER:
        counted = update(Person).where(Person.id == person_id)
        session.execute(counted.values(reminded_of_questionnaire=Person.reminded_of_questionnaire + 1))


def _take(session: Session, notice_ids: Sequence[int], until: datetime) -> None:
    change = update(Notice).where(Notice.id.in_(notice_ids))
    session.execute(change.values(state=NoticeState.CLAIMED, lease_until=until, attempts=Notice.attempts + 1))
