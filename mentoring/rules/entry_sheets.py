"""What somebody answered in the questionnaire by which they came, in words for tables and papers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mentoring.rules.questions.definition import Option, Question
from mentoring.rules.questions.kinds import KINDS

COMPETENCES = ("topics",)
EXPERIENCE = ("experience",)
INTERESTS = ("interests",)
WISHED_AGE = ("age", "whom")
DAYS = ("slots", "days", "day_parts")
HOURS = ("hours",)
FORMAT = ("format",)
BEEN_MENTOR = ("been_where",)
WHY = ("why",)
TRAINING = ("training",)
GOAL = ("wish",)


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """``definition`` of the version that was answered. A question is asked for by its ``matching`` mark or by its key:
    a school may have put its own questions in the place of ours, and a missing one says nothing."""

    definition: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    def words(self, names: tuple[str, ...]) -> str:
        """«Учёба и предметы, проекты и олимпиады»."""
        first, *others = self.lines(names) or ("",)
        return ", ".join([first, *(_inside(one) for one in others)])

    def lines(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """One for each option that was chosen, or for each answer in words."""
        return tuple(line for question, answer in self._answered(names) for line in _said(question, answer) if line)

    def values(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Values of the options that were chosen."""
        chosen = (answer if isinstance(answer, list) else [answer] for _, answer in self._answered(names))
        return tuple(str(value) for values in chosen for value in values)

    def time(self) -> str:
        """«1–2 часа; вторник, четверг, днём»."""
        return "; ".join(filter(None, (self.words(HOURS), _inside(self.words(DAYS)))))

    def options(self, names: tuple[str, ...]) -> dict[str, str]:
        """What could be chosen: value and label."""
        asked = (one for one in self.definition.get("question", ()) if _is_named(one, names))
        return {one["value"]: one["label"] for question in asked for one in question.get("options", ())}

    def _answered(self, names: tuple[str, ...]) -> Iterator[tuple[Mapping[str, Any], Any]]:
        for question in self.definition.get("question", ()):
            answer = self.answers.get(question["key"])
            if answer not in (None, "", []) and _is_named(question, names):
                yield question, answer


def _inside(line: str) -> str:
    """As it stands inside a sentence: «ЕГЭ» stays, «Проекты» does not."""
    return line[:1].lower() + line[1:] if line[1:2].islower() or line[1:2] == " " else line


def _is_named(question: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return question.get("matching") in names or question["key"] in names


def _said(raw: Mapping[str, Any], answer: Any) -> list[str]:
    if isinstance(answer, list) and raw.get("kind") != "person":
        return [_one(raw, [value]) for value in answer]
    return [_one(raw, answer)]


def _one(raw: Mapping[str, Any], answer: Any) -> str:
    kind = KINDS.get(str(raw.get("kind")))
    if kind is None:
        return str(answer)
    options = tuple(Option(one["value"], one["label"]) for one in raw.get("options", ()))
    return kind.words(Question(raw["key"], str(raw["kind"]), "", options=options), answer)


NOTHING_SAID = EntrySheet()
