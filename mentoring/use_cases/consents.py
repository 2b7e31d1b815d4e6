"""Decisions about personal data. Each is a new row; none is ever changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.rules.consents import (
    PUBLICATION,
    ConsentKind,
    Decision,
    Giver,
    giver_of,
    needed_consents,
    publication_consents,
)
from mentoring.rules.enrolment import LeftBecause, Step
from mentoring.rules.errors import (
    ConsentTextChanged,
    NotAllowed,
    NotFound,
    OutOfDate,
    TextTooLong,
    TimeInFuture,
    ValueWrong,
)
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, name_from_full
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases import participation
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.chats import curator_person_ids
from mentoring.use_cases.consent_lines import ConsentLine as ConsentLine
from mentoring.use_cases.consent_lines import my_consents as my_consents
from mentoring.use_cases.consent_texts import ConsentDocument as ConsentDocument
from mentoring.use_cases.consent_texts import ConsentSheet as ConsentSheet
from mentoring.use_cases.consent_texts import Decided as Decided
from mentoring.use_cases.consent_texts import consent_document as consent_document
from mentoring.use_cases.consent_texts import consent_sheet as consent_sheet
from mentoring.use_cases.consent_texts import publish_consent_text as publish_consent_text
from mentoring.use_cases.guardians import GuardianStatement, statement_of
from mentoring.use_cases.guardians import StatementField as StatementField
from mentoring.use_cases.guardians import guardian_statement as guardian_statement
from mentoring.use_cases.guardians import state_guardian as state_guardian
from mentoring.use_cases.listing import refresh_person
from mentoring.use_cases.notices import Payload, notify
from mentoring.use_cases.withdrawals import ConsentWithdrawn as ConsentWithdrawn
from mentoring.use_cases.withdrawals import cancel_erasures, guardians_of
from mentoring.use_cases.withdrawals import withdraw_consent as withdraw_consent
from storage.models.consent import Consent, ConsentText
from storage.models.person import Guardianship, Person
from storage.queries.consents import last_decision, latest_text
from storage.queries.consents import missing_for as missing_for


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """``recorded`` is False when a decision already stood: the same tap again, or the other parent was first.

    Then decision, giver and time are those of the standing row. ``step`` is what the person's enrolment now waits for;
    ``statement`` what a guardian who said yes is asked next.
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
    statement: GuardianStatement | None


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
    """``evidence``: ids of the chat and the message whose button was pressed.

    Raises ConsentTextChanged, NotAllowed, OutOfDate (saying no to what was given: that is a withdrawal).
    """
    text, person = _text(session, text_id), _person(session, whose, lock=True)
    giver = _person(session, given_by)
    guardianship = _require_giver(session, text.kind, person, giver)
    if by.person_id != giver.id:
        raise NotAllowed("give_consent")
    last = last_decision(session, person.id, text.kind)
    if last is not None and _stands(last, text, giver, decision):
        return _recorded(session, last, person, guardianship, recorded=False)
    _require_latest(session, text)
    consent = _decide(session, text, person, giver, decision, evidence, by, now)
    return _recorded(session, consent, person, guardianship, recorded=True)


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
    """A curator saw the signed paper. A guardian without a chat becomes a person by name.

    The paper speaks last: it also settles what one parent refused in the chat and the other signed.
    """
    curator_id = require_curator(session, by)
    person = _person(session, person_id, lock=True)
    if signed_on > now.date():
        raise TimeInFuture(now)
    if len(note) > 300:
        raise TextTooLong("note", 300, len(note))
    text = latest_text(session, kind)
    if text is None:
        raise NotFound("consent_text")
    giver = _paper_giver(session, person, kind, given_by_id, given_by_name, relation, now)
    guardianship = _require_giver(session, kind, person, giver)
    evidence = {"signed_on": signed_on.isoformat(), "note": note.strip()}
    on_paper = Actor(Door.PAPER, account_id=curator_id)
    consent = _decide(session, text, person, giver, decision, evidence, on_paper, now)
    return _recorded(session, consent, person, guardianship, recorded=True)


def _require_giver(session: Session, kind: ConsentKind, person: Person, giver: Person) -> Guardianship | None:
    """The age decides who speaks. A guardian may speak before the child has named an age."""
    if giver_of(kind) is Giver.GUARDIAN:
        guardianship = session.scalar(
            select(Guardianship)
            .options(joinedload(Guardianship.guardian), joinedload(Guardianship.minor))
            .filter_by(guardian_id=giver.id, minor_id=person.id)
        )
        if guardianship is None or person.age_group is AgeGroup.ADULT:
            raise NotAllowed("give_consent")
        return guardianship
    kinds = {need.kind for need in needed_consents(person.age_group)} if person.age_group else set()
    kinds |= {need.kind for need in publication_consents(person.age_group)}
    if giver.id != person.id or kind not in kinds:
        raise NotAllowed("give_consent")
    return None


def _stands(last: Consent, text: ConsentText, giver: Person, decision: Decision) -> bool:
    """Whether the new tap changes nothing. Of two parents the first one's word counts."""
    if last.withdrawal is not None:
        return False
    if last.given_by_id != giver.id:
        return True
    if last.decision is Decision.GIVEN and decision is Decision.REFUSED:
        raise OutOfDate("consent", last.decision)
    return last.decision is decision and last.text_id == text.id


def _require_latest(session: Session, text: ConsentText) -> None:
    latest = latest_text(session, text.kind)
    if latest is not None and latest.id != text.id:
        raise ConsentTextChanged


def _decide(
    session: Session,
    text: ConsentText,
    person: Person,
    giver: Person,
    decision: Decision,
    evidence: dict[str, Any],
    by: Actor,
    now: datetime,
) -> Consent:
    consent = Consent(
        person=person,
        given_by=giver,
        text=text,
        kind=text.kind,
        decision=decision,
        door=by.door,
        accepted_by_account_id=by.account_id,
        evidence=evidence | {"version": text.version, "digest": text.digest},
        decided_at=now,
    )
    session.add(consent)
    session.flush()
    record(session, f"consent.{decision.value}", consent, by=by, now=now, kind=text.kind.value, whose=person.id)
    refresh_person(session, person)
    _follow(session, consent, by, now)
    return consent


def _follow(session: Session, consent: Consent, by: Actor, now: datetime) -> None:
    """The word about publication changes nobody's part in the programme."""
    if consent.kind in PUBLICATION:
        return
    if consent.decision is Decision.GIVEN:
        cancel_erasures(session, consent.person, by=by, now=now)
        participation.resume(session, consent.person, by=by, now=now)
        _tell_minor(session, consent, NoticeKind.MINOR_GUARDIAN_CONSENTED, now)
        return
    participation.halt(session, consent.person, LeftBecause.REFUSED, by=by, now=now)
    _tell_minor(session, consent, NoticeKind.MINOR_GUARDIAN_REFUSED, now)
    payload: Payload = {"whose": consent.person_id, "consent_id": consent.id}
    for curator in curator_person_ids(session):
        notify(session, curator, NoticeKind.CURATOR_CONSENT_REFUSED, payload, dedup_key=f"{consent.id}", now=now)


def _tell_minor(session: Session, consent: Consent, kind: NoticeKind, now: datetime) -> None:
    if consent.kind is ConsentKind.GUARDIAN:
        payload: Payload = {"guardian_id": consent.given_by_id, "consent_id": consent.id}
        notify(session, consent.person_id, kind, payload, dedup_key=f"{consent.id}", now=now, urgent=True)


def _recorded(
    session: Session, consent: Consent, person: Person, guardianship: Guardianship | None, *, recorded: bool
) -> ConsentRecorded:
    said_yes = consent.decision is Decision.GIVEN
    return ConsentRecorded(
        consent_id=consent.id,
        kind=consent.kind,
        decision=consent.decision,
        decided_at=consent.decided_at,
        version=consent.text.version,
        whose_id=person.id,
        whose_name=person.name.full,
        given_by_id=consent.given_by_id,
        given_by_name=consent.given_by.name.full,
        recorded=recorded,
        step=participation.step_of(session, person),
        statement=statement_of(guardianship) if guardianship and said_yes else None,
    )


def _paper_giver(
    session: Session, person: Person, kind: ConsentKind, giver_id: int | None, name: str, relation: str, now: datetime
) -> Person:
    if giver_of(kind) is not Giver.GUARDIAN:
        return person
    if giver_id is not None:
        return _person(session, giver_id)
    full = name_from_full(name)
    if not full.last or not full.first:
        raise ValueWrong("given_by_name")
    known = [g for g in guardians_of(session, person.id) if g.name.full.casefold() == full.full.casefold()]
    if known:
        return known[0]
    guardian = Person(
        kind=PersonKind.PARENT,
        last_name=full.last[:100],
        first_name=full.first[:100],
        patronymic=full.patronymic[:100],
        created_at=now,
    )
    session.add(guardian)
    session.flush()
    session.add(
        Guardianship(guardian_id=guardian.id, minor_id=person.id, relation=relation.strip()[:60], created_at=now)
    )
    refresh_person(session, guardian)
    return guardian


def _text(session: Session, text_id: int) -> ConsentText:
    text = session.get(ConsentText, text_id)
    if text is None:
        raise NotFound("consent_text")
    return text


def _person(session: Session, person_id: int, *, lock: bool = False) -> Person:
    """Locked, two parents cannot decide at once."""
    person = session.get(Person, person_id, with_for_update=lock)
    if person is None or person.erased_at:
        raise NotFound("person")
    return person
