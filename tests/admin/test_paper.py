"""Forms on paper, the curator's own questionnaires and partners, as a curator meets them in the panel."""

import re
from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from mentoring.rules.campaigns import RecipientState
from mentoring.rules.people import Door
from storage.database import SyncDatabase
from storage.models.campaign import CampaignRecipient
from storage.models.questionnaire import Response
from tests.admin.conftest import Browser
from tests.admin.papers import papers_of
from tests.admin.season import Season
from tests.counting import counted


@pytest.fixture
def papers(database: SyncDatabase, season: Season) -> dict[str, int]:
    return papers_of(database, season)


def code_in(document: bytes) -> str:
    return Document(BytesIO(document)).sections[0].header.paragraphs[0].text.rpartition("Код ")[2]


def test_a_campaign_is_printed_and_a_sheet_typed_in_by_its_code(
    curator: Browser, papers: dict[str, int], database: SyncDatabase
) -> None:
    forms = f"/paper/campaign/{papers['campaign_id']}/forms"
    assert "1 бланк" in curator.text(forms)
    file = curator.send(forms, {"as": "docx"}, seen=forms)
    assert file.mimetype.endswith("wordprocessingml.document")
    name = unquote(file.headers["Content-Disposition"])
    assert "Бланк анкеты" in name
    assert "Соколова" not in name
    code = code_in(file.data)

    opened = curator.send("/paper/", {"code": f" {code.lower().replace('-', ' ')} "}, seen="/paper/")

    sheet = opened.location
    page = curator.text(sheet)
    assert "Соколова Дарья Игоревна" in page
    wrong = curator.send(sheet, {"comfort": "12"}, seen=sheet)
    assert 'value="12"' in wrong.text
    assert "Не все ответы подошли" in wrong.text
    told = dict.fromkeys(re.findall(r'<input id="q-[^"]+" name="([^"]+)"', page), "7")
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="([^"]+)"', page):
        told.setdefault(name, value)
    done = curator.send(sheet, told, seen=sheet)
    assert (done.status_code, done.location) == (303, "/paper/")
    assert "Ответы с бумаги записаны" in curator.text("/paper/")
    with database.readers() as session:
        recipient = session.get_one(CampaignRecipient, papers["recipient_id"])
        assert recipient.state is RecipientState.ANSWERED
        assert session.get_one(Response, recipient.response_id).door is Door.PAPER
    assert "уже отправлена" in curator.text(sheet)
    assert "Печатать нечего" in curator.text(forms)


def test_a_mistyped_code_is_told_from_an_unknown_one_and_stays_in_the_field(
    curator: Browser, papers: dict[str, int]
) -> None:
    mistyped = curator.send("/paper/", {"code": "К7Р-4МД"}, seen="/paper/").text
    assert "опечатка" in mistyped
    assert 'value="К7Р-4МД"' in mistyped
    assert "нет" in curator.send("/paper/", {"code": "000-000"}, seen="/paper/").text


def test_the_print_page_has_the_code_and_every_question(curator: Browser, papers: dict[str, int]) -> None:
    form = f"/paper/recipient/{papers['recipient_id']}/form"

    page = curator.send(form, {"as": "page"}, seen=form).text

    assert "Дарья Игоревна С." in page
    assert re.search(r"Код [0-9А-Я]{3}-[0-9А-Я]{3}", page)
    assert page.count('class="paper-question"') >= 3


def test_a_blank_can_be_read_and_taken_away_without_a_name(curator: Browser) -> None:
    page = curator.text("/paper/blank/mentee_request")
    file = curator.open("/paper/blank/mentee_request?docx=1")

    assert "Фамилия, имя:" in page
    assert "Код" not in page
    assert "Фамилия, имя" in "".join(line.text for line in Document(BytesIO(file.data)).paragraphs)
    assert curator.open("/paper/blank/nothing_like_it").status_code == 404


def test_feedback_is_printed_for_those_who_have_not_told(curator: Browser, season: Season) -> None:
    forms = f"/paper/meeting/{season.held}/forms"

    page = curator.text(forms)

    assert "Лебедева Анна Сергеевна" in page
    assert "Соколова" not in page  # she has told in the chat
    sections = Document(BytesIO(curator.send(forms, {"as": "docx"}, seen=forms).data)).sections
    assert [section.header.paragraphs[0].text.partition(",")[0] for section in sections] == ["Анна Сергеевна Л."]
    assert forms in curator.text(f"/meetings/{season.held}")


def test_somebody_who_was_not_at_the_meeting_tells_nothing_of_it(curator: Browser, season: Season) -> None:
    assert curator.open(f"/paper/meeting/{season.held}/{season.mila}").status_code == 404


def test_the_grid_is_kept_sent_and_corrected(curator: Browser, database: SyncDatabase) -> None:
    grid = "/curator-forms/programme_grid"
    marks = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)" value="2"', curator.text(grid)), "2")
    assert len(marks) == 9

    curator.send(grid, {"goals": "2", "act": "keep"}, seen=grid)
    assert 'value="2" checked' in curator.text(grid)
    assert "черновик" in curator.text("/curator-forms/")
    half = curator.send(grid, {"goals": "1", "act": "send"}, seen=grid)
    assert "Пока не отправили" in half.text
    curator.send(grid, {**marks, "act": "send"}, seen=grid)

    listed = curator.text("/curator-forms/")
    assert "Зимина Ольга Викторовна" in listed
    again = re.search(r'action="(/curator-forms/programme_grid/again/\d+)"', listed)
    assert again
    assert curator.press("/curator-forms/", again[1]).location == grid
    with database.readers() as session:
        assert len(session.scalars(select(Response).where(Response.enrolment_id.is_(None))).all()) >= 1


def test_a_partner_is_added_invited_and_kept_apart(curator: Browser) -> None:
    told = {"partner": "Завод «Прибор»", "last_name": "Громов", "first_name": "Степан", "phone": "+7 900 123-45-67"}

    made = curator.send("/partners/new", told, seen="/partners/new")

    link = curator.text(made.location)
    assert "https://t.me/mayak_bot?start=" in link
    assert "<svg" in link
    listed = curator.text("/partners/")
    assert "Завод «Прибор»" in listed
    assert "нет согласия" in listed
    assert "Громов Степан" not in curator.text("/people/")
    assert "Громов Степан" in curator.text("/people/?role=partner")
    empty = curator.send("/partners/new", {"partner": "", "last_name": "Громов"}, seen="/partners/new")
    assert "Впишите, какую организацию" in empty.text


def test_the_pages_ask_the_database_little(
    app: Flask, curator: Browser, papers: dict[str, int], database: SyncDatabase
) -> None:
    for page in ("/paper/", "/partners/", "/curator-forms/", f"/paper/campaign/{papers['campaign_id']}/forms"):
        curator.text(page)
        with counted(database) as asked:
            curator.text(page)
        assert len(asked) <= 7, (page, asked)  # one of them knows who is signed in
