"""All answers to a questionnaire as a table: a row for each who answered, a column for each question."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.people import Door
from mentoring.rules.questions.definition import Answers, Question
from mentoring.use_cases.answers_behind import said_in_words
from mentoring.use_cases.questionnaire_history import NUMBERS, history
from mentoring.use_cases.questionnaire_results import (
    EVERYTHING,
    PERSON_ERASED,
    Conditions,
    OpenSheets,
    ResultFilter,
    is_shown,
    names_in,
    open_sheets,
)
from storage.queries.questionnaire_results import sent_conditions, sheets
from storage.queries.response_rows import whole_responses


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Of a sheet without a name only ``answers`` are known. They stand in the order of the questions: numbers as
    numbers, the rest in words, None for what was not answered."""

    person_name: str
    place: str
    campaign: str
    door: Door | None
    sent_at: datetime | None
    answers: tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class ResultsSheet:
    """``rows`` are read while they are walked through."""

    title: str
    questions: tuple[Question, ...]
    rows: Iterator[SheetRow]


def results_sheet(session: Session, key: str, asked: ResultFilter = EVERYTHING) -> ResultsSheet:
    """Raises NotFound."""
    known = history(session, key)
    asked = known.narrowed(asked)
    shown = tuple(one for one in known.questions if is_shown(one))
    conditions = sent_conditions([known.questionnaire_id], asked)
    rows = _rows(session, shown, conditions, open_sheets(session, known, asked))
    return ResultsSheet(known.newest.title, shown, rows)


def _rows(
    session: Session, shown: tuple[Question, ...], conditions: Conditions, nameless: OpenSheets
) -> Iterator[SheetRow]:
    names = _Names(session)
    for one in whole_responses(session, conditions, [question.key for question in shown]):
        name = PERSON_ERASED if one.erased else one.person_name
        yield SheetRow(name, one.place, one.campaign, one.door, one.sent_at, _cells(shown, one.answers, names))
    for answers in sheets(session, nameless.campaign_ids) if nameless.campaign_ids else ():
        yield SheetRow("", "", "", None, None, _cells(shown, answers, names))


class _Names:
    """Of people who were chosen, each looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, str] = {}

    def of(self, question: Question, value: object) -> dict[str, str]:
        chosen = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        unknown = [token for token in chosen if token not in self._known]
        if unknown and question.kind == "person":
            self._known |= names_in(self._session, question, [unknown])
        return self._known


def _cells(shown: tuple[Question, ...], answers: Answers, names: _Names) -> tuple[str | int | None, ...]:
    return tuple(_cell(question, answers, names) for question in shown)


def _cell(question: Question, answers: Answers, names: _Names) -> str | int | None:
    value = answers.get(question.key)
    if value is None:
        return None
    if question.kind in NUMBERS and isinstance(value, int):
        return value
    return said_in_words(question, value, names.of(question, value))
