"""How a simulated person answers: what they would say to each question, and the taps or the sheet that say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from config.library import questionnaire_definitions
from tests.chat import Persona

Said = str | int | bool | list[str] | None
"""An answer as a person means it: the value of an option, a number, words; None for a skipped question."""

QUESTION = re.compile(r"Вопрос \d+ из \d+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a person would say to one questionnaire, the conditional questions too."""

    key: str
    said: dict[str, Said]

    @property
    def questions(self) -> list[dict[str, Any]]:
        questions: list[dict[str, Any]] = questionnaire_definitions()[self.key]["question"]
        return questions

    def asked(self) -> dict[str, Said]:
        """Without the questions that these very answers hide."""
        seen: dict[str, Said] = {}
        for question in self.questions:
            if _shown(question.get("show_if"), seen):
                seen[question["key"]] = self.said[question["key"]]
        return seen

    def on_paper(self) -> dict[str, str | list[str]]:
        return {key: _written(said) for key, said in self.said.items()}


def sheet(key: str, chance: Random, known: Mapping[str, Said] | None = None) -> Sheet:
    """``known`` settles some answers; the others are drawn."""
    questions = questionnaire_definitions()[key]["question"]
    drawn = {question["key"]: _drawn(question, chance) for question in questions}
    return Sheet(key, drawn | {name: said for name, said in (known or {}).items() if name in drawn})


def _drawn(question: dict[str, Any], chance: Random) -> Said:
    kind = question["kind"]
    if kind == "scale":
        return chance.randint(question.get("min", 1), question.get("max", 10))
    if kind == "yes_no":
        return chance.random() < 0.7
    if kind == "one_of":
        return str(chance.choice(question["options"])["value"])
    if kind in ("several_of", "slots"):
        values = [option["value"] for option in question.get("options", ())] or ["mon", "tue", "wed", "thu", "fri"]
        return sorted(chance.sample(values, min(len(values), question.get("limit", 2), 2)), key=values.index)
    if question.get("optional") and chance.random() < 0.8:
        return None
    if kind == "number":
        return chance.randint(question.get("min", 0), question.get("max", 20))
    return "01.06.2027" if kind == "date" else f"Своими словами, {chance.randint(1, 999)}."


def _shown(condition: dict[str, Any] | None, seen: Mapping[str, Said]) -> bool:
    if condition is None:
        return True
    said = seen.get(condition["question"])
    if condition.get("answered") or said is None:
        return said is not None
    wanted = condition.get("any_of", [condition.get("equals")])
    tokens = set(said) if isinstance(said, list) else {_token(said)}
    return bool(tokens & {_token(one) for one in wanted})


def _token(said: object) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return str(said)


def _written(said: Said) -> str | list[str]:
    if said is None:
        return ""
    return said if isinstance(said, list) else _token(said)


class Hands:
    """One person's thumbs: every tap waits until the chat shows something new."""

    def __init__(self, person: Persona) -> None:
        self.person = person
        self.seen = person.last

    def press(self, label: str) -> None:
        """The button of the newest message seen whose label is exactly this one, a mark of choice aside."""
        button = next((one for row in self.seen.rows for one in row if _bare(one.text) == label), None)
        assert button, f"no button {label!r}\n{self.person.dump()}"
        self.person.press_data(self.seen.id, button.value)
        self.seen = self.person.wait_for_news(self.seen)

    def say(self, text: str) -> None:
        self.person.say(text)
        self.seen = self.person.wait_for_news(self.seen)

    def fill(self, answers: Sheet) -> int:
        """From the first question to the review page, or to the end of a form without one; how many acts it took."""
        acts = 0
        while (question := self._question(answers)) is not None:
            acts += self._answer(question, answers.said[question["key"]])
        return acts

    def _question(self, answers: Sheet) -> dict[str, Any] | None:
        if not QUESTION.search(self.seen.text):
            return None
        asked = answers.asked()
        found = [one for one in answers.questions if one["key"] in asked and one["text"] in self.seen.text]
        assert found, f"no such question in {answers.key}\n{self.person.dump()}"
        return max(found, key=lambda one: len(one["text"]))

    def _answer(self, question: dict[str, Any], said: Said) -> int:
        """How many acts it took."""
        if said is None:
            self.press("Пропустить")
        elif isinstance(said, list):
            for value in said:
                self.press(_label(question, value))
            self.press("Готово")
            return len(said) + 1
        elif question["kind"] in ("one_of", "yes_no", "scale"):
            self.press(_label(question, said))
        else:
            self.say(str(said))
        return 1


def _label(question: dict[str, Any], said: Said) -> str:
    labels = {option["value"]: str(option["label"]) for option in question.get("options", ())}
    return labels.get(_token(said)) or DEFAULT_LABELS.get(_token(said)) or _token(said)


DEFAULT_LABELS = {
    "yes": "Да",
    "no": "Нет",
    "mon": "Понедельник",
    "tue": "Вторник",
    "wed": "Среда",
    "thu": "Четверг",
    "fri": "Пятница",
}


def _bare(label: str) -> str:
    return label.removeprefix("✓").strip()
