"""Who acts, in which role, and how people are named and grouped by age."""

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
    """Who does it, and by which door. ``person_id`` for participants, ``account_id`` for people of the panel; neither for the system."""

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


def age_on(birth_date: date, day: date) -> int:
    """Full years; someone born on 29 February turns a year older on 1 March of a common year."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def age_group_on(birth_date: date, day: date) -> AgeGroup:
    age = age_on(birth_date, day)
    if age < 14:
        return AgeGroup.UNDER_14
    return AgeGroup.FROM_14_TO_17 if age < 18 else AgeGroup.ADULT
