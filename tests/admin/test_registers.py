"""The registers' pages: how often they ask, and what each of them shows."""

from storage.database import SyncDatabase
from tests.admin.conftest import Browser
from tests.admin.season import Season
from tests.counting import counted


def test_a_register_asks_only_for_the_columns_that_it_shows(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    asked = {}
    for path in ("/registers/", "/registers/?ours=1", "/registers/mentees", "/registers/?public=1"):
        curator.text(path)
        with counted(database) as found:
            assert "<tr>" in curator.text(path)
        asked[path] = len(found)

    assert asked["/registers/"] <= 11, asked
    assert asked["/registers/mentees"] <= 11, asked
    assert asked["/registers/?ours=1"] <= 17, asked
    assert asked["/registers/?public=1"] <= 11, asked
