"""What a board consists of."""

from dataclasses import dataclass

from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_fit import ABSOLUTE, Bar, Fit
from mentoring.rules.pairs import PairState
from storage.queries.groups import GroupLed


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of a draft, wherever they are now. ``name`` is empty once the person is erased."""

    enrolment_id: int
    person_id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody else who would fit. ``room``: places that this draft leaves free."""

    person: Named
    score: int
    room: int


@dataclass(frozen=True, slots=True)
class LineCard:
    """One mentee at a mentor. ``fit`` is None where one of the two is not in the pool any more.

    ``others``: the next best mentors for the mentee; ``state`` of the published pair.
    """

    mentee: Named
    mentor_id: int
    score: int
    fit: Fit | None
    locked: bool
    pair_id: int | None
    state: PairState | None
    others: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class MentorCard:
    """``free``: places that nobody has; ``room``: those of them that the draft leaves free too.

    ``others``: the next best mentees for the mentor; ``bars``: what keeps this mentor out altogether; ``groups``: that
    the mentor leads already.
    """

    person: Named
    free: int
    room: int
    lines: tuple[LineCard, ...]
    bars: tuple[Bar, ...] = ()
    others: tuple[Rival, ...] = ()
    groups: tuple[GroupLed, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A mentee without a mentor. ``own``: what keeps them out altogether; ``best``: who would fit, were there a place;
    ``bars``: else what stands in the way, the most frequent first, with the number of mentors."""

    mentee: Named
    own: tuple[Bar, ...]
    best: tuple[Rival, ...]
    bars: tuple[tuple[Bar, int], ...]


@dataclass(frozen=True, slots=True)
class Rather:
    """Two who would rather have each other than whom the draft gives them. Scores of 0–100, None for nobody."""

    mentor: Named
    mentee: Named
    score: int
    now: int | None


@dataclass(frozen=True, slots=True)
class Option:
    """One of all whom somebody could be given. ``beside``: whom this one has in the draft; ``here``: it is this one."""

    person: Named
    fit: Fit
    room: int
    beside: tuple[Named, ...]
    here: bool
    choice: ChoiceKind | None

    @property
    def may_be_held(self) -> bool:
        """By the curator, against thresholds and the like."""
        return ABSOLUTE.isdisjoint(self.fit.bars)
