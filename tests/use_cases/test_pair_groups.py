from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.errors import (
    CapacityReached,
    GroupTooLarge,
    LastMentee,
    NotAllowed,
    NotFound,
    OutOfDate,
    PairExists,
    ValueWrong,
)
from mentoring.rules.pairs import EndReason, PairAnswer, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.pairs import (
    add_mentees,
    answer_proposal,
    confirm_pair,
    end_for_person,
    end_pair,
    pair_timeline,
    propose_group,
    remove_mentee,
    start_trial,
    withdraw_proposal,
)
from storage.models.person import Enrolment
from storage.queries.pairs import places_taken
from storage.queries.pairs_list import PairFilter, pairs_page
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

LATER = NOW + timedelta(days=3)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def mentor(school: School) -> Enrolment:
    return school.enrol(ANNA, Role.MENTOR, capacity=4)


@pytest.fixture
def mentees(school: School) -> list[Enrolment]:
    return [school.enrol(sketch, Role.MENTEE) for sketch in (MILA, TIMUR, DARYA)]


def say(school: School, pair_id: int, who: Enrolment, accepted: bool) -> PairState:
    by = Actor.person(who.person_id)
    return answer_proposal(school.session, pair_id, who.person_id, accepted, by=by, now=NOW).state


def propose(school: School, mentor: Enrolment, mentees: list[Enrolment], **more: int) -> int:
    ids = [mentee.id for mentee in mentees]
    return propose_group(school.session, mentor.id, ids, by=school.curator, now=NOW, **more).pair_id


def confirmed(school: School, mentor: Enrolment, mentees: list[Enrolment]) -> int:
    pair_id = school.group(mentor, *mentees)
    confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    return pair_id


def there(school: School, pair_id: int) -> list[str]:
    return [member.person.last_name for member in school.pair(pair_id).present]


def test_a_mentor_is_asked_once_for_a_group_and_then_each_mentee(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    pair_id = propose(school, mentor, mentees)
    assert school.told(NoticeKind.MENTOR_PAIR_PROPOSED) == [mentor.person_id]

    assert say(school, pair_id, mentor, True) is PairState.ASKED_MENTEE
    assert school.told(NoticeKind.MENTEE_PAIR_PROPOSED) == [one.person_id for one in mentees]
    assert say(school, pair_id, mentees[0], True) is PairState.ASKED_MENTEE
    assert say(school, pair_id, mentees[1], True) is PairState.ASKED_MENTEE
    assert say(school, pair_id, mentees[2], True) is PairState.AGREED
    assert places_taken(school.session, [mentor.id]) == {mentor.id: 3}


def test_a_no_takes_only_that_mentee_out(school: School, mentor: Enrolment, mentees: list[Enrolment]) -> None:
    pair_id = propose(school, mentor, mentees)
    say(school, pair_id, mentor, True)
    say(school, pair_id, mentees[0], True)

    assert say(school, pair_id, mentees[1], False) is PairState.ASKED_MENTEE
    assert say(school, pair_id, mentees[2], True) is PairState.AGREED

    assert there(school, pair_id) == ["Лебедева", "Крылова", "Соколова"]
    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == []
    assert not mentees[1].paired
    assert mentees[0].paired
    confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    assert mentees[1].person_id not in school.told(NoticeKind.PERSON_PAIR_CONFIRMED)
    with pytest.raises(OutOfDate) as late:
        say(school, pair_id, mentees[1], True)
    assert late.value.state == PairState.DECLINED


def test_a_group_that_everybody_declines_is_declined_and_the_mentor_hears(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    pair_id = propose(school, mentor, mentees[:2])
    say(school, pair_id, mentor, True)
    say(school, pair_id, mentees[0], False)

    assert say(school, pair_id, mentees[1], False) is PairState.DECLINED
    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == [mentor.person_id]
    assert places_taken(school.session, [mentor.id]) == {}


def test_a_change_of_mind_before_all_have_answered_counts(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    pair_id = propose(school, mentor, mentees[:2])
    say(school, pair_id, mentor, True)
    say(school, pair_id, mentees[0], True)

    assert say(school, pair_id, mentees[0], False) is PairState.ASKED_MENTEE
    assert say(school, pair_id, mentees[1], True) is PairState.AGREED
    assert there(school, pair_id) == ["Лебедева", "Асланов"]


def test_a_group_has_four_mentees_at_most_and_only_as_many_as_the_mentor_has_places(school: School) -> None:
    small, large = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(IGOR, Role.MENTOR, capacity=9)
    five = [school.enrol(sketch, Role.MENTEE) for sketch in (MILA, TIMUR, DARYA, OLEG, IGOR)]

    with pytest.raises(CapacityReached) as full:
        propose(school, small, five[:3])
    assert full.value.person_name == "Лебедева Анна Сергеевна"
    with pytest.raises(GroupTooLarge) as large_one:
        propose(school, large, five)
    assert large_one.value.most == 4
    with pytest.raises(ValueWrong):
        propose(school, large, [])


def test_nobody_joins_a_group_whose_mentor_is_ready_for_fewer_by_now(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group, newcomer = confirmed(school, mentor, mentees[:2]), mentees[2]
    proposal = add_mentees(school.session, group, [newcomer.id], by=school.curator, now=NOW).pair_id
    for one in (mentor, newcomer):
        say(school, proposal, one, True)
    mentor.capacity = 2

    with pytest.raises(CapacityReached):
        confirm_pair(school.session, proposal, by=school.curator, now=LATER)
    assert len(there(school, group)) == 3


def test_a_newcomer_becomes_a_member_of_the_group_when_the_curator_confirms(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees[:2])
    guardian = school.guardian(school.enrol(OLEG, Role.MENTEE).person)
    newcomer = mentees[2]
    proposal = add_mentees(school.session, group, [newcomer.id], by=school.curator, now=NOW).pair_id
    for one in (mentor, newcomer):
        say(school, proposal, one, True)
    assert there(school, group) == ["Лебедева", "Крылова", "Асланов"]

    made = confirm_pair(school.session, proposal, by=school.curator, now=LATER)

    assert (made.pair_id, made.mentee_name) == (group, "Крылова Мила, Асланов Тимур, Соколова Дарья Игоревна")
    assert school.pair(proposal).state is PairState.JOINED
    assert school.pair(group).present[-1].joined_at == LATER
    assert school.told(NoticeKind.PERSON_GROUP_JOINED) == [mentor.person_id, *(one.person_id for one in mentees[:2])]
    last = school.notices(NoticeKind.PERSON_PAIR_CONFIRMED)[-1]
    assert (last.person_id, last.payload["pair_id"]) == (newcomer.person_id, group)
    assert guardian.id not in school.told(NoticeKind.GUARDIAN_PAIR_CONFIRMED)
    assert places_taken(school.session, [mentor.id, newcomer.id]) == {mentor.id: 3, newcomer.id: 1}
    assert newcomer.paired
    story = pair_timeline(school.session, group)
    assert story.entries[0].what == "pair.mentee_joined"
    assert pair_timeline(school.session, proposal).joins.pair_id == group  # type: ignore[union-attr]


def test_nobody_joins_a_group_that_is_over_or_on_trial(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = school.group(mentor, mentees[0])
    start_trial(school.session, group, by=school.curator, now=NOW)
    with pytest.raises(OutOfDate) as early:
        add_mentees(school.session, group, [mentees[1].id], by=school.curator, now=NOW)
    assert early.value.state == PairState.TRIAL


def test_a_proposal_to_join_has_no_trial_of_its_own(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees[:1])
    proposal = add_mentees(school.session, group, [mentees[1].id], by=school.curator, now=NOW).pair_id
    for one in (mentor, mentees[1]):
        say(school, proposal, one, True)

    with pytest.raises(NotAllowed):
        start_trial(school.session, proposal, by=school.curator, now=NOW)


def test_when_a_group_ends_the_proposals_to_join_it_are_gone_for_those_who_were_asked(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees[:1])
    proposal = add_mentees(school.session, group, [mentees[1].id], by=school.curator, now=NOW).pair_id
    say(school, proposal, mentor, True)

    end_pair(school.session, group, EndReason.COMPLETED, by=school.curator, now=LATER)

    assert school.pair(proposal).state is PairState.WITHDRAWN
    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == [mentor.person_id, mentees[1].person_id]
    with pytest.raises(OutOfDate):
        confirm_pair(school.session, proposal, by=school.curator, now=LATER)


def test_a_stranger_group_and_a_mentee_who_is_in_it_are_refused(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees[:1])
    other = school.enrol(IGOR, Role.MENTOR, capacity=2)

    with pytest.raises(NotFound):
        propose(school, other, [mentees[1]], joins_pair_id=group)
    with pytest.raises(PairExists):
        add_mentees(school.session, group, [mentees[0].id], by=school.curator, now=NOW)


def test_one_mentee_leaves_and_the_others_stay(school: School, mentor: Enrolment, mentees: list[Enrolment]) -> None:
    group = confirmed(school, mentor, mentees)
    leaver = mentees[1]

    remove_mentee(school.session, group, leaver.person_id, EndReason.MOVED, by=school.curator, now=LATER)

    assert there(school, group) == ["Лебедева", "Крылова", "Соколова"]
    assert school.pair(group).state is PairState.CONFIRMED
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == [leaver.person_id]
    assert school.told(NoticeKind.PERSON_GROUP_LEFT) == [
        mentor.person_id,
        mentees[0].person_id,
        mentees[2].person_id,
    ]
    (gone,) = pair_timeline(school.session, group).gone
    assert (gone.name, gone.left_at, gone.left_reason) == ("Асланов Тимур", LATER, EndReason.MOVED)
    assert not leaver.paired
    assert places_taken(school.session, [mentor.id, leaver.id]) == {mentor.id: 2}
    (row,) = pairs_page(school.session, PairFilter(), offset=0, limit=9, now=LATER).rows
    assert row.mentee_names == "Крылова Мила, Соколова Дарья Игоревна"


def test_the_only_mentee_does_not_leave_the_pair_ends(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees[:2])
    remove_mentee(school.session, group, mentees[0].person_id, EndReason.MOVED, by=school.curator, now=LATER)

    with pytest.raises(LastMentee):
        remove_mentee(school.session, group, mentees[1].person_id, EndReason.MOVED, by=school.curator, now=LATER)
    with pytest.raises(NotFound):
        remove_mentee(school.session, group, mentees[0].person_id, EndReason.MOVED, by=school.curator, now=LATER)


def test_somebody_who_left_a_group_comes_back_to_it(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees[:2])
    back = mentees[1]
    remove_mentee(school.session, group, back.person_id, EndReason.MOVED, by=school.curator, now=NOW)
    proposal = add_mentees(school.session, group, [back.id], by=school.curator, now=LATER).pair_id
    for one in (mentor, back):
        say(school, proposal, one, True)

    confirm_pair(school.session, proposal, by=school.curator, now=LATER)

    assert there(school, group) == ["Лебедева", "Крылова", "Асланов"]
    assert len(school.pair(group).members) == 3


def test_a_mentee_who_is_taken_out_of_a_proposal_frees_the_others_to_agree(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    pair_id = propose(school, mentor, mentees[:2])
    say(school, pair_id, mentor, True)
    say(school, pair_id, mentees[0], True)

    remove_mentee(school.session, pair_id, mentees[1].person_id, EndReason.OTHER, by=school.curator, now=NOW)

    assert school.pair(pair_id).state is PairState.AGREED
    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == [mentees[1].person_id]


def test_who_leaves_the_programme_leaves_a_group_that_goes_on_and_ends_a_pair_of_two(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees)

    assert end_for_person(school.session, mentees[0].person_id, EndReason.LEFT, by=Actor.system(), now=LATER) == 1
    assert there(school, group) == ["Лебедева", "Асланов", "Соколова"]
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == []

    end_for_person(school.session, mentees[1].person_id, EndReason.LEFT, by=Actor.system(), now=LATER)
    end_for_person(school.session, mentees[2].person_id, EndReason.LEFT, by=Actor.system(), now=LATER)
    assert (school.pair(group).state, school.pair(group).end_reason) == (PairState.ENDED, EndReason.LEFT)
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == [mentor.person_id]
    assert there(school, group) == ["Лебедева", "Соколова"]


def test_a_group_without_its_mentor_is_over_for_all(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    group = confirmed(school, mentor, mentees)

    end_for_person(school.session, mentor.person_id, EndReason.LEFT, by=Actor.system(), now=LATER)

    assert school.pair(group).state is PairState.ENDED
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == [one.person_id for one in mentees]
    assert not any(one.paired for one in mentees)


def test_a_withdrawn_group_tells_all_who_were_asked(
    school: School, mentor: Enrolment, mentees: list[Enrolment]
) -> None:
    pair_id = propose(school, mentor, mentees)
    say(school, pair_id, mentor, True)
    say(school, pair_id, mentees[0], False)

    withdraw_proposal(school.session, pair_id, by=school.curator, now=NOW)

    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == [mentor.person_id, *(one.person_id for one in mentees[1:])]


def test_a_second_tap_in_a_group_answers_once(school: School, mentor: Enrolment, mentees: list[Enrolment]) -> None:
    pair_id = propose(school, mentor, mentees[:2])
    say(school, pair_id, mentor, True)
    for _ in range(2):
        say(school, pair_id, mentor, True)
        say(school, pair_id, mentees[0], True)

    assert len(school.told(NoticeKind.MENTEE_PAIR_PROPOSED)) == 2
    assert school.acts("pair") == ["pair.asked_mentor", "pair.asked_mentee"]
    answers = [member.answer for member in school.pair(pair_id).members]
    assert answers == [PairAnswer.ACCEPTED, PairAnswer.ACCEPTED, PairAnswer.WAITING]


def test_only_a_curator_changes_a_group(school: School, mentor: Enrolment, mentees: list[Enrolment]) -> None:
    group = confirmed(school, mentor, mentees[:2])
    for by in (Actor.person(mentor.person_id), Actor.system()):
        with pytest.raises(NotAllowed):
            add_mentees(school.session, group, [mentees[2].id], by=by, now=NOW)
        with pytest.raises(NotAllowed):
            remove_mentee(school.session, group, mentees[0].person_id, EndReason.MOVED, by=by, now=NOW)
