"""Somebody asked for the curator's help, or for another mentor: heard, done, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import Actor
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from storage.models.account import AuditEntry
from storage.models.questionnaire import Response
from storage.queries.actors import actor_names
from storage.queries.responses import ResponseFilters, help_given, response_conditions


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """``waits``: it is in the curator's list now. ``done_by`` is empty until a curator said that it is done."""

    response_id: int
    person_id: int
    waits: bool
    done_at: datetime | None
    done_by: str


def help_asked(session: Session, response_id: int) -> HelpAsked:
    """Raises NotFound where no response stands, not where it asks for nothing."""
    response = session.get(Response, response_id)
    if response is None:
        raise NotFound("response")
    waiting = select(Response.id).where(Response.id == response_id, *response_conditions(ResponseFilters(need="help")))
    waits = session.scalar(waiting) is not None
    entry = session.scalar(select(AuditEntry).where(help_given(response_id)).order_by(AuditEntry.id.desc()).limit(1))
    if entry is None:
        return HelpAsked(response.id, response.person_id, waits, None, "")
    by = actor_names(session, [entry]).get((True, entry.account_id), "")
    return HelpAsked(response.id, response.person_id, waits, entry.at, by)


def say_help_given(session: Session, response_id: int, *, by: Actor, now: datetime) -> HelpAsked:
    """By a curator, who has talked to the person or has done what was asked. A second time changes nothing."""
    require_curator(session, by)
    response = session.get(Response, response_id, with_for_update=True)
    if response is not None and help_asked(session, response_id).waits:
        record(session, "response.help_given", response, by=by, now=now)
        session.flush()
    return help_asked(session, response_id)
