"""What those who wait for a pair ask for and nobody offers, and what is offered in vain."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.forms import Form, form_of
from mentoring.rules.matching import PARTS, WEEKDAYS
from mentoring.rules.matching_applicants import Applicant
from mentoring.rules.matching_scores import scores_of
from mentoring.rules.people import PersonKind, Role
from mentoring.use_cases.matching_pool import Pool, load_pool


class GapKind(StrEnum):
    """What a number of the report counts; the value beside it is a topic, a slot, a format or a form."""

    ALL = "all"
    UNMATCHED = "unmatched"
    TOPIC = "topic"
    HOURS = "hours"
    FORMAT = "format"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """``free``: places of a mentor."""

    person_id: int
    enrolment_id: int
    name: str
    place: str
    free: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """``places``: free ones of those who offer it. A form suits a mentee by who they are and the mentor they wish; one
    may be counted in many forms."""

    value: str
    wanted: tuple[PersonLine, ...]
    offered: tuple[PersonLine, ...]
    label: str = ""

    @property
    def mentees(self) -> int:
        return len(self.wanted)

    @property
    def mentors(self) -> int:
        return len(self.offered)

    @property
    def places(self) -> int:
        return sum(one.free for one in self.offered)


@dataclass(frozen=True, slots=True)
class GapReport:
    """``topics``: where a place is lacking first. ``unmatched``: mentees whom no free mentor may be given."""

    everybody: Gap
    topics: tuple[Gap, ...]
    hours: tuple[Gap, ...]
    formats: tuple[Gap, ...]
    kinds: tuple[Gap, ...]
    unmatched: tuple[PersonLine, ...]

    @property
    def unoffered(self) -> tuple[Gap, ...]:
        return tuple(topic for topic in self.topics if not topic.offered)

    @property
    def unasked(self) -> tuple[Gap, ...]:
        return tuple(topic for topic in self.topics if not topic.wanted)


def gap_report(session: Session, programme_id: int, *, now: datetime) -> GapReport:
    """Of mentors with a free place and mentees without a pair."""
    pool = load_pool(session, programme_id, now=now)
    placeable = {mentee for _, mentee in scores_of(pool.mentors, pool.mentees, pool.settings)}
    return GapReport(
        everybody=_gap("", pool.mentees, pool.mentors),
        topics=tuple(sorted(_topics(pool), key=_lacking_first)),
        hours=tuple(_hours(pool)),
        formats=tuple(_formats(pool)),
        kinds=tuple(_kinds(pool)),
        unmatched=_lines(one for one in pool.mentees if one.enrolment_id not in placeable),
    )


def gap_behind(session: Session, programme_id: int, kind: GapKind, value: str, *, now: datetime) -> Gap:
    """The people whom a number of the report counts. Raises NotFound for what the report does not have."""
    report = gap_report(session, programme_id, now=now)
    if kind is GapKind.ALL:
        return report.everybody
    if kind is GapKind.UNMATCHED:
        return Gap("", report.unmatched, ())
    counted = {
        GapKind.TOPIC: report.topics,
        GapKind.HOURS: report.hours,
        GapKind.FORMAT: report.formats,
        GapKind.FORM: report.kinds,
    }
    for gap in counted[kind]:
        if gap.value == value:
            return gap
    raise NotFound("gap")


def _topics(pool: Pool) -> Iterator[Gap]:
    wanted, offered = _by_topic(pool.mentees), _by_topic(pool.mentors)
    labels: dict[str, str] = {}
    for one in (*pool.mentors, *pool.mentees):
        labels |= one.profile.topics
    for value, label in labels.items():
        yield _gap(value, wanted[value], offered[value], label)


def _by_topic(people: Collection[Applicant]) -> Mapping[str, list[Applicant]]:
    found: dict[str, list[Applicant]] = defaultdict(list)
    for one in people:
        for value in one.profile.topics:
            found[value].append(one)
    return found


def _lacking_first(topic: Gap) -> tuple[bool, int, str]:
    return not topic.wanted, topic.places - len(topic.wanted), topic.label


def _hours(pool: Pool) -> Iterator[Gap]:
    mentees, mentors = _free_then(pool.mentees), _free_then(pool.mentors)
    for slot in (f"{day}_{part}" for day in WEEKDAYS for part in PARTS):
        if mentees[slot] or mentors[slot]:
            yield _gap(slot, mentees[slot], mentors[slot])


def _free_then(people: Collection[Applicant]) -> Mapping[str, list[Applicant]]:
    """By slot; a day without a part of it counts in all three."""
    free: dict[str, list[Applicant]] = defaultdict(list)
    for one in people:
        for slot in {part for named in one.profile.slots for part in _parts_of(named)}:
            free[slot].append(one)
    return free


def _parts_of(slot: str) -> Iterable[str]:
    return (slot,) if "_" in slot else (f"{slot}_{part}" for part in PARTS)


def _formats(pool: Pool) -> Iterator[Gap]:
    said = sorted({one.profile.format for one in (*pool.mentees, *pool.mentors)} - {""})
    for value in said:
        mentees, mentors = (
            [one for one in people if one.profile.format == value] for people in (pool.mentees, pool.mentors)
        )
        yield _gap(value, mentees, mentors)


def _kinds(pool: Pool) -> Iterator[Gap]:
    """Of the programme's forms; where it names none, of all but the pedagogues' model, which is for it to choose."""
    for form in Form:
        if form not in (pool.settings.forms or set(Form) - {Form.PEDAGOGUES}):
            continue
        made = Form.TEACHER_TEACHER if form is Form.PEDAGOGUES else form
        sides = {two for two in product(PersonKind, repeat=2) if form_of(*two) is made}
        mentors = [one for one in pool.mentors if any(one.kind is mentor for mentor, _ in sides)]
        mentees = [one for one in pool.mentees if any(_suits(one, *two) for two in sides)]
        if mentors or mentees:
            yield _gap(form, mentees, mentors)


def _suits(mentee: Applicant, mentor_kind: PersonKind, mentee_kind: PersonKind) -> bool:
    wished = mentee.profile.wished_kinds
    return mentee.kind is mentee_kind and (not wished or mentor_kind in wished)


def _gap(value: str, mentees: Iterable[Applicant], mentors: Iterable[Applicant], label: str = "") -> Gap:
    return Gap(value, _lines(mentees), _lines(mentors), label)


def _lines(people: Iterable[Applicant]) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(one.person_id, one.enrolment_id, one.name, one.place, one.free if one.role is Role.MENTOR else 0)
        for one in people
    )
