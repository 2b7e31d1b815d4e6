"""Sentences of campaigns: whom they ask, how they stand, what the year's calendar proposes."""

from collections.abc import Iterator
from datetime import datetime

from babel.dates import format_date

from admin.texts import labels
from admin.texts.days import day, plural
from mentoring.rules.campaign_calendar import CalendarRule
from mentoring.rules.campaigns import Audience, AudienceFilter
from mentoring.rules.forms import Form
from mentoring.rules.pairs import PairState
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.campaign_calendar import Proposed
from mentoring.use_cases.campaigns import AudienceCount, CampaignMade

USES = {
    "pulse": "Раз в месяц, одна минута",
    "survey": "В начале и в конце",
    "training": "Обучение наставников",
    "parents": "Родителям",
    "partners": "Партнёрам",
    "grid": "Куратору",
    "swot": "Куратору",
    "other": "Другие",
}

HEADINGS = tuple(dict.fromkeys(USES.values()))

ROLES = {
    "mentor": "наставникам",
    "mentee": "наставляемым",
    "guardian": "родителям",
    "partner": "партнёрам",
    "curator": "кураторам",
    "": "наставникам или наставляемым",
}

AUDIENCES = {
    Audience.MENTORS: "наставники",
    Audience.MENTEES: "наставляемые",
    Audience.GUARDIANS: "родители",
    Audience.PARTNERS: "партнёры",
    Audience.CURATORS: "кураторы",
}

RULES = {
    CalendarRule.ENTRY: (
        "В начале",
        "Каждую пару спросим, как только вы её подтвердите. Без опроса в начале не с чем сравнить опрос в конце.",
    ),
    CalendarRule.MONTHLY: ("Каждый месяц", "С 18-го по 25-е число: одна минута, чтобы заметить неладное вовремя."),
    CalendarRule.CHECKPOINT: (
        "Через два с половиной месяца после приказа",
        "Первая проверка программы: сетка качества и SWOT. Отвечаете вы.",
    ),
    CalendarRule.QUARTER: ("Раз в квартал", "Сетка качества в марте и сентябре. Отвечаете вы."),
    CalendarRule.INFLUENCE: (
        "Влияние на участников",
        "К 15 декабря и в мае: только тех, кто ответил на такой же опрос в начале.",
    ),
    CalendarRule.QUALITY: ("Качество программы", "В июне и декабре: сетка и SWOT. Отвечаете вы."),
    CalendarRule.AFTER: ("В конце", "С 15 мая по 10 июня: действующие и завершённые пары."),
    CalendarRule.FINAL: ("Итоги года", "С 15 мая по 10 июня: родители и партнёры."),
}

REPEATED = (CalendarRule.MONTHLY, CalendarRule.QUARTER, CalendarRule.QUALITY, CalendarRule.INFLUENCE)

STATES = [("open", "идут"), ("planned", "запланированы"), ("closed", "завершены"), ("cancelled", "отменены")]
NEEDS = [("silent", "закрываются, а ответили не все"), ("opens", "начнутся в ближайшие сутки")]
PAIR_STATES = [(PairState.ACTIVE.value, "действует"), (PairState.ENDED.value, "завершена")]


def forms() -> list[tuple[str, str]]:
    return labels.options(Form)


NOT_ANSWERED = "не ответил"
CANCELLED = "Опрос отменён. О нём никто не узнал. Его можно запланировать снова."
CHANGED = "Сохранено."
CLOSED = "Опрос завершён. Ответы больше не принимаем. Кто не успел, увидит это, когда откроет опрос."
RELEASED = "Хорошо, этого человека больше не ждём."
ASKED_AGAIN = "Снова ждём ответа."
NO_TIME = "Выберите, до какого дня ждать ответов."
NOBODY_CHOSEN = "Отметьте хотя бы одного наставника и одного наставляемого."
TITLE_NEEDED = "Назовите опрос: это увидят те, кого спросят."


def heading(one: Definition) -> tuple[str, str]:
    """Use, and the form for which it is written, if any."""
    return USES[one.use], labels.form(one.form) if one.form else ""


def span(opens_at: datetime, closes_at: datetime) -> str:
    """«18–25 января», «20 марта – 2 апреля»."""
    begin, end = day(opens_at), day(closes_at)
    number, _, rest = begin.partition(" ")
    return f"{number}–{end}" if end.endswith(f" {rest}") else f"{begin} – {end}"


def plain_title(questionnaire: str) -> str:
    """What people see: «Опрос в начале (наставник, учитель–ученик)» names to them what they know anyway."""
    return questionnaire.partition(" (")[0]


def proposed_title(one: Proposed) -> str:
    """«Как идут встречи, ноябрь 2026»."""
    title = plain_title(one.title)
    if one.rule not in REPEATED:
        return title
    return f"{title}, {format_date(one.closes_at, 'LLLL y', locale='ru')}"


def made(result: CampaignMade) -> str:
    if not result.made:
        return "Этот опрос уже создан."
    if result.state == "planned":
        return "Опрос запланирован. В назначенный час всё уйдёт само."
    return f"Опрос начат: {plural(result.asked, 'анкета', 'анкеты', 'анкет')}. Сообщения уходят."


def planned(count: int) -> str:
    return f"Запланировано: {plural(count, 'опрос', 'опроса', 'опросов')}." if count else "Всё это уже запланировано."


def extended(closes_at: datetime) -> str:
    return f"Ждём ответов до {day(closes_at)}. Кто уже начал, продолжит с того же места."


def reminded(count: int) -> str:
    if not count:
        return "Напоминать сейчас некому: всем, у кого есть чат, сегодня уже писали, или все ответили."
    return f"Напомним {plural(count, 'человеку', 'людям', 'людям')}. Только тем, кто не ответил."


def audience(chosen: AudienceFilter) -> str:
    """«наставляемые; форма: ученик–ученик; классы: 7, 8»."""
    return "; ".join(_audience(chosen))


def _audience(chosen: AudienceFilter) -> Iterator[str]:
    yield AUDIENCES[chosen.audience]
    if chosen.people:
        yield f"выбраны поимённо: {plural(len(chosen.people), 'человек', 'человека', 'человек')}"
    if chosen.forms:
        yield "форма: " + ", ".join(labels.form(name) for name in chosen.forms)
    if chosen.pair_states:
        yield "пара: " + ", ".join(said for name, said in PAIR_STATES if name in chosen.pair_states)
    if chosen.classes:
        yield "классы и группы: " + ", ".join(chosen.classes)
    if chosen.had_before:
        yield "отвечали на опрос в начале"


def count(found: AudienceCount) -> str:
    """«34 человека, 41 анкета»."""
    people = plural(found.people, "человек", "человека", "человек")
    if found.sheets == found.people:
        return people
    return f"{people}, {plural(found.sheets, 'анкета', 'анкеты', 'анкет')}: по одной на каждую пару"


def count_notes(found: AudienceCount) -> list[str]:
    notes = []
    if found.without_chat:
        notes.append(
            f"{plural(found.without_chat, 'человек', 'человека', 'человек')} без Телеграма: распечатайте им бланки."
        )
    if found.unreachable:
        notes.append(f"{plural(found.unreachable, 'человек недоступен', 'человека недоступны', 'человек недоступны')}.")
    if found.without_consent:
        notes.append(f"Ещё {found.without_consent} не спросим: нет согласия.")
    return notes
