"""What answers say together: each title is one finding, and n is always there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from admin.texts import labels
from admin.texts.days import plural
from mentoring.rules.comparison import Comparison
from mentoring.rules.forms import Form
from mentoring.rules.statistics import Bar, Distribution
from mentoring.use_cases.before_after import BeforeAfter, ItemComparison, Survey
from mentoring.use_cases.questionnaire_results import QuestionnaireResults, QuestionResult, ResultsLine

ANSWERS = ("ответ", "ответа", "ответов")
COMPARED = ("человека", "человек", "человек")
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

HOPED = (
    "До начала здесь спрашивали, насколько это важно, а после — как было на деле. "
    "Поэтому разница показывает, сбылись ли ожидания, а не рост."
)

DIRECTIONS = [("grew", "стало больше"), ("same", "так же"), ("fell", "стало меньше")]

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

PEOPLE_OF = {"mentor": "наставники", "mentee": "наставляемые"}

PAIRS = {
    "effect": "Удача программы",
    "comfort": "Комфорт",
    "personal": "Личные встречи",
    "group": "Общие встречи",
    "support": "Поддержка",
    "help": "Помощь",
    "plan": "Понятный план",
    "safety": "Безопасность",
    "clarity": "Ясность ожиданий",
    "change": "Перемены",
    "useful": "Польза",
    "leadership": "Лидерство",
    "planning": "Планирование",
    "plan_done": "Выполнение плана",
    "engagement": "Включённость",
    "satisfaction": "Совместная работа",
    "org": "Знакомство с работой",
    "adapt_use": "Освоение в профессии",
    "adapt_q": "Качество адаптации",
    "events": "Мероприятия",
    "theory": "Теория",
    "practice": "Практика",
    "freq": "Как часто",
    "glad": "Рады участвовать",
    "expect": "Ожидания",
    "value": "Что ценно",
    "programme_q": "Качество программы",
    "task_fit": "Ответ на задачи",
    "trust": "Доверие",
    "involvement": "Интерес к учёбе",
    "study_results": "Успехи в учёбе",
    "want_results": "Желание учиться лучше",
    "soft_skills": "Гибкие навыки",
    "like_going": "Желание идти на учёбу",
    "atmosphere": "Атмосфера на учёбе",
    "own_future": "Понимание своего будущего",
    "like_job": "Радость от работы",
    "climate": "Климат в коллективе",
    "energy": "Силы на работу",
    "class_results": "Успехи классов",
    "peace": "Споры решаются мирно",
    "contests": "Участие в конкурсах",
    "methods": "Уверенность на уроке",
}
"""Short names of linked questions; one that is not here is called by its text."""

EFFECTS = ((0.1, "почти нет"), (0.3, "слабый"), (0.5, "средний"), (1.01, "сильный"))


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


def by_measure(items: Iterable[ItemComparison]) -> list[tuple[str, str, list[ItemComparison]]]:
    """Title, explanation and questions: growth is never mixed with «ожидание против опыта»."""
    known = list(items)
    scales = [one for one in known if one.comparison and one.kind != "yes_no"]
    parts = [
        ("Что изменилось", "", [one for one in scales if one.comparison and not one.comparison.importance]),
        ("Ожидание против опыта", HOPED, [one for one in scales if one.comparison and one.comparison.importance]),
    ]
    return [part for part in parts if part[2]]


def form(name: str) -> str:
    return labels.word(Form(name)) if name in list(Form) else ""


def role(name: str) -> str:
    return ROLES.get(name, "всем")


def people(name: str) -> str:
    return PEOPLE_OF.get(name, "участники")


def survey(one: Survey) -> str:
    """By the form; what is for any form, by what the titles of both halves share."""
    alike = takewhile(lambda both: both[0] == both[1], zip(one.before_title, one.after_title, strict=False))
    shared = "".join(letter for letter, _ in alike).rstrip(" :,(–—")
    return form(one.form) or shared or one.before_title


def matched(found: BeforeAfter) -> str:
    """Who is compared, and who could not be."""
    said = f"Сравниваем {plural(found.both, *COMPARED)}: каждый ответил и до, и после в одной и той же паре."
    alone = [
        f"{words} {n}"
        for words, n in (("только до —", found.before - found.both), ("только после —", found.after - found.both))
        if n > 0
    ]
    return f"{said} Ещё ответили: {', '.join(alone)}." if alone else said


def times(spread: Distribution, value: str) -> int:
    return next((bar.n for bar in spread.bars if bar.value == value), 0)


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


def signed(number: float | None) -> str:
    return "" if number is None else f"+{decimal(number)}" if round(number, 1) > 0 else decimal(abs(number) and number)


def percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100)} %"


def changed(one: ItemComparison) -> str:
    """The title of a linked question: growth, or expectation against experience, never both (§2.8, rule 3)."""
    name, found = PAIRS.get(one.pair, one.text_after), one.comparison
    if found is None or not found.n:
        return name
    return f"{name}: {_got(found) if found.importance else _grown(found)}"


def agreed(one: ItemComparison) -> str:
    """«„да“ 13 из 17, было 11»: of those who answered both."""
    before, after = times(one.before, "yes"), times(one.after, "yes")
    return f"«да» {after} из {len(one.responses)}, было {before}"


def directions(found: Comparison) -> str:
    """«выше у 14, так же у 3, ниже у 1»."""
    more, less = ("больше, чем ждали, у", "меньше у") if found.importance else ("выше у", "ниже у")
    return f"{more} {found.grew}, так же у {found.same}, {less} {found.fell}"


def effect(found: Comparison) -> str:
    if found.effect is None:
        return "изменений нет"
    strength = next(word for bound, word in EFFECTS if abs(found.effect) < bound)
    return f"{strength} ({found.effect:+.2f})".replace(".", ",").replace("-", "−")


def chance(found: Comparison) -> str:
    """Whether it could be by chance, in words that promise no more than the test does."""
    if found.p is None:
        return "проверить нельзя: изменилось меньше десяти ответов"
    size = "меньше 0,001" if found.p < 0.001 else f"= {found.p:.3f}".replace(".", ",")
    return f"{'едва ли случайность' if found.significant else 'может быть случайностью'} (p {size})"


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


def _grown(found: Comparison) -> str:
    if found.same > max(found.grew, found.fell):
        return f"без перемен у {found.same} из {found.n}"
    if found.grew == found.fell:
        return f"поровну, выше у {found.grew} и ниже у {found.fell} из {found.n}"
    return f"выше у {found.grew} из {found.n}" if found.grew > found.fell else f"ниже у {found.fell} из {found.n}"


def _got(found: Comparison) -> str:
    if found.same > max(found.grew, found.fell):
        return f"как ждали, у {found.same} из {found.n}"
    if found.grew == found.fell:
        return f"поровну, больше и меньше, чем ждали, у {found.grew} из {found.n}"
    if found.grew > found.fell:
        return f"больше, чем ждали, у {found.grew} из {found.n}"
    return f"меньше, чем ждали, у {found.fell} из {found.n}"


FINDINGS: dict[str, Callable[[QuestionResult], str]] = {
    "scale": _marked,
    "number": _numbered,
    "yes_no": _agreed,
    "text": _written,
    "long_text": _written,
    "date": _written,
}
