"""Campaigns on the other database, where schedulers, senders and people work side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.rules.errors import OutOfDate
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Picked, Skipped
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaign_calendar import campaign_calendar, plan_calendar
from mentoring.use_cases.campaign_progress import campaign_card, recipients_page
from mentoring.use_cases.campaigns import create_campaign, follow_campaigns, release_recipient, remind_campaign
from mentoring.use_cases.notices import claim_notices
from mentoring.use_cases.questionnaires import answer_question
from mentoring.use_cases.reminders import plan_reminders
from mentoring.use_cases.responses import submit_response
from mentoring.use_cases.results import today
from storage.database import SyncDatabase
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.notice import Notice
from storage.queries.campaigns_list import CampaignFilter, campaigns_page
from storage.scope import set_organisation
from storage.tables import Base
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, TIMUR, School, days, open_school
from tests.use_cases.survey_school import publish

SIDE_BY_SIDE = 4


@pytest.fixture
def server(postgres_url: str) -> Iterator[SyncDatabase]:
    database = SyncDatabase(postgres_url)
    Base.metadata.create_all(database.writing)
    yield database
    database.close()


def make(school: School, key: str = "pulse_mentor", **fields: Any) -> int:
    said: dict[str, Any] = {
        "programme_id": school.programme.id,
        "title": "Короткий опрос",
        "audience": AudienceFilter(Audience.MENTORS),
        "opens_at": NOW + days(1),
        "closes_at": NOW + days(8),
        "by": school.curator,
        "now": NOW,
    }
    return create_campaign(school.session, key, **said | fields).campaign_id


def in_school(server: SyncDatabase, use_case: Any, *args: Any, **kwargs: Any) -> Any:
    def fenced(session: Session) -> Any:
        set_organisation(session, 1)
        return use_case(session, *args, **kwargs)

    return server.write(fenced)


def at_once(works: Any, count: int = SIDE_BY_SIDE) -> list[Any]:
    with ThreadPoolExecutor(count) as workers:
        return list(workers.map(lambda number: works(number), range(count)))


def counted(server: SyncDatabase, column: Any, *conditions: Any) -> int:
    with server.readers() as session:
        return session.scalar(select(func.count(column)).where(*conditions)) or 0


def test_schedulers_side_by_side_open_a_campaign_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor")
        for _ in range(30):
            school.enrol(ANNA, Role.MENTOR)
        make(school)

    at_once(lambda _: server.write(follow_campaigns, now=NOW + days(1)))

    assert counted(server, CampaignRecipient.id) == 30
    assert counted(server, Notice.id, Notice.kind == NoticeKind.PERSON_SURVEY_ASKED) == 30
    assert len(server.write(claim_notices, limit=100, now=NOW + days(1))) == 30


def test_schedulers_side_by_side_ask_a_newcomer_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor")
        make(school, opens_at=NOW, rolling=True)
        school.enrol(ANNA, Role.MENTOR)

    at_once(lambda _: server.write(follow_campaigns, now=NOW + timedelta(minutes=5)))

    assert counted(server, CampaignRecipient.id) == 1
    assert counted(server, Notice.id) == 1


def test_schedulers_side_by_side_remind_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor")
        publish(school, "other")
        for _ in range(10):
            school.enrol(ANNA, Role.MENTOR)
        make(school, opens_at=NOW)
        make(school, "other", opens_at=NOW)

    at_once(lambda _: server.write(plan_reminders, now=NOW + days(2)))

    assert counted(server, Notice.id, Notice.kind == NoticeKind.PERSON_SURVEY_REMINDER) == 10


def test_two_curators_remind_each_person_once(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor")
        for _ in range(10):
            school.enrol(ANNA, Role.MENTOR)
        campaign_id, curator = make(school, opens_at=NOW), school.curator
    assert len(server.write(claim_notices, limit=50, now=NOW)) == 10

    at_once(lambda _: in_school(server, remind_campaign, campaign_id, by=curator, now=NOW + days(1)))

    assert counted(server, Notice.id, Notice.kind == NoticeKind.PERSON_SURVEY_REMINDER) == 10


def test_two_curators_plan_one_calendar(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor", use="pulse", subject="pair")
        school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
        proposed = campaign_calendar(session, school.programme.id, now=NOW).proposed
        titles = {one.origin: one.title for one in proposed if not one.over}
        programme_id, curator = school.programme.id, school.curator

    plan = partial(plan_calendar, programme_id=programme_id, titles=titles, by=curator, now=NOW)
    counts = at_once(lambda _: in_school(server, plan).count)

    assert sorted(counts) == [0, 0, 0, len(titles)]
    assert counted(server, Campaign.id) == len(titles) == 7


def test_what_opens_while_a_sender_takes_the_asking_is_never_lost(server: SyncDatabase) -> None:
    """Whoever comes first, each survey is in some message: in the one taken, or in one of its own."""
    for order in range(6):
        seen = _race(server, order)
        assert seen >= {f"Первый {order}", f"Второй {order}"}


def _race(server: SyncDatabase, order: int) -> set[str]:
    with server.writers.begin() as session:
        school = open_school(session, f"Гимназия {order}", f"curator{order}")
        publish(school, "one")
        publish(school, "two")
        school.enrol(ANNA, Role.MENTOR)
        make(school, "one", title=f"Первый {order}", opens_at=NOW)
        make(school, "two", title=f"Второй {order}", opens_at=NOW + timedelta(seconds=1))
    now = NOW + timedelta(seconds=1)
    works = [
        lambda: server.write(claim_notices, limit=9, now=now),
        lambda: server.write(follow_campaigns, now=now),
    ]
    found = [result for result in at_once(lambda number: works[(number + order) % 2](), 2) if isinstance(result, tuple)]
    later = server.write(claim_notices, limit=9, now=now + days(1))
    return {survey.title for notices in (*found, later) for notice in notices for survey in notice.facts["surveys"]}


@pytest.mark.parametrize("turn", range(5))
def test_an_answer_and_a_release_at_once_leave_one_of_them(server: SyncDatabase, turn: int) -> None:
    recipient_id, response_id, person_id, curator = _about_to_send(server)
    answer = partial(submit_response, response_id=response_id, by=Actor.person(person_id), now=NOW)
    release = partial(release_recipient, recipient_id=recipient_id, by=curator, now=NOW)

    refused = at_once(lambda number: _refused(server, (answer, release)[(number + turn) % 2]), 2)

    assert sorted(refused) == [False, True]
    with server.readers() as session:
        state = session.get_one(CampaignRecipient, recipient_id).state
    assert state in (RecipientState.ANSWERED, RecipientState.RELEASED)


def _refused(server: SyncDatabase, use_case: Any) -> bool:
    try:
        in_school(server, use_case)
    except OutOfDate:
        return True
    return False


def _about_to_send(server: SyncDatabase) -> tuple[int, int, int, Actor]:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor")
        person_id = school.enrol(ANNA, Role.MENTOR).person_id
        make(school, opens_at=NOW)
        recipient_id = session.scalars(select(CampaignRecipient.id).filter_by(person_id=person_id)).one()
        by = Actor.person(person_id)
        response_id = begin_survey(session, recipient_id, by=by, now=NOW).response_id
        for key, raw in (("comfort", Picked("7")), ("words", Skipped()), ("go_on", Picked("yes"))):
            answer_question(session, response_id, key, raw, by=by, now=NOW)
        return recipient_id, response_id, person_id, school.curator


def test_lists_and_first_page_are_read_as_on_sqlite(server: SyncDatabase) -> None:
    with server.writers.begin() as session:
        school = open_school(session)
        publish(school, "pulse_mentor", use="pulse")
        publish(school, "parents", role="guardian", subject="person", use="parents")
        publish(school, "after", subject="pair", moment="after")
        school.enrol(IGOR, Role.MENTOR)
        school.paired(school.enrol(ANNA, Role.MENTOR, chat=False), school.enrol(DARYA, Role.MENTEE))
        school.guardian(school.enrol(MILA, Role.MENTEE).person)
        campaign_id = make(school, opens_at=NOW, closes_at=NOW + days(1))
        make(school, "parents", audience=AudienceFilter(Audience.GUARDIANS), opens_at=NOW)
        make(school, "after", audience=AudienceFilter(Audience.MENTORS, had_before=True), opens_at=NOW)

        card = campaign_card(session, campaign_id)
        found = recipients_page(session, campaign_id, standing="no_chat", size=10)
        listed = campaigns_page(session, CampaignFilter(need="silent"), page=1, size=10, now=NOW)
        kinds = {item.kind.value for item in today(session, now=NOW).items}
        year = campaign_calendar(session, school.programme.id, now=NOW)

    assert (card.progress.asked, card.progress.silent, card.progress.no_chat) == (2, 1, 1)
    assert [row.name for row in found.rows] == ["Лебедева Анна Сергеевна"]
    assert [row.asked for row in listed.rows] == [2]
    assert kinds >= {"campaign_silent", "calendar_not_set"}
    assert {one.people for one in year.proposed if one.key == "parents"} == {1}
    server.write(follow_campaigns, now=NOW + days(2))
    with server.readers() as session:
        assert session.get_one(Campaign, campaign_id).state is CampaignState.CLOSED
