"""Destroying a person's data: what names or describes them goes; ids, closed answers, consents and the audit stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap
from mentoring.rules.enrolment import LeftBecause
from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor
from mentoring.rules.reminders import NoticeState
from mentoring.use_cases import participation
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.campaign_answers import drop_anonymous_drafts
from mentoring.use_cases.document_drafts import forget_drafts
from mentoring.use_cases.plan_words import erase_plan_words
from mentoring.use_cases.questionnaire_versions import definition_of
from mentoring.use_cases.selection import forget_selection
from mentoring.use_cases.waiting_cases import forget_case_words
from mentoring.use_cases.withdrawals import guardians_of
from storage.models.account import CuratorAccount
from storage.models.consent import ErasureRequest
from storage.models.meeting import Meeting
from storage.models.notice import Letter, Notice
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Invitation, Person
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response, Submission
from storage.queries.pairs import was_there

CLOSED_KINDS = frozenset({"one_of", "several_of", "scale", "yes_no", "number", "slots"})
"""Kinds of questions whose answers name nobody: they stay for the counts, unless the question is marked personal."""


@dataclass(frozen=True, slots=True)
class PersonErased:
    """``guardians_erased``: parents who were here for this child alone and went with them."""

    person_id: int
    answers_removed: int
    letters_removed: int
    pairs_ended: int
    guardians_erased: int


def erase_person(session: Session, request_id: int, *, by: Actor, now: datetime) -> PersonErased:
    """By a curator. A second time it is out of date."""
    account_id = require_curator(session, by)
    request = session.get(ErasureRequest, request_id, with_for_update=True)
    if request is None:
        raise NotFound("erasure_request")
    if request.done_at or request.cancelled_at:
        raise OutOfDate("erasure_request", "done" if request.done_at else "cancelled")
    idle = _idle_guardians(session, request.person)
    erased = _erase(session, request.person, by, now)
    for guardian in idle:
        _erase(session, guardian, by, now)
    request.done_at, request.done_by_account_id = now, account_id
    record(session, "erasure.done", request, by=by, now=now)
    session.flush()
    return PersonErased(request.person_id, *erased, guardians_erased=len(idle))


def _erase(session: Session, person: Person, by: Actor, now: datetime) -> tuple[int, int, int]:
    """Answers removed, letters removed, pairs ended."""
    ended = participation.halt(session, person, LeftBecause.ERASED, by=by, now=now)
    session.flush()
    drop_anonymous_drafts(session, person.id)
    answers = _erase_answers(session, person)
    letters = session.execute(delete(Letter).where(Letter.person_id == person.id))
    _erase_chats(session, person, now)
    _erase_words_in_pairs(session, person)
    forget_selection(session, person.id)
    forget_drafts(session, person.id)
    forget_case_words(session, person.id)
    _pseudonymise(person, now)
    removed: int = letters.rowcount  # type: ignore[attr-defined]
    record(session, "person.erased", person, by=by, now=now, answers=answers, letters=removed, pairs=ended)
    return answers, removed, ended


def _pseudonymise(person: Person, now: datetime) -> None:
    """The kind and the age group stay: without a name they are only counts."""
    person.last_name = person.first_name = person.patronymic = ""
    person.place = person.phone = person.search_text = ""
    person.name_forms = {}
    person.birth_date, person.nameless, person.erased_at = None, True, now
    person.missing_consents = ConsentGap.NONE


def _erase_answers(session: Session, person: Person) -> int:
    removed = 0
    rows = session.execute(
        select(Response.id, QuestionnaireVersion.id, QuestionnaireVersion.digest)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .where(Response.person_id == person.id)
    ).all()
    for response_id, version_id, digest in rows:
        kept = _anonymous_keys(session, version_id, digest)
        gone = session.execute(delete(Answer).where(Answer.response_id == response_id, Answer.key.not_in(kept)))
        removed += gone.rowcount  # type: ignore[attr-defined]
        for sent in session.scalars(select(Submission).where(Submission.response_id == response_id)):
            sent.answers = {key: value for key, value in sent.answers.items() if key in kept}
    return removed


def _anonymous_keys(session: Session, version_id: int, digest: str) -> frozenset[str]:
    questions = definition_of(session, version_id, digest).questions
    return frozenset(one.key for one in questions if one.kind in CLOSED_KINDS and not one.personal)


def _erase_chats(session: Session, person: Person, now: datetime) -> None:
    """Without a chat nothing can be sent, and whoever writes from it is a stranger."""
    session.execute(delete(ChannelAccount).where(ChannelAccount.person_id == person.id))
    waiting = Notice.state.in_((NoticeState.WAITING, NoticeState.CLAIMED))
    session.execute(update(Notice).where(Notice.person_id == person.id, waiting).values(state=NoticeState.NEEDLESS))
    links = Invitation.person_id == person.id
    session.execute(update(Invitation).where(links, Invitation.revoked_at.is_(None)).values(revoked_at=now))
    session.execute(update(CuratorAccount).where(CuratorAccount.person_id == person.id).values(person_id=None))
    related = (Guardianship.guardian_id == person.id) | (Guardianship.minor_id == person.id)
    session.execute(update(Guardianship).where(related).values(relation=""))


def _meetings_with(person: Person) -> Select[int]:
    """Of a group that goes on without them, those of their time."""
    theirs = select(Meeting.id).join(Pair, Pair.id == Meeting.pair_id).join(PairMember, PairMember.pair_id == Pair.id)
    return theirs.where(PairMember.person_id == person.id, was_there(Meeting.starts_at))


def _erase_words_in_pairs(session: Session, person: Person) -> None:
    """Free words about the person or the two of them; that and when they met stays."""
    erase_plan_words(session, person)
    theirs = select(PairMember.pair_id).where(PairMember.person_id == person.id)
    session.execute(update(PairMember).where(PairMember.person_id == person.id).values(reason_text=""))
    session.execute(update(Enrolment).where(Enrolment.person_id == person.id).values(remark=""))
    words = {"reasons": "", "pause_reason": "", "decision_note": "", "end_note": ""}
    session.execute(update(Pair).where(Pair.id.in_(theirs)).values(words))
    met = Meeting.id.in_(_meetings_with(person))
    session.execute(update(Meeting).where(met).values(topic="", cancel_reason=""))
    session.execute(update(Meeting).where(met, Meeting.place_kind != PlaceKind.ORGANISATION).values(place=""))


def _idle_guardians(session: Session, minor: Person) -> Sequence[Person]:
    """Parents whose data were kept only because of this child (152-ФЗ art. 5: no longer than the purpose needs)."""
    return [one for one in guardians_of(session, minor.id) if not _is_needed(session, one, minor)]


def _is_needed(session: Session, guardian: Person, minor: Person) -> bool:
    others = (
        select(Guardianship.id)
        .join(Person, Person.id == Guardianship.minor_id)
        .where(Guardianship.guardian_id == guardian.id, Person.id != minor.id, Person.erased_at.is_(None))
    )
    own = select(Enrolment.id).where(Enrolment.person_id == guardian.id)
    panel = select(CuratorAccount.id).where(CuratorAccount.person_id == guardian.id)
    return any(session.scalar(one.limit(1)) is not None for one in (others, own, panel))
