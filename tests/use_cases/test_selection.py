"""Candidates: interviews that open one at a time, trainings, workers' agreements."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate, TextEmpty, ValueWrong
from mentoring.rules.forms import Form
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, PersonKind, Role
from mentoring.rules.selection import RegisterGap, Verdict, needs_labour_consent, register_gaps
from mentoring.use_cases.interviews import change_interview, interviews_with, open_interview, write_interview
from mentoring.use_cases.labour_agreements import (
    AgreementSet,
    labour_facts,
    labour_gaps,
    save_agreement,
    stop_agreement,
)
from mentoring.use_cases.labour_list import labour_list
from mentoring.use_cases.pair_ends import end_by_itself
from mentoring.use_cases.privacy import my_data
from mentoring.use_cases.registers import register_candidates
from mentoring.use_cases.selection import candidate_card, criteria_page, forget_selection
from mentoring.use_cases.training_needs import training_needs
from mentoring.use_cases.trainings import (
    Attendance,
    TrainingSet,
    drop_training,
    expect_at_training,
    expect_by_names,
    note_attendance,
    plan_training,
    release_from_training,
)
from storage.models.account import CuratorAccount
from storage.models.person import Enrolment
from storage.models.selection import Interview, TrainingRecord
from storage.queries.candidates_list import CandidateFilter
from storage.queries.pairs_list import PairFilter, pairs_page
from storage.queries.trainings import records_of, trained_lines, training_lines
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, School, open_school

TODAY = date(2026, 11, 23)
TALKING = TrainingSet("Как разговаривать и слушать", date(2026, 11, 14), 4, topic="talking")


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def anna(school: School) -> Enrolment:
    return school.enrol(ANNA, Role.MENTOR, capacity=3)


def interviewed(school: School, who: Enrolment, verdict: Verdict = Verdict.RECOMMENDED, on: date = TODAY) -> int:
    return write_interview(
        school.session,
        who.id,
        held_on=on,
        interviewer="педагог-психолог",
        verdict=verdict,
        notes="Спокойна, умеет слушать.",
        by=school.curator,
        now=NOW,
    ).interview_id


def test_opening_the_notes_of_an_interview_leaves_a_trace_each_time(school: School, anna: Enrolment) -> None:
    interview_id = interviewed(school, anna)
    for _ in range(2):
        opened = open_interview(school.session, interview_id, by=school.curator, now=NOW)
    assert opened.notes == "Спокойна, умеет слушать."
    assert school.acts("interview") == ["interview.written", "interview.opened", "interview.opened"]


def test_a_head_neither_opens_nor_writes_an_interview(school: School, anna: Enrolment) -> None:
    interview_id = interviewed(school, anna)
    account = CuratorAccount(
        organisation_id=school.organisation.id,
        login="head",
        full_name="Пётр Ильич Громов",
        role=AccountRole.HEAD,
        password_hash="",
        created_at=NOW,
    )
    school.session.add(account)
    school.session.flush()
    head = Actor.curator(account.id)
    with pytest.raises(NotAllowed):
        open_interview(school.session, interview_id, by=head, now=NOW)
    with pytest.raises(NotAllowed):
        write_interview(school.session, anna.id, held_on=TODAY, verdict=Verdict.LATER, by=head, now=NOW)
    with pytest.raises(NotAllowed):
        open_interview(school.session, interview_id, by=Actor.person(anna.person_id), now=NOW)


def test_lists_of_interviews_hold_no_notes(school: School, anna: Enrolment) -> None:
    interviewed(school, anna)
    (line,) = interviews_with(school.session, anna.id)
    assert line.has_notes
    assert not hasattr(line, "notes")


def test_an_interview_cannot_have_been_tomorrow_nor_with_a_mentee(school: School, anna: Enrolment) -> None:
    with pytest.raises(ValueWrong, match="held_on"):
        interviewed(school, anna, on=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        interviewed(school, school.enrol(MILA, Role.MENTEE))


def test_the_last_interview_decides_whether_a_mentor_is_ready(school: School, anna: Enrolment) -> None:
    interviewed(school, anna, Verdict.RECOMMENDED, TODAY)
    earlier = interviewed(school, anna, Verdict.LATER, TODAY - timedelta(days=7))
    assert candidate_card(school.session, anna.id, now=NOW).gaps == (RegisterGap.NO_TRAINING,)
    change_interview(
        school.session, earlier, held_on=TODAY, verdict=Verdict.LATER, notes="", by=school.curator, now=NOW
    )
    gaps = candidate_card(school.session, anna.id, now=NOW).gaps
    assert gaps == (RegisterGap.NOT_RECOMMENDED, RegisterGap.NO_TRAINING)


@pytest.mark.parametrize("verdict", Verdict)
def test_support_is_enough_and_later_is_not(verdict: Verdict) -> None:
    favourable = verdict in (Verdict.RECOMMENDED, Verdict.WITH_SUPPORT)
    assert (register_gaps(verdict, 4) == ()) is favourable


def test_who_came_has_hours_and_who_did_not_has_none(school: School, anna: Enrolment) -> None:
    oleg, by = school.enrol(OLEG, Role.MENTOR), school.curator
    training = plan_training(school.session, school.programme.id, TALKING, by=by, now=NOW).training_id
    expect_at_training(school.session, training, [anna.id, oleg.id, anna.id], by=by, now=NOW)
    came = {anna.id: Attendance(4, "№ 12 от 14.11.2026"), oleg.id: Attendance(None)}
    note_attendance(school.session, training, came, by=by, now=NOW)
    interviewed(school, anna)

    assert [(one.name, one.hours) for one in records_of(school.session, training)] == [
        ("Лебедева Анна Сергеевна", 4),
        ("Титов Олег", None),
    ]
    (line,) = training_lines(school.session, school.programme.id)
    assert (line.expected, line.attended) == (2, 1)
    ready = {one.name.last: one for one in register_candidates(school.session, school.programme.id)}
    assert (ready["Лебедева"].hours, ready["Лебедева"].gaps) == (4, ())
    assert ready["Лебедева"].certificate == "№ 12 от 14.11.2026"
    assert len(trained_lines(school.session, school.programme.id)) == 2


def test_a_pasted_list_finds_people_by_initials_and_says_whom_it_does_not_know(school: School, anna: Enrolment) -> None:
    igor, by = school.enrol(IGOR, Role.MENTOR), school.curator
    school.enrol(DARYA, Role.MENTEE)
    training = plan_training(school.session, school.programme.id, TALKING, by=by, now=NOW).training_id
    lines = "Лебедева А.С.\n\n  игорь павлович ветров \nСоколова Дарья Игоревна\nЛебедева\nПетров П. П.\n"
    found = expect_by_names(school.session, training, lines, by=by, now=NOW)
    assert found.unknown == ("Соколова Дарья Игоревна", "Лебедева", "Петров П. П.")
    assert {one.enrolment_id for one in records_of(school.session, training)} == {anna.id, igor.id}
    assert expect_by_names(school.session, training, "Лебедева Анна Сергеевна", by=by, now=NOW).added == 0


def test_a_training_with_hours_is_not_dropped_and_nobody_who_came_is_taken_off(school: School, anna: Enrolment) -> None:
    by = school.curator
    training = plan_training(school.session, school.programme.id, TALKING, by=by, now=NOW).training_id
    expect_at_training(school.session, training, [anna.id], by=by, now=NOW)
    note_attendance(school.session, training, {anna.id: Attendance(2)}, by=by, now=NOW)
    with pytest.raises(OutOfDate):
        drop_training(school.session, training, by=by, now=NOW)
    with pytest.raises(OutOfDate):
        release_from_training(school.session, training, anna.id, by=by, now=NOW)
    note_attendance(school.session, training, {anna.id: Attendance(None)}, by=by, now=NOW)
    release_from_training(school.session, training, anna.id, by=by, now=NOW)
    drop_training(school.session, training, by=by, now=NOW)
    assert training_lines(school.session, school.programme.id) == ()


def test_a_training_needs_a_name_hours_and_an_end_after_its_beginning(school: School) -> None:
    wrong = (
        (TextEmpty, TrainingSet(" ", TODAY, 4)),
        (ValueWrong, TrainingSet("Занятие", TODAY, 0)),
        (ValueWrong, TrainingSet("Занятие", TODAY, 4, ends_on=TODAY - timedelta(days=1))),
    )
    for error, entered in wrong:
        with pytest.raises(error):
            plan_training(school.session, school.programme.id, entered, by=school.curator, now=NOW)


def test_the_newer_answer_about_training_takes_the_place_of_the_older(school: School, anna: Enrolment) -> None:
    question = {
        "key": "training",
        "kind": "several_of",
        "options": [{"value": "talking", "label": "Как слушать"}, {"value": "goals", "label": "Цели"}],
    }
    for key in ("mentor_entry", "mentor_training_needs"):
        school.questionnaire(key, {"question": [question]})
    school.says(anna, training=["talking"])
    school.response(anna.person_id, "mentor_training_needs", {"training": ["goals"]}, enrolment_id=anna.id)
    needs = training_needs(school.session, school.programme.id)
    assert [(topic.value, len(topic.wanting)) for topic in needs.topics] == [("goals", 1), ("talking", 0)]
    assert needs.answered == 1


def test_only_a_worker_who_helps_a_worker_needs_a_written_consent() -> None:
    teacher, pupil, specialist = PersonKind.TEACHER, PersonKind.PUPIL, PersonKind.SPECIALIST
    assert needs_labour_consent("", teacher, teacher)
    assert needs_labour_consent(Form.PEDAGOGUES, specialist, teacher)
    assert not needs_labour_consent("", teacher, pupil)
    assert not needs_labour_consent(Form.PEDAGOGUES, PersonKind.STUDENT, teacher)
    assert not needs_labour_consent(Form.TEACHER_TEACHER, teacher, PersonKind.STUDENT)
    assert not needs_labour_consent(Form.PUPIL_PUPIL, pupil, pupil)


def test_a_pair_of_workers_waits_for_the_written_consent_and_again_when_it_is_stopped(
    school: School, anna: Enrolment
) -> None:
    of_workers = school.proposed(anna, school.enrol(DARYA, Role.MENTEE))
    with_pupil = school.proposed(anna, school.enrol(MILA, Role.MENTEE))
    both = [of_workers, with_pupil]
    assert [(gap.name, gap.pair_id) for gap in labour_gaps(school.session, both)] == [
        ("Лебедева Анна Сергеевна", of_workers)
    ]
    without = AgreementSet(number="7")
    saved = save_agreement(school.session, anna.id, without, by=school.curator, now=NOW)
    assert len(labour_gaps(school.session, both)) == 1
    paper = AgreementSet(consent_on=TODAY, number="7", signed_on=TODAY, payment="доплата", amount=Decimal(3000))
    save_agreement(school.session, anna.id, paper, agreement_id=saved.agreement_id, by=school.curator, now=NOW)
    assert labour_gaps(school.session, both) == ()
    stop_agreement(school.session, saved.agreement_id, TODAY, by=school.curator, now=NOW)
    assert len(labour_gaps(school.session, both)) == 1
    with pytest.raises(OutOfDate):
        stop_agreement(school.session, saved.agreement_id, TODAY, by=school.curator, now=NOW)
    save_agreement(school.session, anna.id, paper, by=school.curator, now=NOW)
    assert labour_gaps(school.session, both) == ()


def test_the_list_of_pairs_knows_the_same_gaps_as_the_gate_of_orders(school: School, anna: Enrolment) -> None:
    oleg = school.enrol(OLEG, Role.MENTOR)
    pairs = [
        school.agreed(anna, school.enrol(DARYA, Role.MENTEE)),
        school.agreed(anna, school.enrol(MILA, Role.MENTEE)),
        school.agreed(oleg, school.enrol(DARYA, Role.MENTEE)),
    ]

    def listed() -> set[int]:
        found = pairs_page(school.session, PairFilter(need="labour"), offset=0, limit=50, now=NOW)
        return {row.pair_id for row in found.rows}

    for paper in (None, AgreementSet(number="7"), AgreementSet(consent_on=TODAY), AgreementSet(number="8")):
        if paper:
            save_agreement(school.session, anna.id, paper, by=school.curator, now=NOW)
        assert listed() == {gap.pair_id for gap in labour_gaps(school.session, pairs)}, paper
    assert listed() == {pairs[0]}


def test_the_list_of_agreements_says_what_each_lacks(school: School, anna: Enrolment) -> None:
    school.proposed(anna, school.enrol(DARYA, Role.MENTEE))
    (line,) = labour_list(school.session, school.programme.id)
    assert line.lacks == ("consent_on", "number", "signed_on", "payment")
    saved = save_agreement(school.session, anna.id, AgreementSet(consent_on=TODAY), by=school.curator, now=NOW)
    (line,) = labour_list(school.session, school.programme.id)
    assert (line.agreement_id, line.lacks) == (saved.agreement_id, ("number", "signed_on", "payment"))
    facts = labour_facts(school.session, saved.agreement_id)
    assert [one.name.full for one in facts.mentees] == ["Соколова Дарья Игоревна"]


def test_an_agreement_does_not_end_before_it_begins(school: School, anna: Enrolment) -> None:
    backwards = AgreementSet(starts_on=TODAY, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(ValueWrong, match="ends_on"):
        save_agreement(school.session, anna.id, backwards, by=school.curator, now=NOW)


def test_candidates_are_found_by_what_they_lack(school: School, anna: Enrolment) -> None:
    school.enrol(OLEG, Role.MENTOR)
    interviewed(school, anna)

    def found(**asked: str) -> list[str]:
        page = criteria_page(school.session, school.programme.id, CandidateFilter(**asked), today=TODAY)
        return [row.name for row in page.rows]

    assert found() == ["Лебедева Анна Сергеевна", "Титов Олег"]
    assert found(stage="interview") == ["Титов Олег"]
    assert found(stage="ready") == []
    assert found(words="титов") == ["Титов Олег"]


def test_the_agreement_ends_with_the_pair_after_a_notice(school: School, anna: Enrolment) -> None:
    pair_id = school.paired(anna, school.enrol(DARYA, Role.MENTEE))
    saved = save_agreement(school.session, anna.id, AgreementSet(consent_on=TODAY), by=school.curator, now=NOW)
    pair = school.pair(pair_id)
    pair.ends_on = TODAY + timedelta(days=3)
    end_by_itself(school.session, pair, EndReason.WORKER_REFUSED, now=NOW + timedelta(days=4))
    assert labour_facts(school.session, saved.agreement_id).stopped_on == TODAY + timedelta(days=3)


def test_an_agreement_by_which_another_colleague_is_helped_goes_on(school: School, anna: Enrolment) -> None:
    first, _ = [school.paired(anna, school.enrol(DARYA, Role.MENTEE)) for _ in range(2)]
    saved = save_agreement(school.session, anna.id, AgreementSet(consent_on=TODAY), by=school.curator, now=NOW)
    pair = school.pair(first)
    pair.ends_on = TODAY
    end_by_itself(school.session, pair, EndReason.WORKER_REFUSED, now=NOW + timedelta(days=1))
    assert labour_facts(school.session, saved.agreement_id).stopped_on is None


def test_a_mentor_learns_what_is_kept_of_their_selection_without_the_notes(school: School, anna: Enrolment) -> None:
    interviewed(school, anna)
    kept = my_data(school.session, anna.person_id)
    assert kept["Собеседования"] == [
        {"Когда": "23.11.2026", "Кто провёл": "педагог-психолог", "Заметки": "есть, их покажет куратор"}
    ]
    assert "Спокойна" not in str(kept)


def test_with_the_person_their_interviews_and_certificates_are_forgotten(school: School, anna: Enrolment) -> None:
    interviewed(school, anna)
    by = school.curator
    training = plan_training(school.session, school.programme.id, TALKING, by=by, now=NOW).training_id
    expect_at_training(school.session, training, [anna.id], by=by, now=NOW)
    note_attendance(school.session, training, {anna.id: Attendance(4, "№ 12")}, by=by, now=NOW)
    forget_selection(school.session, anna.person_id)
    anna.person.erased_at = NOW
    school.session.flush()
    assert [one.name for one in records_of(school.session, training)] == ["участник удалён"]
    assert school.session.scalars(select(Interview)).all() == []
    assert [(one.hours, one.certificate) for one in school.session.scalars(select(TrainingRecord))] == [(4, "")]
