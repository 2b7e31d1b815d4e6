"""A campaign: one questionnaire, an audience, a window of time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from mentoring.rules.errors import ValueWrong


class CampaignState(StrEnum):
    PLANNED = "planned"  # opens by itself when its time comes
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"  # before it opened; the calendar does not plan it again


class RecipientState(StrEnum):
    """Of one questionnaire for one person. That it was opened is seen from the response; see `Campaign.anonymous`."""

    WAITING = "waiting"
    ANSWERED = "answered"
    RELEASED = "released"  # left the programme, or the curator took them out: nobody waits any more


class Standing(StrEnum):
    """How one questionnaire of one person looks to the curator."""

    ANSWERED = "answered"
    BEGUN = "begun"  # opened and left; never said of an anonymous campaign
    SILENT = "silent"
    NO_CHAT = "no_chat"  # answers on paper
    UNREACHABLE = "unreachable"
    RELEASED = "released"


class Audience(StrEnum):
    """Of whom a questionnaire is asked; its questions are about the subject in brackets."""

    MENTORS = "mentors"  # (enrolment, or each pair)
    MENTEES = "mentees"  # (enrolment, or each pair)
    GUARDIANS = "guardians"  # (each child who takes part)
    PARTNERS = "partners"  # (person)
    CURATORS = "curators"  # (person), in the panel


class Subject(StrEnum):
    """What a response is about."""

    ENROLMENT = "enrolment"
    PAIR = "pair"  # before and after are compared within one pair
    MEETING = "meeting"
    PERSON = "person"  # the one who answers and nothing else


@dataclass(frozen=True, slots=True)
class AudienceFilter:
    """Empty means any. ``pair_states`` are words of `PairState`; ``classes`` are compared with a person's place as
    the beginning of it («7» finds «7 „Б“», not «11»); ``had_before``: only those who have sent the questionnaire
    with moment "before" of the same form and role. ``people``: exactly these and nobody else (those present at a group
    meeting, or chosen by hand).
    """

    audience: Audience
    forms: tuple[str, ...] = ()
    pair_states: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    had_before: bool = False
    people: tuple[int, ...] = ()

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "AudienceFilter":
        lists = {name: tuple(stored.get(name, ())) for name in ("forms", "pair_states", "classes", "people")}
        return cls(Audience(stored["audience"]), had_before=bool(stored.get("had_before")), **lists)

    def to_stored(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


AUDIENCES = {
    "": (Audience.MENTORS, Audience.MENTEES),
    "mentor": (Audience.MENTORS,),
    "mentee": (Audience.MENTEES,),
    "guardian": (Audience.GUARDIANS,),
    "partner": (Audience.PARTNERS,),
    "curator": (Audience.CURATORS,),
}
"""Who may be asked a questionnaire, by the role it is written for; without a role it is for both of a pair."""

REMIND_AFTER = (2, 5, 9)
"""Days after the asking. Only those who have not answered; nobody is reminded after the window."""

SHORTEST_WINDOW = timedelta(hours=1)
LONGEST_WINDOW = timedelta(days=400)

CLOSES_SOON = timedelta(days=2)
"""With silent people left: it comes to the curator's attention."""


def ensure_window(opens_at: datetime, closes_at: datetime) -> None:
    """Raises ValueWrong("closes_at")."""
    if not SHORTEST_WINDOW <= closes_at - opens_at <= LONGEST_WINDOW:
        raise ValueWrong("closes_at")


def in_classes(place: str, classes: tuple[str, ...]) -> bool:
    """«7» finds «7 „Б“» and not «70 лет», «7б» finds «7 «Б»»: a class is written in many ways."""
    here = _class_letters(place)
    return any(_begins(here, _class_letters(one)) for one in classes)


def _class_letters(place: str) -> str:
    return "".join(letter for letter in place.casefold().replace("ё", "е") if letter.isalnum())


def _begins(here: str, asked: str) -> bool:
    following = here[len(asked) : len(asked) + 1]
    return bool(asked) and here.startswith(asked) and not (asked[-1].isdigit() and following.isdigit())
