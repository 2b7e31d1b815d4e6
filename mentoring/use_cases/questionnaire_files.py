"""Questionnaires as files: out to be kept or shared, in as a draft to be looked at before it is published."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import tomli_w
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import DraftExists
from mentoring.rules.people import Actor
from mentoring.rules.questions.files import read_file
from mentoring.rules.questions.flaws import questions_of
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.questionnaire_drafts import draft_view, has_draft, put_draft, put_new_draft
from mentoring.use_cases.questionnaire_library import published_definition
from storage.models.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class QuestionnaireFile:
    name: str
    text: str


def questionnaire_file(session: Session, key: str, *, number: int | None = None) -> QuestionnaireFile:
    """A published version, the latest unless another is named."""
    found, raw = published_definition(session, key, number)
    return QuestionnaireFile(f"{raw['title']}, версия {found}.toml", written(raw))


def draft_file(session: Session, key: str) -> QuestionnaireFile:
    """As it stands, flaws and all."""
    raw = draft_view(session, key).raw
    return QuestionnaireFile(f"{raw.get('title') or key}, черновик.toml", written(raw))


def take_file(session: Session, content: bytes, *, replace: bool = False, by: Actor, now: datetime) -> str:
    """The key of the questionnaire whose draft the file has become: one there is by the file's key, or a new one.

    Raises DefinitionBroken with the line, and DraftExists unless ``replace`` says that the curator's own may go.
    """
    require_curator(session, by)
    raw = read_file(content)
    questionnaire = session.scalar(select(Questionnaire).where(Questionnaire.key == raw["key"]).with_for_update())
    if questionnaire is None:
        put_new_draft(session, raw, by=by, now=now)
    elif has_draft(session, questionnaire.id) and not replace:
        raise DraftExists(questionnaire.title)
    else:
        put_draft(session, questionnaire, raw, by=by, now=now)
    return str(raw["key"])


def written(raw: dict[str, Any]) -> str:
    """TOML in the shape of the starting content: the head, then each question as a table of its own."""
    head = {name: value for name, value in raw.items() if name != "question" and value is not None}
    return "\n".join([tomli_w.dumps(head), *(_question(one) for one in questions_of(raw))])


def _question(question: dict[str, Any]) -> str:
    flat = tomli_w.dumps({name: value for name, value in question.items() if value is not None})
    return "[[question]]\n" + re.sub(r"^(\[\[?)", r"\1question.", flat, flags=re.MULTILINE)
