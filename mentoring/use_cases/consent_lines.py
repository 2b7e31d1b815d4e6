"""The decisions that a person has given, and those about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.people import Door
from storage.models.consent import Consent


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """``in_force``: it is the last word of its kind about this person, it is a yes, and was not taken back."""

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


def my_consents(session: Session, person_id: int) -> tuple[ConsentLine, ...]:
    """Given by the person, or about them; newest first."""
    rows = session.scalars(
        select(Consent)
        .options(
            joinedload(Consent.person),
            joinedload(Consent.given_by),
            joinedload(Consent.text),
            joinedload(Consent.withdrawal),
        )
        .where(or_(Consent.person_id == person_id, Consent.given_by_id == person_id))
        .order_by(Consent.id.desc())
    ).all()
    newest = {(row.person_id, row.kind): row.id for row in reversed(rows)}
    return tuple(_line(row, last=newest[row.person_id, row.kind] == row.id) for row in rows)


def _line(row: Consent, *, last: bool) -> ConsentLine:
    in_force = last and row.decision is Decision.GIVEN and row.withdrawal is None
    return ConsentLine(
        consent_id=row.id,
        text_id=row.text_id,
        kind=row.kind,
        title=row.text.title,
        version=row.text.version,
        whose_id=row.person_id,
        whose_name=row.person.name.full,
        given_by_id=row.given_by_id,
        given_by_name=row.given_by.name.full,
        decision=row.decision,
        decided_at=row.decided_at,
        on_paper=row.door is Door.PAPER,
        withdrawn_at=row.withdrawal.withdrawn_at if row.withdrawal else None,
        in_force=in_force,
        may_withdraw=in_force,
    )
