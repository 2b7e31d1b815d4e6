"""School of the mentor: what mentors want to learn, what was planned, who came, and what they have for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound, OutOfDate, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from storage.models.organisation import Programme
from storage.models.person import Enrolment
from storage.models.selection import Training, TrainingRecord

LIMITS = {"title": 200, "provider": 200, "place": 200}
MOST_HOURS = 1000
CERTIFICATE_LIMIT = 100


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """What a curator enters. ``topic``: a value of an option of the question «training», or empty."""

    title: str
    starts_on: date
    hours: int
    ends_on: date | None = None
    topic: str = ""
    provider: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """``hours``: None for who did not come, or of whom nobody has written yet."""

    hours: int | None
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class TrainingSaved:
    training_id: int


@dataclass(frozen=True, slots=True)
class Expected:
    added: int
    unknown: tuple[str, ...] = ()  # lines that name nobody, or more than one


def plan_training(
    session: Session, programme_id: int, entered: TrainingSet, *, by: Actor, now: datetime
) -> TrainingSaved:
    """Raises NotFound, TextEmpty, TextTooLong, ValueWrong."""
    require_curator(session, by)
    if session.get(Programme, programme_id) is None:
        raise NotFound("programme")
    one = Training(programme_id=programme_id, created_at=now, **_checked(entered))
    session.add(one)
    session.flush()
    record(session, "training.planned", one, by=by, now=now)
    return TrainingSaved(one.id)


def change_training(
    session: Session, training_id: int, entered: TrainingSet, *, by: Actor, now: datetime
) -> TrainingSaved:
    require_curator(session, by)
    one = locked_training(session, training_id)
    for field, value in _checked(entered).items():
        setattr(one, field, value)
    record(session, "training.changed", one, by=by, now=now)
    return TrainingSaved(one.id)


def drop_training(session: Session, training_id: int, *, by: Actor, now: datetime) -> TrainingSaved:
    """Only while nobody has attended: hours that somebody has are a fact."""
    require_curator(session, by)
    one = locked_training(session, training_id)
    if any(line.hours is not None for line in one.records):
        raise OutOfDate("training", "attended")
    for line in one.records:
        session.delete(line)
    record(session, "training.dropped", one, by=by, now=now)
    session.delete(one)
    session.flush()
    return TrainingSaved(training_id)


def expect_at_training(
    session: Session, training_id: int, enrolment_ids: Iterable[int], *, by: Actor, now: datetime
) -> Expected:
    """Who was there already stays as they are; strangers and mentees are passed over."""
    require_curator(session, by)
    one = locked_training(session, training_id)
    known = {line.enrolment_id for line in one.records}
    wanted = [key for key in dict.fromkeys(enrolment_ids) if key not in known]
    mentors = session.scalars(
        select(Enrolment.id).where(
            Enrolment.id.in_(wanted), Enrolment.role == Role.MENTOR, Enrolment.programme_id == one.programme_id
        )
    ).all()
    session.add_all(TrainingRecord(training_id=one.id, enrolment_id=key, noted_at=now) for key in sorted(mentors))
    session.flush()
    session.expire(one, ["records"])
    if mentors:
        record(session, "training.expected", one, by=by, now=now, count=len(mentors))
    return Expected(len(mentors))


def expect_by_names(session: Session, training_id: int, lines: str, *, by: Actor, now: datetime) -> Expected:
    """A list pasted from a letter or a table: one name a line, «Лебедева Анна Сергеевна» or «Лебедева А. С.»."""
    require_curator(session, by)
    programme_id = locked_training(session, training_id).programme_id
    known = _mentors_by_name(session, programme_id)
    found: list[int] = []
    unknown: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in lines.splitlines())):
        meant = {key for name, key in known if _same_name(name, line)}
        found.extend(meant) if len(meant) == 1 else unknown.append(line)
    return Expected(expect_at_training(session, training_id, found, by=by, now=now).added, tuple(unknown))


def note_attendance(
    session: Session, training_id: int, came: Mapping[int, Attendance], *, by: Actor, now: datetime
) -> TrainingSaved:
    """By the enrolment; who is not expected there is passed over. Raises ValueWrong, TextTooLong."""
    require_curator(session, by)
    one = locked_training(session, training_id)
    for line in one.records:
        if line.enrolment_id in came:
            _note(line, came[line.enrolment_id], now)
    record(session, "training.attended", one, by=by, now=now, count=sum(line.hours is not None for line in one.records))
    return TrainingSaved(one.id)


def release_from_training(
    session: Session, training_id: int, enrolment_id: int, *, by: Actor, now: datetime
) -> TrainingSaved:
    """Takes a mentor off the list; one who attended stays on it."""
    require_curator(session, by)
    one = locked_training(session, training_id)
    line = next((line for line in one.records if line.enrolment_id == enrolment_id), None)
    if line is None:
        raise NotFound("training_record")
    if line.hours is not None:
        raise OutOfDate("training", "attended")
    session.delete(line)
    session.flush()
    session.expire(one, ["records"])
    record(session, "training.released", one, by=by, now=now, enrolment_id=enrolment_id)
    return TrainingSaved(one.id)


def locked_training(session: Session, training_id: int) -> Training:
    one = session.get(Training, training_id, with_for_update=True)
    if one is None:
        raise NotFound("training")
    return one


def _note(line: TrainingRecord, came: Attendance, now: datetime) -> None:
    if came.hours is not None and not 0 < came.hours <= MOST_HOURS:
        raise ValueWrong("hours")
    if len(came.certificate) > CERTIFICATE_LIMIT:
        raise TextTooLong("certificate", CERTIFICATE_LIMIT, len(came.certificate))
    if (line.hours, line.certificate) != (came.hours, came.certificate.strip()):
        line.hours, line.certificate, line.noted_at = came.hours, came.certificate.strip(), now


def _checked(entered: TrainingSet) -> dict[str, object]:
    words = {field: " ".join(getattr(entered, field).split()) for field in LIMITS}
    if not words["title"]:
        raise TextEmpty("title")
    for field, limit in LIMITS.items():
        if len(words[field]) > limit:
            raise TextTooLong(field, limit, len(words[field]))
    if not 0 < entered.hours <= MOST_HOURS:
        raise ValueWrong("hours")
    if entered.ends_on and entered.ends_on < entered.starts_on:
        raise ValueWrong("ends_on")
    dates = {"starts_on": entered.starts_on, "ends_on": entered.ends_on}
    return {**words, **dates, "hours": entered.hours, "topic": entered.topic[:40]}


def _mentors_by_name(session: Session, programme_id: int) -> list[tuple[str, int]]:
    taking_part = (EnrolmentStatus.APPROVED, EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED)
    found = session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.person))
        .where(Enrolment.programme_id == programme_id, Enrolment.role == Role.MENTOR)
        .where(Enrolment.status.in_(taking_part))
    )
    return [(one.person.name.full, one.id) for one in found]


def _same_name(name: str, line: str) -> bool:
    """Word by word; «А.» stands for any word that begins so, and the words may come in any order."""
    typed = line.replace(".", ". ").casefold().replace("ё", "е").split()
    words = name.casefold().replace("ё", "е").split()
    for one in typed:
        begins = one.rstrip(".,;")
        match = next(
            (word for word in words if word == begins or (one.endswith(".") and word.startswith(begins))), None
        )
        if match is None:
            return False
        words.remove(match)
    return len(typed) > 1
