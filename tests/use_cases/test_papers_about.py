"""What the page of a pair and of a person shows of papers, and what may be begun there."""

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.documents import DocumentKind, Profile
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Role
from mentoring.use_cases.document_drafts import choose, new_document, throw_away
from mentoring.use_cases.document_signing import sign_document
from mentoring.use_cases.pairs import withdraw_proposal
from mentoring.use_cases.papers_about import OF_PAIR, papers_of_pair, papers_of_person
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, TIMUR, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    school.organisation.profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич").to_stored()
    return school


def begin(school: School, kind: DocumentKind, **of: int) -> int:
    return new_document(school.session, kind, by=school.curator, now=NOW, **of).document_id


def sign(school: School, document_id: int, number: str = "1") -> None:
    sign_document(school.session, document_id, number, NOW.date(), by=school.curator, now=NOW)


def shown(school: School, pair_id: int) -> list[DocumentKind]:
    return [one.kind for one in papers_of_pair(school.session, pair_id).lines]


def of_person(school: School, person_id: int) -> list[DocumentKind]:
    return [one.kind for one in papers_of_person(school.session, person_id).lines]


def test_a_pair_shows_its_order_and_its_drafts_and_nobody_elses(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR, capacity=2)
    pair = school.paired(anna, school.enrol(MILA, Role.MENTEE))
    other = school.paired(anna, school.enrol(TIMUR, Role.MENTEE))
    order = begin(school, DocumentKind.ORDER_PAIRS)
    choose(school.session, order, "pairs", [pair], by=school.curator, now=NOW)
    sign(school, order)
    begin(school, DocumentKind.PLAN, pair_id=pair)
    throw_away(school.session, begin(school, DocumentKind.DIARY, pair_id=pair), by=school.curator, now=NOW)

    assert shown(school, pair) == [DocumentKind.PLAN, DocumentKind.ORDER_PAIRS]
    assert shown(school, other) == []
    assert papers_of_pair(school.session, pair).make == OF_PAIR
    with pytest.raises(NotFound):
        papers_of_pair(school.session, 999)


def test_a_proposal_has_no_papers_to_begin(school: School) -> None:
    pair = school.agreed(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
    assert papers_of_pair(school.session, pair).make == ()
    withdraw_proposal(school.session, pair, by=school.curator, now=NOW)
    assert papers_of_pair(school.session, pair).make == ()


def test_a_person_has_the_orders_on_their_pairs_and_the_papers_about_them(school: School) -> None:
    anna, mila, timur = (
        school.enrol(ANNA, Role.MENTOR, capacity=2),
        school.enrol(MILA, Role.MENTEE),
        school.enrol(TIMUR, Role.MENTEE),
    )
    school.paired(anna, mila)
    sign(school, begin(school, DocumentKind.ORDER_PAIRS))
    begin(school, DocumentKind.PORTFOLIO, person_id=anna.person_id)
    thanks = begin(school, DocumentKind.GRATITUDE)
    choose(school.session, thanks, "people", [anna.person_id, timur.person_id], by=school.curator, now=NOW)
    sign(school, thanks)

    gratitude, portfolio, order = DocumentKind.GRATITUDE, DocumentKind.PORTFOLIO, DocumentKind.ORDER_PAIRS
    assert of_person(school, anna.person_id) == [gratitude, portfolio, order]
    assert of_person(school, mila.person_id) == [order]
    assert of_person(school, timur.person_id) == [gratitude]


def test_the_additional_agreement_is_for_a_worker_who_helps_a_worker(school: School) -> None:
    anna, darya = school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE)
    kinds = papers_of_person(school.session, anna.person_id).make
    assert DocumentKind.PORTFOLIO in kinds
    assert DocumentKind.LABOUR_AGREEMENT not in kinds
    school.paired(anna, darya)

    assert DocumentKind.LABOUR_AGREEMENT in papers_of_person(school.session, anna.person_id).make
    assert papers_of_person(school.session, darya.person_id).make == (DocumentKind.CERTIFICATE, DocumentKind.GRATITUDE)
