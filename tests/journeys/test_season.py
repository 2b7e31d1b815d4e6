"""One season from invitation to an order and its amendment, by people who have never seen the product."""

import re

import pytest

from tests.chat import Persona
from tests.conftest import NOW
from tests.journeys import ordering
from tests.journeys.stage import Stage, fill, stage

ANNA = {
    "Где вы учитесь": "Работаю педагогом",
    "фамилия": "Лебедева",
    "имя?": "Анна",
    "отчество": "Сергеевна",
    "родились": "14.05.1981",
    "Кем и где": "учитель физики",
    "телефон": "8 912 345-67-89",
    "Кому": ["13–14", "15–17"],
    "Чем вы готовы помочь": ["Учёба и предметы"],
    "С какими предметами": "Физика",
    "Какой у вас опыт": "22 года в школе, знаю, как объяснить трудное.",
    "интересно": None,
    "Скольким": "Двум",
    "Сколько времени": "1–2 часа",
    "В какие дни": ["Вторник", "Четверг"],
    "какое время": ["Днём"],
    "удобнее встречаться": "И так и так",
    "уже были": "Нет",
    "Почему": "Хочу делиться.",
    "научиться": None,
    "не хотелось": None,
}
MILA = {
    "Где вы учитесь": "Учусь в школе",
    "фамилия": "Крылова",
    "имя?": "Мила",
    "отчество": None,
    "родились": "3 марта 2013",
    "классе": "7 «Б»",
    "телефон": None,
    "поддержка": ["Учёба и предметы", "Уверенность"],
    "С каким предметом": None,
    "По какому предмету": None,
    "своими словами": None,
    "через полгода": "Перестать бояться физики.",
    "наставник вам подойдёт": None,
    "интересно": None,
    "В какие дни": ["Вторник"],
    "какое время": ["Днём"],
    "удобнее встречаться": "Очно",
    "не хотели": None,
}


@pytest.mark.slow(20)
def test_from_invitation_to_an_order_and_its_amendment(database_url: str) -> None:
    with stage(database_url, NOW) as season:
        anna, mila, vera = (season.sandbox.newcomer(name) for name in ("Анна", "мила ✨", "Вера К"))

        _mentor_comes(season, anna)
        _pupil_comes_with_her_mother(season, mila, vera)
        _curator_approves_everyone(season)
        pair = _pair_is_agreed(season, anna, mila)
        ordering.trial_begins(season, pair, anna, mila, vera)
        _they_meet_and_tell(season, anna, mila)
        ordering.trial_meeting_is_told_of(season, pair, anna, mila)
        order = ordering.order_is_signed(season, pair, anna, mila)
        _curator_sees_the_results(season)
        ordering.pair_ends_and_the_order_is_amended(season, pair, order)

        season.sandbox.wait_quiet()
        assert not season.sandbox.unanswered_callbacks()
        assert not season.sandbox.refused_calls()


def _mentor_comes(season: Stage, anna: Persona) -> None:
    anna.start(season.link("mentor"))
    anna.wait_for("Гимназия «Маяк»")
    anna.press("18 лет или больше")
    anna.press("Прочитать полностью")
    anna.wait_for("Что вы решите?")
    anna.press("Даю согласие")
    anna.wait_for("согласие дано")
    anna.press("Заполнить анкету")
    review = fill(anna, ANNA)
    assert "Лебедева" in review
    assert "+7 912 345-67-89" in review
    anna.press("Отправить")
    anna.wait_for("анкета отправлена")


def _pupil_comes_with_her_mother(season: Stage, mila: Persona, vera: Persona) -> None:
    mila.start(season.link("mentee"))
    mila.press("Мне нет 14")
    mila.wait_quiet()
    forwarded = next(message.text for message in mila.chat if "?start=" in message.text)
    assert not [message for message in mila.chat if "Вопрос 1" in message.text], "no question before the consent"

    vera.open(_link_in(forwarded))
    vera.wait_for("Зимина")
    vera.press("Даю согласие")
    vera.wait_for("зовут")
    vera.say("Крылова Мила")
    vera.wait_quiet()
    vera.say("Крылова Вера Андреевна")
    vera.wait_quiet()
    vera.press("Мама")
    vera.wait_quiet()

    season.bot.tick()
    mila.press("Заполнить анкету")
    fill(mila, MILA)
    mila.press("Отправить")
    mila.wait_for("анкета отправлена")


def _curator_approves_everyone(season: Stage) -> None:
    for surname in ("Лебедева", "Крылова Мила"):
        page = _page_of(season, surname)
        action = re.search(r'action="(/people/\d+/approve/\d+|[^"]*approve[^"]*)"', season.curator.text(page))
        assert action, surname
        season.curator.press(page, action[1])
    season.bot.tick()


def _pair_is_agreed(season: Stage, anna: Persona, mila: Persona) -> str:
    pair = ordering.pool_is_matched(season)

    season.bot.tick()
    anna.wait_for("предлагает вам пару")
    assert not {"Мила", "Крылова"} & set(re.findall(r"\w+", anna.screen)), "no name before the curator has confirmed"
    anna.press("Да, берусь")
    anna.wait_for("согласие записано")
    season.later(hours=4)  # pupils are written to after lessons
    mila.wait_for("нашёлся наставник")
    assert "Лебедева" not in mila.screen
    mila.press("Подходит")
    mila.wait_for("согласие записано")

    return pair


def _they_meet_and_tell(season: Stage, anna: Persona, mila: Persona) -> None:
    anna.press("Назначить")
    for label in ("вт 01.12", "15:00", "В организации"):
        anna.press(label)
    anna.wait_for("Нажмите «Готово»")
    anna.say("кабинет физики")
    anna.wait_for("Встреча назначена")
    season.bot.tick()
    mila.wait_for("вт, 1 декабря, 15:00")
    mila.press("Подходит")
    mila.wait_for("время подходит")
    season.bot.tick()

    season.later(days=6, hours=23, minutes=40)  # Monday, 15:40: the day before
    for person in (anna, mila):
        assert "Скоро встреча" in person.screen, person.dump()
    mila.press("Всё в силе")
    mila.wait_for("всё в силе")
    season.later(hours=22, minutes=40)  # Tuesday, 14:20: less than an hour before
    for person in (anna, mila):
        assert "через час" in person.screen, person.dump()
    season.later(hours=4)  # two hours after its end
    for person in (anna, mila):
        person.press("Состоялась")
        person.wait_for("Вопрос 1")
    _tell(anna, "8")
    _tell(mila, "9")


def _tell(person: Persona, comfort: str) -> None:
    form = {"понять друг друга": "Да", "легко": comfort, "продолжать": "Да", "следующей встрече": None}
    fill(person, form)
    person.press("Отправить")
    person.wait_for("отзыв записан")


def _curator_sees_the_results(season: Stage) -> None:
    results = season.curator.text("/results/")
    assert "Лебедева" in results
    assert "8,5" in results
    pair = re.search(r'href="(/pairs/\d+)"', results)
    assert pair
    assert "Хотите продолжать с этим наставником?" in season.curator.text(pair[1])


def _link_in(text: str) -> str:
    found = re.search(r"http\S+", text)
    assert found
    return found[0]


def _page_of(season: Stage, name: str) -> str:
    found = season.curator.text(f"/people/?q={name.split()[0].casefold()}")
    rows = re.findall(r'href="(/person/\d+)"[^>]*>\s*([^<]+)', found)
    return str(next(address for address, label in rows if label.startswith(name)))
