"""Invented questionnaires for the tests of the engine, and answers that fit them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from mentoring.rules.questionnaire import Done, Picked, Raw, Shared, Skipped, Toggled, Typed
from mentoring.rules.questions.definition import Definition, Option, Question
from mentoring.rules.questions.kinds import KINDS, takes_several
from mentoring.rules.questions.numbers import date_bounds
from mentoring.rules.questions.parsing import parse_definition

TODAY = date(2026, 11, 23)

CLUB: dict[str, Any] = {
    "key": "club",
    "title": "Кружок",
    "role": "mentee",
    "intro": "Это увидит куратор.",
    "source": "ours",
    "minutes": 2,
    "question": [
        {"key": "name", "kind": "text", "text": "Как вас зовут?", "limit": 100},
        {
            "key": "likes",
            "kind": "one_of",
            "text": "Что вам ближе?",
            "options": [{"value": "robots", "label": "Роботы"}, {"value": "theatre", "label": "Театр"}],
        },
        {
            "key": "robots",
            "kind": "several_of",
            "text": "Что вы уже собирали?",
            "limit": 2,
            "show_if": {"question": "likes", "equals": "robots"},
            "options": [
                {"value": "car", "label": "Машину"},
                {"value": "arm", "label": "Руку, которая берёт"},
                {"value": "drone", "label": "Дрон"},
            ],
        },
        {
            "key": "role",
            "kind": "text",
            "text": "Кого вы играли?",
            "show_if": {"question": "likes", "equals": "theatre"},
        },
        {
            "key": "stage",
            "kind": "yes_no",
            "text": "Выступали на сцене?",
            "show_if": {"question": "role", "answered": True},
        },
        {"key": "note", "kind": "long_text", "text": "Что-то ещё?", "optional": True},
    ],
}


def questionnaire(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"key": "trial", "title": "Проба", "source": "ours", "minutes": 1, "question": list(questions)}


def one_question(kind: str, **fields: Any) -> Question:
    return parse_definition(questionnaire({"key": "asked", "kind": kind, "text": "Вопрос?", **fields})).questions[0]


@st.composite
def sources(draw: Any) -> dict[str, Any]:
    """A definition as it is written: any kinds, bounds, limits and chains of conditions."""
    questions: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(sorted(KINDS)) | st.just("yes_no"))
        question: dict[str, Any] = {"key": f"q{number}", "kind": kind, "text": f"Вопрос {number}?"}
        question |= draw(_FIELDS.get(kind, st.just({})))
        question["optional"] = draw(st.booleans())
        if questions and draw(st.integers(0, 3)):
            question["show_if"] = draw(_conditions(questions))
        questions.append(question)
    return questionnaire(*questions)


@st.composite
def definitions(draw: Any) -> Definition:
    return peopled(parse_definition(draw(sources())))


def peopled(definition: Definition) -> Definition:
    """As a response is loaded: with people to choose from."""
    asked = (replace(one, options=PEOPLE) if one.kind == "person" else one for one in definition.questions)
    return replace(definition, questions=tuple(asked))


PEOPLE = (Option("p1", "Анна Сергеевна Лебедева"), Option("p2", "Олег Титов"), Option("p3", "Игорь Павлович Ветров"))
_NUMBERS = st.integers(-50, 1000)
_LISTED = st.integers(1, 5).map(
    lambda count: {"options": [{"value": f"o{place}", "label": f"Ответ {place}"} for place in range(count)]}
)
_LIMIT = st.integers(1, 4).map(lambda limit: {"limit": limit})
_FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "text": st.just({}) | st.integers(3, 60).map(lambda limit: {"limit": limit}),
    "long_text": st.just({}) | st.integers(3, 60).map(lambda limit: {"limit": limit}),
    "one_of": _LISTED,
    "several_of": st.builds(dict.__or__, _LISTED, _LIMIT | st.just({})),
    "slots": _LIMIT | st.just({}),
    "person": st.just({}) | st.builds(dict.__or__, st.just({"several": True}), _LIMIT | st.just({})),
    "scale": st.builds(lambda low, steps: {"min": low, "max": low + steps}, st.integers(0, 5), st.integers(1, 10)),
    "number": st.just({}) | st.builds(lambda low, more: {"min": low, "max": low + more}, _NUMBERS, st.integers(1, 90)),
    "date": st.sampled_from([{}, {"past": True}, {"min_age": 10}, {"min_age": 10, "max_age": 18}]),
}


@st.composite
def _conditions(draw: Any, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    parent = draw(st.sampled_from(earlier[-2:]))  # chains, in which a hidden question hides another
    kept = ("options", "limit", "several", "min", "max")
    parsed = one_question(parent["kind"], **{key: parent[key] for key in kept if key in parent})
    values = [option.value for option in KINDS[parent["kind"]].options(parsed)]
    if not values or draw(st.booleans()):
        return {"question": parent["key"], "answered": True}
    if draw(st.booleans()):
        return {"question": parent["key"], "equals": draw(st.sampled_from(values))}
    return {"question": parent["key"], "any_of": draw(st.lists(st.sampled_from(values), min_size=1, unique=True))}


def fitting(question: Question) -> st.SearchStrategy[Raw]:
    """Answers that the question takes. Toggles are among them, and only `Done` leaves such a question."""
    values = [option.value for option in KINDS[question.kind].options(question)]
    if takes_several(question):
        return st.builds(Toggled, st.sampled_from(values), st.booleans())
    if values:
        return st.builds(Picked, st.sampled_from(values))
    return _TYPED[question.kind](question)


def _dates(question: Question) -> st.SearchStrategy[Raw]:
    earliest, latest = date_bounds(question, TODAY)
    return st.builds(Typed, st.dates(earliest, latest).map(lambda day: day.strftime("%d.%m.%Y")))


_TYPED: dict[str, Callable[[Question], st.SearchStrategy[Raw]]] = {
    "text": lambda question: st.sampled_from([Typed("Мы"), Typed("<b>Тимур</b>"[: question.limit])]),
    "long_text": lambda question: st.sampled_from([Typed("а\nб"), Typed("ещё"), Typed("вот  и всё"[: question.limit])]),
    "phone": lambda _: st.sampled_from([Typed("+7 900 123-45-67"), Shared("79001234567")]),
    "number": lambda question: st.builds(Typed, st.integers(question.lowest, question.highest).map(str)),
    "date": _dates,
}

anything: st.SearchStrategy[Raw] = st.one_of(
    st.builds(Typed, st.text(max_size=30)),
    st.builds(Picked, st.sampled_from(["o0", "o9", "yes", "7", "p2", ""])),
    st.builds(Toggled, st.sampled_from(["o0", "mon", "o9", "p1", "p9"]), st.booleans()),
    st.builds(Shared, st.sampled_from(["", "+79001234567"])),
    st.just(Done()),
    st.just(Skipped()),
)
