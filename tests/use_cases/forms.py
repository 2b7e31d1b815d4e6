"""A questionnaire of the school, published, and someone who answers it."""

from copy import deepcopy
from typing import Any

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import (
    Done,
    Picked,
    QuestionView,
    Raw,
    Screenful,
    ScreenKind,
    Skipped,
    Toggled,
    Typed,
)
from mentoring.use_cases.questionnaires import answer_question, publish_questionnaire, start_response
from storage.models.person import Enrolment
from tests.rules.questionnaires import CLUB
from tests.use_cases.school import NOW, School, Sketch


def published(school: School, definition: dict[str, Any] = CLUB, **changes: Any) -> int:
    """The number of the version."""
    changed = deepcopy(definition) | changes
    return publish_questionnaire(school.session, changed, by=school.curator, now=NOW).number


def joining(school: School, sketch: Sketch, role: Role = Role.MENTEE) -> Enrolment:
    return school.enrol(sketch, role, status=EnrolmentStatus.JOINING)


def begun(school: School, enrolment: Enrolment, key: str = "club") -> Screenful:
    return start_response(
        school.session,
        key,
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        by=Actor.person(enrolment.person_id),
        now=NOW,
    )


def filled_in(school: School, screen: Screenful, person_id: int, **answers: Any) -> Screenful:
    """Tap to the review page. A list is toggled one by one; what is not given is skipped."""
    while screen.kind is ScreenKind.QUESTION:
        assert screen.question
        key = screen.question.key
        for raw in taps(screen.question, answers.get(key)):
            screen = answer_question(school.session, screen.response_id, key, raw, by=Actor.person(person_id), now=NOW)
    return screen


def taps(question: QuestionView, answer: Any) -> list[Raw]:
    if answer is None:
        return [Skipped()] if question.optional and not question.answered else [Done()]
    if question.several:
        return [*(Toggled(option, True) for option in answer), Done()]
    return [Picked(answer) if question.options else Typed(answer)]
