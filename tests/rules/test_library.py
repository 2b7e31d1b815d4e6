"""The starting questionnaires: all there, comparable before and after, honest about where they come from."""

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from config.library import BLOCKS, QUESTIONNAIRES, questionnaire_definitions
from mentoring.rules.forms import Form
from mentoring.rules.people import Role
from mentoring.rules.quality import BEST_MARK, GRID_ITEMS
from mentoring.rules.questions.definition import Definition, Question
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import parse_definition

CONTENT = {key: parse_definition(written) for key, written in questionnaire_definitions().items()}
FILES = sorted(QUESTIONNAIRES.glob("*.toml"))
BLOCK_FILES = sorted(BLOCKS.glob("*.toml"))
COUPLES = sorted(key.removesuffix("_before") for key in CONTENT if key.endswith("_before"))
FEEDBACK = sorted(key for key, definition in CONTENT.items() if definition.use == "feedback")

ASKED_BEFORE = {"support", "safety", "clarity", "help", "plan"}  # methodology.md §2.8, rule 3
ASKED_BEFORE_TOO = {"planning", "satisfaction"}  # um_6 and tt_10 ask the same way: how much it matters


def couple(stem: str) -> tuple[Definition, Definition]:
    return CONTENT[f"{stem}_before"], CONTENT[f"{stem}_after"]


def linked(definition: Definition) -> dict[str, Question]:
    return {question.pair: question for question in definition.questions if question.pair}


def test_every_form_has_surveys_of_both_roles_before_and_after() -> None:
    wanted = {(str(form), str(role), moment) for form in Form for role in Role for moment in ("before", "after")}
    surveys = {
        key: (definition.form, definition.role, definition.moment)
        for key, definition in CONTENT.items()
        if definition.use == "survey" and definition.form
    }

    assert set(surveys.values()) == wanted
    assert all(key == "survey_" + "_".join(place) for key, place in surveys.items())


def test_every_use_of_the_cycle_has_its_questionnaires() -> None:
    uses = Counter(definition.use for definition in CONTENT.values())

    assert set(uses) == {
        "entry", "training", "preferences", "feedback", "pulse", "survey", "parents", "partners", "grid", "swot"
    }  # fmt: skip
    assert uses["feedback"] == 12


def test_every_file_is_named_by_the_key_of_its_questionnaire() -> None:
    assert [file.stem for file in FILES] == sorted(CONTENT)


@pytest.mark.parametrize("file", [*FILES, *BLOCK_FILES], ids=lambda file: file.stem)
def test_every_file_names_the_section_of_the_methodology_it_comes_from(file: Path) -> None:
    comment = "".join(line for line in file.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))

    assert re.search(r"methodology\.md §\d", comment)


def test_every_block_is_used() -> None:
    used = {
        item["block"]
        for file in FILES
        for item in tomllib.loads(file.read_text("utf-8"))["question"]
        if "block" in item
    }

    assert used == {file.stem for file in BLOCK_FILES}


@pytest.mark.parametrize("stem", COUPLES)
def test_before_and_after_ask_of_the_same_things_on_the_same_scale(stem: str) -> None:
    before, after = couple(stem)
    first, second = linked(before), linked(after)

    assert set(first) == set(second)
    assert (before.role, before.form, before.use, before.subject) == (after.role, after.form, after.use, "pair")
    for pair in first:
        assert shape(first[pair]) == shape(second[pair]), pair


def shape(question: Question) -> tuple[object, ...]:
    options = [option.value for option in question.options]
    return question.kind, question.lowest, question.highest, options, question.aspect, question.section


@pytest.mark.parametrize("stem", COUPLES)
def test_a_couple_links_each_thing_once(stem: str) -> None:
    for definition in couple(stem):
        pairs = [question.pair for question in definition.questions if question.pair]

        assert len(pairs) == len(set(pairs))


def test_only_questions_before_ask_how_much_something_matters() -> None:
    flagged = {
        question.pair for definition in CONTENT.values() for question in definition.questions if question.importance
    }

    assert flagged == ASKED_BEFORE | ASKED_BEFORE_TOO
    assert not [
        question.key
        for definition in CONTENT.values()
        if definition.moment != "before"
        for question in definition.questions
        if question.importance
    ]


@pytest.mark.parametrize("stem", COUPLES)
def test_what_is_flagged_is_what_asks_how_much_it_matters(stem: str) -> None:
    before, _ = couple(stem)

    for question in linked(before).values():
        asks = re.search(r"важ(на|но|ен)\b|нужна", question.text) is not None
        assert question.importance == (asks and question.kind == "scale"), question.text


@pytest.mark.parametrize("stem", [stem for stem in COUPLES if stem.startswith("survey")])
def test_after_the_programme_it_can_be_told_who_is_satisfied(stem: str) -> None:
    before, after = couple(stem)

    assert [question.kind for question in after.questions if question.satisfaction].count("scale") >= 1
    assert all(question.kind == "scale" for question in after.questions if question.satisfaction)
    assert not [question for question in before.questions if question.satisfaction]
    assert linked(after)["glad"].kind == "yes_no"


@pytest.mark.parametrize("key", sorted(key for key, one in CONTENT.items() if one.use in ("survey", "grid")))
def test_everything_scored_belongs_to_a_group_of_parameters_and_a_heading(key: str) -> None:
    for question in CONTENT[key].questions:
        assert question.kind != "scale" or question.aspect, question.key
        assert question.section, question.key


@pytest.mark.parametrize("key", sorted(CONTENT))
def test_a_heading_stands_once(key: str) -> None:
    sections = [question.section for question in CONTENT[key].questions]
    begun = sections[:1] + [later for earlier, later in pairwise(sections) if earlier != later]

    assert len(begun) == len(set(begun))


def test_what_the_methodology_does_not_know_is_called_ours() -> None:
    ours = {definition.form for definition in CONTENT.values() if definition.form and definition.source == "ours"}

    assert ours == {Form.TEACHER_PUPIL, Form.PEDAGOGUES}
    for definition in CONTENT.values():
        if definition.form in ours:
            assert {question.source for question in definition.questions} == {"ours"}


def test_nothing_is_called_proven() -> None:
    """The original of the questionnaires has not been read (methodology.md §0)."""
    assert "proven" not in {definition.source for definition in CONTENT.values()}
    assert "proven" not in {question.source for definition in CONTENT.values() for question in definition.questions}


@pytest.mark.parametrize("key", FEEDBACK)
def test_feedback_is_a_few_taps_and_optional_lines(key: str) -> None:
    questions = CONTENT[key].questions
    typed = [question for question in questions if not KINDS[question.kind].options(question)]

    assert len(questions) <= 5
    assert all(question.optional for question in typed) or key == "feedback_planning_mentor"
    assert CONTENT[key].subject == "meeting"


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_feedback_exists_for_every_kind_of_meeting(role: str) -> None:
    kinds = ("first_", "trial_", "planning_", "", "final_", "cancelled_")

    assert [f"feedback_{kind}{role}" in CONTENT for kind in kinds] == [True] * 6


def test_the_trial_meeting_asks_whether_to_go_on() -> None:
    for role in ("mentor", "mentee"):
        ready = CONTENT[f"feedback_trial_{role}"].question("go_on")

        assert ready is not None
        assert [option.value for option in ready.options] == ["yes", "unsure", "no"]
        assert ready.curator_only


@pytest.mark.parametrize("key", ["pulse_mentor", "pulse_mentee"])
def test_the_pulse_is_four_taps(key: str) -> None:
    taps = CONTENT[key].questions

    assert len(taps) <= 4
    assert all(question.kind in ("scale", "one_of", "yes_no") for question in taps)


def test_the_grid_is_nine_marks_in_three_groups() -> None:
    grid = CONTENT["programme_grid"].questions

    assert len(grid) == GRID_ITEMS
    assert {(question.kind, question.lowest, question.highest) for question in grid} == {("scale", 0, BEST_MARK)}
    assert [question.section[0] for question in grid] == list("АААААББВВ")


def test_training_is_asked_in_the_same_words_as_at_entry() -> None:
    needs, entry = (CONTENT[key].question("training") for key in ("mentor_training_needs", "mentor_entry"))

    assert needs is not None
    assert entry is not None
    assert needs.options == entry.options


def test_a_block_is_put_in_whole_or_without_what_is_named() -> None:
    """The theory is for students, leadership is not asked of a teacher (methodology.md §2.6, §2.7)."""
    assert CONTENT["survey_employer_student_mentee_before"].question("theory")
    assert CONTENT["survey_employer_pupil_mentee_before"].question("theory") is None
    assert CONTENT["survey_pupil_pupil_mentor_after"].question("leadership")
    assert CONTENT["survey_teacher_pupil_mentor_after"].question("leadership") is None


def test_the_list_for_curators_names_every_questionnaire_and_counts_right() -> None:
    guide = (QUESTIONNAIRES.parents[1] / "docs" / "questionnaires.md").read_text("utf-8")
    titles = {one.title.partition(": в начале")[0].partition(": теперь")[0] for one in CONTENT.values() if not one.form}

    assert not [title for title in titles if title not in guide]
    rows = re.findall(r"\| (\d+) / (\d+)(?: вопросов)? \| (\d+) / (\d+) \|", guide)
    assert [tuple(map(int, row)) for row in rows] == [
        tuple(len(CONTENT[f"survey_{form}_{who}"].questions) for who in WHO) for form in Form
    ]


WHO = ("mentee_before", "mentee_after", "mentor_before", "mentor_after")
