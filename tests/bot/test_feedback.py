"""After a meeting: three taps, an optional line, and nobody but the curator reads it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from mentoring.rules.meetings import MeetingKind, MeetingState
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.meetings import close_meeting
from storage.models.meeting import Meeting
from storage.models.questionnaire import Response
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak
from tests.bot.test_meetings import planned
from tests.chat import Persona

AFTER = datetime(2026, 11, 25, 16, 50, tzinfo=UTC)  # two hours after the end


def met(place: Maiak) -> tuple[Persona, Persona]:
    anna, mila = planned(place)
    press(mila, "Подходит")
    place.at(AFTER)
    for person in (anna, mila):
        person.wait_quiet()
    return anna, mila


def responses(place: Maiak) -> list[ResponseState]:
    found = select(Response.state).where(Response.meeting_id.is_not(None))
    return place.read(lambda session: list(session.scalars(found)))


def test_each_is_asked_whether_it_took_place_and_the_feedback_follows_at_once(place: Maiak) -> None:
    _, mila = met(place)
    assert "Встреча состоялась?" in mila.screen

    first = press(mila, "Состоялась")

    assert "Вопрос 1 из 4" in first
    assert "увидит только куратор" in first
    assert place.read(lambda session: session.scalars(select(Meeting.state)).one()) is MeetingState.HELD


def test_three_taps_and_a_word_of_farewell_are_all(place: Maiak) -> None:
    _, mila = met(place)
    press(mila, "Состоялась")

    press(mila, "Да")
    press(mila, "9")
    press(mila, "Да")
    assert "Отправить" in mila.buttons
    sent = press(mila, "Отправить")

    assert "Спасибо, отзыв записан" in sent
    assert "Его увидит только куратор" in sent
    assert responses(place) == [ResponseState.SUBMITTED]


def test_the_optional_line_is_typed_and_sent_with_the_rest(place: Maiak) -> None:
    _, mila = met(place)
    press(mila, "Состоялась")
    for answer in ("Да", "9", "Да"):
        press(mila, answer)

    assert "Спасибо, отзыв записан" in say(mila, "Паять схему")
    assert responses(place) == [ResponseState.SUBMITTED]


def test_the_scale_stands_in_two_rows_of_five_with_words_for_its_ends(place: Maiak) -> None:
    _, mila = met(place)
    press(mila, "Состоялась")

    asked = press(mila, "Да")

    assert [[button.text for button in row] for row in mila.last.rows[:2]] == [
        list("12345"),
        ["6", "7", "8", "9", "10"],
    ]
    assert "1 — " in asked
    assert "10 — " in asked


def test_the_other_side_never_sees_it(place: Maiak) -> None:
    anna, mila = met(place)
    press(mila, "Состоялась")
    for answer in ("Да", "2", "Нет, лучше другой"):
        press(mila, answer)
    say(mila, "Мне было неловко")

    say(anna, "/menu")
    seen = press(anna, "Встречи") + press(anna, "ср, 25 ноября")

    assert "неловко" not in seen + "".join(message.text for message in anna.chat)


def test_why_a_meeting_failed_is_one_tap_and_a_new_one_is_at_hand(place: Maiak) -> None:
    _, mila = met(place)

    missed = press(mila, "Нет")
    assert "Так бывает" in missed
    assert "Что помешало?" in missed
    press(mila, "Не совпало время")
    recorded = press(mila, "Отправить")

    assert "увидит только куратор" in recorded
    assert "Назначить встречу" in mila.buttons
    assert place.read(lambda session: session.scalars(select(Meeting.state)).one()) is MeetingState.MISSED
    assert responses(place) == [ResponseState.SUBMITTED]


def test_when_one_has_said_that_there_was_no_meeting_the_other_is_not_asked_any_more(place: Maiak) -> None:
    anna, mila = met(place)
    press(mila, "Нет")
    before = len(anna.chat)

    place.later(days=2)
    say(anna, "/menu")

    assert not any("отзыв" in message.text.casefold() for message in anna.chat[before:])
    assert "Отзыв о встрече (1)" not in anna.buttons


@pytest.mark.parametrize(
    ("kind", "asked", "first"),
    [
        (MeetingKind.TRIAL, "Как прошла пробная встреча?", "Насколько вам подходит, как наставник общается?"),
        (MeetingKind.PLANNING, "Как прошла встреча-планирование?", "Насколько вам понятна цель"),
        (MeetingKind.FINAL, "Как прошла итоговая встреча?", "Насколько удалось прийти к цели"),
    ],
)
def test_each_kind_of_meeting_asks_its_own_questions(place: Maiak, kind: MeetingKind, asked: str, first: str) -> None:
    _, mila = planned(place)
    place.write(lambda session: session.execute(update(Meeting).values(kind=kind)))
    press(mila, "Подходит")
    place.clock.now = AFTER
    meeting_id = place.read(lambda session: session.scalars(select(Meeting.id)).one())
    place.panel(close_meeting, meeting_id, True)
    place.at(AFTER)
    mila.wait_quiet()

    assert asked in mila.screen
    assert first in press(mila, "Оставить отзыв")


def test_a_feedback_is_given_once(place: Maiak) -> None:
    _, mila = met(place)
    asked = mila.last
    data = next(button.value for row in asked.rows for button in row if button.text == "Состоялась")
    press(mila, "Состоялась")
    for answer in ("Да", "9", "Да", "Отправить"):
        press(mila, answer)

    mila.press_data(asked.id, data)
    settled(mila)

    assert responses(place) == [ResponseState.SUBMITTED]
