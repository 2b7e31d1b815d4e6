"""Who hears what about a pair."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.meetings import DAY_BEFORE
from mentoring.rules.pairs import PairState, Party, knows_of_proposal
from mentoring.rules.people import Role
from mentoring.rules.reminders import MINORS, NoticeKind
from mentoring.use_cases.chats import curator_person_ids
from mentoring.use_cases.notices import notify
from storage.models.pair import Pair, PairMember
from storage.models.person import Guardianship

Cancelled = tuple[datetime, ...]
"""When the meetings were to begin that are off with this news."""


def tell_asked(session: Session, member: PairMember, now: datetime) -> None:
    kind = NoticeKind.MENTOR_PAIR_PROPOSED if member.role is Role.MENTOR else NoticeKind.MENTEE_PAIR_PROPOSED
    _tell(session, [member], kind, now)


def who_knows(pair: Pair) -> list[PairMember]:
    parties = knows_of_proposal(pair.state)
    return [member for member in pair.present if Party(member.role) in parties]


def tell_gone(session: Session, members: Iterable[PairMember], now: datetime) -> None:
    """Without a reason and without a name: the proposal is no more, the curator looks on."""
    _tell(session, members, NoticeKind.PERSON_PROPOSAL_GONE, now)


def tell_trial(session: Session, pair: Pair, now: datetime) -> None:
    _tell(session, pair.present, NoticeKind.PERSON_TRIAL_STARTED, now)
    _tell_guardians(session, pair.present, NoticeKind.GUARDIAN_TRIAL_STARTED, now)


def tell_confirmed(session: Session, pair: Pair, now: datetime, *, after_trial: bool) -> None:
    tried = int(after_trial)
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_CONFIRMED, now, after_trial=tried)
    _tell_guardians(session, pair.present, NoticeKind.GUARDIAN_PAIR_CONFIRMED, now, after_trial=tried)


def tell_parted(session: Session, members: Iterable[PairMember], now: datetime, cancelled: Cancelled = ()) -> None:
    told, word = list(members), "parted"
    soon, off = _soon(cancelled, now), len(cancelled)
    _tell(session, told, NoticeKind.PERSON_PAIR_PARTED, now, urgent=soon, cancelled=off)
    kind = NoticeKind.GUARDIAN_PAIR_CHANGED
    _tell_guardians(session, told, kind, now, mark=word, urgent=soon, change=word, cancelled=off)


def tell_fixed(session: Session, pair: Pair, document_id: int, now: datetime) -> None:
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_FIXED, now, mark=f"{document_id}", document_id=document_id)


def tell_paused(session: Session, pair: Pair, cancelled: Cancelled, now: datetime) -> None:
    mark, soon, off = _minute(now), _soon(cancelled, now), len(cancelled)
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_PAUSED, now, mark=mark, urgent=soon, cancelled=off)
    _tell_guardians(
        session,
        pair.present,
        NoticeKind.GUARDIAN_PAIR_CHANGED,
        now,
        mark=f"paused:{mark}",
        urgent=soon,
        change="paused",
        cancelled=off,
    )


def tell_resumed(session: Session, pair: Pair, now: datetime) -> None:
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_RESUMED, now, mark=_minute(now))
    _tell_guardians(
        session, pair.present, NoticeKind.GUARDIAN_PAIR_CHANGED, now, mark=f"resumed:{_minute(now)}", change="resumed"
    )


def tell_notice_given(session: Session, pair: Pair, now: datetime) -> None:
    """Also when the last day was put off."""
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_NOTICE_GIVEN, now, mark=f"{pair.ends_on}:{_minute(now)}")


def tell_goes_on(session: Session, pair: Pair, now: datetime) -> None:
    """To whoever has heard of a last day, that it is none."""
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_GOES_ON, now, mark=_minute(now))


def tell_silent(session: Session, pair: Pair, ends_on: date, now: datetime) -> None:
    _tell(session, pair.present, NoticeKind.PERSON_PAIR_SILENT, now, mark=f"{ends_on}", ends_on=f"{ends_on}")


def tell_curators_of_silence(session: Session, pair: Pair, since: datetime, now: datetime) -> None:
    for person_id in curator_person_ids(session):
        payload: dict[str, int | str] = {"pair_id": pair.id}
        key = f"pair:{pair.id}:{_minute(since)}"
        notify(session, person_id, NoticeKind.CURATOR_PAIR_SILENT, payload, dedup_key=key, now=now)


def tell_ended(
    session: Session, pair: Pair, members: Iterable[PairMember], now: datetime, cancelled: Cancelled = ()
) -> None:
    """``members``: of the pair, or the one who left a group that goes on."""
    told, mark = list(members), _minute(now)
    soon, off = _soon(cancelled, now), len(cancelled)
    _tell(session, told, NoticeKind.PERSON_PAIR_ENDED, now, mark=mark, urgent=soon, cancelled=off)
    change = "completed" if pair.state is PairState.COMPLETED else "ended"
    _tell_guardians(
        session,
        told,
        NoticeKind.GUARDIAN_PAIR_CHANGED,
        now,
        mark=f"{change}:{mark}",
        urgent=soon,
        change=change,
        cancelled=off,
    )


def tell_joined(session: Session, pair: Pair, newcomer: PairMember, now: datetime) -> None:
    """The newcomer hears what everybody hears of a confirmed pair; the others that there is one more."""
    mark = _minute(now)
    _tell(session, [newcomer], NoticeKind.PERSON_PAIR_CONFIRMED, now, mark=mark, after_trial=0)
    _tell_guardians(session, [newcomer], NoticeKind.GUARDIAN_PAIR_CONFIRMED, now, mark=mark, after_trial=0)
    _tell_others(session, pair, newcomer, NoticeKind.PERSON_GROUP_JOINED, now)


def tell_left(session: Session, pair: Pair, leaver: PairMember, now: datetime) -> None:
    """To those who stay."""
    _tell_others(session, pair, leaver, NoticeKind.PERSON_GROUP_LEFT, now)


def _tell_others(session: Session, pair: Pair, about: PairMember, kind: NoticeKind, now: datetime) -> None:
    others = [member for member in pair.present if member is not about]
    _tell(session, others, kind, now, mark=f"{about.person_id}:{_minute(now)}", person_id=about.person_id)


def _tell(
    session: Session,
    members: Iterable[PairMember],
    kind: NoticeKind,
    now: datetime,
    *,
    mark: str = "",
    urgent: bool = False,
    **more: int | str,
) -> None:
    """``mark`` tells one of several messages of the kind about the same pair from another."""
    for member in members:
        key = f"pair:{member.pair_id}:{mark}" if mark else f"pair:{member.pair_id}"
        payload = {"pair_id": member.pair_id, **more}
        notify(session, member.person_id, kind, payload, dedup_key=key, now=now, urgent=urgent)


def _tell_guardians(
    session: Session,
    members: Iterable[PairMember],
    kind: NoticeKind,
    now: datetime,
    *,
    mark: str = "",
    urgent: bool = False,
    **more: int | str,
) -> None:
    pairs = {member.person_id: member.pair_id for member in members if member.person.age_group in MINORS}
    guardians = select(Guardianship).where(Guardianship.minor_id.in_(pairs)).order_by(Guardianship.id)
    for one in session.scalars(guardians).all():
        pair_id = pairs[one.minor_id]
        payload: dict[str, int | str] = {"pair_id": pair_id, "minor_id": one.minor_id, **more}
        key = f"pair:{pair_id}:{one.minor_id}:{mark}" if mark else f"pair:{pair_id}:{one.minor_id}"
        notify(session, one.guardian_id, kind, payload, dedup_key=key, now=now, urgent=urgent)


def _soon(cancelled: Cancelled, now: datetime) -> bool:
    """Whoever is about to set out must hear of it."""
    return bool(cancelled) and min(cancelled) - now < DAY_BEFORE


def _minute(at: datetime) -> str:
    """What may happen to a pair more than once is told more than once."""
    return f"{at:%y%m%d%H%M}"
