"""The library and the editor, as a curator goes through them in a browser."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from config.library import questionnaire_definitions
from mentoring.use_cases.questionnaire_drafts import draft_view
from mentoring.use_cases.questionnaire_library import published_definition
from storage.database import SyncDatabase
from storage.models.questionnaire import Answer, Questionnaire, Response
from storage.scope import set_organisation
from tests.admin.conftest import Browser
from tests.admin.season import Season
from tests.admin.test_pages import ALLOWED_LATIN, Page
from tests.counting import counted

MOST_QUERIES = 6
ENTRY = "/drafts/mentor_entry"


@pytest.fixture
def draft(curator: Browser) -> Browser:
    """Ольга Викторовна pressed «Изменить» under the mentor's form."""
    answer = curator.press("/library/mentor_entry", "/library/mentor_entry/edit")
    assert answer.headers["Location"] == ENTRY
    return curator


def raw_draft(database: SyncDatabase, season: Season, key: str = "mentor_entry") -> dict[str, object]:
    with database.readers() as session:
        set_organisation(session, season.organisation_id)
        return draft_view(session, key).raw


def questions(raw: dict[str, object]) -> dict[str, dict[str, object]]:
    return {one["key"]: one for one in raw["question"]}  # type: ignore[attr-defined]


def fields(html: str) -> dict[str, object]:
    """What the browser would send of the question's form."""
    form = re.search(r'<form method="post" data-keep.*?</form>', html, re.S)
    assert form
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        attrs = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" not in attrs or (attrs.get("type") == "checkbox" and " checked" not in tag):
            continue
        found.setdefault(attrs["name"], []).append(unescape(attrs.get("value", "y")))  # type: ignore[attr-defined]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form[0], re.S):
        found[name] = unescape(text)
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', inside) or re.search(r'value="([^"]*)"', inside)
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("csrf_token", None)
    return found


def test_the_library_names_each_questionnaire_its_use_and_its_source(curator: Browser) -> None:
    page = curator.text("/library/")

    for definition in questionnaire_definitions().values():
        assert definition["title"] in page
    assert "Вступление в программу" in page
    assert "по описанию методики, дословно не проверено" in page
    assert "официальн" not in page


def test_the_library_is_narrowed_by_chips(curator: Browser) -> None:
    page = curator.text("/library/?use=entry&role=mentor")

    assert "Анкета наставника" in page
    assert "Анкета наставляемого" not in page


def test_the_library_asks_the_database_few_times(draft: Browser, database: SyncDatabase) -> None:
    draft.open("/library/")
    with counted(database) as asked:
        assert draft.open("/library/").status_code == 200

    assert len(asked) <= MOST_QUERIES, asked


def test_every_page_of_the_editor_is_russian_and_well_formed(draft: Browser, app: Flask) -> None:
    draft.send(f"{ENTRY}/remove", {"question": "why"})
    draft.send(f"{ENTRY}/move", {"question": "whom", "to": "down"}, seen=ENTRY)
    paths = [
        ENTRY,
        f"{ENTRY}/head",
        f"{ENTRY}/publish",
        "/library/new",
        "/library/upload",
        "/library/pulse_mentor/copy",
    ]
    paths += [f"{ENTRY}/question/{key}" for key in ("kind", "days", "been_mentor", "birth_date", "whom", "can_help")]
    paths += ["/library/survey_pupil_pupil_mentor_after/preview", "/library/preferences_mentee"]
    for path in paths:
        html = draft.open(path).text
        page = Page(html)
        words = " ".join(page.words)
        assert page.open == [], path
        assert not re.findall(r"None|False|True|Undefined", words), path
        assert not set(re.findall(r"[A-Za-z]{2,}", words)) - ALLOWED_LATIN, path
        assert not [attrs for _, attrs in page.tags if "style" in attrs or "onclick" in attrs], path


def test_saving_a_question_untouched_changes_nothing(draft: Browser, database: SyncDatabase, season: Season) -> None:
    """Through the real form, for every question: what the page shows is what was there."""
    from mentoring.rules.questions.parsing import parse_definition

    before = parse_definition(raw_draft(database, season))
    for key in questions(raw_draft(database, season)):
        path = f"{ENTRY}/question/{key}"
        assert draft.send(path, fields(draft.open(path).text)).status_code == 303

    assert parse_definition(raw_draft(database, season)) == before


def test_what_is_typed_is_kept_while_it_is_typed(draft: Browser, database: SyncDatabase, season: Season) -> None:
    path = f"{ENTRY}/question/experience"
    sent = fields(draft.open(path).text) | {"text": "Что вы умеете лучше всего?", "csrf_token": draft.token(path)}

    answer = draft.client.post(path, data=sent, headers={"X-Kept-Quietly": "1"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Что вы умеете лучше всего?" in answer.text
    assert questions(raw_draft(database, season))["experience"]["text"] == "Что вы умеете лучше всего?"


def test_a_broken_question_is_kept_and_said(draft: Browser, database: SyncDatabase, season: Season) -> None:
    path = f"{ENTRY}/question/format"
    sent = fields(draft.open(path).text) | {"options": f"Очно\n{'о' * 31}\n"}
    draft.send(path, sent)

    page = draft.text(ENTRY)

    assert "Вопрос 20, вариант 2: слишком длинно для телефона: помещается 30 знаков." in page
    assert f'href="{path}"' in page
    assert "/publish" not in page
    assert questions(raw_draft(database, season))["format"]["options"][1]["label"] == "о" * 31  # type: ignore[index]
    assert "Вариант 2: слишком длинно" in draft.text(path)


def test_a_condition_is_chosen_from_earlier_questions(draft: Browser, database: SyncDatabase, season: Season) -> None:
    path = f"{ENTRY}/question/hours"
    page = draft.text(path)
    assert "если отвечено на вопрос 1: Где вы учитесь или работаете?" in page
    assert "если отвечено на вопрос 17" not in page

    draft.send(path, fields(page) | {"after": "kind", "if-kind": ["teacher", "specialist"]})

    assert questions(raw_draft(database, season))["hours"]["show_if"] == {
        "question": "kind",
        "any_of": ["teacher", "specialist"],
    }
    assert "только если в вопросе 1: «Работаю педагогом» или «Работаю на предприятии»" in draft.text(ENTRY)


def test_the_kind_of_a_published_question_stays(draft: Browser, database: SyncDatabase, season: Season) -> None:
    path = f"{ENTRY}/question/hours"
    draft.send(path, fields(draft.open(path).text) | {"kind": "text"})

    assert questions(raw_draft(database, season))["hours"]["kind"] == "one_of"


def test_a_new_version_is_written_looked_at_and_published(
    draft: Browser, database: SyncDatabase, season: Season
) -> None:
    typed = {"text": "Как вас представить?", "kind": "text", "after": "patronymic"}
    added = draft.send(f"{ENTRY}/add", typed, seen=ENTRY)
    path = added.headers["Location"]
    assert path == f"{ENTRY}/question/kak_vas_predstavit"
    draft.send(path, fields(draft.open(path).text) | {"hint": "Например: Анна Сергеевна.", "next": "list"})

    summary = draft.text(f"{ENTRY}/publish")
    assert "Новый вопрос: «Как вас представить?»" in summary
    done = draft.press(f"{ENTRY}/publish", f"{ENTRY}/publish")

    assert done.headers["Location"] == "/library/mentor_entry"
    assert "Версия 2 опубликована" in draft.text("/library/mentor_entry")
    with database.readers() as session:
        set_organisation(session, season.organisation_id)
        number, raw = published_definition(session, "mentor_entry")
    assert (number, raw["question"][4]["key"]) == (2, "kak_vas_predstavit")


def test_a_questionnaire_of_ones_own_from_nothing(curator: Browser, database: SyncDatabase, season: Season) -> None:
    made = curator.send("/library/new", {"title": "Как прошёл турслёт", "role": "mentee", "use": "other"})
    page = made.headers["Location"]
    assert "Вопросов пока нет" in curator.text(page)
    assert curator.open("/library/kak_proshel_turslet").status_code == 303

    question = curator.send(f"{page}/add", {"text": "Понравилось?", "kind": "scale"}, seen=page).headers["Location"]
    curator.send(question, fields(curator.open(question).text) | {"low": "совсем нет", "high": "очень"})
    curator.press(f"{page}/publish", f"{page}/publish")

    preview = curator.text("/library/kak_proshel_turslet/preview")
    assert "1 — совсем нет, 10 — очень." in preview


def test_a_walk_leaves_no_rows_and_ends_as_in_the_chat(curator: Browser, database: SyncDatabase) -> None:
    before = rows(database)
    path = "/library/feedback_mentee/preview"
    page = curator.text(path)
    for _ in range(12):
        if "Отправлено." in page:
            break
        presses = re.findall(r'name="press" value="([^"]*)"', page)
        wanted = next((one for one in presses if one.startswith(("pick", "skip"))), None)
        sent = {"press": wanted} if wanted else {"typed": "Всё хорошо"}
        page = unescape(curator.send(path, sent | {"state": state(page)}, seen=path).text)

    assert "Отправлено." in page
    assert rows(database) == before


def test_a_walk_says_what_is_wrong_and_does_not_take_a_forged_state(curator: Browser) -> None:
    path = "/library/mentor_entry/preview"
    first = curator.text(path)
    second = unescape(curator.send(path, {"press": "pick|kind|teacher|0|0", "state": state(first)}, seen=path).text)
    assert "Ваша фамилия?" in second

    empty = unescape(curator.send(path, {"typed": "  ", "state": state(second)}, seen=path).text)
    forged = unescape(curator.send(path, {"typed": "Лебедева", "state": json.dumps(["x", {}, "why"])}, seen=path).text)

    assert "Здесь нужен ответ" in empty
    assert "Вопрос 1 из" in forged


def test_a_file_goes_out_and_comes_in_as_a_draft(curator: Browser, database: SyncDatabase, season: Season) -> None:
    text = curator.open("/library/pulse_mentor/file.toml").text
    title = questionnaire_definitions()["pulse_mentor"]["title"]

    answer = upload(curator, text.replace(title, "Наш пульс"))

    assert answer.headers["Location"] == "/drafts/pulse_mentor"
    assert raw_draft(database, season, "pulse_mentor")["title"] == "Наш пульс"


def test_a_refused_file_shows_its_line(curator: Browser, database: SyncDatabase) -> None:
    before = rows(database)
    text = curator.open("/library/pulse_mentor/file.toml").text
    line = next(at for at, one in enumerate(text.splitlines(), 1) if one.startswith("kind = "))

    page = unescape(upload(curator, text.replace("kind = ", "kynd = ", 1)).text)

    assert f"Строка {line}. Вопрос 1, «kynd»: такого поля нет." in page
    assert f'<span class="here"><b>{line}</b> kynd = ' in page
    assert rows(database) == before


def test_a_file_does_not_take_the_place_of_a_draft_unasked(draft: Browser, database: SyncDatabase) -> None:
    text = draft.open("/library/mentor_entry/file.toml").text

    assert "уже есть черновик" in unescape(upload(draft, text).text)
    assert upload(draft, text, replace="y").status_code == 303


def test_the_products_own_words_come_back_as_a_draft(draft: Browser, database: SyncDatabase) -> None:
    before = draft.text("/library/mentor_entry")
    assert "Взять из программы" not in before

    draft.press(ENTRY, f"{ENTRY}/remove", {"question": "why"})
    draft.press(f"{ENTRY}/publish", f"{ENTRY}/publish")
    assert "Взять из программы" in draft.text("/library/mentor_entry")
    taken = draft.press("/library/mentor_entry", "/library/mentor_entry/delivered")

    assert taken.headers["Location"] == ENTRY
    assert "Взять из программы" not in draft.text("/library/mentor_entry")
    assert draft.text("/library/swot").count("Взять из программы") == 0


def test_a_questionnaire_put_aside_stands_apart_and_comes_back(curator: Browser) -> None:
    curator.press("/library/swot", "/library/swot/hide")
    assert "Не используются: 1" in curator.text("/library/")

    curator.press("/library/swot", "/library/swot/show")
    assert "Не используются" not in curator.text("/library/")


def state(page: str) -> str:
    found = re.search(r'name="state" value="([^"]*)"', page)
    assert found
    return found[1]


def upload(browser: Browser, text: str, **data: str):  # type: ignore[no-untyped-def]
    return browser.send("/library/upload", {"file": (BytesIO(text.encode()), "анкета.toml"), **data})


def rows(database: SyncDatabase) -> list[int | None]:
    with database.readers() as session:
        return [session.scalar(select(func.count()).select_from(one)) for one in (Response, Answer, Questionnaire)]
