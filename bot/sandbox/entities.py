"""Formatted text: from a request's arguments to text with entities, and from those to safe HTML for the page."""

import html
import re
from itertools import pairwise
from typing import Any

from bot.sandbox.links import safe_href, telegram_url
from bot.sandbox.markup import Entity, parse_html, utf16_length
from bot.sandbox.refusals import bad_request

_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"«»]+[^\s<>\"«».,!?:;)\]}])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@])(?P<mention>@\w{4,32})"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w+)?)(?![\w/<>])"
)
_RAW = {"code", "pre", "text_link", "text_mention"}


def formatted(text: str, parse_mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Text and entities as Telegram stores them: parsed, trimmed, with links, addresses and commands found."""
    if parse_mode and parse_mode.upper() != "HTML":
        raise bad_request(f"unsupported parse_mode; the sandbox reads HTML only, not {parse_mode}")
    plain, entities = parse_html(text) if parse_mode else (text, _checked(text, given or []))
    plain, entities = _trimmed(plain, entities)
    return plain, with_found(plain, entities)


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds what Telegram marks by itself; not inside code and links."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _RAW]
    found = [_found_entity(text, match) for match in _FOUND.finditer(text)]
    fresh = [
        e for e in found if not any(e["offset"] < end and start < e["offset"] + e["length"] for start, end in taken)
    ]
    return sorted(entities + fresh, key=lambda entity: (entity["offset"], -entity["length"]))


def to_html(text: str, entities: list[Entity]) -> str:
    """HTML for the web chat; whatever a person or the bot wrote is escaped."""
    units = text.encode("utf-16-le")
    edges = sorted({0, len(units) // 2} | {edge for e in entities for edge in (e["offset"], e["offset"] + e["length"])})
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    pieces: list[str] = []
    opened: list[Entity] = []
    for start, end in pairwise(edges):
        wanted = [e for e in ordered if e["offset"] <= start and end <= e["offset"] + e["length"]]
        opened = _switch(pieces, opened, wanted, text)
        pieces.append(html.escape(units[start * 2 : end * 2].decode("utf-16-le", "replace")))
    _switch(pieces, opened, [], text)
    return "".join(pieces)


def cut(text: str, entity: Entity) -> str:
    units = text.encode("utf-16-le")
    return units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le", "replace")


def _checked(text: str, given: list[Entity]) -> list[Entity]:
    length = utf16_length(text)
    for entity in given:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > length:
            raise bad_request(f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text")
    return given


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Outer white space goes, but not the part that a formatted piece begins with."""
    text = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=utf16_length(text))
    lead = min(len(text) - len(text.lstrip()), first)
    end = utf16_length(text) - lead
    moved = [entity | {"offset": entity["offset"] - lead} for entity in entities]
    fitted = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in moved]
    return text[lead:], [entity for entity in fitted if entity["length"] > 0]


def _found_entity(text: str, match: re.Match[str]) -> Entity:
    offset = utf16_length(text[: match.start()])
    return {"type": match.lastgroup, "offset": offset, "length": utf16_length(match.group())}


def _switch(pieces: list[str], opened: list[Entity], wanted: list[Entity], text: str) -> list[Entity]:
    kept = 0
    while kept < min(len(opened), len(wanted)) and opened[kept] is wanted[kept]:
        kept += 1
    pieces.extend(_tags(entity, text)[1] for entity in reversed(opened[kept:]))
    pieces.extend(_tags(entity, text)[0] for entity in wanted[kept:])
    return wanted


def _tags(entity: Entity, text: str) -> tuple[str, str]:
    kind = entity["type"]
    if tag := _TAGS.get(kind):
        return f"<{tag}>", f"</{tag}>"
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind in ("url", "email", "text_link"):
        return f'<a href="{html.escape(_address(entity, text))}" target="_blank" rel="noopener">', "</a>"
    if kind == "bot_command":
        return f'<button type="button" class="command" data-command="{html.escape(cut(text, entity))}">', "</button>"
    return "<span>", "</span>"


def _address(entity: dict[str, Any], text: str) -> str:
    shown = cut(text, entity)
    address = {"email": f"mailto:{shown}", "url": telegram_url(shown) or shown}.get(
        entity["type"], entity.get("url", "")
    )
    return safe_href(address)
