"""The draft of a questionnaire's next version as its author sees it: with its flaws, and beside what is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.questions.comparable import Differences, differences
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.flaws import Flaw, flaws_of, questions_of
from mentoring.rules.questions.parsing import parse_definition
from mentoring.use_cases.questionnaire_library import questionnaire_of
from mentoring.use_cases.questionnaire_versions import latest_published
from storage.models.account import CuratorAccount
from storage.models.questionnaire import QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class DraftView:
    """``raw`` may be broken: see ``flaws``; ``definition`` and ``changes`` (since the published one) only when sound.

    ``fixed``: keys that were published and may not become another kind of question. ``removed``: raw questions of the
    published version that are gone from the draft. ``twin``: pair key and text of each question of the survey at the
    other moment.
    """

    key: str
    raw: dict[str, Any]
    flaws: tuple[Flaw, ...]
    definition: Definition | None
    published: Definition | None
    published_number: int
    changes: Differences | None
    fixed: frozenset[str]
    removed: tuple[dict[str, Any], ...]
    twin: tuple[tuple[str, str], ...]
    edited_at: datetime | None
    edited_by: str


def draft_view(session: Session, key: str) -> DraftView:
    questionnaire = questionnaire_of(session, key)
    draft = draft_row(session, questionnaire.id)
    if draft is None:
        raise NotFound("draft")
    raw, earlier = draft.definition, published_definitions(session, questionnaire.id)
    flaws = flaws_of(raw, [definition for _, definition in earlier])
    number, latest = earlier[-1] if earlier else (0, None)
    definition = None if flaws else parse_definition(raw)
    return DraftView(
        key=key,
        raw=raw,
        flaws=flaws,
        definition=definition,
        published=latest,
        published_number=number,
        changes=differences(latest, definition) if latest and definition else None,
        fixed=frozenset(question.key for _, one in earlier for question in one.questions),
        removed=_removed(session, questionnaire.id, raw),
        twin=_twin(session, raw),
        edited_at=draft.edited_at,
        edited_by=_name(session, draft.edited_by_account_id),
    )


def draft_row(session: Session, questionnaire_id: int) -> QuestionnaireVersion | None:
    return session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.published_at.is_(None))
        .execution_options(populate_existing=True)  # a change is made under a lock, to what the row is by then
    )


def published_definitions(session: Session, questionnaire_id: int) -> list[tuple[int, Definition]]:
    """Number and definition, oldest first."""
    rows = session.execute(
        select(QuestionnaireVersion.number, QuestionnaireVersion.definition)
        .where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.published_at.is_not(None)
        )
        .order_by(QuestionnaireVersion.number)
    )
    return [(row.number, parse_definition(row.definition)) for row in rows]


def _removed(session: Session, questionnaire_id: int, raw: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    latest = latest_published(session, questionnaire_id)
    there = {one.get("key") for one in questions_of(raw)}
    return tuple(one for one in questions_of(latest.definition) if one["key"] not in there) if latest else ()


def _twin(session: Session, raw: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Of the survey of the same people at the other moment."""
    other = {"before": "after", "after": "before"}.get(str(raw.get("moment", "")))
    if other is None:
        return ()
    form, role, versions = str(raw.get("form", "")), str(raw.get("role", "")), QuestionnaireVersion.definition
    twin = session.scalar(
        select(QuestionnaireVersion)
        .where(
            QuestionnaireVersion.published_at.is_not(None),
            versions["moment"].as_string() == other,
            versions["form"].as_string() == form,
            versions["role"].as_string() == role,
        )
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )
    asked = questions_of(twin.definition) if twin else []
    return tuple((one["pair"], one["text"]) for one in asked if one.get("pair"))


def _name(session: Session, account_id: int | None) -> str:
    account = session.get(CuratorAccount, account_id) if account_id else None
    return account.full_name if account else ""
