"""A questionnaire that comes as a file: read, or refused with the line and the reason."""

import re
import tomllib
from enum import StrEnum
from typing import Any

from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questions.parsing import Fault, parse_definition

SIZE_LIMIT = 200_000  # bytes; the longest questionnaire that fits a phone has some twenty thousand


class Slip(StrEnum):
    """What is wrong with a line that is no TOML: the place of a DefinitionBroken with `Fault.SYNTAX`."""

    NO_EQUALS = "no_equals"
    QUOTES_OPEN = "quotes_open"
    QUOTES_WRONG = "quotes_wrong"  # «ёлочки» or curly ones, as Word makes them
    BACKSLASH = "backslash"
    TWICE = "twice"
    VALUE = "value"
    BRACKET_OPEN = "bracket_open"
    TOO_MUCH = "too_much"
    UNREADABLE = "unreadable"


_SLIPS = (
    ("Expected '=' after", Slip.NO_EQUALS),
    ("Unterminated string", Slip.QUOTES_OPEN),
    ("Illegal character", Slip.QUOTES_OPEN),
    ("Unescaped '\\'", Slip.BACKSLASH),
    ("Cannot overwrite", Slip.TWICE),
    ("Cannot declare", Slip.TWICE),
    ("Invalid value", Slip.VALUE),
    ("Unclosed", Slip.BRACKET_OPEN),
    ("Expected ']", Slip.BRACKET_OPEN),
    ("Expected newline", Slip.TOO_MUCH),
)


def read_file(content: bytes) -> dict[str, Any]:
    """The definition as it is written, checked. Raises DefinitionBroken with the line."""
    text = text_of(content)
    raw = _read_toml(text)
    try:
        parse_definition(raw)
    except DefinitionBroken as broken:
        raise DefinitionBroken(broken.place, broken.reason, line_of(text, broken.place)) from None
    return raw


def text_of(content: bytes) -> str:
    """Whatever a Notepad of any age has saved it in."""
    if len(content) > SIZE_LIMIT:
        raise DefinitionBroken("file", Fault.TOO_LONG)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "cp1251")


def line_of(text: str, place: str) -> int:
    """The line, from 1, where ``place`` of a DefinitionBroken stands; of what is missing, where it should stand."""
    lines = _bare(text.splitlines())
    number, field, item, inner = _steps(place)
    if number == 0:
        return _field_line(lines, 0, _block_end(lines, 0), field or "question") or 1
    start = _nth(lines, 0, len(lines), _QUESTION, number)
    if start is None:
        return _field_line(lines, 0, len(lines), "question") or 1
    end = _block_end(lines, start)
    line = _field_line(lines, start, end, field or "key") or start
    if not item:
        return line
    at, last = _item(lines, line, end, field, item)
    return _field_line(lines, at, last, inner) or at if inner else at


_QUESTION = re.compile(r"\s*\[\[\s*question\s*\]\]")
_PLACE = re.compile(r"(?:question(?:\[(\d+)\])?\.?)?(\w*)(?:\[(\d+)\])?(?:\.(\w+))?")


def _read_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _error_line(str(error), text)
        raise DefinitionBroken(_slip(str(error), text, line), Fault.SYNTAX, line) from None


def _error_line(message: str, text: str) -> int:
    told = re.search(r"at line (\d+)", message)
    return int(told[1]) if told else max(1, len(text.rstrip().splitlines()))


def _slip(message: str, text: str, line: int) -> Slip:
    written = (text.splitlines() or [""])[line - 1]
    if re.search(r"[=\[{,]\s*[«“„‘’]", written):
        return Slip.QUOTES_WRONG
    return next((slip for beginning, slip in _SLIPS if message.startswith(beginning)), Slip.UNREADABLE)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise DefinitionBroken("file", Fault.NOT_TEXT) from None


def _steps(place: str) -> tuple[int, str, int, str]:
    """«question[3].options[2].label» as (3, "options", 2, "label")."""
    found = _PLACE.match(place)
    number, field, item, inner = found.groups() if found else (None, "", None, "")
    return int(number or 0), field or "", int(item or 0), inner or ""


def _bare(lines: list[str]) -> list[str]:
    """Lines without what stands in quotes, so that a bracket in a text is not taken for one of the file."""
    found, within = [], ""
    for line in lines:
        bare, within = _bare_line(line, within)
        found.append(bare)
    return found


def _bare_line(line: str, within: str) -> tuple[str, str]:
    if within:
        _, closing, rest = line.partition(within)
        return _bare_line(rest, "") if closing else ("", within)
    line = re.sub(r'"""(?:.*?)"""|\'\'\'(?:.*?)\'\'\'', '""', line)
    line = re.sub(r'"(?!"")(?:\\.|[^"\\])*"|\'(?!\'\')[^\']*\'', '""', line)
    for quotes in ('"""', "'''"):
        if quotes in line:
            return line.partition(quotes)[0] + '""', quotes
    return line.partition("#")[0], ""


def _nth(lines: list[str], start: int, end: int, pattern: re.Pattern[str], number: int) -> int | None:
    """The line, from 1, of the ``number``-th match."""
    found = [at + 1 for at in range(start, end) if pattern.match(lines[at])]
    return found[number - 1] if len(found) >= number else None


def _block_end(lines: list[str], start: int) -> int:
    """Where the next question begins; ``start`` is the line, from 1, of this one's header."""
    return next((at for at in range(start, len(lines)) if _QUESTION.match(lines[at])), len(lines))


def _field_line(lines: list[str], start: int, end: int, field: str) -> int | None:
    """The line, from 1, that gives ``field`` or begins its table, not before ``start``; also inside braces."""
    own = re.compile(rf"(?:^|.*[{{,])\s*{re.escape(field)}\s*=|\s*\[\[?\s*(?:question\.)?{re.escape(field)}\s*\]")
    return next((at + 1 for at in range(max(0, start - 1), end) if own.match(lines[at])), None)


def _item(lines: list[str], start: int, end: int, field: str, number: int) -> tuple[int, int]:
    """First and last line of the ``number``-th option, written in braces or as a table of its own."""
    table = re.compile(rf"\s*\[\[\s*question\.{re.escape(field)}\s*\]\]")
    at = _nth(lines, start - 1, end, table, number)
    if at is not None:
        return at, (_nth(lines, start - 1, end, table, number + 1) or end + 1) - 1
    braces = [at + 1 for at in range(start - 1, end) for _ in range(lines[at].count("{"))]
    line = braces[number - 1] if len(braces) >= number else start
    return line, line
