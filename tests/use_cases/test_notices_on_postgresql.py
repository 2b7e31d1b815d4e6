"""The same use-cases on the other database, where SQL is stricter and senders work side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import CapacityReached
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.meetings import log_meeting, plan_meeting
from mentoring.use_cases.notices import NoticeToSend, claim_notices, mark_sent, notify
from mentoring.use_cases.pairs import possible_mentees, propose_pair
from mentoring.use_cases.reminders import plan_reminders
from mentoring.use_cases.results import pair_results, ratings, today
from storage.database import SyncDatabase
from storage.queries.pairs_list import PairFilter
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, School, days, open_school


@pytest.fixture
def server(postgres_url: str) -> Iterator[SyncDatabase]:
    database = SyncDatabase(postgres_url)
    Base.metadata.create_all(database.writing)
    yield database
    database.close()


def some_notices(school: School, count: int) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR)
    for number in range(count):
        notify(
            school.session,
            enrolment.person_id,
            NoticeKind.PERSON_APPROVED,
            {"enrolment_id": enrolment.id},
            dedup_key=f"{number}",
            now=NOW,
        )


def test_senders_side_by_side_never_take_the_same_notice(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        some_notices(open_school(session), 40)

    with server.writers() as one, server.writers() as other:
        first = claim_notices(one, limit=10, now=NOW)
        second = claim_notices(other, limit=10, now=NOW)
        one.commit()
        other.commit()

    assert len(first) == len(second) == 10
    assert not {notice.notice_id for notice in first} & {notice.notice_id for notice in second}


def test_four_senders_send_each_notice_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        some_notices(open_school(session), 60)

    def send(_: int) -> list[int]:
        sent: list[int] = []
        while notices := server.write(claim_notices, limit=7, now=NOW):
            for notice in notices:
                server.write(mark_sent, notice.notice_id, 1, now=NOW)
                sent.append(notice.notice_id)
        return sent

    with ThreadPoolExecutor(4) as senders:
        sent = [notice_id for theirs in senders.map(send, range(4)) for notice_id in theirs]

    assert len(sent) == len(set(sent)) == 60


def test_two_schedulers_plan_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        for _ in range(5):
            school.enrol(ANNA, Role.MENTOR, consents=False, status=EnrolmentStatus.JOINING)

    with ThreadPoolExecutor(3) as schedulers:
        list(schedulers.map(lambda _: server.write(plan_reminders, now=NOW + days(1)), range(3)))

    assert len(server.write(claim_notices, limit=50, now=NOW + days(1))) == 5


def test_two_curators_cannot_fill_one_place_at_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        mentor = school.enrol(ANNA, Role.MENTOR, capacity=1).id
        mentees = [school.enrol(TIMUR, Role.MENTEE).id for _ in range(4)]
        curator, organisation_id = school.curator, school.organisation.id

    def propose(mentee: int) -> bool:
        def fenced(session: Session) -> bool:
            set_organisation(session, organisation_id)
            try:
                propose_pair(session, mentor, mentee, by=curator, now=NOW)
            except CapacityReached:
                return False
            return True

        return server.write(fenced)

    with ThreadPoolExecutor(4) as curators:
        assert sorted(curators.map(propose, mentees)) == [False, False, False, True]


def test_what_waits_is_counted_and_reminded_of_as_on_sqlite(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        mentor = school.enrol(ANNA, Role.MENTOR, capacity=9)
        school.guardian(school.enrol(MILA, Role.MENTEE, consents=False, status=EnrolmentStatus.JOINING).person)
        returned = school.enrol(TIMUR, Role.MENTEE, status=EnrolmentStatus.RETURNED)
        school.says(returned, goal="Робот")
        school.proposed(mentor, school.enrol(TIMUR, Role.MENTEE))
        pair_id = school.paired(mentor, school.enrol(DARYA, Role.MENTEE), at=NOW - days(30))
        log_meeting(session, pair_id, held_at=NOW - days(16), by=school.curator, now=NOW)
        held = school.held(pair_id, NOW - days(16))
        school.feedback(held, mentor.person_id, "feedback_mentor", comfort=7, useful=None, need_help=True)
        ahead = school.paired(mentor, school.enrol(DARYA, Role.MENTEE))
        plan_meeting(
            session,
            ahead,
            starts_at=NOW + days(5),
            place_kind=PlaceKind.ONLINE,
            by=school.curator,
            now=NOW,
        )
        school.account.person_id = school.person(ANNA).id

        seen = today(session, now=NOW)
        (row, _, _) = pair_results(session, PairFilter(), now=NOW).rows
        fit = possible_mentees(session, mentor.id)

        assert {item.kind.value: item.count for item in seen.items} == {
            "help_asked": 1,
            "consents_missing": 1,
            "silent_pairs": 1,
            "not_corrected": 1,
            "labour_consents": 2,
            "pairs_without_order": 2,
        }
        assert (row.comfort.mean, row.comfort.answers, row.usefulness.mean) == (7.0, 1, None)
        assert ratings(session).numbers["comfort"][6] == 1
        assert len(fit) == 4

    reminded = {notice.kind for at in (1, 2, 4, 4.2) for notice in _tick(server, at)}

    assert reminded >= {
        NoticeKind.PERSON_CONSENT_REMINDER,
        NoticeKind.PERSON_QUESTIONNAIRE_REMINDER,
        NoticeKind.PERSON_PROPOSAL_REMINDER,
        NoticeKind.PERSON_SILENCE_REMINDER,
        NoticeKind.PERSON_MEETING_TOMORROW,
    }


def _tick(server: SyncDatabase, age: float) -> tuple[NoticeToSend, ...]:
    now = NOW + days(age) - timedelta(hours=1)
    server.write(plan_reminders, now=now)
    return server.write(claim_notices, limit=50, now=now + timedelta(hours=7))
