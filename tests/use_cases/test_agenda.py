"""The menu: what a person can do now, the most urgent first."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import Step
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor, AgeGroup, Role
from mentoring.rules.questionnaire import Picked
from mentoring.use_cases.agenda import AgendaItem, AgendaKind, agenda
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.invitations import InvitationOpened, curator_link
from mentoring.use_cases.meetings import plan_meeting
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from mentoring.use_cases.questionnaires import answer_question, start_response
from tests.counting import counted
from tests.use_cases.gymnasium import ANNA, DARYA, NOW, Gymnasium, open_gymnasium

ALWAYS = [AgendaKind.MY_DATA, AgendaKind.WRITE_CURATOR]


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def items(school: Gymnasium, person_id: int, *, now: object = NOW) -> dict[AgendaKind, AgendaItem]:
    found = agenda(school.session, person_id, now=now)  # type: ignore[arg-type]
    return {item.kind: item for item in found.items}


def kinds(school: Gymnasium, person_id: int) -> list[AgendaKind]:
    return [item.kind for item in agenda(school.session, person_id, now=NOW).items]


def approved(school: Gymnasium, role: Role, chat: str, answers: dict[str, str]) -> InvitationOpened:
    came = school.adult(role, chat)
    school.fills_in(came, answers)
    approve_enrolment(school.session, came.enrolment_id or 0, by=school.curator, now=NOW)
    return came


def test_somebody_new_is_asked_the_age_and_nothing_else(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    found = agenda(school.session, came.person_id, now=NOW)
    assert [item.kind for item in found.items] == [AgendaKind.AGE, *ALWAYS]
    assert (found.name, found.address, found.time_zone) == ("", "", "Europe/Moscow")
    assert [(one.role, one.step) for one in found.steps] == [(Role.MENTOR, Step.AGE)]


def test_two_roles_ask_the_age_and_the_consent_once(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1002")
    school.comes(Role.MENTEE, "1002")
    assert kinds(school, came.person_id) == [AgendaKind.AGE, *ALWAYS]
    school.says_age(came.person_id, AgeGroup.FROM_14_TO_17)
    urgent = [AgendaKind.OWN_CONSENT, AgendaKind.GUARDIAN_LINK]
    assert kinds(school, came.person_id) == [*urgent, *ALWAYS]


def test_the_questionnaire_shows_how_much_is_answered(school: Gymnasium) -> None:
    came = school.adult(Role.MENTOR, "1001")
    fresh = items(school, came.person_id)[AgendaKind.QUESTIONNAIRE]
    assert (fresh.object_id, fresh.data["key"], fresh.data["answered"], fresh.data["response_id"]) == (
        came.enrolment_id,
        "mentor_entry",
        0,
        0,
    )
    by = Actor.person(came.person_id)
    begun = start_response(
        school.session, "mentor_entry", person_id=came.person_id, enrolment_id=came.enrolment_id, by=by, now=NOW
    )
    assert begun.question is not None
    picked = Picked(begun.question.options[0].value)
    answer_question(school.session, begun.response_id, begun.question.key, picked, by=by, now=NOW)
    later = items(school, came.person_id)[AgendaKind.QUESTIONNAIRE]
    assert (later.data["answered"], later.data["response_id"]) == (1, begun.response_id)


def test_a_sent_questionnaire_waits_without_urgency(school: Gymnasium) -> None:
    came = school.adult(Role.MENTOR, "1001")
    school.fills_in(came, ANNA)
    assert kinds(school, came.person_id) == [AgendaKind.WAIT_REVIEW, AgendaKind.MY_RESPONSES, *ALWAYS]
    assert agenda(school.session, came.person_id, now=NOW).address == "Анна Сергеевна"


def test_a_proposal_is_shown_to_the_one_who_is_asked(school: Gymnasium) -> None:
    anna = approved(school, Role.MENTOR, "1001", ANNA)
    darya = approved(school, Role.MENTEE, "1006", DARYA)
    pair = propose_pair(school.session, anna.enrolment_id or 0, darya.enrolment_id or 0, by=school.curator, now=NOW)
    asked = items(school, anna.person_id)[AgendaKind.PROPOSAL]
    assert (asked.object_id, asked.urgent, asked.data["answer_by"]) == (pair.pair_id, True, pair.answer_by.isoformat())
    assert AgendaKind.PROPOSAL not in items(school, darya.person_id)
    by = Actor.person(anna.person_id)
    answer_proposal(school.session, pair.pair_id, anna.person_id, True, by=by, now=NOW)
    assert AgendaKind.PROPOSAL not in items(school, anna.person_id)
    assert items(school, darya.person_id)[AgendaKind.PROPOSAL].object_id == pair.pair_id


def paired(school: Gymnasium) -> tuple[InvitationOpened, InvitationOpened, int]:
    anna = approved(school, Role.MENTOR, "1001", ANNA)
    darya = approved(school, Role.MENTEE, "1006", DARYA)
    pair_id = propose_pair(
        school.session, anna.enrolment_id or 0, darya.enrolment_id or 0, by=school.curator, now=NOW
    ).pair_id
    for came in (anna, darya):
        by = Actor.person(came.person_id)
        answer_proposal(school.session, pair_id, came.person_id, True, by=by, now=NOW)
    confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    return anna, darya, pair_id


def test_a_meeting_waits_for_the_reply_of_the_other_side_then_for_feedback_of_both(school: Gymnasium) -> None:
    anna, darya, pair_id = paired(school)
    starts_at = NOW + timedelta(days=1)
    meeting_id = plan_meeting(
        school.session,
        pair_id,
        starts_at=starts_at,
        place_kind=PlaceKind.ORGANISATION,
        place="кабинет 12",
        by=Actor.person(anna.person_id),
        now=NOW,
    ).meeting_id
    assert AgendaKind.MEETING_REPLY not in items(school, anna.person_id)
    reply = items(school, darya.person_id)[AgendaKind.MEETING_REPLY]
    assert (reply.object_id, reply.count, reply.urgent) == (meeting_id, 1, True)
    coming = items(school, darya.person_id)[AgendaKind.MEETINGS]
    assert (coming.count, coming.data["next_at"]) == (1, starts_at.isoformat())
    during = items(school, darya.person_id, now=starts_at + timedelta(minutes=10))
    assert AgendaKind.FEEDBACK not in during
    over = starts_at + timedelta(hours=2)
    for person_id in (anna.person_id, darya.person_id):
        asked = items(school, person_id, now=over)[AgendaKind.FEEDBACK]
        assert (asked.object_id, asked.data["took_place"]) == (meeting_id, False)
    assert AgendaKind.FEEDBACK not in items(school, anna.person_id, now=over + timedelta(days=15))


def test_a_pair_without_meetings_shows_the_pair(school: Gymnasium) -> None:
    anna, _, pair_id = paired(school)
    assert kinds(school, anna.person_id) == [
        AgendaKind.PAIR,
        AgendaKind.MEETINGS,
        AgendaKind.MY_RESPONSES,
        *ALWAYS,
    ]
    assert items(school, anna.person_id)[AgendaKind.PAIR].object_id == pair_id
    assert items(school, anna.person_id)[AgendaKind.MEETINGS].count == 0


def test_a_parent_of_two_is_asked_for_both(school: Gymnasium) -> None:
    first, second = school.comes(Role.MENTEE, "1004"), school.comes(Role.MENTEE, "1011")
    for came in (first, second):
        school.says_age(came.person_id, AgeGroup.UNDER_14)
    parent = school.parent_of(first.person_id, "1007")
    school.parent_of(second.person_id, "1007")
    asked = items(school, parent.person_id)[AgendaKind.CHILD_CONSENT]
    assert (asked.object_id, asked.count) == (first.person_id, 2)


def test_a_curators_own_chat_has_a_menu_too(school: Gymnasium) -> None:
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    came = school.opens(link.token, "1008")
    found = agenda(school.session, came.person_id, now=NOW)
    assert found.address == "Ольга Викторовна"
    assert [item.kind for item in found.items] == ALWAYS


def test_the_number_of_queries_does_not_grow_with_what_there_is(school: Gymnasium) -> None:
    anna, _, pair_id = paired(school)
    for number in range(6):
        mila, parent = school.child(f"2{number}", "1001")
        assert parent.person_id == anna.person_id
        plan_meeting(
            school.session,
            pair_id,
            starts_at=NOW + timedelta(days=number + 1),
            place_kind=PlaceKind.ONLINE,
            by=Actor.person(anna.person_id),
            now=NOW,
        )
        assert mila.already is False
    with counted(school.session) as statements:
        found = agenda(school.session, anna.person_id, now=NOW)
    assert found.items[0].kind is AgendaKind.GUARDIAN_STATEMENT
    assert len(statements) <= 13


def test_an_erased_person_has_no_menu(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    school.person(came.person_id).erased_at = NOW
    with pytest.raises(NotFound):
        agenda(school.session, came.person_id, now=NOW)
