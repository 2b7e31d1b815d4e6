"""What stays behind a page: a log line, an address, a file's name. None of them tells who somebody is."""

import logging
import re
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select

from storage.database import SyncDatabase
from storage.models.person import Person
from tests.admin.conftest import Browser
from tests.admin.season import PASSWORD, Season
from tests.admin.test_doors import rules
from tests.admin.test_walls import FORM, ids, url
from tests.admin.test_walls_within import AT_THE_END, OF_THE_ACCOUNT


def test_no_page_leaves_a_name_behind(
    app: Flask, administrator: Browser, season: Season, database: SyncDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    numbers, somebody = ids(season, database), names(database)
    caplog.set_level(logging.DEBUG)

    for rule in rules(app, "GET"):
        answer = administrator.open(url(app, rule, numbers))
        assert not somebody.search(unquote(str(answer.headers))), rule
        if answer.mimetype == "text/html":
            links = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', answer.text))
            assert not somebody.search(unquote(links)), rule

    assert not somebody.search(caplog.text)


def test_no_button_leaves_a_name_behind(
    app: Flask, administrator: Browser, season: Season, database: SyncDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    numbers, somebody = ids(season, database), names(database)
    caplog.set_level(logging.DEBUG)
    pressed = [rule for rule in rules(app, "POST") if rule.endpoint.split(".")[0] not in OF_THE_ACCOUNT]

    for rule in sorted(pressed, key=lambda rule: rule.endpoint.split(".")[1] in AT_THE_END):
        answer = administrator.send(url(app, rule, numbers), FORM)
        assert not somebody.search(unquote(str(answer.headers))), rule

    assert not somebody.search(caplog.text)


def names(database: SyncDatabase) -> re.Pattern[str]:
    """Last names, phones and what opens doors."""
    with database.readers() as session:
        known = {word for row in session.execute(select(Person.last_name, Person.phone)) for word in row if word}
    assert len(known) > 4
    return re.compile("|".join(map(re.escape, sorted(known | {PASSWORD}))))
