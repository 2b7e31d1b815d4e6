"""The year's figures counted once more, from what people said and with other hands than the product's."""

from collections.abc import Iterator, Sequence
from statistics import fmean, median
from typing import Any

from scipy.stats import wilcoxon

from config.library import questionnaire_definitions
from tests.journeys.answering import Said
from tests.journeys.year import Couple, Told

MARKS = ("scale", "yes_no", "number")
SATISFIED_FROM = 7

Figures = dict[str, float]


def expected_figures(pairs: Sequence[Couple], told: Sequence[Told]) -> Figures:
    found: Figures = {}
    for counted in (_people(pairs), _pairs(pairs), _results(told), _changes(told), _glad(told)):
        found |= dict(counted)
    return found


def _people(pairs: Sequence[Couple]) -> Iterator[tuple[str, float]]:
    yield "people.mentor.approved", len(pairs)
    yield "people.mentee.approved", len(pairs)
    yield "people.all.taking_part", 2 * len(pairs)
    for name, role, oldest, youngest in (("mentees", "mentee", 2006, 2017), ("mentors", "mentor", 2006, 2012)):
        people = [getattr(couple, role) for couple in pairs]
        learners = [one for one in people if one.kind in ("pupil", "student")]
        aged = [one for one in learners if oldest < int(one.born[:4]) < youngest]
        yield f"indicators.pupils_{name}.part", len(aged)
    yield "indicators.young_teachers.part", sum(couple.mentee.kind == "teacher" for couple in pairs)


def _pairs(pairs: Sequence[Couple]) -> Iterator[tuple[str, float]]:
    for form in {couple.form for couple in pairs}:
        of_form = [couple for couple in pairs if couple.form == form]
        yield f"pairs.{form}.mentors", len(of_form)
        yield f"meetings.{form}.held", len(of_form)
    yield "meetings.all.held", len(pairs)
    yield "feedback.all.asked", 2 * len(pairs)


def _results(told: Sequence[Told]) -> Iterator[tuple[str, float]]:
    for key in {one.key for one in told}:
        sheets = [one.said for one in told if one.key == key]
        for question in (one for one in _questions(key) if one["kind"] in MARKS):
            values = [_number(said[question["key"]]) for said in sheets if said.get(question["key"]) is not None]
            if values:
                scale = 100 if question["kind"] == "yes_no" else 1
                yield f"results.{key}:{question['key']}.n", len(values)
                yield f"results.{key}:{question['key']}.mean", fmean(values) * scale
                if scale == 1:
                    yield f"results.{key}:{question['key']}.median", median(values)
    yield "surveys.all.answered", len(told)


def _changes(told: Sequence[Told]) -> Iterator[tuple[str, float]]:
    for form, role in {(one.form, one.role) for one in told}:
        before, after = (_by_person(told, form, role, moment) for moment in ("before", "after"))
        for first, second in _linked(f"survey_{form}_{role}"):
            both = [
                (_number(before[who][first]), _number(after[who][second]))
                for who in before.keys() & after.keys()
                if before[who].get(first) is not None and after[who].get(second) is not None
            ]
            name = f"changes.survey_{form}_{role}:{_pair_key(f'survey_{form}_{role}_before', first)}"
            yield from _change(name, both)
            if not _importance(f"survey_{form}_{role}_before", first):
                yield f"{name}.grew", 100 * fmean(later > earlier for earlier, later in both)


def _change(name: str, both: Sequence[tuple[float, float]]) -> Iterator[tuple[str, float]]:
    yield f"{name}.n", len(both)
    yield f"{name}.before", fmean(one for one, _ in both)
    yield f"{name}.after", fmean(two for _, two in both)
    yield f"{name}.difference", fmean(two - one for one, two in both)


def chances(told: Sequence[Told]) -> Figures:
    """p of the Wilcoxon signed-rank test as SciPy approximates it, by the figure's key."""
    found: Figures = {}
    for form, role in {(one.form, one.role) for one in told}:
        before, after = (_by_person(told, form, role, moment) for moment in ("before", "after"))
        for first, second in _linked(f"survey_{form}_{role}"):
            shared = before.keys() & after.keys()
            changes = [_number(after[who][second]) - _number(before[who][first]) for who in shared]
            key = _pair_key(f"survey_{form}_{role}_before", first)
            moved = [change for change in changes if change]
            if len(moved) >= 10 and not _importance(f"survey_{form}_{role}_before", first):
                found[f"changes.survey_{form}_{role}:{key}.p"] = float(wilcoxon(moved, method="approx").pvalue)
    return found


def _glad(told: Sequence[Told]) -> Iterator[tuple[str, float]]:
    for role in ("mentor", "mentee"):
        sheets = [one for one in told if one.role == role and one.moment == "after"]
        glad = [one for one in sheets if _satisfied(one)]
        yield f"indicators.glad_{role}s.whole", len(sheets)
        yield f"indicators.glad_{role}s.part", len(glad)
        yield f"indicators.glad_{role}s.percent", 100 * len(glad) / len(sheets)


def _satisfied(one: Told) -> bool:
    marked = [question for question in _questions(one.key) if question.get("satisfaction")]
    scales = [_number(one.said[question["key"]]) for question in marked if question["kind"] == "scale"]
    return bool(one.said["glad"]) and fmean(scales) >= SATISFIED_FROM


def _linked(stem: str) -> Iterator[tuple[str, str]]:
    """Scales that were asked before and after, by the keys of the two questions."""
    later = {question.get("pair"): question for question in _questions(f"{stem}_after")}
    for question in _questions(f"{stem}_before"):
        other = later.get(question.get("pair"))
        if question.get("pair") and other and question["kind"] == other["kind"] == "scale":
            yield question["key"], other["key"]


def _by_person(told: Sequence[Told], form: str, role: str, moment: str) -> dict[tuple[int, int], dict[str, Said]]:
    chosen = [one for one in told if (one.form, one.role, one.moment) == (form, role, moment)]
    return {(one.pair_id, one.person_id): one.said for one in chosen}


def _questions(key: str) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = questionnaire_definitions()[key]["question"]
    return questions


def _importance(key: str, question: str) -> bool:
    """«Ожидание против опыта»: nothing has grown there."""
    return any(one.get("importance") for one in _questions(key) if one["key"] == question)


def _pair_key(key: str, question: str) -> str:
    return str(next(one["pair"] for one in _questions(key) if one["key"] == question))


def _number(said: Said) -> float:
    assert isinstance(said, int)
    return float(said)
