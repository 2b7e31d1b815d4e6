"""Checks a request's arguments against Telegram's published description of its methods.

Stricter than Telegram in one point, on purpose: Telegram silently ignores an argument or field that it does not know,
the sandbox refuses it, because it is always a mistake of ours.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from bot.sandbox.refusals import Refusal, bad_request, not_found
from bot.sandbox.uploads import Upload

Args = dict[str, Any]

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "file_id": "invalid file_id",
}
_OBJECT_NAMES = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "MessageEntity": "MessageEntity",
    "BotCommand": "BotCommand",
}
_KEYBOARDS = {"InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply"}


def method_name(path_name: str) -> str:
    """The method as Telegram spells it; names come in any case."""
    try:
        return _names()[path_name.lower()]
    except KeyError:
        raise not_found() from None


def check_arguments(method: str, raw: Args, uploads: dict[str, Upload]) -> Args:
    """The arguments with their types right, ``attach://…`` replaced by the uploaded file."""
    fields = _schema()["methods"][method]
    raw = raw | {name: upload for name, upload in uploads.items() if name in fields}
    for name in raw:
        if name not in fields:
            raise bad_request(f'parameter "{name}" of {method} is unknown')
    return {
        name: value for name, field in fields.items() if (value := _argument(name, field, raw, uploads)) is not None
    }


def _argument(name: str, field: Args, raw: Args, uploads: dict[str, Upload]) -> Any:
    value = raw.get(name)
    if value is None or value == "":
        if field["required"]:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
        return None
    types = field["types"]
    if isinstance(value, str) and not {"String", "InputFile", "Integer", "Boolean", "Float"} & set(types):
        value = _from_json(name, types, value)
    return _converted(value, types, f'parameter "{name}"', uploads, loose=True)


def _from_json(name: str, types: list[str], text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        what = "reply keyboard markup" if _KEYBOARDS & set(types) else name.replace("_", " ")
        raise bad_request(f"can't parse {what} JSON object") from None


def _converted(value: Any, types: list[str], where: str, uploads: dict[str, Upload], *, loose: bool = False) -> Any:
    """``loose``: top-level arguments come as text in a form, so "5" is a number and "true" is a boolean there."""
    if isinstance(value, Upload) or _names_upload(value, types, uploads):
        return _file(value, uploads)
    failures: list[Refusal] = []
    for kind in _candidates(value, types):
        try:
            return _one(value, kind, where, uploads, loose=loose)
        except Refusal as refusal:
            failures.append(refusal)
    raise failures[0] if failures else bad_request(f"{where} must be of type {_spoken(types)}")


def _names_upload(value: Any, types: list[str], uploads: dict[str, Upload]) -> bool:
    """``attach://…`` names a file where a file may stand; anywhere else it is text that somebody typed."""
    is_name = isinstance(value, str) and value.startswith("attach://")
    return is_name and ("InputFile" in types or value.removeprefix("attach://") in uploads)


def _file(value: Upload | str, uploads: dict[str, Upload]) -> Upload:
    if isinstance(value, Upload):
        return value
    try:
        return uploads[value.removeprefix("attach://")]
    except KeyError:
        raise bad_request("wrong file identifier/HTTP URL specified") from None


def _one(value: Any, kind: str, where: str, uploads: dict[str, Upload], *, loose: bool) -> Any:
    if kind.startswith("Array of "):
        return _array(value, kind.removeprefix("Array of "), where, uploads)
    if kind in _schema()["types"]:
        return _object(value, kind, where, uploads)
    return _scalar(value, kind, where, loose=loose)


def _array(value: Any, item: str, where: str, uploads: dict[str, Upload]) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request(f"{where} must be of type Array")
    return [_converted(each, [item], where, uploads) for each in value]


def _object(value: Any, kind: str, where: str, uploads: dict[str, Upload]) -> Args:
    described = _schema()["types"][kind]
    if kind == "KeyboardButton" and isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise bad_request(
            "object expected as reply markup" if kind in _KEYBOARDS else f"{where} must be of type Object"
        )
    if subtypes := described.get("any_of"):
        result: Args = _converted(value, subtypes, where, uploads)
        return result
    return _fields(value, kind, described["fields"], uploads)


def _fields(value: Args, kind: str, fields: Args, uploads: dict[str, Upload]) -> Args:
    if kind == "InlineKeyboardMarkup" and "inline_keyboard" not in value:
        raise bad_request("inline keyboard expected")
    prefix = f"can't parse {_OBJECT_NAMES.get(kind, kind)}: "
    for name in value:
        if name not in fields:
            raise bad_request(f'{prefix}Field "{name}" is unknown')
    checked = {}
    for name, field in fields.items():
        if value.get(name) is not None:
            checked[name] = _converted(value[name], field["types"], f'{prefix}Field "{name}"', uploads)
        elif field["required"]:
            raise bad_request(f'{prefix}Can\'t find field "{name}"')
    return checked


def _scalar(value: Any, kind: str, where: str, *, loose: bool) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "Integer" and ((is_number and value == int(value)) or (loose and _is_integer(value))):
        return int(value)
    if kind in ("Boolean", "True"):
        return _boolean(value, where, loose=loose)
    if kind == "Float" and is_number:
        return float(value)
    if kind == "String" and (isinstance(value, str) or (loose and isinstance(value, int))):
        return str(value)
    raise bad_request(f"{where} must be of type {_spoken([kind])}")


def _boolean(value: Any, where: str, *, loose: bool) -> bool:
    if isinstance(value, bool):
        return value
    if loose and str(value).lower() in ("true", "yes", "1", "false", "no", "0"):
        return str(value).lower() in ("true", "yes", "1")
    raise bad_request(f"{where} must be of type Boolean")


def _candidates(value: Any, types: list[str]) -> list[str]:
    """The types that the value may be meant as: by its ``type`` field, then by the fields it must have."""
    if isinstance(value, list) and len(types) > 1:
        return _array_candidates(value, types)
    if not isinstance(value, dict) or len(types) == 1:
        return types
    if isinstance(tag := value.get("type"), str):
        return sorted((kind for kind in types if _snake(kind).endswith(f"_{tag}")), key=len)
    fits = [kind for kind in types if _required(kind) <= set(value)]
    return fits or [kind for kind in types if _required(kind)][:1]


def _array_candidates(value: list[Any], types: list[str]) -> list[str]:
    """An album's items are of several types; each item is then checked by its own."""
    union = [kind.removeprefix("Array of ") for kind in types if kind.startswith("Array of ")]
    if not value or not all(isinstance(item, dict) for item in value):
        return types[:1]
    _schema()["types"].setdefault("|".join(union), {"any_of": union})
    return ["Array of " + "|".join(union)]


def _required(kind: str) -> set[str]:
    fields = _schema()["types"].get(kind, {}).get("fields", {})
    return {name for name, field in fields.items() if field["required"]}


def _is_integer(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value) is not None


def _spoken(types: list[str]) -> str:
    return " or ".join("Number" if kind in ("Integer", "Float") else kind for kind in types)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in _schema()["methods"]}


@cache
def _schema() -> Args:
    loaded: Args = json.loads(Path(__file__).with_name("schema.json").read_text("utf-8"))
    return loaded
