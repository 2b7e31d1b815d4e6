"""Names in all cases, initials and posts: what a paper prints of a person.

The library is loaded when a paper is made, not before. What somebody corrected by hand comes before it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from mentoring.rules.declension import Case, corrected, declined_post, is_known_post
from mentoring.rules.people import PersonKind, PersonName
from mentoring.rules.questions.words import MONTHS

if TYPE_CHECKING:
    from pytrovich.detector import PetrovichGenderDetector
    from pytrovich.enums import Gender
    from pytrovich.maker import PetrovichDeclinationMaker

GAP = "\u00a0"
"""Between a surname and initials, so that no line tears them."""

logging.getLogger("pytrovich").setLevel(logging.ERROR)  # its warnings hold the name it doubts


@dataclass(frozen=True, slots=True)
class NameForms:
    """``doubtful``: somebody should look at it. ``written``: the cases that were corrected by hand."""

    full: str
    forms: Mapping[Case, str]
    doubtful: bool
    written: frozenset[Case]


def person_facts(name: PersonName, post: str = "", forms: Mapping[str, Any] | None = None) -> dict[str, str]:
    """By `mentoring.rules.document_field.PERSON_PARTS`. ``forms``: `Person.name_forms`; of a post, «post_dative»."""
    forms = _of_this_name(name, forms)
    cases = name_forms(name, forms).forms
    facts = {"full": name.full, "short": _short(name.last, name), "sign": _sign(name), "post": post}
    facts["post_sign"] = post[:1].upper() + post[1:]
    for case in Case:
        facts[case.value] = cases[case]
        facts[f"short_{case}"] = _short(_last_of(cases[case], name), name)
        facts[f"post_{case}"] = str(forms.get(f"post_{case}") or declined_post(post, case))
    facts["acquainted"] = "ознакомлена" if is_female(name) else "ознакомлен"
    return facts


def name_forms(name: PersonName, forms: Mapping[str, Any] | None = None) -> NameForms:
    forms = _of_this_name(name, forms)
    written = {case: corrected(forms, case) for case in Case if corrected(forms, case)}
    made = {**_all_cases(name), **written}
    doubtful = len(written) < len(Case) and _is_doubtful(name)
    return NameForms(name.full, made, doubtful, frozenset(written))


def post_of(kind: PersonKind | None, place: str, name: PersonName) -> str:
    """«7 „Б“» of a pupil becomes «обучающаяся 7 „Б“ класса»; others say their post themselves."""
    if kind is not PersonKind.PUPIL or not place[:1].isdigit():
        return place
    who = "обучающаяся" if is_female(name) else "обучающийся"
    return f"{who} {place}" if "класс" in place.casefold() else f"{who} {place} класса"


def is_doubtful_post(post: str) -> bool:
    return not is_known_post(post)


@lru_cache(maxsize=4096)
def is_female(name: PersonName) -> bool:
    return _gender(name).name == "FEMALE"


def date_facts(name: str, day: date | None) -> dict[str, str]:
    """Two forms of a date by the names of `mentoring.rules.document_field.day`; empty without one."""
    return {name: short_date(day), f"{name}_words": date_words(day)}


def short_date(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def day_in(text: str) -> date | None:
    """Of «25.11.2026»; None for what is no date."""
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def date_words(day: date | None) -> str:
    return f"{day.day}{GAP}{MONTHS[day.month - 1]} {day.year}{GAP}г." if day else ""


def _of_this_name(name: PersonName, forms: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Cases that were corrected for another name are forgotten as soon as the name changes."""
    return forms if forms and forms.get("full", name.full) == name.full else {}


@lru_cache(maxsize=4096)
def _all_cases(name: PersonName) -> Mapping[Case, str]:
    """Kept: a list of two hundred pairs names everybody twice, and the same people stand in every paper."""
    return {case: _declined(name, case) for case in Case}


def _declined(name: PersonName, case: Case) -> str:
    from pytrovich.enums import Case as Theirs
    from pytrovich.enums import NamePart

    maker, gender, wanted = _maker(), _gender(name), Theirs[case.name]
    parts = (
        (NamePart.LASTNAME, name.last),
        (NamePart.FIRSTNAME, name.first),
        (NamePart.MIDDLENAME, name.patronymic),
    )
    return " ".join(_spelled(part, maker.make(which, gender, wanted, part)) for which, part in parts if part)


def _spelled(given: str, made: str) -> str:
    """No «ы» after г, к, х and the hushing letters: «Саши», «Ольги»."""
    if made != given and made.endswith("ы") and made[-2:-1].casefold() in "гкхжчшщ":
        return made[:-1] + "и"
    return made


def _is_doubtful(name: PersonName) -> bool:
    """The gender cannot be told, a man's surname did not move, or it is not written in Russian letters."""
    letters = name.full.replace("-", "").replace(" ", "").replace(".", "").casefold()
    russian = all("а" <= sign <= "я" or sign == "ё" for sign in letters)
    moved = _declined(PersonName(name.last, name.first), Case.DATIVE).split() != name.full.split()[:2]
    short = len(name.first.rstrip(".")) < 2 or not name.last
    return not russian or not moved or short or _gender(name).name == "ANDROGYNOUS"


def _gender(name: PersonName) -> "Gender":
    if name.patronymic.casefold().endswith("кызы"):
        return _genders().FEMALE
    if name.patronymic.casefold().endswith("оглы"):
        return _genders().MALE
    found: Gender = _detector().detect(  # type: ignore[no-untyped-call]
        firstname=name.first or None, lastname=name.last or "", middlename=name.patronymic or None
    )
    return found


def _short(last: str, name: PersonName) -> str:
    return GAP.join(part for part in (last, _initials(name)) if part)


def _sign(name: PersonName) -> str:
    return GAP.join(part for part in (_initials(name), name.last) if part)


def _initials(name: PersonName) -> str:
    return GAP.join(f"{part[0].upper()}." for part in (name.first, name.patronymic.split(" ")[0]) if part)


def _last_of(declined: str, name: PersonName) -> str:
    """The surname of a whole name in a case: as many words as it has."""
    return " ".join(declined.split()[: len(name.last.split())])


@cache
def _maker() -> "PetrovichDeclinationMaker":
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


@cache
def _detector() -> "PetrovichGenderDetector":
    from pytrovich.detector import PetrovichGenderDetector

    return PetrovichGenderDetector()


@cache
def _genders() -> "type[Gender]":
    from pytrovich.enums import Gender

    return Gender
