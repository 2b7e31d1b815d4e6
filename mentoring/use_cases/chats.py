"""Who is on the other side of a chat, what their next words mean, and whether they can be reached."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session


class VisitorKind(StrEnum):
    PARTICIPANT = "participant"
    GUARDIAN = "guardian"
    CURATOR = "curator"


@dataclass(frozen=True, slots=True)
class Visitor:
    account_id: int
    person_id: int
    organisation_id: int
    kind: VisitorKind


def visitor_of(session: Session, channel: str, external_id: str) -> Visitor | None:
    """Unfenced. None for a stranger."""
    raise NotImplementedError


def expect_words(session: Session, account_id: int, expecting: dict[str, Any] | None) -> None:
    raise NotImplementedError


def expected_words(session: Session, account_id: int) -> dict[str, Any]:
    raise NotImplementedError


def remember_screen(session: Session, account_id: int, message_id: int | None) -> int | None:
    """The id that was remembered before."""
    raise NotImplementedError


def mark_unreachable(session: Session, channel: str, external_id: str, reason: str, *, now: datetime) -> None:
    """Works fenced and unfenced; a stranger's chat is passed over."""
    raise NotImplementedError


def mark_reachable(session: Session, channel: str, external_id: str, *, now: datetime) -> None:
    raise NotImplementedError
