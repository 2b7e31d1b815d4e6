"""Before and after: the same person in the same pair, so in the same programme (methodology.md §2.8)."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mentoring.rules.comparison import Comparison, compare
from mentoring.rules.errors import NotFound
from mentoring.rules.forms import Form
from mentoring.rules.questions.definition import Question
from mentoring.rules.statistics import HIDDEN, Distribution
from mentoring.use_cases.questionnaire_history import NUMBERS, History, history, is_cut
from mentoring.use_cases.questionnaire_results import EVERYTHING, Conditions, ResultFilter, spread_of
from storage.queries.matched_answers import answers_of, latest_of_pairs
from storage.queries.questionnaire_newest import Newest, newest_questionnaires
from storage.queries.questionnaire_results import sent_conditions


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
    tail: tuple[YesShare, ...] = ()


def surveys(session: Session) -> tuple[Survey, ...]:
    """Those of which both halves are published, by form and role. One query."""
    halves: dict[tuple[str, str, str, str], dict[str, Newest]] = {}
    for one in newest_questionnaires(session):
        if one.moment in MOMENTS:
            halves.setdefault((stem_of(one.key, one.moment), one.use, one.form, one.role), {})[one.moment] = one
    whole = [
        Survey(*name, found["before"].key, found["after"].key, found["before"].title, found["after"].title)
        for name, found in halves.items()
        if len(found) == len(MOMENTS)
    ]
    return tuple(sorted(whole, key=lambda survey: (survey.use != "survey", FORMS.get(survey.form, 0), survey.role)))


def before_after(session: Session, form: str, role: str, asked: ResultFilter = EVERYTHING) -> BeforeAfter:
    """Of the surveys of a form and role. A period and a campaign are those of the answer after. Raises NotFound."""
    for survey in surveys(session):
        if (survey.use, survey.form, survey.role) == ("survey", form, role):
            return compare_survey(session, survey, asked)
    raise NotFound("questionnaire")


def compare_survey(session: Session, survey: Survey, asked: ResultFilter = EVERYTHING) -> BeforeAfter:
    """Of any pair of questionnaires, the influence monitoring's too. Six queries at any size."""
    halves = halves_of(session, survey)
    asked = halves.after.narrowed(asked)
    of_before, of_after = halves.conditions(asked)
    before, after = latest_of_pairs(session, of_before), latest_of_pairs(session, of_after)
    matched = [(before[subject], after[subject]) for subject in after if subject in before]
    found = BeforeAfter(survey, len(before), len(after), len(matched))
    if is_cut(asked) and len(matched) < HIDDEN:
        return replace(found, hidden=True)
    said_before = answers_of(session, of_before, [first.key for first, _ in halves.linked])
    said_after = answers_of(
        session, of_after, [one.key for one in (*(last for _, last in halves.linked), *halves.tail)]
    )
    items = [_item(first, last, matched, said_before, said_after) for first, last in halves.linked]
    tail = [_yes_share(question, said_after) for question in halves.tail]
    fewest = HIDDEN if is_cut(asked) else 0
    return replace(
        found,
        items=tuple(one for one in items if len(one.responses) >= fewest),
        tail=tuple(one for one in tail if one.n >= fewest),
    )


def survey_named(session: Session, stem: str) -> Survey:
    """Raises NotFound."""
    found = next((one for one in surveys(session) if one.stem == stem), None)
    if found is None:
        raise NotFound("questionnaire")
    return found


def halves_of(session: Session, survey: Survey) -> "Halves":
    return Halves(history(session, survey.before_key), history(session, survey.after_key))


def stem_of(key: str, moment: str) -> str:
    """What the keys of both halves share: «survey_pupil_pupil_mentee»."""
    return re.sub(rf"_{moment}(?=_|$)", "", key)


class Halves:
    """``linked``: questions before and after with one pair key and one kind; ``tail``: yes or no, asked only after."""

    def __init__(self, before: History, after: History) -> None:
        self.before, self.after = before, after
        firsts: dict[str, Question] = {}
        for question in before.questions:
            if question.pair:
                firsts.setdefault(question.pair, question)
        self.linked = [
            (firsts[last.pair], last)
            for last in after.questions
            if last.pair in firsts and _same_measure(firsts[last.pair], last)
        ]
        linked = {last.key for _, last in self.linked}
        self.tail = [one for one in after.questions if one.kind == YES_NO and one.key not in linked]

    def conditions(self, asked: ResultFilter) -> tuple[Conditions, Conditions]:
        """When, and in which campaign, is asked of the answer after; who, of both."""
        who = replace(EVERYTHING, form=asked.form, role=asked.role, place=asked.place)
        return (
            sent_conditions([self.before.questionnaire_id], self.before.narrowed(who)),
            sent_conditions([self.after.questionnaire_id], asked),
        )


def _same_measure(first: Question, last: Question) -> bool:
    return (first.kind, first.lowest, first.highest) == (last.kind, last.lowest, last.highest)


Said = Mapping[str, Mapping[int, str]]
"""By question and response: the answer as its JSON text."""


def _item(
    first: Question, last: Question, matched: Sequence[tuple[int, int]], before: Said, after: Said
) -> ItemComparison:
    firsts, lasts = before.get(first.key, {}), after.get(last.key, {})
    both = [(one, other) for one, other in matched if one in firsts and other in lasts]
    return ItemComparison(
        pair=last.pair,
        kind=last.kind,
        before_key=first.key,
        after_key=last.key,
        text_before=first.text,
        text_after=last.text,
        section=last.section,
        aspect=last.aspect or first.aspect,
        lowest=last.lowest,
        highest=last.highest,
        comparison=_comparison(first, last, [(firsts[one], lasts[other]) for one, other in both]),
        before=spread_of(first, Counter(firsts[one] for one, _ in both), {}),
        after=spread_of(last, Counter(lasts[other] for _, other in both), {}),
        responses=tuple(both),
    )


def _comparison(first: Question, last: Question, said: Sequence[tuple[str, str]]) -> Comparison | None:
    if last.kind != YES_NO and last.kind not in NUMBERS:
        return None
    numbers = {text: int(json.loads(text)) for text in {text for pair in said for text in pair}}
    pairs = [(numbers[one], numbers[other]) for one, other in said]
    return compare(pairs, importance=first.importance or last.importance)


def _yes_share(question: Question, said: Said) -> YesShare:
    answers = said.get(question.key, {})
    yes = sum(text == "true" for text in answers.values())
    share = yes / len(answers) if answers else None
    return YesShare(question.key, question.text, question.section, len(answers), yes, share, tuple(answers))


YES_NO = "yes_no"
MOMENTS = ("before", "after")
FORMS = {form.value: place for place, form in enumerate(Form, start=1)}
