"""The way through a questionnaire: what comes next, what is hidden, what a stale press does."""

import pytest

from mentoring.rules.errors import AnswerRefused, OutOfDate
from mentoring.rules.questionnaire import Done, Picked, Problem, ResponseState, ScreenKind, Skipped, Toggled, Typed
from mentoring.rules.questionnaire import Raw as RawAnswer
from mentoring.rules.questions.definition import Value
from mentoring.rules.questions.parsing import parse_definition
from mentoring.rules.questions.path import (
    REVIEW,
    Standing,
    answered,
    beginning,
    gone_back,
    jumped,
    settled,
    unanswered,
    visible_answers,
)
from mentoring.rules.questions.screens import Sheet, screenful
from tests.rules.questionnaires import CLUB, TODAY

DEFINITION = parse_definition(CLUB)


def walked(*steps: tuple[str, RawAnswer], start: Standing | None = None) -> Standing:
    standing = start or beginning(DEFINITION, {})
    for key, raw in steps:
        standing = answered(DEFINITION, standing, key, raw, TODAY)
    return standing


def robots() -> Standing:
    return walked(
        ("name", Typed("Тимур")),
        ("likes", Picked("robots")),
        ("robots", Toggled("arm", True)),
        ("robots", Done()),
        ("note", Skipped()),
    )


def test_the_conditions_choose_the_branch() -> None:
    assert walked(("name", Typed("Мила")), ("likes", Picked("robots"))).position == "robots"
    assert walked(("name", Typed("Мила")), ("likes", Picked("theatre"))).position == "role"


def test_everything_answered_leads_to_the_review() -> None:
    screen = screenful(DEFINITION, robots(), Sheet(1, ResponseState.DRAFT))

    assert screen.kind is ScreenKind.REVIEW
    assert [(row.number, row.key, row.answer) for row in screen.review] == [
        (1, "name", "Тимур"),
        (2, "likes", "Роботы"),
        (3, "robots", "Руку, которая берёт"),
        (4, "note", ""),
    ]


def test_the_progress_counts_visible_questions() -> None:
    screen = screenful(
        DEFINITION, walked(("name", Typed("Мила")), ("likes", Picked("theatre"))), Sheet(1, ResponseState.DRAFT)
    )

    assert (screen.number, screen.total) == (3, 4)


def test_several_choices_stay_on_the_screen_until_done() -> None:
    standing = walked(("name", Typed("Тимур")), ("likes", Picked("robots")), ("robots", Toggled("car", True)))
    screen = screenful(DEFINITION, standing, Sheet(1, ResponseState.DRAFT))

    assert screen.question is not None
    assert [option.chosen for option in screen.question.options] == [True, False, False]
    assert answered(DEFINITION, standing, "robots", Done(), TODAY).position == "note"


def test_done_without_a_choice_is_refused() -> None:
    standing = walked(
        ("name", Typed("Тимур")),
        ("likes", Picked("robots")),
        ("robots", Toggled("car", True)),
        ("robots", Toggled("car", False)),
    )

    with pytest.raises(AnswerRefused) as refusal:
        answered(DEFINITION, standing, "robots", Done(), TODAY)
    assert refusal.value.problem is Problem.NOTHING_CHOSEN
    assert "robots" not in standing.answers


def test_a_required_question_cannot_be_skipped() -> None:
    with pytest.raises(AnswerRefused) as refusal:
        walked(("name", Skipped()))
    assert refusal.value.problem is Problem.REQUIRED


def test_an_answered_question_may_be_left_as_it_is() -> None:
    back = gone_back(DEFINITION, walked(("name", Typed("Тимур"))), "likes")

    assert back.position == "name"
    assert answered(DEFINITION, back, "name", Done(), TODAY) == walked(("name", Typed("Тимур")))


def test_a_change_from_the_review_returns_there() -> None:
    changing = jumped(DEFINITION, robots(), "name")
    changed = answered(DEFINITION, changing, "name", Typed("Тимур Асланов"), TODAY)

    assert (changed.position, changed.answers["name"]) == (REVIEW, "Тимур Асланов")


def test_a_change_that_opens_a_branch_asks_it_before_the_review() -> None:
    standing = jumped(DEFINITION, robots(), "likes")

    standing = answered(DEFINITION, standing, "likes", Picked("theatre"), TODAY)
    assert standing.position == "role"
    standing = answered(DEFINITION, standing, "role", Typed("Гамлета"), TODAY)
    assert standing.position == "stage"
    standing = answered(DEFINITION, standing, "stage", Picked("yes"), TODAY)

    assert standing.position == REVIEW
    assert set(visible_answers(DEFINITION, standing.answers)) == {"name", "likes", "role", "stage", "note"}


def test_the_words_of_a_hidden_branch_come_back_with_it() -> None:
    standing = answered(DEFINITION, jumped(DEFINITION, robots(), "likes"), "likes", Picked("theatre"), TODAY)
    standing = gone_back(DEFINITION, standing, "role")
    standing = answered(DEFINITION, standing, "likes", Picked("robots"), TODAY)

    assert standing.position == REVIEW
    assert visible_answers(DEFINITION, standing.answers)["robots"] == ["arm"]


def test_back_from_a_change_is_the_review_and_back_from_there_the_last_question() -> None:
    changing = jumped(DEFINITION, robots(), "name")

    assert gone_back(DEFINITION, changing, "name").position == REVIEW
    assert gone_back(DEFINITION, robots(), REVIEW).position == "note"


def test_the_first_question_has_nothing_before_it() -> None:
    standing = beginning(DEFINITION, {})

    assert gone_back(DEFINITION, standing, "name") == standing
    assert not screenful(DEFINITION, standing, Sheet(1, ResponseState.DRAFT)).may_go_back


def test_two_taps_on_back_go_back_once() -> None:
    standing = walked(("name", Typed("Тимур")), ("likes", Picked("robots")))

    once = gone_back(DEFINITION, standing, "robots")

    assert once.position == "likes"
    assert gone_back(DEFINITION, once, "robots") == once


def test_two_taps_on_an_answer_answer_once() -> None:
    standing = walked(("name", Typed("Тимур")), ("likes", Picked("robots")))

    assert answered(DEFINITION, standing, "likes", Picked("robots"), TODAY) == standing


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("likes", Picked("theatre")),  # another answer from an old screen
        ("likes", Picked("circus")),
        ("name", Typed("Другой")),
        ("role", Typed("Гамлета")),  # hidden
        ("note", Skipped()),  # not reached
        ("unheard_of", Done()),
    ],
)
def test_a_stale_press_changes_nothing_and_says_where_one_stands(key: str, raw: RawAnswer) -> None:
    standing = walked(("name", Typed("Тимур")), ("likes", Picked("robots")))

    with pytest.raises(OutOfDate) as refusal:
        answered(DEFINITION, standing, key, raw, TODAY)
    assert (refusal.value.noun, refusal.value.state) == ("question", "robots")


def test_a_jump_needs_the_review_page() -> None:
    with pytest.raises(OutOfDate):
        jumped(DEFINITION, walked(("name", Typed("Тимур"))), "name")


def test_a_jump_to_a_hidden_question_is_out_of_date() -> None:
    with pytest.raises(OutOfDate):
        jumped(DEFINITION, robots(), "role")


def test_a_place_that_is_no_longer_there_leads_to_what_is_unanswered() -> None:
    lost = Standing({"name": "Тимур", "likes": "robots"}, "role")

    assert settled(DEFINITION, lost).position == "robots"
    assert settled(DEFINITION, Standing({"name": "Тимур"}, REVIEW)).position == "likes"


def test_an_optional_question_counts_as_unanswered_until_it_is_skipped() -> None:
    answers: dict[str, Value] = {"name": "Тимур", "likes": "robots", "robots": ["car"]}

    assert unanswered(DEFINITION, answers) == ("note",)
    assert unanswered(DEFINITION, {**answers, "note": None}) == ()


def test_a_sent_response_shows_what_was_sent() -> None:
    screen = screenful(DEFINITION, robots(), Sheet(1, ResponseState.SUBMITTED))

    assert screen.kind is ScreenKind.SUBMITTED
    assert len(screen.review) == 4
    assert not screen.may_go_back
