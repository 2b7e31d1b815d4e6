"""The fence between organisations, at every kind of access that SQLAlchemy has."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, insert, select, union, update
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import Role
from storage.database import SyncDatabase
from storage.models.organisation import Organisation, Programme
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Person
from storage.scope import ForeignRow, fenced, organisation_of, set_organisation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def furnish(session: Session, name: str) -> int:
    organisation = Organisation(name=name, short_name=name, created_at=NOW)
    session.add(organisation)
    session.flush()
    with fenced(session, organisation.id):
        person = Person(last_name=name, first_name="Анна", created_at=NOW)
        programme = Programme(name=name, school_year="2026/2027", starts_on=NOW.date(), ends_on=NOW.date())
        session.add_all([person, programme])
        session.flush()
        session.add(ChannelAccount(person_id=person.id, channel="telegram", external_id=name, linked_at=NOW))
        session.add(
            Enrolment(
                programme_id=programme.id,
                person_id=person.id,
                role=Role.MENTOR,
                status=EnrolmentStatus.JOINING,
                status_at=NOW,
                created_at=NOW,
            )
        )
        session.flush()
    return organisation.id


@pytest.fixture
def two(session: Session) -> tuple[int, int]:
    """Ids of «Маяк» and «Парус»; each has one person with the same id as the organisation."""
    ids = furnish(session, "Маяк"), furnish(session, "Парус")
    session.commit()
    return ids


@pytest.fixture
def lighthouse(store: SyncDatabase, two: tuple[int, int]) -> Iterator[Session]:
    """A session fenced into «Маяк», with nothing loaded."""
    with store.writers() as opened:
        set_organisation(opened, two[0])
        yield opened


ALIAS = aliased(Person)
READS: dict[str, Callable[[Session], object]] = {
    "select": lambda s: s.scalars(select(Person)).all(),
    "columns": lambda s: [row.last_name for row in s.execute(select(Person.id, Person.last_name))],
    "alias": lambda s: s.scalars(select(ALIAS)).all(),
    "join": lambda s: s.scalars(select(Person).join(Person.enrolments)).all(),
    "join without a relationship": lambda s: s.scalars(
        select(Person).join(Programme, Programme.name == Person.last_name)
    ).all(),
    "outer join": lambda s: s.scalars(select(Person).outerjoin(Enrolment)).all(),
    "subquery": lambda s: s.scalars(select(Person).where(Person.id.in_(select(Enrolment.person_id)))).all(),
    "from a subquery": lambda s: s.execute(select(select(Person.last_name).subquery())).all(),
    "union": lambda s: s.scalars(select(Person).from_statement(union(select(Person)))).all(),
    "joined loading": lambda s: s.scalars(select(Enrolment).options(joinedload(Enrolment.person))).all(),
    "select-in loading": lambda s: s.scalars(select(Person).options(selectinload(Person.accounts))).all(),
    "legacy query": lambda s: s.query(Person).all(),
    "stream": lambda s: list(s.scalars(select(Person).execution_options(yield_per=1))),
}


@pytest.mark.parametrize("name", READS)
def test_every_way_of_reading_finds_only_the_own_row(lighthouse: Session, name: str) -> None:
    assert len(READS[name](lighthouse)) == 1  # type: ignore[arg-type]


def test_a_count_counts_only_the_own_rows(lighthouse: Session) -> None:
    assert lighthouse.scalar(select(func.count()).select_from(Person)) == 1
    assert lighthouse.scalar(select(func.count(Person.id))) == 1


def test_an_exists_sees_only_the_own_rows(lighthouse: Session) -> None:
    assert lighthouse.scalar(select(select(Person.id).where(Person.last_name == "Парус").exists())) is False
    assert lighthouse.scalar(select(select(Person.id).where(Person.last_name == "Маяк").exists())) is True


def test_a_scalar_subquery_sees_only_the_own_rows(lighthouse: Session) -> None:
    counted = select(func.count(Person.id)).scalar_subquery()
    assert lighthouse.execute(select(Organisation.id, counted)).all()[0][1] == 1


def test_get_gives_none_for_a_foreign_id(lighthouse: Session, two: tuple[int, int]) -> None:
    foreign = two[1]
    assert lighthouse.get(Person, foreign) is None
    assert lighthouse.get(Person, foreign, with_for_update=True) is None
    assert lighthouse.get(Person, foreign, populate_existing=True) is None
    assert lighthouse.get(Person, two[0]) is not None


def test_get_gives_none_for_a_foreign_id_in_a_warm_session(store: SyncDatabase, two: tuple[int, int]) -> None:
    with store.writers() as session:
        everybody = session.scalars(select(Person)).all()  # loaded before the fence, and held
        set_organisation(session, two[0])
        assert session.get(Person, two[1]) is None
        assert session.get(Person, two[0]) is everybody[0]
        set_organisation(session, two[1])
        assert session.get(Person, two[0]) is None


def test_a_row_loaded_inside_one_fence_is_not_seen_from_another(store: SyncDatabase, two: tuple[int, int]) -> None:
    with store.writers() as session:
        with fenced(session, two[0]):
            held = session.get_one(Person, two[0])
        assert organisation_of(session) is None
        with fenced(session, two[1]):
            assert session.get(Person, two[0]) is None
        assert held.last_name == "Маяк"


def test_fences_nest_and_come_back_after_an_error(session: Session, two: tuple[int, int]) -> None:
    def fail() -> None:
        with fenced(session, two[1]):
            raise RuntimeError

    with fenced(session, two[0]):
        with pytest.raises(RuntimeError):
            fail()
        assert organisation_of(session) == two[0]
    assert organisation_of(session) is None


def test_a_lazy_relationship_to_a_foreign_row_leads_nowhere(store: SyncDatabase, two: tuple[int, int]) -> None:
    """Such a row is a defect by itself; it must not become a window."""
    with store.writers.begin() as session:
        crossed = Guardianship(organisation_id=two[0], guardian_id=two[0], minor_id=two[1], created_at=NOW)
        account = ChannelAccount(
            organisation_id=two[1], person_id=two[0], channel="telegram", external_id="9", linked_at=NOW
        )
        session.add_all([crossed, account])
    with store.writers() as session:
        set_organisation(session, two[0])
        guardianship = session.scalars(select(Guardianship)).one()
        assert guardianship.guardian is not None
        assert guardianship.minor is None
        person = session.get_one(Person, two[0])
        assert [one.external_id for one in person.accounts] == ["Маяк"]
    with store.writers() as session:
        set_organisation(session, two[0])
        eager = select(Guardianship).options(joinedload(Guardianship.minor))
        assert session.scalars(eager).one().minor is None
        people = session.scalars(select(Person).options(selectinload(Person.accounts))).all()
        assert [one.external_id for one in people[0].accounts] == ["Маяк"]


def test_a_lazy_relationship_of_a_row_loaded_before_the_fence_leads_nowhere(
    store: SyncDatabase, two: tuple[int, int]
) -> None:
    with store.writers.begin() as session:
        session.add(Guardianship(organisation_id=two[0], guardian_id=two[0], minor_id=two[1], created_at=NOW))
    with store.writers() as session:
        crossed = session.scalars(select(Guardianship)).one()
        set_organisation(session, two[0])
        assert crossed.minor is None


def test_a_bulk_update_touches_only_the_own_rows(store: SyncDatabase, two: tuple[int, int]) -> None:
    with store.writers.begin() as session:
        set_organisation(session, two[0])
        session.execute(update(Person).values(place="физика"))
    with store.readers() as session:
        assert dict(session.execute(select(Person.last_name, Person.place)).all()) == {"Маяк": "физика", "Парус": ""}


def test_a_bulk_update_of_a_foreign_id_touches_nothing(store: SyncDatabase, two: tuple[int, int]) -> None:
    with store.writers.begin() as session:
        set_organisation(session, two[0])
        done = session.execute(update(Person).where(Person.id == two[1]).values(place="физика"))
        assert done.rowcount == 0  # type: ignore[attr-defined]


def test_a_bulk_delete_touches_only_the_own_rows(store: SyncDatabase, two: tuple[int, int]) -> None:
    with store.writers.begin() as session:
        set_organisation(session, two[0])
        session.execute(delete(ChannelAccount))
    with store.readers() as session:
        assert session.scalars(select(ChannelAccount.external_id)).all() == ["Парус"]


def test_a_new_row_is_stamped_with_the_organisation(lighthouse: Session, two: tuple[int, int]) -> None:
    person = Person(last_name="Новая", created_at=NOW)
    lighthouse.add(person)
    lighthouse.flush()
    assert person.organisation_id == two[0]


def test_a_row_of_another_organisation_is_not_written(lighthouse: Session, two: tuple[int, int]) -> None:
    lighthouse.add(Person(organisation_id=two[1], last_name="Чужая", created_at=NOW))
    with pytest.raises(ForeignRow):
        lighthouse.flush()


def test_a_row_does_not_move_to_another_organisation(lighthouse: Session, two: tuple[int, int]) -> None:
    lighthouse.get_one(Person, two[0]).organisation_id = two[1]
    with pytest.raises(ForeignRow):
        lighthouse.flush()


def test_a_foreign_row_brought_from_elsewhere_is_not_deleted(
    store: SyncDatabase, lighthouse: Session, two: tuple[int, int]
) -> None:
    with store.readers() as free:
        foreign = free.scalars(select(ChannelAccount).where(ChannelAccount.organisation_id == two[1])).one()
    lighthouse.add(foreign)
    lighthouse.delete(foreign)
    with pytest.raises(ForeignRow):
        lighthouse.flush()


def test_a_bulk_insert_may_name_only_the_own_organisation(lighthouse: Session, two: tuple[int, int]) -> None:
    row = {"last_name": "Новая", "created_at": NOW, "organisation_id": two[1]}
    with pytest.raises(ForeignRow):
        lighthouse.execute(insert(Person), [row])
    with pytest.raises(ForeignRow):
        lighthouse.execute(insert(Person).values(row))
    lighthouse.execute(insert(Person), [row | {"organisation_id": two[0]}])
    assert lighthouse.scalar(select(func.count(Person.id))) == 2


def test_a_bulk_update_may_not_hand_rows_over(lighthouse: Session, two: tuple[int, int]) -> None:
    with pytest.raises(ForeignRow):
        lighthouse.execute(update(Person).values(organisation_id=two[1]))


def test_the_fence_follows_the_session_and_not_the_cached_statement(store: SyncDatabase, two: tuple[int, int]) -> None:
    statement = select(Person.last_name)
    for organisation_id, name in zip(two, ("Маяк", "Парус"), strict=True):
        with store.readers() as session:
            set_organisation(session, organisation_id)
            assert session.scalars(statement).all() == [name]
    with store.readers() as session:
        assert len(session.scalars(statement).all()) == 2


def test_a_refresh_of_an_expired_own_row_works(lighthouse: Session, two: tuple[int, int]) -> None:
    person = lighthouse.get_one(Person, two[0])
    lighthouse.expire(person)
    assert person.last_name == "Маяк"
    lighthouse.refresh(person)
    assert person.last_name == "Маяк"
