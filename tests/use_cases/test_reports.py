"""Each figure of a report is counted a second time, straight from the rows, and its list is opened."""

import statistics
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate, TextTooLong, TimeInFuture, ValueWrong
from mentoring.rules.indicators import ProgrammeFigures
from mentoring.rules.meetings import MeetingState
from mentoring.rules.people import Role, age_on
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reporting import Facts, Listed, PeriodKind, ReportState, SectionKey, Tag, TextKey
from mentoring.use_cases.enrolment import leave_programme
from mentoring.use_cases.erasure import erase_person
from mentoring.use_cases.indicators import figures_card, save_figures
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.privacy import ask_erasure
from mentoring.use_cases.report_lists import ListedRow, figure_list, listed_rows
from mentoring.use_cases.reports import (
    begin_report,
    drop_report,
    report_view,
    reports_list,
    sign_report,
    write_texts,
)
from mentoring.use_cases.swot import swot_draft
from storage.models.account import AuditEntry
from storage.models.campaign import AnonymousSheet, Campaign
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Answer, Questionnaire, QuestionnaireVersion, Response, Submission
from tests.use_cases.reported import END, Autumn

SINCE = datetime(2026, 10, 31, 21, 0, tzinfo=UTC)  # midnight in Moscow
UNTIL = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)


def in_november(at: datetime | None) -> bool:
    return at is not None and SINCE <= at < UNTIL


def opened(autumn: Autumn, facts: Facts, key: str) -> tuple[ListedRow, ...]:
    """All rows behind a figure, as its page lists them."""
    figure = facts.figure(key)
    assert figure is not None, key
    return listed_rows(autumn.session, figure.trace, figure.trace.rows)


def test_people_are_counted_as_the_rows_say(autumn: Autumn, report_id: int, facts: Facts) -> None:
    enrolments = autumn.session.scalars(select(Enrolment)).all()
    approved = {
        one.object_id: one.at
        for one in autumn.session.scalars(select(AuditEntry).where(AuditEntry.act == "enrolment.approved"))
    }

    for role in Role:
        ours = [one for one in enrolments if one.role is role]
        assert facts.value(f"people.{role}.entered") == sum(in_november(one.created_at) for one in ours)
        assert facts.value(f"people.{role}.approved") == sum(in_november(approved.get(one.id)) for one in ours)
        assert facts.value(f"people.{role}.taking_part") == sum(one.id in approved for one in ours) > 0
        names = {row.name.split()[0] for row in opened(autumn, facts, f"people.{role}.taking_part")}
        assert names == {one.person.last_name for one in ours if one.id in approved}
    assert facts.value("people.all.taking_part") == 11


def test_pairs_are_counted_by_form_and_people_in_them_once(autumn: Autumn, report_id: int, facts: Facts) -> None:
    pairs = autumn.session.scalars(select(Pair)).all()

    assert facts.value("pairs.all.confirmed") == sum(in_november(one.confirmed_at) for one in pairs) == 3
    assert facts.value("pairs.all.active") == sum(one.ended_at is None for one in pairs) == 5
    assert facts.value("pairs.all.ended") == sum(in_november(one.ended_at) for one in pairs) == 1
    for form in ("pupil_pupil", "teacher_teacher", "teacher_pupil"):
        ours = [one.id for one in pairs if one.form == form]
        people = autumn.session.scalars(select(PairMember).where(PairMember.pair_id.in_(ours))).all()
        assert facts.value(f"pairs.{form}.mentors") == len({one.person_id for one in people if one.role is Role.MENTOR})
        assert facts.value(f"pairs.{form}.mentees") == len({one.person_id for one in people if one.role is Role.MENTEE})
    assert facts.value("pairs.pupil_pupil.mentors") == 2  # Олег has two mentees and is one mentor
    assert [row.name for row in opened(autumn, facts, "pairs.all.ended")] == ["Круглова Нина Олеговна"]


def test_meetings_are_counted_and_shared_out_over_the_weeks_of_the_pairs(
    autumn: Autumn, report_id: int, facts: Facts
) -> None:
    meetings = [one for one in autumn.session.scalars(select(Meeting)) if in_november(one.starts_at)]
    held = [one for one in meetings if one.state is MeetingState.HELD]
    weeks = 0.0
    for pair in autumn.session.scalars(select(Pair)):
        assert pair.confirmed_at is not None
        lived = min(pair.ended_at or END, END) - max(pair.confirmed_at, SINCE)
        weeks += lived / timedelta(weeks=1)

    assert facts.value("meetings.all.held") == len(held) == len(opened(autumn, facts, "meetings.all.held"))
    assert facts.value("meetings.all.missed") == 1
    assert facts.value("meetings.all.planned") == 2
    assert facts.value("meetings.all.unclosed") == 1
    assert facts.value("meetings.all.per_week") == round(len(held) / weeks, 2)
    assert facts.value("meetings.all.silent") == len(
        {one.id for one in autumn.session.scalars(select(Pair))} - {one.pair_id for one in held}
    )


def test_feedback_is_asked_of_both_about_each_meeting_that_was_held(
    autumn: Autumn, report_id: int, facts: Facts
) -> None:
    held = [
        one
        for one in autumn.session.scalars(select(Meeting).where(Meeting.state == MeetingState.HELD))
        if in_november(one.starts_at)
    ]
    given = autumn.session.scalars(
        select(Response).where(
            Response.meeting_id.in_([one.id for one in held]), Response.state == ResponseState.SUBMITTED
        )
    ).all()

    assert facts.value("feedback.all.asked") == 2 * len(held)
    assert facts.value("feedback.all.answered") == len(given) > 0
    assert facts.value("feedback.all.share") == round(50 * len(given) / len(held), 1)
    rows = opened(autumn, facts, "feedback.all.share")
    assert sum(row.done for row in rows) == len(given)
    assert {row.response_id for row in rows if row.done} == {one.id for one in given}


def test_surveys_say_how_many_were_asked_and_answered(autumn: Autumn, report_id: int, facts: Facts) -> None:
    campaign = autumn.session.scalars(select(Campaign)).one()
    key = f"surveys.campaign_{campaign.id}"

    assert (facts.value(f"{key}.asked"), facts.value(f"{key}.answered")) == (6, 4)
    assert facts.value(f"{key}.share") == 66.7
    assert [row.done for row in opened(autumn, facts, f"{key}.asked")].count(True) == 4


def test_means_and_medians_are_those_of_the_answers(autumn: Autumn, report_id: int, facts: Facts) -> None:
    answers = autumn.session.execute(
        select(Questionnaire.key, Answer.key, Answer.value, Response.id)
        .join(Response, Response.id == Answer.response_id)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(Response.submitted_at >= SINCE, Response.submitted_at < UNTIL)
    ).all()
    seen = 0
    for row in facts.section(SectionKey.RESULTS).rows:
        questionnaire, _, question = row.key.partition(":")
        found = [(one[2], one[3]) for one in answers if one[:2] == (questionnaire, question) and one[2] is not None]
        assert row.value("n") == len(found)
        if Tag.HIDDEN in row.tags:
            assert len(found) < 3
            assert row.value("mean") is row.value("median") is None
            continue
        marks = [int(value) for value, _ in found]
        assert row.value("mean") == (
            round(100 * statistics.mean(marks), 1) if Tag.SHARE in row.tags else round(statistics.mean(marks), 2)
        )
        if Tag.SHARE not in row.tags:
            assert row.value("median") == statistics.median(marks)
        listed = opened(autumn, facts, f"results.{row.key}.mean")
        assert {one.response_id for one in listed} == {response for _, response in found}
        assert sorted(one.answer for one in listed) == sorted(_in_words(value) for value, _ in found)
        seen += 1
    assert seen > 15


def test_before_and_after_are_of_one_person_in_one_pair(autumn: Autumn, report_id: int, facts: Facts) -> None:
    sheets = _sheets(autumn)
    seen = 0
    for row in facts.section(SectionKey.CHANGES).rows:
        stem, _, pair_key = row.key.partition(":")
        both = _both(autumn, sheets, stem, pair_key)
        assert row.value("n") == len(both)
        if len(both) < 3:
            assert row.value("before") is row.value("difference") is None
            continue
        size = 100 if Tag.SHARE in row.tags else 1
        places = 1 if size == 100 else 2
        assert row.value("before") == round(size * statistics.mean(one for one, _ in both), places)
        assert row.value("after") == round(size * statistics.mean(other for _, other in both), places)
        assert row.value("grew") == round(100 * sum(other > one for one, other in both) / len(both), 1)
        listed = opened(autumn, facts, f"changes.{row.key}.difference")
        assert sorted((one.before, one.answer) for one in listed) == sorted(
            (_in_words(one), _in_words(other)) for one, other in both
        )
        seen += 1
    assert seen >= 7


def test_influence_is_the_mean_over_all_answers_of_a_group(autumn: Autumn, facts: Facts) -> None:
    sheets = _sheets(autumn)
    row = facts.section(SectionKey.INFLUENCE).row("influence_pupil_personal")
    both = [
        one
        for key in ("involvement", "want_results", "own_future")
        for one in _both(autumn, sheets, "influence_pupil", key)
    ]

    assert row is not None
    assert (row.value("people"), row.value("answers")) == (3, len(both))
    assert row.value("before") == round(statistics.mean(one for one, _ in both), 2)
    assert row.value("after") == round(statistics.mean(other for _, other in both), 2)


def test_indicators_count_each_person_once_by_age_at_the_end_of_the_year(
    autumn: Autumn, report_id: int, facts: Facts
) -> None:
    day = date(2026, 12, 31)
    people = {one.id: one for one in autumn.session.scalars(select(Person))}
    roles = {(one.person_id, one.role) for one in autumn.session.scalars(select(Enrolment))}
    pupils = [
        people[person].last_name
        for person, role in roles
        if role is Role.MENTEE and people[person].kind == "pupil" and 10 <= age_on(people[person].birth_date, day) <= 19
    ]

    assert facts.value("indicators.pupils_mentees.part") == len(pupils) == 4  # Агата is nine
    assert {row.name.split()[0] for row in opened(autumn, facts, "indicators.pupils_mentees.part")} == set(pupils)
    assert facts.value("indicators.pupils_mentors.part") == 2  # Глеб turns fifteen on the very day
    assert facts.value("indicators.young_teachers.part") == 2
    assert facts.value("indicators.pupils_mentees.percent") is None


def test_entered_numbers_make_shares_and_a_threshold_makes_people_satisfied(autumn: Autumn, report_id: int) -> None:
    figures = ProgrammeFigures(
        pupils_10_19=40, pupils_15_19=10, young_teachers=4, partners=2, enterprises=8, threshold=3
    )
    save_figures(autumn.session, figures, date(2026, 9, 15), by=autumn.curator, now=END)

    facts = report_view(autumn.session, report_id, now=END).facts

    assert [facts.value(f"indicators.{key}.percent") for key in ("pupils_mentees", "pupils_mentors")] == [10.0, 20.0]
    assert [facts.value(f"indicators.{key}.percent") for key in ("young_teachers", "partners")] == [50.0, 25.0]
    for role in Role:
        surveyed, glad = _satisfied(autumn, role, 3)
        assert facts.value(f"indicators.glad_{role}s.whole") == len(surveyed) > 3
        assert facts.value(f"indicators.glad_{role}s.part") == len(glad)
        rows = opened(autumn, facts, f"indicators.glad_{role}s.part")
        assert {row.person_id for row in rows} == glad
    assert facts.said["threshold"] == 3
    assert figures_card(autumn.session).introduced_on == date(2026, 9, 15)


def test_the_grid_is_summed_up_and_its_level_named(autumn: Autumn, report_id: int, facts: Facts) -> None:
    assert facts.value("quality.all.mark") == 17
    assert facts.said["level"] == "optimal"
    assert facts.said["grid_on"] == "2026-11-27"
    assert [row.answer for row in opened(autumn, facts, "quality.modern.mark")] == ["1"]
    assert facts.value("swot.strengths.lines") == 1


def test_every_list_has_as_many_rows_as_its_figure_says(autumn: Autumn, report_id: int, facts: Facts) -> None:
    counts = {"n", "asked", "answered", "part", "whole", "people"}
    checked = 0
    for figure in facts.figures():
        rows = figure.trace.rows
        counted_by_rows = figure.column in counts or figure.key.split(".")[0] in ("people", "pairs")
        if figure.trace.kind is not Listed.NOTHING and counted_by_rows:
            assert figure.value == len(rows), figure.key
            checked += 1
        if rows:
            assert len(opened(autumn, facts, figure.key)) == len(rows)
    assert checked > 100


def test_a_signed_report_says_for_good_what_it_said(autumn: Autumn, report_id: int) -> None:
    session = autumn.session
    before = report_view(session, report_id, now=END)
    key = "results.influence_pupil_after:involvement.mean"
    listed = figure_list(session, report_id, key, now=END).rows
    sign_report(session, report_id, by=autumn.curator, now=END)
    session.commit()
    later = END + timedelta(days=30)

    _everything_changes(autumn, later)
    session.commit()
    session.expire_all()
    after = report_view(session, report_id, now=later)

    assert after.signed
    assert after.facts == before.facts
    assert after.texts[TextKey.OVERVIEW].startswith("В программе 11 участников")
    again = figure_list(session, report_id, key, now=later).rows
    assert [row.answer for row in again] == [row.answer for row in listed]
    gone = [row for row in again if row.erased]
    assert len(gone) == 1
    assert gone[0].name == ""
    fresh = begin_report(session, PeriodKind.MONTH, date(2026, 11, 1), by=autumn.curator, now=later)
    assert (
        report_view(session, fresh.report_id, now=later).facts.value("meetings.all.held")
        == (before.facts.value("meetings.all.held") or 0) + 1
    )


def test_nobody_writes_into_a_signed_report(autumn: Autumn, report_id: int) -> None:
    session, by = autumn.session, autumn.curator
    write_texts(session, report_id, {TextKey.CONCLUSIONS: "  Год начался хорошо. "}, by=by, now=END)
    sign_report(session, report_id, by=by, now=END)

    for refused in (
        lambda: write_texts(session, report_id, {TextKey.CONCLUSIONS: "Иначе"}, by=by, now=END),
        lambda: sign_report(session, report_id, by=by, now=END),
        lambda: drop_report(session, report_id, by=by, now=END),
    ):
        with pytest.raises(OutOfDate):
            refused()
    view = report_view(session, report_id, now=END)
    assert view.texts["conclusions"] == "Год начался хорошо."
    assert "proposals" not in view.texts
    assert view.line.signed_by == "Ольга Викторовна Зимина"


def test_a_head_reads_and_changes_nothing(autumn: Autumn, report_id: int) -> None:
    head = autumn.gymnasium.head
    with pytest.raises(NotAllowed):
        sign_report(autumn.session, report_id, by=head, now=END)
    with pytest.raises(NotAllowed):
        begin_report(autumn.session, PeriodKind.MONTH, date(2026, 10, 1), by=head, now=END)
    with pytest.raises(NotAllowed):
        save_figures(autumn.session, ProgrammeFigures(), None, by=head, now=END)


def test_a_second_beginning_finds_the_draft_and_the_future_has_no_report(autumn: Autumn, report_id: int) -> None:
    session, by = autumn.session, autumn.curator

    again = begin_report(session, PeriodKind.MONTH, date(2026, 11, 30), by=by, now=END)

    assert (again.report_id, again.already) == (report_id, True)
    assert [line.state for line in reports_list(session)] == [ReportState.DRAFT]
    with pytest.raises(TimeInFuture):
        begin_report(session, PeriodKind.MONTH, date(2026, 12, 1), by=by, now=END)
    drop_report(session, report_id, by=by, now=END)
    session.flush()
    with pytest.raises(NotFound):
        report_view(session, report_id, now=END)


def test_words_are_kept_as_far_as_they_fit(autumn: Autumn, report_id: int) -> None:
    session, by = autumn.session, autumn.curator
    with pytest.raises(TextTooLong):
        write_texts(session, report_id, {TextKey.PROPOSALS: "а" * 6001}, by=by, now=END)
    with pytest.raises(ValueWrong):
        save_figures(session, ProgrammeFigures(threshold=0), None, by=by, now=END)
    write_texts(session, report_id, {TextKey.PROPOSALS: "Больше встреч"}, by=by, now=END)
    write_texts(session, report_id, {TextKey.PROPOSALS: " "}, by=by, now=END)

    assert report_view(session, report_id, now=END).texts == {}


def test_an_unknown_figure_and_a_foreign_report_are_not_found(autumn: Autumn, report_id: int) -> None:
    with pytest.raises(NotFound):
        figure_list(autumn.session, report_id, "meetings.all.laughed", now=END)
    with pytest.raises(NotFound):
        report_view(autumn.session, report_id + 100, now=END)


def test_anonymous_answers_count_and_are_opened_for_nobody(autumn: Autumn, report_id: int) -> None:
    campaign = autumn.session.scalars(select(Campaign)).one()
    version = autumn.session.scalars(
        select(QuestionnaireVersion).join(Questionnaire).filter_by(key="pulse_mentee")
    ).one()
    question = next(one for one in version.definition["question"] if one["kind"] == "scale")["key"]
    before = report_view(autumn.session, report_id, now=END).facts.value(f"results.pulse_mentee:{question}.n") or 0
    for number in range(3):
        autumn.session.add(
            AnonymousSheet(id=90 + number, campaign_id=campaign.id, version_id=version.id, answers={question: 5})
        )
    autumn.session.flush()

    facts = report_view(autumn.session, report_id, now=END).facts
    row = facts.section(SectionKey.RESULTS).row(f"pulse_mentee:{question}")

    assert row is not None
    assert row.value("n") == before + 3
    assert Tag.ANONYMOUS in row.tags
    assert len(opened(autumn, facts, f"results.pulse_mentee:{question}.n")) == before


def test_a_draft_of_the_swot_names_its_sources(autumn: Autumn) -> None:
    draft = swot_draft(autumn.session, autumn.gymnasium.programme_id, SINCE, UNTIL, END)

    assert set(draft) == {"strengths", "weaknesses", "opportunities", "threats", "wellbeing", "gap"}
    lines = [line for words in draft.values() for line in words.splitlines()]
    assert lines
    assert all("n = " in line or line.startswith("Из ответов: «") for line in lines), lines
    assert all(len(words) <= 2000 for words in draft.values())


def test_an_empty_school_has_a_report_that_says_what_is_missing(session: Session) -> None:
    from tests.use_cases.gymnasium import open_gymnasium

    gymnasium = open_gymnasium(session)
    begun = begin_report(session, PeriodKind.SEASON, date(2026, 11, 1), by=gymnasium.curator, now=END)

    facts = report_view(session, begun.report_id, now=END).facts

    assert {row.key for row in facts.section(SectionKey.GAPS).rows} == {"grid", "swot", "figures"}
    assert facts.value("people.all.taking_part") == 0
    assert facts.value("meetings.all.per_week") is None


def _everything_changes(autumn: Autumn, later: datetime) -> None:
    """Another meeting is remembered, an answer corrected, a person leaves and has their data destroyed."""
    session = autumn.session
    log_meeting(session, autumn.pairs[0], held_at=END - timedelta(days=2, hours=1), by=autumn.curator, now=later)
    corrected = session.scalars(
        select(Answer)
        .join(Response)
        .join(Questionnaire)
        .where(Questionnaire.key == "influence_pupil_after", Answer.key == "involvement")
    ).first()
    assert corrected is not None
    corrected.value = 1 if corrected.value != 1 else 2
    session.add(
        Submission(
            response_id=corrected.response_id,
            number=2,
            answers={**_last(session, corrected.response_id).answers, "involvement": corrected.value},
            submitted_at=later,
        )
    )
    mila = autumn.people["Крылова"]
    assert mila.enrolment_id is not None
    leave_programme(session, mila.enrolment_id, by=autumn.curator, now=later)
    asked = ask_erasure(session, mila.person_id, by=autumn.curator, now=later)
    erase_person(session, asked.request_id, by=autumn.curator, now=later)
    session.flush()


def _last(session: Session, response_id: int) -> Submission:
    return session.scalars(
        select(Submission).filter_by(response_id=response_id).order_by(Submission.number.desc())
    ).first()


def _in_words(value: object) -> str:
    return {True: "Да", False: "Нет"}[value] if isinstance(value, bool) else str(value)


Sheets = list[tuple[str, int, int, dict[str, Any]]]


def _sheets(autumn: Autumn) -> Sheets:
    """Questionnaire, person, pair and answers of each response about a pair that stands sent, as the rows say."""
    found = []
    for response in autumn.session.scalars(select(Response).where(Response.pair_id.is_not(None))):
        assert response.pair_id is not None
        answers = {one.key: one.value for one in response.answers}
        found.append((response.questionnaire.key, response.person_id, response.pair_id, answers))
    return found


def _both(autumn: Autumn, sheets: Sheets, stem: str, pair_key: str) -> list[tuple[int, int]]:
    """In our questionnaires linked questions have their pair key for a key, or one that the definition tells."""
    keys = {}
    for moment in ("before", "after"):
        version = autumn.session.scalars(
            select(QuestionnaireVersion).join(Questionnaire).where(Questionnaire.key == f"{stem}_{moment}")
        ).one()
        keys[moment] = next(one["key"] for one in version.definition["question"] if one.get("pair") == pair_key)
    before = {sheet[1:3]: sheet[3].get(keys["before"]) for sheet in sheets if sheet[0] == f"{stem}_before"}
    after = {sheet[1:3]: sheet[3].get(keys["after"]) for sheet in sheets if sheet[0] == f"{stem}_after"}
    return [(before[who], value) for who, value in after.items() if value is not None and before.get(who) is not None]


def _satisfied(autumn: Autumn, role: Role, threshold: float) -> tuple[set[int], set[int]]:
    surveyed: dict[int, tuple[datetime, bool]] = {}
    for response in autumn.session.scalars(select(Response).where(Response.pair_id.is_not(None))):
        key, definition = response.questionnaire.key, response.version.definition
        if not (key.startswith("survey_") and key.endswith(f"_{role}_after")) or response.submitted_at is None:
            continue
        answers = {one.key: one.value for one in response.answers}
        marks = [
            answers[one["key"]] for one in definition["question"] if one.get("satisfaction") and one["key"] in answers
        ]
        glad = bool(answers["glad"]) and statistics.mean(marks) >= threshold
        known = surveyed.get(response.person_id)
        if known is None or known[0] < response.submitted_at:
            surveyed[response.person_id] = (response.submitted_at, glad)
    return set(surveyed), {person for person, (_, glad) in surveyed.items() if glad}
