"""The starting content of an organisation, as it lies in the files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"


@cache
def questionnaire_definitions() -> dict[str, dict[str, Any]]:
    """Every questionnaire by its key, unchecked: publishing checks it (`mentoring.rules.questions.parsing`).

    What a mentee asks for (``request``, ``request_teacher``) and what a mentor offers (``can_help``,
    ``can_help_teacher``) is one vocabulary, methodology.md §2.12 e2: the options must keep the same values, since
    `mentoring.rules.matching` compares them. Such questions are marked ``matching = "topics"``.
    """
    definitions = (tomllib.loads(file.read_text("utf-8")) for file in sorted(QUESTIONNAIRES.glob("*.toml")))
    return {definition["key"]: definition for definition in definitions}
