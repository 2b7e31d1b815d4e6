"""A school for measuring: many people, each with a long questionnaire of yes and no under way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Actor, AgeGroup, Door, Role
from mentoring.use_cases.accounts import add_account
from mentoring.use_cases.questionnaire_versions import publish_questionnaire
from storage.models.organisation import Organisation, Programme
from storage.models.person import ChannelAccount, Enrolment, Person
from storage.models.questionnaire import Response
from storage.scope import set_organisation

QUESTIONS = 40
FIRST_CHAT = 5_000
KEY = "bench"
LOGIN, PASSWORD = "zimina", "chai-s-limonom-26"
NOW = datetime.now(UTC)
SYSTEM = Actor.system(Door.COMMAND_LINE)


@dataclass(frozen=True, slots=True)
class Pupil:
    chat_id: int
    person_id: int
    account_id: int
    response_id: int


@dataclass(frozen=True, slots=True)
class School:
    organisation_id: int
    pupils: tuple[Pupil, ...]


def open_school(session: Session, people: int) -> School:
    organisation = Organisation(name="Гимназия «Маяк»", short_name="Маяк", created_at=NOW)
    session.add(organisation)
    session.flush()
    set_organisation(session, organisation.id)
    add_account(
        session,
        LOGIN,
        "Зимина Ольга Павловна",
        role=AccountRole.CURATOR,
        password=PASSWORD,
        organisation_id=organisation.id,
        by=SYSTEM,
        now=NOW,
    )
    programme = Programme(name="2026/27", school_year="2026/27", starts_on=NOW.date(), ends_on=NOW.date())
    session.add(programme)
    session.flush()
    published = publish_questionnaire(session, questionnaire(), by=SYSTEM, now=NOW)
    pupils = tuple(
        _pupil(session, programme, published.questionnaire_id, published.version_id, FIRST_CHAT + number)
        for number in range(people)
    )
    return School(organisation.id, pupils)


def questionnaire() -> dict[str, Any]:
    return {
        "key": KEY,
        "title": "Сорок вопросов",
        "role": "mentor",
        "intro": "Для измерения скорости",
        "source": "ours",
        "minutes": 10,
        "question": [
            {"key": f"q{number}", "kind": "yes_no", "text": f"Вопрос {number}: готовы помогать по вторникам?"}
            for number in range(QUESTIONS)
        ],
    }


def key_of(number: int) -> str:
    return f"q{number}"


def _pupil(session: Session, programme: Programme, questionnaire_id: int, version_id: int, chat_id: int) -> Pupil:
    person = Person(first_name=f"Ученик {chat_id}", age_group=AgeGroup.ADULT, created_at=NOW)
    session.add(person)
    session.flush()
    account = ChannelAccount(person_id=person.id, channel="telegram", external_id=str(chat_id), linked_at=NOW)
    enrolment = Enrolment(
        programme_id=programme.id,
        person_id=person.id,
        role=Role.MENTOR,
        status=EnrolmentStatus.JOINING,
        status_at=NOW,
        created_at=NOW,
    )
    session.add_all([account, enrolment])
    session.flush()
    response = Response(
        person_id=person.id,
        questionnaire_id=questionnaire_id,
        version_id=version_id,
        enrolment_id=enrolment.id,
        state="draft",
        position=key_of(0),
        started_at=NOW,
        touched_at=NOW,
    )
    session.add(response)
    session.flush()
    return Pupil(chat_id, person.id, account.id, response.id)
