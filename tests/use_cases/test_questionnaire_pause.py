"""Somebody stops in the middle for three days; meanwhile the product restarts and a new version is published."""

from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Done, Picked, Screenful, ScreenKind, Skipped, Toggled, Typed
from mentoring.rules.questionnaire import Raw as RawAnswer
from mentoring.use_cases import questionnaire_versions
from mentoring.use_cases.questionnaires import (
    answer_question,
    current_step,
    jump_to,
    publish_questionnaire,
    reopen_response,
    start_response,
)
from mentoring.use_cases.responses import questionnaire_summary, response_view, submit_response
from storage.database import SyncDatabase
from storage.models.person import Enrolment
from storage.models.questionnaire import QuestionnaireVersion, Response, Submission
from storage.scope import set_organisation
from tests.rules.questionnaires import CLUB
from tests.use_cases.forms import joining, published
from tests.use_cases.school import MILA, NOW, TIMUR, days, open_school

AFTER = NOW + days(3)


def newer() -> dict[str, Any]:
    """Reworded, an option gone and another added, questions gone, a new one, all in another order."""
    definition = deepcopy(CLUB)
    name, likes, robots, *_, note = definition["question"]
    likes["text"] = "Чем вы увлечены?"
    likes["options"] = [{"value": "music", "label": "Музыка"}, {"value": "robots", "label": "Роботы и техника"}]
    robots["options"].reverse()
    age = {"key": "age", "kind": "number", "text": "Сколько вам лет?", "min": 7, "max": 99}
    return definition | {"title": "Кружок, новая анкета", "question": [likes, age, robots, note, name]}


class Person:
    """Acts as if the product were started anew for each act: another engine, nothing read before."""

    def __init__(self, url: str, organisation_id: int, enrolment: Enrolment) -> None:
        self.url, self.organisation_id = url, organisation_id
        self.enrolment_id, self.person_id = enrolment.id, enrolment.person_id
        self.by = Actor.person(enrolment.person_id)

    def begins(self, now: datetime) -> Screenful:
        subject = {"person_id": self.person_id, "enrolment_id": self.enrolment_id}
        screen: Screenful = self.act(start_response, "club", **subject, by=self.by, now=now)
        return screen

    def says(self, screen: Screenful, now: datetime, *answers: tuple[str, RawAnswer]) -> Screenful:
        for key, raw in answers:
            screen = self.act(answer_question, screen.response_id, key, raw, by=self.by, now=now)
        return screen

    def sends(self, screen: Screenful, now: datetime) -> None:
        self.act(submit_response, screen.response_id, by=self.by, now=now)

    def act(self, what: Any, *arguments: Any, **more: Any) -> Any:
        questionnaire_versions._PARSED.clear()
        store = SyncDatabase(self.url)
        try:
            with store.writers.begin() as session:
                set_organisation(session, self.organisation_id)
                return what(session, *arguments, **more)
        finally:
            store.close()


@pytest.fixture
def two(store: SyncDatabase, database_url: str) -> tuple[Person, Person]:
    with store.writers.begin() as session:
        school = open_school(session)
        published(school)
        timur, mila = (Person(database_url, school.organisation.id, joining(school, one)) for one in (TIMUR, MILA))
    return timur, mila


def in_the_middle(timur: Person) -> Screenful:
    """Two of three boxes ticked, «Готово» not pressed."""
    name, likes = ("name", Typed("Тимур")), ("likes", Picked("robots"))
    ticks = [("robots", Toggled(one, True)) for one in ("car", "drone")]
    return timur.says(timur.begins(NOW), NOW, name, likes, *ticks)


def renewed(someone: Person) -> int:
    number: int = someone.act(publish_questionnaire, newer(), by=Actor.curator(1), now=AFTER).number
    return number


def test_nothing_is_lost_in_three_days_with_a_restart_and_a_new_version(two: tuple[Person, Person]) -> None:
    timur, _ = two
    left = in_the_middle(timur)

    assert renewed(timur) == 2

    assert timur.act(current_step, left.response_id, person_id=timur.person_id) == left
    assert timur.begins(AFTER) == left
    assert left.question is not None
    assert [option.chosen for option in left.question.options] == [True, False, True]
    screen = timur.says(left, AFTER, ("robots", Done()), ("note", Skipped()))
    assert [(row.text, row.answer) for row in screen.review] == [
        ("Как вас зовут?", "Тимур"),
        ("Что вам ближе?", "Роботы"),
        ("Что вы уже собирали?", "Машину, Дрон"),
        ("Что-то ещё?", ""),
    ]


def test_a_branch_of_the_old_version_is_open_after_the_new_one_has_dropped_it(two: tuple[Person, Person]) -> None:
    timur, _ = two
    screen = timur.says(in_the_middle(timur), NOW, ("robots", Done()), ("note", Skipped()))
    renewed(timur)

    timur.act(jump_to, screen.response_id, "likes", by=timur.by, now=AFTER)
    theatre, part, stage = ("likes", Picked("theatre")), ("role", Typed("Гамлета")), ("stage", Picked("yes"))
    screen = timur.says(screen, AFTER, theatre, part, stage)
    timur.sends(screen, AFTER)

    sent = timur.act(lambda session: session.scalars(select(Submission.answers)).one())
    assert sent == {"name": "Тимур", "likes": "theatre", "role": "Гамлета", "stage": True, "note": None}


def test_two_versions_are_answered_side_by_side_and_nothing_is_mixed(two: tuple[Person, Person]) -> None:
    timur, mila = two
    old = in_the_middle(timur)
    renewed(timur)

    new = mila.begins(AFTER)
    assert new.title == "Кружок, новая анкета"
    new = mila.says(new, AFTER, ("likes", Picked("music")))
    old = timur.says(old, AFTER, ("robots", Done()))
    new = mila.says(new, AFTER, ("age", Typed("13")), ("note", Skipped()), ("name", Typed("Мила")))
    old = timur.says(old, AFTER, ("note", Typed("Жду встречи")))
    assert old.kind is new.kind is ScreenKind.REVIEW
    timur.sends(old, AFTER)
    mila.sends(new, AFTER)

    assert _versions(timur) == {timur.person_id: 1, mila.person_id: 2}
    texts = [row.text for row in timur.act(response_view, old.response_id).rows]
    assert texts == ["Как вас зовут?", "Что вам ближе?", "Что вы уже собирали?", "Что-то ещё?"]
    likes = timur.act(questionnaire_summary, "club").questions[0]
    assert [(count.label, count.n) for count in likes.summary.counts] == [("Музыка", 1), ("Роботы и техника", 1)]


def test_a_correction_of_an_old_answer_keeps_the_old_version(two: tuple[Person, Person]) -> None:
    timur, _ = two
    screen = timur.says(in_the_middle(timur), NOW, ("robots", Done()), ("note", Skipped()))
    timur.sends(screen, NOW)
    renewed(timur)

    again = timur.act(reopen_response, screen.response_id, by=Actor.curator(1), now=AFTER)
    timur.sends(again, AFTER)

    assert again.review == screen.review
    assert _versions(timur) == {timur.person_id: 1}


def _versions(someone: Person) -> dict[int, int]:
    def read(session: Session) -> dict[int, int]:
        found = select(Response.person_id, QuestionnaireVersion.number).join(Response.version)
        return {person_id: number for person_id, number in session.execute(found)}

    versions: dict[int, int] = someone.act(read)
    return versions
