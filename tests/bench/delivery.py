"""Two hundred notices to two hundred people: how fast, and never more in a second than Telegram allows."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from mentoring.rules.reminders import NoticeKind, NoticeState
from scheduler.runtime import Runtime
from storage.models.notice import Notice
from tests.bench.school import NOW, School
from tests.bench.telegram import Telegram


@dataclass(frozen=True, slots=True)
class Delivered:
    notices: int
    a_second: float
    most_in_a_second: int


async def deliver(runtime: Runtime, telegram: Telegram, school: School, count: int) -> Delivered:
    await runtime.database.write(plan, school, count)
    await telegram.take_sent()
    while await runtime.delivery.deliver_due():
        pass
    moments = sorted(await telegram.take_sent())
    seconds = moments[-1] - moments[0] or 1.0
    crowd = max(bisect_right(moments, moment + 1) - index for index, moment in enumerate(moments))
    return Delivered(len(moments), len(moments) / seconds, crowd)


def plan(session: Session, school: School, count: int) -> None:
    session.execute(
        insert(Notice),
        [
            {
                "organisation_id": school.organisation_id,
                "person_id": pupil.person_id,
                "kind": NoticeKind.PERSON_APPROVED,
                "payload": {},
                "dedup_key": f"bench:{pupil.person_id}",
                "due_at": NOW,
                "expires_at": NOW + timedelta(days=3650),
                "state": NoticeState.WAITING,
                "created_at": NOW,
            }
            for pupil in school.pupils[:count]
        ],
    )
