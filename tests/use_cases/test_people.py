"""A person's story, and what a curator corrects."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap, ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus, Step
from mentoring.rules.errors import NotAllowed, NotFound, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role
from mentoring.use_cases.chats import mark_unreachable
from mentoring.use_cases.consents import accept_paper_consent
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.letters import write_to_curator
from mentoring.use_cases.meetings import log_meeting
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from mentoring.use_cases.people import add_person, correct_person, person_story
from tests.counting import counted
from tests.use_cases.gymnasium import ANNA, MILA, NOW, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def season(school: Gymnasium) -> tuple[int, int, int, int]:
    """Анна and Мила are a pair that has met once: ids of Анна, Мила, Вера and the pair."""
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    mila, vera = school.child("1004", "1007")
    school.fills_in(mila, MILA)
    for came in (anna, mila):
        approve_enrolment(school.session, came.enrolment_id or 0, by=school.curator, now=NOW)
    pair = propose_pair(school.session, anna.enrolment_id or 0, mila.enrolment_id or 0, by=school.curator, now=NOW)
    for came in (anna, mila):
        by = Actor.person(came.person_id)
        answer_proposal(school.session, pair.pair_id, came.person_id, True, by=by, now=NOW)
    confirm_pair(school.session, pair.pair_id, by=school.curator, now=NOW)
    log_meeting(
        school.session,
        pair.pair_id,
        held_at=NOW + timedelta(days=1),
        minutes=45,
        place_kind=PlaceKind.ORGANISATION,
        topic="Знакомство",
        by=Actor.person(anna.person_id),
        now=NOW + timedelta(days=2),
    )
    return anna.person_id, mila.person_id, vera.person_id, pair.pair_id


def test_the_whole_story_of_a_pupil(school: Gymnasium) -> None:
    anna, mila, vera, pair_id = season(school)
    write_to_curator(school.session, mila, "А можно сменить день?", by=Actor.person(mila), now=NOW)
    story = person_story(school.session, mila)
    assert (story.card.name, story.card.address, story.card.place) == ("Крылова Мила", "Мила", "7 «Б»")
    assert (story.card.channel, story.card.unreachable_since) == ("telegram", None)
    assert [(one.role, one.status, one.step) for one in story.enrolments] == [
        (Role.MENTEE, EnrolmentStatus.APPROVED, Step.NOTHING)
    ]
    assert story.enrolments[0].response_id == story.responses[0].response_id
    assert story.missing == ()
    assert [(one.person_id, one.is_guardian, one.reachable) for one in story.relatives] == [(vera, True, True)]
    assert [(one.pair_id, one.state, one.own_role, one.others) for one in story.pairs] == [
        (pair_id, PairState.CONFIRMED, Role.MENTEE, ((anna, "Лебедева Анна Сергеевна"),))
    ]
    assert [(one.kind, one.given_by_id) for one in story.consents] == [(ConsentKind.GUARDIAN, vera)]
    assert [one.topic for one in story.meetings] == ["Знакомство"]
    assert [one.text for one in story.letters] == ["А можно сменить день?"]
    acts = {one.act for one in story.events}
    assert {"person.came", "consent.given", "enrolment.approved", "pair.confirmed", "letter.written"} <= acts
    approved = next(one for one in story.events if one.act == "enrolment.approved")
    assert approved.actor_name == "Ольга Викторовна Зимина"
    assert next(one for one in story.events if one.act == "consent.given").actor_name == ""  # Вера has no name yet


def test_the_newest_event_comes_first_and_strangers_events_do_not_come(school: Gymnasium) -> None:
    _, mila, _, _ = season(school)
    before = person_story(school.session, mila).events
    school.adult(Role.MENTOR, "1002")
    after = person_story(school.session, mila).events
    assert after == before
    assert [one.at for one in before] == sorted((one.at for one in before), reverse=True)


def test_a_parents_story_knows_the_child_and_asks_for_nothing(school: Gymnasium) -> None:
    _, mila, vera, _ = season(school)
    story = person_story(school.session, vera)
    assert [(one.person_id, one.is_guardian) for one in story.relatives] == [(mila, False)]
    assert (story.missing, story.enrolments, story.pairs) == ((), (), ())


def test_the_story_says_what_is_missing_and_who_is_out_of_reach(school: Gymnasium) -> None:
    came = school.comes(Role.MENTOR, "1001")
    mark_unreachable(school.session, "telegram", "1001", "blocked", now=NOW)
    story = person_story(school.session, came.person_id)
    assert [gap.giver for gap in story.missing] == ["self"]
    assert (story.card.unreachable_since, story.card.unreachable_reason) == (NOW, "blocked")


def test_a_long_story_takes_no_more_queries_than_a_short_one(school: Gymnasium) -> None:
    anna, mila, _, pair_id = season(school)

    def queries() -> int:
        with counted(school.session) as statements:
            person_story(school.session, mila)
        return len(statements)

    short = queries()
    for day in range(3, 9):
        log_meeting(
            school.session,
            pair_id,
            held_at=NOW + timedelta(days=day),
            minutes=45,
            place_kind=PlaceKind.ORGANISATION,
            by=Actor.person(anna),
            now=NOW + timedelta(days=20),
        )
        write_to_curator(school.session, mila, f"Письмо {day}", by=Actor.person(mila), now=NOW)
    assert queries() == short


def test_a_person_without_a_chat_is_added_by_hand(school: Gymnasium) -> None:
    added = add_person(
        school.session,
        school.programme_id,
        Role.MENTEE,
        last_name="Крылова",
        first_name="Мила",
        kind=PersonKind.PUPIL,
        birth_date=date(2013, 5, 2),
        place="7 „Б“",
        phone="8 (912) 345-67-89",
        by=school.curator,
        now=NOW,
    )
    person = school.person(added.person_id)
    assert (person.age_group, person.missing_consents) == (AgeGroup.UNDER_14, ConsentGap.GUARDIAN)
    assert person.phone == "+79123456789"
    assert all(word in person.search_text for word in ("крылова", "7б", "89123456789"))
    done = accept_paper_consent(
        school.session,
        added.person_id,
        ConsentKind.GUARDIAN,
        given_by_name="Крылова Вера Андреевна",
        relation="мать",
        signed_on=date(2026, 11, 20),
        by=school.curator,
        now=NOW,
    )
    assert done.step is Step.QUESTIONNAIRE
    assert person.missing_consents is ConsentGap.NONE


def test_a_corrected_name_is_found_under_the_new_one_only(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    card = correct_person(school.session, anna.person_id, last_name="Соловьёва", by=school.curator, now=NOW)
    assert card.name == "Соловьёва Анна Сергеевна"
    text = school.person(anna.person_id).search_text
    assert "соловьева" in text
    assert "лебедева" not in text
    entry = next(one for one in person_story(school.session, anna.person_id).events if one.act == "person.corrected")
    assert entry.details == {"fields": ["last_name"]}


def test_a_corrected_birth_date_moves_the_age_group_and_what_is_missing(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    card = correct_person(
        school.session,
        anna.person_id,
        birth_date=date(2010, 1, 15),
        age_group=AgeGroup.ADULT,
        by=school.curator,
        now=NOW,
    )
    assert card.age_group is AgeGroup.FROM_14_TO_17
    assert school.person(anna.person_id).missing_consents is ConsentGap.BOTH


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"last_name": " "}, TextEmpty),
        ({"first_name": "я" * 101}, TextTooLong),
        ({"phone": "позвоните"}, ValueWrong),
        ({"birth_date": date(2126, 1, 1)}, ValueWrong),
        ({"birth_date": date(1826, 1, 1)}, ValueWrong),
    ],
)
def test_wrong_corrections_are_refused_by_field(
    school: Gymnasium, fields: dict[str, object], error: type[Exception]
) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    with pytest.raises(error) as refused:
        correct_person(school.session, anna.person_id, **fields, by=school.curator, now=NOW)  # type: ignore[arg-type]
    assert refused.value.field == next(iter(fields))  # type: ignore[attr-defined]


def test_a_phone_and_a_patronymic_may_be_taken_away(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    school.fills_in(anna, ANNA)
    card = correct_person(school.session, anna.person_id, phone="", patronymic="", by=school.curator, now=NOW)
    assert (card.phone, card.name) == ("", "Лебедева Анна")


def test_a_head_adds_and_corrects_nobody(school: Gymnasium) -> None:
    anna = school.adult(Role.MENTOR, "1001")
    with pytest.raises(NotAllowed):
        correct_person(school.session, anna.person_id, last_name="Другая", by=school.head, now=NOW)
    with pytest.raises(NotAllowed):
        add_person(
            school.session,
            school.programme_id,
            Role.MENTOR,
            last_name="А",
            first_name="Б",
            by=school.head,
            now=NOW,
        )


def test_nobody_has_no_story(school: Gymnasium) -> None:
    with pytest.raises(NotFound):
        person_story(school.session, 999)
