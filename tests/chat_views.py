"""A chat as a test reads it: frozen values made of the sandbox's views."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """``kind`` is callback, url or copy (under a message), keyboard or contact (under the chat)."""

    text: str
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    from_bot: bool
    text: str
    html: str
    rows: tuple[tuple[Button, ...], ...]
    edits: int
    changed: int
    date: datetime
    pinned: bool
    file: dict[str, Any] | None
    contact: dict[str, Any] | None

    @property
    def buttons(self) -> list[str]:
        return [button.text for row in self.rows for button in row]


def buttons_of(view: dict[str, Any] | None) -> list[Button]:
    return [button for row in message_of(view).rows for button in row] if view else []


def message_of(view: dict[str, Any]) -> Message:
    rows = tuple(tuple(Button(each["text"], each["kind"], each["value"]) for each in row) for row in view["buttons"])
    return Message(
        id=view["id"],
        from_bot=view["from_bot"],
        text=view["text"],
        html=view["html"],
        rows=rows,
        edits=view["edits"],
        changed=view["changed"],
        date=datetime.fromtimestamp(view["date"], UTC),
        pinned=view["pinned"],
        file=view["file"],
        contact=view["contact"],
    )


def standing_buttons(keyboard: dict[str, Any] | None) -> list[Button]:
    rows = (keyboard or {}).get("keyboard", [])
    return [
        Button(each["text"], "contact" if each.get("request_contact") else "keyboard") for row in rows for each in row
    ]
