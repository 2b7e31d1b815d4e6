"""When a year's campaigns stand: methodology.md §6.1–6.2, as proposals that the curator takes, moves or leaves.

Nothing here sends anything. Days are local to the organisation, both ends included.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentoring.rules.campaigns import AUDIENCES, Audience, AudienceFilter
from mentoring.rules.forms import Form
from mentoring.rules.pairs import OFFICIAL, OVER, PairState
from mentoring.rules.questions.definition import Definition


class CalendarRule(StrEnum):
    ENTRY = "entry"  # before, from the confirmation of each pair
    MONTHLY = "monthly"  # the pulse, by the 25th (R7, R8)
    CHECKPOINT = "checkpoint"  # two and a half months after the order (R3)
    QUARTER = "quarter"  # March and September (R9)
    INFLUENCE = "influence"  # by 15 December and in May (R11)
    QUALITY = "quality"  # June and December
    AFTER = "after"  # May and June (R10)
    FINAL = "final"  # parents and partners, when the year ends


@dataclass(frozen=True, slots=True)
class Year:
    """``forms``: of the programme; empty means that any may occur."""

    starts_on: date
    ends_on: date
    introduced_on: date | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    rule: CalendarRule
    definition: Definition
    audience: AudienceFilter
    opens_on: date
    closes_on: date
    rolling: bool = False

    @property
    def origin(self) -> str:
        """Named by where it stands in the calendar, so that a campaign that was moved is not planned once more."""
        return f"{self.rule}:{self.definition.key}:{self.opens_on:%y%m}"


def occasions(year: Year, offered: Collection[Definition]) -> tuple[Occasion, ...]:
    """In the order of time, with the questionnaires that are in use and fit the programme's forms."""
    fitting = [one for one in offered if not one.form or not year.forms or one.form in year.forms]
    found = (occasion for one in fitting for occasion in _of(one, year))
    within = (one for one in found if one.closes_on >= year.starts_on and one.opens_on <= year.ends_on)
    return tuple(sorted(within, key=lambda one: (one.opens_on, list(CalendarRule).index(one.rule))))


def checkpoint(introduced_on: date) -> date:
    """Two months and fifteen days after the order on introduction (R3)."""
    years, month = divmod(introduced_on.month + 1, 12)
    return _last_possible(introduced_on.year + years, month + 1, introduced_on.day) + timedelta(days=15)


def _of(one: Definition, year: Year) -> Iterator[Occasion]:
    if one.use == "survey" and one.moment == "before":
        yield from _entry(one, year)
    elif one.use == "survey" and one.moment == "after":
        yield from _after(one, year) if one.form else _influence(one, year)
    elif one.use == "pulse":
        yield from _monthly(one, year)
    elif one.use in ("grid", "swot"):
        yield from _quality(one, year)
    elif one.use in ("parents", "partners"):
        yield from _yearly(CalendarRule.FINAL, one, year, AT_THE_END)


def _entry(one: Definition, year: Year) -> Iterator[Occasion]:
    """Until the end of April: a pair that begins later has no time to change."""
    closes_on = date(year.ends_on.year, *LAST_ENTRY)
    if closes_on > year.starts_on:
        yield Occasion(CalendarRule.ENTRY, one, _pairs(one), year.starts_on, closes_on, rolling=True)


def _monthly(one: Definition, year: Year) -> Iterator[Occasion]:
    """From October to May: in September there are no pairs yet, in June the survey after says more."""
    for first in _months(year):
        if first.month in WITH_PULSE:
            yield Occasion(CalendarRule.MONTHLY, one, _pairs(one), first.replace(day=18), first.replace(day=25))


def _after(one: Definition, year: Year) -> Iterator[Occasion]:
    """A pair that has ended is asked as well: what came of it is what the model wants to know."""
    audience = _pairs(one, states=sorted(OFFICIAL | OVER))
    yield from _yearly(CalendarRule.AFTER, one, year, AT_THE_END, audience)


def _influence(one: Definition, year: Year) -> Iterator[Occasion]:
    """Only of those who have the first of the two measurements."""
    audience = _pairs(one, had_before=True)
    for span in (BY_MID_DECEMBER, IN_MAY):
        yield from _yearly(CalendarRule.INFLUENCE, one, year, span, audience)


def _quality(one: Definition, year: Year) -> Iterator[Occasion]:
    if year.introduced_on:
        day = checkpoint(year.introduced_on)
        opens_on, closes_on = day - timedelta(days=7), day + timedelta(days=3)
        yield Occasion(CalendarRule.CHECKPOINT, one, _all_of(one), opens_on, closes_on)
    for span in (IN_JUNE, IN_DECEMBER):
        yield from _yearly(CalendarRule.QUALITY, one, year, span)
    if one.use == "grid":
        for span in (IN_MARCH, IN_SEPTEMBER):
            yield from _yearly(CalendarRule.QUARTER, one, year, span)


def _yearly(
    rule: CalendarRule, one: Definition, year: Year, span: "Span", audience: AudienceFilter | None = None
) -> Iterator[Occasion]:
    for calendar_year in range(year.starts_on.year, year.ends_on.year + 1):
        opens_on, closes_on = (date(calendar_year, *day) for day in span)
        yield Occasion(rule, one, audience or _all_of(one), opens_on, closes_on)


def _pairs(one: Definition, states: Iterable[PairState] = (), *, had_before: bool = False) -> AudienceFilter:
    forms = (one.form,) if one.form else _forms_by_key(one.key)
    return AudienceFilter(_audience(one), forms=forms, pair_states=tuple(states), had_before=had_before)


def _all_of(one: Definition) -> AudienceFilter:
    return AudienceFilter(_audience(one))


def _audience(one: Definition) -> Audience:
    return AUDIENCES[one.role][0]


def _forms_by_key(key: str) -> tuple[str, ...]:
    """The influence on pupils and on pedagogues is asked by two questionnaires that name no form."""
    return next((forms for begin, forms in INFLUENCED.items() if key.startswith(begin)), ())


def _months(year: Year) -> Iterator[date]:
    first = year.starts_on.replace(day=1)
    while first <= year.ends_on:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def _last_possible(year: int, month: int, day: int) -> date:
    following = (date(year, month, 1) + timedelta(days=31)).replace(day=1)
    return min(following - timedelta(days=1), date(year, month, 1) + timedelta(days=day - 1))


Span = tuple[tuple[int, int], tuple[int, int]]

LAST_ENTRY = (4, 30)
WITH_PULSE = (10, 11, 12, 1, 2, 3, 4, 5)
AT_THE_END: Span = ((5, 15), (6, 10))
IN_MAY: Span = ((5, 15), (5, 31))
BY_MID_DECEMBER: Span = ((12, 1), (12, 15))
IN_MARCH: Span = ((3, 20), (3, 31))
IN_JUNE: Span = ((6, 1), (6, 20))
IN_SEPTEMBER: Span = ((9, 18), (9, 30))
IN_DECEMBER: Span = ((12, 10), (12, 25))

_OF_PEDAGOGUES = (Form.TEACHER_TEACHER, Form.PEDAGOGUES)
INFLUENCED: Mapping[str, tuple[str, ...]] = {
    "influence_pedagogue": tuple(form.value for form in _OF_PEDAGOGUES),
    "influence_pupil": tuple(form.value for form in Form if form not in _OF_PEDAGOGUES),
}
