"""The library of an organisation's questionnaires: what there is, where it comes from, what is in use."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotAllowed, NotFound
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.parsing import USES
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.questionnaire_versions import definition_of
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion
from storage.queries.library import (
    VersionRow,
    draft_dates,
    questionnaires_with_definitions,
    sent_by_version,
    under_way,
    version_questionnaires,
    version_rows,
)


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """``number`` 0 and ``published_at`` None: only a draft so far."""

    key: str
    title: str
    use: str
    role: str
    form: str
    moment: str
    source: str
    minutes: int
    questions: int
    number: int
    published_at: datetime | None
    sent: int
    drafted_at: datetime | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class VersionSeen:
    row: VersionRow
    sent: int


@dataclass(frozen=True, slots=True)
class QuestionnaireCard:
    """``definition``: of the latest published version, None where there is none yet."""

    key: str
    title: str
    definition: Definition | None
    versions: tuple[VersionSeen, ...]
    draft: VersionRow | None
    sent: int
    under_way: int
    hidden: bool


def library(session: Session) -> tuple[LibraryRow, ...]:
    """By use, then as they came in. Four queries."""
    drafts, sent = draft_dates(session), _sent_by_questionnaire(session)
    rows = [
        _row(one, version, raw, sent.get(one.id, 0), drafts.get(one.id))
        for one, version, raw in questionnaires_with_definitions(session)
    ]
    return tuple(sorted(rows, key=lambda row: USES.index(row.use) if row.use != "other" else len(USES)))


def questionnaire_card(session: Session, key: str) -> QuestionnaireCard:
    questionnaire = questionnaire_of(session, key)
    rows, sent = version_rows(session, questionnaire.id), sent_by_version(session)
    published = [row for row in rows if row.published_at]
    return QuestionnaireCard(
        key=key,
        title=questionnaire.title,
        definition=definition_at(session, published[0].version_id) if published else None,
        versions=tuple(VersionSeen(row, sent.get(row.version_id, 0)) for row in published),
        draft=next((row for row in rows if not row.published_at), None),
        sent=sum(sent.get(row.version_id, 0) for row in published),
        under_way=under_way(session, questionnaire.id),
        hidden=questionnaire.hidden_at is not None,
    )


def published_definition(session: Session, key: str, number: int | None = None) -> tuple[int, dict[str, Any]]:
    """Number and raw definition of a published version, the latest unless another is named."""
    found = (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.key == key, QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.number.desc())
    )
    version = session.scalar((found.where(QuestionnaireVersion.number == number) if number else found).limit(1))
    if version is None:
        raise NotFound("questionnaire")
    return version.number, version.definition


def hide_questionnaire(session: Session, key: str, *, by: Actor, now: datetime) -> None:
    """It is not offered and not planned any more. Answers and those who are in the middle stay.

    Those by which people come in cannot be put aside: NotAllowed.
    """
    require_curator(session, by)
    if key in ENTRY_QUESTIONNAIRES.values():
        raise NotAllowed("hide_questionnaire")
    questionnaire = questionnaire_of(session, key, lock=True)
    if questionnaire.hidden_at is None:
        questionnaire.hidden_at = now
        record(session, "questionnaire.hidden", questionnaire, by=by, now=now, key=key)


def show_questionnaire(session: Session, key: str, *, by: Actor, now: datetime) -> None:
    require_curator(session, by)
    questionnaire = questionnaire_of(session, key, lock=True)
    if questionnaire.hidden_at is not None:
        questionnaire.hidden_at = None
        record(session, "questionnaire.shown", questionnaire, by=by, now=now, key=key)


def questionnaire_of(session: Session, key: str, *, lock: bool = False) -> Questionnaire:
    found = select(Questionnaire).where(Questionnaire.key == key)
    questionnaire = session.scalar(found.with_for_update() if lock else found)
    if questionnaire is None:
        raise NotFound("questionnaire")
    return questionnaire


def definition_at(session: Session, version_id: int) -> Definition:
    return definition_of(session, version_id, session.get_one(QuestionnaireVersion, version_id).digest)


def _sent_by_questionnaire(session: Session) -> Counter[int]:
    owners, found = version_questionnaires(session), Counter[int]()
    for version_id, count in sent_by_version(session).items():
        found[owners[version_id]] += count
    return found


def _row(
    one: Questionnaire, version: VersionRow, raw: dict[str, Any], sent: int, drafted_at: datetime | None
) -> LibraryRow:
    use, minutes = raw.get("use", "other"), raw.get("minutes")
    return LibraryRow(
        key=one.key,
        title=one.title,
        use=use if use in USES else "other",
        role=str(raw.get("role", "")),
        form=str(raw.get("form", "")),
        moment=str(raw.get("moment", "")),
        source=str(raw.get("source", "")),
        minutes=minutes if isinstance(minutes, int) else 1,
        questions=len(raw.get("question", [])),
        number=version.number if version.published_at else 0,
        published_at=version.published_at,
        sent=sent,
        drafted_at=drafted_at,
        hidden=one.hidden_at is not None,
    )
