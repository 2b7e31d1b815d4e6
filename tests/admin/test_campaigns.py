"""The pages of campaigns, pressed as a curator would press them."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.rules.people import Actor
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.accounts import reset_password
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaigns import create_campaign
from mentoring.use_cases.notices import claim_notices
from storage.database import SyncDatabase
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.notice import Notice
from storage.models.person import Person
from storage.scope import set_organisation
from tests.admin.conftest import Browser, Clock, signed_in
from tests.admin.season import PASSWORD, Season
from tests.admin.test_list_speed import MOST_QUERIES
from tests.conftest import NOW
from tests.counting import counted
from tests.use_cases.gymnasium import CONSOLE

SAID = {"title": "Как идут дела", "audience": "mentors", "closes_at": "2026-11-30T21:00", "forms": []}


@pytest.fixture
def curator(make_app: Callable[..., Flask], database: SyncDatabase) -> Browser:
    return signed_in(make_app(database), "zimina")


def begin(database: SyncDatabase, season: Season, key: str = "mentor_training_needs", **fields: Any) -> int:
    said: dict[str, Any] = {
        "programme_id": season.programme_id,
        "title": "Чему научиться",
        "audience": AudienceFilter(Audience.MENTORS),
        "opens_at": NOW,
        "closes_at": NOW + timedelta(days=9),
        "by": season.curator,
        "now": NOW,
    }
    with database.writers.begin() as session:
        set_organisation(session, season.organisation_id)
        return create_campaign(session, key, **said | fields).campaign_id


def campaigns(database: SyncDatabase) -> list[Campaign]:
    with database.readers() as session:
        return list(session.scalars(select(Campaign).order_by(Campaign.id)))


def hidden(page: str) -> dict[str, list[str]]:
    """What the form on the page would send along."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page):
        if name != "csrf_token":
            found.setdefault(name, []).append(unescape(value))
    return found


def test_a_campaign_is_begun_in_three_steps(curator: Browser, database: SyncDatabase, season: Season) -> None:
    assert "/campaigns/new/mentor_training_needs" in curator.text("/campaigns/new")
    address = "/campaigns/new/mentor_training_needs"
    assert "Спросим: 1 человек" in curator.text(address)

    asked = curator.send(address, SAID).text
    assert "Всё верно?" in asked
    assert campaigns(database) == []
    data = hidden(asked) | {"sure": "yes"}
    for _ in range(2):  # pressed twice in a row
        answer = curator.send(address, data)

    (made,) = campaigns(database)
    assert (made.title, made.state) == ("Как идут дела", CampaignState.OPEN)
    assert answer.location == f"/campaigns/{made.id}"
    with database.readers() as session:
        told = session.scalars(select(Notice).where(Notice.kind == NoticeKind.PERSON_SURVEY_ASKED)).all()
    assert [notice.person_id for notice in told] == [season.anna]


def test_the_count_follows_the_choice(curator: Browser) -> None:
    count = "/campaigns/count/mentor_training_needs"

    assert "1 человек" in curator.text(f"{count}?audience=mentors")
    assert "никто не подходит" in curator.text(f"{count}?audience=mentors&classes=99")
    assert "Выберите" in curator.text(f"{count}?audience=parents")
    assert curator.open("/campaigns/count/nothing").status_code == 404


def test_a_wrong_window_keeps_what_was_chosen(curator: Browser, database: SyncDatabase) -> None:
    address = "/campaigns/new/mentor_training_needs"
    data = SAID | {"closes_at": "2026-11-01T21:00", "sure": "yes", "ticket": "1"}

    page = unescape(curator.send(address, data).text)

    assert 'value="Как идут дела"' in page
    assert campaigns(database) == []


def test_the_page_shows_who_is_silent_and_acts_on_them(
    curator: Browser, database: SyncDatabase, season: Season, clock: Clock
) -> None:
    campaign_id = begin(database, season)
    page = f"/campaigns/{campaign_id}"
    assert "Ответили 0 из 1" in curator.text(page)
    assert "Лебедева Анна" in curator.text(f"{page}?standing=silent")
    database.write(claim_notices, limit=50, now=NOW)
    clock.forward(hours=3)

    curator.press(page, f"{page}/remind")
    curator.press(page, f"{page}/remind")
    assert "Напоминать сейчас некому" in curator.text(page)
    with database.readers() as session:
        (one,) = session.scalars(select(CampaignRecipient))
    curator.press(page, f"/campaigns/recipients/{one.id}/release")
    assert "не ждём" in curator.text(page)
    curator.press(page, f"/campaigns/recipients/{one.id}/ask")
    curator.press(page, f"{page}/close")

    assert [campaign.state for campaign in campaigns(database)] == [CampaignState.CLOSED]
    with database.readers() as session:
        kinds = [kind for kind in session.scalars(select(Notice.kind)) if "survey" in kind]
    assert sorted(kinds) == [NoticeKind.PERSON_SURVEY_ASKED, NoticeKind.PERSON_SURVEY_REMINDER]


def test_a_closed_one_is_opened_for_longer(curator: Browser, database: SyncDatabase, season: Season) -> None:
    campaign_id = begin(database, season)
    curator.press(f"/campaigns/{campaign_id}", f"/campaigns/{campaign_id}/close")

    address = f"/campaigns/{campaign_id}/extend"
    curator.send(address, {"title": "Чему научиться", "closes_at": "2026-12-10T20:00"})

    (one,) = campaigns(database)
    assert (one.state, one.closes_at.day) == (CampaignState.OPEN, 10)


def test_a_planned_one_is_changed_and_cancelled(curator: Browser, database: SyncDatabase, season: Season) -> None:
    campaign_id = begin(database, season, opens_at=NOW + timedelta(days=2))
    page, change = f"/campaigns/{campaign_id}", f"/campaigns/{campaign_id}/change"

    curator.send(change, {"title": "Иначе", "opens_at": "2026-11-26T10:00", "closes_at": "2026-11-30T10:00"})
    curator.press(page, f"{page}/cancel")

    (one,) = campaigns(database)
    assert (one.title, one.state) == ("Иначе", CampaignState.CANCELLED)
    assert "Запланировать снова" in curator.text(page)


def test_the_year_is_planned_once(curator: Browser, database: SyncDatabase, season: Season) -> None:
    page = curator.text("/campaigns/calendar")
    ticked = re.findall(r'name="origin" value="([^"]+)"[^>]*checked', page)
    assert any(origin.startswith("monthly:pulse_mentor") for origin in ticked)
    assert not any("employer_student" in origin for origin in ticked)

    for _ in range(2):
        curator.send("/campaigns/calendar", {"origin": ticked})

    made = campaigns(database)
    assert sorted(one.origin or "" for one in made) == sorted(ticked)
    assert "Как идут встречи, декабрь 2026" in [one.title for one in made]
    assert not re.findall(r'name="origin" value="([^"]+)"[^>]*checked', curator.text("/campaigns/calendar"))


def test_those_present_at_a_group_meeting_choose_each_other(
    curator: Browser, database: SyncDatabase, season: Season
) -> None:
    page = "/campaigns/preferences"
    ticket = hidden(curator.open(page).text)["ticket"]
    data = {"mentor": season.anna, "mentee": season.darya, "closes_at": "2026-11-25T21:00", "ticket": ticket}

    curator.send(page, data | {"mentee": []})
    assert campaigns(database) == []
    for _ in range(2):
        curator.send(page, data)

    made = campaigns(database)
    assert len(made) == 2
    assert all(sorted(one.present) == sorted([season.anna, season.darya]) for one in made)
    with database.readers() as session:
        asked = session.scalars(select(CampaignRecipient.person_id)).all()
    assert sorted(asked) == sorted([season.anna, season.darya])


def test_an_anonymous_campaign_shows_neither_beginnings_nor_moments(
    curator: Browser, database: SyncDatabase, season: Season
) -> None:
    campaign_id = begin(database, season, anonymous=True)
    with database.writers.begin() as session:
        set_organisation(session, season.organisation_id)
        one = session.scalars(select(CampaignRecipient)).one()
        begin_survey(session, one.id, by=Actor.person(season.anna), now=NOW)

    page = curator.text(f"/campaigns/{campaign_id}")

    assert "не ответил" in page
    assert "начал" not in page
    assert "/responses/" not in page.replace('href="/responses/"', "")


def test_a_foreign_campaign_is_not_there(curator: Browser, database: SyncDatabase, foreign: Season) -> None:
    campaign_id = begin(database, foreign)

    for path in ("", "/change", "/extend"):
        assert curator.open(f"/campaigns/{campaign_id}{path}").status_code == 404
    assert "Чему научиться" not in curator.text("/campaigns/")
    assert curator.send(f"/campaigns/{campaign_id}/close").status_code == 404
    assert [one.state for one in campaigns(database)] == [CampaignState.OPEN]


def test_the_head_reads_and_changes_nothing(
    make_app: Callable[..., Flask], database: SyncDatabase, season: Season
) -> None:
    database.write(reset_password, "zimina-head", password=PASSWORD, by=CONSOLE, now=NOW)
    head = signed_in(make_app(database), "zimina-head")
    campaign_id = begin(database, season)

    page = head.text(f"/campaigns/{campaign_id}")

    assert "Ответили 0 из 1" in page
    assert "Напомнить" not in page
    assert head.send(f"/campaigns/{campaign_id}/close").status_code == 403


def test_pages_ask_the_database_as_often_at_two_thousand_people(
    curator: Browser, database: SyncDatabase, season: Season
) -> None:
    campaign_id = begin(database, season)
    own = {"organisation_id": season.organisation_id}
    with database.writing.begin() as connection:
        people = [
            own
            | {"id": key, "first_name": f"Имя{key}", "nameless": False, "missing_consents": "none", "created_at": NOW}
            for key in range(10_000, 12_000)
        ]
        connection.execute(insert(Person), people)
        asked = {"campaign_id": campaign_id, "state": RecipientState.WAITING, "asked_at": NOW}
        rows = [own | asked | {"person_id": one["id"], "subject": f"person:{one['id']}"} for one in people]
        connection.execute(insert(CampaignRecipient), rows)
    paths = (
        "",
        "new",
        "calendar",
        "preferences",
        "new/pulse_mentor",
        f"{campaign_id}",
        f"{campaign_id}?standing=no_chat",
    )
    for path in paths:
        curator.open(f"/campaigns/{path}")

        with counted(database) as asked_for:
            assert curator.open(f"/campaigns/{path}").status_code == 200

        assert len(asked_for) <= MOST_QUERIES, (path, asked_for)
