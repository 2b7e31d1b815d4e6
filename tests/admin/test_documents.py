"""A curator composes an order, is told what it lacks, signs it, changes its template and takes many papers away."""

import random
import re
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from docx import Document as opened
from flask import Flask
from openpyxl import load_workbook

from config.document_templates import own_template
from mentoring.rules.documents import DocumentKind, Profile
from mentoring.use_cases.accounts import reset_password
from storage.database import SyncDatabase
from storage.models.document import Document, DocumentTemplate
from storage.models.organisation import Organisation, Programme
from storage.models.pair import Pair
from storage.models.person import Person
from storage.models.selection import LabourAgreement
from tests.admin.conftest import Browser, signed_in
from tests.admin.season import PASSWORD, Season
from tests.conftest import NOW
from tests.use_cases.gymnasium import CONSOLE

PROFILE = {
    "name": "Гимназия «Маяк»",
    "short_name": "Гимназия «Маяк»",
    "city": "г. Приозёрный",
    "head_name": "Громов Пётр Ильич",
    "head_post": "директор",
    "curator_post": "завуч",
}


@pytest.fixture
def season(season: Season, database: SyncDatabase) -> Season:
    """The worker has agreed in writing, and the head is known."""
    with database.writers.begin() as session:
        profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич")
        session.get_one(Organisation, season.organisation_id).profile = profile.to_stored()
        session.add(
            LabourAgreement(
                organisation_id=season.organisation_id,
                enrolment_id=season.anna_enrolment,
                consent_on=NOW.date(),
                created_at=NOW,
            )
        )
    return season


def row(database: SyncDatabase, table: type[Any], row_id: int) -> Any:
    with database.readers() as session:
        return session.get_one(table, row_id)


def begin(curator: Browser, kind: str, **about: int) -> str:
    path = f"/documents/new/{kind}"
    answer = curator.send(path, about, seen=path)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def uploaded(curator: Browser, kind: str, body: bytes) -> str:
    path = f"/documents/templates/{kind}"
    data = {"csrf_token": curator.token(path), "file": (BytesIO(body), "приказ.docx"), "note": "герб"}
    answer = curator.client.post(path, data=data, headers={"Referer": f"http://localhost{path}"})
    return answer.text if answer.status_code == 200 else curator.text(answer.location)


def with_words(kind: DocumentKind, words: str) -> bytes:
    paper = opened(BytesIO(own_template(kind)))
    paper.add_paragraph(words)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def test_from_the_first_page_to_a_signed_order(curator: Browser, season: Season, database: SyncDatabase) -> None:
    assert "1 пара ждёт приказа" in curator.text("/")
    page = begin(curator, "order_pairs")
    assert "Лебедева – Соколова Дарья Игоревна" in curator.text(page)
    assert "ПРИКАЗЫВАЮ" in curator.text(f"{page}/preview")
    assert "Официальными" not in curator.text(f"{page}/sign")

    seen = re.search(r'name="seen" value="(\w+)"', curator.text(f"{page}/sign"))
    assert seen
    answer = curator.send(
        f"{page}/sign", {"number": "47", "dated_on": "2026-11-23", "seen": seen[1]}, seen=f"{page}/sign"
    )

    signed = curator.text(answer.location)
    assert "Подписано: Приказ о закреплении пар № 47 от 23.11.2026. Официальными стали 1 пара" in signed
    assert "Править" not in signed
    assert "ждёт приказа" not in curator.text("/")
    assert row(database, Pair, season.pair).order_id == int(page.rsplit("/", 1)[1])
    file = curator.open(f"{page}/file.docx")
    assert "Приказ о закреплении пар № 47 от 23.11.2026.docx" in unquote(file.headers["Content-Disposition"])
    assert "Лебедева" not in file.headers["Content-Disposition"]
    assert opened(BytesIO(file.data)).tables
    assert "Внести изменения" in signed


def test_the_page_of_a_pair_begins_its_papers_and_keeps_them(curator: Browser, season: Season) -> None:
    page = f"/pairs/{season.pair}"
    assert "Пока ни одной" in curator.text(page)

    answer = curator.press(page, f"/documents/new/plan?pair_id={season.pair}")

    assert "Черновик готов" in curator.text(answer.location)
    assert f'href="{answer.location}"' in curator.text(page)
    assert "Составить: Портфолио наставника" in curator.text(f"/person/{season.anna}")


def test_a_letterhead_with_a_logo_is_taken_and_a_film_is_not(curator: Browser, season: Season) -> None:
    own = BytesIO(own_template(DocumentKind.ORDER_CURATOR))
    with ZipFile(own, "a") as archive:
        archive.writestr("word/media/logo.bin", random.Random(4).randbytes(3_000_000))
    assert "Шаблон принят" in uploaded(curator, "order_curator", own.getvalue())

    with ZipFile(own, "a") as archive:
        archive.writestr("word/media/film.bin", random.Random(5).randbytes(2_500_000))
    path = "/documents/templates/order_curator"
    data = {"csrf_token": curator.token(path), "file": (BytesIO(own.getvalue()), "приказ.docx")}
    answer = curator.client.post(path, data=data, headers={"Referer": f"http://localhost{path}"})
    assert answer.status_code == 413


def test_an_archive_that_would_not_fit_says_so(
    curator: Browser, season: Season, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentoring.use_cases.document_archive.LARGEST", 1000)
    begin(curator, "order_curator")
    answer = curator.send("/documents/stages/archive", {"id": "1"}, seen="/documents/")
    assert "Столько бумаг в один архив не поместится" in curator.text(answer.location)


def test_no_order_without_the_written_consent_and_the_rest_goes_without_them(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    with database.writers.begin() as session:
        session.query(LabourAgreement).delete()
    page = begin(curator, "order_pairs")

    said = curator.text(page)
    assert "Лебедева Анна Сергеевна: нет письменного согласия работника наставлять" in said
    assert f'href="{page}/sign"' not in said
    refused = curator.send(f"{page}/sign", {"number": "1", "dated_on": "2026-11-23"}, seen="/documents/")
    assert "Приказ не подписан: без этих бумаг нельзя. Лебедева Анна Сергеевна" in refused.text

    curator.press(page, f"{page}/leave-out")
    assert row(database, Document, int(page.rsplit("/", 1)[1])).choices["pairs"] == []


def test_a_first_day_curator_is_told_what_is_missing_before_typing_a_number(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    page = begin(curator, "order_rewards")
    assert "В бумаге пока никого нет" in curator.text(page)
    assert "В бумаге пока никого нет" in curator.text(f"{page}/sign")
    refused = curator.send(f"{page}/sign", {"number": "5", "dated_on": "2026-11-23"}, seen="/documents/")
    assert "В бумаге пока никого нет" in refused.text

    with database.writers.begin() as session:
        session.get_one(Organisation, season.organisation_id).profile = {}
    for shown in (curator.text(page), curator.text(f"{page}/sign")):
        assert "впишите: фамилия, имя, отчество руководителя; город или село" in shown
        assert 'name="number"' not in shown
    assert "Сначала впишите фамилию" in curator.text("/documents/templates/profile/head")


def test_what_was_typed_stays_when_a_date_is_refused(curator: Browser, season: Season) -> None:
    page = begin(curator, "order_curator")
    answer = curator.send(f"{page}/sign", {"number": "5-к", "dated_on": "2006-11-23"}, seen=f"{page}/sign")
    assert "Дата слишком ранняя" in answer.text
    assert 'value="5-к"' in answer.text
    assert 'value="2006-11-23"' in answer.text


def test_the_curators_words_take_the_place_of_ours(curator: Browser, season: Season) -> None:
    page = begin(curator, "order_curator")
    form = curator.text(f"{page}/change")
    assert "подбирать пары и группы" in form
    curator.send(f"{page}/change", {"duties": "вести базу", "title": "О кураторе"}, seen=f"{page}/change")

    shown = curator.text(f"{page}/preview")
    assert "вести базу" in shown
    assert "О кураторе" in shown
    assert "подбирать пары и группы" not in shown


def test_the_head_may_hand_the_control_over(curator: Browser, season: Season) -> None:
    page = begin(curator, "order_curator")
    assert "оставляю за собой" in curator.text(f"{page}/preview")
    curator.send(f"{page}/change", {"control": "Зимина Ольга Викторовна, завуч"}, seen=f"{page}/change")
    assert "возложить на Зимину Ольгу Викторовну" in curator.text(f"{page}/preview")


def test_a_used_number_is_refused_with_the_next_one(curator: Browser, season: Season) -> None:
    first, second = begin(curator, "order_introduction"), begin(curator, "order_curator")
    curator.send(f"{first}/sign", {"number": "47", "dated_on": "2026-11-23"}, seen=f"{first}/sign")

    answer = curator.send(f"{second}/sign", {"number": "47", "dated_on": "2026-11-23"}, seen=f"{second}/sign")

    assert "Номер 47 в этом году уже занят. Следующий свободный — 48." in answer.text
    assert 'value="47"' in answer.text


def test_a_template_with_an_unknown_field_is_refused_by_its_name(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    said = uploaded(curator, "order_curator", with_words(DocumentKind.ORDER_CURATOR, "Директор {{ head.poste }}"))
    assert "Поля «head.poste» нет" in said
    assert "Директор {{ head.poste }}" in said
    assert "Это не документ Word" in uploaded(curator, "order_curator", b"PK\x03\x04 broken")

    own = with_words(DocumentKind.ORDER_CURATOR, "Исполнитель: {{ curator.short }}")
    assert "Шаблон принят" in uploaded(curator, "order_curator", own)
    page = begin(curator, "order_curator")
    assert "Исполнитель: Зимина" in curator.text(f"{page}/preview")

    curator.press("/documents/templates/order_curator", "/documents/templates/order_curator/use", {"template_id": ""})
    assert "Исполнитель" not in curator.text(f"{page}/preview")
    with database.readers() as session:
        assert session.query(DocumentTemplate).count() == 1  # kept


def test_the_profile_is_printed_and_its_cases_are_corrected(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    path = "/documents/templates/profile"
    curator.send(path, PROFILE | {"head_name": "Ян Саша Ким", "basis": "устава гимназии"}, seen=path)
    assert "проверьте" in curator.text(path)
    page = begin(curator, "order_curator")
    assert "устава гимназии" in curator.text(f"{page}/preview")

    forms = f"{path}/head"
    curator.send(forms, {"dative": "Яну Саше Киму"}, seen=forms)

    stored = row(database, Organisation, season.organisation_id).profile
    assert stored["head_forms"] == {"dative": "Яну Саше Киму"}
    wrong = curator.send(path, PROFILE | {"inn": "12"}, seen=path)
    assert "Проверьте поле «ИНН»" in wrong.text
    assert row(database, Organisation, season.organisation_id).profile["inn"] == ""


def test_a_participants_name_is_corrected_for_all_papers(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    page = begin(curator, "order_pairs")
    path = f"/documents/templates/names/{season.darya}?back={page}"
    assert "Соколовой Дарье Игоревне" in curator.text(path)
    answer = curator.send(path, {"dative": "Соколовой Дарии Игоревне", "back": page}, seen=path)

    assert answer.location.endswith(page)
    assert row(database, Person, season.darya).name_forms == {
        "full": "Соколова Дарья Игоревна",
        "dative": "Соколовой Дарии Игоревне",
    }
    assert "поправлено вами" in curator.text(page)
    abroad = curator.send(path, {"dative": "Дарье", "back": "//evil.example"}, seen=path)
    assert "evil" not in abroad.location


def test_many_papers_are_one_archive_without_names_in_its_own(curator: Browser, season: Season) -> None:
    path = "/documents/stages/many/agreement"
    assert "Лебедева – Соколова" in curator.text(path)
    answer = curator.send(path, {"id": str(season.pair)}, seen=path)

    assert "Соглашение" in unquote(answer.headers["Content-Disposition"])
    assert "Соколова" not in unquote(answer.headers["Content-Disposition"])
    with ZipFile(BytesIO(answer.data)) as archive:
        (name,) = archive.namelist()
        assert name == "Соглашение наставника и наставляемого – Соколова Д. И. – № 1.docx"
        assert "Соколова" in "".join(one.text for one in opened(BytesIO(archive.read(name))).paragraphs)
    assert "Отметьте хотя бы одну" in curator.send(path, {}, seen=path).text


def test_the_register_of_papers_is_a_sheet_and_an_archive(curator: Browser, season: Season) -> None:
    first, second = begin(curator, "order_introduction"), begin(curator, "order_curator")
    curator.send(f"{first}/sign", {"number": "46", "dated_on": "2026-11-20"}, seen=f"{first}/sign")

    assert "Приказ о внедрении модели" in curator.text("/documents/?state=signed")
    assert "Приказ о назначении куратора" not in curator.text("/documents/?state=signed")
    sheet = load_workbook(BytesIO(curator.open("/documents/export.xlsx").data)).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert {line[0] for line in rows} == {"46", None}
    ids = [one.rsplit("/", 1)[1] for one in (first, second)]
    archive = curator.client.post(
        "/documents/stages/archive", data={"csrf_token": curator.token("/documents/"), "id": ids}
    )
    assert ZipFile(BytesIO(archive.data)).namelist() == [
        "Приказ о назначении куратора (черновик).docx",
        "Приказ о внедрении модели № 46 от 20.11.2026.docx",
    ]


def test_a_stage_says_what_it_lacks_and_is_moved(curator: Browser, season: Season, database: SyncDatabase) -> None:
    page = curator.text("/documents/stages/")
    assert "пары без приказа: 1" in page
    curator.press("/documents/stages/", "/documents/stages/move", {"stage": "5"})
    assert row(database, Programme, season.programme_id).stage == 5


def test_a_head_reads_papers_and_signs_none(
    app: Flask, curator: Browser, season: Season, database: SyncDatabase
) -> None:
    database.write(reset_password, "zimina-head", password=PASSWORD, by=CONSOLE, now=NOW)
    page, head = begin(curator, "order_curator"), signed_in(app, "zimina-head")
    for path in ("/documents/", "/documents/stages/", page, f"{page}/preview", "/documents/templates/profile"):
        assert head.open(path).status_code == 200, path
    assert "Подписать" not in head.text(page)
    head.send(f"{page}/sign", {"number": "1", "dated_on": "2026-11-23"}, seen="/password")
    assert "черновик" in curator.text(page)


def test_another_schools_papers_do_not_exist(curator: Browser, season: Season, foreign: Season) -> None:
    page = begin(curator, "order_curator")
    number = int(page.rsplit("/", 1)[1])
    assert curator.open(f"/documents/{number + 500}").status_code == 404
    assert curator.open("/documents/new/love_letter").status_code == 404
    answer = curator.send("/documents/new/plan", {"pair_id": foreign.pair}, seen="/password")
    assert answer.status_code == 404
    assert curator.open("/documents/new/plan").location == "/documents/stages/many/plan"


def test_certificates_for_many_wait_until_somebody_is_ticked(curator: Browser, season: Season) -> None:
    page = begin(curator, "certificate")
    refused = curator.send(f"{page}/sign", {"number": "1", "dated_on": "2026-11-23"}, seen=f"{page}/sign")
    assert "В бумаге пока никого нет. Отметьте людей" in refused.text

    assert "Лебедева Анна Сергеевна" in curator.text(page)
    curator.send(f"{page}/choose", {"name": "people", "id": [season.anna, season.darya]}, seen=page)
    assert "Лебедева Анна Сергеевна" in curator.text(f"{page}/preview")
    signed = curator.send(f"{page}/sign", {"number": "1", "dated_on": "2026-11-23"}, seen=f"{page}/sign")
    assert "Подписано: Сертификат № 1" in curator.text(signed.location)


def test_the_final_report_takes_its_figures_from_the_report_that_is_chosen(curator: Browser, season: Season) -> None:
    page = begin(curator, "final_report")

    assert "Без отчёта: цифры на сегодняшний день" in curator.text(page)
    form = curator.text(f"{page}/change")
    assert "Заранее выбран самый новый подписанный отчёт" in form
    answer = curator.send(f"{page}/change", {"report_id": "999"}, seen=f"{page}/change")
    assert answer.status_code == 200
    curator.send(f"{page}/change", {"report_id": "today", "conclusions": "Год удался."}, seen=f"{page}/change")
    assert "Год удался." in curator.text(page)
