"""How raw answers are read, refused and put into words."""

from dataclasses import replace
from datetime import date

import pytest

from mentoring.rules.errors import AnswerRefused
from mentoring.rules.questionnaire import Picked, Problem, Raw, Shared, Toggled, Typed
from mentoring.rules.questions.definition import Option, Question, Value
from mentoring.rules.questions.kinds import KINDS, in_words, summarise
from tests.rules.questionnaires import PEOPLE, TODAY, one_question

BIRTH = one_question("date", past=True, min_age=6, max_age=100)
SUBJECTS = one_question(
    "several_of",
    limit=2,
    options=[
        {"value": "physics", "label": "Физика"},
        {"value": "maths", "label": "Математика, алгебра"},
        {"value": "tech", "label": "Ещё техника"},
    ],
)
CLASS = one_question("one_of", options=[{"value": "seven", "label": "7 класс"}, {"value": "ten", "label": "10 класс"}])
MENTOR = replace(one_question("person"), options=PEOPLE)
MENTORS = replace(one_question("person", several=True, limit=2), options=PEOPLE)
NAMESAKES = replace(
    one_question("person"), options=(Option("p4", "Олег Титов, 8 «А»"), Option("p5", "Олег Титов, 7 «Б»"))
)


def read(question: Question, raw: Raw, present: Value = None) -> Value:
    return KINDS[question.kind].read(question, raw, present, TODAY)


def refused(question: Question, raw: Raw, present: Value = None) -> AnswerRefused:
    with pytest.raises(AnswerRefused) as refusal:
        read(question, raw, present)
    return refusal.value


@pytest.mark.parametrize(
    "typed",
    [
        "12.03.2010",
        " 12. 3. 2010 ",
        "12/3/10",
        "12-03-2010",
        "12 03 2010",
        "12032010",
        "2010-03-12",
        "12 марта 2010",
        "12 МАРТА 2010 г.",
        "12 мар 2010 года",
        "12-го марта 2010",
        "12 март, 2010",
    ],
)
def test_a_date_is_read_as_russians_write_it(typed: str) -> None:
    assert read(BIRTH, Typed(typed)) == "2010-03-12"


@pytest.mark.parametrize(("typed", "year"), [("1.5.85", "1985"), ("1.5.26", "2026"), ("1.5.27", "1927")])
def test_two_digits_of_a_past_year_mean_the_last_one_that_was(typed: str, year: str) -> None:
    assert read(one_question("date", past=True), Typed(typed)) == f"{year}-05-01"


def test_two_digits_of_a_coming_year_mean_this_century() -> None:
    assert read(one_question("date"), Typed("25.11.27")) == "2027-11-25"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("вчера", Problem.NOT_A_DATE),
        ("12 брюмера 2010", Problem.NOT_A_DATE),
        ("12.03", Problem.NOT_A_DATE),
        ("", Problem.NOT_A_DATE),
        ("٣١.٠٣.٢٠١٠", Problem.NOT_A_DATE),
        ("31.02.2010", Problem.DATE_IMPOSSIBLE),
        ("29 февраля 2011", Problem.DATE_IMPOSSIBLE),
        ("00.00.0000", Problem.DATE_IMPOSSIBLE),
        ("12.03.1825", Problem.DATE_TOO_EARLY),
        ("12.03.2024", Problem.DATE_TOO_LATE),
        ("12.03.2034", Problem.DATE_TOO_LATE),
    ],
)
def test_a_wrong_date_says_what_is_wrong_with_it(typed: str, problem: Problem) -> None:
    assert refused(BIRTH, Typed(typed)).problem is problem


def test_the_bounds_of_a_birth_date_are_told_with_the_refusal() -> None:
    limits = refused(BIRTH, Typed("12.03.2024")).limits

    assert limits == {"earliest": date(1925, 11, 23), "latest": date(2020, 11, 23)}


def test_a_name_keeps_its_letters_and_loses_stray_spaces() -> None:
    name = one_question("text", limit=100)

    assert read(name, Typed("  Анна \n Сергеевна\u200b ")) == "Анна Сергеевна"
    assert read(name, Typed("<b>Мила</b> & Ко")) == "<b>Мила</b> & Ко"
    assert read(name, Typed("Ми\x00ла")) == "Мила"
    assert refused(name, Typed(" \n\u200b ")).problem is Problem.EMPTY


def test_a_text_that_is_too_long_is_refused_with_limit_and_length() -> None:
    refusal = refused(one_question("text", limit=100), Typed("я" * 5000))

    assert (refusal.problem, refusal.limits) == (Problem.TOO_LONG, {"limit": 100, "length": 5000})


def test_a_long_text_keeps_its_lines() -> None:
    assert read(one_question("long_text"), Typed(" раз \r\n\n\n\n два  три ")) == "раз\n\nдва три"


@pytest.mark.parametrize("raw", [Picked("x"), Toggled("x", True), Shared("+79001234567")])
def test_a_press_is_no_answer_where_words_are_asked_for(raw: Raw) -> None:
    assert refused(one_question("text"), raw).problem is Problem.WORDS_NEEDED


@pytest.mark.parametrize("typed", ["seven", "7 класс", "7 КЛАСС.", "1"])
def test_an_option_is_meant_by_value_label_or_number(typed: str) -> None:
    assert read(CLASS, Typed(typed)) == "seven"


@pytest.mark.parametrize("raw", [Typed("8 класс"), Typed("3"), Typed(""), Picked("eight"), Toggled("seven", True)])
def test_what_is_not_in_the_list_is_refused(raw: Raw) -> None:
    assert refused(CLASS, raw).problem is Problem.CHOOSE_FROM_LIST


def test_a_toggle_says_the_state_it_wants() -> None:
    once = read(SUBJECTS, Toggled("tech", True), ["physics"])

    assert once == ["physics", "tech"]
    assert read(SUBJECTS, Toggled("tech", True), once) == once
    assert read(SUBJECTS, Toggled("physics", False), once) == ["tech"]


def test_more_choices_than_allowed_are_refused_with_the_limit() -> None:
    refusal = refused(SUBJECTS, Toggled("maths", True), ["physics", "tech"])

    assert (refusal.problem, refusal.limits) == (Problem.TOO_MANY, {"limit": 2})


@pytest.mark.parametrize("typed", ["Физика; еще техника", "1, 3", "physics\ntech", "физика,Ещё техника"])
def test_several_options_may_be_typed_in_one_line(typed: str) -> None:
    assert read(SUBJECTS, Typed(typed)) == ["physics", "tech"]


def test_a_label_may_hold_a_comma() -> None:
    assert read(SUBJECTS, Typed("математика, алгебра")) == ["maths"]
    assert refused(SUBJECTS, Typed("физика, химия")).problem is Problem.CHOOSE_FROM_LIST
    assert refused(SUBJECTS, Typed(" ; ")).problem is Problem.NOTHING_CHOSEN


@pytest.mark.parametrize(("typed", "value"), [("да", True), ("Нет", False), ("yes", True), ("2", False)])
def test_yes_and_no_may_be_typed(typed: str, value: bool) -> None:
    assert read(one_question("yes_no"), Typed(typed)) is value


def test_a_scale_takes_its_numbers_only() -> None:
    scale = one_question("scale", min=0, max=5)

    assert read(scale, Picked("0")) == 0
    assert read(scale, Typed("5")) == 5
    assert refused(scale, Typed("6")).limits == {"lowest": 0, "highest": 5}
    assert refused(scale, Typed("отлично")).problem is Problem.OUT_OF_RANGE


def test_a_number_is_whole_and_within_bounds() -> None:
    years = one_question("number", min=0, max=60)

    assert read(years, Typed(" 22 ")) == 22
    assert refused(years, Typed("двадцать")).problem is Problem.NOT_A_NUMBER
    assert refused(years, Typed("2,5")).problem is Problem.NOT_A_NUMBER
    assert refused(years, Typed("-1")).limits == {"lowest": 0, "highest": 60}


@pytest.mark.parametrize("raw", [Typed("8 (900) 123-45-67"), Typed("+7 900 123 45 67"), Shared("79001234567")])
def test_a_phone_keeps_digits_and_a_plus(raw: Raw) -> None:
    assert str(read(one_question("phone"), raw)).endswith("9001234567")


@pytest.mark.parametrize("typed", ["не скажу", "123", "+7 900 123-45-67 мама", "1" * 30])
def test_what_cannot_be_a_phone_is_refused(typed: str) -> None:
    assert refused(one_question("phone"), Typed(typed)).problem is Problem.NOT_A_PHONE


def test_people_are_kept_in_the_order_in_which_they_were_chosen() -> None:
    assert read(MENTOR, Picked("p3")) == "p3"
    assert read(MENTOR, Typed("олег титов")) == "p2"
    assert read(MENTOR, Typed("лебедева")) == "p1"
    assert read(MENTORS, Typed("павл вет, олег")) == ["p3", "p2"]
    assert read(MENTORS, Typed("2; 1")) == ["p2", "p1"]
    assert read(NAMESAKES, Typed("Олег Титов, 7 «Б»")) == "p5"
    assert refused(NAMESAKES, Typed("Олег Титов")).problem is Problem.CHOOSE_FROM_LIST
    assert refused(replace(MENTOR, options=PEOPLE[:1]), Typed("...")).problem is Problem.CHOOSE_FROM_LIST
    assert refused(MENTOR, Typed("сер пав")).problem is Problem.CHOOSE_FROM_LIST
    assert read(MENTORS, Typed("Олег Титов; Анна Сергеевна Лебедева")) == ["p2", "p1"]
    assert read(MENTORS, Toggled("p1", True), ["p3"]) == ["p3", "p1"]
    assert read(MENTORS, Toggled("p3", False), ["p3", "p1"]) == ["p1"]
    assert refused(MENTORS, Toggled("p2", True), ["p3", "p1"]).limits == {"limit": 2}
    assert refused(MENTOR, Picked("p9")).problem is Problem.CHOOSE_FROM_LIST


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (BIRTH, "2013-05-09", "9 мая 2013"),
        (SUBJECTS, ["physics", "tech"], "Физика, Ещё техника"),
        (CLASS, "ten", "10 класс"),
        (one_question("yes_no"), False, "Нет"),
        (one_question("slots"), ["tue", "fri"], "Вторник, Пятница"),
        (one_question("scale"), 8, "8"),
        (one_question("phone"), "+79001234567", "+7 900 123-45-67"),
        (one_question("phone"), "+35799123456", "+35799123456"),
        (one_question("text", optional=True), None, ""),
        (MENTOR, "p2", "Олег Титов"),
        (MENTORS, ["p2", "p1"], "Олег Титов, Анна Сергеевна Лебедева"),
        (MENTORS, ["p9"], "участник удалён"),
    ],
)
def test_an_answer_is_put_into_words(question: Question, value: Value, words: str) -> None:
    assert in_words(question, value) == words


def test_many_answers_are_counted_in_the_order_of_the_options() -> None:
    summary = summarise(SUBJECTS, [["tech"], ["physics", "tech"], None])

    assert summary.n == 2
    assert [(count.label, count.n) for count in summary.counts] == [
        ("Физика", 1),
        ("Математика, алгебра", 0),
        ("Ещё техника", 2),
    ]


def test_many_marks_have_a_mean_and_texts_are_listed() -> None:
    assert summarise(one_question("scale"), [8, 9, 10, None]).mean == 9
    assert summarise(one_question("scale"), [1, 9, 10, None]).median == 9
    assert summarise(one_question("number"), [1, 2, 3, 10]).median == 2.5
    assert summarise(one_question("scale"), [None]).median is None
    assert summarise(one_question("text"), ["раз", None, "два"]).texts == ("раз", "два")
    assert summarise(one_question("yes_no"), [True, False]).mean is None
