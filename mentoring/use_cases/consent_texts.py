"""Texts of consents: published with the organisation's name in them, shown before a decision, kept for good."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.consent_texts import ConsentSource
from mentoring.rules.consents import ConsentKind, Decision, Giver, giver_of
from mentoring.rules.documents import Profile
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor
from mentoring.use_cases.audit import record
from storage.models.consent import Consent, ConsentText
from storage.models.organisation import Organisation
from storage.models.person import Person
from storage.queries.consents import last_decision, latest_text
from storage.queries.people import leading_curator_name
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class TextPublished:
    text_id: int
    version: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision of this kind. ``by_name`` is empty while the guardian has not introduced themselves."""

    consent_id: int
    decision: Decision
    by_person_id: int
    by_name: str
    decided_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """All that must be on the screen before a decision. ``whose_name`` is empty for a child not named yet."""

    text_id: int
    kind: ConsentKind
    giver: Giver
    title: str
    summary: str
    body: str
    version: int
    digest: str
    whose_id: int
    whose_name: str
    organisation_name: str
    organisation_address: str
    curator_name: str
    curator_contact: str
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class ConsentDocument:
    title: str
    body: str
    version: int
    digest: str
    published_at: datetime


def publish_consent_text(session: Session, source: ConsentSource, *, by: Actor, now: datetime) -> TextPublished:
    """The organisation's name, address and contact are written into the text; the same text again changes nothing."""
    kind, before = ConsentKind(source.kind), latest_text(session, ConsentKind(source.kind))
    title, summary, body = _filled(source, _organisation(session))
    digest = _digest(title, summary, body)
    if before is not None and before.digest == digest:
        return TextPublished(before.id, before.version, changed=False)
    text = ConsentText(
        kind=kind,
        version=before.version + 1 if before else 1,
        title=title,
        summary=summary,
        body=body,
        digest=digest,
        published_at=now,
    )
    session.add(text)
    session.flush()
    record(session, "consent_text.published", text, by=by, now=now, kind=kind.value, version=text.version)
    return TextPublished(text.id, text.version, changed=True)


def consent_sheet(session: Session, person_id: int, kind: ConsentKind) -> ConsentSheet:
    """``person_id`` is whose data it is about: the child, for a guardian's consent."""
    text, whose = latest_text(session, kind), session.get(Person, person_id)
    if whose is None or whose.erased_at:
        raise NotFound("person")
    if text is None:
        raise NotFound("consent_text")
    organisation = _organisation(session)
    return ConsentSheet(
        text_id=text.id,
        kind=text.kind,
        giver=giver_of(text.kind),
        title=text.title,
        summary=text.summary,
        body=text.body,
        version=text.version,
        digest=text.digest,
        whose_id=whose.id,
        whose_name=whose.name.full,
        organisation_name=organisation.name,
        organisation_address=organisation.address,
        curator_name=leading_curator_name(session),
        curator_contact=organisation.contact,
        decided=_decided(last_decision(session, person_id, kind)),
    )


def consent_document(session: Session, text_id: int) -> ConsentDocument:
    """Of any version, for the file."""
    text = session.get(ConsentText, text_id)
    if text is None:
        raise NotFound("consent_text")
    return ConsentDocument(text.title, text.body, text.version, text.digest, text.published_at)


def _filled(source: ConsentSource, organisation: Organisation) -> tuple[str, str, str]:
    """By replacing and not by formatting: a name may hold braces."""
    values = {
        "{organisation}": organisation.name,
        "{short_name}": organisation.short_name,
        "{address}": organisation.address or "сообщит куратор программы",
        "{site}": Profile.from_stored(organisation.profile).site or "адрес раздела сообщит куратор программы",
        "{contact}": organisation.contact or "через куратора программы",
    }
    filled = [source.title, source.summary, source.body]
    for place, value in values.items():
        filled = [text.replace(place, value) for text in filled]
    title, summary, body = filled
    return title, summary, body


def _digest(title: str, summary: str, body: str) -> str:
    return hashlib.sha256("\n\n".join((title, summary, body)).encode()).hexdigest()


def _decided(consent: Consent | None) -> Decided | None:
    if consent is None:
        return None
    return Decided(
        consent_id=consent.id,
        decision=consent.decision,
        by_person_id=consent.given_by_id,
        by_name=consent.given_by.name.full,
        decided_at=consent.decided_at,
        withdrawn_at=consent.withdrawal.withdrawn_at if consent.withdrawal else None,
    )


def _organisation(session: Session) -> Organisation:
    organisation = session.get(Organisation, organisation_of(session))
    if organisation is None:
        raise NotFound("organisation")
    return organisation
