"""A draft run, looked at and changed by hand."""

import pytest
from sqlalchemy.orm import Session

import mentoring.matching_run
from mentoring.assignment import assign
from mentoring.matching_run import solve
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound, OutOfDate, PairBarred, PlacesLocked
from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_fit import Bar
from mentoring.rules.people import Role
from mentoring.use_cases.matching_choices import forbid_two, lock_two, restore_words, take_back
from mentoring.use_cases.matching_comparison import compare_drafts
from mentoring.use_cases.matching_drafts import change_settings, copy_draft, draft_card, drop_draft
from mentoring.use_cases.matching_options import options_for
from mentoring.use_cases.matching_runs import keep_run, matching_task, placed_in
from tests.conftest import NOW
from tests.use_cases.matched import LEV, PROJECTS, STUDY, Pool, joined, open_pool
from tests.use_cases.school import DARYA, IGOR, MILA, OLEG, open_school


@pytest.fixture
def pool(session: Session, monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setattr(mentoring.matching_run, "assign_apart", lambda problem, timeout: assign(problem))
    return open_pool(open_school(session))


def placed(pool: Pool, draft_id: int = 0) -> dict[int, int]:
    return placed_in(pool.school.session, draft_id or pool.draft_id)


def lock(pool: Pool, mentor: object, mentee: object, draft_id: int = 0) -> None:
    lock_two(pool.school.session, draft_id or pool.draft_id, mentor.id, mentee.id, by=pool.school.curator, now=NOW)


def forbid(pool: Pool, mentor: object, mentee: object) -> None:
    forbid_two(pool.school.session, pool.draft_id, mentor.id, mentee.id, by=pool.school.curator, now=NOW)


def test_a_run_gives_each_the_one_who_answers_the_request(pool: Pool) -> None:
    kept = pool.run()

    assert placed(pool) == {pool.mila.id: pool.anna.id, pool.timur.id: pool.igor.id}
    assert (kept.outcome.placed, kept.outcome.mentees, kept.moved) == (2, 2, ())


def test_the_board_explains_each_line_and_names_the_next_best(pool: Pool) -> None:
    pool.run()

    [anna] = [card for card in pool.board().mentors if card.person.enrolment_id == pool.anna.id]
    [line] = anna.lines

    assert (line.mentee.name, line.score, line.fit.score) == ("Крылова Мила", line.fit.score, line.score)
    assert {"Учёба"} == {fact for part in line.fit.parts for fact in part.facts if fact == "Учёба"}
    assert [one.person.enrolment_id for one in line.others] == [pool.igor.id]
    assert (anna.free, anna.room) == (1, 0)


def test_a_move_by_hand_survives_a_new_run(pool: Pool) -> None:
    pool.run()
    lock(pool, pool.igor, pool.mila)

    kept = pool.run()

    assert placed(pool) == {pool.mila.id: pool.igor.id, pool.timur.id: pool.anna.id}
    assert [(move.mentee, move.before, move.after) for move in kept.moved] == [
        ("Асланов Тимур", "Ветров Игорь Павлович", "Лебедева Анна Сергеевна"),
        ("Крылова Мила", "Лебедева Анна Сергеевна", "Ветров Игорь Павлович"),
    ]
    pool.run()
    assert placed(pool)[pool.mila.id] == pool.igor.id


def test_two_who_are_forbidden_never_stand_together(pool: Pool) -> None:
    forbid(pool, pool.anna, pool.mila)
    forbid(pool, pool.igor, pool.mila)

    pool.run()

    assert pool.mila.id not in placed(pool)
    [left] = pool.board().left
    assert (left.mentee.name, left.best, left.bars) == ("Крылова Мила", (), ((Bar.FORBIDDEN, 2),))
    assert len(pool.board().forbidden) == 2


def test_what_was_taken_back_is_decided_by_the_run_again(pool: Pool) -> None:
    lock(pool, pool.igor, pool.mila)
    pool.run()
    take_back(pool.school.session, pool.draft_id, pool.igor.id, pool.mila.id, by=pool.school.curator, now=NOW)

    pool.run()

    assert placed(pool)[pool.mila.id] == pool.anna.id


def test_the_last_word_is_undone_and_everybody_is_where_they_were(pool: Pool) -> None:
    session, by = pool.school.session, pool.school.curator
    lock_two(session, pool.draft_id, pool.igor.id, pool.mila.id, by=by, now=NOW)
    pool.run()
    before = placed_in(session, pool.draft_id)
    moved = lock_two(session, pool.draft_id, pool.anna.id, pool.mila.id, by=by, now=NOW)
    pool.run()
    assert placed_in(session, pool.draft_id) != before

    restore_words(session, pool.draft_id, pool.mila.id, moved.before, by=by, now=NOW)
    pool.run()

    assert moved.before == ((pool.igor.id, ChoiceKind.LOCK),)
    assert placed_in(session, pool.draft_id) == before
    forbidden = forbid_two(session, pool.draft_id, pool.igor.id, pool.mila.id, by=by, now=NOW)
    assert forbidden.before == moved.before


def test_nothing_is_undone_with_somebody_of_another_programme_or_in_place_of_another(pool: Pool) -> None:
    session, by = pool.school.session, pool.school.curator
    with pytest.raises(NotFound):
        restore_words(session, pool.draft_id, pool.mila.id, ((999, ChoiceKind.FORBID),), by=by, now=NOW)
    lock_two(session, pool.draft_id, pool.anna.id, pool.timur.id, by=by, now=NOW)
    with pytest.raises(PlacesLocked):
        restore_words(session, pool.draft_id, pool.mila.id, ((pool.anna.id, ChoiceKind.LOCK),), by=by, now=NOW)


def test_facts_cannot_be_overruled_by_hand(pool: Pool) -> None:
    lev = pool.school.enrol(LEV, Role.MENTEE, consents=False)
    with pytest.raises(PairBarred) as refused:
        lock(pool, pool.anna, lev)
    assert refused.value.bars == (Bar.CONSENTS_MISSING,)


def test_a_threshold_can_be_overruled_by_hand(pool: Pool) -> None:
    change_settings(pool.school.session, pool.draft_id, {"least_total": 100}, by=pool.school.curator, now=NOW)
    pool.run()
    assert placed(pool) == {}

    lock(pool, pool.igor, pool.mila)
    pool.run()

    assert placed(pool) == {pool.mila.id: pool.igor.id}
    [card] = pool.board(shown="held").mentors
    assert card.lines[0].fit.bars == (Bar.UNDER_THRESHOLD,)


def test_a_mentor_holds_no_more_than_the_places(pool: Pool) -> None:
    lock(pool, pool.anna, pool.mila)

    with pytest.raises(PlacesLocked):
        lock(pool, pool.anna, pool.timur)


def test_somebody_with_a_pair_by_now_cannot_be_moved(pool: Pool) -> None:
    pool.school.proposed(pool.anna, pool.mila)

    with pytest.raises(OutOfDate):
        lock(pool, pool.igor, pool.mila)


def test_a_result_for_other_people_is_not_kept(pool: Pool) -> None:
    session = pool.school.session
    task = matching_task(session, pool.draft_id, now=NOW)
    found = solve(task)
    pool.mentee(LEV, STUDY)

    with pytest.raises(OutOfDate):
        keep_run(session, task, found.placed, found.scores, found.outcome, by=pool.school.curator, now=NOW)
    assert placed(pool) == {}


def test_a_result_for_other_choices_is_not_kept(pool: Pool) -> None:
    session = pool.school.session
    task = matching_task(session, pool.draft_id, now=NOW)
    found = solve(task)
    lock(pool, pool.igor, pool.mila)

    with pytest.raises(OutOfDate):
        keep_run(session, task, found.placed, found.scores, found.outcome, by=pool.school.curator, now=NOW)


def test_a_pool_without_mentors_or_without_anybody_is_run_all_the_same(pool: Pool) -> None:
    for gone, mentees in (((pool.anna, pool.igor), 2), ((pool.mila, pool.timur), 0)):
        for one in gone:
            one.status = EnrolmentStatus.DECLINED
        outcome = pool.run().outcome

        assert (outcome.placed, outcome.mentees, outcome.worst) == (0, mentees, 0)
        assert (len(pool.board().mentors), len(pool.board().left)) == (0, mentees)


def test_a_draft_that_was_put_away_is_not_run(pool: Pool) -> None:
    drop_draft(pool.school.session, pool.draft_id, by=pool.school.curator, now=NOW)

    with pytest.raises(OutOfDate):
        pool.run()


def test_the_board_says_who_came_and_who_went_since_the_run(pool: Pool) -> None:
    pool.run()
    pool.mentee(LEV, STUDY)
    oleg = joined(pool.school, OLEG, Role.MENTOR, STUDY)
    pool.school.proposed(oleg, pool.mila)

    found = pool.board()

    assert [one.name for one in found.came] == ["Зуев Лев"]
    assert found.gone == 1


def test_the_board_shows_what_is_asked_for(pool: Pool) -> None:
    joined(pool.school, OLEG, Role.MENTOR, STUDY)
    lock(pool, pool.igor, pool.mila)
    pool.run()
    names = {
        shown: [card.person.name.split()[0] for card in pool.board(shown=shown).mentors]
        for shown in ("placed", "free", "held", "asked", "")
    }

    assert names["placed"] == [name for name in ("Ветров", "Лебедева", "Титов") if name not in names["free"]]
    assert names["held"] == ["Ветров"]
    assert names["asked"] == []
    assert names[""] == ["Ветров", "Лебедева", "Титов"]
    assert [card.person.name for card in pool.board(sought="крыл").mentors] == ["Ветров Игорь Павлович"]


def test_those_who_would_rather_have_each_other_are_named(pool: Pool) -> None:
    """Lev and Oleg have more time together, but then Darya would be left with somebody who cannot help her."""
    for one in (pool.anna, pool.timur, pool.mila, pool.igor):
        one.status = EnrolmentStatus.DECLINED
    school, often = pool.school, ("tue", "thu", "fri")
    joined(school, IGOR, Role.MENTOR, STUDY)
    joined(school, OLEG, Role.MENTOR, STUDY, PROJECTS, days=often)
    joined(school, LEV, Role.MENTEE, STUDY, days=often)
    joined(school, MILA, Role.MENTEE, PROJECTS)
    pool.run()

    [found] = pool.board().rather

    assert (found.mentee.name, found.mentor.name) == ("Зуев Лев", "Титов Олег")
    assert found.now is not None
    assert found.score > found.now


def test_all_mentors_are_offered_to_a_mentee_the_best_first(pool: Pool) -> None:
    pool.run()
    forbid(pool, pool.igor, pool.mila)

    found = options_for(pool.school.session, pool.draft_id, pool.mila.id, offset=0, limit=50, now=NOW)

    assert [one.person.enrolment_id for one in found.options] == [pool.anna.id, pool.igor.id]
    assert [one.here for one in found.options] == [True, False]
    assert [one.name for one in found.options[1].beside] == ["Асланов Тимур"]
    assert Bar.FORBIDDEN in found.options[1].fit.bars


def test_options_are_for_those_who_wait_for_a_pair(pool: Pool) -> None:
    pool.school.proposed(pool.anna, pool.mila)

    with pytest.raises(NotFound):
        options_for(pool.school.session, pool.draft_id, pool.mila.id, offset=0, limit=50, now=NOW)


def test_two_drafts_are_compared_by_who_goes_elsewhere(pool: Pool) -> None:
    session = pool.school.session
    darya = pool.mentee(DARYA, PROJECTS)
    pool.run()
    copy = copy_draft(session, pool.draft_id, "Что если", by=pool.school.curator, now=NOW).draft_id
    assert compare_drafts(session, pool.draft_id, copy).elsewhere == ()

    lock(pool, pool.igor, pool.mila, copy)
    pool.run(copy)
    found = compare_drafts(session, pool.draft_id, copy)

    moved = {
        row.mentee.name: (row.one and row.one[0].enrolment_id, row.other and row.other[0].enrolment_id)
        for row in found.elsewhere
    }
    assert moved["Крылова Мила"] == (pool.anna.id, pool.igor.id)
    assert placed(pool)[pool.mila.id] == pool.anna.id
    assert darya.id not in placed(pool)
    assert draft_card(session, copy).outcome.total <= draft_card(session, pool.draft_id).outcome.total
