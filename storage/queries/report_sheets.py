"""Sent questionnaires as a report reads them: which version, whose, and exactly which words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Table, func, or_, select
from sqlalchemy.orm import Session

from mentoring.rules.questionnaire import ResponseState
from storage.models.campaign import AnonymousSheet, Campaign
from storage.models.pair import Pair
from storage.models.person import Enrolment
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response, Submission

AT_ONCE = 500
"""Ids in one statement: SQLite takes 32,766 parameters, its planner likes fewer."""


@dataclass(frozen=True, slots=True)
class SheetFact:
    """A sent response as it stands: the newest of its submissions."""

    response_id: int
    submission_id: int
    person_id: int
    version_id: int
    submitted_at: datetime
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VersionFact:
    questionnaire_id: int
    version_id: int
    digest: str
    key: str
    number: int


def published_versions(session: Session) -> list[VersionFact]:
    """Newest first within a questionnaire."""
    rows = session.execute(
        select(
            Questionnaire.id,
            QuestionnaireVersion.id,
            QuestionnaireVersion.digest,
            Questionnaire.key,
            QuestionnaireVersion.number,
        )
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .order_by(Questionnaire.key, QuestionnaireVersion.number.desc())
    )
    return [VersionFact(*row) for row in rows]


def sheets_between(
    session: Session, programme_id: int, version_ids: Collection[int], since: datetime, until: datetime
) -> list[SheetFact]:
    """Oldest first. What belongs to another programme by its pair, enrolment or campaign is left out."""
    if not version_ids:
        return []
    rows = session.execute(
        select(
            Response.id,
            SUBMISSION.c.id,
            Response.person_id,
            Response.version_id,
            Response.submitted_at,
            SUBMISSION.c.answers,
        )
        .join(SUBMISSION, SUBMISSION.c.id == last_submission_id())
        .where(
            Response.version_id.in_(version_ids),
            Response.state == ResponseState.SUBMITTED,
            Response.submitted_at >= since,
            Response.submitted_at < until,
            *_of_programme(programme_id),
        )
        .order_by(Response.submitted_at, Response.id)
    )
    return [SheetFact(*row) for row in rows]


def with_nameless_sheets(session: Session) -> frozenset[int]:
    """Questionnaires that somebody has answered without a name."""
    rows = session.scalars(
        select(Campaign.questionnaire_id).join(AnonymousSheet, AnonymousSheet.campaign_id == Campaign.id).distinct()
    )
    return frozenset(rows)


def last_submissions(session: Session, response_ids: Collection[int]) -> dict[int, int]:
    """The newest submission of each response that has any."""
    found: dict[int, int] = {}
    for some in chunks(sorted(set(response_ids))):
        rows = session.execute(
            select(Response.id, func.max(SUBMISSION.c.id))
            .join(SUBMISSION, SUBMISSION.c.response_id == Response.id)
            .where(Response.id.in_(some))
            .group_by(Response.id)
        )
        found.update({response_id: submission_id for response_id, submission_id in rows})
    return found


def chunks(ids: Sequence[int], size: int = AT_ONCE) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, size)):
        yield some


SUBMISSION: Table = Submission.__table__  # type: ignore[assignment]
"""Below the ORM, which would add the fence once more: then SQLite walks through all submissions of the organisation for
each response. The fence stands at the response, to which each submission belongs."""


def last_submission_id() -> ScalarSelect[int]:
    """Of the `Response` of the statement in which it stands."""
    sent = SUBMISSION.alias("sent")
    return select(func.max(sent.c.id)).where(sent.c.response_id == Response.id).correlate(Response).scalar_subquery()


def _of_programme(programme_id: int) -> tuple[ColumnElement[bool], ...]:
    pairs = select(Pair.id).where(Pair.programme_id == programme_id)
    enrolments = select(Enrolment.id).where(Enrolment.programme_id == programme_id)
    campaigns = select(Campaign.id).where(Campaign.programme_id == programme_id)
    return (
        or_(Response.pair_id.is_(None), Response.pair_id.in_(pairs)),
        or_(Response.enrolment_id.is_(None), Response.enrolment_id.in_(enrolments)),
        or_(Response.campaign_id.is_(None), Response.campaign_id.in_(campaigns)),
    )
