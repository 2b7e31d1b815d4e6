"""A consent is read in full, refused without blame, taken back with its consequences named."""

from sqlalchemy import select

from mentoring.rules.people import Role
from mentoring.use_cases.publication import ask_publication
from storage.models.consent import Consent, ConsentWithdrawal, ErasureRequest
from tests.bot.chatting import press, say, settled, start
from tests.bot.maiak import Maiak
from tests.chat import Persona


def asked(place: Maiak) -> Persona:
    anna = place.sandbox.newcomer("Анна")
    start(anna, place.link(Role.MENTOR))
    press(anna, "18 лет")
    return anna


def test_the_whole_text_comes_as_messages_and_as_a_file(place: Maiak) -> None:
    anna = asked(place)

    screen = press(anna, "Прочитать полностью")

    assert "Как отозвать согласие" in screen
    assert anna.buttons[:2] == ["Даю согласие", "Не даю"]
    sent = next(message for message in anna.chat if message.file)
    page = anna.download(sent).decode()
    assert "Гимназия «Маяк»" in page
    assert sent.file is not None
    assert sent.file["name"] == "Согласие на обработку данных, версия 1.html"


def test_a_refusal_is_recorded_without_blame_and_can_be_changed(place: Maiak) -> None:
    anna = asked(place)

    refused = press(anna, "Не даю")
    assert "согласие не дано" in refused
    assert "Это ваше право" in refused
    assert "Сейчас записано: согласие не дано" in press(anna, "Всё-таки дать согласие")
    assert "согласие дано" in press(anna, "Даю согласие")

    decisions = place.read(lambda session: [row.decision for row in session.scalars(select(Consent))])
    assert decisions == ["refused", "given"]
    assert "Заполнить анкету" in anna.buttons


def test_a_withdrawal_names_what_will_happen_and_is_a_row_of_its_own(place: Maiak) -> None:
    anna, came = place.mentor()
    say(anna, "/mydata")
    press(anna, "Мои согласия")

    warned = press(anna, "Отозвать согласие")
    assert "участие в программе прекратится" in warned
    assert "30 дней" in warned
    assert "согласие дано" not in press(anna, "Оставить как есть")
    press(anna, "Отозвать согласие")
    done = press(anna, "Да, отозвать")

    assert "Согласие отозвано 23 ноября 2026, 16:00" in done
    assert place.read(lambda session: session.scalars(select(ConsentWithdrawal)).one())
    assert place.read(lambda session: session.scalars(select(ErasureRequest.person_id)).one()) == came.person_id
    assert "участие прекращено" in say(anna, "/menu")


def test_an_old_withdrawal_button_shows_how_things_stand(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/mydata")
    press(anna, "Мои согласия")
    old = anna.last
    data = next(button.value for row in old.rows for button in row if "Отозвать" in button.text)
    press(anna, "Отозвать согласие")
    press(anna, "Да, отозвать")

    anna.press_data(old.id, data)

    assert "Отозвано 23 ноября" in settled(anna)


def test_a_parent_takes_the_consent_back_and_the_pair_is_told_without_the_reason(place: Maiak) -> None:
    anna, mentor = place.mentor()
    mila, vera, mentee = place.pupil()
    place.pair(mentor, mentee)
    place.deliver()

    say(vera, "/mydata")
    press(vera, "Мои согласия")
    press(vera, "Отозвать: Мила")
    press(vera, "Да, отозвать")
    place.deliver()

    assert "совместная работа закончена: Мила Крылова" in anna.wait_quiet()
    assert "соглас" not in anna.screen
    assert "Согласия родителя нет" in mila.wait_quiet()


def test_the_other_parent_hears_that_the_first_has_decided(place: Maiak) -> None:
    mila = place.sandbox.newcomer("Мила")
    start(mila, place.link(Role.MENTEE))
    press(mila, "Мне нет 14")
    link = next(message.text.split("start=")[1].split()[0] for message in mila.chat if "start=" in message.text)
    vera, igor = place.sandbox.newcomer("Вера"), place.sandbox.newcomer("Игорь")
    start(vera, link)
    press(vera, "Даю согласие")

    assert "Согласие уже дано" in start(igor, link)
    assert "Не даю" not in igor.buttons


def test_the_name_on_the_site_is_asked_answered_and_taken_back_while_the_part_goes_on(place: Maiak) -> None:
    anna, came = place.mentor()
    place.panel(ask_publication, [came.person_id])
    place.deliver()

    assert "на сайте организации" in settled(anna)
    asked = press(anna, "Прочитать и решить")
    assert "это не обязательно" in asked.lower()
    refused = press(anna, "Не даю")
    assert "имя не публикуется" in refused
    assert "участвовать нельзя" not in refused
    press(anna, "Всё-таки дать согласие")
    assert "согласие дано" in press(anna, "Даю согласие")

    say(anna, "/mydata")
    press(anna, "Мои согласия")
    assert {"Отозвать согласие", "Отозвать: публикация"} <= set(anna.buttons)
    warned = press(anna, "Отозвать: публикация")
    assert "участие в программе продолжится" in warned.lower()
    done = press(anna, "Да, отозвать")
    assert "уберёт сведения с сайта" in done
    assert place.read(lambda session: session.scalars(select(ErasureRequest)).all()) == []
    assert "прекращено" not in say(anna, "/menu")
