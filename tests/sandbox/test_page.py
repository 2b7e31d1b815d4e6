"""The web chat and its control: what the page asks for, and the page itself in headless Chromium."""

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.background import PATIENCE
from tests.chat import Persona, Sandbox, wait_until
from tests.sandbox.api import Api, multipart

QUESTION = {"inline_keyboard": [[{"text": "Да, готова", "callback_data": "yes"}]]}


def get(sandbox: Sandbox, path: str) -> Any:
    with urllib.request.urlopen(sandbox.api_url + path, timeout=PATIENCE) as response:
        return json.load(response)


def post(sandbox: Sandbox, path: str, body: bytes, kind: str = "application/json") -> Any:
    request = urllib.request.Request(sandbox.api_url + path, body, {"Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["error"]


def act(sandbox: Sandbox, key: str, name: str, **arguments: Any) -> Any:
    return post(sandbox, f"/sandbox/people/{key}/{name}", json.dumps(arguments).encode())


def test_the_page_runs_only_its_own_scripts(sandbox: Sandbox) -> None:
    with urllib.request.urlopen(sandbox.api_url + "/?start=7B", timeout=PATIENCE) as response:
        page, headers = response.read().decode(), response.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in page
    assert "onclick" not in page
    assert "//" not in page.replace("http://…", "")


def test_the_page_gets_people_bot_and_clock(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    api.call("setMyCommands", commands=[{"command": "menu", "description": "Меню"}])
    api.call("setMyName", name="Наставник гимназии")
    state = get(sandbox, "/sandbox/state")
    assert [person["name"] for person in state["people"]] == ["Мила Крылова"]
    assert state["bot"]["name"] == "Наставник гимназии"
    assert state["bot"]["commands"] == [{"command": "menu", "description": "Меню"}]
    assert state["bot"]["online"] is False
    assert state["clock"]["zone"] == "Europe/Moscow"


def test_people_act_over_http(sandbox: Sandbox, api: Api) -> None:
    person = post(sandbox, "/sandbox/people", json.dumps({"first_name": " Тимур ", "last_name": "Асланов"}).encode())
    key = person["key"]
    act(sandbox, key, "start", link="http://127.0.0.1:8081/?start=7B")
    sent = api.call("sendMessage", chat_id=person["id"], text="Готовы?", reply_markup=QUESTION)
    act(sandbox, key, "press", id=sent["message_id"], data="yes")
    act(sandbox, key, "edit", text="/start 7А")
    post(sandbox, f"/sandbox/people/{key}/document", *multipart({}, {"file": ("скан.pdf", b"%PDF")}))
    for name in ("contact", "photo", "voice", "sticker", "block", "unblock"):
        act(sandbox, key, name)
    kinds = [(set(update) - {"update_id"}).pop() for update in api.updates()]
    assert kinds == [
        "message",
        "callback_query",
        "edited_message",
        *["message"] * 5,
        "my_chat_member",
        "my_chat_member",
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("text", {"text": " "}, (409, "Пустое сообщение не отправляется")),
        ("start", {"link": "https://mayak.ru"}, (409, "Это не ссылка-приглашение: в ней должно быть ?start=…")),
        ("start", {"payload": "с кириллицей"}, None),
        ("press", {"id": 99, "data": "yes"}, (409, "Такого сообщения в этом чате нет")),
        ("text", {}, (400, "Не понимаю запрос: KeyError('text')")),
    ],
)
def test_what_nobody_could_do_is_explained(
    sandbox: Sandbox, mila: Persona, name: str, arguments: dict[str, Any], reason: tuple[int, str] | None
) -> None:
    told = act(sandbox, mila.key, name, **arguments)
    assert told == reason if reason else told[0] == 409


def test_whoever_blocked_the_bot_must_unblock_it_first(sandbox: Sandbox, mila: Persona) -> None:
    mila.block()
    assert act(sandbox, mila.key, "text", text="Да") == (409, "Бот заблокирован: сначала разблокируйте его")


def test_a_text_too_long_is_cut_into_messages(api: Api, mila: Persona) -> None:
    """Telegram's own apps send a long text as several messages."""
    mila.say("ж" * 5000)
    assert [len(update["message"]["text"]) for update in api.updates()] == [4096, 904]


def test_uploaded_pages_are_only_downloaded(sandbox: Sandbox, mila: Persona) -> None:
    mila.send_document(b"<script>alert(1)</script>", "страница.html", "text/html")
    file = mila.chat[-1].file
    assert file
    with urllib.request.urlopen(f"{sandbox.api_url}/sandbox/files/{file['id']}", timeout=PATIENCE) as response:
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_clock_moves_over_http_in_the_organisations_zone(sandbox: Sandbox) -> None:
    moved = post(sandbox, "/sandbox/clock", json.dumps({"to": "2031-09-01T09:00"}).encode())
    asked = datetime(2031, 9, 1, 6, tzinfo=UTC).timestamp()
    assert asked <= moved["now"] <= asked + 5
    assert post(sandbox, "/sandbox/clock", b'{"forward": -5}') == (409, "Время идёт только вперёд")


def test_the_page_hears_of_changes(sandbox: Sandbox, mila: Persona) -> None:
    with urllib.request.urlopen(sandbox.api_url + "/sandbox/events", timeout=PATIENCE) as events:
        mila.say("Здравствуйте")
        assert json.loads(events.readline().removeprefix(b"data: ")) == {"kind": "chat", "key": mila.key}


def test_calls_callbacks_and_faults_are_listed(sandbox: Sandbox, api: Api, mila: Persona) -> None:
    sent = api.call("sendMessage", chat_id=mila.id, text="Готовы?", reply_markup=QUESTION)
    mila.press_data(sent["message_id"], "yes")
    post(sandbox, "/sandbox/faults", json.dumps({"method": "getChat", "kind": "error", "times": 2}).encode())
    with pytest.raises(Exception, match="500"):
        api.call("getChat", chat_id=mila.id)
    assert [(call["method"], call["code"]) for call in get(sandbox, "/sandbox/calls")] == [
        ("sendMessage", 200),
        ("getChat", 500),
    ]
    assert [(each["data"], each["answered"]) for each in get(sandbox, "/sandbox/callbacks")] == [("yes", False)]
    assert [rule["times"] for rule in get(sandbox, "/sandbox/faults")] == [1]


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("Chromium is absent: the chat page is not tried in a browser")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(switch)
    opened = webdriver.Chrome(options=options, service=Service(driver))
    opened.set_window_size(400, 800)
    yield opened
    opened.quit()


@pytest.mark.browser
def test_a_newcomer_opens_a_link_and_answers_on_the_page(browser: webdriver.Chrome, sandbox: Sandbox, api: Api) -> None:
    wait = WebDriverWait(browser, 10, ignored_exceptions=[StaleElementReferenceException])

    def see(selector: str, text: str = "") -> Any:
        def look(_: object) -> Any:
            found = browser.find_elements(By.CSS_SELECTOR, selector)
            return next((node for node in found if text in node.text and node.is_displayed()), None)

        return wait.until(look, f"{selector} {text}")

    browser.get(sandbox.deep_link("7B"))
    see("#who-name").send_keys("<b>Мила</b>\n")
    wait_until(lambda: sandbox.pending() == 1)
    person = api.updates()[0]["message"]["from"]
    assert person["first_name"] == "<b>Мила</b>"
    api.call(
        "sendMessage",
        chat_id=person["id"],
        text="<i>Готовы</i>, &lt;Мила&gt;?",
        parse_mode="HTML",
        reply_markup=QUESTION,
    )
    assert see(".from-bot .text i", "Готовы")
    see(".inline-button", "Да, готова").click()
    wait_until(lambda: sandbox.pending() == 2)
    query = api.updates()[-1]["callback_query"]
    api.call("answerCallbackQuery", callback_query_id=query["id"], text="Записали", show_alert=True)
    assert see("#alert-text", "Записали")
    browser.find_element(By.CSS_SELECTOR, "#alert-dialog button").click()
    see("textarea").send_keys("<script>alert(1)</script>\n")
    assert see(".own .text", "<script>alert(1)</script>")
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
