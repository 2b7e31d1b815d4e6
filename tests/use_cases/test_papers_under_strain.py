"""Orders when the world moves between the draft and the signature, and after it."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.documents import BlockReason, DocumentKind, DocumentState, Profile
from mentoring.rules.errors import OrderBlocked
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.consents import withdraw_consent
from mentoring.use_cases.document_archive import archive_of, set_for_pairs
from mentoring.use_cases.document_drafts import change_draft, choose, leave_blocked_out, new_document
from mentoring.use_cases.document_signing import sign_document
from mentoring.use_cases.documents import paper_file, paper_view
from mentoring.use_cases.ordered_pairs import ordered_pairs
from mentoring.use_cases.pairs import end_pair
from mentoring.use_cases.privacy import ask_erasure, erase_person
from storage.models.consent import Consent
from storage.models.document import Document
from tests.use_cases.school import ANNA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    school.organisation.profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич").to_stored()
    return school


def begin(school: School, kind: DocumentKind = DocumentKind.ORDER_PAIRS, **of: int) -> int:
    return new_document(school.session, kind, by=school.curator, now=NOW, **of).document_id


def sign(school: School, document_id: int, number: str) -> None:
    sign_document(school.session, document_id, number, TODAY, by=school.curator, now=NOW)


def blocked(school: School, document_id: int) -> set[tuple[str, str]]:
    with pytest.raises(OrderBlocked) as refused:
        sign(school, document_id, "99")
    return {(one.reason, one.name) for one in refused.value.blockers}


def erase(school: School, person_id: int) -> None:
    demand = ask_erasure(school.session, person_id, by=school.curator, now=NOW)
    erase_person(school.session, demand.request_id, by=school.curator, now=NOW)


def test_a_consent_taken_back_after_the_draft_stops_the_order(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    school.paired(anna, mila)
    order = begin(school)
    given = school.session.scalars(select(Consent).filter_by(person_id=anna.person_id)).first()
    assert given is not None
    withdraw_consent(school.session, given.id, by=Actor.person(anna.person_id), now=NOW)

    assert (BlockReason.STATE, "Лебедева Анна Сергеевна") in blocked(school, order)
    assert leave_blocked_out(school.session, order, by=school.curator, now=NOW) == 1
    assert paper_view(school.session, order, now=NOW).empty == "pairs"


def test_a_pair_that_ended_after_the_draft_or_has_an_order_already_stops_it(school: School) -> None:
    ended = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    ordered = school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    first = begin(school)
    choose(school.session, first, "pairs", [ordered], by=school.curator, now=NOW)
    sign(school, first, "1")
    second = begin(school)
    choose(school.session, second, "pairs", [ended, ordered], by=school.curator, now=NOW)
    end_pair(school.session, ended, EndReason.MOVED, by=school.curator, now=NOW)

    assert blocked(school, second) == {
        (BlockReason.STATE, "Лебедева Анна Сергеевна"),
        (BlockReason.ORDERED, "Титов Олег"),
    }


def test_an_order_completes_only_what_orders_have_begun_and_not_ended(school: School) -> None:
    one = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    sign(school, begin(school), "1")
    never = school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    completion = begin(school, DocumentKind.ORDER_COMPLETION)
    choose(school.session, completion, "pairs", [one, never], by=school.curator, now=NOW)
    end_pair(school.session, one, EndReason.MOVED, by=school.curator, now=NOW)
    amendment = begin(school, DocumentKind.ORDER_AMENDMENT)
    choose(school.session, amendment, "leave_out", [f"fix:{never}"], by=school.curator, now=NOW)
    sign(school, amendment, "2")

    assert blocked(school, completion) == {
        (BlockReason.UNORDERED, "Лебедева Анна Сергеевна"),
        (BlockReason.UNORDERED, "Титов Олег"),
    }
    assert school.pair(never).state is PairState.CONFIRMED
    assert leave_blocked_out(school.session, completion, by=school.curator, now=NOW) == 2


def test_an_amendment_of_an_amendment_changes_the_first_order(school: School) -> None:
    first = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    order = begin(school)
    sign(school, order, "1")
    later = school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    second = begin(school, DocumentKind.ORDER_AMENDMENT)
    sign(school, second, "2")
    end_pair(school.session, later, EndReason.MOVED, by=school.curator, now=NOW)
    third = begin(school, DocumentKind.ORDER_AMENDMENT, amends_id=second)

    view = paper_view(school.session, third, now=NOW)
    assert view.amends is not None
    assert view.amends.document_id == order
    assert [one["what"] for one in view.facts["changes"]] == ["Считать завершённой работу"]
    sign(school, third, "3")
    standing = {one.pair_id for one in ordered_pairs(school.session, school.programme.id).values() if not one.ended}
    assert standing == {first}


def test_a_signed_order_outlives_the_erasure_and_the_next_one_names_nobody_erased(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE)
    school.paired(school.enrol(ANNA, Role.MENTOR), mila)
    order = begin(school)
    sign(school, order, "1")
    before = paper_file(school.session, order, now=NOW)
    erase(school, mila.person_id)

    assert paper_file(school.session, order, now=NOW) == before
    amendment = begin(school, DocumentKind.ORDER_AMENDMENT)
    (change,) = paper_view(school.session, amendment, now=NOW).facts["changes"]
    assert change["old"] == "Лебедева Анна Сергеевна (учитель физики) – участник, данные которого удалены"
    sign(school, amendment, "2")


def test_an_erasure_empties_the_drafts_about_the_person_and_their_pair(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    pair = school.paired(anna, mila)
    about_pair = begin(school, DocumentKind.MENTOR_REPORT, pair_id=pair)
    change_draft(school.session, about_pair, {"difficulties": "Мила стесняется"}, by=school.curator, now=NOW)
    about_anna = begin(school, DocumentKind.PORTFOLIO, person_id=anna.person_id)
    change_draft(school.session, about_anna, {"about": "Люблю физику"}, by=school.curator, now=NOW)
    erase(school, mila.person_id)

    gone, kept = (school.session.get_one(Document, one) for one in (about_pair, about_anna))
    assert (gone.choices, gone.state) == ({}, DocumentState.VOID)
    assert (kept.choices, kept.state) == ({"about": "Люблю физику"}, DocumentState.DRAFT)


def test_papers_of_namesakes_and_awkward_names_lie_beside_each_other_in_an_archive(school: School) -> None:
    odd = school.enrol(MILA, Role.MENTEE)
    odd.person.last_name, odd.person.first_name = 'Кры/лова: "Ё" <\\|?*>' + "о" * 70, "Мила"
    pairs = [
        school.paired(school.enrol(ANNA, Role.MENTOR), odd),
        school.paired(school.enrol(IGOR, Role.MENTOR), school.enrol(MILA, Role.MENTEE)),
        school.paired(school.enrol(OLEG, Role.MENTOR), school.enrol(MILA, Role.MENTEE)),
    ]
    made = set_for_pairs(school.session, DocumentKind.PLAN, pairs, now=NOW)
    with ZipFile(BytesIO(made)) as archive:
        names = archive.namelist()
    assert len(set(names)) == 3
    assert not [name for name in names if set(name) & set('\\/:*?"<>|') or len(name.encode()) > 255]

    drafts = [begin(school, DocumentKind.PLAN, pair_id=one) for one in pairs]
    with ZipFile(BytesIO(archive_of(school.session, drafts, now=NOW))) as archive:
        assert archive.namelist() == ["План (черновик).docx", "План (черновик) (2).docx", "План (черновик) (3).docx"]


def test_a_name_corrected_after_the_signature_is_new_only_in_new_papers(school: School) -> None:
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    pair = school.paired(anna, mila)
    order = begin(school)
    sign(school, order, "1")
    mila.person.last_name = "Соколова"

    assert paper_view(school.session, order, now=NOW).facts["pairs"][0]["mentees"][0]["full"] == "Крылова Мила"
    plan = paper_view(school.session, begin(school, DocumentKind.PLAN, pair_id=pair), now=NOW)
    assert "Соколова" in str(plan.facts)
