"""Any questionnaire, answered through the use-cases on a database that is opened anew for every press."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import AnswersMissing, MentoringError
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Done, QuestionView, Raw, ResponseState, Screenful, ScreenKind, Toggled
from mentoring.rules.questions.definition import Definition, Value
from mentoring.rules.questions.parsing import parse_definition
from mentoring.rules.questions.path import unanswered
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.person_choices import with_people
from mentoring.use_cases.questionnaires import answer_question, current_step, go_back, jump_to, reopen_response
from mentoring.use_cases.responses import submit_response
from storage.database import SyncDatabase
from storage.models.campaign import AnonymousSheet
from storage.models.questionnaire import Answer, Response, Submission
from storage.scope import set_organisation
from tests.rules.questionnaires import anything, fitting, sources
from tests.rules.satisfaction import faults
from tests.use_cases.campaigns import asked, campaign
from tests.use_cases.forms import published
from tests.use_cases.school import ANNA, IGOR, NOW, OLEG, TIMUR, open_school

Step = Callable[[Session], Screenful]


@dataclass(slots=True)
class Answering:
    """Timur answers a questionnaire that nobody has seen before; every press has a transaction of its own."""

    store: SyncDatabase
    organisation_id: int
    person_id: int
    curator: Actor
    definition: Definition
    campaign_id: int
    screen: Screenful

    @property
    def by(self) -> Actor:
        return Actor.person(self.person_id)

    @contextmanager
    def opened(self) -> Iterator[Session]:
        with self.store.writers.begin() as session:
            set_organisation(session, self.organisation_id)
            yield session

    def press(self, step: Step) -> bool:
        """What was refused has changed nothing; what was not, stands in the rows as it was shown."""
        try:
            with self.opened() as session:
                after = step(session)
        except MentoringError:
            after = self.screen
        refused = after is self.screen
        with self.opened() as session:
            assert current_step(session, self.screen.response_id, person_id=self.person_id) == after
        self.screen = after
        return not refused

    def answer(self, key: str, raw: Raw) -> bool:
        return self.press(
            lambda session: answer_question(session, self.screen.response_id, key, raw, by=self.by, now=NOW)
        )

    def wander(self, data: st.DataObject) -> None:
        keys = [question.key for question in self.definition.questions]
        here = self.screen.question.key if self.screen.question else ""
        there = data.draw(st.sampled_from([*keys, ""]))
        response_id = self.screen.response_id
        match data.draw(st.sampled_from(["well", "well", "well", "badly", "stale", "back", "stale back", "jump"])):
            case "well" if self.screen.question:
                self.answer_well(self.screen.question, data)
            case "badly":
                self.answer(here, data.draw(anything))
            case "stale":
                self.answer(there, data.draw(anything))
            case "back":
                self.press(lambda session: go_back(session, response_id, here, by=self.by, now=NOW))
            case "stale back":
                self.press(lambda session: go_back(session, response_id, there, by=self.by, now=NOW))
            case "jump":
                self.press(lambda session: jump_to(session, response_id, there, by=self.by, now=NOW))

    def answer_well(self, view: QuestionView, data: st.DataObject) -> None:
        question = self.definition.question(view.key)
        assert question is not None
        raw = data.draw(fitting(question))
        self.answer(view.key, raw)
        if view.several and data.draw(st.booleans()):
            self.answer(view.key, Done())

    def finish(self, data: st.DataObject) -> None:
        for _ in range(3 * len(self.definition.questions)):
            if self.screen.question is None:
                break
            self._answer_at_last(self.screen.question, data)
        assert self.screen.kind is ScreenKind.REVIEW

    def send(self) -> dict[str, Value]:
        """What was sent, by the rows."""
        with self.opened() as session:
            sent = submit_response(session, self.screen.response_id, by=self.by, now=NOW)
        with self.opened() as session:
            if sent.anonymous:
                return session.scalars(select(AnonymousSheet.answers).filter_by(campaign_id=self.campaign_id)).one()
            newest = select(Submission).filter_by(response_id=sent.response_id).order_by(Submission.number.desc())
            answers = session.scalars(newest.limit(1)).one().answers
        assert self.answers() == answers
        return answers

    def answers(self) -> dict[str, Value]:
        with self.opened() as session:
            rows = session.execute(select(Answer.key, Answer.value).filter_by(response_id=self.screen.response_id))
            return {key: value for key, value in rows}

    def _answer_at_last(self, view: QuestionView, data: st.DataObject) -> None:
        question = self.definition.question(view.key)
        assert question is not None
        if not view.answered:
            wanted = fitting(question).filter(lambda raw: not isinstance(raw, Toggled) or raw.chosen)
            assert self.answer(view.key, data.draw(wanted))
        if self.screen.question and self.screen.question.key == view.key:
            assert self.answer(view.key, Done())


@pytest.fixture(scope="module")
def place(empty_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncDatabase]:
    """One for all examples: each has a school of its own."""
    file = tmp_path_factory.mktemp("answering") / "answering.db"
    file.write_bytes(empty_tables.read_bytes())
    store = SyncDatabase(f"sqlite:///{file}")
    yield store
    store.close()


def answering(store: SyncDatabase, source: dict[str, Any], number: int, *, anonymous: bool) -> Answering:
    with store.writers.begin() as session:
        school = open_school(session, login=f"zimina{number}")
        published(school, source)
        timur = school.enrol(TIMUR, Role.MENTEE)
        present = [school.enrol(sketch, Role.MENTOR).person_id for sketch in (ANNA, IGOR, OLEG)]
        one = campaign(school, source["key"], present=present, anonymous=anonymous)
        recipient = asked(school, one, timur.person_id, enrolment_id=timur.id)
        by = Actor.person(timur.person_id)
        screen = begin_survey(session, recipient.id, by=by, now=NOW)
        definition = with_people(session, parse_definition(source), person_id=timur.person_id, campaign_id=one.id)
        return Answering(store, school.organisation.id, timur.person_id, school.curator, definition, one.id, screen)


@given(data=st.data(), source=sources(), anonymous=st.booleans())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_way_through_any_questionnaire_ends_in_rows_that_satisfy_it(
    place: SyncDatabase, data: st.DataObject, source: dict[str, Any], anonymous: bool
) -> None:
    timur = answering(place, source, next(_NUMBERS), anonymous=anonymous)

    for _ in range(data.draw(st.integers(0, 12))):
        timur.wander(data)
    timur.finish(data)
    sent = timur.send()

    assert faults(timur.definition, sent) == []
    with timur.opened() as session:
        left = session.scalars(select(Response).filter_by(person_id=timur.person_id)).all()
        assert [one.state for one in left] == ([] if anonymous else [ResponseState.SUBMITTED])


@given(data=st.data(), source=sources())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_correction_is_sent_beside_what_was_sent_before(
    place: SyncDatabase, data: st.DataObject, source: dict[str, Any]
) -> None:
    timur = answering(place, source, next(_NUMBERS), anonymous=False)
    timur.finish(data)
    first = timur.send()

    with timur.opened() as session:
        timur.screen = reopen_response(session, timur.screen.response_id, by=timur.curator, now=NOW)
    for _ in range(data.draw(st.integers(1, 6))):
        timur.wander(data)
    timur.finish(data)
    second = timur.send()

    assert faults(timur.definition, second) == []
    with timur.opened() as session:
        kept = select(Submission.answers).filter_by(response_id=timur.screen.response_id).order_by(Submission.number)
        assert list(session.scalars(kept)) == [first, second]


@given(data=st.data(), source=sources())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_incomplete_is_sent(place: SyncDatabase, data: st.DataObject, source: dict[str, Any]) -> None:
    timur = answering(place, source, next(_NUMBERS), anonymous=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(0, 8))):
        timur.wander(data)
    open_keys = unanswered(timur.definition, timur.answers())
    if not open_keys:
        return

    with pytest.raises(AnswersMissing, match=open_keys[0]), timur.opened() as session:
        submit_response(session, timur.screen.response_id, by=timur.by, now=NOW)

    with timur.opened() as session:
        assert current_step(session, timur.screen.response_id, person_id=timur.person_id) == timur.screen


def _counting() -> Iterator[int]:
    number = 0
    while True:
        yield (number := number + 1)


_NUMBERS = _counting()
