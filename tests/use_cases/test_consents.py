"""Consents: what is recorded, who may speak, what a «no» and a withdrawal stop."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from mentoring.rules.consents import ConsentGap, ConsentKind, Decision
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause, Step
from mentoring.rules.errors import ConsentTextChanged, NotAllowed, NotFound, OutOfDate, TimeInFuture, ValueWrong
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.agenda import AgendaKind, agenda
from mentoring.use_cases.consents import (
    StatementField,
    accept_paper_consent,
    consent_document,
    consent_sheet,
    give_consent,
    guardian_statement,
    missing_for,
    my_consents,
    publish_consent_text,
    state_guardian,
    withdraw_consent,
)
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.invitations import InvitationOpened, curator_link
from mentoring.use_cases.organisations import update_organisation
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from storage.append_only import EvidenceTouched
from storage.models.account import AuditEntry
from storage.models.consent import Consent, ConsentText, ConsentWithdrawal, ErasureRequest
from storage.models.pair import Pair
from tests.use_cases.gymnasium import ANNA, MILA, NOW, Gymnasium, open_gymnasium

VERA = "Крылова Вера Андреевна"


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


@pytest.fixture
def mila(school: Gymnasium) -> InvitationOpened:
    came = school.comes(Role.MENTEE, "1004")
    school.says_age(came.person_id, AgeGroup.UNDER_14)
    return came


def consents(school: Gymnasium) -> list[Consent]:
    return list(school.session.scalars(select(Consent).order_by(Consent.id)))


def test_a_decision_keeps_the_text_its_version_the_time_the_giver_the_door_and_the_evidence(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    (row,) = consents(school)
    text = school.session.get_one(ConsentText, row.text_id)
    assert (row.person_id, row.given_by_id) == (anna.person_id, anna.person_id)
    assert (row.decision, row.door, row.decided_at) == (Decision.GIVEN, Door.CHAT, NOW)
    assert row.evidence == {"chat_id": anna.person_id, "message_id": 77, "version": 1, "digest": text.digest}
    assert text.digest == hashlib.sha256(f"{text.title}\n\n{text.summary}\n\n{text.body}".encode()).hexdigest()


def test_the_text_names_the_operator_and_holds_no_unfilled_place(school: Gymnasium) -> None:
    for text in school.session.scalars(select(ConsentText)):
        assert "МБОУ Гимназия «Маяк» города Приозёрный" in text.body
        assert "ул. Школьная, 1" in text.body
        assert "{" not in text.title + text.summary + text.body
        assert len(text.summary) <= 1000


def test_the_sheet_tells_a_parent_the_school_and_the_curator_before_anything(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    sheet = consent_sheet(school.session, mila.person_id, ConsentKind.GUARDIAN)
    assert (sheet.whose_name, sheet.decided) == ("", None)
    assert sheet.curator_name == "Ольга Викторовна Зимина"
    assert sheet.organisation_name.startswith("МБОУ")
    document = consent_document(school.session, sheet.text_id)
    assert (document.body, document.digest) == (sheet.body, sheet.digest)


def test_the_same_tap_again_records_nothing_more(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    again = school.decides(ConsentKind.ADULT, anna.person_id, now=NOW + timedelta(minutes=5))
    assert (again.recorded, again.decided_at) == (False, NOW)
    assert len(consents(school)) == 1


def test_a_stale_button_does_not_turn_a_consent_into_a_refusal(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    with pytest.raises(OutOfDate):
        school.decides(ConsentKind.ADULT, anna.person_id, decision=Decision.REFUSED)
    assert len(consents(school)) == 1


def test_a_newer_text_must_be_read_before_it_is_agreed_to(school: Gymnasium) -> None:
    anna = school.comes(Role.MENTOR, "1001")
    school.says_age(anna.person_id, AgeGroup.ADULT)
    old = consent_sheet(school.session, anna.person_id, ConsentKind.ADULT)
    update_organisation(school.session, address="г. Приозёрный, ул. Новая, 5", by=school.curator, now=NOW)
    act = {"whose": anna.person_id, "given_by": anna.person_id, "decision": Decision.GIVEN, "evidence": {}}
    with pytest.raises(ConsentTextChanged):
        give_consent(school.session, old.text_id, **act, by=Actor.person(anna.person_id), now=NOW)  # type: ignore[arg-type]
    assert school.decides(ConsentKind.ADULT, anna.person_id).version == 2


def test_publishing_the_same_text_changes_nothing_and_a_new_one_keeps_the_old(school: Gymnasium) -> None:
    source = next(one for one in consent_sources() if one.kind == ConsentKind.ADULT)
    same = publish_consent_text(school.session, source, by=school.curator, now=NOW)
    assert (same.changed, same.version) == (False, 1)
    changed = publish_consent_text(
        school.session, replace(source, body=source.body + "\n9. Ещё\n"), by=school.curator, now=NOW
    )
    assert (changed.changed, changed.version) == (True, 2)
    assert "9. Ещё" not in consent_document(school.session, same.text_id).body


def test_a_new_text_takes_no_consent_back(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    update_organisation(school.session, address="г. Приозёрный, ул. Новая, 5", by=school.curator, now=NOW)

    assert consent_sheet(school.session, anna.person_id, ConsentKind.ADULT).version == 2
    assert missing_for(school.session, [anna.person_id]) == ()


def test_the_text_for_adults_speaks_to_a_partner_who_has_no_pair(school: Gymnasium) -> None:
    sheet = consent_sheet(school.session, school.comes(Role.MENTOR, "1001").person_id, ConsentKind.ADULT)

    assert "представитель организации-партнёра" in sheet.body
    assert "подобрать вам пару" not in sheet.summary
    assert "Если у меня есть пара" in sheet.body


def test_nobody_decides_for_another_adult(school: Gymnasium) -> None:
    anna, oleg = school.comes(Role.MENTOR, "1001"), school.comes(Role.MENTOR, "1002")
    school.says_age(anna.person_id, AgeGroup.ADULT)
    with pytest.raises(NotAllowed):
        school.decides(ConsentKind.ADULT, anna.person_id, giver=oleg.person_id)


def test_only_somebody_who_opened_the_childs_link_decides_for_the_child(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    stranger = school.adult(Role.MENTOR, "1001")
    with pytest.raises(NotAllowed):
        school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=stranger.person_id)
    with pytest.raises(NotAllowed):
        school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=mila.person_id)


def test_a_hand_that_is_not_the_givers_is_refused(school: Gymnasium, mila: InvitationOpened) -> None:
    parent = school.parent_of(mila.person_id, "1007")
    sheet = consent_sheet(school.session, mila.person_id, ConsentKind.GUARDIAN)
    with pytest.raises(NotAllowed):
        give_consent(
            school.session,
            sheet.text_id,
            whose=mila.person_id,
            given_by=parent.person_id,
            decision=Decision.GIVEN,
            evidence={},
            by=Actor.person(mila.person_id),
            now=NOW,
        )


def test_a_parents_yes_is_told_to_the_child_and_opens_the_questionnaire(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    parent = school.parent_of(mila.person_id, "1007")
    done = school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=parent.person_id)
    assert done.step is Step.QUESTIONNAIRE
    (notice,) = school.notices(NoticeKind.MINOR_GUARDIAN_CONSENTED)
    assert (notice.person_id, notice.payload["guardian_id"]) == (mila.person_id, parent.person_id)
    assert school.person(mila.person_id).missing_consents is ConsentGap.NONE


def test_a_parents_no_stops_the_child_kindly_and_tells_the_child_and_the_curator(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    zimina = school.opens(link.token, "1008")
    parent = school.parent_of(mila.person_id, "1007")
    school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=parent.person_id, decision=Decision.REFUSED)
    enrolment = school.enrolment(mila)
    assert (enrolment.status, enrolment.left_because) == (EnrolmentStatus.LEFT, LeftBecause.REFUSED)
    assert [one.person_id for one in school.notices(NoticeKind.MINOR_GUARDIAN_REFUSED)] == [mila.person_id]
    (told,) = school.notices(NoticeKind.CURATOR_CONSENT_REFUSED)
    assert (told.person_id, told.payload["whose"]) == (zimina.person_id, mila.person_id)
    items = {item.kind: item for item in agenda(school.session, parent.person_id, now=NOW).items}
    assert items[AgendaKind.CHILD].data["decision"] == "refused"
    assert AgendaKind.CHILD_CONSENT not in items  # nobody presses a parent who has said no


def test_a_parent_may_think_again_and_the_way_opens(school: Gymnasium, mila: InvitationOpened) -> None:
    parent = school.parent_of(mila.person_id, "1007")
    school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=parent.person_id, decision=Decision.REFUSED)
    later = school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=parent.person_id, now=NOW + timedelta(days=2))
    assert (later.recorded, later.step) == (True, Step.QUESTIONNAIRE)
    enrolment = school.enrolment(mila)
    assert (enrolment.status, enrolment.left_because) == (EnrolmentStatus.JOINING, None)
    assert [row.decision for row in consents(school)] == [Decision.REFUSED, Decision.GIVEN]


@pytest.mark.parametrize("first", list(Decision))
def test_of_two_parents_the_first_decision_counts_and_the_other_is_shown_it(
    school: Gymnasium, mila: InvitationOpened, first: Decision
) -> None:
    mother, father = school.parent_of(mila.person_id, "1007"), school.parent_of(mila.person_id, "1010")
    school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=mother.person_id, decision=first)
    second = Decision.REFUSED if first is Decision.GIVEN else Decision.GIVEN
    answer = school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=father.person_id, decision=second)
    assert (answer.recorded, answer.decision, answer.given_by_id) == (False, first, mother.person_id)
    assert len(consents(school)) == 1
    shown = consent_sheet(school.session, mila.person_id, ConsentKind.GUARDIAN).decided
    assert shown is not None
    assert shown.by_person_id == mother.person_id


def test_a_no_of_the_pupil_is_not_undone_by_the_parents_yes(school: Gymnasium) -> None:
    timur = school.comes(Role.MENTEE, "1005")
    school.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    mother = school.parent_of(timur.person_id, "1009")
    school.decides(ConsentKind.MINOR, timur.person_id, decision=Decision.REFUSED)
    school.decides(ConsentKind.GUARDIAN, timur.person_id, giver=mother.person_id)
    assert school.enrolment(timur).status is EnrolmentStatus.LEFT
    school.decides(ConsentKind.MINOR, timur.person_id)
    assert school.enrolment(timur).status is EnrolmentStatus.JOINING


def test_the_guardian_introduces_the_child_themselves_and_the_relation_one_by_one(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    parent = school.parent_of(mila.person_id, "1007")
    done = school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=parent.person_id)
    assert done.statement is not None
    assert done.statement.asked is StatementField.MINOR_NAME
    by = Actor.person(parent.person_id)
    state = (school.session, parent.person_id, mila.person_id)
    assert state_guardian(*state, StatementField.MINOR_NAME, "мила крылова", by=by, now=NOW).asked == "own_name"
    with pytest.raises(ValueWrong):
        state_guardian(*state, StatementField.OWN_NAME, "мама", by=by, now=NOW)
    assert state_guardian(*state, StatementField.OWN_NAME, VERA, by=by, now=NOW).asked == "relation"
    items = [item.kind for item in agenda(school.session, parent.person_id, now=NOW).items]
    assert items[0] is AgendaKind.GUARDIAN_STATEMENT
    said = state_guardian(*state, StatementField.RELATION, "мама", by=by, now=NOW)
    assert (said.minor_name, said.own_name, said.relation, said.asked) == ("Крылова Мила", VERA, "мама", None)
    assert guardian_statement(*state) == said
    assert school.person(mila.person_id).search_text.startswith("крылова мила")
    assert AgendaKind.GUARDIAN_STATEMENT not in [
        item.kind for item in agenda(school.session, parent.person_id, now=NOW).items
    ]


def test_a_late_second_message_does_not_overwrite_what_was_stated(school: Gymnasium, mila: InvitationOpened) -> None:
    parent = school.parent_of(mila.person_id, "1007")
    by, state = Actor.person(parent.person_id), (school.session, parent.person_id, mila.person_id)
    state_guardian(*state, StatementField.MINOR_NAME, "Крылова Мила", by=by, now=NOW)
    state_guardian(*state, StatementField.MINOR_NAME, "Совсем Другая", by=by, now=NOW)
    assert school.person(mila.person_id).name.full == "Крылова Мила"


def test_a_name_the_school_entered_is_not_asked_again(school: Gymnasium, mila: InvitationOpened) -> None:
    person = school.person(mila.person_id)
    person.last_name, person.first_name = "Крылова", "Мила"
    parent = school.parent_of(mila.person_id, "1007")
    assert parent.minor_name == "Мила"
    done = school.decides(ConsentKind.GUARDIAN, mila.person_id, giver=parent.person_id)
    assert done.statement is not None
    assert done.statement.asked is StatementField.OWN_NAME


def paired(school: Gymnasium) -> tuple[InvitationOpened, InvitationOpened, InvitationOpened, int]:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    child, parent = school.child("1004", "1007")
    school.fills_in(child, MILA)
    for came in (anna, child):
        approve_enrolment(school.session, came.enrolment_id or 0, by=school.curator, now=NOW)
    pair_id = propose_pair(
        school.session, anna.enrolment_id or 0, child.enrolment_id or 0, by=school.curator, now=NOW
    ).pair_id
    for came in (anna, child):
        by = Actor.person(came.person_id)
        answer_proposal(school.session, pair_id, came.person_id, True, by=by, now=NOW)
    confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    return anna, child, parent, pair_id


def test_a_withdrawal_stops_everything_at_once_and_opens_a_task_for_thirty_days(school: Gymnasium) -> None:
    anna, child, parent, pair_id = paired(school)
    (given,) = [row for row in consents(school) if row.kind is ConsentKind.GUARDIAN]
    by = Actor.person(parent.person_id)
    done = withdraw_consent(school.session, given.id, by=by, now=NOW)
    assert (done.pairs_ended, done.erase_by) == (1, NOW + timedelta(days=30))
    assert school.session.get_one(Pair, pair_id).state is PairState.ENDED
    enrolment = school.enrolment(child)
    assert (enrolment.status, enrolment.left_because) == (EnrolmentStatus.LEFT, LeftBecause.WITHDRAWN)
    request = school.session.scalars(select(ErasureRequest)).one()
    assert (request.person_id, request.due_at) == (child.person_id, NOW + timedelta(days=30))
    assert [one.person_id for one in school.notices(NoticeKind.MINOR_GUARDIAN_REFUSED)] == [child.person_id]
    assert anna.person_id in [one.person_id for one in school.notices(NoticeKind.PERSON_PAIR_ENDED)]
    again = withdraw_consent(school.session, given.id, by=by, now=NOW + timedelta(hours=1))
    assert again.withdrawn_at == NOW
    assert len(list(school.session.scalars(select(ConsentWithdrawal)))) == 1


def test_a_new_consent_after_a_withdrawal_returns_to_the_curators_desk_and_cancels_the_erasure(
    school: Gymnasium,
) -> None:
    _, child, parent, _ = paired(school)
    (given,) = [row for row in consents(school) if row.kind is ConsentKind.GUARDIAN]
    withdraw_consent(school.session, given.id, by=Actor.person(parent.person_id), now=NOW)
    school.decides(ConsentKind.GUARDIAN, child.person_id, giver=parent.person_id, now=NOW + timedelta(days=3))
    assert school.enrolment(child).status is EnrolmentStatus.SUBMITTED  # not approved by itself
    request = school.session.scalars(select(ErasureRequest)).one()
    assert request.cancelled_at == NOW + timedelta(days=3)


def test_who_may_withdraw(school: Gymnasium) -> None:
    anna, child, _, _ = paired(school)
    guardians = next(row for row in consents(school) if row.kind is ConsentKind.GUARDIAN)
    own = next(row for row in consents(school) if row.kind is ConsentKind.ADULT)
    with pytest.raises(NotAllowed):
        withdraw_consent(school.session, own.id, by=Actor.person(child.person_id), now=NOW)
    with pytest.raises(NotAllowed):  # a child's demand about a parent's word goes through the parent or the curator
        withdraw_consent(school.session, guardians.id, by=Actor.person(child.person_id), now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_consent(school.session, own.id, by=school.head, now=NOW)
    assert withdraw_consent(school.session, own.id, by=school.curator, now=NOW).whose_id == anna.person_id
    father = school.parent_of(child.person_id, "1010")
    assert withdraw_consent(school.session, guardians.id, by=Actor.person(father.person_id), now=NOW)


def test_a_refusal_cannot_be_withdrawn(school: Gymnasium) -> None:
    anna = school.comes(Role.MENTOR, "1001")
    school.says_age(anna.person_id, AgeGroup.ADULT)
    refused = school.decides(ConsentKind.ADULT, anna.person_id, decision=Decision.REFUSED)
    with pytest.raises(OutOfDate):
        withdraw_consent(school.session, refused.consent_id, by=Actor.person(anna.person_id), now=NOW)


def test_a_paper_is_accepted_by_a_curator_and_makes_the_guardian_a_person(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    paper = {"given_by_name": VERA, "relation": "мать", "signed_on": date(2026, 11, 20), "note": "папка 3"}
    done = accept_paper_consent(
        school.session,
        mila.person_id,
        ConsentKind.GUARDIAN,
        **paper,  # type: ignore[arg-type]
        by=school.curator,
        now=NOW,
    )
    (row,) = consents(school)
    assert (row.door, row.accepted_by_account_id) == (Door.PAPER, school.curator_id)
    assert (row.evidence["signed_on"], row.evidence["note"]) == ("2026-11-20", "папка 3")
    guardian = school.person(done.given_by_id)
    assert (guardian.name.full, guardian.kind) == (VERA, PersonKind.PARENT)
    assert done.step is Step.QUESTIONNAIRE
    assert guardian_statement(school.session, guardian.id, mila.person_id).asked is StatementField.MINOR_NAME
    accept_paper_consent(
        school.session,
        mila.person_id,
        ConsentKind.GUARDIAN,
        given_by_name=VERA.upper(),
        signed_on=date(2026, 11, 21),
        by=school.curator,
        now=NOW,
    )
    assert {one.given_by_id for one in consents(school)} == {guardian.id}  # not a second mother


def test_a_paper_needs_a_curator_a_past_date_and_a_whole_name(school: Gymnasium, mila: InvitationOpened) -> None:
    def accept(by: Actor, name: str = VERA, day: date = date(2026, 11, 20)) -> None:
        accept_paper_consent(
            school.session,
            mila.person_id,
            ConsentKind.GUARDIAN,
            given_by_name=name,
            signed_on=day,
            by=by,
            now=NOW,
        )

    with pytest.raises(NotAllowed):
        accept(school.head)
    with pytest.raises(TimeInFuture):
        accept(school.curator, day=date(2026, 11, 25))
    with pytest.raises(ValueWrong):
        accept(school.curator, name="Вера")


def test_my_consents_show_what_is_in_force_and_what_was_taken_back(school: Gymnasium) -> None:
    _, child, parent, _ = paired(school)
    (line,) = my_consents(school.session, parent.person_id)
    assert (line.whose_name, line.in_force, line.may_withdraw) == ("Крылова Мила", True, True)
    assert my_consents(school.session, child.person_id) == (line,)
    withdraw_consent(school.session, line.consent_id, by=Actor.person(parent.person_id), now=NOW)
    (after,) = my_consents(school.session, parent.person_id)
    assert (after.in_force, after.withdrawn_at) == (False, NOW)


def test_missing_consents_are_named_with_their_owner_in_the_order_asked(
    school: Gymnasium, mila: InvitationOpened
) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    oleg = school.comes(Role.MENTOR, "1002")
    gaps = missing_for(school.session, (oleg.person_id, anna.person_id, mila.person_id))
    assert [(gap.person_id, gap.kind, gap.giver) for gap in gaps] == [
        (oleg.person_id, ConsentKind.ADULT, "self"),
        (mila.person_id, ConsentKind.GUARDIAN, "guardian"),
    ]


def _change(session: Session, row: Consent) -> None:
    row.decision = Decision.REFUSED
    session.flush()


def _remove(session: Session, row: Consent) -> None:
    session.delete(row)
    session.flush()


def _change_all(session: Session, _: Consent) -> None:
    session.execute(update(Consent).values(decision=Decision.REFUSED))


def _remove_all(session: Session, _: Consent) -> None:
    session.execute(delete(Consent))


@pytest.mark.parametrize("touch", [_change, _remove, _change_all, _remove_all])
def test_a_consent_is_never_changed_or_deleted(school: Gymnasium, touch: Callable[[Session, Consent], None]) -> None:
    school.adult(Role.MENTOR, "1001")
    (row,) = consents(school)
    with pytest.raises(EvidenceTouched):
        touch(school.session, row)


def test_an_audit_row_is_never_changed(school: Gymnasium) -> None:
    entry = school.session.scalars(select(AuditEntry).limit(1)).one()
    entry.act = "nothing.happened"
    with pytest.raises(EvidenceTouched):
        school.session.flush()


def test_no_personal_data_in_the_audit(school: Gymnasium) -> None:
    paired(school)
    told = " ".join(str(entry.details) for entry in school.session.scalars(select(AuditEntry)))
    assert not any(name in told for name in ("Крылова", "Лебедева", "Мила", "Анна"))


def test_a_text_that_does_not_exist_is_not_found(school: Gymnasium) -> None:
    with pytest.raises(NotFound):
        consent_document(school.session, 999)
