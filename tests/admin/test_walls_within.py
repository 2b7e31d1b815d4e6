"""A foreign number in an own form, or behind an own one in the address, reaches nothing of the other organisation."""

from itertools import chain

from flask import Flask
from sqlalchemy import Row, select
from werkzeug.routing import Rule

from mentoring.rules.documents import DocumentKind
from storage.database import SyncDatabase
from storage.tables import Base
from tests.admin.conftest import Browser
from tests.admin.season import Season
from tests.admin.test_doors import rules
from tests.admin.test_walls import FORM, OF_ONE_THING, everything, ids, of_one_thing, url

AT_THE_END = {"archive", "cancel", "close", "decline", "drop", "end", "erase", "leave", "sign", "withdraw"}
OF_THE_ACCOUNT = {"door", "settings"}
BY_ANY_WORD = {"question", "figure", "kind", "role", "key", "stem", "pair", "who", "form_key"}


def test_a_foreign_number_behind_an_own_one_is_not_found(
    app: Flask, administrator: Browser, season: Season, foreign: Season, database: SyncDatabase
) -> None:
    ours, theirs = ids(season, database), ids(foreign, database)
    mixed = [
        (method, rule, name)
        for method in ("GET", "POST")
        for rule in of_one_thing(app, method)
        if len(numbered(rule)) > 1
        for name in numbered(rule)
    ]
    assert len(mixed) > 40
    before = everything(database)

    for method, rule, name in mixed:
        address = url(app, rule, ours | {name: theirs[name]})
        answer = administrator.open(address) if method == "GET" else administrator.send(address, FORM)
        assert answer.status_code == 404, (method, address, rule)

    assert everything(database) == before


def test_foreign_numbers_in_own_forms_touch_and_name_nobody_of_theirs(
    app: Flask, administrator: Browser, season: Season, foreign: Season, database: SyncDatabase
) -> None:
    ours, form = ids(season, database), FORM | theirs_as_typed(ids(foreign, database), foreign)
    before = rows_of(database, foreign.organisation_id)
    pressed = [rule for rule in rules(app, "POST") if rule.endpoint.split(".")[0] not in OF_THE_ACCOUNT]

    for rule in sorted(pressed, key=lambda rule: rule.endpoint.split(".")[1] in AT_THE_END):
        for kind in DocumentKind if rule.arguments == {"kind"} else (ours["kind"],):
            address = url(app, rule, ours | {"kind": kind})
            answer = administrator.send(address, form)
            assert answer.status_code < 500, address
            assert "Парус".encode() not in answer.data, address

    assert rows_of(database, foreign.organisation_id) == before
    assert pointing_across(database) == []


def numbered(rule: Rule) -> list[str]:
    return sorted(name for name in rule.arguments if OF_ONE_THING.search(name) and name not in BY_ANY_WORD)


def theirs_as_typed(theirs: dict[str, int], foreign: Season) -> dict[str, object]:
    """Under every name by which a form of the panel sends a number."""
    hours = {f"hours-{one}": "3" for one in (foreign.anna_enrolment, foreign.igor_enrolment)}
    return hours | {
        "id": [str(one) for one in theirs.values()],
        "offered": [str(theirs["pair_id"])],
        "mentor": str(theirs["mentor"]),
        "mentee": str(theirs["mentee"]),
        "mentees": [str(theirs["mentee"])],
        "template_id": str(theirs["template_id"]),
        "tell": [str(foreign.curator_id), str(foreign.head_id)],
        "seen": "",
    }


def rows_of(database: SyncDatabase, organisation_id: int) -> dict[str, list[Row[tuple[object, ...]]]]:
    with database.readers() as session:
        return {
            table.name: list(session.execute(select(table).filter_by(organisation_id=organisation_id)).all())
            for table in Base.metadata.sorted_tables
            if "organisation_id" in table.columns
        }


def pointing_across(database: SyncDatabase) -> list[str]:
    """Columns in which a row of one organisation names a row of another."""
    owned = [table for table in Base.metadata.sorted_tables if "organisation_id" in table.columns]
    found = []
    with database.readers() as session:
        for key in chain.from_iterable(table.foreign_keys for table in owned):
            here, there = key.parent.table, key.column.table.alias()
            if key.column.table in owned:
                joined = select(here.c.id).join(there, key.parent == there.c[key.column.name])
                across = session.scalars(joined.where(here.c.organisation_id != there.c.organisation_id)).all()
                found += [f"{here.name}.{key.parent.name}: {across}"] if across else []
    return found
