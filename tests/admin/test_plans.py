"""The curator reads plans, decides on them, and writes for those who have no chat."""

from io import BytesIO

from openpyxl import load_workbook

from mentoring.rules.plans import ItemState, PlanState
from mentoring.use_cases.plan_decisions import send_plan
from mentoring.use_cases.plan_views import PlanView, plan_of
from storage.database import SyncDatabase
from storage.scope import set_organisation
from tests.admin.conftest import Browser
from tests.admin.plans import plan_of_pair
from tests.admin.season import Season
from tests.conftest import NOW


def seen(database: SyncDatabase, season: Season) -> PlanView:
    with database.readers() as session:
        set_organisation(session, season.organisation_id)
        return plan_of(session, season.pair, now=NOW)


def sent(database: SyncDatabase, season: Season) -> int:
    item_id = plan_of_pair(database, season)["item_id"]
    with database.writers.begin() as session:
        set_organisation(session, season.organisation_id)
        send_plan(session, season.pair, by=season.curator, now=NOW)
    return item_id


def test_a_plan_on_paper_is_written_down_approved_and_marked(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    page = f"/plans/{season.pair}"
    assert "План ещё не начали" in curator.text(page)
    term = {"starts_on": "2026-11-23", "ends_on": "2027-05-31"}
    assert curator.send(f"{page}/words", {"goals": "Собрать робота\r\n\r\nПоказать его", **term}).status_code == 303
    item = {"section": "directions", "text": "Выбрать датчик", "due_on": "2026-12-15", "planned_result": ""}
    assert curator.send(f"{page}/items/new", item).status_code == 303
    assert curator.press(page, f"{page}/approve", {"seen": seen(database, season).seen}).status_code == 303

    told = {"state": "partly", "actual_result": "Выбрали, ждём посылку", "mark": "Почти"}
    item_id = seen(database, season).items[0].item_id
    assert curator.send(f"{page}/items/{item_id}/result", told).status_code == 303

    plan = seen(database, season)
    assert (plan.state, plan.goals) == (PlanState.APPROVED, ("Собрать робота", "Показать его"))
    assert (plan.items[0].state, plan.items[0].mark) == (ItemState.PARTLY, "Почти")
    shown = curator.text(page)
    assert "Выбрали, ждём посылку" in shown
    assert "сделанное частично считаем за половину" in shown


def test_a_plan_that_waits_is_on_the_first_page_and_is_returned_with_a_remark(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    sent(database, season)
    assert "1 план ждёт вашего решения" in curator.text("/")
    page = f"/plans/{season.pair}"

    refused = curator.send(f"{page}/return", {"remark": " "})
    assert "Напишите, что поправить." in refused.text
    curator.send(f"{page}/return", {"remark": "Добавьте сроки"})

    assert "План возвращён: «Добавьте сроки»" in curator.text(page)
    assert "план ждёт вашего решения" not in curator.text("/")


def test_what_was_changed_since_the_page_was_opened_is_not_approved(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    item_id = sent(database, season)
    page, looked_at = f"/plans/{season.pair}", seen(database, season).seen
    curator.send(f"{page}/items/{item_id}/drop")

    answer = curator.send(f"{page}/approve", {"seen": looked_at}, seen=page)

    assert answer.status_code in (303, 409)
    assert seen(database, season).state is PlanState.SENT
    assert "Снято с плана" in curator.text(page)


def test_a_term_that_is_too_long_keeps_the_typed_words(curator: Browser, season: Season) -> None:
    typed = {"goals": "Собрать робота", "starts_on": "2026-11-23", "ends_on": "2031-05-31"}
    answer = curator.send(f"/plans/{season.pair}/words", typed)
    assert "Собрать робота" in answer.text
    assert "Проверьте поле" in answer.text


def test_the_list_is_exported_as_it_is_shown(curator: Browser, season: Season, database: SyncDatabase) -> None:
    sent(database, season)
    assert "ждёт вашего решения" in curator.text("/plans/?state=sent")
    rows = list(load_workbook(BytesIO(curator.open("/plans/export.xlsx?state=sent").data)).active.values)
    assert len(rows) == 2
    assert rows[1][3:8] == ("ждёт вашего решения", rows[1][4], 1, 0, 0)
