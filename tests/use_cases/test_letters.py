"""«Написать куратору» and the answer."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotAllowed, NotFound, TextEmpty, TextTooLong
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.invitations import curator_link
from mentoring.use_cases.letters import (
    LETTER_LIMIT,
    answer_letter,
    close_letter,
    letters_with,
    open_letters,
    write_to_curator,
    write_to_person,
)
from tests.use_cases.gymnasium import ANNA, NOW, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


@pytest.fixture
def anna(school: Gymnasium) -> int:
    came = school.adult(Role.MENTOR, "1001")
    school.fills_in(came, ANNA)
    return came.person_id


def test_a_letter_waits_for_an_answer_and_the_answer_closes_all_before_it(school: Gymnasium, anna: int) -> None:
    by = Actor.person(anna)
    first = write_to_curator(school.session, anna, " Можно ли встречаться в субботу? ", by=by, now=NOW)
    second = write_to_curator(school.session, anna, "И ещё: где ключ?", by=by, now=NOW + timedelta(minutes=1))
    assert [letter.text for letter in open_letters(school.session)] == [
        "Можно ли встречаться в субботу?",
        "И ещё: где ключ?",
    ]
    answer_letter(school.session, second.letter_id, "Да. На вахте.", by=school.curator, now=NOW + timedelta(hours=1))
    assert open_letters(school.session) == ()
    talk = letters_with(school.session, anna)
    assert [(letter.from_curator, letter.author_name) for letter in talk] == [
        (False, "Лебедева Анна Сергеевна"),
        (False, "Лебедева Анна Сергеевна"),
        (True, "Ольга Викторовна Зимина"),
    ]
    assert talk[0].letter_id == first.letter_id
    assert talk[0].answered_at == NOW + timedelta(hours=1)
    (told,) = school.notices(NoticeKind.PERSON_CURATOR_WROTE)
    assert (told.person_id, told.payload["letter_id"]) == (anna, talk[2].letter_id)


def test_a_curator_with_a_linked_chat_is_told(school: Gymnasium, anna: int) -> None:
    write_to_curator(school.session, anna, "Здравствуйте", by=Actor.person(anna), now=NOW)
    assert school.notices(NoticeKind.CURATOR_PERSON_WROTE) == []
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    zimina = school.opens(link.token, "1008")
    write_to_curator(school.session, anna, "Вы здесь?", by=Actor.person(anna), now=NOW)
    assert [one.person_id for one in school.notices(NoticeKind.CURATOR_PERSON_WROTE)] == [zimina.person_id]


def test_a_curator_answers_from_their_own_chat(school: Gymnasium, anna: int) -> None:
    letter = write_to_curator(school.session, anna, "Здравствуйте", by=Actor.person(anna), now=NOW)
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    zimina = Actor.person(school.opens(link.token, "1008").person_id)
    answer_letter(school.session, letter.letter_id, "Добрый день", by=zimina, now=NOW)
    assert letters_with(school.session, anna)[-1].author_name == "Ольга Викторовна Зимина"


def test_a_curator_writes_first(school: Gymnasium, anna: int) -> None:
    write_to_person(school.session, anna, "Спасибо за встречу", by=school.curator, now=NOW)
    assert [letter.from_curator for letter in letters_with(school.session, anna)] == [True]
    assert open_letters(school.session) == ()


def test_a_letter_may_be_closed_without_an_answer(school: Gymnasium, anna: int) -> None:
    letter = write_to_curator(school.session, anna, "Спасибо!", by=Actor.person(anna), now=NOW)
    close_letter(school.session, letter.letter_id, by=school.curator, now=NOW)
    close_letter(school.session, letter.letter_id, by=school.curator, now=NOW + timedelta(days=1))
    assert open_letters(school.session) == ()
    assert letters_with(school.session, anna)[0].answered_at == NOW


def test_empty_and_endless_letters_are_refused(school: Gymnasium, anna: int) -> None:
    by = Actor.person(anna)
    with pytest.raises(TextEmpty):
        write_to_curator(school.session, anna, " \n ", by=by, now=NOW)
    with pytest.raises(TextTooLong) as refused:
        write_to_curator(school.session, anna, "а" * (LETTER_LIMIT + 1), by=by, now=NOW)
    assert (refused.value.limit, refused.value.length) == (LETTER_LIMIT, LETTER_LIMIT + 1)


def test_signs_of_markup_are_kept_as_they_were_typed(school: Gymnasium, anna: int) -> None:
    write_to_curator(school.session, anna, "<b>важно</b> & срочно", by=Actor.person(anna), now=NOW)
    assert open_letters(school.session)[0].text == "<b>важно</b> & срочно"


def test_who_may_write_and_answer(school: Gymnasium, anna: int) -> None:
    letter = write_to_curator(school.session, anna, "Вопрос", by=Actor.person(anna), now=NOW)
    with pytest.raises(NotAllowed):
        write_to_curator(school.session, anna, "Чужими руками", by=Actor.person(anna + 100), now=NOW)
    with pytest.raises(NotAllowed):
        answer_letter(school.session, letter.letter_id, "Ответ", by=school.head, now=NOW)
    answer = answer_letter(school.session, letter.letter_id, "Ответ", by=school.curator, now=NOW)
    with pytest.raises(NotFound):  # a curator's letter is not answered by a curator
        answer_letter(school.session, answer.letter_id, "Сам себе", by=school.curator, now=NOW)
