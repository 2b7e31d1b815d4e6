"""A small aiogram bot with its real HTTP session: it cannot tell the sandbox from Telegram."""

import asyncio
from collections.abc import Iterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNetworkError, TelegramRetryAfter
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    KeyboardButton,
    MediaUnion,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.chat import BackgroundLoop, Persona, Sandbox

NEXT = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Дальше", callback_data="next")]])
PHONE = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Поделиться номером", request_contact=True)]])


def a_bot(sandbox: Sandbox) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.api_url))
    return Bot(sandbox.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))


def a_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher(members=[])

    @dispatcher.message(CommandStart())
    async def greet(message: Message, command: CommandObject) -> None:
        await message.answer(f"<b>Здравствуйте</b>, приглашение {command.args}", reply_markup=NEXT)

    @dispatcher.callback_query()
    async def go_on(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Записали <i>ответ</i>")
        await query.answer("Готово")
        await query.message.answer_document(BufferedInputFile(b"PK", "План.docx"), caption="Ваш план")
        await query.message.answer("Ваш номер?", reply_markup=PHONE)

    @dispatcher.message(F.contact)
    async def note_number(message: Message) -> None:
        assert message.contact
        await message.answer(message.contact.phone_number, reply_markup=ReplyKeyboardRemove())

    @dispatcher.message(F.document)
    async def measure(message: Message, bot: Bot) -> None:
        assert message.document
        content = await bot.download(message.document)
        assert content
        await message.answer(f"Принято: {len(content.read())} байт")

    @dispatcher.edited_message()
    async def see_edit(message: Message) -> None:
        await message.reply(f"Исправлено: {message.text}")

    @dispatcher.my_chat_member()
    async def see_block(change: ChatMemberUpdated, members: list[str]) -> None:
        members.append(change.new_chat_member.status)

    return dispatcher


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def members(sandbox: Sandbox) -> Iterator[list[str]]:
    """The bot runs; gives the statuses that it has seen in my_chat_member."""
    dispatcher, background = a_dispatcher(), BackgroundLoop()
    background.spawn(dispatcher.start_polling(a_bot(sandbox), handle_signals=False))
    yield dispatcher["members"]
    background.run(dispatcher.stop_polling())
    background.stop()


@pytest.fixture
def mila(sandbox: Sandbox, members: list[str]) -> Persona:
    return sandbox.newcomer("Мила", "Крылова")


def test_it_polls_answers_edits_and_sends_a_document(sandbox: Sandbox, mila: Persona) -> None:
    mila.open(sandbox.deep_link("7B"))
    assert mila.wait_for("приглашение 7B").html == "<b>Здравствуйте</b>, приглашение 7B"
    mila.press("Дальше")
    mila.wait_for("Ваш номер?")
    assert [(m.text, m.edits) for m in mila.chat if m.from_bot] == [
        ("Записали ответ", 1),
        ("Ваш план", 0),
        ("Ваш номер?", 0),
    ]
    assert [mila.download(message) for message in mila.chat if message.file] == [b"PK"]
    mila.press("Поделиться")
    mila.wait_for("79000000001")
    sandbox.wait_quiet()
    assert mila.buttons == []
    assert mila.callback_answers() == ["Готово"]
    assert (sandbox.unanswered_callbacks(), sandbox.refused_calls(), sandbox.pending()) == ([], [], 0)


def test_it_downloads_and_sees_edits_and_blocks(sandbox: Sandbox, mila: Persona, members: list[str]) -> None:
    mila.send_document(b"12345", "скан.pdf")
    mila.wait_for("Принято: 5 байт")
    mila.say("Здравствуте")
    mila.edit_last("Здравствуйте")
    mila.wait_for("Исправлено: Здравствуйте")
    mila.block()
    mila.unblock()
    sandbox.wait_quiet()
    assert members == ["kicked", "member"]


def test_a_second_poller_takes_over(sandbox: Sandbox, members: list[str]) -> None:
    async def poll_once() -> None:
        async with a_bot(sandbox) as other:
            assert await other.get_updates(timeout=0) == []

    asyncio.run(poll_once())
    mila = sandbox.newcomer("Мила")
    mila.start("7B")
    mila.wait_for("приглашение 7B")


async def test_each_refusal_becomes_aiograms_own_error(sandbox: Sandbox) -> None:
    timur = await asyncio.to_thread(sandbox.newcomer, "Тимур")
    async with a_bot(sandbox) as bot:
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.send_message(timur.id, "Здравствуйте")
        timur.start()
        await bot.send_message(timur.id, "Здравствуйте")
        timur.block()
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(timur.id, "Здравствуйте")
        sandbox.fault("getMe", "flood", seconds=3)
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.get_me()
        assert caught.value.retry_after == 3
        sandbox.fault("getMe", "drop")
        with pytest.raises(TelegramNetworkError):
            await bot.get_me()


async def test_its_own_types_read_every_answer(sandbox: Sandbox) -> None:
    timur = sandbox.newcomer("Тимур", "Асланов", "timur_robot")
    timur.start()
    async with a_bot(sandbox) as bot:
        await bot.set_my_commands([BotCommand(command="menu", description="Меню")])
        assert [command.command for command in await bot.get_my_commands()] == ["menu"]
        await bot.set_my_name("Наставник гимназии")
        assert (await bot.me()).first_name == "Наставник гимназии"
        await bot.set_my_short_description("Наставничество в гимназии «Маяк»")
        assert (await bot.get_my_short_description()).short_description.startswith("Наставничество")
        await bot.set_chat_menu_button()
        assert (await bot.get_chat(timur.id)).full_name == "Тимур Асланов"
        assert (await bot.get_chat_member(timur.id, timur.id)).status == "member"
        assert await bot.send_chat_action(timur.id, "typing")
        media: list[MediaUnion] = [
            InputMediaDocument(media=BufferedInputFile(b"PK", name)) for name in ("План.docx", "Приказ.docx")
        ]
        album = await bot.send_media_group(timur.id, media)
        assert [each.document.file_name for each in album if each.document] == ["План.docx", "Приказ.docx"]
        assert await bot.delete_messages(timur.id, [each.message_id for each in album])
        assert (await bot.get_webhook_info()).url == ""
