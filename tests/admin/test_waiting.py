"""Those without a pair in the panel: the queue, what is done about one of them, a mentor assigned by decision."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.accounts import reset_password
from mentoring.use_cases.waiting import open_case
from storage.database import SyncDatabase
from storage.models.matching import WaitingCase
from storage.models.pair import Pair
from storage.scope import set_organisation
from tests.admin.conftest import Browser, signed_in
from tests.admin.season import PASSWORD
from tests.conftest import NOW
from tests.counting import counted
from tests.use_cases.gymnasium import CONSOLE
from tests.use_cases.school import ANNA, IGOR, MILA, OLEG, TIMUR, School, open_school


@pytest.fixture
def school(store: SyncDatabase) -> School:
    """Mila waits longer than was meant, Timur has nobody who sees to it."""
    with store.writers.begin() as session:
        school = open_school(session)
        reset_password(session, "zimina", password=PASSWORD, by=CONSOLE, now=NOW)
        for sketch in (ANNA, IGOR, OLEG):
            school.enrol(sketch, Role.MENTOR)
        mila = school.enrol(MILA, Role.MENTEE)
        school.enrol(TIMUR, Role.MENTEE)
        late = NOW.date() - timedelta(days=3)
        open_case(
            session, mila.id, WaitingExit.SEARCH, owner="Педагог-психолог", due_on=late, by=school.curator, now=NOW
        )
    return school


@pytest.fixture
def browser(make_app: Callable[..., Flask], store: SyncDatabase, school: School) -> Browser:
    return signed_in(make_app(store), "zimina")


def stored(store: SyncDatabase, table: type) -> list:  # type: ignore[type-arg]
    with store.readers() as session:
        set_organisation(session, 1)
        return list(session.scalars(select(table).order_by(table.id)))


def test_the_queue_shows_who_waits_and_what_is_late(browser: Browser) -> None:
    page = browser.text("/waiting/")

    assert page.index("Крылова Мила") < page.index("Асланов Тимур")
    for said in ("Педагог-психолог", "срок прошёл 3 дня назад", "не решено", 'href="/pairs/propose/4"'):
        assert said in page
    late = browser.text("/waiting/?need=overdue")
    assert "Крылова Мила" in late
    assert "Асланов Тимур" not in late
    assert "Титов Олег" in browser.text("/waiting/?role=mentor")


def test_the_queue_takes_few_queries(browser: Browser, store: SyncDatabase) -> None:
    browser.open("/waiting/")
    with counted(store) as asked:
        browser.open("/waiting/")

    assert len(asked) <= 6, asked


def test_what_is_done_about_somebody_is_written_down_and_closed(browser: Browser, store: SyncDatabase) -> None:
    page = browser.text("/waiting/5")
    assert "Лебедева Анна Сергеевна" in page

    form = {"exit": "support", "owner": "Классный руководитель", "due_on": "2026-12-01", "note": "Уточнить запрос"}
    browser.send("/waiting/5", form)
    case = stored(store, WaitingCase)[1]
    assert (case.exit, case.owner, case.note) == (WaitingExit.SUPPORT, "Классный руководитель", "Уточнить запрос")
    assert "Классный руководитель" in browser.text("/waiting/")

    browser.send(f"/waiting/5/close/{case.id}", {"outcome": "Запрос стал точнее"})
    assert "Запрос стал точнее" in browser.text("/waiting/5")
    assert stored(store, WaitingCase)[1].closed_at == NOW


def test_a_pair_by_decision_needs_its_reason_and_becomes_a_proposal(browser: Browser, store: SyncDatabase) -> None:
    assert "Выберите, с кем предложить пару." in browser.send("/waiting/4/assign", {"reason": "Других нет"}).text
    assert "Напишите, почему вы так решили" in browser.send("/waiting/4/assign", {"other": "2"}).text

    sent = browser.send("/waiting/4/assign", {"other": "2", "reason": "Других нет", "told": "Оба любят технику"})

    assert sent.status_code == 303
    pair = stored(store, Pair)[0]
    assert (pair.state, pair.reasons) == (PairState.ASKED_MENTOR, "Оба любят технику")
    assert stored(store, WaitingCase)[0].exit is WaitingExit.DIRECTIVE
    assert "Крылова Мила" not in browser.text("/waiting/")


def test_somebody_unknown_is_not_found_and_a_refusal_keeps_the_words(browser: Browser) -> None:
    assert browser.open("/waiting/999").status_code == 404
    assert browser.open("/waiting/999/assign").status_code == 404
    kept = browser.send("/waiting/5", {"exit": "directive", "owner": "Зимина", "note": " "})
    assert 'value="Зимина"' in kept.text
