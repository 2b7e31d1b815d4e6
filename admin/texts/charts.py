"""Charts that say one thing each: the title is the finding, n is always there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from admin.texts.days import plural
from mentoring.use_cases.pair_results import Rating, Ratings
from storage.queries.meetings_by_month import Month

MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
GOOD = 8  # of ten
LATEST = 10
ENOUGH = 3
ANSWERS = ("ответ", "ответа", "ответов")


@dataclass(frozen=True, slots=True)
class Chart:
    """``table`` is the same in words, for those who do not see the picture."""

    title: str
    note: str
    data: str
    table: list[tuple[str, str]]
    behind: dict[str, str] = field(default_factory=dict)


def charts(ratings: Ratings, months: Sequence[Month]) -> list[Chart]:
    made = [_both_sides(ratings), _useful(ratings.numbers["useful"]), _meetings(months)]
    return [chart for chart in made if chart]


def _both_sides(ratings: Ratings) -> Chart | None:
    """How calm both sides feel, and how useful they find it."""
    mentors = (ratings.comfort_of_mentors, ratings.usefulness_of_mentors)
    mentees = (ratings.comfort_of_mentees, ratings.usefulness_of_mentees)
    if not any(one.answers for one in (*mentors, *mentees)):
        return None
    names = ("спокойно и легко", "полезно")
    table = [
        (f"{name}, {who}", f"{_shown(one)} ({plural(one.answers, *ANSWERS)})")
        for who, side in (("наставляемые", mentees), ("наставники", mentors))
        for name, one in zip(names, side, strict=True)
    ]
    means = [("наставляемые", [one.mean for one in mentees]), ("наставники", [one.mean for one in mentors])]
    data = _data(names, means)
    answers = max(one.answers for one in mentees) + max(one.answers for one in mentors)
    return Chart(_comfort_title(*mentees[:1], *mentors[:1]), f"Средняя оценка из 10, n = {answers}.", data, table)


def _comfort_title(mentees: Rating, mentors: Rating) -> str:
    if mentees.answers + mentors.answers < ENOUGH:
        return "Отзывов пока мало, выводы делать рано"
    if mentees.mean is None or mentors.mean is None:
        return f"На встречах спокойно на {_shown(mentees if mentees.mean is not None else mentors)} из 10"
    return f"Наставляемым спокойно на {_shown(mentees)} из 10, наставникам — на {_shown(mentors)}"


def _useful(numbers: Sequence[int]) -> Chart | None:
    answers = sum(numbers)
    if not answers:
        return None
    good = sum(numbers[GOOD - 1 :])
    labels = [str(number) for number in range(1, len(numbers) + 1)]
    return Chart(
        f"Встреча очень полезна в {good} отзывах из {answers}",
        f"Сколько раз поставили каждую оценку от 1 до 10, n = {answers}. Очень полезна — {GOOD} и выше.",
        _data(labels, [("отзывы", list(numbers))], top=None),
        list(zip(labels, map(str, numbers), strict=True)),
        {"key": "feedback_mentee"},
    )


def _meetings(months: Sequence[Month]) -> Chart | None:
    if not months:
        return None
    shown = months[-LATEST:]
    labels = [f"{MONTHS[one.month - 1]} {one.year}" for one in shown]
    total = sum(one.held for one in shown)
    last = shown[-1]
    return Chart(
        f"{MONTHS[last.month - 1].capitalize()}: {plural(last.held, 'встреча', 'встречи', 'встреч')}",
        f"Состоявшиеся встречи по месяцам, n = {total}.",
        _data(labels, [("встречи", [one.held for one in shown])], top=None),
        [(label, str(one.held)) for label, one in zip(labels, shown, strict=True)],
    )


def _shown(rating: Rating) -> str:
    return "нет ответов" if rating.mean is None else f"{rating.mean:g}".replace(".", ",")


def _data(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], *, top: int | None = 10) -> str:
    drawn = [{"name": name, "values": list(values)} for name, values in series]
    return json.dumps({"labels": list(labels), "series": drawn, "top": top}, ensure_ascii=False)
