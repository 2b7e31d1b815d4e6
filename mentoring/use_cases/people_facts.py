"""What notices about joining, consents and letters say."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentoring.rules.consents import PUBLICATION, ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import called
from storage.models.account import CuratorAccount
from storage.models.consent import Consent
from storage.models.notice import Letter
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.queries.agenda import entry_progress
from storage.queries.consents import last_decision, missing_for
from storage.queries.notices import guardian_has_chat

Facts = dict[str, Any]
LIVE = (EnrolmentStatus.JOINING, EnrolmentStatus.SUBMITTED, EnrolmentStatus.RETURNED, EnrolmentStatus.APPROVED)


def consent_asked(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    minor = session.get(Person, payload["minor_id"])
    if minor is None or not _misses(session, minor.id, ConsentKind.GUARDIAN):
        return None
    return {"minor_id": minor.id, "minor_name": minor.first_name}


def guardian_decided(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts:
    """``enrolment_id`` and ``role`` are there if the reader may begin the form now; ``pair_over``: it ended one."""
    guardian = session.get(Person, payload["guardian_id"])
    begins = next((one for one in reader.enrolments if one.status is EnrolmentStatus.JOINING), None)
    form = {"enrolment_id": begins.id, "role": begins.role} if begins and not missing_for(session, [reader.id]) else {}
    over = bool(payload.get("withdrawn")) and _lost_a_pair(session, reader)
    return {"guardian_name": guardian.name.formal if guardian else "", "pair_over": over, **form}


def consent_missing(session: Session, reader: Person, payload: dict[str, Any], now: datetime) -> Facts | None:
    whose = session.get(Person, payload["whose"])
    kind = ConsentKind(payload["consent"])
    if whose is None or not _takes_part(whose) or not _misses(session, whose.id, kind):
        return None
    own = whose.id == reader.id
    name = "" if own else called(whose.name, whose.kind, whose.age_group)
    return {"whose_id": whose.id, "whose_name": name, "consent": kind, "own": own}


def guardian_awaited(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    if not _takes_part(reader) or not _misses(session, reader.id, ConsentKind.GUARDIAN):
        return None
    return {"linked": guardian_has_chat(session, reader.id)}


def questionnaire_open(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    enrolment = session.get(Enrolment, payload["enrolment_id"])
    unsent = (EnrolmentStatus.JOINING, EnrolmentStatus.RETURNED)
    if enrolment is None or enrolment.status not in unsent or missing_for(session, [reader.id]):
        return None
    progress = entry_progress(session, reader.id, [enrolment]).get(enrolment.id)
    return {
        "enrolment_id": enrolment.id,
        "role": enrolment.role,
        "response_id": progress.response_id if progress else 0,
        "answered": progress.answered if progress else 0,
    }


def returned(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _standing(session, payload, EnrolmentStatus.RETURNED)


def approved(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _standing(session, payload, EnrolmentStatus.APPROVED)


def declined(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    return _standing(session, payload, EnrolmentStatus.DECLINED)


def curators_letter(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    letter = session.get(Letter, payload["letter_id"])
    if letter is None:
        return None
    author = session.get(CuratorAccount, letter.account_id) if letter.account_id else None
    return {"letter_id": letter.id, "author": author.full_name if author else "", "text": letter.text}


def persons_letter(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    letter = session.get(Letter, payload["letter_id"])
    if letter is None or letter.answered_at:
        return None
    writer = letter.person
    return {
        "letter_id": letter.id,
        "person_id": writer.id,
        "person_name": writer.name.full,
        "place": writer.place,
        "text": letter.text,
    }


def consent_against(session: Session, reader: Person, payload: dict[str, int], now: datetime) -> Facts | None:
    """A refusal or a withdrawal; needless if a new consent came meanwhile."""
    consent = session.get(Consent, payload["consent_id"])
    if consent is None or not (_misses(session, consent.person_id, consent.kind) or _took_back(session, consent)):
        return None
    return {
        "person_id": consent.person_id,
        "person_name": consent.person.name.full,
        "by_name": consent.given_by.name.full,
        "consent": consent.kind,
    }


def publication_asked(session: Session, reader: Person, payload: dict[str, Any], now: datetime) -> Facts | None:
    """Needless once the question is answered."""
    whose, kind = session.get(Person, payload["whose"]), ConsentKind(payload["consent"])
    if whose is None or whose.erased_at or not _takes_part(whose):
        return None
    last = last_decision(session, whose.id, kind)
    if last is not None and last.id != payload["after"]:
        return None
    name = "" if whose.id == reader.id else called(whose.name, whose.kind, whose.age_group)
    return {"whose_id": whose.id, "whose_name": name, "consent": kind, "own": whose.id == reader.id}


def _took_back(session: Session, consent: Consent) -> bool:
    """A publication that must end, and that nobody has allowed again."""
    last = last_decision(session, consent.person_id, consent.kind)
    return consent.kind in PUBLICATION and last is consent and consent.withdrawal is not None


def _misses(session: Session, person_id: int, kind: ConsentKind) -> bool:
    return any(gap.kind == kind for gap in missing_for(session, [person_id]))


def _takes_part(person: Person) -> bool:
    return any(enrolment.status in LIVE for enrolment in person.enrolments)


def _standing(session: Session, payload: dict[str, int], status: EnrolmentStatus) -> Facts | None:
    enrolment = session.get(Enrolment, payload["enrolment_id"])
    if enrolment is None or enrolment.status is not status:
        return None
    return {"enrolment_id": enrolment.id, "role": enrolment.role, "remark": enrolment.remark}


def _lost_a_pair(session: Session, reader: Person) -> bool:
    """Or their place in a group that goes on."""
    stopped = (EndReason.CONSENT_WITHDRAWN, EndReason.CONSENT_REFUSED)
    knew = select(PairMember.id).join(PairMember.pair).where(PairMember.joined_at.is_not(None))
    over = or_(Pair.end_reason.in_(stopped), PairMember.left_reason.in_(stopped))
    return session.scalar(knew.where(PairMember.person_id == reader.id, over)) is not None
