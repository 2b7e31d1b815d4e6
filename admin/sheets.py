"""A whole questionnaire on one page: what was typed, and what was wrong with it."""

from collections.abc import Mapping
from typing import Any

from flask import request

from admin.texts import labels
from mentoring.rules.errors import AnswerRefused
from mentoring.use_cases.paper_tasks import PaperForm

Typed = dict[str, list[str]]
"""By the key of the question; several marks are several words."""


def typed_sheet(form: PaperForm) -> Typed:
    return {one.view.key: request.form.getlist(one.view.key) for one in form.questions}


def typed_words(typed: Typed) -> dict[str, str | list[str]]:
    return {key: lines if len(lines) != 1 else lines[0] for key, lines in typed.items()}


def wrong_words(refusals: Mapping[str, AnswerRefused]) -> dict[str, str]:
    return {key: labels.problem(one.problem, one.limits) for key, one in refusals.items()}


def texts_of(form: PaperForm) -> dict[str, Any]:
    """What the page needs to say on which question another depends."""
    choices = {(one.view.key, option.value): option.label for one in form.questions for option in one.view.options}
    return {"numbers": {one.view.key: one.number for one in form.questions}, "choices": choices}
