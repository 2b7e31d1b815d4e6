"""The board of a draft: who is proposed to whom and why, who stays without a mentor, what would be the next best."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from mentoring.rules.matching import ChoiceKind
from mentoring.use_cases.matching_cards import Left, MentorCard, Named, Rather
from mentoring.use_cases.matching_drafts import DraftCard
from mentoring.use_cases.matching_table import Table

WEAK = 50
"""A score under which a proposal wants a second look."""


class Shown(StrEnum):
    """Which mentors the curator looks at."""

    PLACED = "placed"
    FREE = "free"  # with places left
    WEAK = "weak"
    HELD = "held"  # locked by hand
    ASKED = "asked"  # published


@dataclass(frozen=True, slots=True)
class Board:
    """``came``, ``gone``: people since the last run. ``forbidden``: two whom the curator keeps apart; ``ignored``: two
    whom the curator holds together, though it cannot be any more."""

    draft: DraftCard
    mentors: tuple[MentorCard, ...]
    total: int
    left: tuple[Left, ...]
    left_total: int
    rather: tuple[Rather, ...]
    forbidden: tuple[tuple[Named, Named], ...]
    ignored: tuple[tuple[Named, Named], ...]
    came: tuple[Named, ...]
    gone: int
    mentor_count: int
    mentee_count: int


def board(
    session: Session, draft_id: int, *, shown: str = "", sought: str = "", offset: int, limit: int, now: datetime
) -> Board:
    """``shown``: a word of `Shown` or nothing; ``sought``: part of a name. ``limit`` bounds both sides of the board."""
    table = Table(session, draft_id, now)
    cards = [card for card in table.mentors() if _is_shown(card, shown) and _is_named(card, sought)]
    left = table.left()
    return Board(
        draft=table.card,
        mentors=tuple(table.explained(card) for card in cards[offset : offset + limit]),
        total=len(cards),
        left=tuple(table.bereft(mentee) for mentee in left[:limit]),
        left_total=len(left),
        rather=tuple(table.rather()),
        forbidden=table.said(ChoiceKind.FORBID),
        ignored=table.ignored(),
        came=table.came(),
        gone=table.gone(),
        mentor_count=len(table.pool.mentors),
        mentee_count=len(table.pool.mentees),
    )


def _is_shown(card: MentorCard, shown: str) -> bool:
    tests: dict[str, bool] = {
        Shown.PLACED: bool(card.lines),
        Shown.FREE: card.room > 0,
        Shown.WEAK: any(line.score < WEAK for line in card.lines),
        Shown.HELD: any(line.locked for line in card.lines),
        Shown.ASKED: any(line.pair_id for line in card.lines),
    }
    return tests.get(shown, True)


def _is_named(card: MentorCard, sought: str) -> bool:
    words = sought.casefold().split()
    names = [one.name.casefold() for one in (card.person, *(line.mentee for line in card.lines))]
    return not words or any(all(word in name for word in words) for name in names)
