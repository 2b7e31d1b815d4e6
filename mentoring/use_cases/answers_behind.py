"""The answers from which a number was counted, one by one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.use_cases.questionnaire_results import EVERYTHING, ResultFilter

PAGE = 50


@dataclass(frozen=True, slots=True)
class AnswerBehind:
    """An answer without a name has no response, person or time. ``submission_id``: what exactly was sent last."""

    response_id: int | None
    submission_id: int | None
    person_id: int | None
    person_name: str
    place: str
    answer: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswersBehind:
    title: str
    question: str
    kind: str
    rows: tuple[AnswerBehind, ...]
    total: int
    page: int
    pages: int
    hidden: bool = False


def answers_behind(
    session: Session,
    key: str,
    question_key: str,
    asked: ResultFilter = EVERYTHING,
    *,
    value: str | None = None,
    text: str = "",
    page: int = 1,
    size: int = PAGE,
) -> AnswersBehind:
    """``value``: an option's or number's word («8», «yes», «p12»); ``text`` is looked for in what people wrote."""
    raise NotImplementedError


def response_ids(session: Session, key: str, asked: ResultFilter = EVERYTHING) -> tuple[int, ...]:
    """Of all sent responses that the filter asks for; sheets without a name have none."""
    raise NotImplementedError


def answer_ids(
    session: Session, key: str, question_key: str, asked: ResultFilter = EVERYTHING, *, value: str | None = None
) -> tuple[int, ...]:
    """Ids of the responses with an answer to the question (with this one, if ``value`` is given)."""
    raise NotImplementedError
