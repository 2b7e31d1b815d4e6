"""Cuts ``schema.json`` out of a full Bot API description (PaulSonOfLars/telegram-bot-api-spec, ``api.json``).

Run it when the sandbox learns a method: ``python -m bot.sandbox.trim_schema path/to/api.json``.
"""

import json
import sys
from pathlib import Path
from typing import Any

METHODS = (
    "getMe", "logOut", "close", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "sendMessage",
    "forwardMessage", "copyMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "sendChatAction",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage", "deleteMessages",
    "pinChatMessage", "unpinChatMessage", "unpinAllChatMessages", "answerCallbackQuery", "getFile", "getChat",
    "getChatMember", "setMyCommands", "getMyCommands", "deleteMyCommands", "setMyName", "getMyName",
    "setMyDescription", "getMyDescription", "setMyShortDescription", "getMyShortDescription", "setChatMenuButton",
    "getChatMenuButton",
)  # fmt: skip


def trim(full: dict[str, Any]) -> dict[str, Any]:
    methods = {name: _fields(full["methods"][name]) for name in METHODS}
    types: dict[str, Any] = {}
    for fields in methods.values():
        _collect(fields, full["types"], types)
    return {"methods": methods, "types": dict(sorted(types.items()))}


def _collect(fields: dict[str, Any], source: dict[str, Any], types: dict[str, Any]) -> None:
    for name in {kind.replace("Array of ", "") for field in fields.values() for kind in field["types"]}:
        _collect_type(name, source, types)


def _collect_type(name: str, source: dict[str, Any], types: dict[str, Any]) -> None:
    if name in types or name not in source or name == "InputFile":
        return
    subtypes = source[name].get("subtypes") or []
    types[name] = {"any_of": subtypes} if subtypes else {"fields": _fields(source[name])}
    for subtype in subtypes:
        _collect_type(subtype, source, types)
    _collect(types[name].get("fields", {}), source, types)


def _fields(described: dict[str, Any]) -> dict[str, Any]:
    return {
        field["name"]: {"types": field["types"], "required": field["required"]}
        for field in described.get("fields") or []
    }


if __name__ == "__main__":
    api = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(__file__).with_name("schema.json").write_text(json.dumps(trim(api), separators=(",", ":")) + "\n", "utf-8")
