"""A person's chat as the page and the tests read it."""

from typing import Any

from bot.sandbox.entities import to_html
from bot.sandbox.messages import Message
from bot.sandbox.methods.profile import commands_for_page
from bot.sandbox.people import Person
from bot.sandbox.telegram import Telegram

View = dict[str, Any]

_KINDS = {"photo": "Фото", "voice": "Голосовое сообщение", "sticker": "Стикер", "contact": "Контакт"}


def state_view(telegram: Telegram) -> View:
    return {
        "bot": {
            "name": telegram.bot_name,
            "username": telegram.options.username,
            "commands": commands_for_page(telegram),
            "about": telegram.store.setting("short_description:", ""),
            "online": telegram.updates.polled or bool(telegram.updates.webhook_url),
            "pending": telegram.updates.count(),
        },
        "clock": clock_view(telegram),
        "people": [person.as_json() for person in telegram.people.all()],
    }


def clock_view(telegram: Telegram) -> View:
    return {"now": telegram.clock.now(), "shift": telegram.clock.shift, "zone": telegram.options.zone}


def chat_view(telegram: Telegram, person: Person) -> View:
    return {
        "person": person.as_json(),
        "messages": [message_view(telegram, message) for message in telegram.messages.of_chat(person.id)],
        "keyboard": telegram.messages.keyboard_of(person.id),
    }


def message_view(telegram: Telegram, message: Message) -> View:
    body = message.body
    text: str = body.get("text") or body.get("caption") or ""
    entities: list[View] = body.get("entities") or body.get("caption_entities") or []
    return {
        "id": message.message_id,
        "from_bot": message.from_bot,
        "date": body["date"],
        "text": text,
        "html": to_html(text, entities),
        "edits": message.edits,
        "changed": message.changed,
        "pinned": message.pinned,
        "buttons": [[_button(button) for button in row] for row in _rows(body)],
        "file": _file(telegram, body),
        "contact": body.get("contact"),
        "sticker": body.get("sticker", {}).get("emoji"),
        "voice": body.get("voice", {}).get("duration"),
        "reply_to": _quote(body),
    }


def _rows(body: View) -> list[list[View]]:
    rows: list[list[View]] = body.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _button(button: View) -> View:
    """``kind`` is callback, url, copy or other; ``value`` what pressing gives."""
    if "callback_data" in button:
        kind, value = "callback", button["callback_data"]
    elif "url" in button:
        kind, value = "url", button["url"]
    elif "copy_text" in button:
        kind, value = "copy", button["copy_text"]["text"]
    else:
        kind, value = "other", ""
    return {"text": button["text"], "kind": kind, "value": value, "style": button.get("style", "")}


def _file(telegram: Telegram, body: View) -> View | None:
    described = body.get("document") or (body.get("photo") or [None])[-1]
    stored = telegram.files.find(described["file_id"]) if described else None
    if not stored:
        return None
    view = {"id": stored.file_id, "kind": stored.kind, "name": stored.name, "size": len(stored.data)}
    return view | stored.facts


def _quote(body: View) -> View | None:
    replied = body.get("reply_to_message")
    if not replied:
        return None
    return {"id": replied["message_id"], "text": _short(replied)}


def _short(body: View) -> str:
    """The message in a few words, for a quotation."""
    if text := body.get("text") or body.get("caption"):
        return str(text)[:120]
    if "document" in body:
        return str(body["document"]["file_name"])
    return next((words for kind, words in _KINDS.items() if kind in body), "Сообщение")
