"""What a newer version of the product brings to questionnaires that organisations have already (ADR 23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import DraftExists
from mentoring.rules.people import Actor
from mentoring.rules.questions.flaws import flaws_of
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.draft_views import published_definitions
from mentoring.use_cases.questionnaire_drafts import has_draft, put_draft
from mentoring.use_cases.questionnaire_library import questionnaire_of
from mentoring.use_cases.questionnaire_versions import (
    digest_of,
    latest_published,
    publish_absent,
    publish_questionnaire,
)
from storage.models.organisation import Organisation
from storage.models.questionnaire import Questionnaire
from storage.queries.library import Edition, editions
from storage.scope import fenced


@dataclass(frozen=True, slots=True)
class Brought:
    added: int = 0
    renewed: int = 0


def bring_questionnaires(session: Session, delivered: Iterable[dict[str, Any]], *, by: Actor, now: datetime) -> Brought:
    """Unfenced. Every organisation gets those it has none of by key, and the newer edition of those nobody touched.

    What a curator has published or is drafting stays as it is, and so does what an older product once brought again.
    """
    wanted = tuple(delivered)
    added = renewed = 0
    for organisation_id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        with fenced(session, organisation_id):
            renewed += _renew_untouched(session, wanted, by=by, now=now)
            added += publish_absent(session, wanted, by=by, now=now)
            session.flush()  # while the fence stands where these rows belong
    return Brought(added, renewed)


def is_otherwise(session: Session, delivered: dict[str, Any]) -> bool:
    """Whether the published version says something else than the product's own edition; False if there is none."""
    questionnaire = session.scalar(select(Questionnaire).where(Questionnaire.key == delivered["key"]))
    latest = latest_published(session, questionnaire.id) if questionnaire else None
    return latest is not None and latest.digest != digest_of(delivered)


def take_delivered(session: Session, delivered: dict[str, Any], *, by: Actor, now: datetime) -> None:
    """The product's edition as a draft, to be compared and published by the curator. Raises DraftExists."""
    require_curator(session, by)
    questionnaire = questionnaire_of(session, delivered["key"], lock=True)
    if has_draft(session, questionnaire.id):
        raise DraftExists(questionnaire.title)
    put_draft(session, questionnaire, delivered, by=by, now=now)


def _renew_untouched(session: Session, delivered: Iterable[dict[str, Any]], *, by: Actor, now: datetime) -> int:
    kept = editions(session)
    newer = [one for one in delivered if one["key"] in kept and _may_follow(kept[one["key"]], digest_of(one))]
    sound = [one for one in newer if not _breaks(session, kept[one["key"]].questionnaire_id, one)]
    return sum(publish_questionnaire(session, one, by=by, now=now).changed for one in sound)


def _may_follow(edition: Edition, digest: str) -> bool:
    return edition.untouched and digest not in edition.digests


def _breaks(session: Session, questionnaire_id: int, delivered: dict[str, Any]) -> bool:
    return bool(flaws_of(delivered, [one for _, one in published_definitions(session, questionnaire_id)]))
