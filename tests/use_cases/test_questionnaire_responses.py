"""A whole response: sent, returned for correction, copied from paper, read, listed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import AnswersMissing, AnswersRefused, ConsentsMissing, NotAllowed, NotFound, OutOfDate
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, Role
from mentoring.rules.questionnaire import Picked, Problem, ResponseState, Screenful, ScreenKind, Typed
from mentoring.use_cases.paper import enter_paper_answers, paper_form
from mentoring.use_cases.questionnaires import (
    answer_question,
    current_step,
    jump_to,
    publish_questionnaire,
    reopen_response,
)
from mentoring.use_cases.responses import (
    Submitted,
    my_responses,
    questionnaire_summary,
    response_view,
    submit_response,
)
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Response, Submission
from storage.queries.responses import ResponseFilters, answers_by_key, response_counts, responses_page
from tests.use_cases.forms import begun, filled_in, joining, published
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, OLEG, TIMUR, School, open_school

LATER = NOW + timedelta(days=1)
DARYA_ASKS: dict[str, Any] = {
    "kind": "teacher",
    "last_name": "Соколова",
    "first_name": "Дарья",
    "patronymic": "Игоревна",
    "birth_date": "4 мая 2003",
    "post": "учитель английского, первый год",
    "phone": "8 900 123-45-67",
    "request_teacher": ["methods", "support"],
    "goal": "Перестану бояться открытых уроков",
    "days": ["tue", "thu"],
    "day_parts": ["evening"],
    "format": "any",
}


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def sent(school: School, screen: Screenful, enrolment: Enrolment) -> Submitted:
    return submit_response(school.session, screen.response_id, by=Actor.person(enrolment.person_id), now=NOW)


def club_sent(school: School, enrolment: Enrolment, **answers: Any) -> Submitted:
    given = {"name": "Тимур", "likes": "robots", "robots": ["arm"]} | answers
    return sent(school, filled_in(school, begun(school, enrolment), enrolment.person_id, **given), enrolment)


def request_sent(school: School, enrolment: Enrolment, **answers: Any) -> Submitted:
    publish_questionnaire(school.session, questionnaire_definitions()["mentee_request"], by=school.curator, now=NOW)
    screen = filled_in(
        school, begun(school, enrolment, "mentee_request"), enrolment.person_id, **(DARYA_ASKS | answers)
    )
    return sent(school, screen, enrolment)


def newcomer(school: School, age_group: AgeGroup = AgeGroup.ADULT) -> Enrolment:
    sketch = ("", "", "", PersonKind.TEACHER, age_group, "")
    return joining(school, sketch)


def test_the_entry_questionnaire_introduces_a_person(school: School) -> None:
    darya = newcomer(school)

    request_sent(school, darya)

    person = school.session.get_one(Person, darya.person_id)
    assert person.name.full == "Соколова Дарья Игоревна"
    assert (person.birth_date, person.kind, person.phone) == (date(2003, 5, 4), PersonKind.TEACHER, "+79001234567")
    assert person.place == "учитель английского, первый год"
    assert "соколова" in person.search_text
    assert "89001234567" in person.search_text
    assert darya.status is EnrolmentStatus.SUBMITTED


def test_a_birth_date_that_speaks_against_the_age_chosen_brings_the_consents_back(school: School) -> None:
    pupil = newcomer(school)

    request_sent(school, pupil, kind="pupil", **{"class": "7 «Б»"}, birth_date="12.03.2013", request=["confidence"])

    assert school.session.get_one(Person, pupil.person_id).age_group is AgeGroup.UNDER_14


def test_the_capacity_of_a_mentor_goes_to_the_enrolment(school: School) -> None:
    definition = questionnaire_definitions()["mentor_entry"]
    capacity = next(question for question in definition["question"] if question["key"] == "capacity")
    published(school, {**definition, "question": [capacity]})
    anna = joining(school, ANNA, Role.MENTOR)

    sent(school, filled_in(school, begun(school, anna, "mentor_entry"), anna.person_id, capacity="3"), anna)

    assert (anna.capacity, anna.status) == (3, EnrolmentStatus.SUBMITTED)


def test_another_questionnaire_about_an_enrolment_does_not_move_it(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)

    club_sent(school, timur)

    assert timur.status is EnrolmentStatus.JOINING


def test_an_incomplete_response_is_not_sent_and_says_what_is_missing(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = begun(school, timur)
    answer_question(school.session, screen.response_id, "name", Typed("Тимур"), by=_by(timur), now=NOW)

    with pytest.raises(AnswersMissing) as refusal:
        sent(school, screen, timur)
    assert refusal.value.keys == ("likes", "note")


def test_nothing_is_left_of_what_was_not_asked_in_the_end(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    screen = filled_in(school, begun(school, timur), timur.person_id, name="Тимур", likes="robots", robots=["car"])
    jump_to(school.session, screen.response_id, "likes", by=_by(timur), now=NOW)
    answer_question(school.session, screen.response_id, "likes", Picked("theatre"), by=_by(timur), now=NOW)
    screen = current_step(school.session, screen.response_id, person_id=timur.person_id)
    filled_in(school, screen, timur.person_id, role="Гамлета", stage="no")

    sent(school, screen, timur)

    kept = {"name": "Тимур", "likes": "theatre", "role": "Гамлета", "stage": False, "note": None}
    assert answers_by_key(school.session, [screen.response_id]) == {screen.response_id: kept}
    assert school.session.scalars(select(Submission.answers)).one() == kept


def test_sent_once_is_sent(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    first = club_sent(school, timur)

    again = submit_response(school.session, first.response_id, by=_by(timur), now=LATER)

    assert (first.already, again.already) == (False, True)
    assert again.resubmitted is False
    assert school.session.scalar(select(func.count(Submission.id))) == 1
    assert school.acts("response") == ["response.started", "response.submitted"]


def test_a_sent_response_takes_no_more_answers(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    response_id = club_sent(school, timur).response_id

    with pytest.raises(OutOfDate) as refusal:
        answer_question(school.session, response_id, "name", Typed("Другой"), by=_by(timur), now=LATER)

    assert (refusal.value.noun, refusal.value.state) == ("response", ResponseState.SUBMITTED)
    assert current_step(school.session, response_id, person_id=timur.person_id).kind is ScreenKind.SUBMITTED


def test_a_returned_response_is_corrected_and_sent_again_and_the_first_stays_as_it_was(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    response_id = club_sent(school, timur).response_id

    screen = reopen_response(school.session, response_id, by=school.curator, now=LATER)
    assert (screen.kind, screen.state) == (ScreenKind.REVIEW, ResponseState.RETURNED)
    jump_to(school.session, response_id, "name", by=_by(timur), now=LATER)
    answer_question(school.session, response_id, "name", Typed("Тимур Асланов"), by=_by(timur), now=LATER)
    again = submit_response(school.session, response_id, by=_by(timur), now=LATER)

    view = response_view(school.session, response_id)
    assert again.resubmitted
    assert [(one.number, one.rows[0].answer) for one in view.submissions] == [(1, "Тимур"), (2, "Тимур Асланов")]
    assert view.rows[0].answer == "Тимур Асланов"


def test_only_a_curator_returns_a_response(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    response_id = club_sent(school, timur).response_id

    with pytest.raises(NotAllowed):
        reopen_response(school.session, response_id, by=_by(timur), now=LATER)


def test_a_response_is_read_in_words(school: School) -> None:
    darya = newcomer(school)

    view = response_view(school.session, request_sent(school, darya).response_id)

    rows = {row.key: (row.answer, row.curator_only) for row in view.rows}
    assert (view.title, view.person_name) == ("Анкета наставляемого", "Соколова Дарья Игоревна")
    assert rows["birth_date"] == ("4 мая 2003", False)
    assert rows["phone"] == ("+7 900 123-45-67", True)
    assert rows["request_teacher"] == ("Как строить урок, Поддержка, чтобы не выгореть", False)
    assert rows["days"] == ("Вторник, Четверг", False)
    assert "class" not in rows


def test_what_another_organisation_has_is_not_found(school: School) -> None:
    published(school)
    response_id = club_sent(school, joining(school, TIMUR)).response_id
    open_school(school.session, "Школа № 2", "other")

    with pytest.raises(NotFound):
        response_view(school.session, response_id)
    assert responses_page(school.session, ResponseFilters()).total == 0
    assert response_counts(school.session) == ()
    assert answers_by_key(school.session, [response_id]) == {}


def test_a_paper_form_becomes_the_same_record(school: School) -> None:
    publish_questionnaire(school.session, questionnaire_definitions()["mentee_request"], by=school.curator, now=NOW)
    darya = newcomer(school)

    submitted = enter_paper_answers(
        school.session,
        "mentee_request",
        DARYA_ASKS | {"kind": "Работаю педагогом", "request_teacher": "Как строить урок; 8", "class": "7 «Б»"},
        person_id=darya.person_id,
        enrolment_id=darya.id,
        by=school.curator,
        now=NOW,
    )

    response = school.session.get_one(Response, submitted.response_id, populate_existing=True)
    answers = answers_by_key(school.session, [response.id])[response.id]
    assert (response.state, response.door, response.entered_by_account_id) == (
        ResponseState.SUBMITTED,
        Door.PAPER,
        school.account.id,
    )
    assert (answers["request_teacher"], answers["phone"]) == (["methods", "support"], "+79001234567")
    assert "class" not in answers
    assert darya.status is EnrolmentStatus.SUBMITTED


def test_everything_that_is_wrong_on_a_paper_form_is_told_at_once(school: School) -> None:
    publish_questionnaire(school.session, questionnaire_definitions()["mentee_request"], by=school.curator, now=NOW)
    darya = newcomer(school)
    wrong = DARYA_ASKS | {"birth_date": "31.02.2003", "phone": "12345", "goal": " ", "format": "письмами"}

    with pytest.raises(AnswersRefused) as refusal:
        enter_paper_answers(
            school.session,
            "mentee_request",
            wrong,
            person_id=darya.person_id,
            enrolment_id=darya.id,
            by=school.curator,
            now=NOW,
        )

    assert {key: one.problem for key, one in refusal.value.refusals.items()} == {
        "birth_date": Problem.DATE_IMPOSSIBLE,
        "phone": Problem.NOT_A_PHONE,
        "goal": Problem.REQUIRED,
        "format": Problem.CHOOSE_FROM_LIST,
    }
    assert school.session.scalar(select(func.count(Submission.id))) == 0


def test_paper_waits_for_the_consents_too(school: School) -> None:
    published(school)
    mila = school.enrol(MILA, Role.MENTEE, status=EnrolmentStatus.JOINING, consents=False)

    with pytest.raises(ConsentsMissing):
        enter_paper_answers(
            school.session,
            "club",
            {"name": "Мила", "likes": "theatre", "role": "Джульетту", "stage": "да"},
            person_id=mila.person_id,
            enrolment_id=mila.id,
            by=school.curator,
            now=NOW,
        )


def test_a_paper_form_lists_every_question_with_its_condition(school: School) -> None:
    published(school)

    form = paper_form(school.session, "club")

    assert [(asked.view.key, asked.asked_after, asked.asked_if) for asked in form.questions] == [
        ("name", "", ()),
        ("likes", "", ()),
        ("robots", "likes", ("robots",)),
        ("role", "likes", ("theatre",)),
        ("stage", "role", ()),
        ("note", "", ()),
    ]


def test_the_list_finds_by_state_role_questionnaire_and_words(school: School) -> None:
    published(school)
    published(school, key="club_2", title="Второй кружок", role="mentor")
    timur, mila, anna = joining(school, TIMUR), joining(school, MILA), joining(school, ANNA, Role.MENTOR)
    club_sent(school, timur)
    begun(school, mila)
    begun(school, anna, "club_2")

    def found(**filters: Any) -> set[str]:
        page = responses_page(school.session, ResponseFilters(**filters))
        assert page.total == len(page.rows)
        return {row.person_name for row in page.rows}

    assert found() == {"Асланов Тимур", "Крылова Мила", "Лебедева Анна Сергеевна"}
    assert found(state=ResponseState.SUBMITTED) == {"Асланов Тимур"}
    assert found(role="mentor") == {"Лебедева Анна Сергеевна"}
    assert found(questionnaire="club") == {"Асланов Тимур", "Крылова Мила"}
    assert found(text="МИЛА крыл") == {"Крылова Мила"}
    assert found(text="100%") == set()
    assert found(person_id=timur.person_id) == {"Асланов Тимур"}
    assert [(one.questionnaire_key, one.state, one.n) for one in response_counts(school.session)] == [
        ("club_2", ResponseState.DRAFT, 1),
        ("club", ResponseState.DRAFT, 1),
        ("club", ResponseState.SUBMITTED, 1),
    ]


def test_the_list_comes_in_pages_the_last_touched_first(school: School) -> None:
    published(school)
    screens = [begun(school, joining(school, sketch)) for sketch in (TIMUR, MILA, OLEG, DARYA)]

    first = responses_page(school.session, ResponseFilters(), page=1, size=3)
    second = responses_page(school.session, ResponseFilters(), page=2, size=3)

    ids = [row.response_id for row in (*first.rows, *second.rows)]
    assert ids == [screen.response_id for screen in reversed(screens)]
    assert (first.total, len(second.rows)) == (4, 1)
    assert len(responses_page(school.session, ResponseFilters(), size=None).rows) == 4


def test_what_everyone_said_is_summed_up_question_by_question(school: School) -> None:
    published(school)
    club_sent(school, joining(school, TIMUR), robots=["car", "arm"])
    club_sent(school, joining(school, OLEG), robots=["arm"])
    begun(school, joining(school, MILA))

    found = questionnaire_summary(school.session, "club")

    summaries = {one.key: one.summary for one in found.questions}
    assert found.responses == 2
    assert [(one.label, one.n) for one in summaries["robots"].counts][:2] == [("Машину", 1), ("Руку, которая берёт", 2)]
    assert sorted(summaries["name"].texts) == ["Тимур", "Тимур"]
    assert summaries["stage"].n == summaries["note"].n == 0


def test_a_person_sees_their_own_responses(school: School) -> None:
    published(school)
    timur = joining(school, TIMUR)
    begun(school, joining(school, MILA))
    club_sent(school, timur)

    mine = my_responses(school.session, timur.person_id)

    assert [(line.title, line.state, line.submitted_at) for line in mine] == [("Кружок", ResponseState.SUBMITTED, NOW)]


def _by(enrolment: Enrolment) -> Actor:
    return Actor.person(enrolment.person_id)
