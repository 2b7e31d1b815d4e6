"""Surveys in the chat: asked for, answered under a name or without one, several at once, and too late."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import func, select

from bot.screens import questionnaires
from mentoring.rules.campaigns import Audience, AudienceFilter, RecipientState
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.campaigns import close_campaign, create_campaign, extend_campaign
from mentoring.use_cases.responses import ResponseLine
from storage.models.campaign import AnonymousSheet, CampaignRecipient
from storage.models.person import Person
from storage.models.questionnaire import Answer, Response, Submission
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak
from tests.bot.test_one_message import steps
from tests.chat import Persona

LONG = "survey_teacher_pupil_mentee_after"
WINDOW = timedelta(days=5)


def asked(place: Maiak, key: str, who: Audience, title: str = "Опрос ноября", **more: Any) -> int:
    """A campaign that has just opened, with its messages sent."""
    now = place.clock()
    window = {"opens_at": now, "closes_at": now + WINDOW}
    audience = AudienceFilter(who)
    made = place.panel(
        create_campaign, key, programme_id=place.programme_id, title=title, audience=audience, **window, **more
    )
    place.deliver()
    return made.campaign_id


@pytest.fixture
def pair(place: Maiak) -> tuple[Persona, Persona]:
    """Анна Сергеевна and Мила."""
    anna, as_mentor = place.mentor()
    mila, _, as_mentee = place.pupil()
    place.pair(as_mentor, as_mentee)
    place.deliver()
    return anna, mila


def answer_to_the_end(person: Persona) -> int:
    """The first answer to each question until the review; gives the number of acts it took."""
    acts = 0
    while "Проверьте ответы" not in person.screen:
        assert acts < 60, person.dump()
        before = person.last
        first = before.rows[0][0]
        if first.text.startswith("✓") or first.text in ("← Назад", "Позже", "Пропустить"):
            if "Готово" in person.buttons:
                press(person, "Готово")
            else:
                say(person, "12" if "число" in before.text else "Стало легче спрашивать")
        else:
            person.press_data(before.id, first.value)
            settled(person)
        acts += 1
        assert len(steps(person)) == 1
    return acts


def rows(place: Maiak, *models: Any) -> list[int]:
    return place.read(lambda session: [session.scalar(select(func.count()).select_from(one)) or 0 for one in models])


def recipient(place: Maiak) -> CampaignRecipient:
    return place.read(lambda session: session.scalars(select(CampaignRecipient)).one())


def test_a_pulse_is_four_taps_from_its_own_message(place: Maiak, pair: tuple[Persona, Persona]) -> None:
    _, mila = pair
    asked(place, "pulse_mentee", Audience.MENTEES)
    assert "до сб, 28 ноября, 16:00" in mila.screen
    assert "Ваша пара: Анна Сергеевна" in mila.screen
    assert mila.buttons == ["Ответить"]

    first = press(mila, "Ответить")
    assert "Вопрос 1 из 4" in first
    assert "Ваша пара: Анна Сергеевна" in first
    for answer in ("Один раз", "7", "8"):
        press(mila, answer)
    sent = press(mila, "Нет")

    assert "Спасибо, ответы отправлены" in sent
    assert "вашей паре они не показываются" in sent
    assert "Больше ничего делать не нужно" in sent
    assert recipient(place).state is RecipientState.ANSWERED
    assert "Ответить на опрос" not in " ".join(mila.buttons)


def test_a_long_survey_is_one_message_and_few_taps(place: Maiak, pair: tuple[Persona, Persona]) -> None:
    _, mila = pair
    asked(place, LONG, Audience.MENTEES)
    press(mila, "Ответить")
    total = int(mila.screen.partition("Вопрос 1 из ")[2].split()[0])

    acts = answer_to_the_end(mila)
    sent = press(mila, "Отправить")

    assert total >= 18
    assert acts <= total + 4, "no more than an act for each question, and «Готово» here and there"
    assert "Спасибо, ответы отправлены" in sent
    assert steps(mila) == []
    assert place.read(lambda session: session.scalars(select(Response.state)).all()).count(ResponseState.DRAFT) == 0


def test_a_survey_put_aside_is_in_the_menu_and_goes_on_where_it_was(
    place: Maiak, pair: tuple[Persona, Persona]
) -> None:
    _, mila = pair
    asked(place, "pulse_mentee", Audience.MENTEES)
    say(mila, "/menu")
    assert "Куратор просит ответить на опрос: Опрос ноября" in mila.screen
    assert mila.buttons[0] == "Ответить на опрос (1)"

    press(mila, "Ответить на опрос (1)")
    press(mila, "Один раз")
    paused = press(mila, "Позже")
    assert "Сохранено: 1 ответ" in paused
    assert "Опрос начат" in press(mila, "Меню")
    again = press(mila, "Продолжить опрос")

    assert "Вопрос 2 из 4" in again
    assert "Ваша пара: Анна Сергеевна" in again


def test_several_surveys_come_as_a_list_and_follow_one_another(place: Maiak, pair: tuple[Persona, Persona]) -> None:
    anna, _ = pair
    now = place.clock()
    for key, title in (("pulse_mentor", "Ноябрь"), ("mentor_training_needs", "Чему учиться")):
        window = {"opens_at": now, "closes_at": now + WINDOW}
        audience = AudienceFilter(Audience.MENTORS)
        place.panel(create_campaign, key, programme_id=place.programme_id, title=title, audience=audience, **window)
    place.deliver()
    assert "опросы: 2" in anna.screen
    assert "• Ноябрь, пара: Мила" in anna.screen
    say(anna, "/menu")
    assert "Вас ждут опросы: 2" in anna.screen

    press(anna, "Ответить на опрос (2)")
    press(anna, "Ноябрь")
    for answer in ("Один раз", "7"):
        press(anna, answer)
    sent = press(anna, anna.buttons[0]) if "Вопрос 4" not in anna.screen else anna.screen
    while "Спасибо" not in sent:
        sent = press(anna, anna.buttons[0])

    assert "Остался ещё один опрос" in sent
    assert "Вопрос 1 из" in press(anna, "Следующий опрос")


def test_an_anonymous_survey_says_so_before_and_keeps_no_name_after(
    place: Maiak, pair: tuple[Persona, Persona]
) -> None:
    _, mila = pair
    asked(place, "pulse_mentee", Audience.MENTEES, anonymous=True)
    before = rows(place, Response, Answer, Submission)
    assert "анонимный" in mila.screen

    assert "анонимный" in press(mila, "Ответить")
    for answer in ("Один раз", "7", "8", "Нет"):
        press(mila, answer)
    assert "исправить их или узнать, чьи они, будет нельзя" in mila.screen
    review = mila.last
    send = next(button.value for row in review.rows for button in row if button.text == "Отправить")
    assert "чьи они, теперь не узнает никто" in press(mila, "Отправить")

    assert rows(place, Response, Answer, Submission) == before
    assert rows(place, AnonymousSheet) == [1]
    assert recipient(place).answered_at is None
    mila.press_data(review.id, send)
    settled(mila)
    assert "Эти ответы уже отправлены" in mila.screen


def test_what_was_answered_before_the_end_is_kept_and_sent_when_the_curator_gives_more_time(
    place: Maiak, pair: tuple[Persona, Persona]
) -> None:
    _, mila = pair
    campaign_id = asked(place, "pulse_mentee", Audience.MENTEES)
    press(mila, "Ответить")
    for answer in ("Один раз", "7", "8"):
        press(mila, answer)
    place.panel(close_campaign, campaign_id)

    assert "Проверьте ответы" in press(mila, "Нет")
    closed = press(mila, "Отправить")
    assert "Опрос уже закрылся" in closed
    assert mila.buttons == ["Написать куратору", "Меню"]

    place.panel(extend_campaign, campaign_id, place.clock() + WINDOW)
    press(mila, "Меню")
    assert "Проверьте ответы" in press(mila, "Продолжить опрос")
    assert "Спасибо, ответы отправлены" in press(mila, "Отправить")


def test_the_button_of_a_survey_that_is_over_answers_kindly(place: Maiak, pair: tuple[Persona, Persona]) -> None:
    _, mila = pair
    campaign_id = asked(place, "pulse_mentee", Audience.MENTEES)
    button = mila.last
    place.panel(close_campaign, campaign_id)

    assert "Опрос уже закрылся" in press(mila, "Ответить")
    assert mila.last.id == button.id
    assert mila.buttons == ["Меню"]


def test_an_answered_survey_is_not_asked_twice(place: Maiak, pair: tuple[Persona, Persona]) -> None:
    _, mila = pair
    asked(place, "pulse_mentee", Audience.MENTEES)
    message, data = mila.last.id, mila.last.rows[0][0].value
    press(mila, "Ответить")
    for answer in ("Один раз", "7", "8", "Нет"):
        press(mila, answer)

    mila.press_data(message, data)

    assert "Вы уже ответили на этот опрос" in settled(mila)


def test_a_reminder_brings_the_survey_and_does_not_come_after_the_answer(
    place: Maiak, pair: tuple[Persona, Persona]
) -> None:
    anna, mila = pair
    asked(place, "pulse_mentee", Audience.MENTEES)
    asked(place, "pulse_mentor", Audience.MENTORS)
    press(mila, "Ответить")
    for answer in ("Один раз", "7", "8", "Нет"):
        press(mila, answer)

    place.later(days=2, hours=3)
    anna.wait_quiet()

    assert any("Напоминаю об опросе" in message.text for message in anna.chat)
    assert not any("Напоминаю об опросе" in message.text for message in mila.chat)


def test_people_are_chosen_from_those_who_were_present(place: Maiak, pair: tuple[Persona, Persona]) -> None:
    _, mila = pair
    anna_id = place.read(lambda session: session.scalars(select(Person.id).where(Person.first_name == "Анна")).one())
    asked(place, "preferences_mentee", Audience.MENTEES, present=[anna_id])

    first = press(mila, "Ответить")
    assert "С кем из наставников" in first
    assert mila.buttons[0].startswith("Анна Сергеевна")
    press(mila, "Анна Сергеевна")
    assert mila.buttons[0].startswith("✓ Анна Сергеевна")
    assert "лучше всех" in press(mila, "Готово")
    press(mila, "Анна Сергеевна")
    assert "не хотелось бы работать" in press(mila, "Пропустить")
    review = press(mila, "Пропустить")

    assert review.count("Анна Сергеевна") == 2
    assert "Спасибо" in press(mila, "Отправить")


def test_a_parent_is_asked_about_the_child_in_their_own_chat(place: Maiak) -> None:
    _, mother, _ = place.pupil()
    place.deliver()
    asked(place, "parent_survey", Audience.GUARDIANS)

    assert "Вопрос 1 из" in press(mother, "Ответить")
    answer_to_the_end(mother)
    assert "Спасибо, ответы отправлены" in press(mother, "Отправить")


def test_surveys_of_one_title_are_told_apart_by_the_day_among_ones_own_forms() -> None:
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    title = "Опрос в начале (наставляемый, учитель–ученик)"
    twins = [
        ResponseLine(number, "survey", title, ResponseState.SUBMITTED, at + timedelta(days=number), at, None, None)
        for number in (1, 2)
    ]
    other = ResponseLine(3, "pulse", "Как идут встречи", ResponseState.SUBMITTED, at, at, None, None)

    keyboard = questionnaires.listed([*twins, other], "Europe/Moscow").keyboard

    assert isinstance(keyboard, InlineKeyboardMarkup)
    labels = [row[0].text for row in keyboard.inline_keyboard]
    assert labels == ["Опрос в начале (настав…, 26.11", "Опрос в начале (настав…, 27.11", "Как идут встречи", "Меню"]
