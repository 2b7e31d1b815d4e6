"""From a draft to a signed order: what it says, what stops it, what it does, and that it never changes after."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document as opened
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import Decision
from mentoring.rules.document_order_choices import CHOICES
from mentoring.rules.documents import BlockReason, DocumentKind, DocumentState, LineAct, Profile, is_order
from mentoring.rules.errors import (
    DatedTooEarly,
    NotAllowed,
    NothingOrdered,
    NumberTaken,
    OrderBlocked,
    OutOfDate,
    ProfileLacks,
    TermReversed,
    ValueWrong,
)
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.amendments import changes_for
from mentoring.use_cases.document_drafts import change_draft, choose, leave_blocked_out, new_document, throw_away
from mentoring.use_cases.document_signing import Signed, sign_document
from mentoring.use_cases.documents import paper_file, paper_view, papers_page
from mentoring.use_cases.ordered_pairs import ordered_pairs
from mentoring.use_cases.pair_groups import add_mentees, remove_mentee
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, end_pair
from storage.models.document import Document
from storage.models.pair import Pair
from storage.queries.documents import DocumentFilter, changed_since_order
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич", head_post="директор")
    school.organisation.profile = profile.to_stored()
    return school


def begin(school: School, kind: DocumentKind = DocumentKind.ORDER_PAIRS, **of: int) -> int:
    return new_document(school.session, kind, by=school.curator, now=NOW, **of).document_id


def sign(school: School, document_id: int, number: str = "47", **more: str) -> Signed:
    return sign_document(school.session, document_id, number, TODAY, by=school.curator, now=NOW, **more)


def changed_pairs(school: School) -> list[int]:
    """What the first page says of orders that are out of date."""
    return list(school.session.scalars(select(Pair.id).where(changed_since_order()).order_by(Pair.id)))


def text_of(body: bytes) -> str:
    paper = opened(BytesIO(body))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def test_an_order_begins_with_every_confirmed_pair_and_makes_them_official(school: School) -> None:
    first = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    school.agreed(school.enrol(IGOR, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))  # not decided yet

    document_id = begin(school)
    signed = sign(school, document_id)

    assert (signed.number, signed.fixed) == ("47", 1)
    pair = school.pair(first)
    assert (pair.state, pair.order_id) == (PairState.ACTIVE, document_id)
    assert school.told(NoticeKind.PERSON_PAIR_FIXED) == [one.person_id for one in pair.members]
    name, body = paper_file(school.session, document_id, now=NOW)
    assert name == "Приказ о закреплении пар № 47 от 23.11.2026"
    said = text_of(body)
    assert "Лебедева Анна Сергеевна" in said
    assert "Крылова Мила" in said
    assert "Асланов" not in said


def test_no_order_without_papers_and_it_says_whose(school: School) -> None:
    lacking = school.enrol(MILA, Role.MENTEE)
    one = school.paired(school.enrol(ANNA, Role.MENTOR), lacking)
    other = school.paired(school.enrol(IGOR, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    document_id = begin(school)
    school.consent(lacking.person, Decision.REFUSED)

    with pytest.raises(OrderBlocked) as refused:
        sign(school, document_id)

    assert {(one.reason, one.name) for one in refused.value.blockers} == {(BlockReason.CONSENT, "Крылова Мила")}
    assert leave_blocked_out(school.session, document_id, by=school.curator, now=NOW) == 1
    assert sign(school, document_id).fixed == 1
    assert (school.pair(one).state, school.pair(other).state) == (PairState.CONFIRMED, PairState.ACTIVE)


def test_a_worker_who_mentors_a_worker_must_have_agreed_in_writing(school: School) -> None:
    school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE))

    with pytest.raises(OrderBlocked) as refused:
        sign(school, begin(school))

    assert [(one.reason, one.name) for one in refused.value.blockers] == [
        (BlockReason.LABOUR, "Лебедева Анна Сергеевна")
    ]


def test_a_used_number_is_refused_with_the_next_free_one(school: School) -> None:
    first, second = begin(school, DocumentKind.ORDER_INTRODUCTION), begin(school, DocumentKind.ORDER_CURATOR)
    sign(school, first, "№ 47-о")

    with pytest.raises(NumberTaken) as refused:
        sign(school, second, " 47-о ")

    assert (refused.value.document_id, refused.value.free) == (first, "48-о")
    assert paper_view(school.session, second, now=NOW).free_number == "48-о"
    plan = begin(school, DocumentKind.ORDER_MONITORING)
    last_year = sign_document(
        school.session, plan, "47-о", date(2025, 12, 31), by=school.curator, now=NOW
    )  # numbers begin anew with the calendar year
    assert last_year.number == "47-о"


def test_what_is_signed_never_changes(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    school.paired(mentor, mentee)
    document_id = begin(school)
    sign(school, document_id)
    before = paper_file(school.session, document_id, now=NOW)

    mentee.person.last_name, school.organisation.name = "Иванова", "Лицей"
    later = NOW + timedelta(days=90)

    assert paper_file(school.session, document_id, now=later) == before
    view = paper_view(school.session, document_id, now=later)
    assert view.facts["pairs"][0]["mentees"][0]["full"] == "Крылова Мила"
    for act in (
        lambda: sign(school, document_id, "48"),
        lambda: throw_away(school.session, document_id, by=school.curator, now=later),
        lambda: change_draft(school.session, document_id, {"basis": "иначе"}, by=school.curator, now=later),
        lambda: choose(school.session, document_id, "pairs", [], by=school.curator, now=later),
    ):
        with pytest.raises(OutOfDate):
            act()


def test_what_has_moved_since_the_curator_read_it_is_not_signed(school: School) -> None:
    mentee = school.enrol(MILA, Role.MENTEE)
    school.paired(school.enrol(ANNA, Role.MENTOR), mentee)
    document_id = begin(school)
    seen = paper_view(school.session, document_id, now=NOW).digest

    mentee.person.last_name = "Иванова"

    with pytest.raises(OutOfDate):
        sign(school, document_id, seen=seen)
    assert sign(school, document_id, seen=paper_view(school.session, document_id, now=NOW).digest).fixed == 1


def test_only_a_curator_makes_papers(school: School) -> None:
    document_id = begin(school, DocumentKind.ORDER_CURATOR)
    for by in (Actor.system(), Actor.person(1)):
        with pytest.raises(NotAllowed):
            new_document(school.session, DocumentKind.ORDER_CURATOR, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            sign_document(school.session, document_id, "1", TODAY, by=by, now=NOW)


def test_an_empty_order_a_day_to_come_and_an_unknown_head_are_refused(school: School) -> None:
    empty = begin(school)
    with pytest.raises(NothingOrdered):
        sign(school, empty)
    with pytest.raises(ValueWrong):
        sign_document(school.session, empty, "1", TODAY + timedelta(days=1), by=school.curator, now=NOW)
    school.organisation.profile = {}
    with pytest.raises(ProfileLacks) as refused:
        sign(school, empty)
    assert refused.value.fields == ("head_name", "city")


def test_a_date_before_the_programme_or_before_the_order_that_is_changed_is_refused(school: School) -> None:
    school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    order = begin(school)
    with pytest.raises(DatedTooEarly) as refused:
        sign_document(school.session, order, "47", date(2006, 11, 23), by=school.curator, now=NOW)
    assert (refused.value.first, refused.value.number) == (date(2025, 8, 31), "")
    sign(school, order)

    school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    amendment = begin(school, DocumentKind.ORDER_AMENDMENT)
    with pytest.raises(DatedTooEarly) as refused:
        sign_document(school.session, amendment, "48", TODAY - timedelta(days=1), by=school.curator, now=NOW)
    assert (refused.value.first, refused.value.number) == (TODAY, "47")
    assert sign(school, amendment, "48").fixed == 1


def test_a_term_that_ends_before_it_begins_is_refused(school: School) -> None:
    order = begin(school, DocumentKind.ORDER_MONITORING)
    change_draft(
        school.session, order, {"starts_on": "2026-11-20", "ends_on": "2026-11-10"}, by=school.curator, now=NOW
    )
    with pytest.raises(TermReversed):
        sign(school, order)


@pytest.mark.parametrize("kind", [one for one in DocumentKind if is_order(one)])
def test_what_an_order_will_print_stands_in_the_form_before_anybody_writes(school: School, kind: DocumentKind) -> None:
    if kind is DocumentKind.ORDER_AMENDMENT:
        school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
        sign(school, begin(school))
    facts = paper_view(school.session, begin(school, kind), now=NOW).facts
    assert [one.name for one in CHOICES[kind] if one.name not in facts] == []


def test_a_draft_says_beforehand_what_it_cannot_be_signed_without(school: School) -> None:
    draft = begin(school)
    assert paper_view(school.session, draft, now=NOW).empty == "pairs"
    school.organisation.profile = {}
    view = paper_view(school.session, draft, now=NOW)
    assert (view.lacks, view.may_be_signed) == (("head_name", "city"), False)
    with pytest.raises(ProfileLacks):
        sign(school, draft)


def test_a_second_draft_of_the_same_is_the_first_one_and_a_thrown_away_one_is_gone(school: School) -> None:
    document_id = begin(school)
    assert new_document(school.session, DocumentKind.ORDER_PAIRS, by=school.curator, now=NOW).already
    throw_away(school.session, document_id, by=school.curator, now=NOW)

    assert begin(school) != document_id
    assert [one.document_id for one in papers_page(school.session, DocumentFilter(), 1).lines] != [document_id]
    assert school.session.get_one(Document, document_id).state is DocumentState.VOID


def test_the_curators_words_stand_in_the_order_until_they_are_taken_away(school: School) -> None:
    document_id = begin(school, DocumentKind.ORDER_CURATOR)
    said = {
        "duties": "вести базу\n\nпроводить опросы",
        "control": "Громов Пётр Ильич",
        "team": "Лебедева Анна Сергеевна, учитель физики | отвечает за обучение",
        "term_until": "2027-05-31",
    }
    change_draft(school.session, document_id, said, dated_on=TODAY, by=school.curator, now=NOW)

    facts = paper_view(school.session, document_id, now=NOW).facts
    assert [one["text"] for one in facts["duties"]] == ["вести базу", "проводить опросы"]
    assert facts["control"]["short_accusative"] == "Громова\u00a0П.\u00a0И."
    assert facts["control"]["post_accusative"] == "директора"
    assert facts["team"][0]["person"]["dative"] == "Лебедевой Анне Сергеевне"
    assert facts["term_until"] == "31.05.2027"
    assert facts["document"]["date"] == "23.11.2026"

    change_draft(school.session, document_id, {"duties": " "}, by=school.curator, now=NOW)
    assert len(paper_view(school.session, document_id, now=NOW).facts["duties"]) > 3
    with pytest.raises(ValueWrong):
        change_draft(school.session, document_id, {"pairs": "1"}, by=school.curator, now=NOW)


def test_two_people_of_one_name_both_get_acquainted(school: School) -> None:
    for mentor in (ANNA, IGOR):
        school.paired(school.enrol(mentor, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))

    facts = paper_view(school.session, begin(school), now=NOW).facts

    names = [one["person"]["full"] for one in facts["acquainted"]]
    assert names.count("Асланов Тимур") == 2
    assert names[0] == "Зимина Ольга Викторовна"


def test_a_later_change_is_an_amendment_that_writes_itself(school: School) -> None:
    ending = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    order = begin(school)
    sign(school, order)
    amended = school.session.get_one(Document, order)
    assert changes_for(school.session, amended) == ()

    end_pair(school.session, ending, EndReason.MOVED, by=school.curator, now=NOW)
    new = school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    amendment = begin(school, DocumentKind.ORDER_AMENDMENT)
    view = paper_view(school.session, amendment, now=NOW)

    assert [(one["what"], one["old"], one["new"]) for one in view.facts["changes"]] == [
        ("Считать завершённой работу", "Лебедева Анна Сергеевна (учитель физики) – Крылова Мила (7 «Б»)", ""),
        (
            "Закрепить пару",
            "",
            "Титов Олег (11 «А») – Асланов Тимур (10 «А»); форма «ученик–ученик»; с 23.11.2026 по 31.08.2027",
        ),
    ]
    assert view.facts["amended"]["number"] == "47"
    assert sign(school, amendment, "52").fixed == 1
    assert school.pair(new).order_id == amendment
    standing = ordered_pairs(school.session, school.programme.id)
    assert {one.pair_id: one.ended for one in standing.values()} == {ending: True, new: False}
    assert changes_for(school.session, amended) == ()
    with pytest.raises(NothingOrdered):
        sign(school, begin(school, DocumentKind.ORDER_AMENDMENT), "53")


def test_a_group_that_gains_and_loses_is_amended_with_the_old_and_the_new_list(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=4)
    mila, timur, oleg = (school.enrol(one, Role.MENTEE) for one in (MILA, TIMUR, OLEG))
    group = school.group(mentor, mila, timur)
    confirm_pair(school.session, group, by=school.curator, now=NOW)
    order = begin(school)
    sign(school, order)
    assert changed_pairs(school) == []

    remove_mentee(school.session, group, mila.person_id, EndReason.MOVED, by=school.curator, now=NOW)
    joining = add_mentees(school.session, group, [oleg.id], by=school.curator, now=NOW).pair_id
    for one in (mentor, oleg):
        answer_proposal(school.session, joining, one.person_id, True, by=Actor.person(one.person_id), now=NOW)
    confirm_pair(school.session, joining, by=school.curator, now=NOW)

    assert changed_pairs(school) == [group]
    amendment = begin(school, DocumentKind.ORDER_AMENDMENT)
    facts = paper_view(school.session, amendment, now=NOW).facts
    assert [one["what"] for one in facts["changes"]] == ["Исключить из группы", "Дополнить группу"]
    for one in facts["changes"]:
        assert one["old"].endswith("– Крылова Мила (7 «Б»); Асланов Тимур (10 «А»)")
        assert one["new"].endswith("– Асланов Тимур (10 «А»); Титов Олег (11 «А»)")
    assert facts["totals"]["pairs_words"] == "1 группа"
    sign(school, amendment, "48")

    assert changed_pairs(school) == []
    assert ordered_pairs(school.session, school.programme.id)[group].mentees == {timur.person_id, oleg.person_id}


def test_an_order_on_completion_ends_the_pairs_that_it_names(school: School) -> None:
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    sign(school, begin(school))

    sign(school, begin(school, DocumentKind.ORDER_COMPLETION), "90")

    assert school.pair(pair_id).state is PairState.COMPLETED
    assert ordered_pairs(school.session, school.programme.id)[pair_id].ended
    assert changed_pairs(school) == []


def test_an_order_remembers_whom_it_fixed(school: School) -> None:
    mentee = school.enrol(MILA, Role.MENTEE)
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), mentee)
    document_id = begin(school)
    sign(school, document_id)

    lines = school.session.scalars(select(Document).where(Document.id == document_id)).one().lines

    assert [(one.act, one.pair_id, one.person_id) for one in lines] == [(LineAct.FIX, pair_id, mentee.person_id)]


def test_the_order_on_introduction_sets_the_day_of_the_programme(school: School) -> None:
    sign(school, begin(school, DocumentKind.ORDER_INTRODUCTION))
    assert school.programme.introduced_on == TODAY
