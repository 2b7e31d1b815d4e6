"""The trial of a pair: two meetings, and what both say after the second (methodology.md §1.5; 002, items 5.2–5.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentoring.rules.meetings import MeetingKind
from mentoring.rules.people import Role


class Lack(StrEnum):
    """What stands between a trial and the curator's decision."""

    FIRST_MEETING = "first_meeting"
    TRIAL_MEETING = "trial_meeting"
    FIRST_FORM = "first_form"  # somebody has not said how the first meeting went, nor the trial one
    FORM = "form"  # somebody has not said how the trial meeting went
    DOUBT = "doubt"  # somebody is not sure
    WANTS_OTHER = "wants_other"  # somebody would rather have another


class GoOn(StrEnum):
    """Answers to «go on together?» of the compatibility forms; absent where the organisation's form has no such
    question."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Said:
    """One member's compatibility forms: after the first meeting and after the trial one. ``sent`` without an answer
    means that the form did not ask."""

    person_id: int
    name: str
    role: Role
    sent: frozenset[MeetingKind]
    go_on: Mapping[MeetingKind, GoOn]


@dataclass(frozen=True, slots=True)
class Lacking:
    """``person_id`` and ``name`` of whom it is about; 0 and "" for the meetings."""

    lack: Lack
    person_id: int = 0
    name: str = ""


MEETINGS = (MeetingKind.FIRST, MeetingKind.TRIAL)


def lacking(held: frozenset[MeetingKind], said: tuple[Said, ...]) -> tuple[Lacking, ...]:
    """In the order in which one thing follows another. The newest word of a person counts."""
    return (*_meetings(held), *(one for member in said for one in _of_member(member, held)))


def _meetings(held: frozenset[MeetingKind]) -> Iterator[Lacking]:
    if MeetingKind.FIRST not in held:
        yield Lacking(Lack.FIRST_MEETING)
    if MeetingKind.TRIAL not in held:
        yield Lacking(Lack.TRIAL_MEETING)


def _of_member(said: Said, held: frozenset[MeetingKind]) -> Iterator[Lacking]:
    if MeetingKind.TRIAL not in said.sent:
        if MeetingKind.TRIAL in held:
            yield Lacking(Lack.FORM, said.person_id, said.name)
        elif MeetingKind.FIRST in held and MeetingKind.FIRST not in said.sent:
            yield Lacking(Lack.FIRST_FORM, said.person_id, said.name)
    last = said.go_on.get(MeetingKind.TRIAL) or said.go_on.get(MeetingKind.FIRST)
    if last in _SPEAKS_AGAINST:
        yield Lacking(_SPEAKS_AGAINST[last], said.person_id, said.name)


_SPEAKS_AGAINST: Mapping[GoOn | None, Lack] = {GoOn.UNSURE: Lack.DOUBT, GoOn.NO: Lack.WANTS_OTHER}
