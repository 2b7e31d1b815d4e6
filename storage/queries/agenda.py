"""What a person's menu counts: a handful of queries, however much there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.meetings import MeetingState, Reply
from mentoring.rules.pairs import ACQUAINTED, OPEN, STANDING, PairAnswer, PairState
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, ResponseState
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Guardianship
from storage.models.questionnaire import Answer, Questionnaire, Response
from storage.queries.feedback import tells_of_meeting
from storage.queries.responses import under_a_name


@dataclass(frozen=True, slots=True)
class EntryProgress:
    """How far the entry questionnaire of an enrolment is."""

    enrolment_id: int
    response_id: int
    answered: int


def entry_progress(session: Session, person_id: int, enrolments: Sequence[Enrolment]) -> dict[int, EntryProgress]:
    if not enrolments:
        return {}
    rows = session.execute(
        select(Response.enrolment_id, Response.id, func.count(Answer.id))
        .join(Response.questionnaire)
        .outerjoin(Answer, Answer.response_id == Response.id)
        .where(
            Response.person_id == person_id,
            Response.enrolment_id.in_([one.id for one in enrolments]),
            Questionnaire.key.in_(ENTRY_QUESTIONNAIRES.values()),
        )
        .group_by(Response.id)
    )
    return {enrolment_id: EntryProgress(enrolment_id, key, count) for enrolment_id, key, count in rows if enrolment_id}


def has_responses(session: Session, person_id: int) -> bool:
    found = select(Response.id).where(Response.person_id == person_id, under_a_name()).limit(1)
    return session.scalar(found) is not None


def pairs_of(session: Session, person_id: int, since: datetime) -> Sequence[tuple[PairMember, Pair]]:
    """Open pairs and proposals, the soonest to be answered first; and what was over for the person after ``since``."""
    here = and_(PairMember.left_at.is_(None), Pair.state.in_(OPEN))
    ended = and_(PairMember.left_at.is_(None), Pair.state.in_(ACQUAINTED - STANDING), Pair.ended_at > since)
    return [
        (member, pair)
        for member, pair in session.execute(
            select(PairMember, Pair)
            .join(Pair, Pair.id == PairMember.pair_id)
            .where(
                PairMember.person_id == person_id,
                or_(here, and_(PairMember.joined_at.is_not(None), or_(ended, PairMember.left_at > since))),
            )
            .order_by(Pair.answer_by, Pair.id)
        )
    ]


def waits_for(member: PairMember, pair: Pair) -> bool:
    """The two are asked one after the other: the mentee only when the mentor has said yes."""
    asked = {PairState.ASKED_MENTOR: Role.MENTOR, PairState.ASKED_MENTEE: Role.MENTEE}.get(pair.state)
    return member.role is asked and member.answer is PairAnswer.WAITING


def meetings_of(session: Session, pair_ids: Sequence[int], since: datetime) -> Sequence[Meeting]:
    """Neither cancelled nor missed, from ``since`` on, in the order of time."""
    if not pair_ids:
        return ()
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.pair_id.in_(pair_ids),
            Meeting.starts_at >= since,
            Meeting.state.in_((MeetingState.PLANNED, MeetingState.HELD)),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def awaits_reply(meeting: Meeting, person_id: int) -> bool:
    """Once somebody has asked for another time, nobody else need say anything to this one."""
    unsaid = str(person_id) not in meeting.replies and meeting.planned_by_person_id != person_id
    return unsaid and meeting.reply is Reply.WAITING


def meetings_answered(session: Session, person_id: int, meeting_ids: Sequence[int]) -> frozenset[int]:
    """Of these, the ones to which the person has sent feedback."""
    if not meeting_ids:
        return frozenset()
    sent = select(Response.meeting_id).where(
        Response.person_id == person_id,
        Response.meeting_id.in_(meeting_ids),
        tells_of_meeting(),
        Response.state == ResponseState.SUBMITTED,
    )
    return frozenset(key for key in session.scalars(sent) if key is not None)


def guardianships_of(session: Session, guardian_id: int) -> Sequence[Guardianship]:
    return session.scalars(
        select(Guardianship)
        .options(joinedload(Guardianship.minor), joinedload(Guardianship.guardian))
        .where(Guardianship.guardian_id == guardian_id)
        .order_by(Guardianship.id)
    ).all()
