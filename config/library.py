"""The starting content of an organisation, as it lies in the files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"


@cache
def questionnaire_definitions() -> dict[str, dict[str, Any]]:
    """Every questionnaire by its key, unchecked: publishing checks it (`mentoring.rules.questions.parsing`).

    What a mentee asks for and what a mentor offers is written in one vocabulary, `mentoring.rules.topics.Topic`:
    the options of ``request``/``request_teacher`` and of ``can_help``/``can_help_teacher`` must keep its values.
    """
    definitions = (tomllib.loads(file.read_text("utf-8")) for file in sorted(QUESTIONNAIRES.glob("*.toml")))
    return {definition["key"]: definition for definition in definitions}
