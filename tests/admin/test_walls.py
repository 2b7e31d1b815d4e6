"""One organisation's curator never reaches another's rows, and a head changes nothing."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from mentoring.rules.consents import ConsentKind
from mentoring.use_cases.accounts import reset_password
from storage.database import SyncDatabase
from storage.models.account import AuditEntry
from storage.models.consent import Consent, ConsentText
from storage.tables import Base
from tests.admin.conftest import Browser, Clock, signed_in
from tests.admin.mentors import selection_of
from tests.admin.papers import papers_of
from tests.admin.paperwork import paperwork_of
from tests.admin.plans import plan_of_pair
from tests.admin.season import PASSWORD, Season
from tests.admin.test_doors import rules
from tests.use_cases.gymnasium import CONSOLE

FORM = {
    "last_name": "Чужой",
    "first_name": "Человек",
    "remark": "замечание",
    "reason": "other",
    "text": "письмо",
    "sure": "1",
    "yes": "1",
    "took_place": "yes",
    "decision": "given",
    "given_by_name": "Крылова Вера Андреевна",
    "signed_on": "2026-11-20",
    "starts_at": "2026-11-27T15:00",
    "held_at": "2026-11-20T15:00",
    "minutes": "45",
    "place_kind": "online",
    "name": "Чужое",
    "short_name": "Чужое",
    "full_name": "Кто-то Чужой",
    "login": "foreign",
    "role": "curator",
}
OF_ONE_THING = re.compile(r"_id$|^mentor$|^mentee$")


def ids(season: Season, database: SyncDatabase) -> dict[str, int]:
    with database.readers() as session:
        text_id = session.scalar(
            select(ConsentText.id).where(ConsentText.organisation_id == season.organisation_id).limit(1)
        )
        consent_id = session.scalar(
            select(Consent.id).where(Consent.organisation_id == season.organisation_id).limit(1)
        )
    return {
        "person_id": season.mila,
        "enrolment_id": season.igor_enrolment,
        "pair_id": season.pair,
        "meeting_id": season.planned,
        "response_id": season.igor_response,
        "letter_id": season.letter,
        "account_id": season.head_id,
        "text_id": text_id or 0,
        "consent_id": consent_id or 0,
        "mentor": season.anna_enrolment,
        "mentee": season.mila_enrolment,
        "kind": ConsentKind.GUARDIAN.value,
        "role": "mentor",
        "report_id": season.report,
        "figure": "people.mentor.entered",
        "stem": "survey_teacher_teacher_mentee",
        "pair": "comfort",
        "key": "mentor_entry",
        "question": "kind",
        "form_key": "swot",
        **papers_of(database, season),
        **selection_of(database, season),
        **paperwork_of(database, season),
        **plan_of_pair(database, season),
    }


def of_one_thing(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in rules(app, method) if any(OF_ONE_THING.search(name) for name in rule.arguments)]


def url(app: Flask, rule: Rule, numbers: dict[str, int]) -> str:
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: numbers[name] for name in rule.arguments})


def everything(database: SyncDatabase) -> dict[str, int]:
    with database.readers() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_each_page_of_a_foreign_thing_looks_like_a_missing_one(
    app: Flask, administrator: Browser, foreign: Season, database: SyncDatabase
) -> None:
    numbers = ids(foreign, database)
    missing = dict.fromkeys(numbers, 999_999) | {"kind": numbers["kind"], "role": "mentor"}
    pages = of_one_thing(app, "GET")
    assert len(pages) > 25
    for rule in pages:
        theirs, nobodys = administrator.open(url(app, rule, numbers)), administrator.open(url(app, rule, missing))
        assert (theirs.status_code, nobodys.status_code) == (404, 404), rule
        assert theirs.text == nobodys.text, rule


def test_no_button_moves_a_foreign_thing(
    app: Flask, administrator: Browser, foreign: Season, database: SyncDatabase
) -> None:
    numbers = ids(foreign, database)
    before = everything(database)
    for rule in of_one_thing(app, "POST"):
        answer = administrator.send(url(app, rule, numbers), FORM)
        assert answer.status_code == 404, rule
    assert everything(database) == before


def test_a_foreign_enrolment_under_an_own_person_is_not_found(
    administrator: Browser, season: Season, foreign: Season
) -> None:
    for act in ("approve", "return", "decline", "leave", "reopen"):
        answer = administrator.send(f"/person/{season.mila}/{act}/{foreign.igor_enrolment}", FORM)
        assert answer.status_code == 404, act


def test_bulk_approval_passes_over_foreign_people(curator: Browser, foreign: Season, database: SyncDatabase) -> None:
    before = everything(database)

    curator.send("/people/approve", {"id": str(foreign.igor), "sure": "1"}, seen="/people/")

    assert everything(database) == before


def test_no_list_and_no_export_shows_foreign_people(app: Flask, curator: Browser) -> None:
    """Both schools have the same cast, so a leak would double the rows."""
    assert "7 человек" in curator.text("/people/")
    assert "2 записи" in curator.text("/pairs/")
    assert "2 встречи" in curator.text("/meetings/")
    for page in ("/", "/people/", "/pairs/", "/meetings/", "/responses/", "/consents/", "/messages/", "/audit/"):
        assert "Парус" not in curator.text(page), page


def test_a_head_opens_every_page_that_only_shows(head: Browser, season: Season) -> None:
    for page in ("/", "/people/", f"/person/{season.mila}", "/pairs/", f"/pairs/{season.pair}", "/results/", "/audit/"):
        assert head.open(page).status_code == 200, page


def test_a_head_changes_nothing(app: Flask, head: Browser, season: Season, database: SyncDatabase) -> None:
    numbers = ids(season, database)
    before = everything(database)
    for rule in rules(app, "POST"):
        if rule.endpoint in ("door.sign_out", "door.password"):
            continue
        answer = head.send(url(app, rule, numbers), FORM)
        assert answer.status_code == 403, rule
    assert everything(database) == before


def test_a_head_sees_no_button_that_would_not_work(head: Browser, season: Season) -> None:
    for page in ("/", "/people/", f"/person/{season.mila}", f"/pairs/{season.agreed}", "/consents/?state=missing"):
        forms = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', head.open(page).text)
        assert set(forms) <= {"/sign-out", "/people/approve"}, page


def test_no_page_changes_anything_by_being_opened(
    app: Flask, administrator: Browser, season: Season, database: SyncDatabase
) -> None:
    numbers = ids(season, database)
    before = everything(database)
    for rule in rules(app, "GET"):
        answer = administrator.open(url(app, rule, numbers))
        assert answer.status_code in (200, 404), rule
    assert everything(database) == before


def test_an_act_in_the_panel_leaves_its_trace(curator: Browser, season: Season, database: SyncDatabase) -> None:
    curator.press(f"/responses/{season.igor_response}", f"/person/{season.igor}/approve/{season.igor_enrolment}")

    with database.readers() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.account_id, entry.door) == ("enrolment.approved", season.curator_id, "panel")


@pytest.fixture
def head(app: Flask, database: SyncDatabase, clock: Clock) -> Browser:
    database.write(reset_password, "zimina-head", password=PASSWORD, by=CONSOLE, now=clock())
    return signed_in(app, "zimina-head")


def test_what_is_read_after_a_change_is_behind_the_same_wall(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    """Codes are written first, then the page of the forms is drawn with the organisation's own name."""
    forms = f"/paper/campaign/{papers_of(database, season)['campaign_id']}/forms"

    page = curator.send(forms, {"as": "page"}, seen=forms)

    assert page.status_code == 200
    assert "Маяк" in page.text
    assert "Парус" not in page.text
