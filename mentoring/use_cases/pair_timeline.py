"""One pair's story, for the curator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import GROWING, MOST_MENTEES, WORKING, PairState
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.pair_notices import is_between_workers
from mentoring.use_cases.pair_rows import member_of, mentees_of
from mentoring.use_cases.pair_trials import TrialView, trial_view
from storage.models.account import CuratorAccount
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairEvent, PairMember
from storage.models.person import Person
from storage.models.questionnaire import Response


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """``what`` is «pair.<state>», «pair.resumed», «pair.silence_told», «pair.mentee_joined», «pair.mentee_left»,
    «meeting.<state>» or «feedback.<role>»; ``object_id`` is of what it names.

    ``who`` is the full name of the person or the curator, "" for the system.
    """

    at: datetime
    what: str
    object_id: int
    who: str
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of them with the answer to the proposal; ``reason`` is a word of `DeclineReason`, ``left_reason`` one of
    `EndReason`, of whoever left a group or the proposal of one."""

    person_id: int
    enrolment_id: int
    name: str
    place: str
    answer: str
    answered_at: datetime | None
    reason: str
    reason_text: str
    joined_at: datetime | None
    left_at: datetime | None
    left_reason: str


@dataclass(frozen=True, slots=True)
class OrderSeen:
    document_id: int
    number: str
    dated_on: date | None


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """The group that a proposal leads into. ``names`` of its people, the mentor's first."""

    pair_id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairTimeline:
    """``mentees``: those who are in it now, or were to its end; ``gone``: who had left before. ``trial``: while it is
    on. ``free``: how many more mentees the group may have. ``between_workers``: ТК 351.8 speaks of them."""

    pair_id: int
    state: PairState
    state_at: datetime
    form: str
    role_model: str
    reasons: str
    answer_by: datetime | None
    mentor: Side
    mentees: tuple[Side, ...]
    gone: tuple[Side, ...]
    started_at: datetime | None
    confirmed_at: datetime | None
    decision_note: str
    order: OrderSeen | None
    joins: GroupSeen | None
    trial: TrialView | None
    paused_until: date | None
    pause_reason: str
    ends_on: date | None
    notice_reason: str
    last_met_at: datetime | None
    end_reason: str
    end_note: str
    free: int
    between_workers: bool
    entries: tuple[TimelineEntry, ...]

    @property
    def mentee_names(self) -> str:
        return ", ".join(mentee.name for mentee in self.mentees)


def pair_timeline(session: Session, pair_id: int) -> PairTimeline:
    """The newest first, of one moment the last. Answers of feedback are not told here, only that it came: they open by
    their own link."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    entries = [*_states(session, pair), *_members(pair), *_meetings(session, pair), *_feedback(session, pair)]
    entries.reverse()  # sorting keeps the order of one moment
    mentees = mentees_of(pair)
    return PairTimeline(
        pair_id=pair.id,
        state=pair.state,
        state_at=pair.state_at,
        form=pair.form,
        role_model=pair.role_model,
        reasons=pair.reasons,
        answer_by=pair.answer_by,
        mentor=_side(member_of(pair, Role.MENTOR)),
        mentees=tuple(map(_side, mentees)),
        gone=tuple(_side(member) for member in pair.members if member.left_at is not None),
        started_at=pair.started_at,
        confirmed_at=pair.confirmed_at,
        decision_note=pair.decision_note,
        order=_order(session, pair),
        joins=_joins(session, pair),
        trial=trial_view(session, pair.id) if pair.state is PairState.TRIAL else None,
        paused_until=pair.paused_until,
        pause_reason=pair.pause_reason,
        ends_on=pair.ends_on,
        notice_reason=pair.notice_reason,
        last_met_at=pair.last_met_at,
        end_reason=pair.end_reason,
        end_note=pair.end_note,
        free=MOST_MENTEES - len(mentees) if pair.state in GROWING else 0,
        between_workers=is_between_workers(pair),
        entries=tuple(sorted(entries, key=lambda entry: entry.at, reverse=True)),
    )


def _side(member: PairMember) -> Side:
    person = member.person
    return Side(
        person.id,
        member.enrolment_id,
        person.name.full,
        person.place,
        member.answer,
        member.answered_at,
        member.reason,
        member.reason_text,
        member.joined_at,
        member.left_at,
        member.left_reason or "",
    )


def _order(session: Session, pair: Pair) -> OrderSeen | None:
    document = session.get(Document, pair.order_id) if pair.order_id else None
    return OrderSeen(document.id, document.number or "", document.dated_on) if document else None


def _joins(session: Session, pair: Pair) -> GroupSeen | None:
    group = session.get(Pair, pair.joins_pair_id) if pair.joins_pair_id else None
    if group is None:
        return None
    people = (member_of(group, Role.MENTOR), *mentees_of(group))
    return GroupSeen(group.id, tuple(member.person.name.full for member in people))


def _states(session: Session, pair: Pair) -> Iterator[TimelineEntry]:
    rows = session.execute(
        select(PairEvent, Person, CuratorAccount.full_name)
        .outerjoin(Person, Person.id == PairEvent.by_person_id)
        .outerjoin(CuratorAccount, CuratorAccount.id == PairEvent.by_account_id)
        .where(PairEvent.pair_id == pair.id)
        .order_by(PairEvent.id)
    )
    before = None
    for event, person, curator in rows:
        who = person.name.full if person else curator or ""
        back = before is PairState.PAUSED and event.state in WORKING
        yield TimelineEntry(event.at, "pair.resumed" if back else f"pair.{event.state}", pair.id, who, {})
        before = event.state
    if pair.silence_told_at:
        yield TimelineEntry(pair.silence_told_at, "pair.silence_told", pair.id, "", {})


def _members(pair: Pair) -> Iterator[TimelineEntry]:
    """Who came into a group that was there before, and who left it or its proposal."""
    for member in pair.members:
        name = member.person.name.full
        if member.joined_at and pair.started_at and member.joined_at > pair.started_at:
            yield TimelineEntry(member.joined_at, "pair.mentee_joined", pair.id, name, {})
        if member.left_at:
            yield TimelineEntry(member.left_at, "pair.mentee_left", pair.id, name, {})


def _meetings(session: Session, pair: Pair) -> Iterator[TimelineEntry]:
    for meeting in session.scalars(select(Meeting).where(Meeting.pair_id == pair.id)):
        details = {"kind": meeting.kind.value, "topic": meeting.topic, "place": meeting.place}
        yield TimelineEntry(meeting.starts_at, f"meeting.{meeting.state}", meeting.id, "", details)


def _feedback(session: Session, pair: Pair) -> Iterator[TimelineEntry]:
    responses = session.scalars(
        select(Response)
        .join(Meeting, Meeting.id == Response.meeting_id)
        .where(Meeting.pair_id == pair.id, Response.state == ResponseState.SUBMITTED)
        .options(joinedload(Response.person))
    )
    roles = {member.person_id: member.role for member in pair.members}
    for response in responses:
        at = response.submitted_at or response.touched_at
        role = roles[response.person_id]
        details = {"meeting_id": str(response.meeting_id)}
        yield TimelineEntry(at, f"feedback.{role}", response.id, response.person.name.full, details)
