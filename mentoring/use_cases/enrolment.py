"""The path of a person into the programme: age, questionnaire, the curator's word, leaving."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause, Step
from mentoring.rules.errors import ConsentsMissing, NotFound, OutOfDate, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, AgeGroup, Role, age_group_on
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases import pairs, participation, questionnaires
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.listing import refresh_person
from mentoring.use_cases.notices import Payload, notify
from mentoring.use_cases.rights import require_own_or_curator
from mentoring.use_cases.withdrawals import guardians_of
from storage.models.organisation import Organisation
from storage.models.person import Enrolment, Person
from storage.queries.consents import missing_for
from storage.queries.enrolments import sent_entry_responses

REMARK_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class AgeChosen:
    person_id: int
    age_group: AgeGroup
    step: Step


@dataclass(frozen=True, slots=True)
class EnrolmentMoved:
    """``changed`` is False when it already stood there (a double tap)."""

    enrolment_id: int
    person_id: int
    person_name: str
    role: Role
    status: EnrolmentStatus
    changed: bool


def choose_age_group(session: Session, person_id: int, group: AgeGroup, *, by: Actor, now: datetime) -> AgeChosen:
    """May be chosen anew until a birth date is known; then OutOfDate, since the group follows the date."""
    require_own_or_curator(session, by, person_id)
    person = _person(session, person_id)
    if person.age_group is not group:
        if person.birth_date is not None:
            raise OutOfDate("age_group", person.age_group or "")
        set_age_group(session, person, group, by=by, now=now)
    return AgeChosen(person.id, group, participation.step_of(session, person))


def set_age_group(session: Session, person: Person, group: AgeGroup, *, by: Actor, now: datetime) -> None:
    """The consents needed change with it; guardians who are known already are asked at once."""
    person.age_group = group
    refresh_person(session, person)
    record(session, "person.age_group", person, by=by, now=now, group=group.value)
    missing = missing_for(session, (person.id,))
    if not any(gap.kind == ConsentKind.GUARDIAN for gap in missing):
        return
    for guardian in guardians_of(session, person.id):
        key = f"{person.id}:{now.date()}"
        facts: Payload = {"minor_id": person.id}
        notify(session, guardian.id, NoticeKind.GUARDIAN_CONSENT_ASKED, facts, dedup_key=key, now=now)


def follow_birth_date(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """The date that was written down is trusted more than the button that was pressed."""
    if person.birth_date is None:
        return
    zone = ZoneInfo(session.get_one(Organisation, person.organisation_id).time_zone)
    group = age_group_on(person.birth_date, now.astimezone(zone).date())
    if group is not person.age_group:
        set_age_group(session, person, group, by=by, now=now)


def questionnaire_submitted(session: Session, enrolment: Enrolment, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """Called when an entry questionnaire was sent. A birth date in it corrects the age group.

    A correction after the approval leaves the approval: the curator sees it among the new responses.
    """
    if enrolment.status in (EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED):
        raise OutOfDate("enrolment", enrolment.status)
    refresh_person(session, enrolment.person)
    follow_birth_date(session, enrolment.person, by=by, now=now)
    if enrolment.status is EnrolmentStatus.APPROVED:
        record(session, "enrolment.answers_changed", enrolment, by=by, now=now)
        return _moved(enrolment, changed=False)
    return _move(session, enrolment, EnrolmentStatus.SUBMITTED, by, now)


def approve_enrolment(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """Raises ConsentsMissing by name, NotAllowed, OutOfDate for what was not sent or stands elsewhere."""
    enrolment = _decided_by_curator(session, enrolment_id, by)
    if enrolment.status is EnrolmentStatus.APPROVED:
        return _moved(enrolment, changed=False)
    _require(enrolment, EnrolmentStatus.SUBMITTED)
    follow_birth_date(session, enrolment.person, by=by, now=now)
    if enrolment.person.age_group is None:
        raise ValueWrong("age_group")
    if missing := missing_for(session, (enrolment.person_id,)):
        raise ConsentsMissing(missing)
    moved = _move(session, enrolment, EnrolmentStatus.APPROVED, by, now)
    _tell(session, enrolment, NoticeKind.PERSON_APPROVED, now)
    return moved


def return_enrolment(session: Session, enrolment_id: int, remark: str, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """The person reads the remark, corrects and sends again."""
    enrolment = _decided_by_curator(session, enrolment_id, by)
    clean = _remark(remark)
    if not clean:
        raise TextEmpty("remark")
    if enrolment.status is EnrolmentStatus.RETURNED and enrolment.remark == clean:
        return _moved(enrolment, changed=False)
    _require(enrolment, EnrolmentStatus.SUBMITTED)
    enrolment.remark = clean
    moved = _move(session, enrolment, EnrolmentStatus.RETURNED, by, now)
    for response_id in sent_entry_responses(session, enrolment):
        questionnaires.reopen_response(session, response_id, by=by, now=now)
    _tell(session, enrolment, NoticeKind.PERSON_QUESTIONNAIRE_RETURNED, now)
    return moved


def decline_enrolment(
    session: Session, enrolment_id: int, *, reason: str = "", by: Actor, now: datetime
) -> EnrolmentMoved:
    """``reason`` is shown to the person."""
    enrolment = _decided_by_curator(session, enrolment_id, by)
    if enrolment.status is EnrolmentStatus.DECLINED:
        return _moved(enrolment, changed=False)
    if enrolment.status is EnrolmentStatus.LEFT:
        raise OutOfDate("enrolment", enrolment.status)
    enrolment.remark = _remark(reason)
    moved = _move(session, enrolment, EnrolmentStatus.DECLINED, by, now)
    pairs.end_for_enrolment(session, enrolment.id, EndReason.DECLINED, by=by, now=now)
    _tell(session, enrolment, NoticeKind.PERSON_DECLINED, now)
    return moved


def reopen_enrolment(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """Takes back a declination or a leaving, as long as no consent was refused or withdrawn."""
    enrolment = _decided_by_curator(session, enrolment_id, by)
    stopped = enrolment.status is EnrolmentStatus.LEFT and enrolment.left_because is not LeftBecause.OWN_WISH
    if stopped or enrolment.status not in (EnrolmentStatus.DECLINED, EnrolmentStatus.LEFT):
        raise OutOfDate("enrolment", enrolment.status)
    enrolment.remark, enrolment.left_because = "", None
    return _move(session, enrolment, participation.where_it_was(session, enrolment), by, now)


def leave_programme(session: Session, enrolment_id: int, *, by: Actor, now: datetime) -> EnrolmentMoved:
    """By the person's own wish, said in the chat or to the curator. Data stay until an erasure is asked."""
    enrolment = _enrolment(session, enrolment_id)
    require_own_or_curator(session, by, enrolment.person_id)
    if enrolment.status is EnrolmentStatus.LEFT:
        return _moved(enrolment, changed=False)
    _require(enrolment, *_LIVE)
    participation.leave(session, enrolment, LeftBecause.OWN_WISH, by=by, now=now)
    session.flush()
    pairs.end_for_enrolment(session, enrolment.id, EndReason.LEFT, by=by, now=now)
    return _moved(enrolment, changed=True)


def _decided_by_curator(session: Session, enrolment_id: int, by: Actor) -> Enrolment:
    require_curator(session, by)
    return _enrolment(session, enrolment_id)


def _require(enrolment: Enrolment, *statuses: EnrolmentStatus) -> None:
    if enrolment.status not in statuses:
        raise OutOfDate("enrolment", enrolment.status)


def _move(session: Session, enrolment: Enrolment, status: EnrolmentStatus, by: Actor, now: datetime) -> EnrolmentMoved:
    if enrolment.status is status:
        return _moved(enrolment, changed=False)
    enrolment.status, enrolment.status_at = status, now
    record(session, f"enrolment.{status.value}", enrolment, by=by, now=now)
    session.flush()
    return _moved(enrolment, changed=True)


def _tell(session: Session, enrolment: Enrolment, kind: NoticeKind, now: datetime) -> None:
    """Each time anew: a questionnaire may be returned twice."""
    key = f"{enrolment.id}:{now.isoformat()}"
    notify(session, enrolment.person_id, kind, {"enrolment_id": enrolment.id}, dedup_key=key, now=now)


def _remark(text: str) -> str:
    clean = text.strip()
    if len(clean) > REMARK_LIMIT:
        raise TextTooLong("remark", REMARK_LIMIT, len(clean))
    return clean


def _moved(enrolment: Enrolment, *, changed: bool) -> EnrolmentMoved:
    return EnrolmentMoved(
        enrolment.id, enrolment.person_id, enrolment.person.name.full, enrolment.role, enrolment.status, changed
    )


def _enrolment(session: Session, enrolment_id: int) -> Enrolment:
    enrolment = session.get(Enrolment, enrolment_id, with_for_update=True)
    if enrolment is None or enrolment.person.erased_at:
        raise NotFound("enrolment")
    return enrolment


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id, with_for_update=True)
    if person is None or person.erased_at:
        raise NotFound("person")
    return person


_LIVE = (
    EnrolmentStatus.JOINING,
    EnrolmentStatus.SUBMITTED,
    EnrolmentStatus.RETURNED,
    EnrolmentStatus.APPROVED,
)
