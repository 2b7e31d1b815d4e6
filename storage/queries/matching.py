"""What people answered about themselves and about each other for matching, of many enrolments at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.matching import Ballot, Profile, ballot, is_entry, matching_part, profile
from mentoring.rules.pairs import OPEN, DeclineReason, EndReason, PairState
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.pair import Pair, PairMember
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response

NOTHING_SAID = Profile()


@dataclass(frozen=True, slots=True)
class Said:
    """``profile`` is None where no questionnaire said anything. The last ballot tells whom one wants; whom one would
    rather not have is remembered from all of them."""

    profile: Profile | None = None
    ballot: Ballot = field(default_factory=Ballot)


def profiles(session: Session, enrolment_ids: Collection[int]) -> dict[int, Profile]:
    """Profiles of those who answered a questionnaire with something for matching, by enrolment. Three queries."""
    return {key: one.profile for key, one in said(session, enrolment_ids).items() if one.profile}


def said(session: Session, enrolment_ids: Collection[int]) -> dict[int, Said]:
    """Profiles and ballots, by three queries."""
    responses = session.execute(
        select(Response.id, Response.enrolment_id, Response.version_id, Response.state)
        .where(Response.enrolment_id.in_(enrolment_ids))
        .order_by(Response.submitted_at, Response.id)
    ).all()
    definitions = _definitions(session, {row.version_id for row in responses})
    telling = [row for row in responses if row.version_id in definitions]
    answers = _answers(session, [row.id for row in telling], definitions.values())
    found: dict[int, Said] = {}
    for row in telling:
        definition = definitions[row.version_id]
        known = found.get(row.enrolment_id, Said())
        found[row.enrolment_id] = _with(known, definition, answers[row.id], sent=row.state is ResponseState.SUBMITTED)
    return found


def known_each_other(session: Session, programme_id: int) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(mentor, mentee): by enrolment, who are together now or asked; by person, whom it was no good to have together,
    also in other programmes and years."""
    mentor, mentee = aliased(PairMember), aliased(PairMember)
    here = Pair.programme_id == programme_id
    together = and_(here, Pair.state.in_(OPEN), mentee.left_at.is_(None))
    no_good = or_(*_no_good(mentor, mentee, here))
    rows = session.execute(
        select(
            mentor.enrolment_id,
            mentee.enrolment_id,
            mentor.person_id,
            mentee.person_id,
            together.label("together"),
            no_good.label("no_good"),
        )
        .join(mentor, (mentor.pair_id == Pair.id) & (mentor.role == Role.MENTOR))
        .join(mentee, (mentee.pair_id == Pair.id) & (mentee.role == Role.MENTEE))
        .where(or_(together, no_good))
    ).all()
    return {(row[0], row[1]) for row in rows if row.together}, {(row[2], row[3]) for row in rows if row.no_good}


def _no_good(mentor: Any, mentee: Any, here: ColumnElement[bool]) -> Iterator[ColumnElement[bool]]:
    """They parted on trial, or did not suit each other; in this programme also: one of them preferred somebody else."""
    yield Pair.state == PairState.PARTED
    yield func.coalesce(Pair.end_reason == EndReason.NOT_FITTING, False)
    yield func.coalesce(mentee.left_reason == EndReason.NOT_FITTING, False)
    preferred = or_(*(one.reason == DeclineReason.PREFER_OTHER for one in (mentor, mentee)))
    yield and_(here, func.coalesce(preferred, False))


def _with(known: Said, definition: dict[str, Any], answers: dict[str, Any], *, sent: bool) -> Said:
    uses = {question["matching"] for question in definition["question"]}
    own = profile(definition, answers) if is_entry(definition) else known.profile
    if not sent or uses.isdisjoint({"prefer", "avoid"}):
        return Said(own, known.ballot)
    new = ballot(definition, answers)
    return Said(own, Ballot(new.wants, known.ballot.avoids | new.avoids))


def _definitions(session: Session, version_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What they ask for matching; surveys ask nothing."""
    versions = select(QuestionnaireVersion.id, QuestionnaireVersion.definition).where(
        QuestionnaireVersion.id.in_(version_ids)
    )
    parts = {row.id: matching_part(row.definition) for row in session.execute(versions)}
    return {version_id: part for version_id, part in parts.items() if part["question"]}


def _answers(
    session: Session, response_ids: Collection[int], definitions: Collection[dict[str, Any]]
) -> dict[int, dict[str, Any]]:
    keys = {question["key"] for definition in definitions for question in definition["question"]}
    rows = session.execute(
        select(Answer.response_id, Answer.key, Answer.value).where(
            Answer.response_id.in_(response_ids), Answer.key.in_(keys)
        )
    )
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        found[row.response_id][row.key] = row.value
    return found
