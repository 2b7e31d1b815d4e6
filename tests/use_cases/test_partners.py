"""Those who speak for partners: added by name, invited by a link of their own, in no pair."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap, ConsentKind
from mentoring.rules.enrolment import InvitationPurpose
from mentoring.rules.errors import InvitationUnknown, NotAllowed, NotFound, TextEmpty, ValueWrong
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role
from mentoring.use_cases.chats import VisitorKind, visitor_of
from mentoring.use_cases.invitations import partner_link
from mentoring.use_cases.partners import PartnerAdded, add_partner
from storage.models.person import Enrolment, Person
from storage.queries.partners import partners_list
from storage.queries.people_list import PeopleFilter, people_page
from tests.use_cases.gymnasium import NOW, Gymnasium, open_gymnasium

IGOR = {"last_name": "Ветров", "first_name": "Игорь", "patronymic": "Павлович", "partner": "Завод «Прибор»"}


@pytest.fixture
def gymnasium(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def added(gymnasium: Gymnasium, **changes: str) -> PartnerAdded:
    return add_partner(gymnasium.session, **IGOR | changes, by=gymnasium.curator, now=NOW)


def test_a_partner_is_an_adult_who_takes_no_part_in_the_programme(gymnasium: Gymnasium) -> None:
    person = gymnasium.person(added(gymnasium, phone="8 900 123-45-67").person_id)

    assert (person.kind, person.age_group, person.phone) == (PersonKind.PARTNER, AgeGroup.ADULT, "+79001234567")
    assert person.place == "Завод «Прибор»"
    assert person.missing_consents is ConsentGap.SELF
    assert gymnasium.session.scalar(select(func.count(Enrolment.id))) == 0


def test_the_link_brings_the_chat_to_the_named_person(gymnasium: Gymnasium) -> None:
    partner = added(gymnasium)

    came = gymnasium.opens(partner.link.token, "901")

    assert (came.person_id, came.purpose, came.role, came.enrolment_id) == (
        partner.person_id,
        InvitationPurpose.PARTNER,
        None,
        None,
    )
    assert not came.already
    assert gymnasium.opens(partner.link.token, "901").already
    visitor = visitor_of(gymnasium.session, "telegram", "901")
    assert visitor is not None
    assert visitor.kind is VisitorKind.PARTICIPANT
    gymnasium.decides(ConsentKind.ADULT, partner.person_id)
    assert gymnasium.person(partner.person_id).missing_consents is ConsentGap.NONE


def test_the_link_serves_one_chat_and_nobody_elses(gymnasium: Gymnasium) -> None:
    partner = added(gymnasium)
    gymnasium.comes(Role.MENTOR, "902")

    with pytest.raises(InvitationUnknown):
        gymnasium.opens(partner.link.token, "902")
    gymnasium.opens(partner.link.token, "901")
    with pytest.raises(InvitationUnknown):
        gymnasium.opens(partner.link.token, "903")


def test_the_link_is_the_same_until_it_is_used(gymnasium: Gymnasium) -> None:
    partner = added(gymnasium)

    def again() -> str:
        return partner_link(gymnasium.session, partner.person_id, by=gymnasium.curator, now=NOW).token

    assert again() == partner.link.token
    gymnasium.opens(partner.link.token, "901")
    assert again() != partner.link.token


def test_a_link_for_a_partner_is_not_made_for_others(gymnasium: Gymnasium) -> None:
    mentor = gymnasium.comes(Role.MENTOR, "902")

    with pytest.raises(NotFound):
        partner_link(gymnasium.session, mentor.person_id, by=gymnasium.curator, now=NOW)


def test_partners_stand_apart_from_participants_until_they_are_asked_for(gymnasium: Gymnasium) -> None:
    partner = added(gymnasium)
    mentor = gymnasium.comes(Role.MENTOR, "902")

    def found(**asked: str) -> set[int]:
        return {row.person_id for row in people_page(gymnasium.session, PeopleFilter(**asked), offset=0, limit=50).rows}

    assert found() == {mentor.person_id}
    assert found(role="partner") == {partner.person_id}
    assert found(words="ветров") == {partner.person_id}
    assert [(row.partner, row.name, row.has_chat, row.agreed) for row in partners_list(gymnasium.session)] == [
        ("Завод «Прибор»", "Ветров Игорь Павлович", False, False)
    ]


def test_what_is_missing_or_wrong_is_told_by_field(gymnasium: Gymnasium) -> None:
    with pytest.raises(TextEmpty, match="partner"):
        added(gymnasium, partner="  ")
    with pytest.raises(ValueWrong, match="phone"):
        added(gymnasium, phone="позвоните вахтёру")
    assert gymnasium.session.scalar(select(func.count(Person.id))) == 0


def test_a_head_adds_nobody(gymnasium: Gymnasium) -> None:
    with pytest.raises(NotAllowed):
        add_partner(gymnasium.session, **IGOR, by=gymnasium.head, now=NOW)
    with pytest.raises(NotAllowed):
        add_partner(gymnasium.session, **IGOR, by=Actor.person(1), now=NOW)
