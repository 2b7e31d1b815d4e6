"""Who hears what about a meeting. Nobody hears of a change or an end of what they had not heard of yet."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from mentoring.rules.meetings import DAY_BEFORE, Reply
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.use_cases.notices import notice_key, notify
from storage.models.meeting import Meeting
from storage.models.notice import Notice
from storage.queries.meetings import in_calendar


def tell_planned(session: Session, meeting: Meeting, by: Actor, now: datetime) -> None:
    for person_id in _others(meeting, by.person_id):
        _tell(session, meeting, person_id, NoticeKind.PERSON_MEETING_PLANNED, meeting.starts_at, now)


def tell_moved(session: Session, meeting: Meeting, by: Actor, now: datetime, *, was_at: datetime) -> None:
    """Urgent also when the old time is near: whoever is about to set out must hear of it."""
    soonest = min(was_at, meeting.starts_at)
    for person_id in _others(meeting, by.person_id):
        unheard = _take_back_plan(session, meeting, person_id)
        kind = NoticeKind.PERSON_MEETING_PLANNED if unheard else NoticeKind.PERSON_MEETING_MOVED
        _tell(session, meeting, person_id, kind, soonest, now, was_at=int(was_at.timestamp()))


def tell_cancelled(session: Session, meeting: Meeting, by: Actor, now: datetime) -> None:
    for person_id in _others(meeting, by.person_id):
        if not _take_back_plan(session, meeting, person_id):
            _tell(session, meeting, person_id, NoticeKind.PERSON_MEETING_CANCELLED, meeting.starts_at, now)


def tell_reply(session: Session, meeting: Meeting, person_id: int, reply: Reply, now: datetime) -> None:
    """That it suits, to the one who arranges it; that it does not, to everybody who was going to come."""
    suits = reply is Reply.SUITS
    kind = NoticeKind.PERSON_MEETING_SUITS if suits else NoticeKind.PERSON_MEETING_OTHER_TIME
    for other_id in _arranging(meeting, person_id) if suits else _others(meeting, person_id):
        _tell(session, meeting, other_id, kind, meeting.starts_at, now, who=person_id)


def _others(meeting: Meeting, person_id: int | None) -> Iterable[int]:
    return [member.person_id for member in meeting.pair.present if member.person_id != person_id]


def _arranging(meeting: Meeting, person_id: int) -> Iterable[int]:
    """Who planned it; where the curator did, the mentor; where it is the mentor who replies, the mentees."""
    others = [member for member in meeting.pair.present if member.person_id != person_id]
    planner = [member for member in others if member.person_id == meeting.planned_by_person_id]
    mentor = [member for member in others if member.role is Role.MENTOR]
    return [member.person_id for member in planner or mentor or others]


def _take_back_plan(session: Session, meeting: Meeting, person_id: int) -> bool:
    """Whether the news of the plan was still waiting, and now will not be sent."""
    kind = NoticeKind.PERSON_MEETING_PLANNED
    if _has_seen(session, meeting, person_id):
        return False
    keys = [notice_key(kind, person_id, _key(meeting, revision)) for revision in range(meeting.revision)]
    taken_back = (
        update(Notice)
        .where(Notice.dedup_key.in_(keys), Notice.state == NoticeState.WAITING)
        .values(state=NoticeState.NEEDLESS)
        .returning(Notice.id)
    )
    return bool(session.scalars(taken_back).all())


def _has_seen(session: Session, meeting: Meeting, person_id: int) -> bool:
    """Whoever found it in the menu before the news came, and answered it or took it into the phone."""
    return str(person_id) in meeting.replies or bool(in_calendar(session, person_id, [meeting.id]))


def _key(meeting: Meeting, revision: int, who: int = 0) -> str:
    return f"meeting:{meeting.id}:{revision}:{who}" if who else f"meeting:{meeting.id}:{revision}"


def _tell(
    session: Session,
    meeting: Meeting,
    person_id: int,
    kind: NoticeKind,
    soonest: datetime,
    now: datetime,
    **more: int,
) -> None:
    notify(
        session,
        person_id,
        kind,
        {"meeting_id": meeting.id, "revision": meeting.revision, **more},
        dedup_key=_key(meeting, meeting.revision, more.get("who", 0)),
        now=now,
        expires_at=meeting.starts_at,
        urgent=soonest - now < DAY_BEFORE,
    )
