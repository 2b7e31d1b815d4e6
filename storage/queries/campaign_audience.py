"""Who could be asked: everybody of an audience in a programme, with what the filters look at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.accounts import DECIDING_ROLES
from mentoring.rules.campaigns import Audience
from mentoring.rules.consents import ConsentGap
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.forms import form_of
from mentoring.rules.pairs import PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.account import CuratorAccount
from storage.models.organisation import Programme
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Person
from storage.models.questionnaire import Questionnaire, Response


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person, once for each of their pairs (of a guardian: for each child and its pairs).

    ``place`` is the child's where a guardian is asked. ``person_id`` is empty for a curator's account that has no
    person yet; then ``account_id`` says whose it is.
    """

    audience: Audience
    person_id: int | None
    account_id: int | None
    name: str
    age_group: AgeGroup | None
    place: str
    enrolment_id: int | None
    pair_id: int | None
    pair_state: PairState | None
    form: str
    consented: bool
    has_chat: bool
    reachable: bool


def candidates(session: Session, programme_id: int, audiences: Collection[Audience]) -> list[Candidate]:
    """One query for each kind of audience: people of the programme, their guardians, partners, curators."""
    found: list[Candidate] = []
    taking_part = [_ROLES[one] for one in audiences if one in _ROLES]
    if taking_part:
        found += [_participant(row) for row in session.execute(_participants(programme_id, taking_part))]
    if Audience.GUARDIANS in audiences:
        found += [_guardian(row) for row in session.execute(_guardians(programme_id))]
    if Audience.PARTNERS in audiences:
        found += [_partner(row) for row in session.execute(_partners())]
    if Audience.CURATORS in audiences:
        found += [_curator(row) for row in session.execute(_curators())]
    return found


def sent_before(session: Session, keys: Collection[str]) -> dict[str, set[tuple[int, int | None]]]:
    """By key of a questionnaire: (person, pair) of those who have sent it."""
    rows = session.execute(
        select(Questionnaire.key, Response.person_id, Response.pair_id)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(Questionnaire.key.in_(keys), Response.state == ResponseState.SUBMITTED)
    )
    found: dict[str, set[tuple[int, int | None]]] = {key: set() for key in keys}
    for key, person_id, pair_id in rows:
        found[key].add((person_id, pair_id))
    return found


def group_members(session: Session, programme_id: int) -> tuple[list[Candidate], list[Candidate]]:
    """Mentors and mentees who may be asked, each once; one query."""
    found = {
        (one.audience, one.person_id): one
        for one in candidates(session, programme_id, (Audience.MENTORS, Audience.MENTEES))
        if one.consented
    }
    by_name = sorted(found.values(), key=lambda one: one.name)
    mentors = [one for one in by_name if one.audience is Audience.MENTORS]
    return mentors, [one for one in by_name if one.audience is Audience.MENTEES]


def others_count(programme_id: int) -> dict[Audience, ScalarSelect[int]]:
    """How many parents, partners and curators could be asked, as columns of a larger SELECT.

    Subqueries are out of sight of the fence where they have no entity of their own, so they name the programme.
    """
    owner = select(Programme.organisation_id).where(Programme.id == programme_id).scalar_subquery()
    guardians = _guardians(programme_id).order_by(None).with_only_columns(func.count(Person.id.distinct()))
    guardians = guardians.where(_CHILD.missing_consents.in_(PARENTS_ENOUGH))
    partners = _partners().order_by(None).with_only_columns(func.count())
    partners = partners.where(Person.organisation_id == owner, Person.missing_consents == ConsentGap.NONE)
    curators = _curators().order_by(None).with_only_columns(func.count()).where(CuratorAccount.organisation_id == owner)
    return {
        Audience.GUARDIANS: guardians.scalar_subquery(),
        Audience.PARTNERS: partners.scalar_subquery(),
        Audience.CURATORS: curators.scalar_subquery(),
    }


def _participants(programme_id: int, roles: Sequence[Role]) -> Select[Any]:
    found = select(Enrolment.role, *_whose(Person), *_part(Person)).select_from(Enrolment)
    found = found.join(Person, Person.id == Enrolment.person_id)
    return _with_pairs(found, Person, programme_id).where(Enrolment.role.in_(roles))


def _guardians(programme_id: int) -> Select[Any]:
    found = select(*_whose(Person), *_part(_CHILD)).select_from(Enrolment)
    found = found.join(_CHILD, _CHILD.id == Enrolment.person_id)
    found = found.join(Guardianship, Guardianship.minor_id == _CHILD.id)
    found = found.join(Person, Person.id == Guardianship.guardian_id).where(Person.erased_at.is_(None))
    return _with_pairs(found, _CHILD, programme_id).where(_CHILD.age_group != AgeGroup.ADULT)


def _partners() -> Select[Any]:
    found = select(*_whose(Person), Person.place, Person.missing_consents)
    return found.where(Person.kind == PersonKind.PARTNER, Person.erased_at.is_(None)).order_by(Person.id)


def _curators() -> Select[Any]:
    """An account without a person has no chat either."""
    person = CuratorAccount.person_id
    columns: tuple[Any, ...] = (CuratorAccount.id, person, CuratorAccount.full_name)
    return (
        select(*columns, _chat(person), _chat(person, reachable=True))
        .where(CuratorAccount.disabled_at.is_(None), CuratorAccount.role.in_(DECIDING_ROLES))
        .order_by(CuratorAccount.id)
    )


def _whose(person: Any) -> tuple[Any, ...]:
    chats = (_chat(person.id), _chat(person.id, reachable=True))
    return (person.id, person.last_name, person.first_name, person.age_group, *chats)


def _part(whose: Any) -> tuple[Any, ...]:
    """The form of a pair that was made before forms were kept is told by who the two are."""
    return (
        whose.place,
        whose.missing_consents,
        Enrolment.id,
        Enrolment.form,
        Pair.id,
        Pair.state,
        Pair.form,
        case((PairMember.role == Role.MENTOR, whose.kind), else_=_OTHER_PERSON.kind),
        case((PairMember.role == Role.MENTEE, whose.kind), else_=_OTHER_PERSON.kind),
    )


def _with_pairs(found: Select[Any], whose: Any, programme_id: int) -> Select[Any]:
    return (
        found.outerjoin(PairMember, and_(PairMember.enrolment_id == Enrolment.id, PairMember.left_at.is_(None)))
        .outerjoin(Pair, Pair.id == PairMember.pair_id)
        .outerjoin(_OTHER, and_(_OTHER.pair_id == Pair.id, _OTHER.role != PairMember.role, ~_earlier()))
        .outerjoin(_OTHER_PERSON, _OTHER_PERSON.id == _OTHER.person_id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.status == EnrolmentStatus.APPROVED,
            whose.erased_at.is_(None),
        )
        .order_by(Enrolment.id, Pair.id)
    )


def _earlier() -> ColumnElement[bool]:
    """Of a group's mentees one is enough to tell its form by: the mentor stands in one row of the pair."""
    before = exists().where(_BEFORE.pair_id == _OTHER.pair_id, _BEFORE.role == _OTHER.role, _BEFORE.id < _OTHER.id)
    return before.correlate(_OTHER)


def _chat(person_id: Any, *, reachable: bool = False) -> ColumnElement[bool]:
    account = aliased(ChannelAccount)
    found = exists().where(account.person_id == person_id)
    return found.where(account.unreachable_since.is_(None)) if reachable else found


def _participant(row: Any) -> Candidate:
    role, *rest = row
    audience = Audience.MENTORS if role is Role.MENTOR else Audience.MENTEES
    return _candidate(audience, rest, (ConsentGap.NONE,))


def _guardian(row: Any) -> Candidate:
    return _candidate(Audience.GUARDIANS, row, PARENTS_ENOUGH)


def _candidate(audience: Audience, row: Any, enough: tuple[ConsentGap, ...]) -> Candidate:
    person_id, last, first, age_group, has_chat, reachable, place, gap, enrolment_id, own_form, *pair = row
    pair_id, state, form, mentor_kind, mentee_kind = pair
    made = form or form_of(mentor_kind, mentee_kind) or "" if pair_id else own_form
    return Candidate(
        audience,
        person_id,
        None,
        f"{last} {first}".strip(),
        age_group,
        place,
        enrolment_id,
        pair_id,
        state,
        made,
        gap in enough,
        has_chat,
        reachable,
    )


def _partner(row: Any) -> Candidate:
    person_id, last, first, age_group, has_chat, reachable, place, gap = row
    name, consented = f"{last} {first}".strip(), gap is ConsentGap.NONE
    alone = (None, None, None, "")
    return Candidate(Audience.PARTNERS, person_id, None, name, age_group, place, *alone, consented, has_chat, reachable)


def _curator(row: Any) -> Candidate:
    account_id, person_id, name, has_chat, reachable = row
    alone = (None, None, None, "")
    return Candidate(
        Audience.CURATORS, person_id, account_id, name, AgeGroup.ADULT, "", *alone, True, has_chat, reachable
    )


PARENTS_ENOUGH = (ConsentGap.NONE, ConsentGap.SELF)
"""The parent's word is what counts: the child's own may be missing."""

_CHILD, _OTHER, _OTHER_PERSON = aliased(Person), aliased(PairMember), aliased(Person)
_BEFORE = aliased(PairMember)
_ROLES = {Audience.MENTORS: Role.MENTOR, Audience.MENTEES: Role.MENTEE}
