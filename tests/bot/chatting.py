"""How a person in a test goes through a chat: press and see, say and see, fill in a form."""

import re
from collections.abc import Mapping, Sequence

from tests.chat import Persona, wait_until

Answer = str | Sequence[str] | None
"""Words to type or a button to press; several buttons before «Готово»; None to skip."""

ANNA: dict[str, Answer] = {
    "Где вы учитесь": "Работаю педагогом",
    "фамилия": "Лебедева",
    "имя?": "Анна",
    "отчество": "Сергеевна",
    "родились": "12.03.1981",
    "Кем и где": "учитель физики",
    "телефон": None,
    "Кому": ["13–14"],
    "Чем вы готовы помочь": ["Проекты и олимпиады"],
    "С какими предметами": None,
    "Какой у вас опыт": "22 года в школе, кружок робототехники.",
    "интересно": None,
    "Скольким": "Двум",
    "Сколько времени": "1–2 часа",
    "какие дни": ["Вторник", "Четверг"],
    "какое время": ["Вечером"],
    "удобнее встречаться": "И так и так",
    "уже были": "Нет",
    "Почему": "Хочу делиться.",
    "научиться": None,
    "не хотелось": None,
}


def press(person: Persona, label: str) -> str:
    """Presses the newest button with this label and returns what is seen once the tap is answered."""
    person.press(label)
    return settled(person)


def say(person: Persona, text: str) -> str:
    return answered(person, person.say(text))


def start(person: Persona, payload: str = "") -> str:
    return answered(person, person.start(payload))


def answered(person: Persona, message_id: int) -> str:
    """The screen that answers this message of the person."""
    wait_until(lambda: any(found.from_bot and found.id > message_id for found in person.chat))
    return person.wait_quiet()


def settled(person: Persona) -> str:
    """The screen after every tap was answered; a busy machine may take its time."""
    wait_until(lambda: not person.unanswered_callbacks())
    return person.wait_quiet()


def fill_in(person: Persona, answers: Mapping[str, Answer], until: str = "Проверьте ответы") -> str:
    """Answers question by question, each found by a part of its text, until ``until`` is on the screen; returns it."""
    for _ in range(60):
        screen = person.wait_quiet()
        if until in screen:
            return screen
        asked = re.split(r"из \d+\n", screen)[-1]
        key = next((key for key in answers if key in asked), None)
        assert key is not None, f"no answer prepared for this screen:\n{person.dump()}"
        _answer(person, answers[key])
    raise AssertionError(f"the form does not end\n{person.dump()}")


def link_in(person: Persona) -> str:
    """The last deep link in the chat."""
    links = [found for message in person.chat for found in re.findall(r"http\S+\?start=\S+", message.text)]
    return links[-1]


def _answer(person: Persona, answer: Answer) -> None:
    if answer is None:
        press(person, "Пропустить")
    elif not isinstance(answer, str):
        for label in answer:
            press(person, label)
        press(person, "Готово")
    elif any(answer in label for label in person.buttons):
        press(person, answer)
    else:
        say(person, answer)
