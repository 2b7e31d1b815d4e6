"""Before and after: the same person in the same pair, so in the same programme (methodology.md §2.8)."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mentoring.rules.comparison import Comparison
from mentoring.rules.statistics import Distribution
from mentoring.use_cases.questionnaire_results import EVERYTHING, ResultFilter


@dataclass(frozen=True, slots=True)
class Survey:
    """Two questionnaires that are compared. ``stem``: what their keys share, «survey_pupil_pupil_mentee»."""

    stem: str
    use: str
    form: str
    role: str
    before_key: str
    after_key: str
    before_title: str
    after_title: str


@dataclass(frozen=True, slots=True)
class ItemComparison:
    """One linked question. ``comparison`` is None for choices and words; of «yes» and «no» it compares 1 and 0, so that
    its means are shares. ``before`` and ``after`` count only those who answered both, and so do ``responses``: ids of
    the response before and after of each of them."""

    pair: str
    kind: str
    before_key: str
    after_key: str
    text_before: str
    text_after: str
    section: str
    aspect: str
    lowest: int
    highest: int
    comparison: Comparison | None
    before: Distribution
    after: Distribution
    responses: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class YesShare:
    """A question of yes or no that is asked only after; ``n`` answered, ``share`` of them said yes."""

    key: str
    text: str
    section: str
    n: int
    yes: int
    share: float | None
    response_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """``before`` and ``after``: how many sent each one; ``both``: of whom there is one before and one after.

    ``hidden``: fewer than `mentoring.rules.statistics.HIDDEN` in a cut, so no items are shown.
    """

    survey: Survey
    before: int
    after: int
    both: int
    hidden: bool = False
    items: tuple[ItemComparison, ...] = ()
    tail: tuple[YesShare, ...] = field(default=())


def surveys(session: Session) -> tuple[Survey, ...]:
    """Those of which both halves are published, by form and role. Two queries."""
    raise NotImplementedError


def before_after(session: Session, form: str, role: str, asked: ResultFilter = EVERYTHING) -> BeforeAfter:
    """Of the surveys of a form and role. A period and a campaign are those of the answer after. Raises NotFound."""
    raise NotImplementedError


def compare_survey(session: Session, survey: Survey, asked: ResultFilter = EVERYTHING) -> BeforeAfter:
    """Of any pair of questionnaires, the influence monitoring's too."""
    raise NotImplementedError
