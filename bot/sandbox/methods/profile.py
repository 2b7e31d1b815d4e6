"""The bot's own card: name, descriptions, commands, menu button; each by language, commands by scope too."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.messages import Body
from bot.sandbox.refusals import bad_request
from bot.sandbox.schema import Args
from bot.sandbox.store import to_json
from bot.sandbox.telegram import Telegram

_COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
_TEXTS = {"name": 64, "description": 512, "short_description": 120}


def set_my_commands(telegram: Telegram, args: Args) -> bool:
    if len(args["commands"]) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(command) for command in args["commands"]]
    telegram.store.keep_setting(_commands_key(args), commands)
    telegram.changes.tell({"kind": "bot"})
    return True


def get_my_commands(telegram: Telegram, args: Args) -> list[Body]:
    commands: list[Body] = telegram.store.setting(_commands_key(args), [])
    return commands


def delete_my_commands(telegram: Telegram, args: Args) -> bool:
    telegram.store.keep_setting(_commands_key(args), [])
    telegram.changes.tell({"kind": "bot"})
    return True


def commands_for_page(telegram: Telegram) -> list[Body]:
    """What a Russian-speaking person sees in a private chat: the narrowest choice that the bot has made."""
    scopes = ({"type": "all_private_chats"}, {"type": "default"})
    keys = [_commands_key({"scope": scope, "language_code": code}) for scope in scopes for code in ("ru", "")]
    found: list[list[Body]] = [telegram.store.setting(key, []) for key in keys]
    return next(filter(None, found), [])


def set_chat_menu_button(telegram: Telegram, args: Args) -> bool:
    telegram.store.keep_setting(_menu_key(args), args.get("menu_button", {"type": "default"}))
    return True


def get_chat_menu_button(telegram: Telegram, args: Args) -> Body:
    button: Body = telegram.store.setting(_menu_key(args), {"type": "commands"})
    return button


def _setter(field: str) -> Callable[[Telegram, Args], bool]:
    def set_text(telegram: Telegram, args: Args) -> bool:
        text = args.get(field, "")
        if len(text) > _TEXTS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        telegram.store.keep_setting(f"{field}:{args.get('language_code', '')}", text)
        telegram.changes.tell({"kind": "bot"})
        return True

    return set_text


def _getter(field: str) -> Callable[[Telegram, Args], Body]:
    def get_text(telegram: Telegram, args: Args) -> Body:
        return {field: telegram.store.setting(f"{field}:{args.get('language_code', '')}", "")}

    return get_text


def _command(command: Body) -> Body:
    name = command["command"].removeprefix("/")
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command["description"]}


def _commands_key(args: Args) -> str:
    return f"commands:{to_json(args.get('scope', {'type': 'default'}))}:{args.get('language_code', '')}"


def _menu_key(args: Args) -> str:
    return f"menu_button:{args.get('chat_id', '')}"


METHODS: dict[str, Callable[[Telegram, Args], Any]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
