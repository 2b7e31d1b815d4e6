"""The menu shows what a person can do now, the most urgent first; where somebody stands is always found again."""

from sqlalchemy.orm import Session

from mentoring.rules.people import Role
from mentoring.use_cases.invitations import curator_link
from tests.bot.chatting import answered, press, say, start
from tests.bot.maiak import Maiak
from tests.bot.test_meetings import planned
from tests.chat import Persona


def test_the_most_urgent_thing_comes_first_with_its_count(place: Maiak) -> None:
    _, mila = planned(place)

    screen = say(mila, "/menu")

    assert "подтвердите время или предложите другое" in screen
    assert mila.buttons == [
        "Ответить о встрече (1)",
        "Моя пара",
        "Встречи (1)",
        "Мои анкеты",
        "Мои данные и согласия",
        "Написать куратору",
    ]


def test_people_are_called_as_people_call_them(place: Maiak) -> None:
    anna, _ = place.mentor()
    mila, vera, _ = place.pupil()

    assert say(anna, "/menu").startswith("Анна Сергеевна, ")
    assert say(mila, "/menu").startswith("Мила, ")
    assert say(vera, "/menu").startswith("Вера Андреевна, ")


def test_a_parent_sees_how_the_child_is_doing_and_no_more(place: Maiak) -> None:
    _, mentor = place.mentor()
    _, vera, mentee = place.pupil()
    say(vera, "/menu")
    assert "Ребёнок: Мила" in vera.buttons
    assert "Пары пока нет" in press(vera, "Ребёнок: Мила")

    place.pair(mentor, mentee)
    press(vera, "Меню")
    seen = press(vera, "Ребёнок: Мила")

    assert "Наставник: Анна Сергеевна Лебедева" in seen
    assert "роботов" not in seen


def test_a_letter_reaches_the_curator_and_the_answer_comes_back(place: Maiak) -> None:
    anna, _ = place.mentor()
    olga = curator(place)
    say(anna, "/menu")
    press(anna, "Написать куратору")
    assert "Передали куратору" in say(anna, "Можно ли встречаться <онлайн>?")

    place.deliver()
    told = olga.wait_quiet()
    assert "Лебедева Анна Сергеевна, " in told
    assert "Можно ли встречаться <онлайн>?" in told
    press(olga, "Ответить")
    assert "Ответ отправлен" in say(olga, "Можно.")

    place.deliver()
    answer = anna.wait_quiet()
    assert "Ольга Викторовна пишет:" in answer
    assert "Можно." in answer


def test_a_letter_may_be_called_off(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/menu")
    press(anna, "Написать куратору")
    press(anna, "Отмена")

    assert "Сейчас я не жду сообщения" in say(anna, "Уже не нужно")


def test_a_letter_too_long_is_told_the_limit_and_awaited_again(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/menu")
    press(anna, "Написать куратору")

    told = say(anna, "а" * 4000)

    assert "4 000 знаков" in told
    assert "Передали куратору" in say(anna, "Короче")


def test_the_curators_own_chat_shows_what_needs_attention_and_the_panels_address(place: Maiak) -> None:
    anna, _ = place.mentor()
    olga = curator(place)
    say(anna, "/menu")
    press(anna, "Написать куратору")
    say(anna, "Здравствуйте")

    screen = say(olga, "/start")

    assert "Что требует внимания" in screen
    assert "1 письмо ждёт ответа: Лебедева" in screen
    assert "http://127.0.0.1:8080" in screen


def test_a_curators_link_greets_by_name(place: Maiak) -> None:
    olga = place.sandbox.newcomer("Ольга")

    greeting = start(olga, place.write(link_of_the_curator, place))

    assert "Здравствуйте, Ольга Викторовна." in greeting
    assert "связан с вашим кабинетом" in greeting


def test_everything_kept_comes_as_one_file(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/mydata")

    press(anna, "Скачать всё одним файлом")

    page = anna.download(anna.last).decode()
    assert "Лебедева Анна Сергеевна" in page
    assert "12.03.1981" in page
    assert "<script" not in page


def test_an_erasure_is_asked_for_with_its_consequences(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/mydata")

    assert "Вернуть данные потом нельзя" in press(anna, "Попросить удалить данные")
    assert "Данные удалим до" in press(anna, "Да, прошу удалить")
    assert "участие прекращено" in say(anna, "/menu")


def test_one_persons_chat_never_opens_anothers_things(place: Maiak) -> None:
    planned(place)
    igor = place.sandbox.newcomer("Игорь")
    link = place.link(Role.MENTOR)
    on = igor.start(link)
    answered(igor, on)

    for foreign in ("mt:1", "pr:1", "qo:1", "ch:1", "ic:1", "vm:1"):
        igor.press_data(igor.last.id, foreign)
        screen = igor.wait_quiet()
        assert not any(word in screen for word in ("Мила", "Лебедева", "25 ноября"))


def link_of_the_curator(session: Session, place: Maiak) -> str:
    school = place.in_session(session)
    return curator_link(session, school.curator_id, by=school.curator, now=place.clock()).token


def curator(place: Maiak) -> Persona:
    """Ольга Викторовна with her chat linked."""
    olga = place.sandbox.newcomer("Ольга")
    start(olga, place.write(link_of_the_curator, place))
    return olga
