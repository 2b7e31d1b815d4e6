"""A draft under the curator's hands: each act makes a new raw definition and never refuses.

Keys are made here from the words, once, and never change: answers are known by them. What an act leaves broken is
kept and named by `mentoring.rules.questions.flaws`.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from mentoring.rules.questions.choices import YES_NO
from mentoring.rules.questions.flaws import questions_of
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import KEY_LIMIT, VALUE_LIMIT

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HeadEdit:
    title: str
    intro: str
    minutes: str
    role: str
    use: str
    subject: str
    form: str
    moment: str


@dataclass(frozen=True, slots=True)
class QuestionEdit:
    """As the form has it. Numbers as typed; ``options``: labels, one a line; ``yes`` and ``no``: labels of yes_no.

    ``after``: the earlier question on which this one depends (empty: always asked), ``after_any``: its answers.
    """

    kind: str
    text: str
    hint: str = ""
    options: tuple[str, ...] = ()
    yes: str = ""
    no: str = ""
    limit: str = ""
    lowest: str = ""
    highest: str = ""
    low: str = ""
    high: str = ""
    several: bool = False
    of: str = ""
    optional: bool = False
    curator_only: bool = False
    personal: bool = False
    section: str = ""
    pair: str = ""
    aspect: str = ""
    importance: bool = False
    satisfaction: bool = False
    after: str = ""
    after_any: tuple[str, ...] = ()


def edited_head(raw: Raw, edit: HeadEdit) -> dict[str, Any]:
    usual = {"intro": "", "minutes": "", "use": "other", "subject": "enrolment", "form": "", "moment": ""}
    wanted = {name: getattr(edit, name) for name in HeadEdit.__slots__} | {"minutes": _number(edit.minutes)}
    changed = {name: value for name, value in wanted.items() if name in raw or value not in (usual.get(name), None)}
    return {**raw, **{name: value for name, value in changed.items() if value is not None}}


def added_question(
    raw: Raw, kind: str, text: str, *, after: str = "", taken: Collection[str] = ()
) -> tuple[dict[str, Any], str]:
    """The draft with the question, and its key. ``after``: its neighbour (empty: at the end). ``taken``: ever used."""
    questions = questions_of(raw)
    key = new_key(text, {*taken, *(str(one.get("key")) for one in questions)})
    question = {"key": key, "kind": kind, "text": text} | ({"pair": key} if raw.get("moment") else {})
    if raw.get("source") != "ours":
        question["source"] = "ours"
    at = next((at + 1 for at, one in enumerate(questions) if one.get("key") == after), len(questions))
    return {**raw, "question": [*questions[:at], question, *questions[at:]]}, key


def returned_question(raw: Raw, question: Mapping[str, Any]) -> dict[str, Any]:
    """One that stood in the version before, to the end, with its key."""
    if any(one.get("key") == question["key"] for one in questions_of(raw)):
        return dict(raw)
    return {**raw, "question": [*questions_of(raw), dict(question)]}


def without_question(raw: Raw, key: str) -> dict[str, Any]:
    return {**raw, "question": [one for one in questions_of(raw) if one.get("key") != key]}


def moved_question(raw: Raw, key: str, by: int) -> dict[str, Any]:
    questions = questions_of(raw)
    at = next((at for at, one in enumerate(questions) if one.get("key") == key), None)
    if at is None or not 0 <= at + by < len(questions):
        return dict(raw)
    questions.insert(at + by, questions.pop(at))
    return {**raw, "question": questions}


def edited_question(raw: Raw, key: str, edit: QuestionEdit, *, used_values: Collection[str] = ()) -> dict[str, Any]:
    """``used_values``: of options that the question ever had, which no new option may take."""
    questions = [_edited(raw, one, edit, used_values) if one.get("key") == key else one for one in questions_of(raw)]
    return {**raw, "question": questions}


def options_from_lines(
    old: Sequence[Mapping[str, str]], labels: Iterable[str], used: Collection[str] = ()
) -> list[dict[str, str]]:
    """Options with stable values: a line that stands as it stood keeps its value, and so does one reworded in place."""
    lines = [" ".join(label.split()) for label in labels]
    lines = [line for line in lines if line]
    known = _known_values([str(one.get("label", "")) for one in old], lines, [str(one.get("value", "")) for one in old])
    taken = {*used, *(str(one.get("value", "")) for one in old)}
    found: list[dict[str, str]] = []
    for at, line in enumerate(lines):
        value = known.get(at) or new_key(line, taken, limit=VALUE_LIMIT)
        taken.add(value)
        found.append({"value": value, "label": line})
    return found


def new_key(words: str, taken: Collection[str], *, limit: int = KEY_LIMIT) -> str:
    """The first words in Latin letters; with a number behind where somebody has it already."""
    letters = "".join(_LATIN.get(letter, letter) for letter in words.casefold())
    found = re.findall(r"[a-z0-9]+", letters)
    key = ""
    for word in found:
        if key and len(key) + len(word) + 1 > limit - 3:
            break
        key = f"{key}_{word}"[: limit - 3].strip("_")
    key = key if re.match(r"[a-z]", key) else f"q_{key}"[: limit - 3].strip("_")
    return next(name for name in _numbered(key) if name not in taken)


_LATIN = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)) | {
    "ж": "zh",
    "х": "h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


def _edited(raw: Raw, old: dict[str, Any], edit: QuestionEdit, used: Collection[str]) -> dict[str, Any]:
    own = KINDS[edit.kind].own_fields if edit.kind in KINDS else frozenset()
    wanted: dict[str, Any] = {
        "kind": edit.kind,
        "text": edit.text,
        "hint": edit.hint,
        "options": _options(old, edit, used),
        "limit": _number(edit.limit) if "limit" in own else None,
        "min": _number(edit.lowest) if "min" in own else None,
        "max": _number(edit.highest) if "max" in own else None,
        "ends": [edit.low, edit.high] if "ends" in own and (edit.low or edit.high) else None,
        "several": edit.several if "several" in own else None,
        "of": edit.of if "of" in own else None,
        "show_if": _condition(old.get("show_if"), edit),
    }
    plain = ("optional", "curator_only", "personal", "section", "pair", "aspect", "importance", "satisfaction")
    wanted |= {name: getattr(edit, name) for name in plain}
    foreign = frozenset().union(*(kind.own_fields for kind in KINDS.values())) - own
    kept = {name: value for name, value in old.items() if name not in wanted and name not in foreign}
    said = {
        name: value for name, value in wanted.items() if value or name == "text" or (value == 0 and value is not False)
    }
    return _ours(raw, old, {"key": old["key"], **said, **kept})


def _is_said(value: object) -> bool:
    return bool(value) or (value == 0 and not isinstance(value, bool))


def _ours(raw: Raw, old: Raw, new: dict[str, Any]) -> dict[str, Any]:
    """Words that a curator has changed are no longer those of the method."""
    words = ("text", "options", "ends")
    if raw.get("source") != "ours" and any(old.get(name) != new.get(name) for name in words):
        new["source"] = "ours"
    return new


def _options(old: Raw, edit: QuestionEdit, used: Collection[str]) -> list[dict[str, str]]:
    listed = [one for one in old.get("options", []) if isinstance(one, dict)]
    if edit.kind == "yes_no":
        labels = {"yes": edit.yes or YES_NO[0].label, "no": edit.no or YES_NO[1].label}
        usual = [option.label for option in YES_NO] == list(labels.values())
        return [] if usual else [{"value": value, "label": label} for value, label in labels.items()]
    if edit.kind == "slots":
        return listed if old.get("kind") == "slots" else []
    if edit.kind not in KINDS or not KINDS[edit.kind].options_in_file:
        return []
    return options_from_lines(listed if old.get("kind") != "yes_no" else [], edit.options, used)


def _condition(old: Any, edit: QuestionEdit) -> dict[str, Any] | None:
    if not edit.after:
        return None
    wanted = {"question": edit.after} | ({"any_of": list(edit.after_any)} if edit.after_any else {"answered": True})
    return old if isinstance(old, dict) and _meaning(old) == _meaning(wanted) else wanted


def _meaning(condition: Raw) -> tuple[object, ...]:
    """«equals = true» and «any_of = ["yes"]» say the same."""
    named = condition.get("any_of", [condition["equals"]] if "equals" in condition else [])
    tokens = {{True: "yes", False: "no"}.get(one, str(one)) if isinstance(one, bool) else str(one) for one in named}
    return condition.get("question"), frozenset(tokens)


def _known_values(before: list[str], after: list[str], values: list[str]) -> dict[int, str]:
    """Places of the new lines with the value of the old line that each continues: the same words, or the same place."""
    known = {at: values[before.index(line)] for at, line in enumerate(after) if line in before}
    for tag, old, old_end, new, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and old_end - old == new_end - new:
            places = zip(range(old, old_end), range(new, new_end), strict=True)
            known |= {at: values[was] for was, at in places if before[was] not in after and after[at] not in before}
    return known


def _number(typed: str) -> int | str | None:
    """What is no number stays as typed, so that the author sees it again beside the reason."""
    typed = typed.strip()
    return int(typed) if re.fullmatch(r"-?[0-9]{1,9}", typed) else typed or None


def _numbered(key: str) -> Iterable[str]:
    yield key
    number = 2
    while True:
        yield f"{key}_{number}"
        number += 1
