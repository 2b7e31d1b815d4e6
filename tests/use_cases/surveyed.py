"""Pairs of a school that answer a short survey before and after, through the use-cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role
from mentoring.use_cases.questionnaires import publish_questionnaire, start_response
from mentoring.use_cases.responses import submit_response
from tests.use_cases.forms import filled_in
from tests.use_cases.school import NOW, School, Sketch, days

BEFORE, AFTER = "tea_before", "tea_after"
THEN = NOW - days(90)


def survey(moment: str, **changes: Any) -> dict[str, Any]:
    """``moment``: "before" or "after". Ends are not asked for: the tests are about numbers."""
    after = moment == "after"
    questions: list[dict[str, Any]] = [
        {"key": "comfort", "kind": "scale", "text": "Насколько вам спокойно?", "pair": "comfort"},
        {"key": "support", "kind": "scale", "text": "Поддержка?", "pair": "support", "importance": not after},
        {"key": "glad", "kind": "yes_no", "text": "Вы рады?", "pair": "glad", "optional": True},
        {
            "key": "freq",
            "kind": "one_of",
            "text": "Как часто?",
            "pair": "freq",
            "options": [{"value": "often", "label": "Часто"}, {"value": "rarely", "label": "Редко"}],
            "optional": True,
        },
        {"key": "lack", "kind": "long_text", "text": "Чего не хватило?", "pair": "lack", "optional": True},
    ]
    tail = {"key": "mentor_too", "kind": "yes_no", "text": "Хотите стать наставником?", "optional": True}
    return {
        "key": BEFORE if moment == "before" else AFTER,
        "title": "Чаепитие до" if moment == "before" else "Чаепитие после",
        "role": "mentee",
        "intro": "Это увидит только куратор.",
        "source": "ours",
        "minutes": 1,
        "use": "survey",
        "subject": "pair",
        "form": "teacher_pupil",
        "moment": moment,
        "question": [*questions, tail] if after else questions,
        **changes,
    }


@dataclass(slots=True)
class Surveyed:
    school: School

    def publish(self, definition: dict[str, Any]) -> None:
        publish_questionnaire(self.school.session, definition, by=self.school.curator, now=NOW)

    def pair(self, name: str, place: str = "7 «Б»") -> tuple[int, int]:
        """A teacher and a pupil: the pair, and the pupil."""
        mentor = self.school.enrol(_teacher(name), Role.MENTOR)
        mentee = self.school.enrol((name, "Мила", "", PersonKind.PUPIL, AgeGroup.FROM_14_TO_17, place), Role.MENTEE)
        return self.school.paired(mentor, mentee), mentee.person_id

    def answers(self, key: str, pair_id: int | None, person_id: int, *, at: datetime = NOW, **said: Any) -> int:
        """Sends it; the response."""
        by, session = Actor.person(person_id), self.school.session
        screen = start_response(session, key, person_id=person_id, pair_id=pair_id, by=by, now=at)
        filled_in(self.school, screen, person_id, **said)
        submit_response(session, screen.response_id, by=by, now=at)
        return screen.response_id

    def both(self, name: str, before: dict[str, Any], after: dict[str, Any], place: str = "7 «Б»") -> tuple[int, int]:
        pair_id, pupil = self.pair(name, place)
        return self.answers(BEFORE, pair_id, pupil, at=THEN, **before), self.answers(AFTER, pair_id, pupil, **after)


def marks(comfort: int, support: int, **others: Any) -> dict[str, Any]:
    return {"comfort": str(comfort), "support": str(support), **others}


def _teacher(name: str) -> Sketch:
    return (f"Наставник {name}", "Анна", "Сергеевна", PersonKind.TEACHER, AgeGroup.ADULT, "учитель физики")
