"""A campaign: one questionnaire, an audience, a window of time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any


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


REMIND_AFTER = (2, 5, 9)
"""Days after the asking. Only those who have not answered; nobody is reminded after the window."""

SHORTEST_WINDOW = timedelta(hours=1)
LONGEST_WINDOW = timedelta(days=400)
