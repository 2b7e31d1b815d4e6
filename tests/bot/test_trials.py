"""The longer life of a pair in the chats: trial, order, pause, notice, silence, end."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.labour import Side
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor
from mentoring.use_cases.meetings import log_meeting
from mentoring.use_cases.pairs import (
    confirm_pair,
    end_pair,
    fix_pairs,
    give_notice,
    part_pair,
    pause_pair,
    resume_pair,
    start_trial,
)
from mentoring.use_cases.silent_pairs import follow_silence
from storage.models.document import Document
from storage.models.notice import Letter
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak


def letters(place: Maiak) -> list[str]:
    return place.read(lambda session: list(session.scalars(select(Letter.text).order_by(Letter.id))))


def signed_order(session: Session, place: Maiak, *, now: datetime) -> int:
    order = Document(
        organisation_id=place.organisation_id,
        programme_id=place.programme_id,
        kind=DocumentKind.ORDER_PAIRS,
        state=DocumentState.SIGNED,
        number="47",
        dated_on=date(2026, 11, 25),
        created_at=now,
    )
    session.add(order)
    session.flush()
    return order.id


def test_a_pair_is_led_from_the_trial_to_the_order_and_through_a_pause(place: Maiak) -> None:
    anna, mentor = place.mentor()
    mila, vera, mentee = place.pupil()
    pair_id = place.agreed(mentor, mentee)

    place.panel(start_trial, pair_id)
    place.deliver()
    for person, other in ((anna, "Мила Крылова, 7 «Б»"), (mila, "Анна Сергеевна Лебедева")):
        told = person.wait_quiet()
        assert "Начинается пробный период" in told
        assert other in told
        assert "это нормально" in told
        assert person.buttons[0] == "Назначить первую встречу"
    assert "начинается пробный период с наставником: Анна Сергеевна Лебедева" in vera.wait_quiet()
    assert "Идёт пробный период" in press(vera, "Как идут дела")
    old = anna.last
    assert "Сначала знакомство" in press(anna, "Моя пара")

    by = Actor.person(mentor.person_id)
    place.write(log_meeting, pair_id, held_at=place.clock() - timedelta(hours=4), by=by, now=place.clock())
    place.later(minutes=1)
    for label in ("Оставить отзыв", "Да", "9", "Да"):
        press(mila, label)
    assert "Дальше — пробная встреча" in press(mila, "Отправить")
    assert "Пробная встреча: Анна Сергеевна" in press(mila, "Назначить пробную встречу")
    place.write(log_meeting, pair_id, held_at=place.clock() - timedelta(hours=1), by=by, now=place.clock())
    say(anna, "/menu")
    assert "куратор решит" in press(anna, "Моя пара")

    place.panel(confirm_pair, pair_id, note="Отзывы рассказали устно")
    order = place.write(signed_order, place, now=place.clock())
    place.panel(fix_pairs, [pair_id], order)
    place.deliver()
    assert "приказ № 47 от 25 ноября 2026" in mila.wait_quiet()
    assert any("Пробный период позади" in message.text for message in mila.chat)
    assert "наставник остаётся — Анна Сергеевна Лебедева" in vera.wait_quiet()

    place.panel(pause_pair, pair_id, date(2026, 12, 10), "Анна Сергеевна на курсах")
    place.deliver()
    for person in (anna, mila):
        assert "Пауза до чт, 10 декабря" in person.wait_quiet()
        assert "Анна Сергеевна на курсах" in person.screen
    assert "пауза во встречах" in vera.wait_quiet()
    anna.press_data(
        old.id, next(one.value for row in old.rows for one in row if one.text == "Назначить первую встречу")
    )
    shown = anna.wait_for("Сейчас пауза, до чт, 10 декабря")
    assert not any("Назначить" in label for label in shown.buttons)
    say(mila, "/menu")
    assert "Сейчас пауза, до чт, 10 декабря" in press(mila, "Моя пара")
    place.panel(resume_pair, pair_id)
    place.deliver()
    assert "Пауза закончилась" in mila.wait_quiet()
    assert "встречаться снова" in vera.wait_quiet()


def test_not_to_suit_each_other_is_said_in_a_tap_and_told_without_blame(place: Maiak) -> None:
    anna, mentor = place.mentor()
    mila, vera, mentee = place.pupil()
    pair_id = place.agreed(mentor, mentee)
    place.panel(start_trial, pair_id)
    place.deliver()

    press(mila, "Моя пара")
    assert "никто не виноват" in press(mila, "Не подходим друг другу")
    assert "Передали куратору" in say(mila, "Мне ближе биология")
    assert letters(place) == ["Не подходим друг другу (пробный период): Анна Сергеевна Лебедева.\n\nМне ближе биология"]

    place.panel(part_pair, pair_id)
    place.deliver()
    for person in (anna, mila):
        told = person.wait_quiet()
        assert "Пробный период закончен" in told
        assert "никто не виноват" in told
        assert "биология" not in told
        assert person.buttons == ["Написать куратору", "Меню"]
    assert "Вместе не сложилось — это нормально" in vera.wait_quiet()
    say(mila, "/menu")
    assert not any("Моя пара" in label for label in mila.buttons)


def test_a_long_silence_is_answered_in_two_taps_and_a_last_day_told_without_the_law(place: Maiak) -> None:
    anna, mentor = place.mentor()
    darya, mentee = place.young_teacher()
    pair_id = place.group(mentor, mentee)
    place.deliver()
    place.clock.now += timedelta(days=91)
    place.store.write(lambda session: follow_silence(session, now=place.clock()))
    place.deliver()

    for person in (anna, darya):
        assert "91 день без встреч" in person.wait_quiet()
        assert person.buttons[-2:] == ["Нам нужна пауза", "Хотим закончить"]
    asked = darya.last
    for _ in range(2):
        darya.press_data(asked.id, next(one.value for row in asked.rows for one in row if "пауза" in one.text))
        assert "Попросить паузу" in settled(darya)
        assert "Передали куратору" in press(darya, "Передать без слов")
    assert letters(place) == ["Нужна пауза: Анна Сергеевна Лебедева."]

    place.panel(give_notice, pair_id, Side.WORKER, place.clock().date())
    place.deliver()
    assert "Ваш отказ от наставничества записан. Последний день — пт, 26 февраля" in anna.wait_quiet()
    told = darya.wait_quiet()
    assert "последний день вашей работы вместе — пт, 26 февраля" in told
    assert "дело не в вас" in told
    assert not any(word in told for word in ("351", "ТК", "отказ"))
    place.panel(end_pair, pair_id, EndReason.COMPLETED)
    place.deliver()
    assert "Спасибо, что прошли этот путь вместе" in darya.wait_quiet()
