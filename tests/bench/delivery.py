"""Two hundred notices to two hundred people: how fast, and never more in a second than Telegram allows."""

from bisect import bisect_right
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.notices import notify
from scheduler.runtime import Runtime
from storage.models.notice import Letter
from storage.scope import set_organisation
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
    """A word from the curator for each."""
    set_organisation(session, school.organisation_id)
    for pupil in school.pupils[:count]:
        letter = Letter(person_id=pupil.person_id, from_curator=True, text="Зайдите, пожалуйста", written_at=NOW)
        session.add(letter)
        session.flush()
        notify(
            session,
            pupil.person_id,
            NoticeKind.PERSON_CURATOR_WROTE,
            {"letter_id": letter.id},
            dedup_key=f"bench:{letter.id}",
            now=NOW,
            at_once=True,
        )
