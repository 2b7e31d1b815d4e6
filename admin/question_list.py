"""Questions of a raw definition as the library lists them, a broken one too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from admin.texts import library as words
from mentoring import rehearsal
from mentoring.rules.questions.flaws import Flaw, questions_of


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """``flaws`` in words, without the number. ``heading``: of a section that begins here."""

    number: int
    key: str
    text: str
    hint: str
    kind: str
    details: str
    condition: str
    marks: tuple[str, ...]
    heading: str
    flaws: tuple[str, ...]


def question_rows(raw: Mapping[str, Any], flaws: Sequence[Flaw] = ()) -> tuple[QuestionRow, ...]:
    questions = questions_of(raw)
    places = {str(one.get("key")): (number, one) for number, one in enumerate(questions, 1)}
    sections = ["", *(str(one.get("section", "")) for one in questions)]
    return tuple(
        QuestionRow(
            number=number,
            key=str(one.get("key", "")),
            text=str(one.get("text", "")),
            hint=str(one.get("hint", "")),
            kind=words.KINDS.get(str(one.get("kind")), "Не выбрано, как отвечать"),
            details=_details(one),
            condition=condition_of(one, places),
            marks=tuple(said for name, said in words.MARKS.items() if one.get(name)),
            heading=sections[number] if sections[number] != sections[number - 1] else "",
            flaws=said_of(flaws, number),
        )
        for number, one in enumerate(questions, 1)
    )


def said_of(flaws: Sequence[Flaw], number: int) -> tuple[str, ...]:
    return tuple(words.field_fault(one.place, one.reason) for one in flaws if one.number == number)


def condition_of(question: Mapping[str, Any], places: Mapping[str, tuple[int, Mapping[str, Any]]]) -> str:
    condition = question.get("show_if") or {}
    if not condition:
        return ""
    number, asked = places.get(str(condition.get("question", "")), (0, {}))
    labels = dict(rehearsal.options_of(asked))
    return words.condition(number, [labels.get(one, one) for one in words.tokens(condition)])


def _details(question: Mapping[str, Any]) -> str:
    if question.get("kind") == "scale":
        ends = [str(end) for end in question.get("ends") or () if end]
        return words.scale(question.get("min", 1), question.get("max", 10), ends)
    listed = [str(one.get("label", "")) for one in question.get("options", []) if isinstance(one, dict)]
    return " · ".join(listed)
