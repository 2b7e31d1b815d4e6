"""Under the curator's hands a draft is never refused, keys stay, and every flaw is named."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.forms.library import shown_fields
from config.library import questionnaire_definitions
from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questions import editing
from mentoring.rules.questions.comparable import differences, ensure_comparable
from mentoring.rules.questions.editing import QuestionEdit, new_key, options_from_lines
from mentoring.rules.questions.flaws import flaws_of, questions_of
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import KEY_LIMIT, Fault, parse_definition
from tests.rules.questionnaires import CLUB

OLD = [
    {"value": "study", "label": "Учёба"},
    {"value": "sport", "label": "Спорт"},
    {"value": "art", "label": "Рисование"},
]


def edit_of(raw: dict[str, Any], **changed: Any) -> QuestionEdit:
    plain = {"kind": raw["kind"], "text": raw["text"], "options": tuple(one["label"] for one in raw.get("options", []))}
    return QuestionEdit(**{**plain, **changed})


def values(lines: list[str]) -> list[str]:
    return [one["value"] for one in options_from_lines(OLD, lines)]


def test_an_option_keeps_its_value_wherever_it_moves() -> None:
    assert values(["Рисование", "Учёба", "Спорт"]) == ["art", "study", "sport"]


def test_an_option_reworded_in_place_is_the_same_option() -> None:
    assert values(["Учёба и предметы", "Спорт", "Рисование"]) == ["study", "sport", "art"]


def test_a_new_line_is_a_new_option_and_a_missing_one_is_gone() -> None:
    found = values(["Учёба", "Рисование", "Музыка"])
    assert found[:2] == ["study", "art"]
    assert found[2] not in {"study", "sport", "art"}


def test_a_value_that_was_ever_used_is_not_given_to_another_option() -> None:
    found = options_from_lines([], ["Спорт"], used={"sport"})

    assert found[0]["value"] == "sport_2"


def test_empty_lines_are_no_options() -> None:
    assert len(options_from_lines([], ["", "  Да  нет ", ""])) == 1


@given(st.text(max_size=80), st.sets(st.text(max_size=5)))
def test_any_words_make_a_key_that_a_button_can_carry(words: str, taken: set[str]) -> None:
    key = new_key(words, taken)

    assert key not in taken
    assert len(key) <= KEY_LIMIT
    parse_definition({**CLUB, "question": [{"key": key, "kind": "text", "text": "?"}]})


def test_the_key_of_a_question_says_what_it_is() -> None:
    assert new_key("Учёба: что трудно?", set()) == "ucheba_chto_trudno"


@pytest.mark.parametrize("key", sorted(questionnaire_definitions()))
def test_saving_a_question_as_it_stands_changes_no_meaning(key: str) -> None:
    raw = questionnaire_definitions()[key]
    before = parse_definition(raw)
    for question in raw["question"]:
        shown = shown_fields(question)
        condition = question.get("show_if") or {}
        named = condition.get("any_of", [condition["equals"]] if "equals" in condition else [])
        told = {
            name: shown.get(name) or (False if isinstance(getattr(QuestionEdit(kind="", text=""), name), bool) else "")
            for name in QuestionEdit.__slots__
        }
        told["options"] = tuple(str(shown["options"]).splitlines())
        told["after_any"] = tuple({True: "yes", False: "no"}.get(one, str(one)) for one in named)
        raw = editing.edited_question(raw, question["key"], QuestionEdit(**told))

    assert not differences(before, parse_definition(raw))
    assert parse_definition(raw) == before


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_sequence_of_acts_keeps_a_draft_that_names_its_flaws(data: st.DataObject) -> None:
    raw: dict[str, Any] = dict(CLUB)
    used = {question["key"] for question in CLUB["question"]}
    for _ in range(data.draw(st.integers(1, 12))):
        keys = [question["key"] for question in questions_of(raw)]
        act = data.draw(st.sampled_from(["add", "move", "drop", "edit"]))
        if act == "add" or not keys:
            raw, key = editing.added_question(
                raw, data.draw(st.sampled_from(sorted(KINDS))), data.draw(WORDS), taken=used
            )
            assert key not in used
            used.add(key)
        elif act == "move":
            raw = editing.moved_question(raw, data.draw(st.sampled_from(keys)), data.draw(st.sampled_from([-1, 1])))
        elif act == "drop":
            raw = editing.without_question(raw, data.draw(st.sampled_from(keys)))
        else:
            raw = editing.edited_question(raw, data.draw(st.sampled_from(keys)), data.draw(edits(keys)))

    found = [question["key"] for question in questions_of(raw)]
    assert len(found) == len(set(found))
    if not flaws_of(raw):
        parse_definition(raw)
    else:
        with pytest.raises(DefinitionBroken):
            parse_definition(raw)


WORDS = st.sampled_from(["Как дела?", "Сколько раз вы встречались?", "", "а" * 700, "Что\nнового?"])


@st.composite
def edits(draw: st.DrawFn, keys: list[str]) -> QuestionEdit:
    number = st.sampled_from(["", "0", "3", "12", "много"])
    return QuestionEdit(
        kind=draw(st.sampled_from(sorted(KINDS))),
        text=draw(WORDS),
        options=tuple(draw(st.lists(st.sampled_from(["Да", "Нет", "Не знаю", "б" * 40]), max_size=4))),
        limit=draw(number),
        lowest=draw(number),
        highest=draw(number),
        low=draw(st.sampled_from(["", "плохо"])),
        after=draw(st.sampled_from(["", *keys, "ghost"])),
        after_any=tuple(draw(st.lists(st.sampled_from(["yes", "da", "1"]), max_size=2))),
        optional=draw(st.booleans()),
    )


def test_every_flaw_is_named_with_its_question() -> None:
    likes, robots = CLUB["question"][1], CLUB["question"][2]
    raw = {
        **CLUB,
        "title": "",
        "question": [robots, {**likes, "text": ""}, {"key": "x", "kind": "one_of", "text": "?"}],
    }

    assert [(flaw.number, flaw.reason) for flaw in flaws_of(raw)] == [
        (0, Fault.MISSING),
        (1, Fault.CONDITION_ON_LATER),
        (2, Fault.MISSING),
        (3, Fault.NO_OPTIONS),
    ]


def test_a_flaw_of_one_question_is_no_flaw_of_those_that_depend_on_it() -> None:
    questions = [{**one, "text": ""} if one["key"] == "likes" else one for one in CLUB["question"]]

    assert [flaw.place for flaw in flaws_of({**CLUB, "question": questions})] == ["question[2].text"]


@pytest.mark.parametrize(
    "other",
    [
        {"key": "mark", "kind": "text", "text": "Как?"},
        {"key": "mark", "kind": "scale", "text": "Как?", "max": 5},
        {"key": "mark", "kind": "scale", "text": "Как?", "min": 0},
    ],
)
def test_a_key_never_becomes_another_question(other: dict[str, Any]) -> None:
    was = parse_definition({**CLUB, "question": [{"key": "mark", "kind": "scale", "text": "Насколько?"}]})
    now = {**CLUB, "question": [{"key": "first", "kind": "text", "text": "?"}, other]}

    with pytest.raises(DefinitionBroken) as refused:
        ensure_comparable([was], parse_definition(now))

    assert (refused.value.place, refused.value.reason) == ("question[2].kind", Fault.KEY_REUSED)
    assert [flaw.reason for flaw in flaws_of(now, [was])] == [Fault.KEY_REUSED]


def test_a_key_dropped_long_ago_is_still_the_same_question() -> None:
    first = parse_definition({**CLUB, "question": [{"key": "mark", "kind": "scale", "text": "?"}]})
    second = parse_definition({**CLUB, "question": [{"key": "other", "kind": "text", "text": "?"}]})
    third = {**CLUB, "question": [{"key": "mark", "kind": "yes_no", "text": "?"}]}

    assert [flaw.reason for flaw in flaws_of(third, [first, second])] == [Fault.KEY_REUSED]


def test_other_words_and_more_room_are_still_the_same_question() -> None:
    was = parse_definition({**CLUB, "question": [{"key": "a", "kind": "text", "text": "Что?", "limit": 100}]})
    now = parse_definition(
        {**CLUB, "question": [{"key": "a", "kind": "long_text", "text": "А что?", "hint": "Кратко."}]}
    )

    ensure_comparable([was], now)

    assert differences(was, now).reworded == (("Что?", "А что?"),)


def test_nobody_may_be_left_without_a_name() -> None:
    raw = questionnaire_definitions()["mentor_entry"]
    nameless = editing.without_question(raw, "last_name")

    assert [flaw.reason for flaw in flaws_of(nameless, [parse_definition(raw)])] == [Fault.NEEDED]


def test_words_that_a_curator_changed_are_no_longer_of_the_method() -> None:
    raw = {**CLUB, "source": "recalled"}
    question = CLUB["question"][1]

    hinted = editing.edited_question(raw, "likes", edit_of(question, hint="Выберите одно."))
    reworded = editing.edited_question(raw, "likes", edit_of(question, text="Что интереснее?"))

    assert "source" not in hinted["question"][1]
    assert reworded["question"][1]["source"] == "ours"
