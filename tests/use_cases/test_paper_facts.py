"""What the papers that are not orders say of a school, from what its people did and the curator wrote."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document as opened
from docx.oxml.ns import qn
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring.document_words import KINDS
from mentoring.rules.document_fields import FIELDS
from mentoring.rules.document_fields_papers import SUBJECTS
from mentoring.rules.documents import DocumentKind, Profile, is_order
from mentoring.rules.errors import NotAllowed, NotFound, ValueWrong
from mentoring.rules.evidence import Proof
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.people import Actor, Role
from mentoring.rules.reporting import PeriodKind
from mentoring.rules.selection import Verdict
from mentoring.use_cases.document_drafts import change_draft, choose, new_document
from mentoring.use_cases.document_facts import facts_of
from mentoring.use_cases.document_signing import sign_document
from mentoring.use_cases.documents import paper_file, paper_view
from mentoring.use_cases.evidence import evidence
from mentoring.use_cases.labour_agreements import AgreementSet, save_agreement
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.plans import add_goal, add_item
from mentoring.use_cases.portfolio_records import PortfolioRecord, write_portfolio
from mentoring.use_cases.privacy import ask_erasure, erase_person, my_data
from mentoring.use_cases.questionnaire_versions import publish_absent
from mentoring.use_cases.reports import begin_report, sign_report, write_texts
from storage.models.document import Document
from storage.models.questionnaire import Submission
from storage.models.selection import Interview, Portfolio
from tests.document_samples import lacking
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

TODAY = NOW.date()
A_DAY = timedelta(days=1)
DEFINITIONS = questionnaire_definitions()
SURVEY = "survey_pupil_pupil_mentor"
ASKED = (
    "feedback_mentor",
    "feedback_mentee",
    "feedback_planning_mentor",
    f"{SURVEY}_before",
    f"{SURVEY}_after",
    "swot",
    "mentor_entry",
    "mentee_request",
)


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич", head_post="директор")
    school.organisation.profile = profile.to_stored()
    publish_absent(session, [DEFINITIONS[key] for key in ASKED], by=Actor.system(), now=NOW)
    return school


class Pairing:
    """Олег helps Мила; they have met, and he has said how it went."""

    def __init__(self, school: School) -> None:
        self.school, self.session = school, school.session
        self.mentor, self.mentee = school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
        school.guardian(self.mentee.person)
        self.pair_id = school.paired(self.mentor, self.mentee, at=NOW - 40 * A_DAY)
        self.by = Actor.person(self.mentor.person_id)

    def met(self, days_ago: int, kind: MeetingKind = MeetingKind.REGULAR, minutes: int = 45, **said: Any) -> None:
        at = NOW - days_ago * A_DAY
        held = log_meeting(
            self.session,
            self.pair_id,
            held_at=at,
            minutes=minutes,
            kind=kind,
            topic="Дроби",
            by=self.school.curator,
            now=NOW,
        )
        meeting = self.school.meeting(held.meeting_id)
        key = {MeetingKind.REGULAR: "feedback_mentor"}.get(kind, f"feedback_{kind}_mentor")
        if said:
            self.school.feedback(meeting, self.mentor.person_id, key, **said)


@pytest.fixture
def pairing(school: School) -> Pairing:
    return Pairing(school)


def begin(school: School, kind: DocumentKind, **of: int) -> Document:
    begun = new_document(school.session, kind, by=school.curator, now=NOW, **of)
    return school.session.get_one(Document, begun.document_id)


def said_by(school: School, kind: DocumentKind, **of: int) -> dict[str, Any]:
    return facts_of(school.session, begin(school, kind, **of), now=NOW)


def write(school: School, document: Document, **said: str) -> dict[str, Any]:
    change_draft(school.session, document.id, said, by=school.curator, now=NOW)
    return facts_of(school.session, document, now=NOW)


def texts(lines: list[dict[str, str]]) -> list[str]:
    return [line["text"] for line in lines]


def test_every_paper_says_all_that_its_catalogue_promises_and_can_be_opened(school: School, pairing: Pairing) -> None:
    pairing.met(7, note="Решили задачи")
    add_item(school.session, pairing.pair_id, "difficulties", "Решить десять задач", by=pairing.by, now=NOW)
    subjects = {"pair": {"pair_id": pairing.pair_id}, "person": {"person_id": pairing.mentor.person_id}}
    for kind in (one for one in DocumentKind if not is_order(one)):
        document = begin(school, kind, **subjects.get(SUBJECTS.get(kind, ""), {}))
        facts = facts_of(school.session, document, now=NOW)
        assert list(lacking(FIELDS[kind], facts)) == [], kind
        _, body = paper_file(school.session, document.id, now=NOW)
        said = "".join(one.text or "" for one in opened(BytesIO(body)).element.body.iter(qn("w:t")))
        assert len(said) > 200, kind
        assert not re.search(r"\{\{|\{%|None", said), kind


def test_the_regulation_speaks_of_the_labour_code_only_where_workers_mentor_workers(school: School) -> None:
    school.programme.forms = ["pupil_pupil"]
    assert said_by(school, DocumentKind.REGULATION)["workers"] is False
    school.programme.forms = ["pupil_pupil", "teacher_teacher"]
    said = said_by(school, DocumentKind.REGULATION)
    assert said["workers"] is True
    assert [row["form"] for row in said["forms"]] == ["ученик–ученик", "учитель–учитель"]


def test_the_curators_words_take_the_place_of_the_suggested_ones_and_give_it_back(school: School) -> None:
    document = begin(school, DocumentKind.REGULATION)
    suggested = facts_of(school.session, document, now=NOW)["tasks"]
    assert texts(write(school, document, tasks="Одна\n\nДругая")["tasks"]) == ["Одна", "Другая"]
    assert write(school, document, tasks="")["tasks"] == suggested


def test_the_programme_of_the_year_takes_the_swot_that_the_curator_filled_in(school: School) -> None:
    curator = school.person(("Зимина", "Ольга", "Викторовна", None, None, ""))
    answers = {"strengths": "Опытные педагоги\nСильный театр", "weaknesses": "Мало времени"}
    sheet = school.response(curator.id, "swot", answers)
    school._add(Submission(response_id=sheet.id, number=1, answers=answers, submitted_at=NOW))

    said = said_by(school, DocumentKind.PROGRAMME)

    assert texts(said["strengths"]) == ["Опытные педагоги", "Сильный театр"]
    assert texts(said["weaknesses"]) == ["Мало времени"]
    assert said["threats"] == []


def test_a_diary_holds_the_mentors_words_and_none_of_the_mentees(school: School, pairing: Pairing) -> None:
    pairing.met(14, MeetingKind.PLANNING, goal="Полюбить дроби", frequency="weekly")
    pairing.met(7, minutes=60, note="Решили пять задач", difficulty="time")
    meeting = school.held(pairing.pair_id, NOW - 7 * A_DAY)
    school.feedback(meeting, pairing.mentee.person_id, "feedback_mentee", note="Мне было скучно")

    said = said_by(school, DocumentKind.DIARY, pair_id=pairing.pair_id)

    first, second = said["meetings"]
    assert (first["date"], first["kind"], first["result"], first["next"]) == (
        "09.11.2026",
        "планирование",
        "Полюбить дроби",
        "16.11.2026",
    )
    assert (second["way"], second["difficulty"], second["next"]) == ("очно, 60 мин", "Найти время", "")
    assert "скучно" not in str(said)


def test_the_mentors_report_counts_meetings_plan_and_own_marks(school: School, pairing: Pairing) -> None:
    add_goal(school.session, pairing.pair_id, "Разобраться в дробях", by=pairing.by, now=NOW)
    add_item(school.session, pairing.pair_id, "difficulties", "Решить задачи", by=pairing.by, now=NOW)
    pairing.met(14, minutes=30, difficulty="time")
    pairing.met(7, minutes=60, difficulty="nothing")
    for moment, mark in (("before", 4), ("after", 9)):
        key = f"{SURVEY}_{moment}"
        comfort = next(one["key"] for one in DEFINITIONS[key]["question"] if one.get("pair") == "comfort")
        school.response(pairing.mentor.person_id, key, {comfort: mark}, pair_id=pairing.pair_id)

    said = said_by(school, DocumentKind.MENTOR_REPORT, pair_id=pairing.pair_id)

    assert (said["held"], said["hours"]) == (2, "1,5")
    assert texts(said["goals"]) == ["Разобраться в дробях"]
    assert said["plan_words"] == "выполнено пунктов: 0 из 1"
    assert texts(said["difficulties"]) == ["Найти время (встреч: 1)"]
    assert [(row["before"], row["after"], row["difference"]) for row in said["changes"]] == [("4", "9", "+5")]


def test_an_agreement_names_the_parents_of_the_minors(school: School, pairing: Pairing) -> None:
    said = said_by(school, DocumentKind.AGREEMENT, pair_id=pairing.pair_id)
    assert {"minor": "Крылова Мила", "guardian": "Крылова Вера Андреевна"} in said["minors"]
    assert said["frequency"] == "не реже одного раза в неделю"


def test_a_mentor_with_two_mentees_is_one_line_of_the_register(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=2)
    for mentee in (MILA, TIMUR):
        school.paired(mentor, school.enrol(mentee, Role.MENTEE))
    school.enrol(IGOR, Role.MENTOR)

    said = said_by(school, DocumentKind.REGISTER_MENTORS)

    assert said["total"] == 2
    line = next(row for row in said["mentors"] if row["name"].startswith("Лебедева"))
    assert sorted(line["mentees"].split("\n")) == ["Асланов Тимур", "Крылова Мила"]


def test_a_portfolio_shows_what_speaks_for_the_mentor_and_never_the_notes(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR)
    for verdict, shown in ((Verdict.NOT_NOW, ""), (Verdict.RECOMMENDED, "рекомендован")):
        school._add(
            Interview(enrolment_id=mentor.id, held_on=TODAY, verdict=verdict, notes="Волновалась", created_at=NOW)
        )
        said = said_by(school, DocumentKind.PORTFOLIO, person_id=mentor.person_id)
        assert said["verdict"] == shown
        assert "Волновалась" not in str(said)


def test_education_and_service_are_kept_printed_handed_out_and_forgotten(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR)
    said = PortfolioRecord(" МГУ, 2003 ", "Гимназия «Маяк», учитель", "высшая", 22, 20, 0, awards="Грамота")
    write_portfolio(school.session, mentor.id, said, by=school.curator, now=NOW)

    printed = said_by(school, DocumentKind.PORTFOLIO, person_id=mentor.person_id)
    assert (printed["education"], printed["category"], printed["achievements"]) == ("МГУ, 2003", "высшая", "Грамота")
    assert printed["service"] == "общий 22 года, педагогический 20 лет, наставнический 0 лет"
    assert my_data(school.session, mentor.person_id)["Портфолио"]["Место работы и должность"] == said.work
    for wrong in (PortfolioRecord(years=71), PortfolioRecord(years=3, years_teaching=4)):
        with pytest.raises(ValueWrong):
            write_portfolio(school.session, mentor.id, wrong, by=school.curator, now=NOW)
    with pytest.raises(NotFound):
        write_portfolio(school.session, school.enrol(MILA, Role.MENTEE).id, said, by=school.curator, now=NOW)
    with pytest.raises(NotAllowed):
        write_portfolio(school.session, mentor.id, said, by=Actor.person(mentor.person_id), now=NOW)

    demand = ask_erasure(school.session, mentor.person_id, by=school.curator, now=NOW)
    erase_person(school.session, demand.request_id, by=school.curator, now=NOW)
    assert school.session.scalars(select(Portfolio)).all() == []


def test_an_additional_agreement_says_what_is_known_and_leaves_the_rest_to_be_filled_in(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE)
    school.agreed(mentor, mentee)
    assert "____" in said_by(school, DocumentKind.LABOUR_AGREEMENT, person_id=mentor.person_id)["payment"]

    entered = AgreementSet(consent_on=TODAY, payment="ежемесячно", amount=5000)
    save_agreement(school.session, mentor.id, entered, by=school.curator, now=NOW)
    said = said_by(school, DocumentKind.LABOUR_AGREEMENT, person_id=mentor.person_id)

    assert said["payment"] == "5\u00a0000 руб. в месяц; ежемесячно"
    assert said["consent_on"] == "23.11.2026"
    assert [one["dative"] for one in said["mentees"]] == ["Соколовой Дарье Игоревне"]


def test_letters_of_gratitude_go_to_many_and_speak_to_each(school: School, pairing: Pairing) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    document = begin(school, DocumentKind.GRATITUDE)
    assert facts_of(school.session, document, now=NOW)["people"] == []

    people = [anna.person_id, pairing.mentor.person_id]
    choose(school.session, document.id, "people", people, by=school.curator, now=NOW)
    said = facts_of(school.session, document, now=NOW)

    assert [row["address"] for row in said["people"]] == ["Уважаемая Анна Сергеевна!", "Дорогой Олег!"]


def test_the_final_report_counts_pairs_by_orders(school: School, pairing: Pairing) -> None:
    assert said_by(school, DocumentKind.FINAL_REPORT)["ordered_pairs"] == 0
    order = begin(school, DocumentKind.ORDER_PAIRS)
    sign_document(school.session, order.id, "47", TODAY, by=school.curator, now=NOW)
    assert said_by(school, DocumentKind.FINAL_REPORT)["ordered_pairs"] == 1


def test_the_region_sees_what_is_there_and_the_school_what_is_not(school: School, pairing: Pairing) -> None:
    before = evidence(school.session, now=NOW)
    assert {one.proof for one in before.missing} == set(Proof) - {Proof.MENTEES}
    assert before.ordered_pairs == 0

    for kind in (DocumentKind.ORDER_INTRODUCTION, DocumentKind.ORDER_PAIRS):
        document = begin(school, kind)
        sign_document(school.session, document.id, str(document.id), TODAY, by=school.curator, now=NOW)
    write(school, begin(school, DocumentKind.EVIDENCE), site_section="mayak.example.org/mentors")
    after = evidence(school.session, now=NOW)

    there = {one.proof: one.details for one in after.shown if one.there}
    assert there[Proof.SITE] == "mayak.example.org/mentors"
    assert there[Proof.NUMBER] == "1 пара"
    assert KINDS[DocumentKind.ORDER_INTRODUCTION].name.lower() in there[Proof.ROAD_MAP].lower()
    assert {one.proof for one in after.missing} == {
        Proof.REGULATION,
        Proof.PROGRAMME,
        Proof.CURATOR,
        Proof.MENTORS,
        Proof.PAYMENT,
        Proof.PRACTICES,
    }


def test_the_site_of_the_profile_stands_in_the_list_until_another_is_written(school: School) -> None:
    school.organisation.profile = {**school.organisation.profile, "site": "маяк.рф/наставничество"}
    ours = {one.proof: one.details for one in evidence(school.session, now=NOW).shown}
    write(school, begin(school, DocumentKind.EVIDENCE), site_section="mayak.example.org/mentors")
    written = {one.proof: one.details for one in evidence(school.session, now=NOW).shown}

    assert (ours[Proof.SITE], written[Proof.SITE]) == ("маяк.рф/наставничество", "mayak.example.org/mentors")


def test_a_signed_report_lends_the_final_report_its_figures_and_words(school: School, pairing: Pairing) -> None:
    report = begin_report(school.session, PeriodKind.SEASON, TODAY, by=school.curator, now=NOW)
    write_texts(school.session, report.report_id, {"conclusions": "Год прошёл."}, by=school.curator, now=NOW)
    sign_report(school.session, report.report_id, by=school.curator, now=NOW)
    school.enrol(ANNA, Role.MENTOR)

    final = said_by(school, DocumentKind.FINAL_REPORT)
    month = begin_report(school.session, PeriodKind.MONTH, TODAY, by=school.curator, now=NOW)
    sign_report(school.session, month.report_id, by=school.curator, now=NOW)

    assert [row["entered"] for row in final["people"]] == ["1", "1", "2"]
    assert texts(final["conclusions"]) == ["Год прошёл."]
    assert final["period"] == "за 2026/2027 учебный год"
    assert said_by(school, DocumentKind.FINAL_REPORT)["people"] == final["people"]


def test_the_curator_chooses_whose_figures_the_final_report_prints(school: School, pairing: Pairing) -> None:
    first = begin_report(school.session, PeriodKind.MONTH, TODAY, by=school.curator, now=NOW).report_id
    season = begin_report(school.session, PeriodKind.SEASON, TODAY, by=school.curator, now=NOW).report_id
    for report_id in (first, season):
        sign_report(school.session, report_id, by=school.curator, now=NOW)
    unsigned = begin_report(school.session, PeriodKind.QUARTER, TODAY, by=school.curator, now=NOW).report_id
    school.enrol(ANNA, Role.MENTOR)
    draft = begin(school, DocumentKind.FINAL_REPORT)

    view = paper_view(school.session, draft.id, now=NOW)
    assert {one.value for one in view.reports} == {str(first), str(season), "today"}
    assert (view.report, view.facts["people"][-1]["entered"]) == (str(season), "2")
    write(school, draft, report_id=str(first))
    assert paper_view(school.session, draft.id, now=NOW).facts["period"] == "за ноябрь 2026"
    write(school, draft, report_id="today")
    view = paper_view(school.session, draft.id, now=NOW)
    assert (view.report, view.facts["people"][-1]["entered"]) == ("today", "3")
    with pytest.raises(ValueWrong):
        write(school, draft, report_id=str(unsigned))
