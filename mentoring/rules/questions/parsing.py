"""From a definition as it is written (TOML, or the stored JSON of a version) to a checked one.

Everything that could surprise a person in the middle of a questionnaire is refused here, with the place and the reason.
"""

import re
from collections.abc import Mapping
from typing import Any

from mentoring.rules.campaigns import Subject
from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.forms import Form
from mentoring.rules.matching import MATCHING_USES
from mentoring.rules.questions.definition import Condition, Definition, Option, Question
from mentoring.rules.questions.fields import Fault as Fault
from mentoring.rules.questions.fields import flag_in, key_in, keys_differ, number_in, only_known, text_in, word_in
from mentoring.rules.questions.fills import FILLS
from mentoring.rules.questions.kinds import KINDS

LABEL_LIMIT = 30  # a button of a phone
KEY_LIMIT = 24  # key and option value travel in a button's 64 bytes
VALUE_LIMIT = 16
TEXT_LIMIT = 600
HINT_LIMIT = 300
TITLE_LIMIT = 200
SCALE_STEPS = 11
END_LIMIT = 100  # words for an end of a scale
MOST_NUMBER = 999_999_999  # nine digits, as `read_number` takes them
AGES = range(120)
SOURCES = ("proven", "recalled", "ours")
ROLES = ("", "mentor", "mentee", "guardian", "curator", "partner")
USES = (
    "other",
    "entry",  # by which a person comes in: request of the mentee, form of the mentor
    "training",  # what a mentor wants to learn
    "preferences",  # after a group meeting: with whom
    "feedback",  # after a meeting of a pair
    "pulse",  # monthly, a minute
    "survey",  # before and after
    "parents",
    "partners",
    "grid",  # the curator's marks for the programme
    "swot",
)
SUBJECTS = tuple(Subject)
FORMS = ("", *Form)
MOMENTS = ("", "before", "after")
ASPECTS = ("", "organisational", "methodical", "personal")
PEOPLE = ("", "mentors", "mentees", "anyone")
SECTION_LIMIT = 100
MATCHING = ("", *MATCHING_USES)


def parse_definition(source: Mapping[str, Any]) -> Definition:
    only_known(source, _DEFINITION_FIELDS, "")
    raw_questions = source.get("question", [])
    if not isinstance(raw_questions, list) or not raw_questions:
        raise DefinitionBroken("question", Fault.NO_QUESTIONS)
    questions = tuple(_question(raw, f"question[{number}]") for number, raw in enumerate(raw_questions, 1))
    keys_differ([question.key for question in questions], "question")
    for number, question in enumerate(questions):
        _condition_holds_water(questions, number)
        _fills_something(question, f"question[{number + 1}].fills")
    return Definition(
        key=key_in(source, "key", "", limit=60),
        title=text_in(source, "title", "", limit=TITLE_LIMIT),
        role=word_in(source, "role", ROLES, ""),
        intro=text_in(source, "intro", "", limit=TEXT_LIMIT, default=""),
        source=word_in(source, "source", SOURCES, ""),
        minutes=number_in(source, "minutes", "") or 1,
        questions=questions,
        use=word_in(source, "use", USES, "", default="other"),
        subject=word_in(source, "subject", SUBJECTS, "", default="enrolment"),
        form=word_in(source, "form", FORMS, ""),
        moment=word_in(source, "moment", MOMENTS, ""),
    )


_DEFINITION_FIELDS = frozenset(
    {"key", "title", "role", "intro", "source", "minutes", "use", "subject", "form", "moment", "question"}
)
_QUESTION_FIELDS = frozenset(
    {
        "key",
        "kind",
        "text",
        "hint",
        "options",
        "optional",
        "show_if",
        "personal",
        "curator_only",
        "pair",
        "fills",
        "matching",
        "section",
        "aspect",
        "importance",
        "satisfaction",
        "source",
    }
)
_KIND_FIELDS = frozenset().union(*(kind.own_fields for kind in KINDS.values()))


def _question(raw: Any, place: str) -> Question:
    if not isinstance(raw, Mapping):
        raise DefinitionBroken(place, Fault.WRONG_TYPE)
    only_known(raw, _QUESTION_FIELDS | _KIND_FIELDS, place)
    kind = _kind(raw, place)
    for field in sorted(_KIND_FIELDS & set(raw) - KINDS[kind].own_fields):
        raise DefinitionBroken(f"{place}.{field}", Fault.NOT_FOR_THIS_KIND)
    lowest, highest = _bounds(raw, kind, place)
    low, high = _ends(raw, place)
    youngest, oldest = _ages(raw, place)
    return Question(
        key=key_in(raw, "key", place, limit=KEY_LIMIT),
        kind=kind,
        text=text_in(raw, "text", place, limit=TEXT_LIMIT),
        hint=text_in(raw, "hint", place, limit=HINT_LIMIT, default=""),
        options=_options(raw, kind, place),
        limit=_limit(raw, place),
        optional=flag_in(raw, "optional", place),
        show_if=_condition(raw, place),
        personal=flag_in(raw, "personal", place),
        curator_only=flag_in(raw, "curator_only", place),
        pair=text_in(raw, "pair", place, limit=KEY_LIMIT, default=""),
        fills=text_in(raw, "fills", place, limit=TITLE_LIMIT, default=""),
        matching=word_in(raw, "matching", MATCHING, place),
        lowest=lowest,
        highest=highest,
        low=low,
        high=high,
        past=flag_in(raw, "past", place),
        min_age=youngest,
        max_age=oldest,
        section=text_in(raw, "section", place, limit=SECTION_LIMIT, default=""),
        aspect=word_in(raw, "aspect", ASPECTS, place),
        importance=flag_in(raw, "importance", place),
        satisfaction=flag_in(raw, "satisfaction", place),
        source=word_in(raw, "source", ("", *SOURCES), place),
        several=flag_in(raw, "several", place),
        of=word_in(raw, "of", PEOPLE, place),
    )


def _kind(raw: Mapping[str, Any], place: str) -> str:
    kind = text_in(raw, "kind", place, limit=KEY_LIMIT)
    if kind not in KINDS:
        raise DefinitionBroken(f"{place}.kind", Fault.UNKNOWN_KIND)
    return kind


def _options(raw: Mapping[str, Any], kind: str, place: str) -> tuple[Option, ...]:
    place = f"{place}.options"
    listed = raw.get("options", [])
    if not isinstance(listed, list):
        raise DefinitionBroken(place, Fault.WRONG_TYPE)
    if listed and KINDS[kind].options_in_file is False:
        raise DefinitionBroken(place, Fault.NOT_FOR_THIS_KIND)
    if not listed and KINDS[kind].options_in_file:
        raise DefinitionBroken(place, Fault.NO_OPTIONS)
    options = tuple(_option(item, f"{place}[{number}]", kind) for number, item in enumerate(listed, 1))
    keys_differ([option.value for option in options], place)
    keys_differ([option.label.casefold() for option in options], place)
    return options


def _option(raw: Any, place: str, kind: str) -> Option:
    if not isinstance(raw, Mapping):
        raise DefinitionBroken(place, Fault.WRONG_TYPE)
    only_known(raw, frozenset({"value", "label"}), place)
    value = text_in(raw, "value", place, limit=VALUE_LIMIT)
    if not re.fullmatch(r"[a-z0-9_]+", value):
        raise DefinitionBroken(f"{place}.value", Fault.BAD_KEY)
    if KINDS[kind].allowed_values and value not in KINDS[kind].allowed_values:
        raise DefinitionBroken(f"{place}.value", Fault.UNKNOWN_WORD)
    return Option(value, text_in(raw, "label", place, limit=LABEL_LIMIT))


def _limit(raw: Mapping[str, Any], place: str) -> int | None:
    limit = number_in(raw, "limit", place)
    if limit is not None and limit < 1:
        raise DefinitionBroken(f"{place}.limit", Fault.LIMIT_BELOW_ONE)
    return limit


def _bounds(raw: Mapping[str, Any], kind: str, place: str) -> tuple[int, int]:
    lowest, highest = number_in(raw, "min", place), number_in(raw, "max", place)
    usual = (0, 1_000_000) if kind == "number" else (1, 10)
    lowest, highest = usual[0] if lowest is None else lowest, usual[1] if highest is None else highest
    if (
        max(abs(lowest), abs(highest)) > MOST_NUMBER
        or lowest >= highest
        or (kind == "scale" and highest - lowest >= SCALE_STEPS)
    ):
        raise DefinitionBroken(f"{place}.max", Fault.BOUNDS)
    return lowest, highest


def _ages(raw: Mapping[str, Any], place: str) -> tuple[int | None, int | None]:
    youngest, oldest = number_in(raw, "min_age", place), number_in(raw, "max_age", place)
    if any(age is not None and age not in AGES for age in (youngest, oldest)):
        raise DefinitionBroken(f"{place}.max_age", Fault.BOUNDS)
    if youngest is not None and oldest is not None and youngest > oldest:
        raise DefinitionBroken(f"{place}.max_age", Fault.BOUNDS)
    return youngest, oldest


def _ends(raw: Mapping[str, Any], place: str) -> tuple[str, str]:
    ends = raw.get("ends", ["", ""])
    if not isinstance(ends, list) or len(ends) != 2 or not all(isinstance(end, str) for end in ends):
        raise DefinitionBroken(f"{place}.ends", Fault.WRONG_TYPE)
    if any(len(end) > END_LIMIT for end in ends):
        raise DefinitionBroken(f"{place}.ends", Fault.TOO_LONG)
    return ends[0], ends[1]


def _condition(raw: Mapping[str, Any], place: str) -> Condition | None:
    """``{question, equals}``, ``{question, any_of = [...]}`` or ``{question, answered = true}``."""
    condition, place = raw.get("show_if"), f"{place}.show_if"
    if condition is None:
        return None
    if not isinstance(condition, Mapping):
        raise DefinitionBroken(place, Fault.WRONG_TYPE)
    only_known(condition, frozenset({"question", "equals", "any_of", "answered"}), place)
    named = (
        condition["any_of"] if "any_of" in condition else [condition[key] for key in ("equals",) if key in condition]
    )
    if not isinstance(named, list) or not (named or condition.get("answered") is True):
        raise DefinitionBroken(place, Fault.MISSING)
    return Condition(text_in(condition, "question", place, limit=KEY_LIMIT), frozenset(_token(word) for word in named))


def _token(word: Any) -> str:
    if isinstance(word, bool):
        return "yes" if word else "no"
    return str(word)


def _condition_holds_water(questions: tuple[Question, ...], number: int) -> None:
    condition, place = questions[number].show_if, f"question[{number + 1}].show_if"
    if condition is None:
        return
    earlier = next((question for question in questions[:number] if question.key == condition.question), None)
    if earlier is None:
        known = any(question.key == condition.question for question in questions)
        raise DefinitionBroken(place, Fault.CONDITION_ON_LATER if known else Fault.CONDITION_ON_UNKNOWN)
    if earlier.kind == "person" and condition.any_of:  # nobody knows yet who there will be
        raise DefinitionBroken(place, Fault.CONDITION_ON_UNKNOWN_OPTION)
    possible = {option.value for option in KINDS[earlier.kind].options(earlier)}
    if possible and not condition.any_of <= possible:
        raise DefinitionBroken(place, Fault.CONDITION_ON_UNKNOWN_OPTION)


def _fills_something(question: Question, place: str) -> None:
    if not question.fills:
        return
    fill = FILLS.get(question.fills)
    if fill is None:
        raise DefinitionBroken(place, Fault.UNKNOWN_FILL)
    if question.kind not in fill.kinds:
        raise DefinitionBroken(place, Fault.FILL_OF_WRONG_KIND)
    if fill.values and any(option.value not in fill.values for option in question.options):
        raise DefinitionBroken(place, Fault.FILL_OF_WRONG_VALUE)
