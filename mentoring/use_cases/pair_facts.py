"""What notices about proposals, pairs and groups say."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.pairs import STANDING, WORKING, EndReason, PairAnswer, PairState, Party, asked_now
from mentoring.rules.people import Role, listed
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases.meeting_calendar import left_in_calendar
from mentoring.use_cases.meeting_views import FEEDBACK_OPEN
from mentoring.use_cases.pair_views import (
    PairView,
    PersonSeen,
    fellows_of,
    my_pair,
    name_seen,
    opposites,
    person_seen,
    proposal_for,
    sides,
)
from storage.models.document import Document
from storage.models.organisation import Organisation
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.queries.silent_pairs import planned_after, silence_of

Facts = dict[str, Any]


def proposed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    proposal = proposal_for(session, payload["pair_id"], reader.id)
    asked = asked_now(proposal.state) is Party(proposal.role) and proposal.my_answer is PairAnswer.WAITING
    return {"proposal": proposal} if asked and not proposal.taken_out else None


def gone(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    mine, _ = sides(session, payload["pair_id"], reader.id)
    return {"pair_id": mine.pair_id, "role": mine.role}


def trial_started(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _standing(session, reader, payload)
    return {"pair": pair} if pair and pair.on_trial else None


def confirmed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """``after_trial``: they have met already. ``newcomer``: of a group; a meeting may be ``coming`` there."""
    pair = _standing(session, reader, payload)
    if pair is None:
        return None
    coming = pair.next_meeting if pair.next_meeting and pair.next_meeting.starts_at > now else None
    newcomer = session.get_one(Pair, pair.pair_id).started_at != pair.started_at
    tried = bool(payload.get("after_trial"))
    return {"pair": pair, "coming": coming, "newcomer": newcomer, "after_trial": tried}


def fixed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair, order = _standing(session, reader, payload), session.get(Document, payload["document_id"])
    if pair is None or order is None:
        return None
    return {"pair": pair, "number": order.number or "", "dated_on": order.dated_on}


def paused(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _standing(session, reader, payload)
    if pair is None or pair.state is not PairState.PAUSED:
        return None
    return {"pair": pair} | _meetings_off(session, reader, payload, now)


def resumed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _active(session, reader, payload)
    return {"pair": pair} if pair else None


def notice_given(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """``by_worker``: it is the mentor's own wish."""
    pair = _standing(session, reader, payload)
    if pair is None or pair.ends_on is None:
        return None
    reason = session.get_one(Pair, pair.pair_id).notice_reason
    return {"pair": pair, "by_worker": reason == EndReason.WORKER_REFUSED}


def goes_on(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _standing(session, reader, payload)
    return {"pair": pair} if pair and pair.ends_on is None else None


def parted(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    mine, _ = sides(session, payload["pair_id"], reader.id)
    facts = {"pair_id": mine.pair_id, "role": mine.role, "others": _seen(opposites(mine))}
    return facts | _meetings_off(session, reader, payload, now)


def ended(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    """``left``: the reader has left a group that goes on."""
    mine, _ = sides(session, payload["pair_id"], reader.id)
    left = mine.left_at is not None
    reason = mine.left_reason if left else mine.pair.end_reason
    completed = not left and mine.pair.state is PairState.COMPLETED
    facts = {"pair_id": mine.pair_id, "role": mine.role, "others": _seen(opposites(mine))}
    facts |= {"reason": reason, "left": left, "completed": completed}
    return facts | _meetings_off(session, reader, payload, now)


def group_changed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """``who`` has come or gone, told to the mentor alone."""
    pair = _standing(session, reader, payload)
    members = session.get_one(Pair, payload["pair_id"]).members if pair else []
    who = next((member for member in members if member.person_id == payload["person_id"]), None)
    if pair is None or who is None:
        return None
    return {"pair": pair, "who": person_seen(who.person) if pair.role is Role.MENTOR else None}


def trial_started_to_guardian(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    mine, _ = sides(session, payload["pair_id"], payload["minor_id"])
    return _of_child(mine) if mine.pair.state is PairState.TRIAL else None


def confirmed_to_guardian(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    mine, _ = sides(session, payload["pair_id"], payload["minor_id"])
    if mine.pair.state not in STANDING:
        return None
    return _of_child(mine) | {"after_trial": bool(payload.get("after_trial"))}


def changed_to_guardian(session: Session, reader: Person, payload: dict[str, Any], now: datetime) -> Facts | None:
    """``change``: "paused", "resumed", "parted", "completed" or "ended". Nothing where the pause is over by now."""
    mine, _ = sides(session, payload["pair_id"], payload["minor_id"])
    change, state = payload["change"], mine.pair.state
    if (change == "paused" and state is not PairState.PAUSED) or (change == "resumed" and state not in WORKING):
        return None
    off = int(payload.get("cancelled", 0))
    return _of_child(mine) | {"change": change, "paused_until": mine.pair.paused_until, "cancelled": off}


def never_met(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _active(session, reader, payload)
    if pair is None or pair.ends_on or pair.last_met_at or planned_after(session, pair.pair_id, now - FEEDBACK_OPEN):
        return None
    return {"pair": pair, "days": _silence(session, pair, now).days}


def silent(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """Nothing while the two are still asked whether the last one took place."""
    return _quiet(session, reader, payload, now, unless_after=now - FEEDBACK_OPEN)


def silent_for_long(session: Session, reader: Person, payload: dict[str, Any], now: datetime) -> Facts | None:
    """``ends_on``: the day by which something must happen. Only a meeting ahead stops it, as it stops the end itself:
    one of which nobody has told does not."""
    facts = _quiet(session, reader, payload, now, unless_after=now)
    return facts | {"ends_on": date.fromisoformat(payload["ends_on"])} if facts else None


def silent_to_curator(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = session.get(Pair, payload["pair_id"])
    if pair is None:
        raise NotFound("pair")
    since = silence_of(pair).since
    if pair.state not in WORKING or now - since <= _bearable(session, reader):
        return None
    mentor, mentees = (_full_names(pair, role) for role in (Role.MENTOR, Role.MENTEE))
    return {"pair_id": pair.id, "mentor_name": mentor, "mentee_names": mentees, "days": (now - since).days}


def _meetings_off(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    """How many meetings are off with this news, and which of them the reader's phone still shows."""
    left = left_in_calendar(session, reader.id, payload["pair_id"], now=now)
    return {"cancelled": int(payload.get("cancelled", 0)), "in_calendar": left}


def _of_child(mine: PairMember) -> Facts:
    return {
        "minor_id": mine.person_id,
        "minor_name": name_seen(mine.person),
        "minor_role": Role(mine.role),
        "others": _seen(opposites(mine)),
        "fellows": fellows_of(mine),
    }


def _seen(members: Iterable[PairMember]) -> tuple[PersonSeen, ...]:
    return tuple(person_seen(member.person) for member in members)


def _full_names(pair: Pair, role: Role) -> str:
    return listed(member.person.name.full for member in pair.present if member.role is role)


def _standing(session: Session, reader: Person, payload: dict[str, int]) -> PairView | None:
    return my_pair(session, payload["pair_id"], reader.id)


def _active(session: Session, reader: Person, payload: dict[str, int]) -> PairView | None:
    """None also while it has a pause."""
    pair = _standing(session, reader, payload)
    return pair if pair and pair.state in WORKING else None


def _quiet(
    session: Session, reader: Person, payload: dict[str, Any], now: datetime, *, unless_after: datetime
) -> Facts | None:
    pair = _active(session, reader, payload)
    if pair is None or pair.ends_on or planned_after(session, pair.pair_id, unless_after):
        return None
    silence = _silence(session, pair, now)
    return {"pair": pair, "days": silence.days} if silence > _bearable(session, reader) else None


def _silence(session: Session, pair: PairView, now: datetime) -> timedelta:
    """A pause is forgotten."""
    return now - silence_of(session.get_one(Pair, pair.pair_id)).since


def _bearable(session: Session, reader: Person) -> timedelta:
    stored = session.get_one(Organisation, reader.organisation_id).settings
    return timedelta(days=OrganisationSettings.from_stored(stored).silence_days)
