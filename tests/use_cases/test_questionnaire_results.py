from collections import Counter
from datetime import datetime
from statistics import mean, median
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role
from mentoring.use_cases.answers_behind import answer_ids, answers_behind, response_ids
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaigns import close_campaign, create_campaign
from mentoring.use_cases.erasure import erase_person
from mentoring.use_cases.privacy import ask_erasure
from mentoring.use_cases.questionnaire_results import (
    PERSON_ERASED,
    QuestionResult,
    ResultFilter,
    questionnaire_results,
)
from mentoring.use_cases.questionnaires import reopen_response, start_response
from mentoring.use_cases.responses import submit_response
from mentoring.use_cases.results_list import results_list
from mentoring.use_cases.results_sheet import results_sheet
from storage.models.campaign import CampaignRecipient
from storage.models.pair import Pair
from storage.models.questionnaire import Answer, Response, Submission
from tests.use_cases.forms import filled_in
from tests.use_cases.school import ANNA, NOW, days, open_school
from tests.use_cases.surveyed import AFTER, BEFORE, THEN, Surveyed, marks, survey

CLUB = {
    "key": "club_poll",
    "title": "Что вам ближе",
    "role": "mentee",
    "intro": "Это увидит только куратор.",
    "source": "ours",
    "minutes": 1,
    "subject": "pair",
    "question": [
        {
            "key": "likes",
            "kind": "several_of",
            "text": "Что вам ближе?",
            "options": [
                {"value": "robots", "label": "Роботы"},
                {"value": "rob", "label": "Робинзоны"},
                {"value": "theatre", "label": "Театр"},
            ],
        },
        {"key": "hours", "kind": "number", "text": "Сколько часов?", "min": 0, "max": 100},
        {"key": "again", "kind": "yes_no", "text": "Ещё раз?", "optional": True},
        {"key": "mark", "kind": "scale", "text": "Оценка?"},
        {"key": "phone", "kind": "phone", "text": "Телефон?", "personal": True, "optional": True},
        {"key": "words", "kind": "long_text", "text": "Своими словами?", "optional": True},
    ],
}


@pytest.fixture
def surveyed(session: Session) -> Surveyed:
    made = Surveyed(open_school(session))
    made.publish(survey("before"))
    made.publish(survey("after"))
    made.publish(CLUB)
    return made


def polled(surveyed: Surveyed, name: str, *likes: str, place: str = "7 «Б»", at: datetime = NOW, **said: Any) -> int:
    pair_id, pupil = surveyed.pair(name, place)
    given = {"likes": list(likes), "hours": "2", "mark": "7", **said}
    return surveyed.answers("club_poll", pair_id, pupil, at=at, **given)


def crowd(surveyed: Surveyed, many: int = 12) -> list[int]:
    """People who answer differently, some of them not all."""
    likes = (["robots"], ["rob", "theatre"], ["robots", "rob"])
    return [
        polled(
            surveyed,
            f"Крылова{number}",
            *likes[number % 3],
            hours=str(number),
            mark=str(number % 10 + 1),
            again=("yes", "no", None)[number % 3],
            words="Ёжик и робот" if number % 4 == 0 else None,
        )
        for number in range(many)
    ]


def sent_words(session: Session) -> list[dict[str, Any]]:
    """What was really sent, straight from the submissions."""
    return list(session.scalars(select(Submission.answers)))


def bars(question: QuestionResult | None) -> dict[str, int]:
    assert question is not None
    return {bar.label: bar.n for bar in question.distribution.bars}


def test_figures_equal_an_independent_count_of_what_was_sent(surveyed: Surveyed) -> None:
    crowd(surveyed)
    said = sent_words(surveyed.school.session)

    found = questionnaire_results(surveyed.school.session, "club_poll")

    assert found.n == len(said) == 12
    liked = Counter(one for answers in said for one in answers["likes"])
    assert bars(found.question("likes")) == {
        "Роботы": liked["robots"],
        "Робинзоны": liked["rob"],
        "Театр": liked["theatre"],
    }
    for key in ("hours", "mark"):
        numbers, question = [answers[key] for answers in said], found.question(key)
        assert question is not None
        assert question.distribution.mean == pytest.approx(mean(numbers))
        assert question.distribution.median == median(numbers)
        assert {int(bar.value): bar.n for bar in question.distribution.bars if bar.n} == Counter(numbers)
    again = [answers["again"] for answers in said if answers.get("again") is not None]
    question = found.question("again")
    assert question is not None
    assert (question.n, question.skipped) == (len(again), 12 - len(again))
    assert bars(question) == {"Да": again.count(True), "Нет": again.count(False)}


def test_every_bar_opens_exactly_the_answers_it_was_counted_from(surveyed: Surveyed) -> None:
    crowd(surveyed)
    session = surveyed.school.session

    for question in questionnaire_results(session, "club_poll").questions:
        for bar in question.distribution.bars:
            found = answers_behind(session, "club_poll", question.key, value=bar.value, size=100)
            assert found.total == len(found.rows) == bar.n, (question.key, bar)
            assert len(answer_ids(session, "club_poll", question.key, value=bar.value)) == bar.n
            assert all(bar.label in row.answer for row in found.rows)
        assert answers_behind(session, "club_poll", question.key).total == question.n


def test_what_stands_behind_names_the_response_and_the_last_thing_that_was_sent(surveyed: Surveyed) -> None:
    response = polled(surveyed, "Крылова", "robots", words="Хочу робота")
    session = surveyed.school.session

    row = answers_behind(session, "club_poll", "words").rows[0]

    assert (row.response_id, row.person_name, row.place) == (response, "Крылова Мила", "7 «Б»")
    assert (row.answer, row.sent_at) == ("Хочу робота", NOW)
    assert row.submission_id == session.scalar(select(Submission.id).where(Submission.response_id == response))


def test_open_answers_are_found_by_any_case_and_by_e_for_yo(surveyed: Surveyed) -> None:
    polled(surveyed, "Крылова", "robots", words="Наша Ёлка и РОБОТ")
    polled(surveyed, "Титова", "robots", words="Елки не было")
    session = surveyed.school.session

    assert answers_behind(session, "club_poll", "words", text="ёлк").total == 2
    assert answers_behind(session, "club_poll", "words", text="елка робот").total == 1
    assert answers_behind(session, "club_poll", "words", text="«%»").total == 2  # no words: nothing to narrow by
    assert answers_behind(session, "club_poll", "words", text="космос").rows == ()


def test_pages_of_answers_follow_each_other_without_losing_anybody(surveyed: Surveyed) -> None:
    ids = crowd(surveyed, 7)
    session = surveyed.school.session

    pages = [answers_behind(session, "club_poll", "mark", page=page, size=3) for page in (1, 2, 3)]
    found = [answers_behind(session, "club_poll", "mark", text="1", page=page, size=1) for page in (1, 2)]

    assert sorted(row.response_id or 0 for page in pages for row in page.rows) == sorted(ids)
    assert (pages[0].pages, pages[0].total) == (3, 7)
    assert [len(page.rows) for page in found] == [1, 0]


def test_drafts_and_returned_responses_are_not_counted(surveyed: Surveyed) -> None:
    session = surveyed.school.session
    pair_id, pupil = surveyed.pair("Титова")
    start_response(session, "club_poll", person_id=pupil, pair_id=pair_id, by=Actor.person(pupil), now=NOW)
    returned = polled(surveyed, "Крылова", "robots")
    assert questionnaire_results(session, "club_poll").n == 1

    reopen_response(session, returned, by=surveyed.school.curator, now=NOW)

    assert questionnaire_results(session, "club_poll").n == 0
    assert response_ids(session, "club_poll") == ()


def test_answers_to_all_versions_are_counted_under_the_newest_wording(surveyed: Surveyed) -> None:
    polled(surveyed, "Крылова", "robots", "theatre")
    likes, hours, again, mark, *_ = CLUB["question"]  # type: ignore[misc]
    changed = likes | {
        "text": "Что вам по душе?",
        "options": [*likes["options"][:2], {"value": "chess", "label": "Шахматы"}],
    }
    surveyed.publish(CLUB | {"question": [mark, changed, hours, again]})
    polled(surveyed, "Титова", "robots", "chess")

    found = questionnaire_results(surveyed.school.session, "club_poll")

    assert found.n == 2
    assert [one.key for one in found.questions] == ["mark", "likes", "hours", "again", "words"]
    assert [one.retired for one in found.questions] == [False, False, False, False, True]
    question = found.question("likes")
    assert question is not None
    assert question.text == "Что вам по душе?"
    assert bars(question) == {"Роботы": 2, "Робинзоны": 0, "Шахматы": 1, "Театр": 1}


def test_a_class_is_cut_by_its_number_and_not_by_its_first_digit(surveyed: Surveyed) -> None:
    for number, place in enumerate(("1 «А»", "1 «Б»", "1", "11 «А»", "10 «А»")):
        polled(surveyed, f"Крылова{number}", "robots", place=place)
    session = surveyed.school.session

    assert questionnaire_results(session, "club_poll", ResultFilter(place="1")).n == 3
    assert questionnaire_results(session, "club_poll", ResultFilter(place="11")).n == 1
    assert questionnaire_results(session, "club_poll", ResultFilter(place="1 «Б")).n == 1


def test_a_cut_with_fewer_than_three_is_hidden_and_the_whole_never_is(surveyed: Surveyed) -> None:
    for number, place in enumerate(("7 «А»", "7 «Б»", "8 «А»", "8 «Б»", "8 «В»")):
        polled(surveyed, f"Крылова{number}", "robots", place=place, again="yes" if number < 4 else None)
    session = surveyed.school.session

    seventh = questionnaire_results(session, "club_poll", ResultFilter(place="7"))
    eighth = questionnaire_results(session, "club_poll", ResultFilter(place="8"))

    assert (seventh.hidden, seventh.questions) == (True, ())
    assert not eighth.hidden
    again = eighth.question("again")
    assert again is not None
    assert (again.hidden, again.distribution.bars) == (True, ())  # two of the three answered it
    assert not questionnaire_results(session, "club_poll").hidden


def test_a_period_takes_its_first_moment_and_leaves_its_last(surveyed: Surveyed) -> None:
    for number in range(3):
        polled(surveyed, f"Крылова{number}", "robots", at=NOW + days(number))
    session = surveyed.school.session

    found = questionnaire_results(session, "club_poll", ResultFilter(since=NOW, until=NOW + days(2)))

    assert (found.n, found.hidden) == (2, False)
    assert found.last_at == NOW + days(1)


def test_a_form_is_that_of_the_pair_or_of_who_they_are(surveyed: Surveyed) -> None:
    school, session = surveyed.school, surveyed.school.session
    for number in range(3):
        polled(surveyed, f"Крылова{number}", "robots")
    for number in range(4):
        mentor = school.enrol(
            (f"Титов{number}", "Олег", "", PersonKind.PUPIL, AgeGroup.FROM_14_TO_17, "11"), Role.MENTOR
        )
        mentee = school.enrol(
            (f"Зуев{number}", "Тимур", "", PersonKind.PUPIL, AgeGroup.FROM_14_TO_17, "9"), Role.MENTEE
        )
        pair_id = school.paired(mentor, mentee)
        school.pair(pair_id).form = ""  # as pairs were before they knew their form
        surveyed.answers("club_poll", pair_id, mentee.person_id, likes=["rob"], hours="1", mark="5")
    session.flush()

    assert questionnaire_results(session, "club_poll", ResultFilter(form="teacher_pupil")).n == 3
    assert questionnaire_results(session, "club_poll", ResultFilter(form="pupil_pupil")).n == 4
    assert questionnaire_results(session, "club_poll", ResultFilter(form="pedagogues")).n == 0
    assert session.scalars(select(Pair.form)).all().count("teacher_pupil") == 3


def test_the_form_and_role_of_the_questionnaire_itself_cut_nothing(surveyed: Surveyed) -> None:
    pair_id, pupil = surveyed.pair("Крылова")
    surveyed.answers(BEFORE, pair_id, pupil, **marks(5, 6))

    found = questionnaire_results(surveyed.school.session, BEFORE, ResultFilter(form="teacher_pupil", role="mentee"))

    assert (found.n, found.hidden) == (1, False)


def anonymous_campaign(surveyed: Surveyed, *said: dict[str, Any], closed: bool = True) -> int:
    """As many pupils as there are answers, each of whom sends one sheet without a name."""
    school, session = surveyed.school, surveyed.school.session
    made = create_campaign(
        session,
        BEFORE,
        programme_id=school.programme.id,
        title="Без имён",
        audience=AudienceFilter(Audience.MENTEES),
        opens_at=NOW,
        closes_at=NOW + days(7),
        anonymous=True,
        by=school.curator,
        now=NOW,
    )
    recipients = session.scalars(select(CampaignRecipient).where(CampaignRecipient.campaign_id == made.campaign_id))
    for recipient, answers in zip(list(recipients), said, strict=False):
        by = Actor.person(recipient.person_id)
        screen = begin_survey(session, recipient.id, by=by, now=NOW)
        filled_in(school, screen, recipient.person_id, **answers)
        submit_response(session, screen.response_id, by=by, now=NOW)
    if closed:
        close_campaign(session, made.campaign_id, by=school.curator, now=NOW)
    return made.campaign_id


def test_sheets_without_a_name_are_counted_and_stand_behind_the_figures_without_anybody(surveyed: Surveyed) -> None:
    for number in range(3):
        surveyed.pair(f"Крылова{number}")
    campaign = anonymous_campaign(surveyed, *(marks(number, 9, lack="Мало времени") for number in (3, 3, 8)))
    session = surveyed.school.session

    found = questionnaire_results(session, BEFORE, ResultFilter(campaign_id=campaign))
    behind = answers_behind(session, BEFORE, "comfort", value="3")
    words = answers_behind(session, BEFORE, "lack", text="время")

    assert (found.n, found.anonymous) == (3, 3)
    comfort = found.question("comfort")
    assert comfort is not None
    assert comfort.distribution.mean == pytest.approx(14 / 3)
    assert (behind.total, behind.nameless) == (2, 2)
    assert all(
        (row.response_id, row.person_id, row.person_name, row.sent_at) == (None, None, "", None) for row in behind.rows
    )
    assert words.total == 0
    assert answers_behind(session, BEFORE, "lack", text="ВРЕМЕНИ").total == 3
    assert answer_ids(session, BEFORE, "comfort") == ()
    line = next(one for one in results_list(session) if one.key == BEFORE)
    assert (line.n, line.last_at) == (3, None)


def test_a_cut_leaves_sheets_without_a_name_out_and_says_so(surveyed: Surveyed) -> None:
    pairs = [surveyed.pair(f"Крылова{number}") for number in range(3)]
    for pair_id, pupil in pairs:
        surveyed.answers(BEFORE, pair_id, pupil, **marks(5, 5))
    anonymous_campaign(surveyed, *(marks(1, 1) for _ in range(3)))
    session = surveyed.school.session

    whole, cut = questionnaire_results(session, BEFORE), questionnaire_results(session, BEFORE, ResultFilter(place="7"))

    assert (whole.n, whole.left_out) == (6, 0)
    assert (cut.n, cut.anonymous, cut.left_out) == (3, 0, 3)


def test_sheets_without_a_name_wait_for_the_end_and_for_two_others(surveyed: Surveyed) -> None:
    for number in range(3):
        surveyed.pair(f"Крылова{number}")
    session = surveyed.school.session
    anonymous_campaign(surveyed, *(marks(1, 1) for _ in range(3)), closed=False)
    assert (questionnaire_results(session, BEFORE).n, questionnaire_results(session, BEFORE).waiting) == (0, 3)
    assert answers_behind(session, BEFORE, "comfort").total == 0

    anonymous_campaign(surveyed, marks(1, 1), marks(1, 1))

    found = questionnaire_results(session, BEFORE)
    assert (found.n, found.waiting) == (0, 5)
    assert list(results_sheet(session, BEFORE).rows) == []


def test_someone_erased_stays_in_the_figures_without_a_name_and_without_words(surveyed: Surveyed) -> None:
    response = polled(surveyed, "Крылова", "robots", words="Я живу у бабушки")
    session = surveyed.school.session
    person_id = session.get_one(Response, response).person_id
    by = surveyed.school.curator
    erase_person(session, ask_erasure(session, person_id, by=by, now=NOW).request_id, by=by, now=NOW)

    found = questionnaire_results(session, "club_poll")

    assert bars(found.question("likes"))["Роботы"] == 1
    assert answers_behind(session, "club_poll", "words").total == 0
    assert answers_behind(session, "club_poll", "mark").rows[0].person_name == PERSON_ERASED


def test_a_personal_line_is_nobodys_result(surveyed: Surveyed) -> None:
    polled(surveyed, "Крылова", "robots", phone="+79001234567")

    found = questionnaire_results(surveyed.school.session, "club_poll")

    assert found.question("phone") is None
    assert all(one.key != "phone" for one in results_sheet(surveyed.school.session, "club_poll").questions)


def test_another_school_sees_nothing(surveyed: Surveyed, session: Session) -> None:
    polled(surveyed, "Крылова", "robots")
    stranger = Surveyed(open_school(session, "Лицей «Парус»", "orlova"))

    with pytest.raises(NotFound):
        questionnaire_results(session, "club_poll")
    stranger.publish(CLUB)

    assert questionnaire_results(session, "club_poll").n == 0
    assert answers_behind(session, "club_poll", "mark").total == 0
    assert response_ids(session, "club_poll") == ()


def test_all_answers_are_read_as_a_table_in_words_and_numbers(surveyed: Surveyed) -> None:
    polled(surveyed, "Крылова", "robots", "theatre", again="no", words="=1+1")
    sheet = results_sheet(surveyed.school.session, "club_poll")

    rows = list(sheet.rows)

    assert [one.key for one in sheet.questions] == ["likes", "hours", "again", "mark", "words"]
    assert [row.answers for row in rows] == [("Роботы, Театр", 2, "Нет", 7, "=1+1")]
    assert (rows[0].person_name, rows[0].place, rows[0].sent_at) == ("Крылова Мила", "7 «Б»", NOW)


def test_choices_of_people_are_counted_by_name(surveyed: Surveyed) -> None:
    school, session = surveyed.school, surveyed.school.session
    mentor = school.person(ANNA)
    pupils = [surveyed.pair(f"Крылова{number}") for number in range(2)]
    poll = {
        **CLUB,
        "key": "with_whom",
        "question": [{"key": "who", "kind": "person", "text": "С кем?", "several": True}],
    }
    surveyed.publish(poll)
    for (pair_id, pupil), chosen in zip(pupils, ([mentor.id], [mentor.id, pupils[0][1]]), strict=True):
        screen = start_response(session, "with_whom", person_id=pupil, pair_id=pair_id, by=Actor.person(pupil), now=NOW)
        school.session.execute(
            Response.__table__.update()  # type: ignore[attr-defined]
            .where(Response.id == screen.response_id)
            .values(state="submitted", submitted_at=NOW)
        )
        _put(session, screen.response_id, [f"p{one}" for one in chosen])

    found = questionnaire_results(session, "with_whom").question("who")

    assert bars(found) == {"Лебедева Анна Сергеевна": 2, "Крылова0 Мила": 1}
    behind = answers_behind(session, "with_whom", "who", value=f"p{mentor.id}")
    assert (behind.total, behind.chosen) == (2, "Лебедева Анна Сергеевна")


def _put(session: Session, response_id: int, value: list[str]) -> None:
    owner = session.get_one(Response, response_id).organisation_id
    session.add(Answer(organisation_id=owner, response_id=response_id, key="who", value=value, answered_at=NOW))
    session.flush()


def test_the_list_tells_how_many_have_answered_what(surveyed: Surveyed) -> None:
    polled(surveyed, "Крылова", "robots")
    pair_id, pupil = surveyed.pair("Титова")
    surveyed.answers(AFTER, pair_id, pupil, at=THEN, **marks(5, 6))

    found = {one.key: (one.n, one.last_at, one.moment) for one in results_list(surveyed.school.session)}

    assert found == {BEFORE: (0, None, "before"), AFTER: (1, THEN, "after"), "club_poll": (1, NOW, "")}


def test_an_unknown_questionnaire_or_question_is_not_found(surveyed: Surveyed) -> None:
    session = surveyed.school.session

    with pytest.raises(NotFound):
        questionnaire_results(session, "nothing")
    with pytest.raises(NotFound):
        answers_behind(session, "club_poll", "nothing")
