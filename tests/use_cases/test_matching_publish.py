"""A draft becomes proposals: the mentors are asked, what cannot be sent stays."""

import pytest
from sqlalchemy.orm import Session

import mentoring.matching_run
from mentoring.assignment import assign
from mentoring.rules.consents import Decision
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import ConsentsMissing, NotAllowed, NotFound, OutOfDate
from mentoring.rules.matching import DraftState
from mentoring.rules.matching_applicants import Bar
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.matching_choices import lock_two
from mentoring.use_cases.matching_comparison import compare_drafts
from mentoring.use_cases.matching_drafts import copy_draft, draft_card
from mentoring.use_cases.matching_offers import offers_of
from mentoring.use_cases.matching_publish import Offer, Published, publish
from mentoring.use_cases.matching_runs import placed_in
from mentoring.use_cases.pairs import answer_proposal, confirm_pair
from storage.models.person import Enrolment
from tests.conftest import NOW
from tests.use_cases.matched import LEV, PROJECTS, STUDY, Pool, joined, open_pool
from tests.use_cases.school import IGOR, OLEG, open_school


@pytest.fixture
def pool(session: Session, monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setattr(mentoring.matching_run, "assign_apart", lambda problem, timeout: assign(problem))
    opened = open_pool(open_school(session))
    opened.run()
    return opened


def send(pool: Pool, *offers: Offer) -> Published:
    return publish(pool.school.session, pool.draft_id, offers, by=pool.school.curator, now=NOW)


def both(pool: Pool) -> tuple[Offer, Offer]:
    return Offer(pool.anna.id, (pool.mila.id,), "Свободны по вторникам."), Offer(pool.igor.id, (pool.timur.id,))


def test_the_mentors_are_asked_and_no_pair_stands(pool: Pool) -> None:
    done = send(pool, *both(pool))

    assert {pool.school.pair(one).state for one in done.pair_ids} == {PairState.ASKED_MENTOR}
    assert set(pool.school.told(NoticeKind.MENTOR_PAIR_PROPOSED)) == {pool.anna.person_id, pool.igor.person_id}
    assert pool.school.pair(done.pair_ids[0]).reasons == "Свободны по вторникам."


def test_a_draft_with_nothing_left_is_closed_for_changes(pool: Pool) -> None:
    done = send(pool, *both(pool))

    assert done.closed
    assert draft_card(pool.school.session, pool.draft_id).state is DraftState.PUBLISHED
    with pytest.raises(OutOfDate):
        lock_two(pool.school.session, pool.draft_id, pool.anna.id, pool.mila.id, by=pool.school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        pool.run()


def test_only_those_who_were_ticked_are_asked_and_the_rest_can_be_run_again(pool: Pool) -> None:
    done = send(pool, both(pool)[0])
    lev = pool.mentee(LEV, PROJECTS)

    pool.run()

    assert not done.closed
    placed = placed_in(pool.school.session, pool.draft_id)
    assert pool.mila.id not in placed
    assert set(placed) <= {pool.timur.id, lev.id}
    [anna] = [card for card in pool.board().mentors if card.person.enrolment_id == pool.anna.id]
    assert [(line.pair_id, line.state) for line in anna.lines] == [(done.pair_ids[0], PairState.ASKED_MENTOR)]


def test_what_cannot_be_proposed_is_said_and_stays(pool: Pool) -> None:
    pool.mila.status = EnrolmentStatus.RETURNED
    done = send(pool, *both(pool))

    assert len(done.pair_ids) == 1
    [left] = done.left
    assert ([one.name for one in left.mentees], type(left.error).__name__) == (["Крылова Мила"], "NotApproved")
    assert not done.closed


def test_a_consent_that_was_withdrawn_after_the_run_stops_the_proposal_and_is_named(pool: Pool) -> None:
    pool.school.consent(pool.mila.person, Decision.REFUSED)

    offers = offers_of(pool.school.session, pool.draft_id, now=NOW).mentors
    assert {offer.mentor.enrolment_id: [line.bars for line in offer.lines] for offer in offers} == {
        pool.anna.id: [(Bar.CONSENTS_MISSING,)],
        pool.igor.id: [()],
    }
    done = send(pool, *both(pool))

    assert (len(done.pair_ids), [type(one.error) for one in done.left]) == (1, [ConsentsMissing])
    pool.run()
    assert pool.mila.id not in placed_in(pool.school.session, pool.draft_id)
    assert [left.own for left in pool.board().left] == [(Bar.CONSENTS_MISSING,)]


def test_two_curators_who_publish_at_once_ask_nobody_twice(pool: Pool) -> None:
    first, second = send(pool, both(pool)[0]), send(pool, both(pool)[0])

    assert (len(first.pair_ids), second.pair_ids) == (1, ())
    assert [type(one.error) for one in second.left] == [OutOfDate]


def test_a_line_that_is_not_in_the_draft_is_not_proposed(pool: Pool) -> None:
    done = send(pool, Offer(pool.igor.id, (pool.mila.id,)))

    assert (done.pair_ids, [type(one.error) for one in done.left]) == ((), [OutOfDate])


def test_several_mentees_of_one_mentor_can_be_a_group(session: Session, pool: Pool) -> None:
    oleg = joined(pool.school, OLEG, Role.MENTOR, STUDY, PROJECTS, capacity=3)
    lev = pool.mentee(LEV, STUDY)
    for mentee in (pool.mila, lev):
        lock_two(session, pool.draft_id, oleg.id, mentee.id, by=pool.school.curator, now=NOW)
    pool.run()

    done = send(pool, Offer(oleg.id, (pool.mila.id, lev.id)))

    members = pool.school.pair(done.pair_ids[0]).members
    assert {member.enrolment_id for member in members} == {oleg.id, pool.mila.id, lev.id}


def leading_a_group(pool: Pool) -> tuple[Enrolment, int, Enrolment]:
    """A student who leads two pupils, with a third place, and somebody who fits there."""
    student = ("Рябов", "Павел", "", PersonKind.STUDENT, AgeGroup.ADULT, "1 курс")
    pavel = joined(pool.school, student, Role.MENTOR, STUDY, PROJECTS, capacity=4)
    group_id = pool.school.group(pavel, pool.mila, pool.timur)
    confirm_pair(pool.school.session, group_id, by=pool.school.curator, now=NOW)
    pool.school.pair(group_id).role_model = "активный – пассивный"
    lev = pool.mentee(LEV, STUDY)
    lock_two(pool.school.session, pool.draft_id, pavel.id, lev.id, by=pool.school.curator, now=NOW)
    pool.run()
    return pavel, group_id, lev


def test_who_is_proposed_to_the_mentor_of_a_group_may_join_it(session: Session, pool: Pool) -> None:
    pavel, group_id, lev = leading_a_group(pool)
    [offer] = offers_of(session, pool.draft_id, now=NOW).mentors
    assert offer.joins is not None
    assert (offer.joins.pair_id, offer.joins.room, offer.joins.names) == (
        group_id,
        2,
        ("Крылова Мила", "Асланов Тимур"),
    )

    [pair_id] = send(pool, Offer(pavel.id, (lev.id,), joins=group_id)).pair_ids

    made = pool.school.pair(pair_id)
    assert (made.joins_pair_id, made.form, made.role_model) == (group_id, "student_pupil", "активный – пассивный")
    [card] = [one for one in pool.board().mentors if one.person.enrolment_id == pavel.id]
    assert [group.room for group in card.groups] == [1]


def test_a_group_of_another_form_or_without_room_is_not_offered_to_join(session: Session, pool: Pool) -> None:
    _, group_id, _ = leading_a_group(pool)
    group = pool.school.pair(group_id)

    group.form = "employer_student"
    assert [offer.joins for offer in offers_of(session, pool.draft_id, now=NOW).mentors] == [None]
    group.form, group.state = "student_pupil", PairState.PAUSED
    assert [offer.joins for offer in offers_of(session, pool.draft_id, now=NOW).mentors] == [None]


def test_nobody_joins_the_group_of_another_mentor(pool: Pool) -> None:
    _, group_id, lev = leading_a_group(pool)
    lock_two(pool.school.session, pool.draft_id, pool.anna.id, lev.id, by=pool.school.curator, now=NOW)
    pool.run()

    done = send(pool, Offer(pool.anna.id, (lev.id,), joins=group_id))

    assert (done.pair_ids, [type(one.error) for one in done.left]) == ((), [NotFound])


def test_people_of_two_forms_of_mentoring_are_no_group(session: Session, pool: Pool) -> None:
    artur = ("Беляев", "Артур", "", PersonKind.STUDENT, AgeGroup.ADULT, "1 курс")
    mentor = joined(pool.school, ("Рябов", "Павел", "", *IGOR[3:]), Role.MENTOR, STUDY, PROJECTS, capacity=3)
    student, lev = pool.mentee(artur, STUDY), pool.mentee(LEV, STUDY)
    for mentee in (student, lev, pool.mila):
        lock_two(session, pool.draft_id, mentor.id, mentee.id, by=pool.school.curator, now=NOW)
    pool.run()

    def group_of(*mentees: Enrolment) -> bool:
        [offer] = offers_of(session, pool.draft_id, [one.id for one in mentees], now=NOW).mentors
        return offer.may_be_group

    assert (group_of(student, lev, pool.mila), group_of(lev, pool.mila)) == (False, True)


def test_a_mentee_whose_proposal_came_to_nothing_is_matched_again(pool: Pool) -> None:
    done = send(pool, both(pool)[0])
    by = Actor.person(pool.anna.person_id)
    answer_proposal(pool.school.session, done.pair_ids[0], pool.anna.person_id, False, reason="time", by=by, now=NOW)

    pool.run()

    assert pool.mila.id in placed_in(pool.school.session, pool.draft_id)


def test_those_who_are_asked_already_are_no_difference_between_two_drafts(session: Session, pool: Pool) -> None:
    copy = copy_draft(session, pool.draft_id, "Что если", by=pool.school.curator, now=NOW).draft_id
    send(pool, both(pool)[0])
    pool.run(copy)

    found = compare_drafts(session, pool.draft_id, copy)

    assert (found.elsewhere, found.same) == ((), 1)


def test_what_would_be_sent_is_shown_by_mentor(pool: Pool) -> None:
    found = offers_of(pool.school.session, pool.draft_id, now=NOW)
    ticked = offers_of(pool.school.session, pool.draft_id, [pool.mila.id], now=NOW)

    assert [offer.mentor.name for offer in found.mentors] == ["Ветров Игорь Павлович", "Лебедева Анна Сергеевна"]
    assert (found.count, ticked.count, [line.bars for offer in found.mentors for line in offer.lines]) == (
        2,
        1,
        [(), ()],
    )


def test_a_participant_publishes_nothing(pool: Pool) -> None:
    with pytest.raises(NotAllowed):
        publish(pool.school.session, pool.draft_id, both(pool), by=Actor.person(pool.anna.person_id), now=NOW)
