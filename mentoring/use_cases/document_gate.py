"""No order without papers: who in it lacks what."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.documents import BlockReason, DocumentKind, LineAct, Profile
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import Blocker
from mentoring.use_cases.amendments import Change, changes_for
from mentoring.use_cases.labour_agreements import labour_gaps
from mentoring.use_cases.ordered_pairs import mentor_of, standing_pairs
from mentoring.use_cases.organisation_card import own_organisation
from storage.models.document import Document
from storage.models.pair import Pair
from storage.models.person import Enrolment
from storage.queries.consents import missing_for
from storage.queries.documents import FIXABLE, pairs_to_print


def blockers_of(session: Session, document: Document) -> tuple[Blocker, ...]:
    """Empty for a paper that may be signed; a paper that fixes nobody always may."""
    if document.kind is DocumentKind.ORDER_PAIRS:
        return blockers_of_pairs(session, document.choices.get("pairs", ()))
    if document.kind is DocumentKind.ORDER_AMENDMENT:
        return blockers_of_pairs(session, fixed_by(kept_changes(session, document)), document.amends_id)
    if document.kind is DocumentKind.ORDER_COMPLETION:
        return tuple(_unordered(session, document))
    if document.kind is DocumentKind.ORDER_REGISTER:
        return _of_mentors(session, document.choices.get("mentors", ()))
    return ()


def lacking_in_profile(session: Session) -> tuple[str, ...]:
    """Fields of `Profile` without which no paper is signed."""
    profile = Profile.from_stored(own_organisation(session).profile)
    return tuple(name for name in ("head_name", "city") if not getattr(profile, name))


def empty_list(session: Session, document: Document) -> str:
    """The list of the draft in which nobody stands though somebody must; empty for a paper that may be signed."""
    if document.kind is DocumentKind.ORDER_AMENDMENT:
        return "" if kept_changes(session, document) else "leave_out"
    needed = _NEEDED.get(document.kind, "")
    return "" if document.person_id or document.choices.get(needed) else needed


def kept_changes(session: Session, document: Document) -> list[Change]:
    """Of an amendment."""
    left_out = document.choices.get("leave_out", ())
    changes = changes_for(session, session.get_one(Document, document.amends_id))
    return [one for one in changes if one.key not in left_out]


def fixed_by(changes: Iterable[Change]) -> list[int]:
    """Pairs that the changes fix or add somebody to."""
    return [one.pair_id for one in changes if one.act in (LineAct.FIX, LineAct.ADD)]


def blockers_of_pairs(session: Session, pair_ids: Collection[int], amends_id: int | None = None) -> tuple[Blocker, ...]:
    """In the order of the pairs. ``amends_id``: an amendment may name pairs that have an order already."""
    pairs = sorted(pairs_to_print(session, pair_ids), key=lambda pair: pair.id)
    found = [*_of_states(pairs, amends_id), *_of_consents(session, pairs)]
    for gap in labour_gaps(session, [pair.id for pair in pairs]):
        found.append(Blocker(BlockReason.LABOUR, gap.pair_id, gap.person_id, gap.name, str(gap.enrolment_id)))
    return tuple(sorted(found, key=lambda one: one.pair_id))


def _unordered(session: Session, document: Document) -> Iterator[Blocker]:
    """What orders have not begun, or have ended meanwhile, no order completes."""
    standing = {pair.id for pair in standing_pairs(session, document.programme_id)}
    chosen = set(document.choices.get("pairs", ()))
    for pair in sorted(pairs_to_print(session, chosen - standing), key=lambda pair: pair.id):
        mentor = mentor_of(pair).person
        yield Blocker(BlockReason.UNORDERED, pair.id, mentor.id, mentor.name.full, pair.state)


def _of_states(pairs: Collection[Pair], amends_id: int | None) -> Iterator[Blocker]:
    for pair in pairs:
        mentor = mentor_of(pair).person
        if pair.state not in FIXABLE or pair.confirmed_at is None:
            yield Blocker(BlockReason.STATE, pair.id, mentor.id, mentor.name.full, pair.state)
        elif pair.order_id is not None and amends_id is None:
            yield Blocker(BlockReason.ORDERED, pair.id, mentor.id, mentor.name.full, str(pair.order_id))


def _of_consents(session: Session, pairs: Collection[Pair]) -> Iterator[Blocker]:
    where = {member.person_id: pair.id for pair in pairs for member in pair.present}
    for gap in missing_for(session, where):
        detail = f"{gap.kind}:{gap.giver}"
        yield Blocker(BlockReason.CONSENT, where[gap.person_id], gap.person_id, gap.person_name, detail)


def _of_mentors(session: Session, enrolment_ids: Collection[int]) -> tuple[Blocker, ...]:
    found = session.scalars(select(Enrolment).where(Enrolment.id.in_(enrolment_ids))).all()
    blockers = [
        Blocker(BlockReason.NOT_APPROVED, 0, one.person_id, one.person.name.full)
        for one in found
        if one.status is not EnrolmentStatus.APPROVED
    ]
    for gap in missing_for(session, [one.person_id for one in found]):
        blockers.append(Blocker(BlockReason.CONSENT, 0, gap.person_id, gap.person_name, f"{gap.kind}:{gap.giver}"))
    return tuple(blockers)


_NEEDED = {
    DocumentKind.ORDER_PAIRS: "pairs",
    DocumentKind.ORDER_COMPLETION: "pairs",
    DocumentKind.ORDER_REGISTER: "mentors",
    DocumentKind.ORDER_REWARDS: "people",
    DocumentKind.CERTIFICATE: "people",
    DocumentKind.GRATITUDE: "people",
}
