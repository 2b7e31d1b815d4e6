"""Sentences about candidates, their training, workers' agreements and the registers."""

from collections.abc import Sequence
from decimal import Decimal

from admin.texts import labels
from admin.texts.days import plural
from mentoring.use_cases.selection import Criteria

STAGES = [
    ("interview", "без собеседования"),
    ("training", "без обучения"),
    ("ready", "готовы к реестру"),
    ("register", "в реестре по приказу"),
]

INTERVIEW_WRITTEN = "Собеседование записано. Заметки закрыты: каждое открытие остаётся в журнале."
PORTFOLIO_WRITTEN = "Портфолио сохранено: эти сведения встанут в бумагу сами."
INTERVIEW_CHANGED = "Запись исправлена."
TRAINING_PLANNED = "Занятие назначено. Теперь отметьте, кого на нём ждёте."
TRAINING_CHANGED = "Сохранено."
TRAINING_DROPPED = "Занятие отменено."
RELEASED = "Наставник снят с занятия."
ATTENDED = "Сохранено, кто был и сколько часов."
AGREEMENT_SAVED = "Сохранено."
AGREEMENT_STOPPED = "Записано. Чтобы пара снова вошла в приказ, понадобится новое согласие."
NOBODY_CHOSEN = "Никто не отмечен. Поставьте галочки и нажмите ещё раз."

LACKS = {
    "consent_on": "нет письменного согласия",
    "number": "нет номера соглашения",
    "signed_on": "соглашение не подписано",
    "payment": "не указана выплата",
}


def expected(count: int, unknown: Sequence[str] = ()) -> str:
    """What came of a list of names."""
    said = f"Записано на занятие: {count}." if count else "Новых записей нет."
    if not unknown:
        return said
    return f"{said} Не нашлись среди наставников, или похожи несколько: {'; '.join(unknown)}."


def age(row: Criteria) -> str:
    if row.age is not None:
        return plural(row.age, "год", "года", "лет")
    return labels.word(row.age_group) if row.age_group else ""


def hours(count: int) -> str:
    return plural(count, "час", "часа", "часов") if count else ""


def rest(names: Sequence[str]) -> list[str]:
    """What is lacking beside the consent."""
    return [name for name in names if name != "consent_on"]


def lacks(names: Sequence[str]) -> str:
    return ", ".join(LACKS[name] for name in names)


def roubles(amount: Decimal | None) -> str:
    """«3 000 ₽ в месяц»."""
    if amount is None:
        return ""
    whole = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",").removesuffix(",00")
    return f"{whole}\u00a0₽ в месяц"


def readiness(row: Criteria) -> str:
    """One cell of the table that is taken away."""
    if row.registered:
        return "в реестре"
    return ", ".join(labels.word(gap) for gap in row.gaps) or "готов к реестру"
