"""The runtime's fixtures, and notices to send."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.notices import notify
from storage.models.notice import Letter, Notice
from storage.scope import fenced
from tests.bot.conftest import Member, School, mila, sandbox, school, small_bot, warm

__all__ = ["mila", "sandbox", "school", "small_bot", "warm"]


def plan(session: Session, member: Member, school: School, number: int = 0, due_at: datetime | None = None) -> int:
    """A word from the curator for this person; gives the notice's id."""
    with fenced(session, school.organisation_id):
        letter = Letter(
            person_id=member.person_id, from_curator=True, text="Зайдите, пожалуйста", written_at=school.now
        )
        session.add(letter)
        session.flush()
        notify(
            session,
            member.person_id,
            NoticeKind.PERSON_CURATOR_WROTE,
            {"letter_id": letter.id},
            dedup_key=f"letter:{letter.id}:{number}",
            now=school.now,
            due_at=due_at,
            at_once=True,
        )
        session.flush()
        return session.scalars(select(Notice.id).order_by(Notice.id.desc())).first() or 0


def notice(session: Session, notice_id: int) -> Notice:
    return session.get_one(Notice, notice_id)


@pytest.fixture
def planned(school: School, mila: Any) -> int:
    return school.store.write(plan, mila, school)
