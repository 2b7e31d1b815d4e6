"""The jobs of campaigns over a real file: each campaign in a transaction of its own."""

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState
from mentoring.rules.people import Role
from mentoring.use_cases.campaigns import create_campaign
from scheduler.jobs import Works, follow_campaigns, refresh_campaigns
from storage.database import Database, SyncDatabase
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.notice import Notice
from tests.use_cases.school import ANNA, IGOR, NOW, School, open_school
from tests.use_cases.survey_school import publish


def works(database: Database, now: datetime) -> Works:
    nothing = cast(Any, None)
    return Works(database, lambda: now, nothing, nothing, nothing)


def planned(school: School, key: str, **fields: Any) -> int:
    said: dict[str, Any] = {"opens_at": NOW + timedelta(hours=1), "closes_at": NOW + timedelta(days=2)}
    return create_campaign(
        school.session,
        publish(school, key),
        programme_id=school.programme.id,
        title="Опрос",
        audience=AudienceFilter(Audience.MENTORS),
        by=school.curator,
        now=NOW,
        **said | fields,
    ).campaign_id


def states(store: SyncDatabase) -> list[CampaignState]:
    with store.readers() as session:
        return list(session.scalars(select(Campaign.state).order_by(Campaign.id)))


def asked(store: SyncDatabase) -> int:
    with store.readers() as session:
        return len(session.scalars(select(CampaignRecipient)).all())


async def test_campaigns_open_and_close_by_the_clock(store: SyncDatabase, database_url: str) -> None:
    with store.writers.begin() as session:
        school = open_school(session)
        school.enrol(ANNA, Role.MENTOR)
        planned(school, "one")
        planned(school, "two", opens_at=NOW + timedelta(days=1))
    database = Database(database_url)

    await follow_campaigns(works(database, NOW))
    assert (states(store), asked(store)) == ([CampaignState.PLANNED] * 2, 0)
    await follow_campaigns(works(database, NOW + timedelta(hours=1)))
    assert (states(store), asked(store)) == ([CampaignState.OPEN, CampaignState.PLANNED], 1)
    await follow_campaigns(works(database, NOW + timedelta(days=2)))
    assert states(store) == [CampaignState.CLOSED] * 2
    await database.close()


async def test_one_that_cannot_be_followed_does_not_stop_the_others(
    store: SyncDatabase, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with store.writers.begin() as session:
        school = open_school(session)
        school.enrol(ANNA, Role.MENTOR)
        broken = planned(school, "one")
        planned(school, "two")
        session.get_one(Campaign, broken).audience = {"audience": "nobody knows"}
    database = Database(database_url)

    await follow_campaigns(works(database, NOW + timedelta(hours=1)))

    assert states(store) == [CampaignState.PLANNED, CampaignState.OPEN]
    assert f"campaign {broken}" in caplog.text
    await database.close()


async def test_newcomers_are_asked_by_the_clock(store: SyncDatabase, database_url: str) -> None:
    with store.writers.begin() as session:
        school = open_school(session)
        planned(school, "one", opens_at=NOW, rolling=True)
        school.enrol(ANNA, Role.MENTOR)
        school.enrol(IGOR, Role.MENTOR)
    database = Database(database_url)

    for _ in range(2):
        await refresh_campaigns(works(database, NOW + timedelta(minutes=5)))

    assert asked(store) == 2
    await database.close()


async def test_what_stops_in_the_middle_has_asked_nobody_and_is_done_again(
    store: SyncDatabase, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writers.begin() as session:
        school = open_school(session)
        school.enrol(ANNA, Role.MENTOR)
        planned(school, "one")
    database = Database(database_url)
    due = works(database, NOW + timedelta(hours=1))

    def dies(*_: object, **__: object) -> None:
        raise ConnectionError("the power went off")

    with monkeypatch.context() as broken:
        broken.setattr("mentoring.use_cases.campaign_course.plan_notices", dies)
        await follow_campaigns(due)
    assert (states(store), asked(store)) == ([CampaignState.PLANNED], 0)
    for _ in range(3):
        await follow_campaigns(due)
        await refresh_campaigns(due)

    assert (states(store), asked(store)) == ([CampaignState.OPEN], 1)
    with store.readers() as session:
        assert len(session.scalars(select(Notice)).all()) == 1
    await database.close()
