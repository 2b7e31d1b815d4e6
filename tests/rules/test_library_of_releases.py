"""Our questionnaires beside those that schools of earlier releases have answered: a key means one question for good."""

import tomllib
from pathlib import Path

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.questions.comparable import measure
from mentoring.rules.questions.parsing import parse_definition

RELEASED = tomllib.loads(Path(__file__).with_name("released_questions.toml").read_text("utf-8"))
OURS = questionnaire_definitions()


@pytest.mark.parametrize("key", sorted(RELEASED))
def test_no_key_of_a_release_means_another_question(key: str) -> None:
    ours = parse_definition(OURS[key])
    now = {question.key: " ".join(map(str, measure(question))) for question in ours.questions}
    assert {name: now[name] for name in RELEASED[key] if name in now} == {
        name: measured for name, measured in RELEASED[key].items() if name in now
    }
