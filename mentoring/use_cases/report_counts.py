"""People, pairs, meetings and who answered: the sections of a report that are numbers of rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from mentoring.rules.campaigns import RecipientState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.forms import Form
from mentoring.rules.meetings import MeetingState
from mentoring.rules.people import Role
from mentoring.rules.reporting import Figure, Listed, Row, Section, SectionKey, Tag, Trace, counted, share
from storage.queries.reports import EnrolmentFact, MeetingFact, PairFact, RecipientFact

WEEK = 7 * 86400
ALL = "all"
OTHER_FORM = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` to ``until``, the latter exclusive; what is to come after ``now`` is not counted yet."""

    since: datetime
    until: datetime
    now: datetime

    def has(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at < self.until

    def before_end(self, at: datetime | None) -> bool:
        return at is not None and at < self.until

    @property
    def end(self) -> datetime:
        return max(self.since, min(self.until, self.now))


def people_section(enrolments: Sequence[EnrolmentFact], span: Span) -> Section:
    """``entered``: came in the time; ``taking_part``: at its end, or now if it has not ended."""
    tests: dict[str, Callable[[EnrolmentFact], bool]] = {
        "entered": lambda one: span.has(one.created_at),
        "approved": lambda one: span.has(one.approved_at),
        "taking_part": lambda one: takes_part(one, span),
        "left": lambda one: one.status is EnrolmentStatus.LEFT and span.has(one.status_at),
    }
    rows = [
        Row(
            role.value,
            tuple(
                counted(
                    f"people.{role}.{name}",
                    Listed.ENROLMENTS,
                    ((one.enrolment_id,) for one in enrolments if one.role is role and test(one)),
                )
                for name, test in tests.items()
            ),
        )
        for role in Role
    ]
    everyone = tuple(
        counted(f"people.{ALL}.{name}", Listed.PEOPLE, distinct(one.person_id for one in enrolments if test(one)))
        for name, test in tests.items()
    )
    return Section(SectionKey.PEOPLE, (*rows, Row(ALL, everyone)))


def takes_part(one: EnrolmentFact, span: Span) -> bool:
    """Was taken in by the end of the time and had not gone then."""
    still = one.status is EnrolmentStatus.APPROVED or one.status_at >= span.until
    return span.before_end(one.approved_at) and still


def pairs_section(pairs: Sequence[PairFact], span: Span) -> Section:
    """``mentors`` and ``mentees``: who were in a pair at any time of it, each once."""
    rows = [_pairs_row(form, chosen, span) for form, chosen in by_form(pairs)]
    return Section(SectionKey.PAIRS, (*rows, _pairs_row(ALL, pairs, span)))


def was_active(pair: PairFact, span: Span) -> bool:
    """At any moment of the time."""
    return span.before_end(pair.confirmed_at) and (pair.ended_at is None or pair.ended_at >= span.since)


def is_active_at_end(pair: PairFact, span: Span) -> bool:
    return span.before_end(pair.confirmed_at) and (pair.ended_at is None or pair.ended_at >= span.until)


def is_ordered_at_end(pair: PairFact, span: Span) -> bool:
    """Fixed by an order of a day in the time or before it: the number that is official."""
    last_day = (span.until - timedelta(seconds=1)).date()
    return pair.ordered_on is not None and pair.ordered_on <= last_day and is_active_at_end(pair, span)


def meetings_section(pairs: Sequence[PairFact], meetings: Sequence[MeetingFact], span: Span) -> Section:
    """``per_week``: held meetings of one pair in one week, over the weeks in which the pairs existed."""
    by_pair = {pair.pair_id: form_key(pair.form) for pair in pairs}
    rows = [
        _meetings_row(form, chosen, [one for one in meetings if by_pair.get(one.pair_id) == form], span)
        for form, chosen in by_form(pairs)
    ]
    return Section(SectionKey.MEETINGS, (*rows, _meetings_row(ALL, pairs, meetings, span)))


def pair_weeks(pairs: Iterable[PairFact], span: Span) -> float:
    seconds = 0.0
    for pair in pairs:
        begins, ends = max(pair.confirmed_at, span.since), min(pair.ended_at or span.end, span.end)
        seconds += max(0.0, (ends - begins).total_seconds())
    return seconds / WEEK


def feedback_section(
    pairs: Sequence[PairFact], meetings: Sequence[MeetingFact], given: Mapping[tuple[int, int], int]
) -> Section:
    """One sheet is asked of each who was in the pair at the time about each meeting that was held."""
    known = {pair.pair_id: pair for pair in pairs}
    held = [one for one in meetings if one.state is MeetingState.HELD and one.pair_id in known]
    asked: dict[str, list[tuple[int, int, int]]] = {Role.MENTOR: [], Role.MENTEE: []}
    for meeting in held:
        pair = known[meeting.pair_id]
        for role in Role:
            there = pair.there_at(meeting.starts_at, role)
            asked[role].extend((meeting.meeting_id, one, given.get((meeting.meeting_id, one), 0)) for one in there)
    answered = {(meeting, person) for meeting, person in given}
    rows = [_asked_row(SectionKey.FEEDBACK, role, chosen, answered) for role, chosen in asked.items()]
    whole = [row for chosen in asked.values() for row in chosen]
    return Section(SectionKey.FEEDBACK, (*rows, _asked_row(SectionKey.FEEDBACK, ALL, whole, answered)))


def surveys_section(recipients: Sequence[RecipientFact]) -> Section:
    rows = []
    for campaign_id, group in groupby(recipients, lambda one: one.campaign_id):
        chosen = list(group)
        tags = (Tag.ANONYMOUS,) if chosen[0].anonymous else ()
        rows.append(_survey_row(f"campaign_{campaign_id}", chosen, chosen[0].title, tags))
    return Section(SectionKey.SURVEYS, (*rows, _survey_row(ALL, recipients)) if rows else ())


def by_form(pairs: Sequence[PairFact]) -> Iterator[tuple[str, list[PairFact]]]:
    """In the order of the model; forms without pairs are left out."""
    for form in (*(one.value for one in Form), OTHER_FORM):
        chosen = [pair for pair in pairs if form_key(pair.form) == form]
        if chosen:
            yield form, chosen


def form_key(form: str) -> str:
    return form if form in _FORMS else OTHER_FORM


def distinct(ids: Iterable[int]) -> tuple[tuple[int], ...]:
    return tuple((one,) for one in dict.fromkeys(ids))


def _pairs_row(key: str, pairs: Sequence[PairFact], span: Span) -> Row:
    there = [pair for pair in pairs if was_active(pair, span)]
    chosen = {
        "confirmed": [pair for pair in pairs if span.has(pair.confirmed_at)],
        "active": [pair for pair in pairs if is_active_at_end(pair, span)],
        "ordered": [pair for pair in pairs if is_ordered_at_end(pair, span)],
        "ended": [pair for pair in pairs if span.has(pair.ended_at)],
    }
    figures = [
        counted(f"pairs.{key}.{name}", Listed.PAIRS, distinct(pair.pair_id for pair in some))
        for name, some in chosen.items()
    ]
    people = [
        counted(f"pairs.{key}.{role}s", Listed.PEOPLE, distinct(_people_there(there, role, span))) for role in Role
    ]
    return Row(key, (*figures, *people))


def _people_there(pairs: Iterable[PairFact], role: Role, span: Span) -> Iterator[int]:
    for pair in pairs:
        yield from pair.there_between(span.since, span.until, role)


def _meetings_row(key: str, pairs: Sequence[PairFact], meetings: Sequence[MeetingFact], span: Span) -> Row:
    there = [pair for pair in pairs if was_active(pair, span)]
    held = [one for one in meetings if one.state is MeetingState.HELD]
    met, weeks = {one.pair_id for one in held}, pair_weeks(there, span)
    chosen = {
        "planned": [one for one in meetings if one.was_planned],
        "held": held,
        "missed": [one for one in meetings if one.state is MeetingState.MISSED],
        "cancelled": [one for one in meetings if one.state is MeetingState.CANCELLED],
        "unclosed": [one for one in meetings if one.state is MeetingState.PLANNED and one.starts_at < span.now],
    }
    figures = [_meetings(f"meetings.{key}.{name}", some) for name, some in chosen.items()]
    per_week = Figure(f"meetings.{key}.per_week", round(len(held) / weeks, 2) if weeks >= 1 else None, figures[1].trace)
    silent = distinct(pair.pair_id for pair in there if pair.pair_id not in met)
    return Row(key, (*figures, per_week, counted(f"meetings.{key}.silent", Listed.PAIRS, silent)))


def _meetings(key: str, chosen: Iterable[MeetingFact]) -> Figure:
    return counted(key, Listed.MEETINGS, ((one.meeting_id,) for one in chosen))


def _asked_row(
    section: SectionKey, key: str, asked: Sequence[tuple[int, int, int]], answered: set[tuple[int, int]]
) -> Row:
    sent = [row for row in asked if row[:2] in answered]
    return Row(
        key,
        (
            counted(f"{section}.{key}.asked", Listed.FEEDBACK, asked),
            counted(f"{section}.{key}.answered", Listed.FEEDBACK, sent),
            Figure(f"{section}.{key}.share", share(len(sent), len(asked)), Trace(Listed.FEEDBACK, tuple(asked))),
        ),
    )


def _survey_row(key: str, chosen: Sequence[RecipientFact], label: str = "", tags: tuple[Tag, ...] = ()) -> Row:
    asked = tuple((one.recipient_id, int(one.state is RecipientState.ANSWERED)) for one in chosen)
    answered = [row for row in asked if row[1]]
    figures = (
        counted(f"surveys.{key}.asked", Listed.RECIPIENTS, asked),
        counted(f"surveys.{key}.answered", Listed.RECIPIENTS, answered),
        Figure(f"surveys.{key}.share", share(len(answered), len(asked)), Trace(Listed.RECIPIENTS, asked)),
    )
    return Row(key, figures, label, tags=tags)


_FORMS = frozenset(Form)
