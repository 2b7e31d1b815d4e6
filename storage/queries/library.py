"""The questionnaires of an organisation, their versions, and how often each was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.questionnaire import ResponseState
from storage.models.account import CuratorAccount
from storage.models.campaign import AnonymousSheet
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response


@dataclass(frozen=True, slots=True)
class VersionRow:
    """``published_at`` None: the curator's draft. ``edited_by``: empty where it came with the product."""

    version_id: int
    questionnaire_id: int
    number: int
    published_at: datetime | None
    edited_at: datetime | None
    edited_by: str


@dataclass(frozen=True, slots=True)
class Edition:
    """``untouched``: no curator has published or is drafting a version; ``digests`` of all there are."""

    questionnaire_id: int
    untouched: bool
    digests: frozenset[str]


def editions(session: Session) -> dict[str, Edition]:
    """Of the organisation's questionnaires, by key. One query."""
    columns = select(
        Questionnaire.key,
        Questionnaire.id,
        QuestionnaireVersion.digest,
        QuestionnaireVersion.edited_by_account_id,
        QuestionnaireVersion.published_at,
    )
    found: dict[str, Edition] = {}
    for row in session.execute(columns.join(Questionnaire.versions)):
        before = found.get(row.key, Edition(row.id, True, frozenset()))
        as_delivered = row.edited_by_account_id is None and row.published_at is not None
        found[row.key] = Edition(row.id, before.untouched and as_delivered, before.digests | {row.digest})
    return found


def questionnaires_with_definitions(session: Session) -> list[tuple[Questionnaire, VersionRow, dict[str, Any]]]:
    """Each with its latest published version, or with its draft where nothing was published yet. One query."""
    rows = session.execute(
        select(Questionnaire, QuestionnaireVersion, CuratorAccount.full_name)
        .join(Questionnaire.versions)
        .outerjoin(CuratorAccount, CuratorAccount.id == QuestionnaireVersion.edited_by_account_id)
        .order_by(Questionnaire.id, QuestionnaireVersion.published_at.is_(None).desc(), QuestionnaireVersion.number)
    )
    latest = {one.id: (one, version_row(version, name), version.definition) for one, version, name in rows}
    return list(latest.values())


def draft_dates(session: Session) -> dict[int, datetime | None]:
    """When each draft was touched last, by the questionnaire."""
    rows = session.execute(
        select(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.edited_at).where(
            QuestionnaireVersion.published_at.is_(None)
        )
    )
    return {row.questionnaire_id: row.edited_at for row in rows}


def version_rows(session: Session, questionnaire_id: int) -> tuple[VersionRow, ...]:
    """The newest first, the draft before them all."""
    rows = session.execute(
        select(QuestionnaireVersion, CuratorAccount.full_name)
        .outerjoin(CuratorAccount, CuratorAccount.id == QuestionnaireVersion.edited_by_account_id)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.published_at.is_(None).desc(), QuestionnaireVersion.number.desc())
    )
    return tuple(version_row(version, name) for version, name in rows)


def version_row(version: QuestionnaireVersion, edited_by: str | None) -> VersionRow:
    return VersionRow(
        version.id,
        version.questionnaire_id,
        version.number,
        version.published_at,
        version.edited_at,
        edited_by or "",
    )


def sent_by_version(session: Session) -> dict[int, int]:
    """Responses sent, anonymous ones too, by the version that was answered."""
    counted = session.execute(
        select(Response.version_id, func.count(Response.id))
        .where(Response.state == ResponseState.SUBMITTED)
        .group_by(Response.version_id)
    )
    anonymous = session.execute(
        select(AnonymousSheet.version_id, func.count(AnonymousSheet.id)).group_by(AnonymousSheet.version_id)
    )
    return _added({row[0]: row[1] for row in counted}, {row[0]: row[1] for row in anonymous})


def under_way(session: Session, questionnaire_id: int) -> int:
    """How many are in the middle of answering, by whatever version."""
    open_ones = Response.state != ResponseState.SUBMITTED
    counted = select(func.count(Response.id)).where(Response.questionnaire_id == questionnaire_id, open_ones)
    return session.scalar(counted) or 0


def version_questionnaires(session: Session) -> dict[int, int]:
    """Which questionnaire each version belongs to."""
    rows = session.execute(select(QuestionnaireVersion.id, QuestionnaireVersion.questionnaire_id))
    return {row[0]: row[1] for row in rows}


def _added(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}
