"""What many people answered to one questionnaire, whatever version each of them saw."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.questions.definition import Question, Value
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.statistics import FEW, HIDDEN, Distribution, of_choices, of_numbers
from mentoring.use_cases.questionnaire_history import NUMBERS, WRITTEN, History, history, is_cut
from storage.queries.questionnaire_results import Conditions as Conditions
from storage.queries.questionnaire_results import ResultFilter as ResultFilter
from storage.queries.questionnaire_results import (
    SheetCount,
    counted_answers,
    latest_words,
    person_names,
    sent,
    sent_conditions,
    sheet_counts,
    sheets,
    written_answers,
)

EXAMPLES = 3
LOOKED_AT = 40
"""Responses among which the newest words are looked for, to be shown as examples."""

PERSON_ERASED = "участник удалён"
EVERYTHING = ResultFilter()


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """``n`` answered, ``skipped`` did not or were not asked. ``written``: of them in their own words, of which
    ``examples`` are the newest. ``hidden``: fewer than `HIDDEN` in a cut, so nothing is said. ``retired``: no longer
    asked."""

    key: str
    kind: str
    text: str
    section: str
    aspect: str
    pair: str
    importance: bool
    satisfaction: bool
    curator_only: bool
    lowest: int
    highest: int
    low: str
    high: str
    n: int
    skipped: int
    distribution: Distribution
    written: int = 0
    examples: tuple[str, ...] = ()
    hidden: bool = False
    retired: bool = False

    @property
    def few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class QuestionnaireResults:
    """``n`` sheets were counted, ``anonymous`` of them without a name.

    ``left_out``: sheets without a name that a cut by form, role or place cannot know. ``waiting``: those of campaigns
    that are still open, or too few to hide anybody. ``hidden``: the cut holds fewer than `HIDDEN`.
    """

    key: str
    title: str
    use: str
    role: str
    form: str
    moment: str
    n: int
    anonymous: int
    left_out: int
    waiting: int
    hidden: bool
    first_at: datetime | None
    last_at: datetime | None
    questions: tuple[QuestionResult, ...]

    @property
    def few(self) -> bool:
        return self.n < FEW

    def question(self, key: str) -> QuestionResult | None:
        return next((one for one in self.questions if one.key == key), None)


Tally = dict[str, Counter[str]]
"""By question: how often each answer was given, as its JSON text."""


def questionnaire_results(session: Session, key: str, asked: ResultFilter = EVERYTHING) -> QuestionnaireResults:
    """Eight queries at any size. Raises NotFound."""
    known = history(session, key)
    asked = known.narrowed(asked)
    conditions, nameless = sent_conditions([known.questionnaire_id], asked), open_sheets(session, known, asked)
    found = sent(session, conditions)
    n = found.n + nameless.n
    hidden = is_cut(asked) and n < HIDDEN
    return QuestionnaireResults(
        key=key,
        title=known.newest.title,
        use=known.newest.use,
        role=known.newest.role,
        form=known.newest.form,
        moment=known.newest.moment,
        n=n,
        anonymous=nameless.n,
        left_out=nameless.left_out,
        waiting=nameless.waiting,
        hidden=hidden,
        first_at=found.first_at,
        last_at=found.last_at,
        questions=() if hidden else _questions(session, known, conditions, nameless, n, is_cut(asked)),
    )


@dataclass(frozen=True, slots=True)
class OpenSheets:
    """Campaigns whose sheets without a name may be counted; see `QuestionnaireResults` for the others."""

    campaign_ids: tuple[int, ...]
    n: int
    left_out: int
    waiting: int


def open_sheets(session: Session, known: History, asked: ResultFilter) -> OpenSheets:
    """While a campaign is open it is seen who answers: a figure that moves with it would give the answer away."""
    found = sheet_counts(session, known.questionnaire_id, asked)
    ready = [one for one in found if one.closed and one.n >= HIDDEN]
    n, waiting = _sum(ready), _sum(found) - _sum(ready)
    if is_cut(asked):
        return OpenSheets((), 0, n, waiting)
    return OpenSheets(tuple(one.campaign_id for one in ready), n, 0, waiting)


def _sum(found: Iterable[SheetCount]) -> int:
    return sum(one.n for one in found)


def _questions(
    session: Session, known: History, conditions: Conditions, nameless: OpenSheets, n: int, cut: bool
) -> tuple[QuestionResult, ...]:
    shown = [one for one in known.questions if is_shown(one)]
    closed = [one.key for one in shown if one.kind not in WRITTEN]
    written = [one.key for one in shown if one.kind in WRITTEN]
    tally = _tally(session, conditions, closed, nameless)
    words = Counter(written_answers(session, conditions, written) if written else {})
    words.update(tally.pop(_WORDS, {}))
    examples = _examples(session, conditions, written)
    counted = []
    for question in shown:
        said = tally.get(question.key, Counter())
        spread = spread_of(question, said, names_in(session, question, map(json.loads, said)))
        counted.append(_result(question, spread, words[question.key], examples.get(question.key, ()), n, known, cut))
    return tuple(counted)


def is_shown(question: Question) -> bool:
    """What only fills the card of a person — name, phone, birthday — is nobody's result."""
    return not (question.kind in WRITTEN and (question.personal or question.fills))


_WORDS = ""
"""Place in a tally of how many wrote something, by question: no question has an empty key."""


def _tally(session: Session, conditions: Conditions, closed: list[str], nameless: OpenSheets) -> Tally:
    tally: Tally = defaultdict(Counter)
    for one in counted_answers(session, conditions, closed) if closed else ():
        tally[one.key][one.value] += one.n
    known = frozenset(closed)
    for sheet in sheets(session, nameless.campaign_ids) if nameless.campaign_ids else ():
        for key, value in sheet.items():
            if key in known:
                tally[key][json.dumps(value)] += 1
            elif value is not None:
                tally[_WORDS][key] += 1
    return tally


def _examples(session: Session, conditions: Conditions, written: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, words in latest_words(session, conditions, written, LOOKED_AT) if written else ():
        if len(found.get(key, ())) < EXAMPLES:
            found[key] = (*found.get(key, ()), words)
    return found


def names_in(session: Session, question: Question, values: Iterable[Value]) -> dict[str, str]:
    """Of the people who were chosen, by the token of the choice; nobody for other questions."""
    if question.kind != "person":
        return {}
    chosen = {token for value in values for token in tokens(question, value) if token[1:].isdecimal()}
    names = person_names(session, {int(token[1:]) for token in chosen})
    return {token: names.get(int(token[1:])) or PERSON_ERASED for token in chosen}


def tokens(question: Question, value: Value) -> list[str]:
    """What was chosen, option by option; nothing for a skipped question."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    return list(KINDS[question.kind].tokens(value))


def spread_of(question: Question, said: Counter[str], names: Mapping[str, str]) -> Distribution:
    """``said``: how often each answer was given, as its JSON text."""
    values = [(json.loads(text), times) for text, times in said.items()]
    given = [(value, times) for value, times in values if value is not None]
    if question.kind in NUMBERS:
        counts = Counter[int]()
        for value, times in given:
            counts[int(value)] += times
        shown = range(question.lowest, question.highest + 1) if question.kind == "scale" else sorted(counts)
        return of_numbers(shown, counts)
    chosen = Counter[str]()
    for value, times in given:
        for token in tokens(question, value):
            chosen[token] += times
    return of_choices(_options(question, chosen, names), chosen, sum(times for _, times in given))


def _options(question: Question, chosen: Counter[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    if question.kind == "person":
        return [(token, names.get(token, PERSON_ERASED)) for token, _ in chosen.most_common()]
    return [(option.value, option.label) for option in KINDS[question.kind].options(question)]


def _result(
    question: Question,
    spread: Distribution,
    words: int,
    examples: tuple[str, ...],
    sheets: int,
    known: History,
    cut: bool,
) -> QuestionResult:
    n = spread.n or words
    hidden = cut and n < HIDDEN
    return QuestionResult(
        key=question.key,
        kind=question.kind,
        text=question.text,
        section=question.section,
        aspect=question.aspect,
        pair=question.pair,
        importance=question.importance,
        satisfaction=question.satisfaction,
        curator_only=question.curator_only,
        lowest=question.lowest,
        highest=question.highest,
        low=question.low,
        high=question.high,
        n=n,
        skipped=sheets - n,
        distribution=Distribution() if hidden else spread,
        written=0 if hidden else words,
        examples=() if hidden else examples,
        hidden=hidden,
        retired=question.key in known.retired,
    )
