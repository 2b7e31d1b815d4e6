"""Why two people fit: the hours in which both are free, and what one asks for and the other offers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any


class ChoiceKind(StrEnum):
    """The curator's word about two people in a draft of the matching; it survives every new run."""

    LOCK = "lock"  # these two, whatever the total
    FORBID = "forbid"  # never these two


class DraftState(StrEnum):
    OPEN = "open"
    PUBLISHED = "published"
    DROPPED = "dropped"


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
}
"""Local hours meant by a part of the day, the end exclusive."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an entry questionnaire says about matching.

    ``slots`` are «tue_evening», or «tue» when no part of the day was named; ``topics`` are option values with labels.
    """

    slots: frozenset[str] = frozenset()
    topics: Mapping[str, str] = field(default_factory=dict)
    wish: str = ""
    experience: str = ""


def matching_questions(definition: Mapping[str, Any]) -> dict[str, str]:
    """Key of the question -> what it is for matching: "slots", "day_parts", "topics", "wish" or "experience".

    A definition marks a question by ``matching = "…"``; a question of the kind slots needs no mark.
    """
    uses = {question["key"]: _use(question) for question in definition.get("question", ())}
    return {key: use for key, use in uses.items() if use}


def profile(definition: Mapping[str, Any], answers: Mapping[str, Any]) -> Profile:
    topics: dict[str, str] = {}
    for question, answer in _answered(definition, answers, "topics"):
        topics |= _labelled(question, answer)
    return Profile(
        slots=frozenset(_slots(_chosen(definition, answers, "slots"), _chosen(definition, answers, "day_parts"))),
        topics=topics,
        wish=_words(definition, answers, "wish"),
        experience=_words(definition, answers, "experience"),
    )


def shared_slots(one: Profile, other: Profile) -> tuple[str, ...]:
    """In the order of the week; a whole day shared with a part of it is that part."""
    shared = {slot for slot in one.slots if _covers(other.slots, slot)}
    shared |= {slot for slot in other.slots if _covers(one.slots, slot)}
    return tuple(sorted(shared, key=_place_in_week))


def shared_topics(mentor: Profile, mentee: Profile) -> tuple[str, ...]:
    """The mentee's words for what the mentor offers."""
    return tuple(label for value, label in mentee.topics.items() if value in mentor.topics)


def is_free(slots: Iterable[str], day: date, at: time | None = None) -> bool:
    """Whether the answer about free time allows the day, or that hour of it."""
    return any(_allows(slot, day, at) for slot in slots)


def _use(question: Mapping[str, Any]) -> str:
    return str(question.get("matching") or ("slots" if question.get("kind") == "slots" else ""))


def _answered(
    definition: Mapping[str, Any], answers: Mapping[str, Any], use: str
) -> Iterator[tuple[Mapping[str, Any], Any]]:
    for question in definition.get("question", ()):
        if _use(question) == use and answers.get(question["key"]):
            yield question, answers[question["key"]]


def _chosen(definition: Mapping[str, Any], answers: Mapping[str, Any], use: str) -> list[str]:
    return [value for _, answer in _answered(definition, answers, use) for value in answer]


def _words(definition: Mapping[str, Any], answers: Mapping[str, Any], use: str) -> str:
    return " ".join(str(answer) for _, answer in _answered(definition, answers, use))


def _slots(days: list[str], parts: list[str]) -> Iterator[str]:
    for day in days:
        yield from (f"{day}_{part}" for part in parts) if parts else (day,)


def _labelled(question: Mapping[str, Any], answer: Any) -> dict[str, str]:
    labels = {option["value"]: option["label"] for option in question.get("options", ())}
    chosen = answer if isinstance(answer, list) else [answer]
    return {value: labels[value] for value in chosen if value in labels}


def _covers(slots: frozenset[str], slot: str) -> bool:
    return slot in slots or slot.partition("_")[0] in slots


def _allows(slot: str, day: date, at: time | None) -> bool:
    weekday, _, part = slot.partition("_")
    opens, closes = PARTS.get(part, (time.min, time.max))
    return weekday == WEEKDAYS[day.weekday()] and (at is None or opens <= at < closes)


def _place_in_week(slot: str) -> tuple[int, int]:
    weekday, _, part = slot.partition("_")
    return WEEKDAYS.index(weekday), list(PARTS).index(part) if part in PARTS else -1
