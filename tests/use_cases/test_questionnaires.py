"""Someone answers a questionnaire, and everything is rows at once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import AnswerRefused, ConsentsMissing, DefinitionBroken, MentoringError, NotFound, OutOfDate
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Done, Picked, Problem, ResponseState, ScreenKind, Shared, Toggled, Typed
from mentoring.rules.questionnaire import Raw as RawAnswer
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.questionnaires import (
    answer_question,
    current_step,
    go_back,
    jump_to,
    publish_questionnaire,
    start_response,
)
from storage.database import SyncDatabase
from storage.models.person import Enrolment
from storage.models.questionnaire import Answer, Questionnaire, Response
from storage.scope import set_organisation
from storage.tables import Base
from tests.counting import counted
from tests.rules.questionnaires import CLUB, questionnaire
from tests.use_cases.forms import begun, filled_in, joining, published
from tests.use_cases.school import ANNA, MILA, NOW, OLEG, TIMUR, School, open_school

PHONE = questionnaire({"key": "phone", "kind": "phone", "text": "Телефон?", "optional": True}) | {"key": "phones"}


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def saved(session: Session, response_id: int) -> dict[str, Any]:
    rows = session.execute(select(Answer.key, Answer.value).where(Answer.response_id == response_id))
    return {key: value for key, value in rows}


def test_the_same_definition_published_twice_is_one_version(school: School) -> None:
    first = publish_questionnaire(school.session, CLUB, by=school.curator, now=NOW)
    second = publish_questionnaire(school.session, CLUB, by=school.curator, now=NOW)

    assert (first.changed, second.changed) == (True, False)
    assert first.version_id == second.version_id
    assert school.acts("questionnaire_version") == ["questionnaire.published"]


def test_a_broken_definition_is_not_published(school: School) -> None:
    with pytest.raises(DefinitionBroken):
        published(school, question=[])

    assert school.session.scalar(select(func.count(Questionnaire.id))) == 0


def test_who_is_in_the_middle_keeps_their_version_and_who_begins_gets_the_new_one(school: School) -> None:
    published(school)
    timur = begun(school, joining(school, TIMUR))
    assert published(school, question=CLUB["question"][:1]) == 2
    mila = begun(school, joining(school, MILA))

    assert mila.total == 1
    assert timur.total == current_step(school.session, timur.response_id, person_id=_person(school, timur)).total == 3


def test_a_second_start_goes_on_with_the_first(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    first = begun(school, timur)
    answer_question(school.session, first.response_id, "name", Typed("Тимур"), by=_by(timur), now=NOW)

    again = begun(school, timur)

    assert again.response_id == first.response_id
    assert again.question is not None
    assert again.question.key == "likes"
    assert school.acts("response") == ["response.started"]


def test_an_answer_is_a_row_before_the_next_question_is_shown(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)

    screen = answer_question(
        school.session, screen.response_id, "name", Typed("<b>Тимур</b>"), by=_by(timur), now=NOW + timedelta(hours=1)
    )

    response = school.session.get_one(Response, screen.response_id, populate_existing=True)
    assert saved(school.session, screen.response_id) == {"name": "<b>Тимур</b>"}
    assert (response.position, response.touched_at) == ("likes", NOW + timedelta(hours=1))


def test_a_refused_answer_leaves_everything_as_it_was(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)

    with pytest.raises(AnswerRefused) as refusal:
        answer_question(school.session, screen.response_id, "name", Typed("я" * 101), by=_by(timur), now=NOW)

    assert refusal.value.limits == {"limit": 100, "length": 101}
    assert current_step(school.session, screen.response_id, person_id=timur.person_id) == screen


def test_a_choice_taken_back_leaves_no_row(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)
    for key, raw in _to_robots():
        screen = answer_question(school.session, screen.response_id, key, raw, by=_by(timur), now=NOW)

    answer_question(school.session, screen.response_id, "robots", Toggled("car", True), by=_by(timur), now=NOW)
    assert saved(school.session, screen.response_id)["robots"] == ["car"]
    answer_question(school.session, screen.response_id, "robots", Toggled("car", False), by=_by(timur), now=NOW)

    assert "robots" not in saved(school.session, screen.response_id)


def test_a_change_from_the_review_page_goes_through_the_new_branch_and_back(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = filled_in(school, begun(school, timur), timur.person_id, name="Тимур", likes="robots", robots=["arm"])
    assert screen.kind is ScreenKind.REVIEW

    jump_to(school.session, screen.response_id, "likes", by=_by(timur), now=NOW)
    screen = answer_question(school.session, screen.response_id, "likes", Picked("theatre"), by=_by(timur), now=NOW)
    assert screen.question is not None
    assert (screen.question.key, screen.reviewing) == ("role", True)
    screen = filled_in(school, screen, timur.person_id, role="Гамлета", stage="yes")

    assert [row.key for row in screen.review] == ["name", "likes", "role", "stage", "note"]


def test_going_back_shows_the_answer_that_is_there(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=_by(timur), now=NOW)

    back = go_back(school.session, screen.response_id, "likes", by=_by(timur), now=NOW)

    assert back.question is not None
    assert (back.question.key, back.question.answer) == ("name", "Тимур")


def test_what_is_known_of_a_person_is_filled_in_beforehand(school: School) -> None:
    fields: list[dict[str, Any]] = [
        {"key": "last_name", "kind": "text", "text": "Фамилия?", "fills": "person.last_name"},
        {"key": "birth", "kind": "date", "text": "Родились?", "past": True, "fills": "person.birth_date"},
        {"key": "place", "kind": "text", "text": "Класс?", "limit": 3, "fills": "person.place"},
    ]
    published(school, questionnaire(*fields) | {"key": "card"})
    timur = joining(school, TIMUR)

    screen = begun(school, timur, "card")

    assert saved(school.session, screen.response_id) == {"last_name": "Асланов"}  # «10 „А“» is too long, no birth date
    assert screen.question is not None
    assert (screen.question.answered, screen.question.answer) == (True, "Асланов")
    following = answer_question(school.session, screen.response_id, "last_name", Done(), by=_by(timur), now=NOW)
    assert following.question is not None
    assert following.question.key == "birth"


@pytest.mark.parametrize("raw", [Typed("8 (900) 123-45-67"), Shared("79001234567"), Shared("+7 900 123 45 67")])
def test_a_phone_is_kept_in_one_form(school: School, raw: RawAnswer) -> None:
    published(school, PHONE)
    timur = joining(school, TIMUR)
    screen = begun(school, timur, "phones")

    screen = answer_question(school.session, screen.response_id, "phone", raw, by=_by(timur), now=NOW)

    assert saved(school.session, screen.response_id) == {"phone": "+79001234567"}
    assert screen.review[0].answer == "+7 900 123-45-67"


@pytest.mark.parametrize("typed", ["12345", "звоните маме", "+7 900"])
def test_a_phone_that_cannot_exist_is_refused(school: School, typed: str) -> None:
    published(school, PHONE)
    timur = joining(school, TIMUR)
    screen = begun(school, timur, "phones")

    with pytest.raises(AnswerRefused) as refusal:
        answer_question(school.session, screen.response_id, "phone", Typed(typed), by=_by(timur), now=NOW)
    assert refusal.value.problem is Problem.NOT_A_PHONE


def test_no_question_comes_before_the_consents(school: School) -> None:
    published(school)
    mila = school.enrol(MILA, Role.MENTEE, status=EnrolmentStatus.JOINING, consents=False)

    with pytest.raises(ConsentsMissing) as refusal:
        begun(school, mila)

    assert [missing.giver for missing in refusal.value.missing] == ["guardian"]
    assert school.session.scalar(select(func.count(Response.id))) == 0


def test_one_who_has_left_answers_nothing_more(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)
    timur.status = EnrolmentStatus.LEFT
    school.session.flush()

    with pytest.raises(OutOfDate) as refusal:
        answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=_by(timur), now=NOW)
    assert refusal.value.noun == "enrolment"


def test_nobody_answers_or_reads_for_somebody_else(school: School) -> None:
    published(school)
    screen = begun(school, joining(school, TIMUR))
    other = joining(school, MILA)

    with pytest.raises(NotFound):
        answer_question(school.session, screen.response_id, "name", Typed("Мила"), by=_by(other), now=NOW)
    with pytest.raises(NotFound):
        go_back(school.session, screen.response_id, "name", by=_by(other), now=NOW)
    with pytest.raises(NotFound):
        current_step(school.session, screen.response_id, person_id=other.person_id)


def test_nobody_begins_about_another_persons_enrolment(school: School) -> None:
    published(school)
    timur, mila = joining(school, TIMUR), joining(school, MILA)

    with pytest.raises(NotFound):
        start_response(school.session, "club", person_id=mila.person_id, enrolment_id=timur.id, by=_by(mila), now=NOW)


def test_another_organisation_sees_no_response_and_no_questionnaire(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)
    stranger = open_school(school.session, "Школа № 2", "other")

    with pytest.raises(NotFound):
        current_step(school.session, screen.response_id, person_id=timur.person_id)
    with pytest.raises(NotFound):
        answer_question(school.session, screen.response_id, "name", Typed("Х"), by=stranger.curator, now=NOW)
    with pytest.raises(NotFound):
        begun(stranger, joining(stranger, MILA))


def test_feedback_is_asked_about_a_meeting_that_took_place_and_only_of_its_people(school: School) -> None:
    published(school)
    anna = school.enrol(ANNA, Role.MENTOR)
    mila = school.enrol(MILA, Role.MENTEE)
    oleg = school.enrol(OLEG, Role.MENTOR)
    pair_id = school.paired(anna, mila)
    meeting = log_meeting(school.session, pair_id, held_at=NOW - timedelta(hours=2), minutes=45, by=_by(anna), now=NOW)

    def start(person_id: int) -> ScreenKind:
        by = Actor.person(person_id)
        return start_response(
            school.session, "club", person_id=person_id, meeting_id=meeting.meeting_id, by=by, now=NOW
        ).kind

    assert start(anna.person_id) is start(mila.person_id) is ScreenKind.QUESTION
    assert school.session.scalar(select(func.count(Response.id))) == 2
    with pytest.raises(NotFound):
        start(oleg.person_id)


def test_a_tap_costs_two_statements_to_write_and_one_to_read(school: School, session: Session) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)

    with counted(session) as statements:
        answer_question(session, screen.response_id, "name", Typed("Тимур"), by=_by(timur), now=NOW)

    assert [one.split()[0] for one in statements] == ["SELECT", "INSERT", "UPDATE"]


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_restart_after_every_press_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Each press has a process of its own; in the end the rows say what the screens said."""
    store = _fresh(tmp_path_factory.mktemp("restart"))
    with store.writers.begin() as session:
        school = open_school(session)
        published(school)
        screen = begun(school, joining(school, TIMUR))
        person_id, organisation_id = _person(school, screen), school.organisation.id
    presses = data.draw(st.lists(st.sampled_from(_PRESSES), max_size=25))

    for act, key, raw in presses:
        with store.writers.begin() as session:
            set_organisation(session, organisation_id)
            try:
                screen = _pressed(session, screen.response_id, act, key, raw, person_id)
            except MentoringError:
                continue
        with store.readers() as session:
            set_organisation(session, organisation_id)
            assert current_step(session, screen.response_id, person_id=person_id) == screen
    store.close()


_PRESSES: list[tuple[str, str, RawAnswer]] = [
    ("answer", "name", Typed("Тимур")),
    ("answer", "name", Typed("")),
    ("answer", "likes", Picked("robots")),
    ("answer", "likes", Picked("theatre")),
    ("answer", "robots", Toggled("arm", True)),
    ("answer", "robots", Toggled("arm", False)),
    ("answer", "robots", Done()),
    ("answer", "role", Typed("Гамлета")),
    ("answer", "stage", Picked("no")),
    ("answer", "note", Typed("ещё\nстрока")),
    ("back", "", Done()),
    ("back", "likes", Done()),
    ("back", "robots", Done()),
    ("back", "role", Done()),
    ("jump", "likes", Done()),
    ("jump", "name", Done()),
]


def _pressed(session: Session, response_id: int, act: str, key: str, raw: RawAnswer, person_id: int) -> Any:
    by = Actor.person(person_id)
    if act == "answer":
        return answer_question(session, response_id, key, raw, by=by, now=NOW)
    return (go_back if act == "back" else jump_to)(session, response_id, key, by=by, now=NOW)


def _fresh(folder: Path) -> SyncDatabase:
    store = SyncDatabase(f"sqlite:///{folder / 'test.db'}")
    Base.metadata.create_all(store.writing)
    return store


def _to_robots() -> list[tuple[str, RawAnswer]]:
    return [("name", Typed("Тимур")), ("likes", Picked("robots"))]


def _by(enrolment: Enrolment) -> Actor:
    return Actor.person(enrolment.person_id)


def _person(school: School, screen: Any) -> int:
    response = school.session.get_one(Response, screen.response_id)
    assert response.state is ResponseState.DRAFT
    return response.person_id
