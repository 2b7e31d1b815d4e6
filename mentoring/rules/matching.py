"""Why two people fit: the hours in which both are free, and what one asks for and the other offers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

Answered = list[tuple[Mapping[str, Any], Any]]
"""Questions with their answers."""


class ChoiceKind(StrEnum):
    """The curator's word about two people in a draft of the matching; it survives every new run."""

    LOCK = "lock"  # these two, whatever the total
    FORBID = "forbid"  # never these two


class DraftState(StrEnum):
    OPEN = "open"
    PUBLISHED = "published"
    DROPPED = "dropped"


MATCHING_USES = (
    "slots",
    "day_parts",
    "topics",
    "wish",
    "experience",
    "age",
    "interests",
    "format",
    "wish_kind",
    "subject",
    "prefer",
    "avoid",
)
_OF_BALLOTS = frozenset({"prefer", "avoid"})
_UNMARKED: dict[tuple[Any, Any], str] = {
    ("whom", "several_of"): "age",
    ("interests", "several_of"): "interests",
    ("format", "one_of"): "format",
    ("mentor_kind", "several_of"): "wish_kind",
    ("want", "person"): "prefer",
    ("goal_helper", "person"): "prefer",
    ("can_help", "person"): "prefer",
    ("not_for", "person"): "avoid",
}
"""Questions of our own questionnaires of the versions before 0.3."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STEM = 4
_NO_SUBJECT = frozenset({"учит", "преп", "язык", "пред", "клас", "и", "по", "на", "или", "немн", "любо", "все", "всем"})

PARTS = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
}
"""Local hours meant by a part of the day, the end exclusive."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an entry questionnaire says about matching.

    ``slots`` are «tue_evening», or «tue» when no part of the day was named; ``topics`` and ``interests`` are option
    values with labels; ``subjects`` words as they were typed, by their stems. ``ages``: whom a mentor wants to help;
    ``wished_kinds``: which mentor a mentee wants, values of `mentoring.rules.people.PersonKind`.
    """

    slots: frozenset[str] = frozenset()
    topics: Mapping[str, str] = field(default_factory=dict)
    wish: str = ""
    experience: str = ""
    ages: frozenset[str] = frozenset()
    interests: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    format: str = ""
    wished_kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ballot:
    """Preferences after a group meeting: ids of people, those one wants with the dearest first."""

    wants: tuple[int, ...] = ()
    avoids: frozenset[int] = frozenset()


def matching_questions(definition: Mapping[str, Any]) -> dict[str, str]:
    """Key of the question -> what it is for matching, a word of `MATCHING_USES`.

    A definition marks a question by ``matching = "…"``; a question of the kind slots needs no mark, nor do those that
    were asked before there were marks for them.
    """
    uses = {question["key"]: _use(question) for question in definition.get("question", ())}
    return {key: use for key, use in uses.items() if use}


def matching_part(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The same with those questions alone, each marked: all that the others of this module look at, read once for many
    people."""
    uses = matching_questions(definition)
    asked = [{**one, "matching": uses[one["key"]]} for one in definition.get("question", ()) if one["key"] in uses]
    return {"question": asked}


def profile(definition: Mapping[str, Any], answers: Mapping[str, Any]) -> Profile:
    said = _answered(definition, answers)
    return Profile(
        slots=frozenset(_slots(_chosen(said["slots"]), _chosen(said["day_parts"]))),
        topics=_options(said["topics"]),
        wish=_words(said["wish"]),
        experience=_words(said["experience"]),
        ages=frozenset(_options(said["age"])),
        interests=_options(said["interests"]),
        subjects=_subjects(_words(said["subject"])),
        format=_words(said["format"]),
        wished_kinds=frozenset(_options(said["wish_kind"])),
    )


def is_entry(definition: Mapping[str, Any]) -> bool:
    """Whether the answers say something about the person, and not only with whom they would work."""
    return any(use not in _OF_BALLOTS for use in matching_questions(definition).values())


def ballot(definition: Mapping[str, Any], answers: Mapping[str, Any]) -> Ballot:
    said = _answered(definition, answers)
    return Ballot(tuple(dict.fromkeys(_people(said["prefer"]))), frozenset(_people(said["avoid"])))


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
    if question.get("matching"):
        return str(question["matching"])
    return (
        "slots" if question.get("kind") == "slots" else _UNMARKED.get((question.get("key"), question.get("kind")), "")
    )


def _answered(definition: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Answered]:
    """By use."""
    said: dict[str, Answered] = defaultdict(list)
    for question in definition.get("question", ()):
        if (answer := answers.get(question["key"])) and (use := _use(question)):
            said[use].append((question, answer))
    return said


def _options(said: Answered) -> dict[str, str]:
    found: dict[str, str] = {}
    for question, answer in said:
        found |= _labelled(question, answer)
    return found


def _subjects(typed: str) -> dict[str, str]:
    """«Русский язык, физика» is «русс» and «физи»: cases and what stands around a subject change nothing."""
    words = re.findall(r"[^\W\d_]+", typed)
    stems = {word.casefold().replace("ё", "е")[:_STEM]: word.lower() for word in words}
    return {stem: word for stem, word in stems.items() if len(stem) > 1 and stem not in _NO_SUBJECT}


def _people(said: Answered) -> Iterator[int]:
    """Answers name people as «p12»."""
    for _, answer in said:
        for value in answer if isinstance(answer, list) else [answer]:
            if str(value)[1:].isdecimal():
                yield int(str(value)[1:])


def _chosen(said: Answered) -> list[str]:
    return [value for _, answer in said for value in answer]


def _words(said: Answered) -> str:
    return " ".join(str(answer) for _, answer in said)


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
