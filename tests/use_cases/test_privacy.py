"""What a person gets about themselves, and what is left after an erasure."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause
from mentoring.rules.errors import InvitationUnknown, NotAllowed, NotFound, OutOfDate
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.chats import visitor_of
from mentoring.use_cases.consents import my_consents, withdraw_consent
from mentoring.use_cases.enrolment import approve_enrolment, reopen_enrolment
from mentoring.use_cases.invitations import guardian_link
from mentoring.use_cases.letters import write_to_curator
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from mentoring.use_cases.people import person_story
from mentoring.use_cases.privacy import ask_erasure, cancel_erasure, erase_person, my_data, open_erasures
from storage.models.account import AuditEntry
from storage.models.consent import Consent
from storage.models.pair import Pair
from storage.models.questionnaire import Answer, Submission
from storage.tables import Base
from tests.use_cases.gymnasium import ANNA, MILA, NOW, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def proposed(school: Gymnasium) -> tuple[int, int, int, int]:
    """Анна, Мила, Вера, and the pair that Анна has been asked about."""
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA | {"phone": "+79123456789"})
    mila, vera = school.child("1004", "1007")
    school.fills_in(mila, MILA)
    for came in (anna, mila):
        approve_enrolment(school.session, came.enrolment_id or 0, by=school.curator, now=NOW)
    pair = propose_pair(school.session, anna.enrolment_id or 0, mila.enrolment_id or 0, by=school.curator, now=NOW)
    return anna.person_id, mila.person_id, vera.person_id, pair.pair_id


def paired(school: Gymnasium) -> tuple[int, int, int, int]:
    anna, mila, vera, pair_id = proposed(school)
    for person_id in (anna, mila):
        answer_proposal(school.session, pair_id, person_id, True, by=Actor.person(person_id), now=NOW)
    confirm_pair(school.session, pair_id, by=school.curator, now=NOW)
    return anna, mila, vera, pair_id


def erased(school: Gymnasium, person_id: int) -> Any:
    asked = ask_erasure(school.session, person_id, by=Actor.person(person_id), now=NOW)
    return erase_person(school.session, asked.request_id, by=school.curator, now=NOW + timedelta(days=5))


def test_my_data_hold_everything_in_words(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    write_to_curator(school.session, anna, "Когда начнём?", by=Actor.person(anna), now=NOW)
    data = my_data(school.session, anna)
    assert data["Обо мне"]["Фамилия, имя, отчество"] == "Лебедева Анна Сергеевна"
    assert data["Обо мне"]["Дата рождения"] == "12.03.1981"
    assert data["Участие"][0]["Роль"] == "наставник"
    assert data["Согласия"][0]["Решение"] == "согласие дано"
    assert data["Согласия"][0]["Когда"] == "23.11.2026 12:00"  # Moscow
    answers = data["Анкеты и отзывы"][0]["Ответы"]
    assert "Работаю педагогом" in answers.values()
    assert data["Пары"][0]["С кем"] == "Крылова Мила"
    assert data["Переписка с куратором"][0]["Текст"] == "Когда начнём?"
    assert {one["О чём"] for one in data["Сообщения программы"]} >= {"анкета принята", "предложение пары"}
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data


def test_my_data_tell_no_name_of_a_pair_that_is_only_proposed(school: Gymnasium) -> None:
    anna, _, _, _ = proposed(school)
    data = my_data(school.session, anna)
    assert data["Пары"] == []
    assert len(data["Предложения пар"]) == 1
    assert "Крылова" not in json.dumps(data, ensure_ascii=False)


def test_a_parents_data_show_the_child_and_the_decision(school: Gymnasium) -> None:
    _, _, vera, _ = paired(school)
    data = my_data(school.session, vera)
    assert data["Родные"] == [{"Кто": "ребёнок", "Имя": "Крылова Мила"}]
    assert data["Согласия"][0]["О ком"] == "Крылова Мила"
    assert data["Анкеты и отзывы"] == []


def test_a_demand_ends_participation_at_once_and_is_due_in_thirty_days(school: Gymnasium) -> None:
    anna, _, _, pair_id = paired(school)
    asked = ask_erasure(school.session, anna, by=Actor.person(anna), now=NOW)
    assert (asked.already, asked.due_at) == (False, NOW + timedelta(days=30))
    assert school.session.get_one(Pair, pair_id).state is PairState.ENDED
    again = ask_erasure(school.session, anna, by=Actor.person(anna), now=NOW + timedelta(days=3))
    assert (again.already, again.request_id, again.due_at) == (True, asked.request_id, asked.due_at)
    assert [(one.person_id, one.person_name) for one in open_erasures(school.session)] == [
        (anna, "Лебедева Анна Сергеевна")
    ]
    assert person_story(school.session, anna).erasure_request_id == asked.request_id


def test_the_link_does_not_bring_back_somebody_who_asked_to_be_erased(school: Gymnasium) -> None:
    came = school.adult(Role.MENTOR, "1001")
    ask_erasure(school.session, came.person_id, by=Actor.person(came.person_id), now=NOW)
    assert school.comes(Role.MENTOR, "1001").already
    assert school.enrolment(came).left_because is LeftBecause.ERASED


def test_a_demand_taken_back_lets_the_curator_reopen(school: Gymnasium) -> None:
    came = school.adult(Role.MENTOR, "1001")
    by = Actor.person(came.person_id)
    asked = ask_erasure(school.session, came.person_id, by=by, now=NOW)
    cancel_erasure(school.session, asked.request_id, by=by, now=NOW)
    assert open_erasures(school.session) == ()
    moved = reopen_enrolment(school.session, came.enrolment_id or 0, by=school.curator, now=NOW)
    assert moved.status is EnrolmentStatus.JOINING
    with pytest.raises(OutOfDate):
        erase_person(school.session, asked.request_id, by=school.curator, now=NOW)


def test_who_may_ask_and_who_may_erase(school: Gymnasium) -> None:
    anna, mila, vera, _ = paired(school)
    with pytest.raises(NotAllowed):
        ask_erasure(school.session, mila, by=Actor.person(anna), now=NOW)
    asked = ask_erasure(school.session, mila, by=Actor.person(vera), now=NOW)
    for nobody in (Actor.person(mila), school.head, Actor.system()):
        with pytest.raises(NotAllowed):
            erase_person(school.session, asked.request_id, by=nobody, now=NOW)


def test_after_an_erasure_no_name_number_or_free_word_is_left_anywhere(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    write_to_curator(school.session, anna, "Мой секрет", by=Actor.person(anna), now=NOW)
    erased(school, anna)
    school.session.flush()
    tables = [school.session.connection().execute(table.select()).all() for table in Base.metadata.sorted_tables]
    everything = str(tables)
    assert "Крылова" in everything  # the search below would see a name
    for trace in ("Лебедева", "Сергеевна", "лебедева", "9123456789", "date(1981", "Мой секрет"):
        assert trace not in everything


def test_closed_answers_stay_for_the_counts_and_free_ones_go(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    before = school.session.scalar(select(func.count()).select_from(Answer))
    done = erased(school, anna)
    after = school.session.scalar(select(func.count()).select_from(Answer))
    assert done.answers_removed == (before or 0) - (after or 0) > 0
    kept = {key for sent in school.session.scalars(select(Submission)) for key in sent.answers}
    assert "kind" in kept
    own = school.session.scalars(select(Submission).order_by(Submission.id).limit(1)).one()
    assert not {"last_name", "first_name", "birth_date", "phone"} & own.answers.keys()


def test_consents_and_the_audit_stay_as_evidence(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    rows = [(one.id, one.decided_at) for one in school.session.scalars(select(Consent))]
    entries = school.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    erased(school, anna)
    assert [(one.id, one.decided_at) for one in school.session.scalars(select(Consent))] == rows
    assert (school.session.scalar(select(func.count()).select_from(AuditEntry)) or 0) > entries
    assert school.acts("person").count("person.erased") == 1


def test_the_chat_of_an_erased_person_is_a_strangers_and_may_come_anew(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    erased(school, anna)
    assert visitor_of(school.session, "telegram", "1001") is None
    assert school.comes(Role.MENTOR, "1001").person_id != anna


def test_a_parent_who_was_here_for_this_child_alone_goes_with_the_child(school: Gymnasium) -> None:
    _, mila, vera, _ = paired(school)
    link = guardian_link(school.session, mila, by=school.curator, now=NOW)
    done = erased(school, mila)
    assert done.guardians_erased == 1
    assert school.person(vera).erased_at is not None
    with pytest.raises(InvitationUnknown):
        school.opens(link.token, "1013")


def test_a_parent_who_is_a_mentor_too_stays(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    mila = school.comes(Role.MENTEE, "1004")
    school.parent_of(mila.person_id, "1001")
    assert erased(school, mila.person_id).guardians_erased == 0
    assert school.person(anna.person_id).erased_at is None


def test_erasing_twice_is_out_of_date(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    request = ask_erasure(school.session, anna, by=Actor.person(anna), now=NOW).request_id
    erase_person(school.session, request, by=school.curator, now=NOW)
    with pytest.raises(OutOfDate):
        erase_person(school.session, request, by=school.curator, now=NOW)
    with pytest.raises(NotFound):
        my_data(school.session, anna)


def test_an_erased_person_still_has_a_story_without_a_name(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    erased(school, anna)
    story = person_story(school.session, anna)
    assert (story.card.name, story.card.phone, story.card.birth_date, story.card.channel) == ("", "", None, "")
    assert story.card.erased_at == NOW + timedelta(days=5)
    assert story.consents


def test_a_withdrawal_and_a_demand_are_one_task(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    (line,) = my_consents(school.session, anna)
    withdraw_consent(school.session, line.consent_id, by=Actor.person(anna), now=NOW)
    asked = ask_erasure(school.session, anna, by=Actor.person(anna), now=NOW + timedelta(days=1))
    assert asked.already
    school.decides(ConsentKind.ADULT, anna, now=NOW + timedelta(days=2))
    assert len(open_erasures(school.session)) == 1  # the words of the person stand


def test_words_about_the_two_of_them_go_with_one_of_them(school: Gymnasium) -> None:
    anna, _, _, _ = paired(school)
    pair = school.session.scalars(select(Pair)).one()
    pair.pause_reason, pair.decision_note, pair.end_note = "на курсах", "сказала устно", "Лебедева уезжает"

    erased(school, anna)

    school.session.refresh(pair)
    assert (pair.reasons, pair.pause_reason, pair.decision_note, pair.end_note) == ("", "", "", "")
