"""Publishing questionnaires, and reading the version that someone answers."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.parsing import parse_definition
from mentoring.use_cases.audit import record
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class Published:
    questionnaire_id: int
    version_id: int
    number: int
    changed: bool


def publish_questionnaire(session: Session, definition: dict[str, Any], *, by: Actor, now: datetime) -> Published:
    """A new version for those who begin from now on; who is in the middle keeps theirs. Raises `DefinitionBroken`."""
    parsed, digest = _parsed(definition)
    questionnaire = session.scalar(select(Questionnaire).where(Questionnaire.key == parsed.key))
    latest = latest_published(session, questionnaire.id) if questionnaire else None
    if latest and latest.digest == digest:
        return Published(latest.questionnaire_id, latest.id, latest.number, changed=False)
    if questionnaire is None:
        questionnaire = Questionnaire(key=parsed.key, title=parsed.title)
        session.add(questionnaire)
        session.flush()
    questionnaire.title = parsed.title
    version = _version(questionnaire, next_number(session, questionnaire.id), definition, by, now)
    session.add(version)
    session.flush()
    record(session, "questionnaire.published", version, by=by, now=now, key=parsed.key, number=version.number)
    return Published(questionnaire.id, version.id, version.number, changed=True)


def publish_absent(session: Session, definitions: Iterable[dict[str, Any]], *, by: Actor, now: datetime) -> int:
    """Those that the organisation has none of by key, all at once; how many. What is there stays as it is."""
    there = set(session.scalars(select(Questionnaire.key)))
    absent = {one["key"]: one for one in definitions if one["key"] not in there}
    made = {key: Questionnaire(key=key, title=_parsed(one)[0].title) for key, one in absent.items()}
    session.add_all(made.values())
    session.flush()
    versions = {key: _version(made[key], 1, one, by, now) for key, one in absent.items()}
    session.add_all(versions.values())
    session.flush()
    for key, version in versions.items():
        record(session, "questionnaire.published", version, by=by, now=now, key=key, number=1)
    return len(absent)


def latest_version(session: Session, key: str) -> QuestionnaireVersion:
    version = session.scalar(
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.key == key, QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )
    if version is None:
        raise NotFound("questionnaire")
    return version


def definition_of(session: Session, version_id: int, digest: str) -> Definition:
    """Parsed once for each content: the digest names it, whatever database or organisation it comes from."""
    parsed = _PARSED.get(digest)
    if parsed is None:
        source = session.scalars(
            select(QuestionnaireVersion.definition).where(QuestionnaireVersion.id == version_id)
        ).one()
        parsed = _PARSED[digest] = parse_definition(source)
    return parsed


def definitions_of(session: Session, digests: Mapping[int, str]) -> dict[int, Definition]:
    """Of many versions, by id; those that were never read are read in one query."""
    unread = [version_id for version_id, digest in digests.items() if digest not in _PARSED]
    sources = select(QuestionnaireVersion.id, QuestionnaireVersion.definition)
    for version_id, source in session.execute(sources.where(QuestionnaireVersion.id.in_(unread))) if unread else ():
        _PARSED[digests[version_id]] = parse_definition(source)
    return {version_id: _PARSED[digest] for version_id, digest in digests.items()}


def latest_published(session: Session, questionnaire_id: int) -> QuestionnaireVersion | None:
    return session.scalar(
        select(QuestionnaireVersion)
        .where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.published_at.is_not(None)
        )
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def next_number(session: Session, questionnaire_id: int) -> int:
    """After every version there is, the draft too."""
    taken = select(func.max(QuestionnaireVersion.number))
    return (session.scalar(taken.where(QuestionnaireVersion.questionnaire_id == questionnaire_id)) or 0) + 1


def _version(
    questionnaire: Questionnaire, number: int, definition: dict[str, Any], by: Actor, now: datetime
) -> QuestionnaireVersion:
    return QuestionnaireVersion(
        questionnaire_id=questionnaire.id,
        number=number,
        definition=definition,
        digest=digest_of(definition),
        published_at=now,
        edited_by_account_id=by.account_id,
    )


def _parsed(definition: dict[str, Any]) -> tuple[Definition, str]:
    digest = digest_of(definition)
    if digest not in _PARSED:
        _PARSED[digest] = parse_definition(definition)
    return _PARSED[digest], digest


def digest_of(definition: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(definition, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


_PARSED: dict[str, Definition] = {}
