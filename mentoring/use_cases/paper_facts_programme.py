"""What Положение and the programme of the year say."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring import paper_words as words
from mentoring.document_words import STAGE_RESULTS, STAGES
from mentoring.report_words import INDICATORS, form_word, number
from mentoring.rules.forms import Form
from mentoring.rules.indicators import Indicator, ProgrammeFigures
from mentoring.use_cases.indicators import newest_sheet
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.paper_choices import Lines, chosen_line, chosen_lines
from mentoring.use_cases.report_facts import span_of
from mentoring.use_cases.report_results import known_questionnaires
from storage.models.document import Document
from storage.models.organisation import Programme

SWOT = ("strengths", "weaknesses", "opportunities", "threats")
OF_WORKERS = frozenset({Form.TEACHER_TEACHER.value, Form.PEDAGOGUES.value})


def regulation(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    return {
        "council": chosen_line(said, "council"),
        "goal": chosen_lines(said, "goal", (words.GOAL,)),
        "tasks": chosen_lines(said, "tasks", words.TASKS),
        "forms": [{name: row[name] for name in ("form", "mentor", "mentee")} for row in _forms(programme)],
        "workers": bool(OF_WORKERS & set(_known_forms(programme))),
        "frequency": chosen_line(said, "frequency", words.FREQUENCY),
        "rewards": chosen_lines(said, "rewards", words.REWARDS),
        "extra": chosen_lines(said, "extra"),
    }


def programme_of_year(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    swot = _swot(session, programme, now)
    return {
        **{name: chosen_lines(said, name, swot.get(name, "").splitlines()) for name in SWOT},
        "goal": chosen_lines(said, "goal", (words.GOAL,)),
        "tasks": chosen_lines(said, "tasks", words.TASKS),
        "results": chosen_lines(said, "results", words.RESULTS),
        "reporting": chosen_lines(said, "reporting", words.REPORTING),
        "forms": _forms(programme),
        "calendar": _calendar(programme),
        "monitoring": [{"what": what, "term": term, "who": "куратор"} for what, term in words.MONITORING],
        "indicators": _targets(programme),
    }


def _forms(programme: Programme) -> list[dict[str, str]]:
    return [
        {
            "form": form_word(form),
            "mentor": words.FORMS[form].mentor,
            "mentee": words.FORMS[form].mentee,
            "role_models": words.FORMS[form].role_models,
        }
        for form in _known_forms(programme)
    ]


def _known_forms(programme: Programme) -> list[str]:
    """All of the model until the curator chooses."""
    return [form.value for form in Form if form.value in programme.forms] or [form.value for form in Form]


def _calendar(programme: Programme) -> Lines:
    return [
        {
            "stage": title,
            "what": words.STAGE_WORK[stage],
            "term": STAGE_RESULTS[stage][0],
            "who": "куратор",
            "result": STAGE_RESULTS[stage][1],
        }
        for stage, title in STAGES.items()
    ]


def _targets(programme: Programme) -> Lines:
    figures = ProgrammeFigures.from_stored(programme.figures)
    return [
        {"number": str(place), "what": INDICATORS[one.value], "target": number(figures.target(one), places=1)}
        for place, one in enumerate(Indicator, 1)
    ]


def _swot(session: Session, programme: Programme, now: datetime) -> dict[str, str]:
    """What the curator wrote there last."""
    zone = ZoneInfo(own_organisation(session).time_zone)
    span = span_of(programme.starts_on, programme.ends_on, zone, now)
    sheet, _ = newest_sheet(session, programme, known_questionnaires(session), "swot", span)
    return {name: str(sheet.answers.get(name) or "") for name in SWOT} if sheet else {}
