"""A file that is refused names its line."""

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questions.files import SIZE_LIMIT, Slip, line_of, read_file
from mentoring.rules.questions.parsing import Fault
from mentoring.use_cases.questionnaire_files import written

FILE = """\
# Кружок
key = "club"
title = "Кружок"
role = "mentee"
source = "ours"
intro = \"\"\"
Это [[question]] увидит
куратор { и больше никто.\"\"\"

[[question]]
key = "likes"
kind = "one_of"
text = "Что вам ближе: [ или {?"
options = [
    { value = "robots", label = "Роботы" },
    { value = "theatre", label = "Театр" },
]

[[question]]
key = "robots"
kind = "several_of"
text = "Что вы уже собирали?"
limit = 2
show_if = { question = "likes", equals = "robots" }

[[question.options]]
value = "car"
label = "Машину"

[[question.options]]
value = "arm"
label = "Руку, которая берёт"

[[question]]
key = "note"
kind = "text"
text = "Ещё?"
optional = true
"""


def refused(text: str) -> DefinitionBroken:
    with pytest.raises(DefinitionBroken) as caught:
        read_file(text.encode())
    return caught.value


def changed(old: str, new: str) -> tuple[str, int]:
    """The file with one thing spoilt, and the line where it is."""
    assert FILE.count(old) == 1, old
    return FILE.replace(old, new), FILE[: FILE.index(old)].count("\n") + 1


def test_a_sound_file_is_read_as_it_is_written() -> None:
    assert [one["key"] for one in read_file(FILE.encode())["question"]] == ["likes", "robots", "note"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('title = "Кружок"', 'title = ""', Fault.MISSING),
        ('role = "mentee"', 'role = "boss"', Fault.UNKNOWN_WORD),
        ('text = "Что вам ближе: [ или {?"', f'text = "{"а" * 601}"', Fault.TOO_LONG),
        ('label = "Театр" }', f'label = "{"а" * 31}" }}', Fault.TOO_LONG),
        ('label = "Руку, которая берёт"', f'label = "{"а" * 31}"', Fault.TOO_LONG),
        ('value = "arm"', 'value = "Рука"', Fault.BAD_KEY),
        ("limit = 2", "limit = 0", Fault.LIMIT_BELOW_ONE),
        ("limit = 2", "helo = 2", Fault.UNKNOWN_FIELD),
        ('equals = "robots" }', 'equals = "ballet" }', Fault.CONDITION_ON_UNKNOWN_OPTION),
        ('{ question = "likes"', '{ question = "note"', Fault.CONDITION_ON_LATER),
        ('{ question = "likes"', '{ question = "ghost"', Fault.CONDITION_ON_UNKNOWN),
        ('key = "note"', 'key = "likes"', Fault.DUPLICATE),
        ('kind = "one_of"', 'kind = "choice"', Fault.UNKNOWN_KIND),
        ("optional = true", 'optional = "да"', Fault.WRONG_TYPE),
        ("optional = true", "min = 3", Fault.NOT_FOR_THIS_KIND),
    ],
)
def test_a_fault_is_shown_at_its_line(old: str, new: str, reason: Fault) -> None:
    text, line = changed(old, new)

    found = refused(text)

    assert (found.reason, found.line) == (reason, line), found


def test_what_is_missing_is_shown_where_its_question_begins() -> None:
    text, line = changed('[[question]]\nkey = "note"\nkind = "text"\n', '[[question]]\nkey = "note"\n')

    found = refused(text)

    assert (found.reason, found.place, found.line) == (Fault.MISSING, "question[3].kind", line)


def test_a_question_without_options_is_shown_at_its_heading() -> None:
    options = FILE[FILE.index("options = [") : FILE.index(']\n\n[[question]]\nkey = "robots') + 2]

    found = refused(FILE.replace(options, ""))

    assert (found.reason, found.line) == (Fault.NO_OPTIONS, FILE.splitlines().index("[[question]]") + 1)


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ('title = "Кружок"', "title = «Кружок»", Slip.QUOTES_WRONG),
        ('title = "Кружок"', 'title = "Кружок', Slip.QUOTES_OPEN),
        ('title = "Кружок"', 'title "Кружок"', Slip.NO_EQUALS),
        ('title = "Кружок"', "title = Кружок", Slip.VALUE),
        ('title = "Кружок"', 'title = "Кружок" и "Секция"', Slip.TOO_MUCH),
        ('title = "Кружок"', 'title = "а\\в"', Slip.BACKSLASH),
        ("optional = true", "optional = true\noptional = false", Slip.TWICE),
        ('title = "Кружок"', "Название: Кружок", Slip.UNREADABLE),
    ],
)
def test_a_line_that_is_no_toml_is_shown(old: str, new: str, slip: Slip) -> None:
    text, line = changed(old, new)

    found = refused(text)

    assert (found.reason, found.place) == (Fault.SYNTAX, slip)
    assert found.line == line + new.count("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_any_notepad_will_do(encoding: str) -> None:
    assert read_file(FILE.encode(encoding))["title"] == "Кружок"


def test_what_is_no_text_and_what_is_too_long_is_refused() -> None:
    with pytest.raises(DefinitionBroken, match=Fault.NOT_TEXT):
        read_file(b"PK\x03\x04\x98\x98\xff")
    with pytest.raises(DefinitionBroken, match=Fault.TOO_LONG):
        read_file(b"#" * (SIZE_LIMIT + 1))


@pytest.mark.parametrize("key", sorted(questionnaire_definitions()))
def test_what_is_written_is_read_back(key: str) -> None:
    definition = questionnaire_definitions()[key]

    assert read_file(written(definition).encode()) == definition


@pytest.mark.parametrize("key", sorted(questionnaire_definitions()))
def test_each_field_of_a_written_file_is_found_on_its_line(key: str) -> None:
    """The exact line, for every question and option of the starting content."""
    definition = questionnaire_definitions()[key]
    text = written(definition)
    lines = text.splitlines()

    for number, question in enumerate(definition["question"], 1):
        assert f'"{question["key"]}"' in lines[line_of(text, f"question[{number}].key") - 1]
        assert lines[line_of(text, f"question[{number}].text") - 1].startswith("text = ")
        for item, option in enumerate(question.get("options", []), 1):
            assert option["value"] in lines[line_of(text, f"question[{number}].options[{item}].value") - 1]
