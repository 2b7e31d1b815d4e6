"""Who acts, in which role, and how people are named and grouped by age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PersonKind(StrEnum):
    PUPIL = "pupil"
    STUDENT = "student"
    TEACHER = "teacher"
    SPECIALIST = "specialist"
    PARENT = "parent"
    CURATOR = "curator"
    PARTNER = "partner"  # speaks for an organisation that gives mentors; takes no part in pairs


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"


class AgeGroup(StrEnum):
    UNDER_14 = "under_14"
    FROM_14_TO_17 = "14_17"
    ADULT = "adult"


class Door(StrEnum):
    CHAT = "chat"
    PANEL = "panel"
    WEB_FORM = "web_form"
    PAPER = "paper"
    SCHEDULER = "scheduler"
    COMMAND_LINE = "command_line"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, and by which door.

    ``person_id`` for participants, ``account_id`` for people of the panel; neither for the system.
    """

    door: Door
    person_id: int | None = None
    account_id: int | None = None

    @classmethod
    def person(cls, person_id: int, door: Door = Door.CHAT) -> "Actor":
        return cls(door, person_id=person_id)

    @classmethod
    def curator(cls, account_id: int, door: Door = Door.PANEL) -> "Actor":
        return cls(door, account_id=account_id)

    @classmethod
    def system(cls, door: Door = Door.SCHEDULER) -> "Actor":
        return cls(door)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as papers and chats need it; every part may be empty until the person has introduced themselves."""

    last: str = ""
    first: str = ""
    patronymic: str = ""

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.last, self.first, self.patronymic) if part)

    @property
    def formal(self) -> str:
        """«Анна Сергеевна»: how adults are addressed."""
        return " ".join(part for part in (self.first, self.patronymic) if part) or self.last

    @property
    def friendly(self) -> str:
        """«Мила»: how pupils are addressed."""
        return self.first or self.last


def name_from_full(text: str) -> PersonName:
    """«Крылова Вера Андреевна» and «Вера Андреевна Крылова» are one name.

    Of two words the surname comes first, unless only the second looks like one.
    """
    words = [_capitalised(word) for word in text.split()]
    if len(words) < 2:
        return PersonName(first="".join(words))
    if len(words) == 2:
        return _name_of_two(*words)
    if _is_patronymic(words[1]) and not _is_patronymic(words[2]):
        return PersonName(last=" ".join(words[2:]), first=words[0], patronymic=words[1])
    return PersonName(words[0], words[1], " ".join(words[2:]))


def called(name: PersonName, kind: PersonKind | None, age_group: AgeGroup | None) -> str:
    """How to speak to a person: pupils and students by first name, others by имя-отчество; empty while nobody knows."""
    young = kind in (PersonKind.PUPIL, PersonKind.STUDENT) or age_group in (AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17)
    return name.friendly if young else name.formal


def listed(names: Iterable[str]) -> str:
    """«Мила», «Мила и Тимур», «Мила, Тимур и Дарья Игоревна»."""
    *first, last = [name for name in names if name] or [""]
    return f"{', '.join(first)} и {last}" if first else last


def age_on(birth_date: date, day: date) -> int:
    """Full years; someone born on 29 February turns a year older on 1 March of a common year."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def age_group_on(birth_date: date, day: date) -> AgeGroup:
    age = age_on(birth_date, day)
    if age < 14:
        return AgeGroup.UNDER_14
    return AgeGroup.FROM_14_TO_17 if age < 18 else AgeGroup.ADULT


def _capitalised(word: str) -> str:
    """A word with capitals of its own («МакГрегор») is left as it was typed."""
    if word.casefold() in ("оглы", "кызы"):
        return word.casefold()
    return "-".join(part.capitalize() if part in (part.lower(), part.upper()) else part for part in word.split("-"))


def _name_of_two(one: str, other: str) -> PersonName:
    if _is_patronymic(other):
        return PersonName(first=one, patronymic=other)
    if _looks_like_surname(other) and not _looks_like_surname(one):
        return PersonName(last=other, first=one)
    return PersonName(last=one, first=other)


def _is_patronymic(word: str) -> bool:
    return word.casefold().endswith(("вич", "вна", "ична", "ьич", "оглы", "кызы"))


def _looks_like_surname(word: str) -> bool:
    folded = word.casefold()
    return folded not in _FIRST_NAMES and folded.endswith(_SURNAME_ENDS)


_SURNAME_ENDS = (
    "ов",
    "ова",
    "ев",
    "ева",
    "ёв",
    "ёва",
    "ин",
    "ина",
    "ын",
    "ына",
    "ий",
    "ая",
    "ой",
    "ко",
    "ук",
    "юк",
    "их",
    "ых",
    "ян",
)
_FIRST_NAMES = frozenset(
    [
        "алина",
        "ангелина",
        "антонина",
        "арина",
        "валентина",
        "василина",
        "галина",
        "дарина",
        "екатерина",
        "зарина",
        "злата",
        "ирина",
        "карина",
        "катарина",
        "кристина",
        "марина",
        "нина",
        "полина",
        "рина",
        "сабина",
        "фаина",
        "эвелина",
        "константин",
        "мартин",
        "августин",
        "вениамин",
        "григорий",
        "дмитрий",
        "анатолий",
        "аркадий",
        "валерий",
        "василий",
        "виталий",
        "геннадий",
        "георгий",
        "евгений",
        "юрий",
        "арсений",
        "савелий",
        "тимофей",
        "лука",
        "яков",
        "ева",
        "мая",
    ]
)
