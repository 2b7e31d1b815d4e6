"""From a link to the curator's approval, at every age."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap, ConsentKind, Decision
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause, Step
from mentoring.rules.errors import ConsentsMissing, NotAllowed, OutOfDate, TextEmpty, TextTooLong
from mentoring.rules.people import Actor, AgeGroup, Door, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.agenda import AgendaKind, agenda
from mentoring.use_cases.enrolment import (
    approve_enrolment,
    choose_age_group,
    decline_enrolment,
    leave_programme,
    reopen_enrolment,
    return_enrolment,
)
from mentoring.use_cases.questionnaires import start_response
from mentoring.use_cases.responses import submit_response
from storage.models.questionnaire import Response
from tests.use_cases.gymnasium import ANNA, MILA, NOW, TIMUR, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def test_an_adult_consents_alone_answers_and_is_approved(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    assert school.enrolment(anna).status is EnrolmentStatus.SUBMITTED
    moved = approve_enrolment(school.session, school.enrolment(anna).id, by=school.curator, now=NOW)
    assert (moved.status, moved.changed, moved.person_name) == (
        EnrolmentStatus.APPROVED,
        True,
        "Лебедева Анна Сергеевна",
    )
    assert [one.person_id for one in school.notices(NoticeKind.PERSON_APPROVED)] == [anna.person_id]
    assert school.acts("enrolment") == ["enrolment.joining", "enrolment.submitted", "enrolment.approved"]


def test_a_double_tap_on_approve_tells_the_person_once(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    approve_enrolment(school.session, anna.enrolment_id or 0, by=school.curator, now=NOW)
    again = approve_enrolment(school.session, anna.enrolment_id or 0, by=school.curator, now=NOW + timedelta(seconds=1))
    assert again.changed is False
    assert len(school.notices(NoticeKind.PERSON_APPROVED)) == 1


def test_no_question_is_asked_before_the_consent(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    school.says_age(came.person_id, AgeGroup.ADULT)
    with pytest.raises(ConsentsMissing):
        school.fills_in(came, ANNA)


def test_at_sixteen_the_questionnaire_opens_only_when_both_have_agreed(school: Gymnasium) -> None:
    timur = school.comes(Role.MENTEE, "1005")
    school.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    kinds = [item.kind for item in agenda(school.session, timur.person_id, now=NOW).items if item.urgent]
    assert kinds == [AgendaKind.OWN_CONSENT, AgendaKind.GUARDIAN_LINK]  # neither waits for the other
    assert school.decides(ConsentKind.MINOR, timur.person_id).step is Step.GUARDIAN_CONSENT
    with pytest.raises(ConsentsMissing) as refused:
        school.fills_in(timur, TIMUR)
    assert [gap.giver for gap in refused.value.missing] == ["guardian"]
    mother = school.parent_of(timur.person_id, "1009")
    done = school.decides(ConsentKind.GUARDIAN, timur.person_id, giver=mother.person_id)
    assert done.step is Step.QUESTIONNAIRE
    school.fills_in(timur, TIMUR)
    assert approve_enrolment(school.session, timur.enrolment_id or 0, by=school.curator, now=NOW).changed


def test_the_parent_of_a_sixteen_year_old_may_agree_first(school: Gymnasium) -> None:
    timur = school.comes(Role.MENTEE, "1005")
    school.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    mother = school.parent_of(timur.person_id, "1009")
    done = school.decides(ConsentKind.GUARDIAN, timur.person_id, giver=mother.person_id)
    assert done.step is Step.OWN_CONSENT
    assert school.decides(ConsentKind.MINOR, timur.person_id).step is Step.QUESTIONNAIRE


def test_a_child_under_fourteen_is_not_asked_for_a_consent_of_their_own(school: Gymnasium) -> None:
    mila = school.comes(Role.MENTEE, "1004")
    school.says_age(mila.person_id, AgeGroup.UNDER_14)
    items = agenda(school.session, mila.person_id, now=NOW).items
    assert [item.kind for item in items if item.urgent] == [AgendaKind.GUARDIAN_LINK]
    with pytest.raises(NotAllowed):
        school.decides(ConsentKind.MINOR, mila.person_id)


def test_a_birth_date_that_contradicts_the_button_brings_the_missing_consents_back(school: Gymnasium) -> None:
    timur = school.adult(Role.MENTEE, "1005")  # pressed «18 и старше»
    school.fills_in(timur, TIMUR)
    person = school.person(timur.person_id)
    assert person.age_group is AgeGroup.FROM_14_TO_17
    assert person.missing_consents is ConsentGap.BOTH
    with pytest.raises(ConsentsMissing) as refused:
        approve_enrolment(school.session, timur.enrolment_id or 0, by=school.curator, now=NOW)
    assert [(gap.person_name, gap.giver) for gap in refused.value.missing] == [
        ("Асланов Тимур", "self"),
        ("Асланов Тимур", "guardian"),
    ]
    urgent = [item.kind for item in agenda(school.session, timur.person_id, now=NOW).items if item.urgent]
    assert urgent == [AgendaKind.OWN_CONSENT, AgendaKind.GUARDIAN_LINK]
    mother = school.parent_of(timur.person_id, "1009")
    school.decides(ConsentKind.MINOR, timur.person_id)
    school.decides(ConsentKind.GUARDIAN, timur.person_id, giver=mother.person_id)
    assert approve_enrolment(school.session, timur.enrolment_id or 0, by=school.curator, now=NOW).changed


def test_guardians_who_are_known_are_asked_when_a_birth_date_makes_them_needed(school: Gymnasium) -> None:
    timur = school.comes(Role.MENTEE, "1005")
    school.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    mother = school.parent_of(timur.person_id, "1009")
    school.says_age(timur.person_id, AgeGroup.ADULT)  # changed his mind about the button
    school.decides(ConsentKind.ADULT, timur.person_id)
    school.fills_in(timur, TIMUR)
    asked = school.notices(NoticeKind.GUARDIAN_CONSENT_ASKED)
    assert {(one.person_id, one.payload["minor_id"]) for one in asked} == {(mother.person_id, timur.person_id)}


def test_the_age_may_be_chosen_anew_only_until_the_birth_date_is_known(school: Gymnasium) -> None:
    anna = school.comes(Role.MENTOR, "1001")
    school.says_age(anna.person_id, AgeGroup.UNDER_14)
    school.says_age(anna.person_id, AgeGroup.ADULT)
    school.decides(ConsentKind.ADULT, anna.person_id)
    school.fills_in(anna, ANNA)
    with pytest.raises(OutOfDate):
        school.says_age(anna.person_id, AgeGroup.UNDER_14)
    school.says_age(anna.person_id, AgeGroup.ADULT)  # the old button of the right group is harmless


def test_nobody_chooses_the_age_of_another(school: Gymnasium) -> None:
    anna, mila = school.comes(Role.MENTOR, "1001"), school.comes(Role.MENTEE, "1004")
    with pytest.raises(NotAllowed):
        choose_age_group(school.session, mila.person_id, AgeGroup.ADULT, by=Actor.person(anna.person_id), now=NOW)


def test_a_returned_questionnaire_is_corrected_and_sent_again(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    response_id = school.fills_in(anna, ANNA)
    return_enrolment(school.session, anna.enrolment_id or 0, " Укажите предмет ", by=school.curator, now=NOW)
    enrolment = school.enrolment(anna)
    assert (enrolment.status, enrolment.remark) == (EnrolmentStatus.RETURNED, "Укажите предмет")
    assert school.session.get_one(Response, response_id).state is ResponseState.RETURNED
    item = agenda(school.session, anna.person_id, now=NOW).items[0]
    assert (item.kind, item.data["remark"]) == (AgendaKind.CORRECT, "Укажите предмет")
    submit_response(school.session, response_id, by=Actor.person(anna.person_id), now=NOW)
    assert school.enrolment(anna).status is EnrolmentStatus.SUBMITTED
    return_enrolment(school.session, anna.enrolment_id or 0, "И класс", by=school.curator, now=NOW + timedelta(hours=1))
    assert len(school.notices(NoticeKind.PERSON_QUESTIONNAIRE_RETURNED)) == 2


def test_returning_needs_a_remark_of_a_sensible_length(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    with pytest.raises(TextEmpty):
        return_enrolment(school.session, anna.enrolment_id or 0, "  ", by=school.curator, now=NOW)
    with pytest.raises(TextTooLong):
        return_enrolment(school.session, anna.enrolment_id or 0, "а" * 1001, by=school.curator, now=NOW)


@pytest.mark.parametrize("act", [approve_enrolment, decline_enrolment, reopen_enrolment])
def test_a_head_reads_and_does_not_decide(school: Gymnasium, act: object) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    with pytest.raises(NotAllowed):
        act(school.session, anna.enrolment_id, by=school.head, now=NOW)  # type: ignore[operator]


@pytest.mark.parametrize("by", [Actor.system(), Actor(Door.CHAT)])
def test_nobody_in_particular_approves(school: Gymnasium, by: Actor) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    with pytest.raises(NotAllowed):
        approve_enrolment(school.session, anna.enrolment_id or 0, by=by, now=NOW)


def test_a_participant_does_not_approve_themselves(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    with pytest.raises(NotAllowed):
        approve_enrolment(school.session, anna.enrolment_id or 0, by=Actor.person(anna.person_id), now=NOW)


def test_what_was_not_sent_cannot_be_approved(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    with pytest.raises(OutOfDate) as refused:
        approve_enrolment(school.session, anna.enrolment_id or 0, by=school.curator, now=NOW)
    assert refused.value.state == EnrolmentStatus.JOINING


def test_a_declination_is_told_kindly_and_can_be_taken_back(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    decline_enrolment(school.session, anna.enrolment_id or 0, reason="Мест больше нет", by=school.curator, now=NOW)
    assert len(school.notices(NoticeKind.PERSON_DECLINED)) == 1
    stopped = agenda(school.session, anna.person_id, now=NOW).items[0]
    assert (stopped.kind, stopped.data["because"]) == (AgendaKind.STOPPED, "declined")
    reopened = reopen_enrolment(school.session, anna.enrolment_id or 0, by=school.curator, now=NOW)
    assert reopened.status is EnrolmentStatus.SUBMITTED  # the questionnaire had been sent before


def test_somebody_who_left_comes_back_by_the_same_link(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    leave_programme(school.session, anna.enrolment_id or 0, by=Actor.person(anna.person_id), now=NOW)
    enrolment = school.enrolment(anna)
    assert (enrolment.status, enrolment.left_because) == (EnrolmentStatus.LEFT, LeftBecause.OWN_WISH)
    again = school.comes(Role.MENTOR, "1001")
    assert (again.person_id, again.enrolment_id, again.already) == (anna.person_id, anna.enrolment_id, False)
    assert school.enrolment(anna).status is EnrolmentStatus.JOINING


def test_somebody_whom_the_curator_declined_does_not_come_back_by_the_link(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    decline_enrolment(school.session, anna.enrolment_id or 0, by=school.curator, now=NOW)
    assert school.comes(Role.MENTOR, "1001").already
    assert school.enrolment(anna).status is EnrolmentStatus.DECLINED


def test_a_correction_after_the_approval_keeps_the_approval(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    response_id = school.fills_in(anna, ANNA)
    approve_enrolment(school.session, anna.enrolment_id or 0, by=school.curator, now=NOW)
    by = Actor.person(anna.person_id)
    school.session.get_one(Response, response_id).state = ResponseState.RETURNED
    start_response(
        school.session, "mentor_entry", person_id=anna.person_id, enrolment_id=anna.enrolment_id, by=by, now=NOW
    )
    submit_response(school.session, response_id, by=by, now=NOW)
    assert school.enrolment(anna).status is EnrolmentStatus.APPROVED
    assert "enrolment.answers_changed" in school.acts("enrolment")


def test_an_approval_looks_at_the_age_of_the_day(school: Gymnasium) -> None:
    """Sent at seventeen, looked at on the eighteenth birthday: the adult's own consent is needed now."""
    timur = school.comes(Role.MENTEE, "1005")
    school.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    mother = school.parent_of(timur.person_id, "1009")
    school.decides(ConsentKind.MINOR, timur.person_id)
    school.decides(ConsentKind.GUARDIAN, timur.person_id, giver=mother.person_id)
    school.fills_in(timur, TIMUR | {"birth_date": "24.11.2008"})
    birthday = NOW + timedelta(days=1)
    with pytest.raises(ConsentsMissing) as refused:
        approve_enrolment(school.session, timur.enrolment_id or 0, by=school.curator, now=birthday)
    assert [gap.kind for gap in refused.value.missing] == [ConsentKind.ADULT]
    assert school.person(timur.person_id).birth_date == date(2008, 11, 24)


def test_a_refusal_by_oneself_stops_kindly_and_may_be_thought_over(school: Gymnasium) -> None:
    anna = school.comes(Role.MENTOR, "1001")
    school.says_age(anna.person_id, AgeGroup.ADULT)
    school.decides(ConsentKind.ADULT, anna.person_id, decision=Decision.REFUSED)
    enrolment = school.enrolment(anna)
    assert (enrolment.status, enrolment.left_because) == (EnrolmentStatus.LEFT, LeftBecause.REFUSED)
    items = {item.kind: item for item in agenda(school.session, anna.person_id, now=NOW).items}
    assert items[AgendaKind.STOPPED].data["because"] == "refused"
    assert items[AgendaKind.OWN_CONSENT].data["reconsider"]
    assert not items[AgendaKind.OWN_CONSENT].urgent
    later = school.decides(ConsentKind.ADULT, anna.person_id, now=NOW + timedelta(days=1))
    assert later.step is Step.QUESTIONNAIRE
    assert school.enrolment(anna).status is EnrolmentStatus.JOINING


def test_a_parent_knows_nothing_of_the_childs_answers(school: Gymnasium) -> None:
    mila, parent = school.child("1004", "1007")
    school.fills_in(mila, MILA)
    kinds = {item.kind for item in agenda(school.session, parent.person_id, now=NOW).items}
    assert AgendaKind.CHILD in kinds
    assert AgendaKind.MY_RESPONSES not in kinds
