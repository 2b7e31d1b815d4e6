"""Questionnaires for campaigns, short enough for tests."""

from typing import Any

from mentoring.use_cases.questionnaires import publish_questionnaire
from tests.use_cases.school import NOW, School


def publish(school: School, key: str, **fields: Any) -> str:
    """Three questions of different kinds, the middle one optional."""
    definition: dict[str, Any] = {
        "key": key,
        "title": f"Опрос {key}",
        "role": "mentor",
        "source": "ours",
        "minutes": 2,
        "subject": "enrolment",
        "use": "survey",
        "question": [
            {"key": "comfort", "kind": "scale", "text": "Насколько вам комфортно?"},
            {"key": "words", "kind": "text", "text": "Что важно сказать?", "optional": True},
            {"key": "go_on", "kind": "yes_no", "text": "Продолжать?"},
        ],
    }
    publish_questionnaire(school.session, definition | fields, by=school.curator, now=NOW)
    return key
