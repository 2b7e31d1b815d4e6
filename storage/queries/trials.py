"""What has happened on the trials of pairs: meetings held, and the compatibility forms."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import MeetingKind, MeetingState
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.trials import MEETINGS
from storage.models.meeting import Meeting
from storage.models.questionnaire import Answer, Response
from storage.queries.feedback import tells_of_meeting


@dataclass(slots=True)
class TrialFacts:
    """``sent``: (person, kind of meeting); ``go_on``: the answer of the newest form, as it is stored."""

    held: set[MeetingKind] = field(default_factory=set)
    sent: set[tuple[int, MeetingKind]] = field(default_factory=set)
    go_on: dict[tuple[int, MeetingKind], str] = field(default_factory=dict)


def trial_facts(session: Session, pair_ids: Collection[int]) -> dict[int, TrialFacts]:
    """Two queries; every pair asked for has facts."""
    found: dict[int, TrialFacts] = defaultdict(TrialFacts, {pair_id: TrialFacts() for pair_id in pair_ids})
    held = select(Meeting.pair_id, Meeting.kind).where(
        Meeting.pair_id.in_(pair_ids), Meeting.kind.in_(MEETINGS), Meeting.state == MeetingState.HELD
    )
    for pair_id, kind in session.execute(held.distinct()):
        found[pair_id].held.add(kind)
    forms = (
        select(Meeting.pair_id, Meeting.kind, Response.person_id, Answer.value)
        .join(Meeting, Meeting.id == Response.meeting_id)
        .outerjoin(Answer, (Answer.response_id == Response.id) & (Answer.key == "go_on"))
        .where(Meeting.pair_id.in_(pair_ids), Meeting.kind.in_(MEETINGS), tells_of_meeting())
        .where(Response.state == ResponseState.SUBMITTED)
        .order_by(Response.submitted_at, Response.id)
    )
    for pair_id, kind, person_id, said in session.execute(forms):
        found[pair_id].sent.add((person_id, kind))
        if isinstance(said, str):
            found[pair_id].go_on[person_id, kind] = said
    return dict(found)
