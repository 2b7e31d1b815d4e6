"""From a link to the first question: who is greeted how, who decides, what is never asked too early."""

from sqlalchemy import select

from mentoring.rules.people import AgeGroup, Role
from storage.models.consent import Consent
from storage.models.person import Guardianship, Person
from tests.bot.chatting import link_in, press, say, settled, start
from tests.bot.maiak import Maiak


def test_a_stranger_is_told_how_to_get_in_whatever_they_do(place: Maiak) -> None:
    nobody = place.sandbox.newcomer("Прохожий")

    assert "ссылку или QR-код даёт куратор" in start(nobody)
    assert "ссылку или QR-код даёт куратор" in say(nobody, "Здравствуйте, я хочу к вам")
    nobody.send_sticker()
    assert "ссылку или QR-код даёт куратор" in nobody.wait_quiet()
    assert "Что я умею" in say(nobody, "/help")
    assert "Как мы обращаемся с данными" in say(nobody, "/privacy")
    assert place.read(lambda session: session.scalar(select(Person.id))) is None


def test_a_link_that_does_not_work_explains_itself(place: Maiak) -> None:
    nobody = place.sandbox.newcomer("Прохожий")

    assert "Эта ссылка не работает" in start(nobody, "AAAAAAAAAAAAAAAAAAAAAA")
    assert "новую" in nobody.screen


def test_a_mentor_is_greeted_says_their_age_and_decides_before_any_question(place: Maiak) -> None:
    anna = place.sandbox.newcomer("Анна")

    greeting = start(anna, place.link(Role.MENTOR))
    assert "Гимназия «Маяк»" in greeting
    assert "Ольга Викторовна Зимина" in greeting
    assert anna.buttons == ["Мне нет 14", "14–17 лет", "18 лет или больше"]
    press(anna, "18 лет")
    assert anna.buttons[:3] == ["Прочитать полностью", "Даю согласие", "Не даю"]
    recorded = press(anna, "Даю согласие")

    assert "согласие дано 23 ноября 2026, 16:00, версия 1" in recorded
    assert "Мои данные и согласия" in recorded
    assert not [message for message in anna.chat if "фамилия" in message.text]
    assert "Вопрос 1 из" in press(anna, "Заполнить анкету")


def test_the_consent_keeps_its_text_version_time_and_the_message_that_was_pressed(place: Maiak) -> None:
    anna = place.sandbox.newcomer("Анна")
    start(anna, place.link(Role.MENTOR))
    press(anna, "18 лет")
    on = anna.last.id

    press(anna, "Даю согласие")

    consent = place.read(lambda session: session.scalars(select(Consent)).one())
    assert consent.evidence["telegram_id"] == anna.id
    assert consent.evidence["message_id"] == on
    assert len(consent.evidence["digest"]) == 64
    assert consent.decided_at == place.clock()


def test_a_child_gets_a_message_to_forward_and_waits(place: Maiak) -> None:
    mila = place.sandbox.newcomer("Мила")
    start(mila, place.link(Role.MENTEE))

    screen = press(mila, "Мне нет 14")

    assert "нужно согласие родителя" in screen
    forwarded = mila.chat[-2]
    assert "Для участия нужно согласие родителя" in forwarded.text
    assert link_in(mila) in forwarded.text
    assert forwarded.buttons == []
    press(mila, "Показать ссылку ещё раз")
    assert len({message.text for message in mila.chat if "?start=" in message.text}) == 1, "the link stays the same"


def test_the_child_cannot_decide_for_the_parent(place: Maiak) -> None:
    mila = place.sandbox.newcomer("Мила")
    start(mila, place.link(Role.MENTEE))
    press(mila, "Мне нет 14")

    mila.open(link_in(mila))

    assert "Эта ссылка — для родителя" in mila.wait_quiet()
    assert "Сообщение для родителя" in mila.buttons


def test_a_parent_reads_who_asks_before_deciding_and_then_names_the_child_and_themselves(place: Maiak) -> None:
    mila, vera = place.sandbox.newcomer("мила ✨"), place.sandbox.newcomer("Вера")
    start(mila, place.link(Role.MENTEE))
    press(mila, "Мне нет 14")

    vera.open(link_in(mila))
    vera.wait_quiet()
    told = vera.chat[-2].text + vera.screen
    assert all(word in told for word in ("Ваш ребёнок", "Гимназия «Маяк»", "Ольга Викторовна Зимина"))
    assert "Как зовут ребёнка?" in press(vera, "Даю согласие")
    assert "Нужны хотя бы фамилия и имя" in say(vera, "Мила")
    assert "Как зовут вас?" in say(vera, "Крылова Мила Андреевна")
    assert "Кем вы приходитесь" in say(vera, "Крылова Вера Андреевна")
    assert "Спасибо, Вера Андреевна. Мила узнает" in press(vera, "Мама")

    place.deliver()
    assert "Родитель дал согласие" in mila.wait_quiet()
    assert "Вопрос 1 из" in press(mila, "Заполнить анкету")
    assert place.read(lambda session: session.scalars(select(Guardianship)).one().relation) == "мать"


def test_a_parent_who_stops_half_way_goes_on_where_they_were(place: Maiak) -> None:
    mila, vera = place.sandbox.newcomer("Мила"), place.sandbox.newcomer("Вера")
    start(mila, place.link(Role.MENTEE))
    press(mila, "Мне нет 14")
    vera.open(link_in(mila))
    press(vera, "Даю согласие")
    say(vera, "Крылова Мила")

    assert "осталось назвать себя" in say(vera, "/start")
    assert "Как зовут вас?" in press(vera, "Назвать себя и ребёнка")


def test_a_pupil_of_fourteen_decides_too_and_then_asks_a_parent(place: Maiak) -> None:
    timur = place.sandbox.newcomer("Тимур")
    start(timur, place.link(Role.MENTEE))

    assert "от 14 до 17 лет" in press(timur, "14–17")
    press(timur, "Даю согласие")

    assert "Заполнить анкету" not in timur.buttons
    press(timur, "Сообщение для родителя")
    assert "Сообщение выше" in timur.screen
    assert place.read(lambda session: session.scalars(select(Person.age_group)).one()) is AgeGroup.FROM_14_TO_17


def test_the_same_link_again_shows_where_the_person_stopped(place: Maiak) -> None:
    anna = place.sandbox.newcomer("Анна")
    link = place.link(Role.MENTOR)
    start(anna, link)
    press(anna, "18 лет")
    press(anna, "Даю согласие")

    assert "Вы уже с нами" in start(anna, link)
    assert anna.buttons[0] == "Заполнить анкету"


def test_the_other_roles_link_gives_a_second_role(place: Maiak) -> None:
    anna, _ = place.mentor()

    assert "как наставляемый" in start(anna, place.link(Role.MENTEE))
    assert "Заполнить анкету" in anna.buttons


def test_ten_taps_at_once_record_one_decision(place: Maiak) -> None:
    anna = place.sandbox.newcomer("Анна")
    start(anna, place.link(Role.MENTOR))
    press(anna, "18 лет")
    message = anna.last
    data = next(button.value for row in message.rows for button in row if button.text == "Даю согласие")

    for _ in range(10):
        anna.press_data(message.id, data)
    settled(anna)

    assert len(place.read(lambda session: session.scalars(select(Consent.id)).all())) == 1
    assert "согласие дано" in anna.screen
