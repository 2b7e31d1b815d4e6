"""The region's checklist in the panel."""

import re

import pytest
from flask import Flask

from mentoring.rules.documents import DocumentKind
from mentoring.use_cases.accounts import reset_password
from storage.database import SyncDatabase
from tests.admin.conftest import Browser, Clock, signed_in
from tests.admin.season import PASSWORD
from tests.use_cases.gymnasium import CONSOLE

PAGE = "/evidence/"


@pytest.fixture
def head(app: Flask, database: SyncDatabase, clock: Clock) -> Browser:
    database.write(reset_password, "zimina-head", password=PASSWORD, by=CONSOLE, now=clock())
    return signed_in(app, "zimina-head")


def test_what_is_lacking_is_named_with_the_paper_to_make(curator: Browser) -> None:
    said = curator.text(PAGE)
    assert "Чего пока нет" in said
    links = re.findall(r'href="(/documents/new/[a-z_]+)"', said)
    assert f"/documents/new/{DocumentKind.REGULATION.value}" in links
    assert all(curator.open(link).status_code == 200 for link in links)


def test_an_address_written_into_the_checklist_is_there_on_the_page_and_in_the_paper(curator: Browser) -> None:
    curator.send(f"/documents/new/{DocumentKind.EVIDENCE.value}")
    change = re.search(r'href="(/documents/\d+/change)"', curator.text(PAGE))
    assert change is not None
    curator.send(change[1], {"site_section": "mayak.example.org/mentors"})

    there = curator.text(PAGE).partition("Что есть")[2]
    assert "mayak.example.org/mentors" in there
    file = curator.open(change[1].replace("change", "file.docx"))
    assert file.status_code == 200
    assert len(file.data) > 10_000


def test_a_head_reads_the_checklist_and_finds_no_button_that_would_not_work(head: Browser) -> None:
    said = head.text(PAGE)
    assert "Чего пока нет" in said
    assert "/documents/new/" not in said
    assert "Вписать" not in said.partition("Чего пока нет")[2].replace("Впишите", "")
