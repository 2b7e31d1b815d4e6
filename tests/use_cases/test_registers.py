"""The registers of mentors and mentees, and who may be put into the order."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.documents import DocumentKind, DocumentState, LineAct
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Role
from mentoring.use_cases.portfolios import portfolio_facts
from mentoring.use_cases.registers import register_candidates, register_rows_mentees, register_rows_mentors
from storage.models.document import Document, DocumentLine
from storage.queries.registers import register_orders
from tests.use_cases.school import ANNA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

DAY = timedelta(days=1)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def test_a_mentor_stands_in_the_register_with_what_they_said_and_with_each_pair(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(MILA, Role.MENTEE)
    school.guardian(mila.person)
    school.says(anna, topics=["study", "projects"], days=["tue"], parts=[], experience="22 года в школе")
    pair_id = school.paired(anna, mila)

    (row,) = register_rows_mentors(school.session, school.programme.id, now=NOW)

    assert (row.number, row.name.full, row.competences) == (1, "Лебедева Анна Сергеевна", "Учёба, проекты")
    assert row.achievements == "22 года в школе"
    assert [one.name.full for one in row.mentees] == ["Крылова Мила"]
    assert row.link is not None
    assert (row.link.pair_id, row.link.order_number, row.link.meetings) == (pair_id, "", 0)
    (mentee,) = register_rows_mentees(school.session, school.programme.id, now=NOW)
    assert mentee.contact == "родитель: Крылова Вера Андреевна"
    assert mentee.mentor is not None
    assert mentee.mentor.name.full == "Лебедева Анна Сергеевна"
    assert mentee.passed == "участвует"


def test_two_pairs_of_a_mentor_are_two_rows_under_one_number(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR, capacity=2)
    for sketch in (MILA, TIMUR):
        school.paired(anna, school.enrol(sketch, Role.MENTEE))
    rows = register_rows_mentors(school.session, school.programme.id, now=NOW)
    assert [(row.number, row.mentees[0].name.friendly) for row in rows] == [(1, "Мила"), (1, "Тимур")]


def test_the_register_of_a_past_day_does_not_know_what_came_later(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR, since=NOW - 30 * DAY), school.enrol(MILA, Role.MENTEE, since=NOW)
    pair_id = school.paired(anna, mila)
    pair = school.pair(pair_id)
    pair.state, pair.ended_at, pair.end_reason = PairState.COMPLETED, NOW + 5 * DAY, EndReason.COMPLETED
    school.session.flush()

    def of(on: date) -> list[tuple[int, date | None]]:
        rows = register_rows_mentors(school.session, school.programme.id, now=NOW, on=on)
        return [(len(row.mentees), row.link.ended_on if row.link else None) for row in rows]

    assert of(date(2026, 10, 23)) == []
    assert of(date(2026, 11, 22)) == [(0, None)]
    assert of(date(2026, 11, 23)) == [(1, None)]
    assert of(date(2026, 11, 28)) == [(1, date(2026, 11, 28))]


def test_the_register_by_an_order_shows_its_mentors_as_of_its_date(school: School) -> None:
    anna, oleg = (school.enrol(who, Role.MENTOR, since=NOW - 30 * DAY) for who in (ANNA, OLEG))
    order = Document(
        organisation_id=school.organisation.id,
        programme_id=school.programme.id,
        kind=DocumentKind.ORDER_REGISTER,
        state=DocumentState.SIGNED,
        number="41",
        dated_on=date(2026, 11, 2),
        created_at=NOW,
        lines=[DocumentLine(organisation_id=school.organisation.id, act=LineAct.REGISTER, enrolment_id=anna.id)],
    )
    school.session.add(order)
    school.session.flush()
    anna.register_order_id = order.id
    school.paired(anna, school.enrol(MILA, Role.MENTEE))

    assert register_orders(school.session, school.programme.id) == [(order.id, "41", date(2026, 11, 2))]
    (row,) = register_rows_mentors(
        school.session, school.programme.id, now=NOW, on=date(2026, 11, 2), order_id=order.id
    )
    assert (row.enrolment_id, row.register_number, row.mentees) == (anna.id, "41", ())
    by_name = {one.enrolment_id: one for one in register_candidates(school.session, school.programme.id)}
    assert (by_name[anna.id].order_number, by_name[oleg.id].order_number) == ("41", "")


def test_nobody_who_was_not_taken_in_or_took_the_consent_back_is_in_a_register(school: School) -> None:
    school.enrol(ANNA, Role.MENTOR, status=EnrolmentStatus.SUBMITTED)
    gone = school.enrol(IGOR, Role.MENTOR, status=EnrolmentStatus.LEFT)
    gone.left_because = LeftBecause.WITHDRAWN
    school.session.flush()
    assert register_rows_mentors(school.session, school.programme.id, now=NOW) == ()


def test_a_candidate_lacks_an_interview_and_training_until_they_were_there(school: School) -> None:
    oleg = school.enrol(OLEG, Role.MENTOR)
    (candidate,) = register_candidates(school.session, school.programme.id)
    assert candidate.enrolment_id == oleg.id
    assert candidate.gaps == ("no_interview", "no_training")


def test_a_portfolio_tells_of_pairs_and_never_of_feedback(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    school.says(anna, topics=["study"], experience="22 года в школе")
    school.paired(anna, mila)
    facts = portfolio_facts(school.session, anna.id, now=NOW)
    assert facts.competences == ("Учёба",)
    assert [one.mentees[0].full for one in facts.pairs] == ["Крылова Мила"]
    assert facts.entered_on == date(2026, 11, 23)
