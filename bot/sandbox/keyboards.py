"""What Telegram refuses in a keyboard (TDLib ``ReplyMarkup.cpp`` and the Bot API's field descriptions)."""

from typing import Any

from bot.sandbox.links import url_fault
from bot.sandbox.refusals import bad_request

Markup = dict[str, Any]

MAX_BUTTONS = 100
MAX_BYTES = 10_000
_ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip
_STYLES = {"danger", "success", "primary"}


def checked_markup(markup: Markup | None) -> Markup | None:
    """The keyboard, empty rows left out; nothing if no button is left."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup)
    return _reply(markup) if "keyboard" in markup else markup


def callback_buttons(markup: Markup | None) -> list[Markup]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _inline(markup: Markup) -> Markup | None:
    rows = [[_inline_button(button) for button in row if button["text"]] for row in _rows(markup, "inline_keyboard")]
    kept = [row for row in rows if row]
    _check_size(kept)
    return {"inline_keyboard": kept} if kept else None


def _rows(markup: Markup, name: str) -> list[list[Markup]]:
    rows = markup[name]
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be of type Array of Arrays')
    return list(rows)


def _check_size(rows: list[list[Markup]]) -> None:
    weight = sum(len(str(value).encode()) for row in rows for button in row for value in button.values())
    if sum(map(len, rows)) > MAX_BUTTONS or weight > MAX_BYTES:
        raise bad_request("reply markup is too long")


def _inline_button(button: Markup) -> Markup:
    _check_style(button, "inline keyboard button")
    if not any(button.get(action) is not None for action in _ACTIONS) or button.get("callback_data") == "":
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(button.get("callback_data", "").encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    _check_url(button)
    if (copied := button.get("copy_text")) and not 1 <= len(copied["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def _check_style(button: Markup, what: str) -> None:
    if button.get("style") is not None and button["style"] not in _STYLES:
        raise bad_request(f"can't parse {what}: invalid button style specified")


def _check_url(button: Markup) -> None:
    address = button.get("url")
    if address == "":
        raise bad_request("BUTTON_URL_INVALID")
    if address is not None and (fault := url_fault(address)):
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: {fault}")


def _reply(markup: Markup) -> Markup | None:
    rows = [[button for button in row if button["text"]] for row in _rows(markup, "keyboard")]
    kept = [row for row in rows if row]
    for row in kept:
        for button in row:
            _check_style(button, "keyboard button")
    if sum(map(len, kept)) > 300:
        raise bad_request("reply markup is too long")
    return markup | {"keyboard": kept} if kept else None
