"""What somebody answered when they came, in words for tables and papers."""

from mentoring.rules import entry_sheets as asked
from mentoring.rules.entry_sheets import NOTHING_SAID, EntrySheet

DEFINITION = {
    "question": [
        {
            "key": "can_help",
            "kind": "several_of",
            "matching": "topics",
            "options": [
                {"value": "study", "label": "Учёба и предметы"},
                {"value": "projects", "label": "Проекты и олимпиады"},
                {"value": "exam", "label": "ЕГЭ"},
            ],
        },
        {"key": "hours", "kind": "one_of", "options": [{"value": "1_2", "label": "1–2 часа"}]},
        {"key": "days", "kind": "slots"},
        {"key": "why", "kind": "long_text"},
    ]
}
ANSWERS = {"can_help": ["study", "projects", "exam"], "hours": "1_2", "days": ["tue", "thu"], "why": "Хочу делиться."}
SHEET = EntrySheet(DEFINITION, ANSWERS)


def test_chosen_options_are_one_sentence_and_an_abbreviation_keeps_its_letters() -> None:
    assert SHEET.words(asked.COMPETENCES) == "Учёба и предметы, проекты и олимпиады, ЕГЭ"
    assert SHEET.values(asked.COMPETENCES) == ("study", "projects", "exam")
    assert SHEET.lines(asked.WHY) == ("Хочу делиться.",)


def test_time_is_how_much_and_when() -> None:
    assert SHEET.time() == "1–2 часа; вторник, четверг"


def test_what_could_be_chosen_is_known_too() -> None:
    assert SHEET.options(asked.HOURS) == {"1_2": "1–2 часа"}


def test_a_missing_question_and_an_empty_answer_say_nothing() -> None:
    assert SHEET.words(asked.INTERESTS) == ""
    assert EntrySheet(DEFINITION, {"why": ""}).lines(asked.WHY) == ()
    assert NOTHING_SAID.time() == ""
