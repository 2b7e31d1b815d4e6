"""A plan that the curator writes down, returns, or marks for those who have no chat."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from admin.forms.fields import day, line, paragraph, select
from admin.texts import plans as said
from mentoring.rules.plans import GOAL_LIMIT, MARK_LIMIT, MOST_GOALS, NOTE_LIMIT, REMARK_LIMIT, RESULT_LIMIT, TEXT_LIMIT
from mentoring.use_cases.plan_views import NoteView, PlanView


class ReturnForm(FlaskForm):
    remark = paragraph("Что поправить", REMARK_LIMIT, needed="Напишите, что поправить.", note=said.REMARK_NOTE)


class ItemForm(FlaskForm):
    section = select("Раздел", ())
    text = paragraph("Что сделать", TEXT_LIMIT, needed="Напишите, что нужно сделать.", rows=2)
    due_on = day("К какому дню")
    planned_result = paragraph("Что должно получиться", RESULT_LIMIT, rows=2)


class ResultForm(FlaskForm):
    state = select("Состояние", said.RESULTS)
    actual_result = paragraph("Что вышло", RESULT_LIMIT, note=said.RESULT_NOTE, rows=3)
    mark = line("Отметка наставника", MARK_LIMIT, note=said.MARK_NOTE)


def words_form(plan: PlanView) -> Any:
    """Goals, the term and, where the template has them, the paragraphs of the note (``note_`` and their key)."""
    notes = {f"note_{note.key}": _note_field(note) for note in plan.notes}
    form = type("WordsForm", (_WordsForm,), notes)
    texts = {f"note_{note.key}": note.text for note in plan.notes}
    return form(goals="\n".join(plan.goals), starts_on=plan.starts_on, ends_on=plan.ends_on, **texts)


def item_form(plan: PlanView, **shown: Any) -> ItemForm:
    form = ItemForm(**shown)
    form.section.choices = [(section.key, section.title) for section in plan.sections]
    return form


class _WordsForm(FlaskForm):
    goals = paragraph("Цели", (GOAL_LIMIT + 1) * MOST_GOALS, note=said.GOALS_NOTE, rows=5)
    starts_on = day("С какого дня", needed="Выберите день.")
    ends_on = day("По какой день", needed="Выберите день.")


def _note_field(note: NoteView) -> TextAreaField:
    return paragraph(note.title, NOTE_LIMIT, note=note.hint)
