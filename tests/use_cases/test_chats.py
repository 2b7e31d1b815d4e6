"""Chats: whose they are, what their words mean, whether they can be reached."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.people import Role
from mentoring.use_cases.chats import (
    VisitorKind,
    curator_person_ids,
    expect_words,
    expected_words,
    mark_reachable,
    mark_unreachable,
    remember_screen,
    visitor_of,
)
from mentoring.use_cases.invitations import curator_link
from storage.models.person import ChannelAccount
from storage.scope import KEY
from tests.use_cases.gymnasium import NOW, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def test_a_stranger_is_nobody(school: Gymnasium) -> None:
    assert visitor_of(school.session, "telegram", "404") is None


def test_a_participant_a_parent_and_a_curator_are_told_apart(school: Gymnasium) -> None:
    mila = school.comes(Role.MENTEE, "1004")
    school.parent_of(mila.person_id, "1007")
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    school.opens(link.token, "1008")
    school.session.info.pop(KEY)
    kinds = {}
    for chat in ("1004", "1007", "1008"):
        visitor = visitor_of(school.session, "telegram", chat)
        assert visitor is not None
        assert (visitor.organisation_name, visitor.time_zone) == ("Гимназия «Маяк»", "Europe/Moscow")
        kinds[chat] = visitor.kind
    assert kinds == {"1004": VisitorKind.PARTICIPANT, "1007": VisitorKind.GUARDIAN, "1008": VisitorKind.CURATOR}


def test_another_messengers_number_is_another_chat(school: Gymnasium) -> None:
    school.comes(Role.MENTEE, "1004")
    assert visitor_of(school.session, "max", "1004") is None


def test_what_the_next_words_mean_survives_in_the_row(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    expect_words(school.session, came.account_id, {"act": "letter"})
    school.session.flush()
    school.session.expire_all()
    assert expected_words(school.session, came.account_id) == {"act": "letter"}
    expect_words(school.session, came.account_id, None)
    assert expected_words(school.session, came.account_id) == {}
    with pytest.raises(NotFound):
        expected_words(school.session, 999)


def test_the_message_on_the_screen_is_remembered(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    assert remember_screen(school.session, came.account_id, 5) is None
    assert remember_screen(school.session, came.account_id, None) == 5


def test_who_blocked_the_bot_is_unreachable_since_the_first_time_until_they_are_back(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    mark_unreachable(school.session, "telegram", "1001", "blocked", now=NOW)
    mark_unreachable(school.session, "telegram", "1001", "deactivated", now=NOW + timedelta(days=1))
    account = school.session.scalars(select(ChannelAccount).where(ChannelAccount.person_id == came.person_id)).one()
    assert (account.unreachable_since, account.unreachable_reason) == (NOW, "blocked")
    mark_reachable(school.session, "telegram", "1001", now=NOW + timedelta(days=2))
    mark_reachable(school.session, "telegram", "1001", now=NOW + timedelta(days=2))
    assert (account.unreachable_since, account.unreachable_reason) == (None, "")
    assert [act for act in school.acts("person") if "reach" in act] == ["person.unreachable", "person.reachable"]


def test_a_stranger_who_blocks_the_bot_is_passed_over(school: Gymnasium) -> None:
    mark_unreachable(school.session, "telegram", "404", "blocked", now=NOW)
    assert "person.unreachable" not in school.acts("person")


def test_notices_to_the_curator_go_to_linked_chats_only(school: Gymnasium) -> None:
    assert curator_person_ids(school.session) == ()
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    zimina = school.opens(link.token, "1008")
    head = curator_link(school.session, school.head_id, by=school.head, now=NOW)
    school.opens(head.token, "1012")
    assert curator_person_ids(school.session) == (zimina.person_id,)
