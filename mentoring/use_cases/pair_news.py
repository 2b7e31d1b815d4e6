"""Who hears what about a pair."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.pairs import Party, knows_of_proposal
from mentoring.rules.people import Role
from mentoring.rules.reminders import MINORS, NoticeKind
from mentoring.use_cases.notices import notify
from storage.models.pair import Pair, PairMember
from storage.models.person import Guardianship


def tell_asked(session: Session, member: PairMember, now: datetime) -> None:
    kind = NoticeKind.MENTOR_PAIR_PROPOSED if member.role is Role.MENTOR else NoticeKind.MENTEE_PAIR_PROPOSED
    _tell(session, [member], kind, now)


def who_knows(pair: Pair) -> list[PairMember]:
    parties = knows_of_proposal(pair.state)
    return [member for member in pair.present if Party(member.role) in parties]


def tell_gone(session: Session, members: Iterable[PairMember], now: datetime) -> None:
    """Without a reason and without a name: the proposal is no more, the curator looks on."""
    _tell(session, members, NoticeKind.PERSON_PROPOSAL_GONE, now)


def tell_confirmed(session: Session, pair: Pair, now: datetime) -> None:
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_CONFIRMED, now)
    for guardianship in _guardianships(session, pair):
        payload: dict[str, int | str] = {"pair_id": pair.id, "minor_id": guardianship.minor_id}
        key = f"pair:{pair.id}:{guardianship.minor_id}"
        notify(session, guardianship.guardian_id, NoticeKind.GUARDIAN_PAIR_CONFIRMED, payload, dedup_key=key, now=now)


def tell_ended(session: Session, members: Iterable[PairMember], now: datetime) -> None:
    _tell(session, members, NoticeKind.PERSON_PAIR_ENDED, now)


def _tell(session: Session, members: Iterable[PairMember], kind: NoticeKind, now: datetime) -> None:
    for member in members:
        key = f"pair:{member.pair_id}"
        notify(session, member.person_id, kind, {"pair_id": member.pair_id}, dedup_key=key, now=now)


def _guardianships(session: Session, pair: Pair) -> Iterable[Guardianship]:
    minors = [member.person_id for member in pair.present if member.person.age_group in MINORS]
    return session.scalars(select(Guardianship).where(Guardianship.minor_id.in_(minors)).order_by(Guardianship.id))
