"""The same people before and after, in words that promise no more than was counted."""

from collections.abc import Iterable
from itertools import takewhile

from admin.texts.days import plural
from admin.texts.summaries import FEW as FEW
from admin.texts.summaries import HIDDEN as HIDDEN
from admin.texts.summaries import decimal as decimal
from admin.texts.summaries import form
from mentoring.rules.comparison import Comparison
from mentoring.rules.statistics import Distribution
from mentoring.use_cases.before_after import BeforeAfter, ItemComparison, Survey

COMPARED = ("человека", "человек", "человек")

DIRECTIONS = [("grew", "стало больше"), ("same", "так же"), ("fell", "стало меньше")]

HOPED = (
    "До начала здесь спрашивали, насколько это важно, а после — как было на деле. "
    "Поэтому разница показывает, сбылись ли ожидания, а не рост."
)

EFFECTS = ((0.1, "почти нет"), (0.3, "слабый"), (0.5, "средний"), (1.01, "сильный"))

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


def by_measure(items: Iterable[ItemComparison]) -> list[tuple[str, str, list[ItemComparison]]]:
    """Title, explanation and questions: growth is never mixed with «ожидание против опыта»."""
    known = list(items)
    scales = [one for one in known if one.comparison and one.kind != "yes_no"]
    parts = [
        ("Что изменилось", "", [one for one in scales if one.comparison and not one.comparison.importance]),
        ("Ожидание против опыта", HOPED, [one for one in scales if one.comparison and one.comparison.importance]),
    ]
    return [part for part in parts if part[2]]


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
