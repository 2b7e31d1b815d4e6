"""Cases of a paper: which there are, and how a post or a class is put into them.

Names are declined by a library (`mentoring.names`); posts by the few endings below, as far as the first noun:
«заместитель директора» declines its first word only. What is not known stays as it was written.
"""

from collections.abc import Mapping
from enum import StrEnum


class Case(StrEnum):
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


def declined_post(post: str, case: Case) -> str:
    """«педагог-психолог» → «педагога-психолога»; an unknown post comes back as it was."""
    words = post.split()
    done: list[str] = []
    for place, word in enumerate(words):
        if word.casefold() in _STANDING:
            done.append(word)
            continue
        ending = _adjective(word, case)
        if ending is not None:
            done.append(ending)
            if word.casefold() in _LAST_ADJECTIVES:
                return " ".join((*done, *words[place + 1 :]))
            continue
        noun = _compound(word, case)
        return " ".join((*done, noun, *words[place + 1 :])) if noun else post
    return " ".join(done) if len(words) > 0 else post


def is_known_post(post: str) -> bool:
    return not post or declined_post(post, Case.DATIVE) != post


def corrected(forms: Mapping[str, object], case: Case) -> str:
    """What somebody has written by hand for this case; empty if nobody has."""
    found = forms.get(case.value)
    return found.strip() if isinstance(found, str) else ""


def _compound(word: str, case: Case) -> str:
    """Empty for a noun that is not known."""
    parts = [_noun(part, case) for part in word.split("-")]
    return "-".join(parts) if all(parts) else ""


def _noun(word: str, case: Case) -> str:
    bare, comma = (word[:-1], ",") if word.endswith(",") else (word, "")
    if bare.casefold() not in _NOUNS:
        return ""
    if bare.endswith(("а", "А")):
        stem = bare[:-1]
        endings = _FEMALE_SOFT if stem.casefold().endswith("ц") else _FEMALE
        ending = endings[case]
        if ending == "ы" and stem.casefold().endswith(("г", "к", "х", "ж", "ш", "ч", "щ")):
            ending = "и"
        return stem + ending + comma
    if bare.endswith("ь"):
        return bare[:-1] + _SOFT[case] + comma
    return bare + _HARD[case] + comma


def _adjective(word: str, case: Case) -> str | None:
    folded = word.casefold()
    if folded not in _ADJECTIVES:
        return None
    for ending, endings in _ADJECTIVE_ENDINGS.items():
        if folded.endswith(ending):
            return word[: -len(ending)] + endings[case]
    return None


def _cases(*endings: str) -> dict[Case, str]:
    return dict(zip(Case, endings, strict=True))


_HARD = _cases("а", "у", "а", "ом", "е")
_SOFT = _cases("я", "ю", "я", "ем", "е")
_FEMALE = _cases("ы", "е", "у", "ой", "е")
_FEMALE_SOFT = _cases("ы", "е", "у", "ей", "е")

_ADJECTIVE_ENDINGS = {
    "щийся": _cases("щегося", "щемуся", "щегося", "щимся", "щемся"),
    "щаяся": _cases("щейся", "щейся", "щуюся", "щейся", "щейся"),
    "щий": _cases("щего", "щему", "щего", "щим", "щем"),
    "ший": _cases("шего", "шему", "шего", "шим", "шем"),
    "щая": _cases("щей", "щей", "щую", "щей", "щей"),
    "шая": _cases("шей", "шей", "шую", "шей", "шей"),
    "ий": _cases("ого", "ому", "ого", "им", "ом"),
    "ый": _cases("ого", "ому", "ого", "ым", "ом"),
    "ой": _cases("ого", "ому", "ого", "ым", "ом"),
    "ая": _cases("ой", "ой", "ую", "ой", "ой"),
}

_NOUNS = frozenset(
    [
        "директор",
        "заместитель",
        "учитель",
        "преподаватель",
        "педагог",
        "психолог",
        "логопед",
        "дефектолог",
        "организатор",
        "мастер",
        "методист",
        "воспитатель",
        "вожатый",
        "тьютор",
        "куратор",
        "завуч",
        "советник",
        "руководитель",
        "начальник",
        "специалист",
        "инженер",
        "технолог",
        "конструктор",
        "программист",
        "экономист",
        "бухгалтер",
        "юрист",
        "врач",
        "секретарь",
        "библиотекарь",
        "тренер",
        "концертмейстер",
        "лаборант",
        "наставник",
        "менеджер",
        "администратор",
        "председатель",
        "представитель",
        "ректор",
        "проректор",
        "декан",
        "ученик",
        "ученица",
        "студент",
        "студентка",
        "учительница",
        "преподавательница",
        "воспитательница",
        "техник",
        "механик",
        "электрик",
        "оператор",
        "агроном",
    ]
)
_ADJECTIVES = frozenset(
    [
        "старший",
        "старшая",
        "младший",
        "младшая",
        "молодой",
        "молодая",
        "социальный",
        "социальная",
        "классный",
        "классная",
        "главный",
        "главная",
        "ведущий",
        "ведущая",
        "первый",
        "первая",
        "музыкальный",
        "музыкальная",
        "художественный",
        "художественная",
        "генеральный",
        "технический",
        "коммерческий",
        "исполняющий",
        "исполняющая",
        "заведующий",
        "заведующая",
        "управляющий",
        "управляющая",
        "обучающийся",
        "обучающаяся",
        "учащийся",
        "учащаяся",
    ]
)
_LAST_ADJECTIVES = frozenset(
    word for word in _ADJECTIVES if word.startswith(("исполн", "завед", "управл", "обучающ", "учащ"))
)
"""After these comes what does not decline with them: «заведующая библиотекой»."""
_STANDING = frozenset({"и.о.", "и.", "о.", "врио", "вр.и.о.", "и.о"})
