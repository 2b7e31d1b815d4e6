"""A group of Анна: Мила stays, Тимур leaves in October, Дарья said no, Олег comes in November."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.erasure import erase_person
from mentoring.use_cases.meetings import log_meeting, plan_meeting
from mentoring.use_cases.pairs import add_mentees, answer_proposal, confirm_pair, propose_group, remove_mentee
from mentoring.use_cases.paper_prints import meeting_paper
from mentoring.use_cases.paper_tasks import subject_of_meeting
from mentoring.use_cases.plans import add_goal
from mentoring.use_cases.portfolios import portfolio_facts
from mentoring.use_cases.privacy import ask_erasure, my_data
from mentoring.use_cases.registers import register_rows_mentees
from mentoring.use_cases.waiting import WaitingFilter, waiting_page
from storage.queries.enrolments import without_pair
from storage.queries.meetings_list import MeetingFilter, meetings_page
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school

BEGUN = datetime(2026, 9, 14, 9, tzinfo=UTC)
LEFT = datetime(2026, 10, 5, 9, tzinfo=UTC)
CAME = datetime(2026, 11, 9, 9, tzinfo=UTC)
MET = (BEGUN + days(7), LEFT + days(7), CAME + days(7))


class Group:
    def __init__(self, school: School) -> None:
        self.school, self.session = school, school.session
        self.anna = school.enrol(ANNA, Role.MENTOR, capacity=4)
        self.mila, self.timur, self.darya, self.oleg = (
            school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR, DARYA, OLEG)
        )
        for role in Role:
            school.questionnaire(f"feedback_{role}", {"question": [{"key": "useful", "kind": "scale"}]})
        asked = (self.mila.id, self.timur.id, self.darya.id)
        self.pair_id = propose_group(self.session, self.anna.id, asked, by=school.curator, now=BEGUN).pair_id
        for one in (self.anna, self.mila, self.timur, self.darya):
            by = Actor.person(one.person_id)
            answer_proposal(self.session, self.pair_id, one.person_id, one is not self.darya, by=by, now=BEGUN)
        confirm_pair(self.session, self.pair_id, by=school.curator, now=BEGUN)
        self.leaves(self.timur.person_id)
        self.comes()
        self.meetings = [
            log_meeting(self.session, self.pair_id, held_at=at, by=school.curator, now=NOW).meeting_id for at in MET
        ]

    def leaves(self, person_id: int) -> None:
        remove_mentee(self.session, self.pair_id, person_id, EndReason.MOVED, by=self.school.curator, now=LEFT)

    def comes(self) -> None:
        made = add_mentees(self.session, self.pair_id, [self.oleg.id], by=self.school.curator, now=CAME).pair_id
        for one in (self.anna, self.oleg):
            answer_proposal(self.session, made, one.person_id, True, by=Actor.person(one.person_id), now=CAME)
        confirm_pair(self.session, made, by=self.school.curator, now=CAME)


@pytest.fixture
def group(session: Session) -> Group:
    return Group(open_school(session))


def test_the_list_of_meetings_names_who_was_there(group: Group) -> None:
    rows = meetings_page(group.session, MeetingFilter(), offset=0, limit=50, now=NOW).rows

    assert [row.mentee for row in reversed(rows)] == [
        "Крылова Мила, Асланов Тимур",
        "Крылова Мила",
        "Крылова Мила, Титов Олег",
    ]


def test_papers_about_a_meeting_are_for_those_who_were_there(group: Group) -> None:
    papers = [[name.split()[0] for _, name in meeting_paper(group.session, one)] for one in group.meetings]

    assert papers == [
        ["Лебедева", "Крылова", "Асланов"],
        ["Лебедева", "Крылова"],
        ["Лебедева", "Крылова", "Титов"],
    ]
    subject_of_meeting(group.session, group.meetings[0], group.timur.person_id)
    for absent, meeting in ((group.timur, 1), (group.oleg, 0), (group.darya, 0)):
        with pytest.raises(NotFound):
            subject_of_meeting(group.session, group.meetings[meeting], absent.person_id)


def test_who_said_no_was_never_in_the_group_for_any_paper(group: Group) -> None:
    facts = portfolio_facts(group.session, group.anna.id, now=NOW)
    rows = register_rows_mentees(group.session, group.school.programme.id, now=NOW)

    assert [one.last for one in facts.pairs[0].mentees] == ["Крылова", "Асланов", "Титов"]
    assert {row.name.last: bool(row.mentor) for row in rows} == {
        "Асланов": True,
        "Крылова": True,
        "Соколова": False,
        "Титов": True,
    }


def test_who_left_or_said_no_waits_for_another_pair_from_that_day(group: Group) -> None:
    group.session.flush()
    free = {one.enrolment_id for one in without_pair(group.session, Role.MENTEE)}

    assert free == {group.timur.id, group.darya.id}
    rows = waiting_page(group.session, WaitingFilter(), offset=0, limit=50, today=NOW.date()).rows
    assert {row.enrolment_id: row.since for row in rows}[group.timur.id] == LEFT


def test_who_left_has_time_again_and_hides_no_hour_of_a_new_pair(group: Group) -> None:
    at = NOW + days(2)
    plan_meeting(
        group.session, group.pair_id, starts_at=at, place_kind=PlaceKind.ONLINE, by=group.school.curator, now=NOW
    )
    igor = group.school.enrol(IGOR, Role.MENTOR)
    pair_id = group.school.paired(igor, group.timur)

    planned = plan_meeting(
        group.session, pair_id, starts_at=at, place_kind=PlaceKind.ONLINE, by=group.school.curator, now=NOW
    )

    assert planned.starts_at == at


def test_the_erasure_of_who_left_takes_no_place_from_the_group(group: Group) -> None:
    ahead = plan_meeting(
        group.session,
        group.pair_id,
        starts_at=NOW + days(2),
        place_kind=PlaceKind.OTHER,
        place="Библиотека",
        topic="Робот",
        by=group.school.curator,
        now=NOW,
    ).meeting_id
    for meeting_id in group.meetings:
        group.school.meeting(meeting_id).topic = "Разговор"
    asked = ask_erasure(group.session, group.timur.person_id, by=group.school.curator, now=NOW)
    erase_person(group.session, asked.request_id, by=group.school.curator, now=NOW)
    group.session.expire_all()

    assert (group.school.meeting(ahead).place, group.school.meeting(ahead).topic) == ("Библиотека", "Робот")
    assert [group.school.meeting(one).topic for one in group.meetings] == ["", "Разговор", "Разговор"]


def test_who_said_no_finds_no_plan_of_the_group_in_their_data(group: Group) -> None:
    add_goal(group.session, group.pair_id, "Собрать робота", by=group.school.curator, now=NOW)

    plans = [len(my_data(group.session, one.person_id)["Планы"]) for one in (group.mila, group.timur, group.darya)]

    assert plans == [1, 1, 0]
