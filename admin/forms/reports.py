"""A new report, the words of one, and the numbers that only a curator knows."""

from dataclasses import fields
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, FloatField, IntegerField
from wtforms.validators import InputRequired, Optional

from admin.forms.fields import day, paragraph, select
from mentoring.report_words import INDICATORS, TEXTS
from mentoring.rules.indicators import Indicator, ProgrammeFigures
from mentoring.rules.reporting import TextKey
from mentoring.use_cases.reports import TEXT_LIMIT

LARGE = {"min": 0, "max": 100_000, "inputmode": "numeric"}
PERCENT = {"min": 0, "max": 100, "inputmode": "decimal", "step": "any"}


class NewReportForm(FlaskForm):
    period = select("За какое время", ())


class TextsForm(FlaskForm):
    """Fields are named as in `TextKey`."""

    overview = paragraph(TEXTS[TextKey.OVERVIEW], TEXT_LIMIT, rows=4)
    meetings = paragraph(TEXTS[TextKey.MEETINGS], TEXT_LIMIT, rows=4)
    answers = paragraph(TEXTS[TextKey.ANSWERS], TEXT_LIMIT, rows=4)
    changes = paragraph(TEXTS[TextKey.CHANGES], TEXT_LIMIT, rows=4)
    indicators = paragraph(TEXTS[TextKey.INDICATORS], TEXT_LIMIT, rows=4)
    conclusions = paragraph(TEXTS[TextKey.CONCLUSIONS], TEXT_LIMIT, rows=5)
    proposals = paragraph(TEXTS[TextKey.PROPOSALS], TEXT_LIMIT, rows=5)

    def texts(self) -> dict[str, str]:
        return {key.value: self.data[key.value] or "" for key in TextKey}


def _many(label: str, note: str = "") -> IntegerField:
    return IntegerField(label, [Optional()], description=note, render_kw=LARGE)


def _target(indicator: Indicator) -> FloatField:
    return FloatField(INDICATORS[indicator], [InputRequired("Впишите число.")], render_kw=PERCENT)


class FiguresForm(FlaskForm):
    """Fields are named as in `ProgrammeFigures`."""

    introduced_on: DateField = day("Дата приказа о внедрении модели")
    pupils_10_19 = _many("Детей и подростков 10–19 лет в организации")
    pupils_15_19 = _many("Из них подростков 15–19 лет")
    young_teachers = _many("Молодых педагогов (стаж до трёх лет)")
    partners = _many("Организаций, давших наставников", "Пусто — посчитаем по списку партнёров.")
    enterprises = _many("Из скольких предприятий", "Это знает регион; школе можно не заполнять.")
    threshold = FloatField(
        "Порог удовлетворённости, от 1 до 10",
        [InputRequired("Впишите число.")],
        description="Средняя оценка работы и результата, с которой человек считается довольным. Стоит в отчёте.",
        render_kw={"min": 1, "max": 10, "step": "any", "inputmode": "decimal"},
    )
    age_on: DateField = day("На какой день считать возраст")
    target_pupils_mentees = _target(Indicator.PUPILS_MENTEES)
    target_pupils_mentors = _target(Indicator.PUPILS_MENTORS)
    target_young_teachers = _target(Indicator.YOUNG_TEACHERS)
    target_partners = _target(Indicator.PARTNERS)
    target_glad_mentees = _target(Indicator.GLAD_MENTEES)
    target_glad_mentors = _target(Indicator.GLAD_MENTORS)

    def figures(self) -> ProgrammeFigures:
        known: dict[str, Any] = {one.name: self.data[one.name] for one in fields(ProgrammeFigures)}
        return ProgrammeFigures(**known)
