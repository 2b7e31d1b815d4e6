"""The chat library is loaded lean: what presses need is built ahead, the rest at its first use, and nothing is lost."""

import json
import subprocess
import sys
from pathlib import Path

from aiogram.methods import SendInvoice, SendPoll
from aiogram.methods.base import Response
from aiogram.types import ChatMemberUpdated, InputPollOption, LabeledPrice, StickerSet, Update

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import json
from scheduler.loading import load_bot
load_bot()
from aiogram.types import Message, TelegramObject, Update
from bot.sender import EVERYDAY, HELD

def family(model):
    return [model, *(one for child in model.__subclasses__() for one in family(child))]

types = family(TelegramObject)
print(json.dumps({
    "types": len(types),
    "built": [model.__name__ for model in types if model.__pydantic_complete__],
    "late": [model.__name__ for model in (Message, Update, *EVERYDAY, *HELD) if not model.__pydantic_complete__],
}))
"""
PRIVATE = {"id": 7, "type": "private", "first_name": "Мила"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Мила"}


def test_the_bots_process_builds_the_models_of_a_press_and_few_others() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)

    assert found["late"] == []
    assert len(found["built"]) < found["types"] / 10, found["built"]


def test_what_the_bot_never_does_is_still_built_when_it_is_asked_for() -> None:
    poll = SendPoll(chat_id=7, question="Когда?", options=[InputPollOption(text="Завтра")])
    invoice = SendInvoice(
        chat_id=7, title="Т", description="О", payload="p", currency="RUB", prices=[LabeledPrice(label="Л", amount=1)]
    )
    sticker = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    answer = Response[StickerSet].model_validate(
        {"ok": True, "result": {"name": "n", "title": "Т", "sticker_type": "regular", "stickers": [sticker]}}
    )

    assert poll.model_dump()["options"][0]["text"] == "Завтра"
    assert invoice.model_dump()["prices"] == [{"label": "Л", "amount": 1}]
    assert answer.result
    assert answer.result.stickers[0].file_id == "a"


def test_an_update_is_read_to_its_depths() -> None:
    message = {
        "message_id": 3,
        "date": 1_795_000_000,
        "chat": PRIVATE,
        "from": PERSON,
        "contact": {"phone_number": "+79990000000", "first_name": "Мила"},
        "entities": [{"type": "text_mention", "offset": 0, "length": 4, "user": PERSON}],
        "reply_to_message": {
            "message_id": 2,
            "date": 1_795_000_000,
            "chat": PRIVATE,
            "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
        },
        "forward_origin": {"type": "user", "date": 1_795_000_000, "sender_user": PERSON},
        "tomorrow": {"comes": "something new"},
    }

    read = Update.model_validate({"update_id": 1, "message": message}).message

    assert read
    assert read.reply_to_message
    assert read.reply_to_message.photo
    assert read.reply_to_message.photo[0].file_id == "f"
    assert read.entities
    assert read.entities[0].user
    assert read.entities[0].user.first_name == "Мила"
    assert read.forward_origin
    assert read.forward_origin.model_dump()["sender_user"]["first_name"] == "Мила"
    assert read.model_extra == {"tomorrow": {"comes": "something new"}}


def test_a_member_who_left_is_told_from_one_who_stays() -> None:
    change = {"chat": PRIVATE, "from": PERSON, "date": 1_795_000_000}
    change |= {"old_chat_member": {"status": "member", "user": PERSON}}
    change |= {"new_chat_member": {"status": "kicked", "user": PERSON, "until_date": 0}}

    read = ChatMemberUpdated.model_validate(change)

    assert (type(read.old_chat_member).__name__, type(read.new_chat_member).__name__) == (
        "ChatMemberMember",
        "ChatMemberBanned",
    )
