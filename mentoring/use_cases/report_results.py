"""Means of what was answered, before against after, and the influence by groups: the sections made of sheets."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mentoring.rules.quality import Aspect, change_of
from mentoring.rules.questions.definition import Definition, Question
from mentoring.rules.reporting import Figure, Listed, Row, Section, SectionKey, Tag, Trace, share
from mentoring.rules.statistics import FEW, HIDDEN, Distribution, of_numbers
from mentoring.use_cases.before_after import BeforeAfter, ItemComparison
from mentoring.use_cases.questionnaire_history import History, history_of
from mentoring.use_cases.questionnaire_results import open_sheets
from mentoring.use_cases.questionnaire_versions import definition_of
from mentoring.use_cases.report_counts import Span
from storage.queries.questionnaire_results import ResultFilter, sheets
from storage.queries.report_sheets import (
    SheetFact,
    VersionFact,
    last_submissions,
    published_versions,
    sheets_between,
    with_nameless_sheets,
)

REPORTED_USES = ("survey", "pulse", "feedback", "parents", "partners", "training")
"""In the order of the paper. What brings people in, whom they prefer, and the curator's own sheets are elsewhere."""

MARKED_KINDS = frozenset({"scale", "number", "yes_no"})
ASPECT = "aspect:"
"""Begins the ``question`` of a trace that shows all answers of one group of parameters."""


@dataclass(frozen=True, slots=True)
class Known:
    """A questionnaire with all its published versions, the newest first."""

    key: str
    versions: tuple[VersionFact, ...]
    definitions: tuple[Definition, ...]

    @property
    def newest(self) -> Definition:
        return self.definitions[0]

    @property
    def questionnaire_id(self) -> int:
        return self.versions[0].questionnaire_id

    @property
    def version_ids(self) -> tuple[int, ...]:
        return tuple(one.version_id for one in self.versions)


@dataclass(frozen=True, slots=True)
class Answered:
    """Sheets of one questionnaire in the time; ``nameless``: of anonymous campaigns that were closed in it."""

    known: Known
    history: History
    sheets: tuple[SheetFact, ...]
    nameless: tuple[Mapping[str, Any], ...]


def known_questionnaires(session: Session) -> tuple[Known, ...]:
    found: dict[str, list[VersionFact]] = {}
    for version in published_versions(session):
        found.setdefault(version.key, []).append(version)
    return tuple(
        Known(key, tuple(versions), tuple(definition_of(session, one.version_id, one.digest) for one in versions))
        for key, versions in found.items()
    )


def answered_in(
    session: Session, programme_id: int, known: Collection[Known], span: Span, uses: Sequence[str] = REPORTED_USES
) -> tuple[Answered, ...]:
    chosen = sorted((one for one in known if one.newest.use in uses), key=lambda one: uses.index(one.newest.use))
    versions = {version_id: one.key for one in chosen for version_id in one.version_ids}
    sent: dict[str, list[SheetFact]] = {}
    for sheet in sheets_between(session, programme_id, tuple(versions), span.since, span.until):
        sent.setdefault(versions[sheet.version_id], []).append(sheet)
    nameless = with_nameless_sheets(session)
    found = (
        _answered(session, one, sent.get(one.key, ()), span, nameless=one.questionnaire_id in nameless)
        for one in chosen
        if one.key in sent or one.questionnaire_id in nameless
    )
    return tuple(one for one in found if one.sheets or one.nameless)


def results_section(answered: Iterable[Answered]) -> Section:
    """``mean`` of «yes» and «no» is the share of yes in per cent. Only questions that somebody answered."""
    rows = (_result_row(one, question) for one in answered for question in marked(one.history))
    return Section(SectionKey.RESULTS, tuple(row for row in rows if row))


def answer_counts(answered: Iterable[Answered]) -> dict[str, list[list[int]]]:
    """How often each mark was given, by the key of the section's row; of too few answers nothing is told."""
    found = {}
    for one in answered:
        for question in marked(one.history):
            counts = Counter(int(value) for value in values_of(one, question.key))
            if counts.total() >= HIDDEN:
                found[f"{one.known.key}:{question.key}"] = [list(pair) for pair in sorted(counts.items())]
    return found


def values_of(one: Answered, key: str) -> list[int | bool]:
    """Of all sheets, those without a name last."""
    given = (*(sheet.answers for sheet in one.sheets), *one.nameless)
    return [answers[key] for answers in given if answers.get(key) is not None]


def marked(history: History) -> Iterator[Question]:
    return (one for one in history.questions if one.kind in MARKED_KINDS and not one.fills)


def changes_section(session: Session, compared: Sequence[BeforeAfter]) -> Section:
    """One row for each linked question that somebody answered both before and after."""
    submissions = _submissions_of(session, (item for one in compared for item in one.items))
    rows = [
        _change_row(one, item, submissions)
        for one in compared
        for item in one.items
        if item.comparison and item.comparison.n
    ]
    return Section(SectionKey.CHANGES, tuple(rows))


def influence_section(session: Session, compared: Sequence[BeforeAfter]) -> Section:
    """Means over all answers of a group of parameters: of the questionnaires made for it, and of the surveys before and
    after by role. What asks how much something matters is no influence."""
    sources = dict.fromkeys(map(source_of, compared))
    submissions = _submissions_of(session, (item for one in compared for item in one.items))
    rows = (
        _influence_row(submissions, source, aspect, [one for one in compared if source_of(one) == source])
        for source in sources
        for aspect in Aspect
    )
    return Section(SectionKey.INFLUENCE, tuple(row for row in rows if row))


def source_of(compared: BeforeAfter) -> str:
    """A questionnaire of no form stands for itself: «influence_pupil»; the others go together by role."""
    return compared.survey.role if compared.survey.form else compared.survey.stem


def too_few(n: int) -> tuple[Tag, ...]:
    """A report is read by others than the curator, so numbers of one or two people are left out of it."""
    if n < HIDDEN:
        return (Tag.HIDDEN,)
    return (Tag.FEW,) if n < FEW else ()


def shown_answer_keys(definition: Definition, wanted: str) -> list[str]:
    """The questions that a trace's ``question`` means in one version."""
    if not wanted.startswith(ASPECT):
        return [wanted] if wanted else []
    aspect = wanted.removeprefix(ASPECT)
    return [one.key for one in definition.questions if one.aspect == aspect and one.pair and one.kind == "scale"]


def _answered(session: Session, one: Known, sent: Sequence[SheetFact], span: Span, *, nameless: bool) -> Answered:
    history = history_of(one.questionnaire_id, list(one.definitions))
    return Answered(one, history, tuple(sent), _nameless(session, history, span) if nameless else ())


def _nameless(session: Session, history: History, span: Span) -> tuple[Mapping[str, Any], ...]:
    counted_ones = open_sheets(session, history, ResultFilter(since=span.since, until=span.until))
    return tuple(sheets(session, counted_ones.campaign_ids)) if counted_ones.campaign_ids else ()


def _result_row(one: Answered, question: Question) -> Row | None:
    key = f"{one.known.key}:{question.key}"
    named = [sheet for sheet in one.sheets if sheet.answers.get(question.key) is not None]
    values = values_of(one, question.key)
    if not values:
        return None
    spread, hidden = distribution(values), len(values) < HIDDEN
    trace = Trace(Listed.SUBMISSIONS, tuple((sheet.submission_id,) for sheet in named), question.key)
    shares = question.kind == "yes_no"
    figures = (
        Figure(f"results.{key}.n", len(values), trace),
        Figure(f"results.{key}.mean", None if hidden else _mean(spread, shares), trace),
        Figure(f"results.{key}.median", None if hidden or shares else spread.median, trace),
    )
    tags = too_few(len(values)) + (Tag.SHARE,) * shares + (Tag.ANONYMOUS,) * bool(one.nameless)
    group = f"{one.known.newest.title}|{one.known.newest.role}"
    return Row(key, figures, question.text, group, tags=tags)


def distribution(values: Iterable[int | bool]) -> Distribution:
    return of_numbers((), Counter(int(value) for value in values))


def _mean(spread: Distribution, shares: bool) -> float | None:
    if spread.mean is None:
        return None
    return share(spread.mean, 1) if shares else round(spread.mean, 2)


def _submissions_of(session: Session, items: Iterable[ItemComparison]) -> dict[int, int]:
    return last_submissions(session, {each for item in items for both in item.responses for each in both})


def _change_row(one: BeforeAfter, item: ItemComparison, submissions: Mapping[int, int]) -> Row:
    compared = item.comparison
    assert compared is not None
    key = f"{one.survey.stem}:{item.pair}"
    trace = Trace(Listed.CHANGES, _both(item.responses, submissions), item.before_key, item.after_key)
    shares = item.kind == "yes_no"
    size = 100 if shares else 1
    numbers: dict[str, float | None] = {
        "n": compared.n,
        "before": _scaled(compared.mean_before, size),
        "after": _scaled(compared.mean_after, size),
        "difference": _scaled(compared.mean_difference, size),
        "grew": share(compared.grew, compared.n),
        "effect": _scaled(compared.effect, 1),
        "p": compared.p,
    }
    if compared.n < HIDDEN:
        numbers = {name: value if name == "n" else None for name, value in numbers.items()}
    tags = too_few(compared.n) + (Tag.SHARE,) * shares + (Tag.IMPORTANCE,) * compared.importance
    figures = tuple(Figure(f"changes.{key}.{name}", value, trace) for name, value in numbers.items())
    group = f"{one.survey.form}:{one.survey.role}" if one.survey.form else one.survey.after_title
    return Row(key, figures, item.text_after, group, item.text_before, tags)


def _scaled(value: float | None, size: int) -> float | None:
    return None if value is None else round(value * size, 2 if size == 1 else 1)


def _both(responses: Iterable[tuple[int, int]], submissions: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    return tuple((submissions.get(before, 0), submissions.get(after, 0)) for before, after in responses)


def _influence_row(
    submissions: Mapping[int, int], source: str, aspect: Aspect, compared: Sequence[BeforeAfter]
) -> Row | None:
    items = [
        item
        for one in compared
        for item in one.items
        if item.aspect == aspect and item.kind == "scale" and item.comparison and not item.comparison.importance
    ]
    change = change_of(_answers_of(items))
    if change is None:
        return None
    responses = list(dict.fromkeys(both for item in items for both in item.responses))
    key, wanted = f"{source}_{aspect}", f"{ASPECT}{aspect}"
    trace = Trace(Listed.CHANGES, _both(responses, submissions), wanted, wanted)
    numbers: dict[str, float | None] = {
        "answers": change.n,
        "before": round(change.before, 2),
        "after": round(change.after, 2),
        "difference": round(change.difference, 2),
    }
    if len(responses) < HIDDEN:
        numbers = {name: value if name == "answers" else None for name, value in numbers.items()}
    figures = tuple(Figure(f"influence.{key}.{name}", value, trace) for name, value in numbers.items())
    tags, people = too_few(len(responses)), Figure(f"influence.{key}.people", len(responses), trace)
    return Row(key, (people, *figures), group=source, note=aspect.value, tags=tags)


def _answers_of(items: Iterable[ItemComparison]) -> Iterator[tuple[float, float]]:
    """Each item weighs as many answers as it got."""
    for item in items:
        compared = item.comparison
        if compared and compared.n and compared.mean_before is not None and compared.mean_after is not None:
            yield from [(compared.mean_before, compared.mean_after)] * compared.n
