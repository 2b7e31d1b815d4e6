"""A meeting in four taps; the other side's word; moved, cancelled, remembered, written down afterwards."""

from datetime import UTC, datetime

from sqlalchemy import select

from mentoring.rules.meetings import MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import EndReason
from mentoring.use_cases.pairs import end_pair
from storage.models.meeting import Meeting
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak
from tests.chat import Persona


def paired(place: Maiak) -> tuple[Persona, Persona]:
    anna, mentor = place.mentor()
    mila, _, mentee = place.pupil()
    place.pair(mentor, mentee)
    place.deliver()
    return anna, mila


def planned(place: Maiak) -> tuple[Persona, Persona]:
    """On Wednesday at five, and the notice has come."""
    anna, mila = paired(place)
    say(anna, "/menu")
    press(anna, "Моя пара")
    press(anna, "Назначить первую встречу")
    press(anna, "ср 25.11")
    press(anna, "17:00")
    press(anna, "В организации")
    press(anna, "Готово")
    place.deliver()
    mila.wait_quiet()
    return anna, mila


def meeting(place: Maiak) -> Meeting:
    return place.read(lambda session: session.scalars(select(Meeting).order_by(Meeting.id.desc())).first())


def test_four_taps_plan_a_meeting_in_the_organisations_zone(place: Maiak) -> None:
    anna, mila = paired(place)
    say(anna, "/menu")
    press(anna, "Моя пара")
    assert "В какой день?" in press(anna, "Назначить первую встречу")

    assert "Во сколько?" in press(anna, "ср 25.11")
    assert "Где встретитесь?" in press(anna, "17:00")
    assert "ср, 25 ноября, 17:00, в организации" in press(anna, "В организации")
    done = press(anna, "Готово")

    assert "Встреча назначена" in done
    assert meeting(place).starts_at == datetime(2026, 11, 25, 14, tzinfo=UTC)
    place.deliver()
    told = mila.wait_quiet()
    assert "Встреча-знакомство: Анна Сергеевна" in told
    assert "ср, 25 ноября, 17:00, в организации" in told
    assert mila.buttons[:2] == ["Подходит", "Другое время"]


def test_days_when_both_are_free_come_first_and_are_marked(place: Maiak) -> None:
    anna, _ = paired(place)
    say(anna, "/menu")
    press(anna, "Моя пара")

    press(anna, "Назначить первую встречу")

    days = [label for label in anna.buttons if label != "Меню"]
    marked = [label for label in days if label.startswith("✓")]
    assert days[: len(marked)] == marked
    assert len(days) == 14


def test_a_link_or_a_room_may_be_typed_and_another_place_must(place: Maiak) -> None:
    anna, _ = paired(place)
    say(anna, "/menu")
    press(anna, "Моя пара")
    press(anna, "Назначить первую встречу")
    press(anna, "ср 25.11")
    press(anna, "17:00")

    assert "Напишите место" in press(anna, "В другом месте")
    assert "Готово" not in anna.buttons
    done = say(anna, "Городская библиотека <второй этаж>")

    assert "Городская библиотека <второй этаж>" in done
    assert meeting(place).place_kind is PlaceKind.OTHER


def test_the_other_side_says_it_suits_and_the_planner_hears_it(place: Maiak) -> None:
    anna, mila = planned(place)

    assert "время подходит" in press(mila, "Подходит")
    place.deliver()

    assert "Мила: время подходит" in anna.wait_quiet()
    assert meeting(place).reply is Reply.SUITS


def test_another_time_is_asked_for_and_offered(place: Maiak) -> None:
    anna, mila = planned(place)

    press(mila, "Другое время")
    place.deliver()
    assert "не получается" in anna.wait_quiet()
    press(anna, "Перенести")
    press(anna, "чт 26.11")
    moved = press(anna, "18:00")

    assert "чт, 26 ноября, 18:00" in moved
    place.deliver()
    assert "Встреча перенесена" in mila.wait_quiet()
    assert mila.buttons[:2] == ["Подходит", "Другое время"]


def test_an_old_reply_button_names_the_new_time_and_records_nothing(place: Maiak) -> None:
    anna, mila = planned(place)
    old = mila.last
    data = next(button.value for row in old.rows for button in row if button.text == "Подходит")
    say(anna, "/menu")
    press(anna, "Встречи")
    press(anna, "ср, 25 ноября")
    press(anna, "Перенести")
    press(anna, "чт 26.11")
    press(anna, "18:00")

    mila.press_data(old.id, data)
    told = settled(mila)

    assert "Это уже не актуально: встреча теперь чт, 26 ноября, 18:00" in told
    assert "Подходит" in mila.buttons
    assert meeting(place).reply is Reply.WAITING


def test_a_cancellation_has_a_reason_and_reaches_the_other_side(place: Maiak) -> None:
    anna, mila = planned(place)

    press(anna, "Отменить")
    press(anna, "Болезнь")
    place.deliver()

    told = mila.wait_quiet()
    assert "Встреча отменена: Анна Сергеевна" in told
    assert "болезнь" in told
    assert meeting(place).state is MeetingState.CANCELLED


def test_the_calendar_file_is_a_document(place: Maiak) -> None:
    anna, _ = planned(place)

    press(anna, "Файл для календаря")

    sent = anna.last
    assert sent.file is not None
    assert sent.file["name"] == "Встреча 25.11.ics"
    assert b"BEGIN:VEVENT" in anna.download(sent)


def test_a_cancelled_meeting_leaves_the_calendar_by_one_button(place: Maiak) -> None:
    anna, mila = planned(place)
    press(mila, "Подходит")
    press(mila, "Файл для календаря")
    press(anna, "Отменить")
    press(anna, "Болезнь")
    assert "Убрать из календаря" not in anna.buttons
    place.deliver()
    told = mila.wait_quiet()
    assert "В календаре телефона встреча осталась" in told

    press(mila, "Убрать из календаря")

    sent = mila.last
    assert "Этой встречи не будет" in sent.text
    assert b"METHOD:CANCEL" in mila.download(sent)
    assert b"STATUS:CANCELLED" in mila.download(sent)


def test_the_end_of_a_pair_says_which_meeting_is_off_and_takes_it_out_of_the_phone(place: Maiak) -> None:
    _, mila = planned(place)
    press(mila, "Подходит")
    press(mila, "Файл для календаря")

    place.panel(end_pair, meeting(place).pair_id, EndReason.SCHEDULE)
    place.deliver()

    assert "Назначенные встречи отменены: 1." in mila.wait_quiet()
    press(mila, "Убрать из календаря: 25.11")
    assert b"METHOD:CANCEL" in mila.download(mila.last)


def test_a_link_may_be_added_later(place: Maiak) -> None:
    anna, _ = planned(place)

    press(anna, "Указать место или ссылку")

    assert "https://meet.example/maiak" in say(anna, "https://meet.example/maiak")
    assert meeting(place).reply is Reply.WAITING


def test_the_day_before_both_are_asked_whether_it_stands(place: Maiak) -> None:
    anna, mila = planned(place)

    place.at(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))

    for person in (anna, mila):
        assert "Скоро встреча" in person.wait_quiet()
        assert person.buttons == ["Всё в силе", "Перенести", "Отменить"]
    assert "всё в силе: ср, 25 ноября, 17:00" in press(mila, "Всё в силе")
    assert meeting(place).reply is Reply.SUITS


def test_an_hour_before_both_are_reminded(place: Maiak) -> None:
    anna, mila = planned(place)
    press(mila, "Подходит")

    place.at(datetime(2026, 11, 25, 13, 5, tzinfo=UTC))

    assert "Встреча через час" in anna.wait_quiet()
    assert "17:00, Мила, в организации" in anna.screen


def test_a_meeting_that_nobody_planned_is_written_down(place: Maiak) -> None:
    anna, _ = paired(place)
    place.clock.now = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    say(anna, "/menu")
    press(anna, "Моя пара")

    press(anna, "Записать прошедшую встречу")
    press(anna, "вт 24.11")
    press(anna, "15:00")
    press(anna, "60 мин")
    logged = say(anna, "Собрали первую схему")

    assert "Записали: вт, 24 ноября, 15:00, 60 минут" in logged
    assert "Оставить отзыв" in anna.buttons
    written = meeting(place)
    assert (written.topic, written.minutes, written.state) == ("Собрали первую схему", 60, MeetingState.HELD)
    assert written.was_planned is False


def test_the_list_of_meetings_shows_what_is_ahead_and_behind(place: Maiak) -> None:
    anna, _ = planned(place)
    say(anna, "/menu")

    listed = press(anna, "Встречи (1)")

    assert "Впереди:\nср, 25 ноября, 17:00, Мила" in listed
    assert "Назначить встречу" in anna.buttons
    assert "Встреча-знакомство: Мила" in press(anna, "ср, 25 ноября")


def test_a_time_that_is_taken_meanwhile_leads_back_to_the_days(place: Maiak) -> None:
    anna, mila = paired(place)
    for person in (anna, mila):
        say(person, "/menu")
        press(person, "Моя пара")
        press(person, "Назначить первую встречу")
        press(person, "ср 25.11")
        press(person, "17:00")
        press(person, "Онлайн")
    press(anna, "Готово")

    told = press(mila, "Готово")

    assert "В это время уже есть другая встреча" in told
    assert "В какой день?" in told
    assert len(place.read(lambda session: session.scalars(select(Meeting)).all())) == 1
