"""Everything that is wrong with a draft at once, so that its author mends it in any order.

`parse_definition` stops at the first thing. Here each question is looked at by itself, then each condition among its
neighbours, then the whole beside the versions before.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questions.comparable import ensure_comparable, needed
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.parsing import Fault, parse_definition

_STUB = {"key": "stub", "kind": "text", "text": "?"}
_HEAD = {"key": "stub", "title": "?", "role": "", "source": "ours"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """``number`` of the question, from 1; zero: the whole. ``place`` as in DefinitionBroken."""

    number: int
    place: str
    reason: str


def flaws_of(raw: Mapping[str, Any], published: Sequence[Definition] = ()) -> tuple[Flaw, ...]:
    """In the order in which an author meets them. ``published``: the versions before, oldest first."""
    questions = questions_of(raw)
    found = [*_of_head(raw), *_of_questions(questions), *_of_needed(questions, published)]
    if not questions:
        found.append(Flaw(0, "question", Fault.NO_QUESTIONS))
    return tuple(sorted(found or _of_whole(raw, published), key=lambda flaw: flaw.number))


def questions_of(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in raw.get("question", []) if isinstance(one, dict)]


def flaw_at(place: str, reason: str) -> Flaw:
    numbered = re.match(r"question\[(\d+)\]", place)
    return Flaw(int(numbered[1]) if numbered else 0, place, reason)


def _of_head(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    yield from _refusal({**raw, "question": [_STUB]})


def _of_questions(questions: list[dict[str, Any]]) -> Iterator[Flaw]:
    standing_in = [_stand_in(one, f"stub{at}") for at, one in enumerate(questions)]
    for at, one in enumerate(questions):
        own = list(_refusal({**_HEAD, "question": [_without_condition(one)]}))
        yield from _moved(own, at + 1)
        if not own and "show_if" in one:
            among = [*standing_in[:at], one, *standing_in[at + 1 :]]
            yield from _moved(_refusal({**_HEAD, "question": among}), at + 1)


def _of_needed(questions: list[dict[str, Any]], published: Sequence[Definition]) -> Iterator[Flaw]:
    filled = {one.get("fills") for one in questions}
    for field in needed(published[-1]) if published else ():
        if field not in filled:
            yield Flaw(0, f"question.{field}", Fault.NEEDED)


def _of_whole(raw: Mapping[str, Any], published: Sequence[Definition]) -> list[Flaw]:
    try:
        definition = parse_definition(raw)
        ensure_comparable(published, definition)
    except DefinitionBroken as broken:
        return [flaw_at(broken.place, broken.reason)]
    return []


def _refusal(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    try:
        parse_definition(raw)
    except DefinitionBroken as broken:
        yield flaw_at(broken.place, broken.reason)


def _moved(found: Iterable[Flaw], number: int) -> Iterator[Flaw]:
    """A flaw that was found among others of the same questionnaire, at the number it has there."""
    for flaw in found:
        yield Flaw(number, re.sub(r"^question\[\d+\]", f"question[{number}]", flaw.place), flaw.reason)


def _without_condition(question: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in question.items() if name != "show_if"}


def _stand_in(question: dict[str, Any], otherwise: str) -> dict[str, Any]:
    """A sound question with the same key, and the same options if they are sound, for others to depend on."""
    alike = _without_condition(question)
    if not list(_refusal({**_HEAD, "question": [alike]})):
        return alike
    key = question.get("key")
    return {**_STUB, "key": key if isinstance(key, str) and key else otherwise}
