"""One live screen in a chat: edited under a tap, new under typed words."""

import pytest

from bot.paragraphs import TEXT_LIMIT, pages, units
from bot.screen import Document, Screen, ScreenBot, send_screen
from tests.bot.conftest import Member, School
from tests.bot.running import RunningBot, running_bot
from tests.bot.smalltalk import keyboard, smalltalk
from tests.chat import Sandbox


def test_a_tap_edits_the_message_and_is_answered(small_bot: RunningBot, mila: Member, sandbox: Sandbox) -> None:
    mila.persona.say("привет")
    mila.persona.wait_for("Записано")
    mila.persona.press("Нажать")
    edited = mila.persona.wait_for("Нажатий: 1")

    assert edited.edits == 1
    assert len(mila.persona.chat) == 2, "the screen is the same message"
    mila.persona.wait_quiet()
    assert not sandbox.unanswered_callbacks()
    assert not sandbox.refused_calls()


def test_typed_words_get_a_new_screen_and_the_old_one_loses_its_buttons(small_bot: RunningBot, mila: Member) -> None:
    mila.persona.say("раз")
    first = mila.persona.wait_for("Записано: раз")
    mila.persona.say("два")
    mila.persona.wait_for("Записано: два")
    mila.persona.wait_quiet()

    before = next(message for message in mila.persona.chat if message.id == first.id)
    assert first.buttons == ["Нажать"]
    assert before.buttons == []
    assert mila.persona.buttons == ["Нажать"]


def test_the_old_screen_loses_its_buttons_after_a_restart_too(
    school: School, mila: Member, sandbox: Sandbox, database_url: str
) -> None:
    with running_bot(sandbox, database_url, conversation=smalltalk()) as bot:
        mila.persona.say("раз")
        first = mila.persona.wait_for("Записано: раз")
        bot.rest()
    with running_bot(sandbox, database_url, conversation=smalltalk()):
        mila.persona.say("два")
        mila.persona.wait_for("Записано: два")
        mila.persona.wait_quiet()

    assert next(message for message in mila.persona.chat if message.id == first.id).buttons == []


def test_a_stale_tap_says_why_and_shows_where_the_person_stands(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox
) -> None:
    mila.persona.say("раз")
    message = mila.persona.wait_for("Записано")
    mila.persona.press_data(message.id, "press:5")
    mila.persona.wait_for("Не вышло: OutOfDate\n\nВы здесь")

    mila.persona.wait_quiet()
    assert mila.presses == 0
    assert not sandbox.unanswered_callbacks()


def test_the_same_screen_again_is_no_error(small_bot: RunningBot, mila: Member, sandbox: Sandbox) -> None:
    mila.persona.say("раз")
    message = mila.persona.wait_for("Записано")
    for _ in range(2):
        mila.persona.press_data(message.id, "press:5")
        mila.persona.wait_quiet()

    assert [call.description for call in sandbox.refused_calls()] != []
    assert len(mila.persona.chat) == 2, "«message is not modified» is success, not a reason for a new message"


def test_a_message_that_cannot_be_edited_is_followed_by_a_new_one(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox
) -> None:
    mila.persona.say("раз")
    mila.persona.wait_for("Записано")
    sandbox.fault("editMessageText", "error", code=400, description="Bad Request: message can't be edited")
    mila.persona.press("Нажать")
    fresh = mila.persona.wait_for("Нажатий: 1")

    assert fresh.edits == 0
    mila.persona.wait_quiet()
    assert [bool(message.buttons) for message in mila.persona.chat if message.from_bot] == [False, True]


def test_a_long_text_is_cut_at_paragraphs_and_the_last_part_has_the_buttons(
    small_bot: RunningBot, mila: Member, sandbox: Sandbox
) -> None:
    paragraphs = [f"{number}. " + "Согласие на обработку данных. " * 20 for number in range(12)]
    screen = Screen("\n\n".join(paragraphs), keyboard(0))
    small_bot.run(send_screen(bot_of(small_bot), mila.persona.id, screen))

    parts = [message for message in mila.persona.chat if message.from_bot]
    assert len(parts) > 1
    assert all(part.text[0].isdigit() for part in parts)
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_a_document_goes_with_its_words_and_buttons(small_bot: RunningBot, mila: Member) -> None:
    screen = Screen("Полный текст согласия", keyboard(0), Document("Согласие.pdf", b"%PDF-1.7"))
    small_bot.run(send_screen(bot_of(small_bot), mila.persona.id, screen))

    assert mila.persona.last.file
    assert mila.persona.last.file["name"] == "Согласие.pdf"
    assert mila.persona.download(mila.persona.last) == b"%PDF-1.7"
    assert mila.persona.last.buttons == ["Нажать"]


@pytest.mark.parametrize("letter", ["я", "🙂"])
def test_no_page_is_longer_than_telegram_takes(letter: str) -> None:
    text = "\n".join(letter * 900 for _ in range(20)) + letter * 9_000
    cut = pages(text, TEXT_LIMIT)

    assert max(map(units, cut)) <= TEXT_LIMIT
    assert "".join(cut).replace("\n", "") == text.replace("\n", "")


def test_a_page_never_ends_inside_a_tag() -> None:
    text = "слово " * 14 + '<a href="https://example.org/длинный адрес с пробелами">сюда</a> ' + "слово " * 14
    for limit in range(90, 160):
        for page in pages(text, limit):
            assert page.count("<") == page.count(">")


def bot_of(small_bot: RunningBot) -> ScreenBot:
    return small_bot.runtime.bot
