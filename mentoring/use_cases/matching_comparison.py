"""Two drafts side by side: who goes elsewhere, and at what price."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.matching_drafts import Move, moves
from mentoring.use_cases.matching_cards import Named
from mentoring.use_cases.matching_drafts import DraftCard, draft_card
from mentoring.use_cases.matching_table import people_named
from storage.models.matching import MatchingLine


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """``one``, ``other``: with whom the mentee is in each draft, and the score of the two; None is nobody."""

    mentee: Named
    one: tuple[Named, int] | None
    other: tuple[Named, int] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    one: DraftCard
    other: DraftCard
    elsewhere: tuple[Elsewhere, ...]
    same: int


def compare_drafts(session: Session, draft_id: int, other_id: int) -> Comparison:
    """By the mentees' names, without those who were asked from one of the two already.

    Raises NotFound also for drafts of two programmes: they have nothing in common.
    """
    one, other = draft_card(session, draft_id), draft_card(session, other_id)
    if one.programme_id != other.programme_id:
        raise NotFound("matching_draft")
    asked = _asked(session, (one.draft_id, other.draft_id))
    lines = _lines(session, one.draft_id, asked), _lines(session, other.draft_id, asked)
    placed = tuple({mentee: mentor for mentee, (mentor, _) in side.items()} for side in lines)
    changed = moves(*placed)
    names = people_named(session, {one for move in changed for one in _of(move)})
    found = [_elsewhere(move, names, lines) for move in changed]
    same = len({*lines[0], *lines[1]}) - len(changed)
    return Comparison(one, other, tuple(sorted(found, key=lambda row: row.mentee.name)), same)


def _asked(session: Session, draft_ids: Collection[int]) -> frozenset[int]:
    of_drafts = MatchingLine.draft_id.in_(draft_ids), MatchingLine.pair_id.is_not(None)
    return frozenset(session.scalars(select(MatchingLine.mentee_enrolment_id).where(*of_drafts)))


def _lines(session: Session, draft_id: int, asked: Collection[int]) -> dict[int, tuple[int, int]]:
    """Mentee's enrolment -> mentor's, and the score."""
    rows = session.execute(
        select(MatchingLine.mentee_enrolment_id, MatchingLine.mentor_enrolment_id, MatchingLine.score).where(
            MatchingLine.draft_id == draft_id
        )
    )
    return {mentee: (mentor, score) for mentee, mentor, score in rows if mentee not in asked}


def _of(move: Move) -> tuple[int, ...]:
    return tuple(one for one in (move.mentee_id, move.before, move.after) if one is not None)


def _elsewhere(
    move: Move, names: Mapping[int, Named], lines: tuple[Mapping[int, tuple[int, int]], Mapping[int, tuple[int, int]]]
) -> Elsewhere:
    sides = [
        (names[side[move.mentee_id][0]], side[move.mentee_id][1]) if move.mentee_id in side else None for side in lines
    ]
    return Elsewhere(names[move.mentee_id], *sides)
