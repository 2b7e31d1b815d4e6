"""The words of the starting questionnaires: warm, plain, short enough for a phone, honest about the time they take."""

import re

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.parsing import parse_definition

CONTENT = {key: parse_definition(written) for key, written in questionnaire_definitions().items()}

SECONDS = {"scale": 9, "yes_no": 6, "one_of": 9, "several_of": 12, "slots": 12, "person": 12, "number": 12, "date": 15}
TYPED = 25
BY_HAND = "swot"  # a quarter of an hour of thinking: no count of lines tells it

QUESTION_ON_A_PHONE = 120
HINT_ON_A_PHONE = 180
INTRO_ON_A_PHONE = 280
INVITES = ("Не пишите о здоровье и семье", "Без имён")


def texts(definition: Definition) -> list[str]:
    asked = [
        part
        for question in definition.questions
        for part in (question.text, question.hint, question.section, question.low, question.high)
    ]
    labels = [option.label for question in definition.questions for option in question.options]
    return [definition.title, definition.intro, *asked, *labels]


def seconds(definition: Definition) -> int:
    """Of somebody who answers everything but what only some are asked."""
    return sum(SECONDS.get(asked.kind, TYPED) for asked in definition.questions if asked.show_if is None)


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_the_minutes_are_honest(key: str) -> None:
    definition = CONTENT[key]
    if key == BY_HAND:
        assert definition.minutes >= 10
        return

    assert seconds(definition) - 20 <= definition.minutes * 60 < seconds(definition) + 60


def test_what_is_asked_of_everybody_takes_at_most_five_minutes() -> None:
    assert max(definition.minutes for key, definition in CONTENT.items() if key != BY_HAND) <= 5


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_the_texts_fit_a_phone(key: str) -> None:
    definition = CONTENT[key]

    assert len(definition.intro) <= INTRO_ON_A_PHONE
    assert len(definition.title) <= 60
    for question in definition.questions:
        assert len(question.text) <= QUESTION_ON_A_PHONE, question.text
        assert len(question.hint) <= HINT_ON_A_PHONE, question.hint
        assert max(len(question.low), len(question.high)) <= 20


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_every_question_stands_on_its_own(key: str) -> None:
    """The chat shows one at a time, so no pronoun may lean on the question before."""
    for question in CONTENT[key].questions:
        assert not re.search(r"\b(она|оно|они)\b", question.text), question.text
        assert question.kind != "scale" or (question.low and question.high), question.key


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_the_voice_is_plain(key: str) -> None:
    said = " ".join(texts(CONTENT[key]))

    assert not re.search(r"официальн|осуществ|в целях|данн(ый|ая|ое|ых)\b|уважаем|является|обеспеч", said.casefold())
    assert not re.search(r"\b(ты|тебе|тебя|твой|твоя)\b", said.casefold())
    assert not [text for text in texts(CONTENT[key]) if re.search(r"(?<![.?:] )(?<!^)\bВ(ы|ас|ам|аш|аша|аше)\b", text)]
    assert '"' not in said
    assert "!" not in said


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_nobody_is_asked_about_health(key: str) -> None:
    asked = " ".join(question.text for question in CONTENT[key].questions).casefold()

    assert not re.search(r"здоров|болезн|болел|диагноз|тревожн|психо|инвалид|овз", asked)


@pytest.mark.parametrize("key", sorted(key for key, definition in CONTENT.items() if definition.use != "entry"))
def test_a_line_that_invites_more_than_is_needed_warns(key: str) -> None:
    """The curator's own table is warned of names in its introduction."""
    inviting = [question for question in CONTENT[key].questions if question.kind == "long_text"]

    for question in inviting if key != BY_HAND else ():
        assert any(warning in question.hint for warning in INVITES), question.key


@pytest.mark.parametrize("key", sorted(key for key, definition in CONTENT.items() if definition.role != "curator"))
def test_everybody_is_told_who_will_see_the_answers(key: str) -> None:
    assert re.search(r"увидит( только)? куратор", CONTENT[key].intro)
