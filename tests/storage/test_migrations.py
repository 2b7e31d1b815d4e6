"""The tables' history leads to what the models say, both ways, on both databases, and guards what must not change."""

from datetime import UTC, datetime
from itertools import product

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from storage import migrate

ROWS = {
    "consent": "INSERT INTO consent (id, organisation_id, person_id, given_by_id, text_id, kind, decision, door,"
    " evidence, decided_at) VALUES (1, 1, 1, 1, 1, 'k', 'd', 'chat', '{}', :now)",
    "consent_withdrawal": "INSERT INTO consent_withdrawal (id, organisation_id, consent_id, withdrawn_by_id, door,"
    " withdrawn_at) VALUES (1, 1, 1, 1, 'chat', :now)",
    "audit_entry": "INSERT INTO audit_entry (id, organisation_id, at, door, act, object_kind, object_id, details)"
    " VALUES (1, 1, :now, 'chat', 'a', 'k', 1, '{}')",
}
RESPONSE = """
    INSERT INTO response (id, organisation_id, person_id, questionnaire_id, version_id, state, position, reviewing,
                          door, started_at, touched_at)
    VALUES (1, 1, 1, 1, 1, 'draft', '', 0, 'chat', :now, :now)
"""
ANSWER = """
    INSERT INTO answer (id, organisation_id, response_id, key, value, answered_at) VALUES (1, 1, 1, 'k', '1', :now)
"""

DRAFT = """
    INSERT INTO questionnaire_version (id, organisation_id, questionnaire_id, number, definition, digest)
    VALUES (1, 1, 1, 1, '{}', '')
"""
PUBLISH = "published_at = :now"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("database_url" if request.param == "sqlite" else "postgres_url"))


def test_the_migrations_make_exactly_the_tables_of_the_models(empty_url: str) -> None:
    migrated = migrate.migrate(empty_url)

    assert migrated == migrate.Migrated(None, migrate.newest())
    assert migrate.differences(empty_url) == []


def test_each_step_goes_up_down_and_up_again(empty_url: str) -> None:
    for revision, before in zip(migrate.revisions(), ("base", *migrate.revisions()), strict=False):
        migrate.migrate(empty_url, revision)
        migrate.roll_back(empty_url, before)
        migrate.migrate(empty_url, revision)

    assert migrate.standing(empty_url) == migrate.newest()


def test_going_down_to_nothing_leaves_no_table(empty_url: str) -> None:
    migrate.migrate(empty_url)
    migrate.roll_back(empty_url, "base")

    leftovers = {change[1].name for change in migrate.differences(empty_url) if change[0] == "remove_table"}
    assert leftovers <= {"alembic_version"}


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    migrate.migrate(empty_url)

    assert migrate.migrate(empty_url) == migrate.Migrated(migrate.newest(), migrate.newest())


def test_consents_and_the_audit_can_only_be_added_to(empty_url: str) -> None:
    migrate.migrate(empty_url)
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        for table, change in product(ROWS, ("UPDATE {} SET id = id", "DELETE FROM {}")):
            _add_row(connection, table)
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text(change.format(table)))
            connection.rollback()
    engine.dispose()


def test_a_draft_may_change_until_it_is_published(empty_url: str) -> None:
    migrate.migrate(empty_url)
    engine = create_engine(empty_url)
    spoil, publish = (text(f"UPDATE questionnaire_version SET {what}") for what in ("definition = '[]'", PUBLISH))
    with engine.connect() as connection:
        _unguarded(connection, DRAFT)
        connection.commit()
        assert connection.execute(spoil).rowcount == 1
        connection.commit()  # PostgreSQL checks the references of a row that changes twice in a transaction
        connection.execute(publish, {"now": datetime.now(UTC)})
        connection.commit()
        for change in (spoil, text("DELETE FROM questionnaire_version")):
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(change)
            connection.rollback()
    engine.dispose()


def test_a_rebuilt_table_keeps_its_children(database_url: str) -> None:
    """With foreign keys on, SQLite deletes the answers of a rebuilt response, or refuses to rebuild it."""
    migrate.migrate(database_url)
    with migrate.connected(database_url) as connection:
        connection.execute(text(RESPONSE), {"now": datetime.now(UTC)})
        connection.execute(text(ANSWER), {"now": datetime.now(UTC)})

    with migrate.connected(database_url) as connection:
        _rebuild(connection, "response")

    with migrate.connected(database_url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM answer")) == 1


def test_a_migration_that_would_leave_orphans_changes_nothing(database_url: str) -> None:
    first = migrate.revisions()[0]
    migrate.migrate(database_url, first)
    engine = create_engine(database_url)  # foreign keys are off on a bare connection
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO questionnaire (id, organisation_id, key, title) VALUES (1, 99, 'k', 't')"))
    engine.dispose()

    with pytest.raises(migrate.MigrationBroke):
        migrate.migrate(database_url)

    assert migrate.standing(database_url) == first


def test_no_migration_leans_on_the_models() -> None:
    """They will move on; the step must still do what it did."""
    for file in (migrate.MIGRATIONS / "versions").glob("*.py"):
        source = file.read_text()
        assert "from storage" not in source, file.name
        assert "from mentoring" not in source, file.name


def _rebuild(connection: Connection, table: str) -> None:
    with Operations(MigrationContext.configure(connection)).batch_alter_table(table, recreate="always"):
        pass


def _add_row(connection: Connection, table: str) -> None:
    _unguarded(connection, ROWS[table], now=datetime.now(UTC))


def _unguarded(connection: Connection, insert: str, **values: object) -> None:
    """One row with nothing around it: references are not checked."""
    on_postgres = connection.dialect.name == "postgresql"
    if on_postgres:
        connection.execute(text("SET session_replication_role = replica"))
    connection.execute(text(insert), values)
    if on_postgres:
        connection.execute(text("SET session_replication_role = origin"))
