"""Reports in the panel: periods to choose from, what a list shows, what a button did."""

from collections.abc import Iterator
from datetime import date, timedelta

from mentoring import report_words as words
from mentoring.report_layout import cell_of
from mentoring.rules.reporting import Listed, PeriodKind, SectionKey, period_of
from mentoring.use_cases.report_lists import FigureList, ListedRow
from mentoring.use_cases.reports import ReportLine

BEGUN = "Отчёт готов: числа посчитаны на эту минуту. Поправьте тексты и подпишите, когда всё верно."
CONTINUED = "Черновик за этот период уже есть: вот он, с числами на эту минуту."
WRITTEN = "Тексты сохранены."
SIGNED = "Отчёт подписан. Его числа и тексты больше не изменятся."
DROPPED = "Черновик удалён. Ответы и встречи, по которым он считался, на месте."
FIGURES_SAVED = "Показатели сохранены. Черновики отчётов уже считают по ним."

ERASED, NAMELESS, ENTERED = words.ERASED, words.NAMELESS, words.ENTERED

TO_FILL = {
    "gaps.grid.n": ("Заполнить анкету куратора", "curator_forms.page", {"form_key": "programme_grid"}),
    "gaps.swot.n": ("Заполнить SWOT-анализ", "curator_forms.page", {"form_key": "swot"}),
    "gaps.figures.n": ("Вписать числа", "reports.figures", {}),
}
"""Where what is missing can be entered: words of the button, page and what it is called with."""

NOTHING_BEHIND = {
    SectionKey.INDICATORS: "Это число указал куратор на странице «Числа для показателей».",
    SectionKey.GAPS: "Здесь нечего перечислить: этого ещё нет.",
}

HEADS = {
    Listed.PEOPLE: ("Человек", "Класс или должность"),
    Listed.ENROLMENTS: ("Человек", "Класс или должность", "Роль", "Пришёл"),
    Listed.PAIRS: ("Наставник", "Наставляемый", "Пара с"),
    Listed.MEETINGS: ("Встреча", "Наставник", "Наставляемый"),
    Listed.FEEDBACK: ("Человек", "Класс или должность", "Встреча", "Отзыв"),
    Listed.RECIPIENTS: ("Человек", "Класс или должность", "Спросили", "Ответ"),
    Listed.SUBMISSIONS: ("Человек", "Класс или должность", "Отправлено", "Ответ"),
    Listed.CHANGES: ("Человек", "Класс или должность", "До", "После"),
}


def title(line: ReportLine, school_year: str = "") -> str:
    return words.report_title(line.kind, line.starts_on, line.ends_on, school_year)


def period(line: ReportLine) -> str:
    return words.period_words(line.kind, line.starts_on, line.ends_on)


def file_name(line: ReportLine, ending: str) -> str:
    return f"{title(line)}.{ending}".replace("/", "–")


def periods(starts_on: date, ends_on: date, today: date) -> list[tuple[str, str]]:
    """What a report can be made of by now: the newest first, from months to the whole year."""
    season = (starts_on, ends_on)
    found = dict(_periods(season, today))
    return [(value, said[:1].upper() + said[1:]) for value, said in found.items()]


def _periods(season: tuple[date, date], today: date) -> Iterator[tuple[str, str]]:
    for kind in PeriodKind:
        day = min(today, season[1])
        while day >= season[0]:
            first, last = period_of(kind, day, season)
            yield f"{kind.value}:{first.isoformat()}", words.period_words(kind, first, last).removeprefix("за ")
            if kind is PeriodKind.SEASON:
                break
            day = first - timedelta(days=1)


def chosen_period(value: str) -> tuple[PeriodKind, date]:
    kind, _, day = value.partition(":")
    return PeriodKind(kind), date.fromisoformat(day)


def what(found: FigureList) -> str:
    """What the list was counted for: «Встречи: всего, состоялось»."""
    row = found.row
    named = f"«{row.label}»" if row.label else _named(found.section, row.key)
    column = words.COLUMNS.get(found.figure.column, "").replace("\u00ad", "").lower()
    said = ", ".join(part for part in (named, column) if part)
    return f"{words.SECTIONS[found.section]}: {said}"


def value(found: FigureList) -> str:
    return cell_of(found.figure, found.row).text


def nothing(found: FigureList) -> str:
    """Why there is no list."""
    if found.kind is Listed.NOTHING:
        return NOTHING_BEHIND.get(found.section, "Это число сложено из других.")
    return "Таких строк за это время не было."


def _named(section: SectionKey, key: str) -> str:
    if section in (SectionKey.PAIRS, SectionKey.MEETINGS):
        return words.form_word(key)
    return NAMED.get(section, words.ROLES).get(key, "")


def name(row: ListedRow) -> str:
    return row.name or (ERASED if row.erased else "пока без имени")


def role(row: ListedRow) -> str:
    return {"mentor": "наставник", "mentee": "наставляемый"}.get(row.role, "")


NAMED = {
    SectionKey.INDICATORS: words.INDICATORS,
    SectionKey.QUALITY: {"all": "сумма отметок"},
    SectionKey.GAPS: {},
}
