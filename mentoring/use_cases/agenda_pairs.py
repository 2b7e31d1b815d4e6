"""What a person's menu says of their proposals, pairs and meetings."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import PROPOSED, STANDING, PairAnswer, PairState, on_trial
from mentoring.rules.people import Role
from mentoring.rules.plans import PlanState
from mentoring.use_cases.agenda_items import AgendaItem, AgendaKind
from mentoring.use_cases.meeting_views import takes_part
from mentoring.use_cases.pair_views import is_group
from mentoring.use_cases.plan_rows import today_of
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.queries import agenda as queries
from storage.queries.plans import awaited_of


def pairs_and_meetings(
    session: Session, person: Person, enrolments: Sequence[Enrolment], now: datetime
) -> Iterator[AgendaItem]:
    if not any(one.status is EnrolmentStatus.APPROVED for one in enrolments):
        return
    known = queries.pairs_of(session, person.id, now - _FEEDBACK_ASKED_FOR)
    found = [(member, pair) for member, pair in known if member.left_at is None]
    proposals = [pair for member, pair in found if queries.waits_for(member, pair)]
    acquainted = [(member, pair) for member, pair in known if pair.state not in PROPOSED]
    if proposals:
        by = proposals[0].answer_by
        data = {"answer_by": by.isoformat() if by else ""}
        yield AgendaItem(AgendaKind.PROPOSAL, proposals[0].id, len(proposals), urgent=True, data=data)
    if any(member.answer is PairAnswer.ACCEPTED and pair.state in PROPOSED for member, pair in found):
        yield AgendaItem(AgendaKind.WAIT_PAIR)
    if acquainted:
        yield from _meetings(session, person, acquainted, now)


def _meetings(
    session: Session, person: Person, acquainted: Sequence[tuple[PairMember, Pair]], now: datetime
) -> Iterator[AgendaItem]:
    """Of a pair that is over, what there is still to say of its last meetings."""
    members = {pair.id: member for member, pair in acquainted}
    found = queries.meetings_of(session, list(members), now - _FEEDBACK_ASKED_FOR)
    meetings = [one for one in found if takes_part(members[one.pair_id], one.starts_at)]
    coming = [one for one in meetings if one.state is MeetingState.PLANNED and one.starts_at > now]
    over = [
        one
        for one in meetings
        if one.state is MeetingState.HELD or one.starts_at + timedelta(minutes=one.minutes) <= now
    ]
    unanswered = [one for one in coming if queries.awaits_reply(one, person.id)]
    if unanswered:
        yield AgendaItem(AgendaKind.MEETING_REPLY, unanswered[0].id, len(unanswered), urgent=True)
    answered = queries.meetings_answered(session, person.id, [one.id for one in over])
    silent = [one for one in over if one.id not in answered]
    if silent:
        data = {"took_place": silent[-1].state is MeetingState.HELD}
        yield AgendaItem(AgendaKind.FEEDBACK, silent[-1].id, len(silent), urgent=True, data=data)
    yield from _plans(session, person, now)
    next_at = {"next_at": coming[0].starts_at.isoformat() if coming else ""}
    pairs = [pair for member, pair in acquainted if pair.state in STANDING and member.left_at is None]
    if pairs:
        yield AgendaItem(AgendaKind.PAIR, pairs[0].id, len(pairs), data=next_at | _standing(pairs))
    if pairs or silent:
        yield AgendaItem(AgendaKind.MEETINGS, coming[0].id if coming else None, len(coming), data=next_at)


def _plans(session: Session, person: Person, now: datetime) -> Iterator[AgendaItem]:
    """What a plan asks of this person; the plan itself stands on the card of the pair."""
    for plan in awaited_of(session, person.id, today_of(session, person.organisation_id, now)):
        counts = {
            "returned": int(plan.state is PlanState.RETURNED),
            "mark": plan.reported if plan.role is Role.MENTOR else 0,
            "due": plan.due if plan.role is Role.MENTEE else 0,
        }
        awaits = next((name for name, count in counts.items() if count), None)
        if awaits:
            yield AgendaItem(AgendaKind.PLAN, plan.pair_id, counts[awaits], urgent=True, data={"awaits": awaits})


def _standing(pairs: Sequence[Pair]) -> dict[str, Any]:
    """What is to be said of all of them at once."""
    paused = [pair for pair in pairs if pair.state is PairState.PAUSED]
    until = paused[0].paused_until if paused else None
    return {
        "group": len(pairs) == 1 and is_group(pairs[0]),
        "on_trial": all(on_trial(pair.state, pair.paused_from) for pair in pairs),
        "paused": len(paused) == len(pairs),
        "paused_until": until.isoformat() if until else "",
        "ends_on": _last_day(pairs),
    }


def _last_day(pairs: Sequence[Pair]) -> str:
    """Of one's only pair, after a notice."""
    last_day = pairs[0].ends_on if len(pairs) == 1 else None
    return last_day.isoformat() if last_day else ""


_FEEDBACK_ASKED_FOR = timedelta(days=14)
