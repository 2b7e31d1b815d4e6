"""What those who wait for a pair ask for and nobody offers, and what is offered in vain."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlalchemy.orm import Session

from mentoring.rules.forms import Form, form_of
from mentoring.rules.matching import PARTS, WEEKDAYS
from mentoring.rules.matching_applicants import Applicant
from mentoring.rules.matching_scores import scores_of
from mentoring.rules.people import PersonKind
from mentoring.use_cases.matching_pool import Pool, load_pool


@dataclass(frozen=True, slots=True)
class PersonLine:
    person_id: int
    enrolment_id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class TopicGap:
    """``places``: free ones of those who offer it."""

    value: str
    label: str
    wanted: tuple[PersonLine, ...]
    offered: tuple[PersonLine, ...]
    places: int


@dataclass(frozen=True, slots=True)
class SlotGap:
    """How many are free at that time; ``slot`` is «tue_evening»."""

    slot: str
    mentees: int
    mentors: int


@dataclass(frozen=True, slots=True)
class FormatGap:
    value: str
    mentees: int
    mentors: int


@dataclass(frozen=True, slots=True)
class FormGap:
    """``mentees``: whom the form suits, by who they are and the mentor they wish; one may be counted in many forms."""

    form: Form
    mentees: int
    mentors: int
    places: int


@dataclass(frozen=True, slots=True)
class GapReport:
    """``topics``: where a place is lacking first. ``unmatched``: mentees whom no free mentor may be given."""

    topics: tuple[TopicGap, ...]
    hours: tuple[SlotGap, ...]
    formats: tuple[FormatGap, ...]
    kinds: tuple[FormGap, ...]
    unmatched: tuple[PersonLine, ...]
    mentees: int
    mentors: int
    places: int

    @property
    def unoffered(self) -> tuple[TopicGap, ...]:
        return tuple(topic for topic in self.topics if not topic.offered)

    @property
    def unasked(self) -> tuple[TopicGap, ...]:
        return tuple(topic for topic in self.topics if not topic.wanted)


def gap_report(session: Session, programme_id: int, *, now: datetime) -> GapReport:
    """Of mentors with a free place and mentees without a pair."""
    pool = load_pool(session, programme_id, now=now)
    placeable = {mentee for _, mentee in scores_of(pool.mentors, pool.mentees, pool.settings)}
    return GapReport(
        topics=tuple(sorted(_topics(pool), key=_lacking_first)),
        hours=tuple(_hours(pool)),
        formats=tuple(_formats(pool)),
        kinds=tuple(_kinds(pool)),
        unmatched=tuple(_line(one) for one in pool.mentees if one.enrolment_id not in placeable),
        mentees=len(pool.mentees),
        mentors=len(pool.mentors),
        places=sum(one.free for one in pool.mentors),
    )


def _topics(pool: Pool) -> Iterator[TopicGap]:
    wanted, offered = _by_topic(pool.mentees), _by_topic(pool.mentors)
    labels: dict[str, str] = {}
    for one in (*pool.mentors, *pool.mentees):
        labels |= one.profile.topics
    for value, label in labels.items():
        places = sum(one.free for one in offered[value])
        yield TopicGap(value, label, _lines(wanted[value]), _lines(offered[value]), places)


def _by_topic(people: Collection[Applicant]) -> Mapping[str, list[Applicant]]:
    found: dict[str, list[Applicant]] = defaultdict(list)
    for one in people:
        for value in one.profile.topics:
            found[value].append(one)
    return found


def _lacking_first(topic: TopicGap) -> tuple[bool, int, str]:
    return not topic.wanted, topic.places - len(topic.wanted), topic.label


def _hours(pool: Pool) -> Iterator[SlotGap]:
    mentees, mentors = _free_hours(pool.mentees), _free_hours(pool.mentors)
    for slot in (f"{day}_{part}" for day in WEEKDAYS for part in PARTS):
        if mentees[slot] or mentors[slot]:
            yield SlotGap(slot, mentees[slot], mentors[slot])


def _free_hours(people: Collection[Applicant]) -> Counter[str]:
    """A day without a part of it counts in all three."""
    free: Counter[str] = Counter()
    for one in people:
        for slot in one.profile.slots:
            free.update([slot] if "_" in slot else [f"{slot}_{part}" for part in PARTS])
    return free


def _formats(pool: Pool) -> Iterator[FormatGap]:
    mentees, mentors = (Counter(one.profile.format for one in people) for people in (pool.mentees, pool.mentors))
    for value in sorted({*mentees, *mentors} - {""}):
        yield FormatGap(value, mentees[value], mentors[value])


def _kinds(pool: Pool) -> Iterator[FormGap]:
    """Of the programme's forms; where it names none, of all but the pedagogues' model, which is for it to choose."""
    for form in Form:
        if form not in (pool.settings.forms or set(Form) - {Form.PEDAGOGUES}):
            continue
        made = Form.TEACHER_TEACHER if form is Form.PEDAGOGUES else form
        sides = {two for two in product(PersonKind, repeat=2) if form_of(*two) is made}
        mentors = [one for one in pool.mentors if any(one.kind is mentor for mentor, _ in sides)]
        mentees = [one for one in pool.mentees if any(_suits(one, *two) for two in sides)]
        if mentors or mentees:
            yield FormGap(form, len(mentees), len(mentors), sum(one.free for one in mentors))


def _suits(mentee: Applicant, mentor_kind: PersonKind, mentee_kind: PersonKind) -> bool:
    wished = mentee.profile.wished_kinds
    return mentee.kind is mentee_kind and (not wished or mentor_kind in wished)


def _lines(people: Collection[Applicant]) -> tuple[PersonLine, ...]:
    return tuple(_line(one) for one in people)


def _line(one: Applicant) -> PersonLine:
    return PersonLine(one.person_id, one.enrolment_id, one.name, one.place)
