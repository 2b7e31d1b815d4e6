"""Whatever people do, they get a helpful answer and nothing breaks."""

import pytest
from sqlalchemy import select

from mentoring.use_cases.meetings import cancel_meeting
from storage.models.meeting import Meeting
from tests.bot.chatting import answered, press, say, settled
from tests.bot.maiak import Maiak
from tests.bot.test_meetings import planned


@pytest.mark.parametrize("command", ["/start", "/help", "/menu", "/mydata", "/privacy", "/cancel"])
def test_every_command_answers_with_a_screen_and_a_way_on(place: Maiak, command: str) -> None:
    anna, _ = place.mentor()

    screen = say(anna, command)

    assert len(screen) > 30
    assert anna.buttons


def test_words_that_nobody_awaits_get_the_menu_with_a_hint(place: Maiak) -> None:
    anna, _ = place.mentor()

    screen = say(anna, "Спасибо вам большое")

    assert "Сейчас я не жду сообщения" in screen
    assert "Написать куратору" in anna.buttons


def test_things_that_nobody_awaits_get_a_hint(place: Maiak) -> None:
    anna, _ = place.mentor()

    for send, hint in ((anna.send_photo, "Фото"), (anna.send_voice, "Голосовые"), (anna.send_sticker, "Стикер")):
        assert hint in answered(anna, send())
        assert "Написать куратору" in anna.buttons


def test_somebody_elses_contact_is_not_taken(place: Maiak) -> None:
    anna, _ = place.mentor()

    assert "контакт" in answered(anna, anna.share_contact("+79990000000")).casefold()


def test_an_edited_message_of_no_consequence_is_answered(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "Доброе утро")
    before = anna.last.id

    anna.edit_last("Добрый вечер")

    assert "Исправление вижу" in answered(anna, before)


def test_an_unknown_button_of_an_older_version_shows_the_menu(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/menu")

    anna.press_data(anna.last.id, "gone:1:2:3")

    assert "Это уже не актуально" in settled(anna)
    assert "Написать куратору" in anna.buttons


def test_a_button_about_a_cancelled_meeting_says_what_became_of_it(place: Maiak) -> None:
    _, mila = planned(place)
    notice = mila.last
    data = next(button.value for row in notice.rows for button in row if button.text == "Подходит")
    meeting_id = place.read(lambda session: session.scalars(select(Meeting.id)).one())
    place.panel(cancel_meeting, meeting_id, "в гимназии карантин")

    mila.press_data(notice.id, data)
    screen = settled(mila)

    assert "не актуально" in screen
    assert "Отменена: в гимназии карантин" in screen
    assert "Назначить встречу" in mila.buttons


def test_a_place_with_markup_is_shown_as_it_was_typed(place: Maiak) -> None:
    anna, mila = planned(place)
    press(anna, "Указать место")

    say(anna, "<b>кабинет</b> & 214")
    place.deliver()

    say(mila, "/menu")
    press(mila, "Встречи")
    assert "<b>кабинет</b> & 214" in press(mila, "ср, 25 ноября")


def test_words_typed_after_leaving_are_not_taken_for_an_answer(place: Maiak) -> None:
    anna, _ = planned(place)
    press(anna, "Указать место")
    press(anna, "← Назад")

    assert "Сейчас я не жду сообщения" in say(anna, "кабинет 214")
    assert place.read(lambda session: session.scalars(select(Meeting.place)).one()) == ""
