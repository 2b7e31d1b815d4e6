"""What a person can do now, most urgent first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentFact, ConsentKind, Decision, Giver
from mentoring.rules.enrolment import EnrolmentFacts, EnrolmentStatus, LeftBecause, Step, next_step
from mentoring.rules.errors import MissingConsent, NotFound
from mentoring.rules.people import AgeGroup, PersonKind, Role, called
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.use_cases.agenda_items import AgendaItem as AgendaItem
from mentoring.use_cases.agenda_items import AgendaKind as AgendaKind
from mentoring.use_cases.agenda_pairs import pairs_and_meetings
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.guardians import statement_of
from storage.models.organisation import Organisation
from storage.models.person import Enrolment, Guardianship, Person
from storage.queries import agenda as queries
from storage.queries.consents import consent_facts, missing_of
from storage.queries.people import leading_curator_name


@dataclass(frozen=True, slots=True)
class EnrolmentStep:
    enrolment_id: int
    role: Role
    status: EnrolmentStatus
    step: Step
    remark: str
    left_because: LeftBecause | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """``address`` is how to call the person: имя-отчество for adults, the first name for pupils, empty if unknown."""

    person_id: int
    kind: PersonKind | None
    name: str
    address: str
    organisation_name: str
    curator_name: str
    curator_contact: str
    time_zone: str
    items: tuple[AgendaItem, ...]
    steps: tuple[EnrolmentStep, ...]


def agenda(session: Session, person_id: int, *, now: datetime) -> Agenda:
    """At most twelve queries, and four more where surveys wait."""
    person = session.get(Person, person_id)
    if person is None or person.erased_at:
        raise NotFound("person")
    facts = consent_facts(session, (person.id,))[person.id]
    missing = missing_of(person, facts)
    enrolments = sorted(person.enrolments, key=lambda one: one.id)
    organisation = session.get_one(Organisation, person.organisation_id)
    steps = tuple(_step(person, enrolment, missing) for enrolment in enrolments)
    items = [
        *_ways_in(person, steps, missing, facts),
        *_children(session, person),
        *_questionnaires(session, person, enrolments, steps),
        *pairs_and_meetings(session, person, enrolments, now),
        *_surveys(session, person, now),
        *_always(session, person),
    ]
    return Agenda(
        person_id=person.id,
        kind=person.kind,
        name=person.name.full,
        address=called(person.name, person.kind, person.age_group),
        organisation_name=organisation.short_name,
        curator_name=leading_curator_name(session),
        curator_contact=organisation.contact,
        time_zone=organisation.time_zone,
        items=tuple(sorted(items, key=lambda item: (not item.urgent, _URGENCY[item.kind]))),
        steps=steps,
    )


def _step(person: Person, enrolment: Enrolment, missing: tuple[MissingConsent, ...]) -> EnrolmentStep:
    step = next_step(EnrolmentFacts(enrolment.status, person.age_group is not None, missing))
    return EnrolmentStep(enrolment.id, enrolment.role, enrolment.status, step, enrolment.remark, enrolment.left_because)


def _ways_in(
    person: Person,
    steps: Sequence[EnrolmentStep],
    missing: Sequence[MissingConsent],
    facts: Sequence[ConsentFact],
) -> Iterator[AgendaItem]:
    """Age and consents are the person's, not an enrolment's: one item whatever the number of roles."""
    waiting = [step for step in steps if step.step is not Step.NOTHING]
    if any(step.step is Step.AGE for step in waiting):
        yield AgendaItem(AgendaKind.AGE, urgent=True)
    elif waiting:
        yield from _consents(person, waiting[0], missing)
    elif person.kind is PersonKind.PARTNER:
        yield from _consent_of_partner(person, missing, facts)
    for step in steps:
        yield from _stopped(person, step, facts)


def _consents(person: Person, step: EnrolmentStep, missing: Sequence[MissingConsent]) -> Iterator[AgendaItem]:
    """A pupil's own word does not wait for the parent's, nor the other way round."""
    for gap in missing:
        if gap.giver == Giver.SELF:
            data = {"consent": str(gap.kind), "person_id": person.id}
            yield AgendaItem(AgendaKind.OWN_CONSENT, person.id, urgent=True, data=data)
        else:
            yield AgendaItem(AgendaKind.GUARDIAN_LINK, step.enrolment_id, urgent=True)


def _consent_of_partner(
    person: Person, missing: Sequence[MissingConsent], facts: Sequence[ConsentFact]
) -> Iterator[AgendaItem]:
    """Partners take no part of their own, so a «no» stops nothing: it is only not asked again."""
    for gap in missing:
        refused = any(fact.kind is gap.kind for fact in facts)
        data = {"consent": str(gap.kind), "person_id": person.id, "reconsider": refused}
        yield AgendaItem(AgendaKind.OWN_CONSENT, person.id, urgent=not refused, data=data)


def _stopped(person: Person, step: EnrolmentStep, facts: Sequence[ConsentFact]) -> Iterator[AgendaItem]:
    """Who said no can say yes later; a «no» of the curator or of one's own is only told."""
    if step.status not in (EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED):
        return
    because = step.left_because.value if step.left_because else step.status.value
    data = {"because": because, "role": step.role.value, "remark": step.remark}
    yield AgendaItem(AgendaKind.STOPPED, step.enrolment_id, data=data)
    if step.left_because in (LeftBecause.REFUSED, LeftBecause.WITHDRAWN):
        last = {fact.kind: fact for fact in facts}
        own = _OWN_KIND.get(person.age_group) if person.age_group else None
        if own in last and (last[own].decision is Decision.REFUSED or last[own].withdrawn):
            again = {"consent": str(own), "person_id": person.id, "reconsider": True}
            yield AgendaItem(AgendaKind.OWN_CONSENT, person.id, data=again)


def _children(session: Session, person: Person) -> Iterator[AgendaItem]:
    guardianships = [one for one in queries.guardianships_of(session, person.id) if one.minor.erased_at is None]
    if not guardianships:
        return
    facts = consent_facts(session, [one.minor_id for one in guardianships])
    undecided = []
    for one in guardianships:
        last = next((fact for fact in reversed(facts[one.minor_id]) if fact.kind is ConsentKind.GUARDIAN), None)
        if last is None and one.minor.age_group is not AgeGroup.ADULT:
            undecided.append(one)
            continue
        yield from _decided_child(one, last)
    if undecided:
        first = undecided[0].minor
        name = {"name": _child_name(first)}
        yield AgendaItem(AgendaKind.CHILD_CONSENT, first.id, count=len(undecided), urgent=True, data=name)


def _decided_child(one: Guardianship, last: ConsentFact | None) -> Iterator[AgendaItem]:
    decision = ("withdrawn" if last.withdrawn else last.decision.value) if last else ""
    data = {"name": _child_name(one.minor), "decision": decision}
    if decision == Decision.GIVEN and statement_of(one).asked:
        yield AgendaItem(AgendaKind.GUARDIAN_STATEMENT, one.minor_id, urgent=True, data=data)
    yield AgendaItem(AgendaKind.CHILD, one.minor_id, data=data)


def _child_name(minor: Person) -> str:
    return called(minor.name, minor.kind, minor.age_group)


def _questionnaires(
    session: Session, person: Person, enrolments: Sequence[Enrolment], steps: Sequence[EnrolmentStep]
) -> Iterator[AgendaItem]:
    asked = [one for one in steps if one.step in _KIND_BY_STEP]
    open_ids = {one.enrolment_id for one in asked if one.step is not Step.REVIEW}
    progress = queries.entry_progress(session, person.id, [one for one in enrolments if one.id in open_ids])
    for one in asked:
        known = progress.get(one.enrolment_id)
        data = {
            "key": ENTRY_QUESTIONNAIRES[one.role],
            "role": one.role.value,
            "response_id": known.response_id if known else 0,
            "answered": known.answered if known else 0,
            "remark": one.remark if one.step is Step.CORRECTION else "",
        }
        urgent = one.step is not Step.REVIEW
        yield AgendaItem(_KIND_BY_STEP[one.step], one.enrolment_id, urgent=urgent, data=data)


def _surveys(session: Session, person: Person, now: datetime) -> Iterator[AgendaItem]:
    waiting = open_surveys(session, person.id, now=now)
    if waiting:
        first = waiting[0]
        data = {
            "title": first.title,
            "anonymous": first.anonymous,
            "closes_at": first.closes_at.isoformat(),
            "begun": first.begun,
        }
        yield AgendaItem(AgendaKind.SURVEY, first.recipient_id, len(waiting), urgent=True, data=data)


def _always(session: Session, person: Person) -> Iterator[AgendaItem]:
    if queries.has_responses(session, person.id):
        yield AgendaItem(AgendaKind.MY_RESPONSES)
    yield AgendaItem(AgendaKind.MY_DATA)
    yield AgendaItem(AgendaKind.WRITE_CURATOR)


_URGENCY = {kind: place for place, kind in enumerate(AgendaKind)}
_OWN_KIND = {AgeGroup.FROM_14_TO_17: ConsentKind.MINOR, AgeGroup.ADULT: ConsentKind.ADULT}
_KIND_BY_STEP = {
    Step.QUESTIONNAIRE: AgendaKind.QUESTIONNAIRE,
    Step.CORRECTION: AgendaKind.CORRECT,
    Step.REVIEW: AgendaKind.WAIT_REVIEW,
}
