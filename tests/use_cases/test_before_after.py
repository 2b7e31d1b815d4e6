from dataclasses import replace
from statistics import mean
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import Role
from mentoring.use_cases.before_after import (
    BeforeAfter,
    ItemComparison,
    before_after,
    compare_survey,
    stem_of,
    survey_named,
    surveys,
)
from mentoring.use_cases.changes_behind import changes_behind
from mentoring.use_cases.questionnaire_results import EVERYTHING, ResultFilter
from mentoring.use_cases.questionnaires import reopen_response
from mentoring.use_cases.survey_list import survey_list
from storage.models.questionnaire import Response, Submission
from tests.use_cases.school import NOW, days, open_school
from tests.use_cases.surveyed import AFTER, BEFORE, THEN, Surveyed, marks, survey


@pytest.fixture
def surveyed(session: Session) -> Surveyed:
    made = Surveyed(open_school(session))
    made.publish(survey("before"))
    made.publish(survey("after"))
    return made


def compared(surveyed: Surveyed, asked: ResultFilter = EVERYTHING) -> BeforeAfter:
    return before_after(surveyed.school.session, "teacher_pupil", "mentee", asked)


def item(found: BeforeAfter, pair: str) -> ItemComparison:
    return next(one for one in found.items if one.pair == pair)


def grown(surveyed: Surveyed, *changes: tuple[int, int], place: str = "7 «Б»") -> list[tuple[int, int]]:
    """Comfort before and after, one person each."""
    return [
        surveyed.both(f"Крылова{number} {place}", marks(before, 5), marks(after, 7), place)
        for number, (before, after) in enumerate(changes)
    ]


def test_the_same_person_in_the_same_pair_is_compared(surveyed: Surveyed) -> None:
    responses = grown(surveyed, (5, 8), (6, 6), (7, 5), (4, 9))

    found = compared(surveyed)

    comfort = item(found, "comfort")
    assert comfort.comparison is not None
    assert (found.before, found.after, found.both) == (4, 4, 4)
    assert (comfort.comparison.n, comfort.comparison.grew, comfort.comparison.same, comfort.comparison.fell) == (
        4,
        2,
        1,
        1,
    )
    assert comfort.comparison.mean_before == 5.5
    assert comfort.comparison.mean_after == 7
    assert sorted(comfort.responses) == sorted(responses)
    assert comfort.comparison.few


def test_means_equal_an_independent_count_of_what_was_sent(surveyed: Surveyed) -> None:
    grown(surveyed, *((number % 10 + 1, number * 7 % 10 + 1) for number in range(14)))
    session = surveyed.school.session
    said: dict[tuple[int, int | None], dict[str, dict[str, Any]]] = {}
    for response, answers in session.execute(select(Response, Submission.answers).join(Submission)):
        moment = "before" if response.submitted_at == THEN else "after"
        said.setdefault((response.person_id, response.pair_id), {})[moment] = answers

    found = item(compared(surveyed), "comfort").comparison

    differences = [one["after"]["comfort"] - one["before"]["comfort"] for one in said.values()]
    assert found is not None
    assert found.mean_difference == pytest.approx(mean(differences))
    assert found.grew == sum(difference > 0 for difference in differences)
    assert found.tested == (sum(map(bool, differences)) >= 10)


def test_another_pair_of_the_same_person_is_another_matter(surveyed: Surveyed) -> None:
    pair_id, pupil = surveyed.pair("Крылова")
    other_pair, _ = surveyed.pair("Титова")
    mentee = surveyed.school.member(pair_id, Role.MENTEE)
    surveyed.answers(BEFORE, pair_id, pupil, at=THEN, **marks(3, 3))
    member = surveyed.school.member(other_pair, Role.MENTEE)
    member.person_id, member.enrolment_id = mentee.person_id, mentee.enrolment_id
    surveyed.school.session.flush()

    surveyed.answers(AFTER, other_pair, pupil, **marks(9, 9))

    assert (compared(surveyed).before, compared(surveyed).after, compared(surveyed).both) == (1, 1, 0)


def test_the_latest_of_several_answers_counts(surveyed: Surveyed) -> None:
    pair_id, pupil = surveyed.pair("Крылова")
    first = surveyed.answers(BEFORE, pair_id, pupil, at=THEN, **marks(2, 2))
    surveyed.answers(AFTER, pair_id, pupil, **marks(9, 9))
    session = surveyed.school.session
    earlier = session.get_one(Response, first)
    later = _copied(session, earlier, comfort=6)

    found = item(compared(surveyed), "comfort")

    assert found.comparison is not None
    assert (found.comparison.n, found.comparison.mean_before) == (1, 6)
    assert [before for before, _ in found.responses] == [later]


def test_what_is_returned_for_correction_is_not_compared(surveyed: Surveyed) -> None:
    ((_, after),) = grown(surveyed, (5, 8))

    reopen_response(surveyed.school.session, after, by=surveyed.school.curator, now=NOW)

    assert (compared(surveyed).both, item(compared(surveyed), "comfort").responses) == (0, ())


def test_importance_is_never_growth(surveyed: Surveyed) -> None:
    grown(surveyed, (5, 8))

    found = compared(surveyed)

    assert item(found, "support").comparison.importance  # type: ignore[union-attr]
    assert not item(found, "comfort").comparison.importance  # type: ignore[union-attr]


def test_yes_or_no_are_compared_as_shares_and_the_tail_tells_who_answered(surveyed: Surveyed) -> None:
    for number, (before, after, too) in enumerate((("no", "yes", "yes"), ("yes", "yes", "no"), ("yes", "no", None))):
        said = marks(5, 5, glad=after, mentor_too=too)
        surveyed.both(f"Крылова{number}", marks(5, 5, glad=before), said)

    found = compared(surveyed)

    glad, (tail,) = item(found, "glad").comparison, found.tail
    assert glad is not None
    assert (glad.mean_before, glad.mean_after, glad.grew, glad.fell) == (
        pytest.approx(2 / 3),
        pytest.approx(2 / 3),
        1,
        1,
    )
    assert (tail.key, tail.n, tail.yes, tail.share) == ("mentor_too", 2, 1, 0.5)
    assert len(tail.response_ids) == 2


def test_choices_and_words_stand_side_by_side_without_a_mean(surveyed: Surveyed) -> None:
    surveyed.both(
        "Крылова", marks(5, 5, freq="often", lack="Жду дружбы"), marks(5, 5, freq="rarely", lack="Дружба есть")
    )

    found = compared(surveyed)
    words = changes_behind(surveyed.school.session, found.survey, "lack")

    freq = item(found, "freq")
    assert freq.comparison is None
    assert [(bar.label, bar.n) for bar in freq.before.bars] == [("Часто", 1), ("Редко", 0)]
    assert [(bar.label, bar.n) for bar in freq.after.bars] == [("Часто", 0), ("Редко", 1)]
    assert [(row.before, row.after, row.difference) for row in words.rows] == [("Жду дружбы", "Дружба есть", None)]


def test_people_behind_a_comparison_are_those_who_grew_stayed_or_fell(surveyed: Surveyed) -> None:
    grown(surveyed, (5, 8), (4, 9), (6, 6), (7, 5))
    session = surveyed.school.session
    asked = compared(surveyed).survey

    by_direction = {
        direction: sorted(
            row.difference or 0 for row in changes_behind(session, asked, "comfort", direction=direction).rows
        )
        for direction in ("grew", "same", "fell", "")
    }

    assert by_direction == {"grew": [3, 5], "same": [0], "fell": [-2], "": [-2, 0, 3, 5]}
    with pytest.raises(NotFound):
        changes_behind(session, asked, "nothing")


def test_a_cut_with_fewer_than_three_is_hidden(surveyed: Surveyed) -> None:
    grown(surveyed, (5, 8), (5, 9))
    grown(surveyed, (1, 2), (1, 2), (1, 2), place="8 «А»")

    seventh, eighth = compared(surveyed, ResultFilter(place="7")), compared(surveyed, ResultFilter(place="8"))

    assert (seventh.hidden, seventh.items, seventh.both) == (True, (), 2)
    assert (eighth.hidden, eighth.both) == (False, 3)
    assert not compared(surveyed).hidden


def test_a_period_is_that_of_the_answer_after(surveyed: Surveyed) -> None:
    grown(surveyed, (5, 8))

    assert compared(surveyed, ResultFilter(since=NOW, until=NOW + days(1))).both == 1
    assert compared(surveyed, ResultFilter(since=THEN, until=NOW)).both == 0


def test_a_question_that_is_measured_otherwise_after_is_not_compared(surveyed: Surveyed) -> None:
    changed = survey("after", key="cake_after", form="")
    changed["question"][0] |= {"max": 5}
    surveyed.publish(survey("before", key="cake_before", form=""))
    surveyed.publish(changed)
    session = surveyed.school.session

    found = compare_survey(session, survey_named(session, "cake"))

    assert [one.pair for one in found.items] == ["support", "glad", "freq", "lack"]


def test_halves_find_each_other_by_their_keys(surveyed: Surveyed) -> None:
    surveyed.publish(survey("before", key="tea_before_2", title="Вторая"))
    session = surveyed.school.session

    assert [one.stem for one in surveys(session)] == ["tea"]
    assert stem_of("survey_pupil_pupil_mentee_before", "before") == "survey_pupil_pupil_mentee"
    assert stem_of("tea_after_2", "after") == "tea_2"
    with pytest.raises(NotFound):
        survey_named(session, "tea_2")
    with pytest.raises(NotFound):
        before_after(session, "pupil_pupil", "mentee")


def test_the_list_tells_how_many_can_be_compared(surveyed: Surveyed) -> None:
    grown(surveyed, (5, 8), (5, 9))
    alone, pupil = surveyed.pair("Титова")
    surveyed.answers(AFTER, alone, pupil, **marks(9, 9))

    assert [(one.before, one.after, one.both) for one in survey_list(surveyed.school.session)] == [(2, 3, 2)]


def _copied(session: Session, response: Response, **answers: int) -> int:
    """The same person has answered once more, as in a second campaign."""
    columns = {column.key: getattr(response, column.key) for column in Response.__table__.columns if column.key != "id"}
    again = Response(**columns | {"submitted_at": THEN + days(1), "campaign_id": None})
    session.add(again)
    session.flush()
    for answer in response.answers:
        value = answers.get(answer.key, answer.value)
        session.add(
            type(answer)(
                organisation_id=answer.organisation_id,
                response_id=again.id,
                key=answer.key,
                value=value,
                answered_at=answer.answered_at,
            )
        )
    session.flush()
    return again.id


def test_a_filter_for_everything_is_the_same_as_none(surveyed: Surveyed) -> None:
    grown(surveyed, (5, 8))

    assert compared(surveyed) == compared(surveyed, replace(EVERYTHING, role="mentee", form="teacher_pupil"))
