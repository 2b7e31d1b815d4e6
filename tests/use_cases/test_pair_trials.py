from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.consents import Decision
from mentoring.rules.errors import (
    CapacityReached,
    ConsentsMissing,
    NotAllowed,
    OutOfDate,
    PairsNotReady,
    TextTooLong,
    TrialIncomplete,
)
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.rules.trials import GoOn, Lack
from mentoring.use_cases.pairs import (
    answer_proposal,
    confirm_pair,
    fix_pairs,
    pair_timeline,
    part_pair,
    propose_pair,
    remove_mentee,
    start_trial,
    trial_view,
)
from storage.models.meeting import Meeting
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, OLEG, TIMUR, School, open_school

LATER = NOW + timedelta(days=3)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def trial(school: School) -> int:
    pair_id = school.agreed(school.enrol(ANNA, Role.MENTOR, capacity=2), school.enrol(TIMUR, Role.MENTEE))
    start_trial(school.session, pair_id, by=school.curator, now=NOW)
    return pair_id


def meet(school: School, pair_id: int, kind: MeetingKind, state: MeetingState = MeetingState.HELD) -> Meeting:
    return school._add(
        Meeting(
            pair_id=pair_id,
            kind=kind,
            state=state,
            starts_at=LATER,
            minutes=45,
            place_kind=PlaceKind.ONLINE,
            created_at=NOW,
        )
    )


def say(school: School, meeting: Meeting, role: Role, go_on: str | None) -> None:
    answers = {} if go_on is None else {"go_on": go_on}
    person_id = school.member(meeting.pair_id, role).person_id
    school.feedback(meeting, person_id, f"feedback_{meeting.kind}_{role}", **answers)


def lacks(school: School, pair_id: int) -> list[tuple[Lack, str]]:
    return [(one.lack, one.name) for one in trial_view(school.session, pair_id).lacks]


def test_at_the_beginning_of_a_trial_both_and_the_guardian_learn_who_it_is(school: School) -> None:
    mentor, mentee = school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    guardian = school.guardian(mentee.person)
    pair_id = school.agreed(mentor, mentee)

    changed = start_trial(school.session, pair_id, by=school.curator, now=LATER)

    pair = school.pair(pair_id)
    assert (changed.state, pair.started_at, pair.confirmed_at) == (PairState.TRIAL, LATER, None)
    assert [member.joined_at for member in pair.members] == [LATER, LATER]
    assert school.told(NoticeKind.PERSON_TRIAL_STARTED) == [mentor.person_id, mentee.person_id]
    assert school.told(NoticeKind.GUARDIAN_TRIAL_STARTED) == [guardian.id]
    assert school.told(NoticeKind.PERSON_PAIR_CONFIRMED) == []


def test_a_trial_needs_the_consents_of_both(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.agreed(mentor, mentee)
    school.consent(mentee.person, Decision.REFUSED)

    with pytest.raises(ConsentsMissing):
        start_trial(school.session, pair_id, by=school.curator, now=NOW)
    assert school.pair(pair_id).state is PairState.AGREED


def test_a_trial_lacks_two_meetings_then_two_forms_then_nothing(school: School, trial: int) -> None:
    assert lacks(school, trial) == [(Lack.FIRST_MEETING, ""), (Lack.TRIAL_MEETING, "")]

    first = meet(school, trial, MeetingKind.FIRST)
    meet(school, trial, MeetingKind.TRIAL, MeetingState.PLANNED)
    say(school, first, Role.MENTEE, "yes")
    assert lacks(school, trial) == [(Lack.TRIAL_MEETING, ""), (Lack.FIRST_FORM, "Лебедева Анна Сергеевна")]

    second = meet(school, trial, MeetingKind.TRIAL)
    assert lacks(school, trial) == [
        (Lack.FORM, "Лебедева Анна Сергеевна"),
        (Lack.FORM, "Асланов Тимур"),
    ]

    say(school, second, Role.MENTOR, "yes")
    say(school, second, Role.MENTEE, None)  # the organisation's own form does not ask
    assert lacks(school, trial) == []


@pytest.mark.parametrize(("word", "lack"), [("unsure", Lack.DOUBT), ("no", Lack.WANTS_OTHER)])
def test_a_doubt_and_a_no_are_named_with_whose_they_are(school: School, trial: int, word: str, lack: Lack) -> None:
    meet(school, trial, MeetingKind.FIRST)
    second = meet(school, trial, MeetingKind.TRIAL)
    say(school, second, Role.MENTOR, "yes")
    say(school, second, Role.MENTEE, word)

    assert lacks(school, trial) == [(lack, "Асланов Тимур")]
    said = {one.role: dict(one.go_on) for one in trial_view(school.session, trial).said}
    assert said == {Role.MENTOR: {MeetingKind.TRIAL: GoOn.YES}, Role.MENTEE: {MeetingKind.TRIAL: GoOn(word)}}


def test_a_yes_after_the_trial_meeting_outweighs_a_doubt_after_the_first(school: School, trial: int) -> None:
    first, second = meet(school, trial, MeetingKind.FIRST), meet(school, trial, MeetingKind.TRIAL)
    for meeting, word in ((first, "no"), (second, "yes")):
        for role in Role.MENTOR, Role.MENTEE:
            say(school, meeting, role, word)

    assert lacks(school, trial) == []


def test_an_unfinished_trial_is_confirmed_only_with_a_reason(school: School, trial: int) -> None:
    with pytest.raises(TrialIncomplete) as refused:
        confirm_pair(school.session, trial, note="  ", by=school.curator, now=LATER)
    assert refused.value.lacks == (("first_meeting", ""), ("trial_meeting", ""))
    assert school.pair(trial).state is PairState.TRIAL

    confirm_pair(school.session, trial, note=" Знакомы с прошлого года. ", by=school.curator, now=LATER)

    pair = school.pair(trial)
    assert (pair.state, pair.started_at, pair.confirmed_at) == (PairState.CONFIRMED, NOW, LATER)
    assert pair.decision_note == "Знакомы с прошлого года."
    assert [one.payload["after_trial"] for one in school.notices(NoticeKind.PERSON_PAIR_CONFIRMED)] == [1, 1]


def test_a_finished_trial_is_confirmed_without_words(school: School, trial: int) -> None:
    meet(school, trial, MeetingKind.FIRST)
    second = meet(school, trial, MeetingKind.TRIAL)
    for role in Role.MENTOR, Role.MENTEE:
        say(school, second, role, "yes")

    assert confirm_pair(school.session, trial, by=school.curator, now=LATER).state is PairState.CONFIRMED


def test_two_who_did_not_suit_each_other_go_back_quietly_and_the_meeting_is_off(school: School, trial: int) -> None:
    ahead = meet(school, trial, MeetingKind.TRIAL, MeetingState.PLANNED)
    people = [member.person_id for member in school.pair(trial).members]

    changed = part_pair(school.session, trial, "Разные темпераменты", by=school.curator, now=NOW)

    pair = school.pair(trial)
    assert changed.state is pair.state is PairState.PARTED
    assert (pair.ended_at, pair.end_reason, pair.end_note) == (NOW, EndReason.NOT_FITTING, "Разные темпераменты")
    assert ahead.state is MeetingState.CANCELLED
    assert school.told(NoticeKind.PERSON_PAIR_PARTED) == people
    assert school.told(NoticeKind.PERSON_PAIR_ENDED) == school.told(NoticeKind.PERSON_MEETING_CANCELLED) == []
    assert not any(member.enrolment.paired for member in pair.members)
    assert all("темперамент" not in str(one.payload) for one in school.notices())


def test_the_history_of_a_pair_stays_when_the_two_are_put_together_again(school: School, trial: int) -> None:
    old = school.pair(trial)
    mentor, mentee = (member.enrolment for member in old.members)
    part_pair(school.session, trial, by=school.curator, now=NOW)

    again = school.paired(mentor, mentee, at=LATER)

    assert again != trial
    assert (school.pair(trial).state, school.pair(again).state) == (PairState.PARTED, PairState.CONFIRMED)


def test_only_a_curator_decides_about_a_trial(school: School, trial: int) -> None:
    mentor = school.member(trial, Role.MENTOR)
    for by in (Actor.person(mentor.person_id), Actor.system()):
        with pytest.raises(NotAllowed):
            start_trial(school.session, trial, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            confirm_pair(school.session, trial, note="да", by=by, now=NOW)
        with pytest.raises(NotAllowed):
            part_pair(school.session, trial, by=by, now=NOW)


def test_a_second_press_is_told_where_the_pair_stands(school: School, trial: int) -> None:
    with pytest.raises(OutOfDate) as late:
        start_trial(school.session, trial, by=school.curator, now=NOW)
    assert late.value.state == PairState.TRIAL

    part_pair(school.session, trial, by=school.curator, now=NOW)
    for act in (part_pair, confirm_pair, start_trial):
        with pytest.raises(OutOfDate) as gone:
            act(school.session, trial, by=school.curator, now=NOW)
        assert gone.value.state == PairState.PARTED
    assert len(school.told(NoticeKind.PERSON_PAIR_PARTED)) == 2


def test_an_endless_note_is_refused(school: School, trial: int) -> None:
    with pytest.raises(TextTooLong):
        confirm_pair(school.session, trial, note="я" * 501, by=school.curator, now=NOW)


def test_an_order_puts_a_confirmed_pair_to_work(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE)
    pair_id = school.paired(mentor, mentee)

    order, later = school.order("47"), school.order("48")

    assert fix_pairs(school.session, [pair_id], order, by=school.curator, now=LATER) == (pair_id,)
    assert fix_pairs(school.session, [pair_id], later, by=school.curator, now=LATER) == ()

    pair = school.pair(pair_id)
    assert (pair.state, pair.order_id) == (PairState.ACTIVE, order)
    fixed = school.notices(NoticeKind.PERSON_PAIR_FIXED)
    assert [(one.person_id, one.payload) for one in fixed] == [
        (mentor.person_id, {"pair_id": pair_id, "document_id": order}),
        (mentee.person_id, {"pair_id": pair_id, "document_id": order}),
    ]
    seen = pair_timeline(school.session, pair_id).order
    assert seen
    assert (seen.document_id, seen.number) == (order, "47")


def test_an_order_fixes_no_pair_if_one_is_not_decided(school: School, trial: int) -> None:
    ready = school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE))

    with pytest.raises(PairsNotReady) as refused:
        fix_pairs(school.session, [ready, trial], school.order("47"), by=school.curator, now=LATER)

    assert refused.value.pair_ids == (trial,)
    assert (school.pair(ready).state, school.pair(ready).order_id) == (PairState.CONFIRMED, None)


def test_a_mentee_of_a_group_on_trial_who_does_not_suit_goes_alone(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=2)
    stays, goes = school.enrol(TIMUR, Role.MENTEE), school.enrol(MILA, Role.MENTEE)
    pair_id = school.group(mentor, stays, goes)
    start_trial(school.session, pair_id, by=school.curator, now=NOW)

    remove_mentee(school.session, pair_id, goes.person_id, EndReason.NOT_FITTING, by=school.curator, now=LATER)

    assert school.pair(pair_id).state is PairState.TRIAL
    assert school.told(NoticeKind.PERSON_PAIR_PARTED) == [goes.person_id]
    assert school.told(NoticeKind.PERSON_GROUP_LEFT) == [mentor.person_id, stays.person_id]
    assert [one.name for one in trial_view(school.session, pair_id).said] == [
        "Лебедева Анна Сергеевна",
        "Асланов Тимур",
    ]


def test_an_answer_to_a_proposal_that_became_a_pair_is_out_of_date(school: School, trial: int) -> None:
    mentee = school.member(trial, Role.MENTEE)

    with pytest.raises(OutOfDate) as late:
        answer_proposal(school.session, trial, mentee.person_id, False, by=Actor.person(mentee.person_id), now=LATER)
    assert late.value.state == PairState.TRIAL


def test_the_story_tells_of_the_trial_and_what_it_lacks(school: School, trial: int) -> None:
    story = pair_timeline(school.session, trial)

    assert story.trial
    assert [one.lack for one in story.trial.lacks] == [Lack.FIRST_MEETING, Lack.TRIAL_MEETING]
    assert next(entry.what for entry in story.entries) == "pair.trial"
    part_pair(school.session, trial, by=school.curator, now=LATER)
    assert pair_timeline(school.session, trial).trial is None


def test_a_mentor_who_works_with_another_pair_still_has_only_their_places(school: School, trial: int) -> None:
    mentor = school.member(trial, Role.MENTOR).enrolment
    second = propose_pair(
        school.session, mentor.id, school.enrol(MILA, Role.MENTEE).id, by=school.curator, now=NOW
    ).pair_id

    assert school.pair(second).state is PairState.ASKED_MENTOR


def test_a_mentor_who_is_ready_for_fewer_by_now_begins_with_nobody_else(school: School, trial: int) -> None:
    mentor = school.member(trial, Role.MENTOR).enrolment
    second = school.agreed(mentor, school.enrol(MILA, Role.MENTEE))
    mentor.capacity = 1  # the questionnaire was given back and corrected

    for begin in (start_trial, confirm_pair):
        with pytest.raises(CapacityReached) as full:
            begin(school.session, second, by=school.curator, now=LATER)
        assert full.value.capacity == 1
    assert school.pair(second).state is PairState.AGREED
    assert confirm_pair(school.session, trial, note="Хорошо начали.", by=school.curator, now=LATER).pair_id == trial
