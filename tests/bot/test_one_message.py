"""A questionnaire keeps one message in the chat, however it is answered, interrupted and gone on with."""

import re

from mentoring.question_card import REVIEW_ROOM, answers_in_one
from mentoring.question_words import CUT
from mentoring.rules.questionnaire import ReviewRow
from tests.bot.chatting import ANNA, fill_in, press, say
from tests.bot.maiak import Maiak
from tests.bot.running import running_bot
from tests.bot.test_questionnaires import begun
from tests.chat import Message, Persona

OF_A_QUESTIONNAIRE = ("Вопрос ", "Проверьте ответы", "Какой ответ изменить", "Меняем ответ")


def steps(person: Persona) -> list[Message]:
    """What of the questionnaire is on the screen."""
    written = (message for message in person.chat if message.from_bot)
    return [message for message in written if any(words in message.text for words in OF_A_QUESTIONNAIRE)]


def test_a_whole_form_leaves_one_message_of_itself_at_every_step(place: Maiak) -> None:
    anna = begun(place)
    seen = 0
    while "Проверьте ответы" not in anna.screen:
        assert [message.id for message in steps(anna)] == [anna.last.id]
        asked = next(key for key in ANNA if key in re.split(r"из \d+\n", anna.screen)[-1])
        fill_in(anna, {asked: ANNA[asked]}, until=_after(anna.screen))
        seen += 1

    assert seen > 15
    assert [message.id for message in steps(anna)] == [anna.last.id]


def test_a_correction_by_editing_leaves_one_too(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "Лебедва")

    anna.edit_last("Лебедева")
    anna.wait_quiet()

    assert "Исправление учтено" in anna.screen
    assert [message.id for message in steps(anna)] == [anna.last.id]


def test_a_refused_answer_is_asked_for_in_one_message(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA, until="родились")

    refused = say(anna, "не скажу")

    assert "Не получилось прочитать дату" in refused
    assert [message.id for message in steps(anna)] == [anna.last.id]


def test_whoever_looks_elsewhere_and_comes_back_finds_one(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "/help")
    say(anna, "/menu")

    press(anna, "Продолжить анкету")

    assert [message.id for message in steps(anna)] == [anna.last.id]


def test_after_a_restart_the_question_before_it_still_goes(place: Maiak, database_url: str) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    place.bot.rest()
    place.bot.stop()

    with running_bot(place.sandbox, database_url, place.clock) as restarted:
        say(anna, "Лебедева")
        restarted.rest()
    place.bot.start = lambda: None  # type: ignore[method-assign]
    place.bot.stop = lambda: None  # type: ignore[method-assign]

    assert [message.id for message in steps(anna)] == [anna.last.id]


def test_a_question_that_telegram_will_not_delete_loses_its_buttons(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    old = anna.last.id
    place.sandbox.fault("deleteMessage", "error", code=400, description="Bad Request: message is not modified")

    say(anna, "Лебедева")

    assert next(message for message in anna.chat if message.id == old).buttons == []
    assert "Ваше имя?" in anna.screen


def test_thanks_stay_when_another_questionnaire_begins(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA)
    press(anna, "Отправить")
    thanks = anna.last.id
    say(anna, "/menu")
    press(anna, "Мои анкеты")

    assert "анкета отправлена" in next(message.text for message in anna.chat if message.id == thanks)


def test_a_review_of_many_long_answers_is_one_message_and_says_that_it_is_cut() -> None:
    rows = [
        ReviewRow(n, f"q{n}", "Что вы взяли с собой из этих встреч? " * 3, "слово & дело " * 80, False)
        for n in range(40)
    ]

    shown = answers_in_one(rows)

    assert sum(len(line.text) for part in shown for line in part) < REVIEW_ROOM
    assert shown[-1][0].text == CUT
    assert len(shown) == len(rows) + 1


def test_short_answers_are_shown_in_full() -> None:
    rows = [ReviewRow(n, f"q{n}", "Интересно ли вам на встречах?", "Да, очень", False) for n in range(20)]

    assert [part[1].text for part in answers_in_one(rows)] == ["Да, очень"] * 20


def _after(screen: str) -> str:
    """The heading of whatever follows this question."""
    number, total = (int(word) for word in screen.partition("Вопрос ")[2].split("\n")[0].split(" из "))
    return f"Вопрос {number + 1} из" if number < total else "Проверьте ответы"
