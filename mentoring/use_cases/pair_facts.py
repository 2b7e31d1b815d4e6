"""What notices about proposals and pairs say."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.pairs import STANDING, PairAnswer, Party, asked_now
from mentoring.rules.people import Role
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases.pair_views import PairView, my_pair, name_seen, opposite, person_seen, proposal_for, sides
from storage.models.organisation import Organisation
from storage.models.person import Person

Facts = dict[str, Any]


def proposed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    proposal = proposal_for(session, payload["pair_id"], reader.id)
    asked = asked_now(proposal.state) is Party(proposal.role) and proposal.my_answer is PairAnswer.WAITING
    return {"proposal": proposal} if asked else None


def gone(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    mine, _ = sides(session, payload["pair_id"], reader.id)
    return {"pair_id": mine.pair_id, "role": mine.role}


def confirmed(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _active(session, reader, payload)
    return {"pair": pair, "days": _silence(pair, now).days} if pair else None


def confirmed_to_guardian(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    mine, other = sides(session, payload["pair_id"], payload["minor_id"])
    if mine.pair.state not in STANDING:
        return None
    return {
        "minor_id": mine.person_id,
        "minor_name": name_seen(mine.person),
        "minor_role": Role(mine.role),
        "other": person_seen(other.person),
    }


def ended(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    mine, _ = sides(session, payload["pair_id"], reader.id)
    other = person_seen(opposite(mine).person)
    return {"pair_id": mine.pair_id, "role": mine.role, "other": other, "reason": mine.pair.end_reason}


def never_met(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _active(session, reader, payload)
    if pair is None or pair.last_met_at or pair.next_meeting:
        return None
    return {"pair": pair, "days": _silence(pair, now).days}


def silent(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    pair = _active(session, reader, payload)
    if pair is None or pair.next_meeting or _silence(pair, now) <= _bearable(session, reader):
        return None
    return {"pair": pair, "days": _silence(pair, now).days}


def _active(session: Session, reader: Person, payload: dict[str, int]) -> PairView | None:
    return my_pair(session, payload["pair_id"], reader.id)


def _silence(pair: PairView, now: datetime) -> timedelta:
    return now - (pair.last_met_at or pair.started_at)


def _bearable(session: Session, reader: Person) -> timedelta:
    stored = session.get_one(Organisation, reader.organisation_id).settings
    return timedelta(days=OrganisationSettings.from_stored(stored).silence_days)
