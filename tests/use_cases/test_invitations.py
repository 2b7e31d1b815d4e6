"""Links: who may open them, and what opening leads to."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus, InvitationPurpose
from mentoring.rules.errors import (
    GuardianCannotJoin,
    InvitationUnknown,
    NotAllowed,
    NotFound,
    OtherOrganisation,
    TextEmpty,
)
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role
from mentoring.use_cases.accounts import account_by_id, disable_account
from mentoring.use_cases.chats import VisitorKind, visitor_of
from mentoring.use_cases.invitations import (
    curator_link,
    guardian_link,
    invitation_links,
    invite_person,
    link_of_person,
    open_invitation,
    renew_guardian_link,
    renew_invitation,
)
from storage.models.account import CuratorAccount
from storage.models.organisation import Programme
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Invitation, Person
from tests.use_cases.gymnasium import CONSOLE, NOW, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def test_a_link_opens_a_nameless_person_with_a_chat_and_a_part_in_the_programme(school: Gymnasium) -> None:
    came = school.comes(Role.MENTEE, "1004")
    assert (came.purpose, came.role, came.already) == (InvitationPurpose.MENTEE, Role.MENTEE, False)
    assert came.organisation_name == "Гимназия «Маяк»"
    assert came.curator_name == "Ольга Викторовна Зимина"
    assert came.curator_contact.startswith("кабинет 12")
    assert came.programme_name == "Программа наставничества 2026/2027"
    person = school.person(came.person_id)
    assert (person.name.full, person.kind, person.age_group, person.nameless) == ("", None, None, True)
    assert school.enrolment(came).status is EnrolmentStatus.JOINING


def test_the_same_link_again_changes_nothing(school: Gymnasium) -> None:
    first, again = school.comes(Role.MENTEE, "1004"), school.comes(Role.MENTEE, "1004")
    assert (again.person_id, again.enrolment_id, again.already) == (first.person_id, first.enrolment_id, True)
    assert school.session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_known_person_takes_the_other_role_too(school: Gymnasium) -> None:
    mentee, mentor = school.comes(Role.MENTEE, "1002"), school.comes(Role.MENTOR, "1002")
    assert mentee.person_id == mentor.person_id
    assert mentee.enrolment_id != mentor.enrolment_id
    assert mentor.already is False


@pytest.mark.parametrize("token", ["", "нет-такой", "a" * 22])
def test_an_unknown_link_is_unknown(school: Gymnasium, token: str) -> None:
    with pytest.raises(InvitationUnknown):
        school.opens(token, "1001")


def test_a_renewed_link_stops_the_old_one_at_once(school: Gymnasium) -> None:
    old = invitation_links(school.session, school.programme_id)
    fresh = renew_invitation(school.session, school.programme_id, Role.MENTOR, by=school.curator, now=NOW)
    now_valid = invitation_links(school.session, school.programme_id)
    assert (now_valid.mentor, now_valid.mentee) == (fresh.token, old.mentee)
    with pytest.raises(InvitationUnknown):
        school.opens(old.mentor, "1001")
    assert school.opens(fresh.token, "1001").role is Role.MENTOR


def test_tokens_are_22_characters_of_a_deep_link(school: Gymnasium) -> None:
    token = invitation_links(school.session, school.programme_id).mentor
    assert len(token) == 22
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_closed_programme_takes_nobody(school: Gymnasium) -> None:
    school.session.get_one(Programme, school.programme_id).closed_at = NOW
    school.session.flush()
    with pytest.raises(InvitationUnknown):
        school.comes(Role.MENTOR, "1001")


def test_a_chat_of_one_organisation_is_not_taken_into_another(school: Gymnasium, session: Session) -> None:
    other = open_gymnasium(session, "Лицей «Парус»", "gromova")
    token = invitation_links(session, other.programme_id).mentor
    school.enter()
    school.comes(Role.MENTOR, "1001")
    with pytest.raises(OtherOrganisation) as refused:
        school.opens(token, "1001")
    assert refused.value.organisation == "Гимназия «Маяк»"


def test_both_parents_open_the_one_link_of_their_child(school: Gymnasium) -> None:
    mila = school.comes(Role.MENTEE, "1004")
    by = Actor.person(mila.person_id)
    link = guardian_link(school.session, mila.person_id, by=by, now=NOW)
    assert guardian_link(school.session, mila.person_id, by=school.curator, now=NOW) == link
    mother, father = school.opens(link.token, "1007"), school.opens(link.token, "1010")
    assert mother.person_id != father.person_id
    assert (mother.minor_id, mother.minor_name, mother.role) == (mila.person_id, None, None)
    assert school.opens(link.token, "1007").already
    pairs = school.session.scalars(select(Guardianship.guardian_id).where(Guardianship.minor_id == mila.person_id))
    assert set(pairs) == {mother.person_id, father.person_id}
    assert school.person(mother.person_id).kind is PersonKind.PARENT


def test_a_parent_is_told_the_childs_name_only_if_the_school_knows_it(school: Gymnasium) -> None:
    mila = school.comes(Role.MENTEE, "1004")
    school.person(mila.person_id).first_name = "Мила"
    assert school.parent_of(mila.person_id, "1007").minor_name == "Мила"


def test_a_child_cannot_be_their_own_parent(school: Gymnasium) -> None:
    mila = school.comes(Role.MENTEE, "1004")
    with pytest.raises(GuardianCannotJoin):
        school.parent_of(mila.person_id, "1004")


def test_a_friend_under_age_cannot_be_the_parent(school: Gymnasium) -> None:
    mila, timur = school.comes(Role.MENTEE, "1004"), school.comes(Role.MENTEE, "1005")
    school.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    with pytest.raises(GuardianCannotJoin):
        school.parent_of(mila.person_id, "1005")


def test_a_teacher_who_is_a_mentor_may_be_the_parent(school: Gymnasium) -> None:
    anna, mila = school.adult(Role.MENTOR, "1001"), school.comes(Role.MENTEE, "1004")
    assert school.parent_of(mila.person_id, "1001").person_id == anna.person_id


def test_a_strangers_child_has_no_link_for_a_stranger(school: Gymnasium) -> None:
    mila, anna = school.comes(Role.MENTEE, "1004"), school.comes(Role.MENTOR, "1001")
    with pytest.raises(NotAllowed):
        guardian_link(school.session, mila.person_id, by=Actor.person(anna.person_id), now=NOW)


def test_a_parents_link_in_wrong_hands_is_renewed(school: Gymnasium) -> None:
    mila = school.comes(Role.MENTEE, "1004")
    old = guardian_link(school.session, mila.person_id, by=school.curator, now=NOW)
    fresh = renew_guardian_link(school.session, mila.person_id, by=school.curator, now=NOW)
    assert fresh.token != old.token
    with pytest.raises(InvitationUnknown):
        school.opens(old.token, "1007")
    assert school.opens(fresh.token, "1007").minor_id == mila.person_id


def named(school: Gymnasium) -> str:
    return invite_person(
        school.session,
        role=Role.MENTOR,
        last_name="Ветров",
        first_name="Игорь",
        patronymic="Павлович",
        place="инженер",
        by=school.curator,
        now=NOW,
    ).token


def test_a_named_link_serves_one_chat(school: Gymnasium) -> None:
    token = named(school)
    igor = school.opens(token, "1003", username="vetrov")
    assert school.person(igor.person_id).name.full == "Ветров Игорь Павлович"
    assert "vetrov" in school.person(igor.person_id).search_text
    assert (igor.already, school.opens(token, "1003").already) == (False, True)
    with pytest.raises(InvitationUnknown):
        school.opens(token, "1002")


def test_a_named_link_does_not_mix_two_people_of_one_chat(school: Gymnasium) -> None:
    school.comes(Role.MENTOR, "1002")
    with pytest.raises(InvitationUnknown):
        school.opens(named(school), "1002")


def test_the_link_of_somebody_invited_is_shown_again_until_it_is_used(school: Gymnasium) -> None:
    token = named(school)
    person_id = school.session.scalars(select(Person.id)).one()
    link = link_of_person(school.session, person_id)
    assert link is not None
    assert link.token == token
    school.opens(token, "1003")
    assert link_of_person(school.session, person_id) is None


def test_an_invitation_by_name_needs_a_name_and_a_curator(school: Gymnasium) -> None:
    with pytest.raises(TextEmpty):
        invite_person(school.session, role=Role.MENTOR, last_name=" ", first_name="И", by=school.curator, now=NOW)
    with pytest.raises(NotAllowed):
        invite_person(school.session, role=Role.MENTOR, last_name="А", first_name="Б", by=school.head, now=NOW)


def test_a_curator_links_their_own_chat_once(school: Gymnasium) -> None:
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    came = school.opens(link.token, "1008")
    person = school.person(came.person_id)
    assert (person.kind, person.name.full) == (PersonKind.CURATOR, "Зимина Ольга Викторовна")
    card = account_by_id(school.session, school.curator_id)
    assert card is not None
    assert card.telegram_linked
    visitor = visitor_of(school.session, "telegram", "1008")
    assert visitor is not None
    assert visitor.kind is VisitorKind.CURATOR
    with pytest.raises(InvitationUnknown):
        school.opens(link.token, "1009")


def test_a_newer_curators_link_replaces_the_unused_one(school: Gymnasium) -> None:
    old = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    with pytest.raises(InvitationUnknown):
        school.opens(old.token, "1008")


def test_a_disabled_account_links_no_chat(school: Gymnasium) -> None:
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    disable_account(school.session, school.curator_id, by=CONSOLE, now=NOW)
    with pytest.raises(InvitationUnknown):
        school.opens(link.token, "1008")


def test_opening_works_in_a_session_that_knows_no_organisation_and_leaves_it_so(
    school: Gymnasium, session: Session
) -> None:
    token = invitation_links(session, school.programme_id).mentor
    session.info.clear()
    open_invitation(session, token, channel="telegram", external_id="1001", now=NOW)
    assert session.info == {}
    owners = [session.scalars(select(one.organisation_id)).one() for one in (Person, ChannelAccount, Enrolment)]
    assert set(owners) == {school.organisation_id}


def test_two_heads_of_one_programme_are_not_mixed_up(school: Gymnasium) -> None:
    with pytest.raises(NotFound):
        invitation_links(school.session, school.programme_id + 100)


def test_every_link_leaves_a_trace(school: Gymnasium) -> None:
    named(school)
    made = school.session.scalar(select(func.count()).select_from(Invitation))
    assert school.acts("invitation").count("invitation.made") == made
    assert school.session.get_one(CuratorAccount, school.curator_id).person_id is None
