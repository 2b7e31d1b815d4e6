"""What answers say together: each title is one finding, and n is always there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from admin.texts import labels
from admin.texts.days import plural
from mentoring.rules.forms import Form
from mentoring.rules.statistics import Bar, Distribution
from mentoring.use_cases.questionnaire_results import QuestionnaireResults, QuestionResult
from mentoring.use_cases.results_list import ResultsLine

ANSWERS = ("ответ", "ответа", "ответов")
SHEETS = ("анкета без имени", "анкеты без имени", "анкет без имени")
HIGH, LOW, TEN = 8, 4, 10

FEW = "мало ответов, выводы делать рано"
HIDDEN = "В этом отборе меньше трёх ответов. Числа не показываем, чтобы нельзя было узнать человека."
NOBODY = "Пока никто не ответил"

PERIODS = [
    ("month", "этот месяц"),
    ("last_month", "прошлый месяц"),
    ("quarter", "последние три месяца"),
    ("year", "этот учебный год"),
]


USES = {
    "survey": "До и после",
    "pulse": "Раз в месяц",
    "feedback": "Отзывы о встречах",
    "entry": "Вступление в программу",
    "training": "Подготовка наставников",
    "preferences": "После общей встречи",
    "parents": "Родителям",
    "partners": "Партнёрам",
    "grid": "Оценка программы",
    "swot": "Сильные и слабые стороны",
    "other": "Другие",
}

ROLES = {
    "mentor": "наставникам",
    "mentee": "наставляемым",
    "guardian": "родителям",
    "curator": "куратору",
    "partner": "партнёрам",
}


@dataclass(frozen=True, slots=True)
class UseGroup:
    title: str
    answered: tuple[ResultsLine, ...]
    empty: tuple[ResultsLine, ...]


def by_use(lines: Iterable[ResultsLine]) -> list[UseGroup]:
    known = list(lines)
    groups = []
    for use, title in USES.items():
        of_use = [one for one in known if (one.use if one.use in USES else "other") == use]
        answered = tuple(one for one in of_use if one.n)
        groups.append(UseGroup(title, answered, tuple(one for one in of_use if not one.n)))
    return groups


def by_section(questions: Iterable[QuestionResult]) -> list[tuple[str, list[QuestionResult]]]:
    """In the order in which they are asked; those that are asked no more come last, and only if somebody answered."""
    known = list(questions)
    asked = [(title, list(of_it)) for title, of_it in groupby((one for one in known if not one.retired), _section)]
    gone = [one for one in known if one.retired and one.n]
    return [*asked, ("Больше не спрашиваем", gone)] if gone else asked


def form(name: str) -> str:
    return labels.word(Form(name)) if name in list(Form) else ""


def role(name: str) -> str:
    return ROLES.get(name, "всем")


def finding(one: QuestionResult) -> str:
    """The title of a question's card."""
    if one.hidden:
        return "Меньше трёх ответов: не показываем"
    return FINDINGS.get(one.kind, _chosen)(one) if one.n else NOBODY


def figures(one: QuestionResult) -> str:
    """The line under the title: n, and the middle of numbers."""
    said = [f"n = {one.n}"]
    if one.distribution.mean is not None:
        said.append(f"средняя {decimal(one.distribution.mean)}")
    if one.distribution.median is not None:
        said.append(f"медиана {decimal(one.distribution.median)}")
    if one.skipped:
        said.append(f"не ответили {one.skipped}")
    return ", ".join(said)


def counted(found: QuestionnaireResults) -> str:
    """«18 ответов, из них 5 без имени»."""
    said = plural(found.n, *ANSWERS)
    return f"{said}, из них {found.anonymous} без имени" if found.anonymous else said


def missing(found: QuestionnaireResults) -> list[str]:
    """Sheets without a name that are not counted here, and why."""
    said = []
    if found.left_out:
        said.append(
            f"Сюда не вошли {plural(found.left_out, *SHEETS)}: мы не знаем, кто их заполнил, "
            "и не можем отобрать по форме, роли или классу."
        )
    if found.waiting:
        said.append(
            f"Ещё {plural(found.waiting, *SHEETS)} покажем, когда опрос закроется и таких анкет будет хотя бы три: "
            "иначе по числам можно понять, кто что ответил."
        )
    return said


def decimal(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}".removesuffix(".0").replace(".", ",").replace("-", "−")


def _section(one: QuestionResult) -> str:
    return one.section


def _marked(one: QuestionResult) -> str:
    spread = one.distribution
    if (one.lowest, one.highest) != (1, TEN):
        return _most([bar.label for bar in _best(spread)], one)
    high = sum(bar.n for bar in spread.bars if int(bar.value) >= HIGH)
    low = sum(bar.n for bar in spread.bars if int(bar.value) <= LOW)
    if high * 2 >= one.n:
        return f"Высоко, {HIGH} и больше, оценили {high} из {one.n}"
    if low * 2 >= one.n:
        return f"Низко, {LOW} и меньше, оценили {low} из {one.n}"
    return f"Оценки разные, в среднем {decimal(spread.mean)} из {TEN}"


def _numbered(one: QuestionResult) -> str:
    return f"В среднем {decimal(one.distribution.mean)}"


def _agreed(one: QuestionResult) -> str:
    yes = next((bar for bar in one.distribution.bars if bar.value == "yes"), None)
    return f"«{yes.label if yes else 'Да'}» — {yes.n if yes else 0} из {one.n}"


def _chosen(one: QuestionResult) -> str:
    return _most([f"«{bar.label}»" for bar in _best(one.distribution)], one)


def _best(spread: Distribution) -> list[Bar]:
    most = max((bar.n for bar in spread.bars), default=0)
    return [bar for bar in spread.bars if bar.n == most]


def _most(labels: Sequence[str], one: QuestionResult) -> str:
    times = f"{_best(one.distribution)[0].n} из {one.n}"
    if len(labels) == 1:
        return f"Чаще всего {labels[0]}: {times}"
    return f"Поровну {labels[0]} и {labels[1]}: по {times}" if len(labels) == 2 else "Ответы разделились поровну"


def _written(one: QuestionResult) -> str:
    return f"Своими словами: {plural(one.written, *ANSWERS)}"


FINDINGS: dict[str, Callable[[QuestionResult], str]] = {
    "scale": _marked,
    "number": _numbered,
    "yes_no": _agreed,
    "text": _written,
    "long_text": _written,
    "date": _written,
}
