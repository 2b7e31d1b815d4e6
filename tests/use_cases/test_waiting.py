"""The queue of those without a pair: three exits, who sees to it and by when, and how a case ends."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import CapacityReached, NotAllowed, NotFound, OutOfDate, TextEmpty, TextTooLong
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.erasure import erase_person
from mentoring.use_cases.pairs import answer_proposal, end_pair
from mentoring.use_cases.privacy import ask_erasure
from mentoring.use_cases.waiting import (
    assign_directly,
    change_case,
    close_case,
    open_case,
    waiting_page,
    waiting_person,
)
from storage.models.matching import WaitingCase
from storage.models.person import Enrolment
from storage.queries.waiting import WaitingFilter, WaitingFound
from storage.scope import set_organisation
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school

TODAY = NOW.date()


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def queue(school: School, **asked: str) -> WaitingFound:
    return waiting_page(school.session, WaitingFilter(**asked), offset=0, limit=50, today=NOW.date())


def names(found: WaitingFound) -> list[str]:
    assert found.total == len(found.rows)
    return [row.name for row in found.rows]


def search(school: School, enrolment: Enrolment, due_on: date | None = None) -> int:
    made = open_case(
        school.session, enrolment.id, WaitingExit.SEARCH, owner="Зимина", due_on=due_on, by=school.curator, now=NOW
    )
    return made.case_id


def kept(school: School) -> list[WaitingCase]:
    return list(school.session.scalars(select(WaitingCase).order_by(WaitingCase.id)))


def test_approved_people_without_a_pair_wait_and_the_longest_waiting_come_first(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    timur = school.enrol(TIMUR, Role.MENTEE, since=NOW - days(2))
    school.enrol(MILA, Role.MENTEE, since=NOW - days(9))
    school.enrol(OLEG, Role.MENTEE, status=EnrolmentStatus.SUBMITTED)
    darya = school.enrol(DARYA, Role.MENTEE)
    school.proposed(school.enrol(IGOR, Role.MENTOR), darya)

    assert names(queue(school)) == ["Крылова Мила", "Асланов Тимур"]
    assert names(queue(school, role="mentor")) == ["Лебедева Анна Сергеевна"]
    school.paired(anna, timur)
    assert names(queue(school)) == ["Крылова Мила"]


def test_somebody_whose_pair_has_ended_waits_since_then(school: School) -> None:
    anna, timur = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE, since=NOW - days(30))
    pair_id = school.paired(anna, timur, at=NOW - days(20))
    end_pair(school.session, pair_id, EndReason.MOVED, by=school.curator, now=NOW - days(3))

    assert [(row.name, row.since) for row in queue(school).rows] == [("Асланов Тимур", NOW - days(3))]


def test_a_case_says_who_sees_to_it_and_by_when_and_overdue_ones_come_first(school: School) -> None:
    mila, timur = school.enrol(MILA, Role.MENTEE, since=NOW - days(9)), school.enrol(TIMUR, Role.MENTEE)
    anna = school.enrol(ANNA, Role.MENTOR)
    search(school, timur, TODAY - timedelta(days=1))
    search(school, mila, TODAY)
    search(school, anna, TODAY - timedelta(days=5))

    assert names(queue(school)) == ["Асланов Тимур", "Крылова Мила"]
    case = queue(school).rows[0].case
    assert case is not None
    assert (case.exit, case.owner, case.is_overdue(TODAY)) == (WaitingExit.SEARCH, "Зимина", True)
    assert names(queue(school, need="overdue")) == ["Асланов Тимур", "Лебедева Анна Сергеевна"]
    assert names(queue(school, need="overdue", role="mentor")) == ["Лебедева Анна Сергеевна"]
    assert names(queue(school, exit="support")) == []
    assert names(queue(school, need="none")) == []


def test_one_person_has_one_open_case_which_changes(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE)
    case_id = search(school, mila)

    open_case(school.session, mila.id, WaitingExit.SUPPORT, note="Поговорить о запросе", by=school.curator, now=NOW)
    open_case(school.session, mila.id, WaitingExit.SEARCH, by=Actor.system(), now=NOW)

    assert [(case.id, case.exit, case.note) for case in kept(school)] == [
        (case_id, WaitingExit.SUPPORT, "Поговорить о запросе")
    ]
    change_case(school.session, case_id, WaitingExit.SEARCH, owner="Психолог", by=school.curator, now=NOW)
    assert (kept(school)[0].exit, kept(school)[0].owner) == (WaitingExit.SEARCH, "Психолог")
    assert school.acts("waiting_case") == ["waiting.opened", "waiting.changed", "waiting.changed"]


def test_a_case_is_closed_with_words_and_stays_in_the_history(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE)
    case_id = search(school, mila)

    with pytest.raises(TextEmpty):
        close_case(school.session, case_id, "  ", by=school.curator, now=NOW)
    close_case(school.session, case_id, " Нашли кружок робототехники ", by=school.curator, now=NOW)

    person = waiting_person(school.session, mila.id, now=NOW)
    assert (person.row.case, [case.outcome for case in person.past]) == (None, ["Нашли кружок робототехники"])
    assert names(queue(school, need="none")) == ["Крылова Мила"]
    with pytest.raises(OutOfDate):
        close_case(school.session, case_id, "Ещё раз", by=school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        change_case(school.session, case_id, WaitingExit.SEARCH, by=school.curator, now=NOW)


def test_a_pair_closes_the_case_by_itself_but_a_proposal_does_not(school: School) -> None:
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    timur, mila = school.enrol(TIMUR, Role.MENTEE), school.enrol(MILA, Role.MENTEE)
    search(school, timur)
    search(school, mila)

    school.agreed(anna, timur)
    school.paired(igor, mila)

    assert [(case.closed_at, case.outcome) for case in kept(school)] == [(None, ""), (NOW, "paired")]


def test_a_directive_assignment_has_reasons_and_the_two_are_still_asked(school: School) -> None:
    igor, mila = school.enrol(IGOR, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    search(school, mila, TODAY)
    session, by = school.session, school.curator

    with pytest.raises(TextEmpty):
        assign_directly(session, mila.id, igor.id, " ", by=by, now=NOW)
    made = assign_directly(session, mila.id, igor.id, "Других нет", told="Оба любят технику", by=by, now=NOW)

    assert (made.state, school.pair(made.pair_id).reasons) == (PairState.ASKED_MENTOR, "Оба любят технику")
    assert school.told(NoticeKind.MENTOR_PAIR_PROPOSED) == [igor.person_id]
    case = kept(school)[0]
    assert (case.exit, case.note, case.owner, case.due_on) == (WaitingExit.DIRECTIVE, "Других нет", "Зимина", TODAY)
    said_no = {"by": Actor.person(igor.person_id), "now": NOW}
    answer_proposal(session, made.pair_id, igor.person_id, False, **said_no)
    assert [row.case.exit for row in queue(school).rows if row.case] == [WaitingExit.DIRECTIVE]


def test_a_mentor_who_waits_may_be_assigned_a_mentee(school: School) -> None:
    igor, mila = school.enrol(IGOR, Role.MENTOR), school.enrol(MILA, Role.MENTEE)

    made = assign_directly(school.session, igor.id, mila.id, "Просил именно её класс", by=school.curator, now=NOW)

    assert school.member(made.pair_id, Role.MENTOR).enrolment_id == igor.id
    other = school.enrol(TIMUR, Role.MENTEE)
    with pytest.raises(CapacityReached):
        assign_directly(school.session, other.id, igor.id, "Ещё один", by=school.curator, now=NOW)


def test_who_may_be_proposed_is_shown_apart_from_whom_a_rule_bars(school: School) -> None:
    anna, oleg = school.enrol(ANNA, Role.MENTOR), school.enrol(OLEG, Role.MENTOR)
    timur = school.enrol(TIMUR, Role.MENTEE)
    school.programme.matching = {"class_distance": 3, "least_total": 0}
    school.enrol(IGOR, Role.MENTOR, consents=False)

    person = waiting_person(school.session, timur.id, now=NOW)

    assert [one.enrolment_id for one in person.best] == [anna.id]
    assert [one.enrolment_id for one in person.barred] == [oleg.id]


def test_only_a_curator_opens_changes_closes_and_assigns(school: School) -> None:
    igor, mila = school.enrol(IGOR, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    case_id, by = search(school, mila), Actor.person(mila.person_id)

    with pytest.raises(NotAllowed):
        open_case(school.session, mila.id, WaitingExit.SEARCH, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        change_case(school.session, case_id, WaitingExit.SEARCH, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        close_case(school.session, case_id, "Сама", by=by, now=NOW)
    with pytest.raises(NotAllowed):
        assign_directly(school.session, mila.id, igor.id, "Хочу", by=by, now=NOW)


def test_words_about_somebody_who_is_erased_go_with_them(school: School) -> None:
    mila, session = school.enrol(MILA, Role.MENTEE), school.session
    close_case(session, search(school, mila), "Ушла в музыкальную школу", by=school.curator, now=NOW)
    open_case(session, mila.id, WaitingExit.SUPPORT, owner="Зимина", note="Стесняется", by=school.curator, now=NOW)
    asked = ask_erasure(session, mila.person_id, by=Actor.person(mila.person_id), now=NOW)

    erase_person(session, asked.request_id, by=school.curator, now=NOW)

    session.expire_all()
    assert [(case.owner, case.note, case.outcome) for case in kept(school)] == [("", "", ""), ("", "", "")]


def test_endless_words_are_refused(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE)

    for words in ({"owner": "я" * 201}, {"note": "я" * 1001}):
        with pytest.raises(TextTooLong):
            open_case(school.session, mila.id, WaitingExit.SEARCH, **words, by=school.curator, now=NOW)


def test_another_schools_people_and_cases_are_not_found(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE)
    case_id = search(school, mila)
    other = open_school(school.session, "Лицей № 2", "other")

    assert names(waiting_page(other.session, WaitingFilter(), offset=0, limit=50, today=NOW.date())) == []
    for refused in (
        lambda: waiting_person(other.session, mila.id, now=NOW),
        lambda: open_case(other.session, mila.id, WaitingExit.SEARCH, by=other.curator, now=NOW),
        lambda: close_case(other.session, case_id, "Чужое", by=other.curator, now=NOW),
    ):
        with pytest.raises(NotFound):
            refused()
    set_organisation(school.session, school.organisation.id)
