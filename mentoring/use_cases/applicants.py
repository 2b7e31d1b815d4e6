"""People of a programme as the matching sees them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.matching_applicants import Applicant, Bar, grade_of
from mentoring.rules.pairs import MOST_MENTEES
from mentoring.rules.people import PersonKind, Role, age_on
from storage.models.person import Enrolment
from storage.queries.consents import missing_for
from storage.queries.matching import NOTHING_SAID, Said, known_each_other, said
from storage.queries.pairs import places_taken


def applicants_of(
    session: Session, programme_id: int, enrolments: Sequence[Enrolment], *, today: date | None = None
) -> dict[int, Applicant]:
    """By enrolment; seven queries, however many there are. Their people must be loaded.

    ``today``: of the organisation, for ages; without it ages go by age group.
    """
    ids = [one.id for one in enrolments]
    told = said(session, ids)
    taken = places_taken(session, ids)
    lacking = {need.person_id for need in missing_for(session, [one.person_id for one in enrolments])}
    now, before = known_each_other(session, programme_id)
    together, past = _both_ways(now), _both_ways(_enrolments(enrolments, before))
    return {
        one.id: _applicant(
            one,
            told.get(one.id, Said()),
            free=max(0, _capacity(one) - taken.get(one.id, 0)),
            lacks_consent=one.person_id in lacking,
            together=together[one.id],
            past=past[one.id],
            today=today,
        )
        for one in enrolments
    }


def _enrolments(enrolments: Iterable[Enrolment], people: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of mentors and mentees among these: somebody may have been both."""
    by_person = {(one.person_id, one.role): one.id for one in enrolments}
    for mentor, mentee in people:
        two = by_person.get((mentor, Role.MENTOR)), by_person.get((mentee, Role.MENTEE))
        if two[0] is not None and two[1] is not None:
            yield two[0], two[1]


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Mapping[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for mentor, mentee in pairs:
        found[mentor] |= {mentee}
        found[mentee] |= {mentor}
    return found


def _capacity(enrolment: Enrolment) -> int:
    return min(enrolment.capacity, MOST_MENTEES) if enrolment.role is Role.MENTOR else enrolment.capacity


def _applicant(
    enrolment: Enrolment,
    told: Said,
    *,
    free: int,
    lacks_consent: bool,
    together: frozenset[int],
    past: frozenset[int],
    today: date | None,
) -> Applicant:
    person = enrolment.person
    return Applicant(
        enrolment_id=enrolment.id,
        person_id=person.id,
        role=enrolment.role,
        name=person.name.full,
        place=person.place,
        kind=person.kind,
        age_group=person.age_group,
        age=age_on(person.birth_date, today) if person.birth_date and today else None,
        grade=grade_of(person.place) if person.kind is PersonKind.PUPIL else None,
        form=enrolment.form,
        capacity=_capacity(enrolment),
        free=free,
        profile=told.profile or NOTHING_SAID,
        wants=told.ballot.wants,
        avoids=told.ballot.avoids,
        past=past,
        together=together,
        bars=tuple(_own_bars(enrolment, free, lacks_consent=lacks_consent)),
        organisation_id=enrolment.organisation_id,
    )


def _own_bars(enrolment: Enrolment, free: int, *, lacks_consent: bool) -> Iterator[Bar]:
    if enrolment.status is not EnrolmentStatus.APPROVED:
        yield Bar.NOT_APPROVED
    if lacks_consent:
        yield Bar.CONSENTS_MISSING
    if not free:
        yield Bar.CAPACITY_REACHED
