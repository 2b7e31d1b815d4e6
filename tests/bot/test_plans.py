"""Mentor and mentee build their plan in the chat, the curator decides, and they say what came of it."""

from mentoring.use_cases.plan_decisions import approve_plan, return_plan
from mentoring.use_cases.plan_views import PlanView, plan_of
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak
from tests.chat import Persona


def the_two(place: Maiak) -> tuple[Persona, Persona, int]:
    anna, mentor = place.mentor()
    mila, _, mentee = place.pupil()
    pair_id = place.pair(mentor, mentee)
    place.deliver()
    anna.wait_quiet()
    mila.wait_quiet()
    return anna, mila, pair_id


def open_plan(person: Persona) -> str:
    say(person, "/menu")
    press(person, "Моя пара")
    return press(person, "План")


def seen(place: Maiak, pair_id: int) -> PlanView:
    return place.read(plan_of, pair_id, now=place.clock())


def approve(place: Maiak, pair_id: int) -> None:
    place.panel(approve_plan, pair_id, seen=seen(place, pair_id).seen)


def drawn_up(place: Maiak) -> tuple[Persona, Persona, int]:
    anna, mila, pair_id = the_two(place)
    open_plan(mila)
    press(mila, "Записать цель")
    say(mila, "Собрать робота, который объезжает стулья")
    press(mila, "Добавить дело")
    press(mila, "Направления развития")
    say(mila, "Выбрать датчик")
    say(mila, "15 декабря")
    say(mila, "Датчик видит стул за полметра")
    return anna, mila, pair_id


def test_a_goal_and_an_item_come_into_the_plan_in_a_few_steps_and_change(place: Maiak) -> None:
    _, mila, pair_id = the_two(place)
    assert "Плана пока нет" in open_plan(mila)
    screen = press(mila, "Записать цель")
    assert "нашей подсказки" in screen
    assert "Осталось добавить хотя бы одно дело" in press(mila, "1")
    assert seen(place, pair_id).goals[0] in screen, "a suggestion is taken in one tap"

    assert "К какому разделу" in press(mila, "Добавить дело")
    assert "Что нужно сделать" in press(mila, "Направления развития")
    assert "К какому дню" in say(mila, "Выбрать датчик")
    for unfit in ("завтра", "32.12", "1.1.2030"):
        assert "К какому дню" in say(mila, unfit)
    assert "Что должно получиться" in say(mila, "15.12")
    assert "1. Выбрать датчик — до вт, 15 декабря" in press(mila, "Пропустить")
    assert {"Отправить куратору", "1", "Добавить дело", "← К паре"} <= set(mila.buttons)

    press(mila, "1")
    press(mila, "Изменить")
    assert "Выбрать два датчика" in say(mila, "Выбрать два датчика")
    press(mila, "Срок")
    assert "Без срока" in press(mila, "Без срока")
    assert "верните его этой кнопкой" in press(mila, "Убрать")
    assert seen(place, pair_id).items == ()
    assert "снова в плане" in press(mila, "Вернуть в план")
    assert [item.text for item in seen(place, pair_id).items] == ["Выбрать два датчика"]


def test_a_plan_goes_to_the_curator_and_is_lived_through(place: Maiak) -> None:
    anna, mila, pair_id = drawn_up(place)
    place.later(minutes=31)
    assert "В плане есть изменения" in anna.wait_quiet()
    assert sum("изменения" in message.text for message in anna.chat) == 1
    assert "Собрать робота, который объезжает стулья" in press(anna, "Открыть план")

    assert "План отправлен куратору" in press(mila, "Отправить куратору")
    place.panel(return_plan, pair_id, "Добавьте ещё <одно> дело")
    place.later(minutes=1)
    assert "Добавьте ещё <одно> дело" in anna.wait_quiet()
    assert "Добавьте ещё <одно> дело" in press(mila, "Открыть план")
    assert "после того, как куратор утвердит" in press(mila, "1")
    press(mila, "← К плану")
    press(mila, "Отправить куратору")
    approve(place, pair_id)
    place.later(minutes=1)
    assert "Куратор утвердил ваш план" in mila.wait_quiet()
    assert "Когда дело сделано, отметьте его" in anna.wait_quiet()

    place.later(days=19, hours=1)
    told = mila.wait_quiet()
    assert "подходит срок" in told
    assert "Выбрать датчик — до вт, 15 декабря" in told

    press(mila, "Открыть план")
    press(mila, "1")
    assert "Что вышло" in press(mila, "Рассказать, что вышло")
    assert "ждёт отметки наставника" in say(mila, "Датчик работает")
    open_plan(anna)
    assert "Датчик работает" in press(anna, "1")
    assert "Отмечено: сделано" in press(anna, "Сделано")
    assert "Наставник: Молодец, аккуратно" in say(anna, "Молодец, аккуратно")
    assert "✓ сделано" in press(anna, "← К плану")
    assert "Сделано 1 из 1" in settled(anna)


def test_a_button_about_a_goal_that_is_gone_shows_the_plan_as_it_stands(place: Maiak) -> None:
    anna, mila, pair_id = drawn_up(place)
    for person in (anna, mila):
        open_plan(person)
        press(person, "Цели (1)")
        press(person, "1")
    press(mila, "Убрать")

    screen = press(anna, "Убрать")

    assert "План только что изменили" in screen
    assert "Осталось записать хотя бы одну цель" in screen
    assert seen(place, pair_id).goals == ()
