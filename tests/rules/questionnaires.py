"""Invented questionnaires for the tests of the engine, and answers that fit them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from mentoring.rules.questionnaire import Done, Picked, Raw, Shared, Skipped, Toggled, Typed
from mentoring.rules.questions.definition import Definition, Question
from mentoring.rules.questions.kinds import KINDS
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
def definitions(draw: Any) -> Definition:
    questions: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(sorted(KINDS)) | st.just("yes_no"))
        question: dict[str, Any] = {"key": f"q{number}", "kind": kind, "text": f"Вопрос {number}?"}
        if KINDS[kind].options_in_file:
            count = draw(st.integers(1, 5))
            question["options"] = [{"value": f"o{place}", "label": f"Ответ {place}"} for place in range(count)]
        if KINDS[kind].several:
            question["limit"] = draw(st.integers(1, 4))
        question["optional"] = draw(st.booleans())
        if questions and draw(st.integers(0, 3)):
            question["show_if"] = draw(_conditions(questions))
        questions.append(question)
    return parse_definition(questionnaire(*questions))


@st.composite
def _conditions(draw: Any, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    parent = draw(st.sampled_from(earlier[-2:]))  # chains, in which a hidden question hides another
    parsed = one_question(parent["kind"], **{key: parent[key] for key in ("options", "limit") if key in parent})
    values = [option.value for option in KINDS[parent["kind"]].options(parsed)]
    if not values or draw(st.booleans()):
        return {"question": parent["key"], "answered": True}
    return {"question": parent["key"], "any_of": draw(st.lists(st.sampled_from(values), min_size=1, unique=True))}


def fitting(question: Question) -> st.SearchStrategy[Raw]:
    """Answers that the question takes. Toggles are among them, and only `Done` leaves such a question."""
    values = [option.value for option in KINDS[question.kind].options(question)]
    if KINDS[question.kind].several:
        return st.builds(Toggled, st.sampled_from(values), st.booleans())
    if values:
        return st.builds(Picked, st.sampled_from(values))
    return _TYPED[question.kind]


_TYPED: dict[str, st.SearchStrategy[Raw]] = {
    "text": st.sampled_from([Typed("Мила"), Typed("<b>Тимур</b>")]),
    "long_text": st.sampled_from([Typed("первая строка\nвторая"), Typed("ещё")]),
    "phone": st.sampled_from([Typed("+7 900 123-45-67"), Shared("79001234567")]),
    "number": st.builds(Typed, st.integers(0, 1000).map(str)),
    "date": st.builds(Typed, st.dates(date(1950, 1, 1), date(2030, 1, 1)).map(lambda day: day.strftime("%d.%m.%Y"))),
}

anything: st.SearchStrategy[Raw] = st.one_of(
    st.builds(Typed, st.text(max_size=30)),
    st.builds(Picked, st.sampled_from(["o0", "o9", "yes", "7", ""])),
    st.builds(Toggled, st.sampled_from(["o0", "mon", "o9"]), st.booleans()),
    st.builds(Shared, st.sampled_from(["", "+79001234567"])),
    st.just(Done()),
    st.just(Skipped()),
)
