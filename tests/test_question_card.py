"""What stands on a question's card, the same in the chat and in the panel's preview."""

from dataclasses import replace

import pytest

from mentoring.question_card import ROWS_LIMIT, Act, question_card, review_card
from mentoring.question_words import ANONYMOUS, NAME, NAMES, REVIEW_END_ANONYMOUS
from mentoring.rules.questionnaire import OptionView, QuestionView, ResponseState, Screenful, ScreenKind

ASKED = QuestionView(
    key="want",
    kind="person",
    text="С кем вы хотели бы работать?",
    hint="",
    options=(OptionView("p1", "Анна Сергеевна Лебедева", False),),
    several=False,
    low="",
    high="",
    optional=False,
    curator_only=False,
    personal=False,
    limit=None,
    answered=False,
    answer="",
)
SCREEN = Screenful(
    response_id=1,
    questionnaire_key="preferences_mentee",
    title="С кем хотите работать (наставляемый)",
    intro="Увидит только куратор.",
    minutes=1,
    state=ResponseState.DRAFT,
    kind=ScreenKind.QUESTION,
    question=ASKED,
    number=1,
    total=3,
    may_go_back=False,
    reviewing=False,
    review=(),
    enrolment_id=None,
    meeting_id=None,
)
CROWD = tuple(OptionView(f"p{number}", f"Наставник {number}", False) for number in range(ROWS_LIMIT + 1))


def lines(screen: Screenful, asked: QuestionView = ASKED, *notes: str) -> list[str]:
    return [line.text for part in question_card(screen, asked, notes=notes).paragraphs for line in part]


def test_the_title_leaves_out_what_only_curators_tell_forms_apart_by() -> None:
    assert lines(SCREEN)[0] == "С кем хотите работать"


@pytest.mark.parametrize("title", ["Опрос (2 часть)", "Анкета наставника", "Опрос (наставник) и беседа"])
def test_other_brackets_stay(title: str) -> None:
    assert lines(replace(SCREEN, title=title))[0] == title


def test_notes_of_the_door_stand_under_the_title_and_above_the_question() -> None:
    shown = lines(SCREEN, ASKED, "Ваша пара: Мила.")

    assert shown.index("Увидит только куратор.") < shown.index("Ваша пара: Мила.") < shown.index("Вопрос 1 из 3")


def test_that_a_survey_is_anonymous_is_said_before_the_first_question_and_before_sending() -> None:
    nameless = replace(SCREEN, anonymous=True)
    review = review_card(replace(nameless, kind=ScreenKind.REVIEW, question=None))

    assert ANONYMOUS in lines(nameless)
    assert ANONYMOUS not in lines(replace(nameless, number=2))
    assert review.paragraphs[-1][0].text == REVIEW_END_ANONYMOUS
    assert ANONYMOUS not in lines(SCREEN)


def test_in_a_long_list_of_people_a_name_may_be_typed() -> None:
    assert NAME in lines(SCREEN, replace(ASKED, options=CROWD))
    assert f"Можно выбрать до 3. {NAMES}" in lines(SCREEN, replace(ASKED, options=CROWD, several=True, limit=3))
    assert NAME not in " ".join(lines(SCREEN))


def test_a_long_list_of_people_is_turned_over_in_pages() -> None:
    asked = replace(ASKED, options=CROWD)
    first, last = (question_card(SCREEN, asked, page).rows for page in (0, 1))

    assert [press.act for press in first[ROWS_LIMIT - 1]] == [Act.TURN]
    assert [row[0].label for row in last[:2]] == ["Наставник 7", "Наставник 8"]
