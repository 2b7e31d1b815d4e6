"""Telegram's HTML (``parse_mode=HTML``) to plain text and entities, with the errors of TDLib's ``parse_html``."""

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from bot.sandbox.links import telegram_url
from bot.sandbox.refusals import bad_request

Entity = dict[str, Any]

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot));?")


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, offsets in UTF-16 units; refuses what Telegram cannot parse."""
    parser = _Parser(source)
    parser.run()
    ordered = sorted(parser.entities, key=lambda entity: (entity["offset"], -entity["length"], entity["type"]))
    return "".join(parser.text), _merge_languages(ordered)


def _refuse(text: str) -> NoReturn:
    raise bad_request(f"can't parse entities: {text}")


@dataclass(slots=True)
class _Tag:
    name: str
    attributes: dict[str, str]
    start: int
    piece: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list)
    stack: list[_Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> None:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._put(self._character())
            elif self.source.startswith("</", self.at):
                self._close()
            else:
                self._open()
        if self.stack:
            _refuse(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].name}"')

    def _put(self, character: str) -> None:
        self.text.append(character)
        self.length += utf16_length(character)

    def _character(self) -> str:
        found = _ENTITY.match(self.source, self.at)
        decoded = _decoded(found) if found else None
        if found is None or decoded is None:
            self.at += 1
            return self.source[self.at - 1]
        self.at = found.end()
        return decoded

    def _open(self) -> None:
        begin = self.at
        self.at += 1
        name = self._token(" \t\r\n>").lower()
        if self.at >= len(self.source):
            _refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in _TYPES:
            _refuse(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.stack.append(_Tag(name, attributes, self.length, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._spaces()
            if self._end(tag, begin) == ">":
                self.at += 1
                return attributes
            start = self.at
            name = self._token(" \t\r\n=>")
            if not name:
                _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            self._spaces()
            attributes[name.lower()] = ""
            if self._end(tag, begin) == "=" and self.at > start:
                self.at += 1
                attributes[name.lower()] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        self._spaces()
        quote = self._end(tag, begin)
        if quote in "'\"":
            return self._quoted(quote, begin)
        start = self.at
        found = re.compile(r"[A-Za-z0-9.-]*").match(self.source, start)
        self.at = found.end() if found else start
        if self.at >= len(self.source) or self.source[self.at] not in " \t\r\n>":
            _refuse(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self.source[start : self.at].lower()

    def _quoted(self, quote: str, begin: int) -> str:
        self.at += 1
        value = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            value.append(self._character())
        if self.at >= len(self.source):
            _refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return "".join(value)

    def _close(self) -> None:
        begin = self.at
        if not self.stack:
            _refuse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._token(" \t\r\n>").lower()
        self._spaces()
        if self.at >= len(self.source) or self.source[self.at] != ">":
            _refuse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        tag = self.stack.pop()
        if name and name != tag.name:
            _refuse(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.length > tag.start and (entity := self._entity(tag)):
            self.entities.append(entity)

    def _entity(self, tag: _Tag) -> Entity | None:
        entity: Entity = {"type": _TYPES[tag.name], "offset": tag.start, "length": self.length - tag.start}
        if tag.name == "a":
            url = telegram_url(tag.attributes.get("href") or "".join(self.text[tag.piece :]))
            return entity | {"url": url} if url else None
        if tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        if tag.name == "code" and (language := tag.attributes.get("class", "").removeprefix("language-")):
            entity["language"] = language
        if tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        return entity

    def _end(self, tag: str, begin: int) -> str:
        if self.at >= len(self.source):
            _refuse(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        return self.source[self.at]

    def _token(self, stops: str) -> str:
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in " \t\r\n":
            self.at += 1

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())


def _decoded(found: re.Match[str]) -> str | None:
    sixteen, ten, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(sixteen, 16) if sixteen else int(ten)
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else None


def _merge_languages(entities: list[Entity]) -> list[Entity]:
    """``<pre><code class="language-x">`` over the same text is one ``pre`` with a language."""
    spans = {(e["offset"], e["length"]): e["language"] for e in entities if e["type"] == "code" and "language" in e}
    blocks = {(e["offset"], e["length"]) for e in entities if e["type"] == "pre"}
    merged = []
    for entity in entities:
        span = entity["offset"], entity["length"]
        if entity["type"] == "pre" and span in spans:
            entity = entity | {"language": spans[span]}
        if entity["type"] == "code" and "language" in entity:
            if span in blocks:
                continue
            entity = {name: value for name, value in entity.items() if name != "language"}
        merged.append(entity)
    return merged
