"""How people are found: any case, ё or е, words in any order, a phone in any of its usual forms.

Databases know letter case in their own ways (SQLite: ASCII only), so both sides are brought to one form here.
"""

import re

from mentoring.rules.people import PersonName


def search_text(name: PersonName, *, place: str = "", phone: str = "", username: str = "") -> str:
    """``phone`` is E.164; a Russian one is kept with 8 and with 7, since people type either."""
    return " ".join(part for part in (_plain(name.full), _plain(place), _phone_forms(phone), _plain(username)) if part)


def search_words(query: str) -> tuple[str, ...]:
    """Each of them must be found in the search text."""
    text = _PHONE_LIKE.sub(_joined_digits, query)
    return tuple(dict.fromkeys(_plain(text).split()))


def holds_words(text: str, words: tuple[str, ...]) -> bool:
    """Each of ``words``, made by `search_words`, stands somewhere in the text."""
    plain = _plain(text)
    return all(word in plain for word in words)


def _plain(text: str) -> str:
    """Lower case, е for ё, no punctuation; «7 „Б“» becomes «7б», as people type a class."""
    words = _NOT_WORD.sub(" ", text.casefold().replace("ё", "е"))
    return " ".join(_CLASS.sub(r"\1\2", words).split())


def _phone_forms(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return f"{digits} 8{digits[1:]}" if digits.startswith("7") and len(digits) == 11 else digits


def _joined_digits(match: re.Match[str]) -> str:
    """«+7 (912) 345-67-89» is one word; «7 10» stays two."""
    digits = re.sub(r"\D", "", match.group())
    return f" {digits} " if len(digits) >= _PHONE_DIGITS else match.group()


_PHONE_DIGITS = 5
_PHONE_LIKE = re.compile(r"\+?\d[\d\s()\-–]*\d")
_NOT_WORD = re.compile(r"[^\w]+|_")
_CLASS = re.compile(r"\b(\d{1,2}) ?([а-я])\b")
