"""Papers on the other database: two curators at once, and the queries that must read the same there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from mentoring.rules.documents import DocumentKind, DocumentState, Profile
from mentoring.rules.errors import MentoringError, NumberTaken, OutOfDate
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from mentoring.use_cases.document_drafts import new_document
from mentoring.use_cases.document_signing import Signed, sign_document
from mentoring.use_cases.documents import paper_view, papers_page
from mentoring.use_cases.programme_stage import stage_lines
from storage.database import SyncDatabase
from storage.models.document import Document
from storage.models.pair import Pair
from storage.queries.documents import DocumentFilter, changed_since_order, waits_for_order
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.school import ANNA, MILA, NOW, School, open_school

TODAY = date(2026, 11, 23)


@pytest.fixture
def database(postgres_url: str) -> Iterator[SyncDatabase]:
    opened = SyncDatabase(postgres_url)
    Base.metadata.create_all(opened.writing)
    yield opened
    opened.close()


def open_papers(database: SyncDatabase) -> tuple[School, int, list[int]]:
    """A pair that waits for an order, and drafts of three orders; everything is committed."""
    with database.writers.begin() as session:
        school = open_school(session)
        school.organisation.profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич").to_stored()
        pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE))
        kinds = (DocumentKind.ORDER_PAIRS, DocumentKind.ORDER_INTRODUCTION, DocumentKind.ORDER_CURATOR)
        drafts = [new_document(session, kind, by=school.curator, now=NOW).document_id for kind in kinds]
    return school, pair_id, drafts


def test_two_curators_sign_at_once_and_one_of_them_does(database: SyncDatabase) -> None:
    school, pair_id, (pairs, introduction, curator) = open_papers(database)
    organisation_id, by = school.organisation.id, school.curator

    def sign(document_id: int) -> Signed | MentoringError:
        try:
            with database.writers.begin() as session:
                set_organisation(session, organisation_id)
                return sign_document(session, document_id, "47", TODAY, by=by, now=NOW)
        except MentoringError as refused:
            return refused

    with ThreadPoolExecutor(4) as at_once:
        same = list(at_once.map(sign, (pairs, pairs, pairs, pairs)))
        others = list(at_once.map(sign, (introduction, curator)))

    assert sorted(type(one).__name__ for one in same) == [OutOfDate.__name__] * 3 + [Signed.__name__]
    assert all(isinstance(one, NumberTaken) and one.free == "48" for one in others)
    with database.readers() as session:
        set_organisation(session, organisation_id)
        assert session.get_one(Pair, pair_id).state is PairState.ACTIVE
        assert session.get_one(Document, introduction).state is DocumentState.DRAFT
        assert session.get_one(Document, introduction).number is None


def test_lists_and_matters_read_the_same(database: SyncDatabase) -> None:
    school, pair_id, (pairs, *_) = open_papers(database)
    with database.writers.begin() as session:
        set_organisation(session, school.organisation.id)
        assert list(session.scalars(select(Pair.id).where(waits_for_order()))) == [pair_id]
        assert paper_view(session, pairs, now=NOW).free_number == "1"
        sign_document(session, pairs, "47", TODAY, by=school.curator, now=NOW)
        assert list(session.scalars(select(Pair.id).where(waits_for_order()))) == []
        assert list(session.scalars(select(Pair.id).where(changed_since_order()))) == []
        session.get_one(Pair, pair_id).state = PairState.ENDED
        session.flush()
        assert list(session.scalars(select(Pair.id).where(changed_since_order()))) == [pair_id]
        assert papers_page(session, DocumentFilter(find="47"), 1).total == 1
        assert [line.stage for line in stage_lines(session)] == list(range(1, 8))
