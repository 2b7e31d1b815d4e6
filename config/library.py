"""The starting content of an organisation, as it lies in the files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
BLOCKS = QUESTIONNAIRES / "blocks"


@cache
def questionnaire_definitions() -> dict[str, dict[str, Any]]:
    """Every questionnaire by its key, unchecked: publishing checks it (`mentoring.rules.questions.parsing`).

    What a mentee asks for (``request``, ``request_teacher``) and what a mentor offers (``can_help``,
    ``can_help_teacher``) is one vocabulary, methodology.md §2.12 e2: the options must keep the same values, since
    `mentoring.rules.matching` compares them. Such questions are marked ``matching = "topics"``.
    """
    definitions = (_assembled(_read(file)) for file in sorted(QUESTIONNAIRES.glob("*.toml")))
    return {definition["key"]: definition for definition in definitions}


def _assembled(written: dict[str, Any]) -> dict[str, Any]:
    """Questions that several questionnaires share stand once, in `BLOCKS`; what comes out is plain."""
    return {**written, "question": [question for item in written["question"] for question in _questions(item)]}


def _questions(item: dict[str, Any]) -> list[dict[str, Any]]:
    """``{block, without = [keys], …}``: any other field is put on each question of the block."""
    if "block" not in item:
        return [item]
    same_for_all = {field: value for field, value in item.items() if field not in ("block", "without")}
    block = {question["key"]: question for question in _block(item["block"])}
    for key in item.get("without", ()):
        del block[key]  # a KeyError tells of a slip in the file
    return [{**question, **same_for_all} for question in block.values()]


@cache
def _block(name: str) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = _read(BLOCKS / f"{name}.toml")["question"]
    return questions


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
