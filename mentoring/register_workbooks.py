"""The registers as tables: the model's columns, then our own ones (methodology.md §3.1, §3.2). Page and XLSX alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.report_words import form_word
from mentoring.use_cases.register_rows import MenteeRow, MentorRow, PairLink, Seen
from mentoring.workbooks import Column

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """``lines`` are as long as ``columns``."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[Cell, ...], ...]


NUMBER = Column("№", 6, "number")
MENTORS = (
    NUMBER,
    Column("Фамилия, имя, отчество", 34),
    Column("Контакты", 18),
    Column("Место работы или учёбы", 28),
    Column("Основные компетенции", 34),
    Column("Достижения, важные для программы", 40),
    Column("Интересы", 28),
    Column("Желаемый возраст наставляемых", 24),
    Column("Ресурс времени", 26),
    Column("Вошёл в программу", 14, "date"),
    Column("Наставляемые", 34),
    Column("Форма наставничества", 22),
    Column("Место работы или учёбы наставляемого", 28),
    Column("Дата завершения", 14, "date"),
    Column("Результаты", 32),
    Column("Ссылка на кейс или отзыв", 26),
)
MENTEES = (
    NUMBER,
    Column("Фамилия, имя, отчество", 34),
    Column("Контакты", 30),
    Column("Год рождения", 10, "number"),
    Column("Основной запрос", 40),
    Column("Вошёл в программу", 14, "date"),
    Column("Наставник", 34),
    Column("Форма наставничества", 22),
    Column("Место работы или учёбы наставника", 28),
    Column("Дата завершения", 14, "date"),
    Column("Результаты", 32),
    Column("Ссылка на кейс или отзыв", 26),
    Column("Прошёл программу", 20),
)
OURS = (
    Column("Ролевая модель", 24),
    Column("Состояние пары", 24),
    Column("Приказ о закреплении", 14),
    Column("Дата приказа", 14, "date"),
    Column("Согласия", 44),
    Column("Встреч", 10, "number"),
    Column("Последняя встреча", 14, "date"),
    Column("Опрос до", 10),
    Column("Опрос после", 10),
)
OURS_OF_MENTORS = (
    *OURS,
    Column("Соглашение по ст. 351.8", 14, "date"),
    Column("Приказ о реестре", 14),
    Column("Дата приказа о реестре", 14, "date"),
)
NOT_NAMED = "имя не публикуется"
PUBLIC = (
    NUMBER,
    Column("Фамилия, имя, отчество", 34),
    Column("Место работы или учёбы", 28),
    Column("Основные компетенции", 44),
    Column("Желаемый возраст наставляемых", 30),
    Column("Форма наставничества", 24),
)


def mentors_table(rows: Iterable[MentorRow], *, ours: bool = False) -> Table:
    """``ours``: with the columns beyond the model's."""
    lines = (_mentor(row) + (_ours(row) + _papers(row) if ours else ()) for row in rows)
    return Table(MENTORS + OURS_OF_MENTORS if ours else MENTORS, tuple(lines))


def mentees_table(rows: Iterable[MenteeRow], *, ours: bool = False) -> Table:
    lines = (_mentee(row) + (_ours(row) if ours else ()) for row in rows)
    return Table(MENTEES + OURS if ours else MENTEES, tuple(lines))


def public_table(rows: Iterable[MentorRow]) -> Table:
    """For the site: only who has agreed to be published is named."""
    return Table(PUBLIC, tuple(_public(rows)))


def _mentor(row: MentorRow) -> tuple[Cell, ...]:
    return (
        row.number,
        row.name.full,
        row.contact,
        row.place,
        row.competences,
        row.achievements,
        row.interests,
        row.wished_age,
        row.time,
        row.entered_on,
        "; ".join(one.name.full for one in row.mentees),
        *_work(row.link, row.mentees),
    )


def _mentee(row: MenteeRow) -> tuple[Cell, ...]:
    return (
        row.number,
        row.name.full,
        row.contact,
        row.born,
        row.request,
        row.entered_on,
        row.mentor.name.full if row.mentor else "",
        *_work(row.link, [row.mentor] if row.mentor else []),
        row.passed,
    )


def _work(link: PairLink | None, others: Sequence[Seen]) -> tuple[Cell, ...]:
    """Form, place of the other side, last day, results, link."""
    places = "; ".join(dict.fromkeys(one.place for one in others if one.place))
    if link is None:
        return ("", places, None, "", "")
    return (form_word(link.form), places, link.ended_on, link.result, link.case_link)


def _ours(row: MentorRow | MenteeRow) -> tuple[Cell, ...]:
    link = row.link
    return (
        link.role_model if link else "",
        link.standing if link else "",
        link.order_number if link else "",
        link.order_on if link else None,
        row.consents,
        link.meetings if link else None,
        link.last_met_on if link else None,
        "есть" if row.answered_before else "нет",
        "есть" if row.answered_after else "нет",
    )


def _papers(row: MentorRow) -> tuple[Cell, ...]:
    return (row.agreement_on, row.register_number, row.register_on)


def _public(rows: Iterable[MentorRow]) -> Iterator[tuple[Cell, ...]]:
    """One line for a mentor, however many pairs they have."""
    theirs: dict[int, list[MentorRow]] = {}
    for row in rows:
        theirs.setdefault(row.number, []).append(row)
    for number, same in theirs.items():
        forms = dict.fromkeys(form_word(row.link.form) for row in same if row.link and row.link.form)
        first = same[0]
        named = (first.name.full, first.place) if first.named else (NOT_NAMED, "")
        yield (number, *named, first.competences, first.wished_age, ", ".join(forms))
