"""Consents: texts, decisions, withdrawals. A decision is a new row, always."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from config.consent_texts import ConsentSource
from mentoring.rules.consents import ConsentKind, Decision, Giver
from mentoring.rules.enrolment import Step
from mentoring.rules.errors import MissingConsent
from mentoring.rules.people import Actor


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
class ConsentRecorded:
    """``recorded`` is False when a decision already stood: the same tap again, or the other parent was first.

    Then decision, giver and time are those of the standing row.
    """

    consent_id: int
    kind: ConsentKind
    decision: Decision
    decided_at: datetime
    version: int
    whose_id: int
    whose_name: str
    given_by_id: int
    given_by_name: str
    recorded: bool
    step: Step
    statement: "GuardianStatement | None"


class StatementField(StrEnum):
    """What a guardian is asked after the decision, one thing at a time."""

    MINOR_NAME = "minor_name"
    OWN_NAME = "own_name"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class GuardianStatement:
    """``asked`` is what to ask now; None: all is said."""

    guardian_id: int
    minor_id: int
    minor_name: str
    own_name: str
    relation: str
    asked: StatementField | None


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    consent_id: int
    whose_id: int
    whose_name: str
    withdrawn_at: datetime
    erase_by: datetime
    pairs_ended: int


@dataclass(frozen=True, slots=True)
class ConsentLine:
    consent_id: int
    text_id: int
    kind: ConsentKind
    title: str
    version: int
    whose_id: int
    whose_name: str
    given_by_id: int
    given_by_name: str
    decision: Decision
    decided_at: datetime
    on_paper: bool
    withdrawn_at: datetime | None
    in_force: bool
    may_withdraw: bool


def publish_consent_text(session: Session, source: ConsentSource, *, by: Actor, now: datetime) -> TextPublished:
    """The organisation's name, address and contact are written into the text; the same text again changes nothing."""
    raise NotImplementedError


def consent_sheet(session: Session, person_id: int, kind: ConsentKind) -> ConsentSheet:
    """``person_id`` is whose data it is about: the child, for a guardian's consent."""
    raise NotImplementedError


def consent_document(session: Session, text_id: int) -> tuple[str, str]:
    """Title and body, for the file."""
    raise NotImplementedError


def give_consent(
    session: Session,
    text_id: int,
    *,
    whose: int,
    given_by: int,
    decision: Decision,
    evidence: dict[str, Any],
    by: Actor,
    now: datetime,
) -> ConsentRecorded:
    """Raises ConsentTextChanged, NotAllowed, OutOfDate (refusing what was given: that is a withdrawal)."""
    raise NotImplementedError


def withdraw_consent(session: Session, consent_id: int, *, by: Actor, now: datetime) -> ConsentWithdrawn:
    """Processing stops at once: enrolments left, pairs ended, an erasure is due in 30 days."""
    raise NotImplementedError


def accept_paper_consent(
    session: Session,
    person_id: int,
    kind: ConsentKind,
    *,
    given_by_id: int | None = None,
    given_by_name: str = "",
    relation: str = "",
    signed_on: date,
    decision: Decision = Decision.GIVEN,
    note: str = "",
    by: Actor,
    now: datetime,
) -> ConsentRecorded:
    """A curator saw the signed paper. A guardian without a chat becomes a person by name."""
    raise NotImplementedError


def guardian_statement(session: Session, guardian_id: int, minor_id: int) -> GuardianStatement:
    raise NotImplementedError


def state_guardian(
    session: Session, guardian_id: int, minor_id: int, field: StatementField, text: str, *, by: Actor, now: datetime
) -> GuardianStatement:
    """Raises TextEmpty, TextTooLong, ValueWrong (a name needs a surname and a first name)."""
    raise NotImplementedError


def my_consents(session: Session, person_id: int) -> tuple[ConsentLine, ...]:
    """Given by the person, or about them; newest first."""
    raise NotImplementedError


def missing_for(session: Session, person_ids: Iterable[int]) -> tuple[MissingConsent, ...]:
    """In the order of ``person_ids``. A person whose age is unknown misses their own consent."""
    raise NotImplementedError
