"""Scores of a whole pool at once: what `mentoring.rules.matching_fit.fit` gives, without its words, for all pairs.

People who said the same of a criterion are measured once; so two hundred mentors and five hundred mentees take a
fraction of a second and not ten.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import replace

from mentoring.rules.matching_applicants import Applicant
from mentoring.rules.matching_bars import barred_by_traits, traits_for_bars
from mentoring.rules.matching_fit import is_under, points
from mentoring.rules.matching_settings import Criterion, Settings
from mentoring.rules.matching_shares import MEASURES

Pairing = tuple[int, int]
"""Enrolments of a mentor and of a mentee."""


def scores_of(mentors: Iterable[Applicant], mentees: Iterable[Applicant], settings: Settings) -> dict[Pairing, int]:
    """Of all who may be put together."""
    able, free = ([one for one in people if not one.bars] for people in (mentors, mentees))
    used = (one for one in Criterion if settings.most[one] or settings.least.get(one))
    columns = [_of_criterion(one, free, settings) for one in used]
    columns.append(_Column(free, traits_for_bars(settings), lambda mentor, mentee: _barred(mentor, mentee, settings)))
    apart = _Apart(free)
    found: dict[Pairing, int] = {}
    for mentor in able:
        found.update(_row(mentor, free, columns, apart.of(mentor), max(settings.least_total, 0)))
    return found


def _row(
    mentor: Applicant, mentees: Sequence[Applicant], columns: Sequence["_Column"], apart: Set[int], least: int
) -> Iterator[tuple[Pairing, int]]:
    """A bar makes the sum negative, which no threshold lets through."""
    mine = mentor.enrolment_id
    totals = map(sum, zip(*(column.of(mentor) for column in columns), strict=True))
    for mentee, total in zip(mentees, totals, strict=True):
        if total >= least and mentee.enrolment_id not in apart:
            yield (mine, mentee.enrolment_id), total


def _of_criterion(criterion: Criterion, mentees: Sequence[Applicant], settings: Settings) -> "_Column":
    measure, most = MEASURES[criterion], settings.most[criterion]
    known: dict[float | None, int] = {}

    def count(mentor: Applicant, mentee: Applicant) -> int:
        share = measure.share(mentor, mentee)
        if share not in known:
            known[share] = _NEVER if is_under(criterion, share, settings) else points(share, most)
        return known[share]

    kind = _Wishes if criterion is Criterion.PREFERENCE else _Column
    return kind(mentees, measure.traits, count)


def _barred(mentor: Applicant, mentee: Applicant, settings: Settings) -> int:
    return _NEVER if barred_by_traits(mentor, mentee, settings) else 0


class _Column:
    """Numbers of all mentees beside one mentor. Of people with equal traits one is counted."""

    def __init__(
        self,
        mentees: Sequence[Applicant],
        traits: Callable[[Applicant], Hashable],
        count: Callable[[Applicant, Applicant], int],
    ) -> None:
        self._traits, self._count = traits, count
        self._keys = [traits(mentee) for mentee in mentees]
        self._alike = dict(zip(self._keys, mentees, strict=True))
        self._known: dict[Hashable, list[int]] = {}

    def of(self, mentor: Applicant) -> list[int]:
        mine = self._traits(mentor)
        if mine not in self._known:
            table = {key: self._count(mentor, mentee) for key, mentee in self._alike.items()}
            self._known[mine] = [table[key] for key in self._keys]
        return self._known[mine]


class _Wishes(_Column):
    """The same of preferences: first as if no two had named each other, then those who did."""

    def __init__(
        self,
        mentees: Sequence[Applicant],
        traits: Callable[[Applicant], Hashable],
        count: Callable[[Applicant, Applicant], int],
    ) -> None:
        super().__init__(mentees, traits, count)
        self._alike = {key: _stranger(mentee) for key, mentee in self._alike.items()}
        self._mentees = mentees
        self._naming: dict[int, set[int]] = defaultdict(set)
        for number, mentee in enumerate(mentees):
            for person_id in mentee.wants:
                self._naming[person_id].add(number)
        self._numbers = {mentee.person_id: number for number, mentee in enumerate(mentees)}

    def of(self, mentor: Applicant) -> list[int]:
        found = list(super().of(_stranger(mentor)))
        named = {self._numbers[one] for one in mentor.wants if one in self._numbers}
        for number in named | self._naming.get(mentor.person_id, set()):
            found[number] = self._count(mentor, self._mentees[number])
        return found


def _stranger(one: Applicant) -> Applicant:
    """Somebody with the same traits whom nobody knows and who named nobody that there is."""
    return replace(one, person_id=-1, wants=(-2,) if one.wants else ())


class _Apart:
    """Mentees whom something personal keeps from one mentor: what `personal_bars` says of each two, for all at once."""

    def __init__(self, mentees: Iterable[Applicant]) -> None:
        self._by_person: dict[int, int] = {}
        self._avoiding: dict[int, set[int]] = defaultdict(set)
        for mentee in mentees:
            self._by_person[mentee.person_id] = mentee.enrolment_id
            for person_id in mentee.avoids:
                self._avoiding[person_id].add(mentee.enrolment_id)

    def of(self, mentor: Applicant) -> Set[int]:
        people = (mentor.person_id, *mentor.avoids)
        avoided = {self._by_person[one] for one in people if one in self._by_person}
        return avoided | mentor.together | mentor.past | self._avoiding.get(mentor.person_id, set())


_NEVER = -1000
