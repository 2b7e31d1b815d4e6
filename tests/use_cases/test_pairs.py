from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.consents import Decision
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import (
    CapacityReached,
    ConsentsMissing,
    NotAllowed,
    NotApproved,
    NotFound,
    OutOfDate,
    PairExists,
    SamePerson,
    TextTooLong,
    ValueWrong,
)
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.pairs import EndReason, PairAnswer, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.pairs import (
    answer_proposal,
    confirm_pair,
    end_for_person,
    end_pair,
    my_pairs,
    pair_timeline,
    possible_mentees,
    possible_mentors,
    proposal_for,
    propose_pair,
    withdraw_proposal,
)
from storage.models.account import CuratorAccount
from storage.scope import set_organisation
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def say(school: School, pair_id: int, person_id: int, accepted: bool, **why: str) -> PairState:
    by = Actor.person(person_id)
    return answer_proposal(school.session, pair_id, person_id, accepted, by=by, now=NOW, **why).state


def test_the_mentor_is_asked_first_then_the_mentee_then_the_curator_confirms(school: School) -> None:
    mentor, mentee = school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE)

    proposed = propose_pair(school.session, mentor.id, mentee.id, form="pupil_pupil", by=school.curator, now=NOW)

    assert (proposed.state, proposed.answer_by) == (PairState.ASKED_MENTOR, NOW + timedelta(days=5))
    assert school.told(NoticeKind.MENTOR_PAIR_PROPOSED) == [mentor.person_id]
    assert school.told(NoticeKind.MENTEE_PAIR_PROPOSED) == []

    assert say(school, proposed.pair_id, mentor.person_id, True) is PairState.ASKED_MENTEE
    assert school.told(NoticeKind.MENTEE_PAIR_PROPOSED) == [mentee.person_id]

    assert say(school, proposed.pair_id, mentee.person_id, True) is PairState.AGREED
    assert school.told(NoticeKind.PERSON_PAIR_CONFIRMED) == []

    changed = confirm_pair(school.session, proposed.pair_id, by=school.curator, now=NOW)
    assert (changed.state, changed.mentor_name, changed.mentee_name) == (
        PairState.CONFIRMED,
        "Титов Олег",
        "Крылова Мила",
    )
    assert school.told(NoticeKind.PERSON_PAIR_CONFIRMED) == [mentor.person_id, mentee.person_id]
    assert school.acts("pair") == ["pair.asked_mentor", "pair.asked_mentee", "pair.agreed", "pair.confirmed"]


def test_the_guardians_of_both_minors_hear_of_the_confirmed_pair(school: School) -> None:
    mentor, mentee = school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    guardians = [school.guardian(enrolment.person) for enrolment in (mentor, mentee)]

    pair_id = school.paired(mentor, mentee)

    told = school.notices(NoticeKind.GUARDIAN_PAIR_CONFIRMED)
    assert [(notice.person_id, notice.payload) for notice in told] == [
        (guardians[0].id, {"pair_id": pair_id, "minor_id": mentor.person_id, "after_trial": 0}),
        (guardians[1].id, {"pair_id": pair_id, "minor_id": mentee.person_id, "after_trial": 0}),
    ]


def test_only_a_curator_proposes_confirms_withdraws_and_ends(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(DARYA, Role.MENTEE)
    agreed, session = school.agreed(mentor, mentee), school.session
    head = CuratorAccount(login="gromov", password_hash="", full_name="Громов", role=AccountRole.HEAD, created_at=NOW)
    session.add(head)
    session.flush()
    other = school.enrol(TIMUR, Role.MENTEE)

    for by in (Actor.person(mentor.person_id), Actor.curator(head.id), Actor.system()):
        with pytest.raises(NotAllowed):
            propose_pair(session, mentor.id, other.id, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            confirm_pair(session, agreed, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            withdraw_proposal(session, agreed, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            end_pair(session, agreed, EndReason.OTHER, by=by, now=NOW)
    assert school.pair(agreed).state is PairState.AGREED


def test_a_missing_consent_is_named_with_its_owner(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE, consents=False)

    with pytest.raises(ConsentsMissing) as refused:
        propose_pair(school.session, mentor.id, mentee.id, by=school.curator, now=NOW)

    assert [(gap.person_name, gap.giver) for gap in refused.value.missing] == [
        ("Асланов Тимур", "self"),
        ("Асланов Тимур", "guardian"),
    ]


def test_a_consent_that_went_missing_stops_the_confirmation(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.agreed(mentor, mentee)
    school.consent(mentee.person, Decision.REFUSED)

    with pytest.raises(ConsentsMissing):
        confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    assert school.pair(pair_id).state is PairState.AGREED


@pytest.mark.parametrize("status", [status for status in EnrolmentStatus if status is not EnrolmentStatus.APPROVED])
def test_somebody_not_approved_is_named(school: School, status: EnrolmentStatus) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE, status=status)

    with pytest.raises(NotApproved) as refused:
        propose_pair(school.session, mentor.id, mentee.id, by=school.curator, now=NOW)
    assert refused.value.person_name == "Асланов Тимур"


def test_asked_agreed_and_confirmed_pairs_take_the_mentors_places_and_a_decline_frees_one(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=3)
    mentees = [school.enrol(sketch, Role.MENTEE) for sketch in (MILA, TIMUR, DARYA)]
    asked = school.proposed(mentor, mentees[0])
    school.agreed(mentor, mentees[1])
    school.paired(mentor, mentees[2])
    last = school.enrol(IGOR, Role.MENTEE)

    with pytest.raises(CapacityReached) as refused:
        school.proposed(mentor, last)
    assert (refused.value.person_name, refused.value.capacity) == ("Лебедева Анна Сергеевна", 3)

    say(school, asked, mentor.person_id, False)
    assert school.proposed(mentor, last)


def test_a_mentee_has_one_open_pair_at_a_time(school: School) -> None:
    mentee = school.enrol(TIMUR, Role.MENTEE)
    school.proposed(school.enrol(ANNA, Role.MENTOR), mentee)

    with pytest.raises(CapacityReached) as refused:
        school.proposed(school.enrol(IGOR, Role.MENTOR), mentee)
    assert refused.value.person_name == "Асланов Тимур"


def test_the_same_two_are_not_asked_twice_but_may_be_after_a_decline(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)

    with pytest.raises(PairExists) as refused:
        school.proposed(mentor, mentee)
    assert refused.value.pair_id == pair_id

    say(school, pair_id, mentor.person_id, False)
    assert school.proposed(mentor, mentee) != pair_id


def test_nobody_is_their_own_mentor(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR)
    mentee = school.enrol(ANNA, Role.MENTEE, person=mentor.person)

    with pytest.raises(SamePerson):
        school.proposed(mentor, mentee)


def test_enrolments_of_the_wrong_role_and_of_other_schools_are_not_found(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    other = open_school(school.session, "Лицей № 2", "other")
    stranger = other.enrol(IGOR, Role.MENTOR)
    set_organisation(school.session, school.organisation.id)

    for one, two in ((mentee, mentor), (stranger, mentee)):
        with pytest.raises(NotFound):
            propose_pair(school.session, one.id, two.id, by=school.curator, now=NOW)


def test_another_schools_pair_is_not_found(school: School) -> None:
    pair_id = school.agreed(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    other = open_school(school.session, "Лицей № 2", "other")

    with pytest.raises(NotFound):
        confirm_pair(school.session, pair_id, by=other.curator, now=NOW)
    with pytest.raises(NotFound):
        pair_timeline(school.session, pair_id)


def test_a_decline_keeps_its_reason_for_the_curator_and_tells_the_mentee_nothing(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)

    assert say(school, pair_id, mentor.person_id, False, reason="time") is PairState.DECLINED
    say(school, pair_id, mentor.person_id, False, reason_text=" После каникул смогу. ")

    member = school.member(pair_id, Role.MENTOR)
    assert (member.answer, member.reason, member.reason_text) == (
        PairAnswer.DECLINED,
        "time",
        "После каникул смогу.",
    )
    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == []
    assert pair_timeline(school.session, pair_id).mentor.reason == "time"


def test_a_mentor_who_agreed_hears_that_the_proposal_is_gone_but_not_why(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)
    say(school, pair_id, mentor.person_id, True)

    say(school, pair_id, mentee.person_id, False, reason="prefer_other", reason_text="Она строгая")

    gone = school.notices(NoticeKind.PERSON_PROPOSAL_GONE)
    assert [(notice.person_id, notice.payload) for notice in gone] == [(mentor.person_id, {"pair_id": pair_id})]


def test_an_unknown_or_endless_reason_is_refused(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)

    with pytest.raises(ValueWrong):
        say(school, pair_id, mentor.person_id, False, reason="bored")
    with pytest.raises(TextTooLong):
        say(school, pair_id, mentor.person_id, False, reason_text="я" * 501)


def test_a_second_tap_changes_nothing_and_a_late_change_of_mind_is_told_where_it_stands(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)
    say(school, pair_id, mentor.person_id, True)

    assert say(school, pair_id, mentor.person_id, True) is PairState.ASKED_MENTEE
    with pytest.raises(OutOfDate) as late:
        say(school, pair_id, mentor.person_id, False)
    assert late.value.state == PairState.ASKED_MENTEE
    assert len(school.told(NoticeKind.MENTEE_PAIR_PROPOSED)) == 1
    assert school.acts("pair") == ["pair.asked_mentor", "pair.asked_mentee"]


def test_an_answer_to_a_withdrawn_proposal_is_out_of_date(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)

    withdraw_proposal(school.session, pair_id, by=school.curator, now=NOW)

    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == [mentor.person_id]
    with pytest.raises(OutOfDate) as gone:
        say(school, pair_id, mentor.person_id, True)
    assert gone.value.state == PairState.WITHDRAWN


def test_nobody_answers_for_another_but_a_curator_enters_what_was_said_on_paper(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)

    with pytest.raises(NotAllowed):
        answer_proposal(school.session, pair_id, mentor.person_id, True, by=Actor.person(mentee.person_id), now=NOW)
    with pytest.raises(NotFound):
        answer_proposal(school.session, pair_id, school.guardian(mentee.person).id, True, by=school.curator, now=NOW)
    answered = answer_proposal(school.session, pair_id, mentor.person_id, True, by=school.curator, now=NOW)
    assert (answered.state, answered.role) == (PairState.ASKED_MENTEE, Role.MENTOR)


def test_an_ended_pair_tells_both_and_frees_their_places(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.paired(mentor, mentee)

    end_pair(school.session, pair_id, EndReason.COMPLETED, by=school.curator, now=NOW)

    pair = school.pair(pair_id)
    assert (pair.state, pair.ended_at, pair.end_reason) == (PairState.COMPLETED, NOW, "completed")
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == [mentor.person_id, mentee.person_id]
    assert school.proposed(mentor, mentee)


def test_when_somebody_leaves_the_others_are_told_and_nobody_who_was_never_asked(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=3)
    paired, asked, unasked = (school.enrol(sketch, Role.MENTEE) for sketch in (MILA, TIMUR, DARYA))
    pairs = [school.paired(mentor, paired), school.proposed(mentor, asked), school.proposed(mentor, unasked)]
    say(school, pairs[1], mentor.person_id, True)

    ended = end_for_person(school.session, mentor.person_id, EndReason.LEFT, by=Actor.person(mentor.person_id), now=NOW)

    assert ended == 3
    states = [school.pair(pair_id).state for pair_id in pairs]
    assert states == [PairState.ENDED, PairState.WITHDRAWN, PairState.WITHDRAWN]
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == [paired.person_id]
    assert school.told(NoticeKind.PERSON_PROPOSAL_GONE) == [asked.person_id]
    assert end_for_person(school.session, mentor.person_id, EndReason.LEFT, by=Actor.system(), now=NOW) == 0


def test_a_mentor_learns_why_the_two_fit_and_no_name_before_the_curator_has_confirmed(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    school.says(
        mentor, topics=["study", "projects"], days=["mon", "tue"], parts=["evening"], experience="22 года в школе"
    )
    school.says(mentee, topics=["projects"], days=["tue", "sat"], parts=["evening"], goal="Собрать робота")
    pair_id = school.proposed(mentor, mentee)

    seen = proposal_for(school.session, pair_id, mentor.person_id)

    assert (seen.role, seen.others[0].topics, seen.others[0].wish, seen.shared_slots) == (
        Role.MENTOR,
        ("Проекты",),
        "Собрать робота",
        ("tue_evening",),
    )
    assert not any(word in repr(seen) for word in ("Мила", "Крылова", "7 «Б»"))

    say(school, pair_id, mentor.person_id, True)
    seen = proposal_for(school.session, pair_id, mentee.person_id)
    assert (seen.role, seen.others[0].experience, seen.others[0].wish) == (Role.MENTEE, "22 года в школе", "")
    assert not any(word in repr(seen) for word in ("Анна", "Лебедева"))


def test_a_mentee_cannot_see_a_proposal_before_the_mentor_has_agreed_and_a_stranger_never(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)
    stranger = school.enrol(IGOR, Role.MENTOR)

    for person_id in (mentee.person_id, stranger.person_id):
        with pytest.raises(NotFound):
            proposal_for(school.session, pair_id, person_id)


def test_my_pairs_call_adults_by_patronymic_and_pupils_by_first_name(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(MILA, Role.MENTEE)
    school.paired(mentor, mentee)
    school.agreed(mentor, school.enrol(TIMUR, Role.MENTEE))

    (mine,) = my_pairs(school.session, mentor.person_id)
    (theirs,) = my_pairs(school.session, mentee.person_id)

    assert (mine.others[0].name, mine.others[0].full_name, mine.others[0].place) == ("Мила", "Мила Крылова", "7 «Б»")
    assert (theirs.others[0].name, theirs.others[0].full_name) == ("Анна Сергеевна", "Анна Сергеевна Лебедева")
    assert (mine.next_kind, mine.meetings_held, mine.next_meeting) == (MeetingKind.FIRST, 0, None)


def test_candidates_come_best_fit_first_with_obstacles_named_last(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=3)
    school.says(mentor, topics=["projects"], days=["tue"])
    fits, plain, waiting, bare, taken = (
        school.enrol(TIMUR, Role.MENTEE),
        school.enrol(DARYA, Role.MENTEE),
        school.enrol(MILA, Role.MENTEE, status=EnrolmentStatus.SUBMITTED),
        school.enrol(OLEG, Role.MENTEE, consents=False),
        school.enrol(IGOR, Role.MENTEE),
    )
    school.says(fits, topics=["projects", "study"], days=["tue"])
    school.proposed(mentor, taken)

    found = {candidate.enrolment_id: candidate for candidate in possible_mentees(school.session, mentor.id)}

    assert list(found)[:2] == [fits.id, plain.id]
    assert (found[fits.id].reasons.topics, found[fits.id].reasons.shared_slots) == (("Проекты",), ("tue",))
    assert found[fits.id].obstacles == found[plain.id].obstacles == ()
    assert found[waiting.id].obstacles == ("not_approved",)
    assert found[bare.id].obstacles == ("consents_missing",)
    assert found[taken.id].obstacles == ("already_together", "capacity_reached")
    assert [mentors.enrolment_id for mentors in possible_mentors(school.session, fits.id)] == [mentor.id]


def test_the_timeline_tells_who_moved_the_pair(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.paired(mentor, mentee)

    entries = pair_timeline(school.session, pair_id).entries

    assert sorted((entry.what, entry.who) for entry in entries) == [
        ("pair.agreed", "Асланов Тимур"),
        ("pair.asked_mentee", "Лебедева Анна Сергеевна"),
        ("pair.asked_mentor", "Ольга Викторовна Зимина"),
        ("pair.confirmed", "Ольга Викторовна Зимина"),
    ]
