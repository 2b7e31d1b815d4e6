"""Sign-in, sessions that end, passwords, and the wall before every page."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from mentoring.rules.accounts import FAILURES_ALLOWED
from mentoring.use_cases.accounts import end_sessions
from storage.database import SyncDatabase
from storage.models.account import CuratorAccount
from tests.admin.conftest import Browser, Clock, signed_in
from tests.admin.season import PASSWORD, Season

PUBLIC = {"static", "health.alive", "health.ready", "door.sign_in"}


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint not in PUBLIC]


def address(app: Flask, rule: Rule, number: int = 1) -> str:
    words = {"role": "mentor", "kind": "personal_data_adult", "filename": "panel.css"}
    values = {name: words.get(name, number) for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def test_each_page_leads_a_stranger_to_the_sign_in(app: Flask, stranger: Browser) -> None:
    for rule in rules(app, "GET"):
        answer = stranger.open(address(app, rule))
        assert answer.status_code == 302, rule
        assert urlsplit(answer.location).path == "/sign-in", rule


def test_no_button_works_for_a_stranger(app: Flask, stranger: Browser) -> None:
    for rule in rules(app, "POST"):
        answer = stranger.client.post(address(app, rule), headers={"Referer": "http://localhost/"})
        assert answer.status_code == 401, rule
        assert "Вход для куратора" in answer.text, rule


def test_each_form_without_a_token_is_refused(app: Flask, curator: Browser) -> None:
    for rule in rules(app, "POST"):
        answer = curator.client.post(address(app, rule), data={"text": "слово"})
        assert answer.status_code == 400, rule
        assert "Страница устарела" in answer.text, rule


def test_a_refused_form_gives_the_typed_words_back(curator: Browser) -> None:
    answer = curator.client.post(
        "/person/1/write",
        data={"text": "Приходите в среду", "csrf_token": "old"},
        headers={"Referer": "http://localhost/person/1/write"},
    )

    assert answer.status_code == 400
    assert "Приходите в среду" in answer.text
    assert "Отправить ещё раз" in answer.text


def test_a_form_from_another_site_is_not_offered_again(curator: Browser) -> None:
    answer = curator.client.post("/person/1/erase", data={"a": "слово"}, headers={"Referer": "https://evil.example/"})

    assert answer.status_code == 400
    assert "Отправить ещё раз" not in answer.text
    assert "слово" not in answer.text


def test_a_session_that_ended_gives_the_typed_words_back(curator: Browser, session_clock: Clock) -> None:
    token = curator.token("/person/1/write")
    session_clock.forward(hours=3)

    answer = curator.client.post(
        "/person/1/write",
        data={"csrf_token": token, "text": "Приходите в среду"},
        headers={"Referer": "http://localhost/person/1/write"},
    )

    assert answer.status_code == 401
    assert "Приходите в среду" in answer.text


@pytest.mark.parametrize(("login", "password"), [("zimina", "не тот пароль"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_login_and_a_wrong_password_look_the_same(stranger: Browser, login: str, password: str) -> None:
    answer = stranger.sign_in(login, password)

    assert answer.status_code == 401
    assert stranger.open("/").status_code == 302


def test_after_five_failures_the_right_password_does_not_open_either(
    make_app: Callable[..., Flask], database: SyncDatabase, clock: Clock
) -> None:
    app = make_app(database)
    visitor = Browser(app.test_client())
    for _ in range(FAILURES_ALLOWED):
        visitor.sign_in("zimina", "не тот пароль")

    assert visitor.sign_in("zimina").status_code == 401
    clock.forward(minutes=16)
    assert visitor.sign_in("zimina").status_code == 303


def test_many_attempts_from_one_address_are_slowed_down(stranger: Browser) -> None:
    codes = [stranger.sign_in(f"login{number}", "x" * 12).status_code for number in range(11)]

    assert codes[:10] == [401] * 10
    assert codes[10] == 429


@pytest.mark.parametrize(
    "outside", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\tevil", "evil"]
)
def test_sign_in_never_leads_outside(stranger: Browser, outside: str) -> None:
    token = stranger.token("/sign-in")
    answer = stranger.client.post(
        "/sign-in",
        query_string={"next": outside},
        data={"csrf_token": token, "login": "zimina", "password": PASSWORD},
    )

    assert answer.status_code == 303
    assert answer.location == "/"


def test_sign_in_leads_to_the_page_that_was_asked(stranger: Browser) -> None:
    asked = stranger.open("/people/?role=mentor")
    token = stranger.token(asked.location)

    answer = stranger.client.post(asked.location, data={"csrf_token": token, "login": "zimina", "password": PASSWORD})

    assert answer.location == "/people/?role=mentor"


def test_a_pause_of_two_hours_ends_the_session(curator: Browser, session_clock: Clock) -> None:
    session_clock.forward(hours=1, minutes=59)
    assert curator.open("/people/").status_code == 200
    session_clock.forward(hours=1, minutes=59)
    assert curator.open("/people/").status_code == 200
    session_clock.forward(hours=2, minutes=2)
    assert curator.open("/people/").status_code == 302


def test_twelve_hours_end_the_session_however_busy_it_was(curator: Browser, session_clock: Clock) -> None:
    for _ in range(12):
        session_clock.forward(minutes=59)
        assert curator.open("/people/").status_code == 200
    session_clock.forward(minutes=20)
    assert curator.open("/people/").status_code == 302


def test_ending_an_accounts_sessions_ends_them_at_the_next_page(
    curator: Browser, database: SyncDatabase, season: Season, clock: Clock
) -> None:
    database.write(end_sessions, season.curator_id, by=season.curator, now=clock())

    assert curator.open("/people/").status_code == 302


def test_a_disabled_account_is_out_at_once(administrator: Browser, curator: Browser, season: Season) -> None:
    answer = administrator.press("/settings/", f"/settings/accounts/{season.curator_id}/disable")

    assert answer.status_code == 303
    assert curator.open("/people/").status_code == 302


def test_sign_out_is_a_button_and_not_a_link(curator: Browser) -> None:
    assert curator.open("/sign-out").status_code == 405
    assert curator.open("/").status_code == 200
    curator.press("/people/", "/sign-out")
    assert curator.open("/").status_code == 302


def test_a_new_password_keeps_this_session_and_ends_the_others(app: Flask, curator: Browser) -> None:
    other = signed_in(app, "zimina")
    new = "четыре жёлтых трамвая"

    answer = curator.send("/password", {"current": PASSWORD, "new": new, "again": new})

    assert answer.status_code == 303
    assert curator.open("/").status_code == 200
    assert other.open("/").status_code == 302
    assert Browser(app.test_client()).sign_in("zimina", new).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again"),
    [
        ("не тот", "четыре жёлтых трамвая", "четыре жёлтых трамвая"),
        (PASSWORD, "коротко", "коротко"),
        (PASSWORD, "четыре жёлтых трамвая", "пять жёлтых трамваев"),
        (PASSWORD, "zzzzzzzzzzzz", "zzzzzzzzzzzz"),
    ],
)
def test_a_bad_new_password_changes_nothing(app: Flask, curator: Browser, current: str, new: str, again: str) -> None:
    answer = curator.send("/password", {"current": current, "new": new, "again": again})

    assert answer.status_code == 200
    assert "error" in answer.text
    assert Browser(app.test_client()).sign_in("zimina", PASSWORD).status_code == 303


def test_a_password_that_others_have_seen_must_be_changed_first(administrator: Browser, app: Flask) -> None:
    shown = administrator.send(
        "/settings/accounts/new",
        {"full_name": "Нина Фёдоровна Орлова", "login": "nina", "role": "curator"},
        seen="/settings/accounts/new",
    ).text
    made = shown.split("Пароль</dt>")[1].split(">")[1].split("<")[0]
    newcomer = signed_in(app, "nina", made)

    assert newcomer.open("/people/").location == "/password"
    newcomer.send("/password", {"current": made, "new": "утро над озером", "again": "утро над озером"})
    assert newcomer.open("/people/").status_code == 200


def test_only_an_administrator_sees_and_makes_accounts(curator: Browser, season: Season) -> None:
    assert "Учётные записи" not in curator.text("/settings/")
    assert curator.open("/settings/accounts/new").status_code == 403
    assert curator.send(f"/settings/accounts/{season.head_id}/reset").status_code == 403
    assert curator.send(f"/settings/accounts/{season.head_id}/disable").status_code == 403


def test_the_cookie_is_guarded(make_app: Callable[..., Flask], database: SyncDatabase) -> None:
    plain = Browser(make_app(database).test_client()).open("/sign-in").headers["Set-Cookie"]
    https = Browser(make_app(database, public_url="https://mentor.example").test_client())
    secure = https.client.get("/sign-in", base_url="https://mentor.example").headers["Set-Cookie"]

    assert {"HttpOnly", "SameSite=Lax"} <= set(plain.split("; "))
    assert "Secure" not in plain
    assert {"HttpOnly", "SameSite=Lax", "Secure"} <= set(secure.split("; "))
    assert secure.startswith("__Host-")


def test_health_needs_no_sign_in(stranger: Browser) -> None:
    assert stranger.open("/healthz").json == {"status": "ok"}
    assert stranger.open("/readyz").json == {"status": "ok"}


def test_a_failed_attempt_is_counted_in_the_database(stranger: Browser, database: SyncDatabase) -> None:
    stranger.sign_in("zimina", "не тот пароль")

    with database.readers() as session:
        assert session.scalar(select(CuratorAccount.failed_attempts).where(CuratorAccount.login == "zimina")) == 1
