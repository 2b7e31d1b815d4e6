"""The fields of a definition as it is written, read one by one, and what may be wrong with them."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from mentoring.rules.errors import DefinitionBroken


class Fault(StrEnum):
    """Words of `DefinitionBroken.reason`."""

    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_FIELD = "unknown_field"
    NOT_FOR_THIS_KIND = "not_for_this_kind"
    BAD_KEY = "bad_key"
    DUPLICATE = "duplicate"
    TOO_LONG = "too_long"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_WORD = "unknown_word"
    NO_QUESTIONS = "no_questions"
    NO_OPTIONS = "no_options"
    LIMIT_BELOW_ONE = "limit_below_one"
    BOUNDS = "bounds"  # the lowest is not below the highest, or a scale has too many steps
    CONDITION_ON_UNKNOWN = "condition_on_unknown"
    CONDITION_ON_LATER = "condition_on_later"
    CONDITION_ON_UNKNOWN_OPTION = "condition_on_unknown_option"
    UNKNOWN_FILL = "unknown_fill"
    FILL_OF_WRONG_KIND = "fill_of_wrong_kind"
    FILL_OF_WRONG_VALUE = "fill_of_wrong_value"
    KEY_REUSED = "key_reused"  # the key of another kind of question, or of another scale, in an earlier version
    NEEDED = "needed"  # the programme cannot do without this question of the version before
    NOT_TEXT = "not_text"  # a file that no text can be read from
    SYNTAX = "syntax"  # a file that is no TOML; the place is a word of `mentoring.rules.questions.files.Slip`


def only_known(raw: Mapping[str, Any], known: frozenset[str], place: str) -> None:
    for field in sorted(set(raw) - known):
        raise DefinitionBroken(f"{place}.{field}".lstrip("."), Fault.UNKNOWN_FIELD)


def keys_differ(keys: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for number, key in enumerate(keys, 1):
        if key in seen:
            raise DefinitionBroken(f"{place}[{number}]", Fault.DUPLICATE)
        seen.add(key)


def key_in(raw: Mapping[str, Any], field: str, place: str, *, limit: int) -> str:
    key = text_in(raw, field, place, limit=limit)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise DefinitionBroken(f"{place}.{field}".lstrip("."), Fault.BAD_KEY)
    return key


def text_in(raw: Mapping[str, Any], field: str, place: str, *, limit: int, default: str | None = None) -> str:
    place, text = f"{place}.{field}".lstrip("."), raw.get(field, default)
    if text is None:
        raise DefinitionBroken(place, Fault.MISSING)
    if not isinstance(text, str):
        raise DefinitionBroken(place, Fault.WRONG_TYPE)
    if not text.strip() and default is None:
        raise DefinitionBroken(place, Fault.MISSING)
    if len(text.strip()) > limit:
        raise DefinitionBroken(place, Fault.TOO_LONG)
    return text.strip()


def word_in(
    raw: Mapping[str, Any], field: str, words: tuple[str, ...], place: str, *, default: str | None = None
) -> str:
    word = raw.get(field, "" if "" in words else default)
    if word not in words:
        raise DefinitionBroken(f"{place}.{field}".lstrip("."), Fault.MISSING if word is None else Fault.UNKNOWN_WORD)
    return str(word)


def number_in(raw: Mapping[str, Any], field: str, place: str) -> int | None:
    number = raw.get(field)
    if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
        raise DefinitionBroken(f"{place}.{field}".lstrip("."), Fault.WRONG_TYPE)
    return number


def flag_in(raw: Mapping[str, Any], field: str, place: str) -> bool:
    flag = raw.get(field, False)
    if not isinstance(flag, bool):
        raise DefinitionBroken(f"{place}.{field}", Fault.WRONG_TYPE)
    return flag
