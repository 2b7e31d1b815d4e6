"""What the curator's own work with pairs left about a person, for the file that they get about themselves.

152-ФЗ art. 14 gives a person everything that is kept about them. Notes are words of the curator or the psychologist and
may tell of others too: the file says that they are there and who shows them (methodology.md §5.5: within ten working
days), as it does with those of interviews.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentoring.data_words import WORDS
from mentoring.rules.pairs import ACQUAINTED, DeclineReason
from mentoring.use_cases.selection_kept import NOTES
from storage.models.matching import WaitingCase
from storage.models.pair import PairMember
from storage.models.person import Enrolment


def curator_kept(session: Session, person_id: int, *, zone: str) -> dict[str, Any]:
    """Russian words, ready for JSON; only what there is."""
    clock = ZoneInfo(zone)
    members = session.scalars(
        select(PairMember).filter_by(person_id=person_id).options(joinedload(PairMember.pair)).order_by(PairMember.id)
    ).all()
    found = {
        "Пока не было пары": list(_cases(session, person_id, clock)),
        "Мои отказы от пар": [_refusal(one, clock) for one in members if one.reason or one.reason_text],
        "Заметки куратора о парах": [_notes(one, clock) for one in members if _has_notes(one)],
    }
    return {title: lines for title, lines in found.items() if lines}


def _cases(session: Session, person_id: int, clock: ZoneInfo) -> Iterator[dict[str, str]]:
    own = select(WaitingCase).join(Enrolment, Enrolment.id == WaitingCase.enrolment_id)
    for case in session.scalars(own.where(Enrolment.person_id == person_id).order_by(WaitingCase.id)):
        yield {
            "С": _day(case.opened_at, clock),
            "Что решили": WORDS[type(case.exit)][case.exit],
            "Кто занимается": case.owner,
            "Срок": f"{case.due_on:%d.%m.%Y}" if case.due_on else "",
            "Закончено": _day(case.closed_at, clock),
            **({"Заметки": NOTES} if case.note or case.outcome else {}),
        }


def _refusal(member: PairMember, clock: ZoneInfo) -> dict[str, str]:
    word = DeclineReason(member.reason) if member.reason in list(DeclineReason) else None
    return {
        "Когда": _day(member.answered_at, clock),
        "Причина": WORDS[DeclineReason][word] if word else "",
        "Моими словами": member.reason_text,
    }


def _has_notes(member: PairMember) -> bool:
    """A proposal that the person has not heard of is not told of here either."""
    return member.was_in and member.pair.state in ACQUAINTED and bool(member.pair.decision_note or member.pair.end_note)


def _notes(member: PairMember, clock: ZoneInfo) -> dict[str, str]:
    return {"Пара с": _day(member.joined_at or member.pair.started_at, clock), "Заметки": NOTES}


def _day(at: datetime | None, clock: ZoneInfo) -> str:
    return f"{at.astimezone(clock):%d.%m.%Y}" if at else ""
