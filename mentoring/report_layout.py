"""A report as tables of words: drawn alike by the page, the document and the workbook."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from mentoring import report_words as words
from mentoring.rules.reporting import Facts, Figure, Row, Section, SectionKey, Tag, TextKey


@dataclass(frozen=True, slots=True)
class Cell:
    """``bar``: from 0 to 1, where the number is a mark or a share. ``figure``: empty for a cell that opens nothing."""

    text: str
    value: float | None = None
    figure: str = ""
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``title`` is empty when the section's own says it; ``finding``: what the table shows, in a sentence."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    title: str = ""
    note: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with what the curator says about it. ``said``: sentences about how it was counted."""

    key: SectionKey
    title: str
    tables: tuple[Table, ...]
    said: tuple[str, ...] = ()
    text: TextKey | None = None


def parts(facts: Facts) -> tuple[Part, ...]:
    """A section without a row has no table and no title to be shown: what is missing is named at the end."""
    made = (_part(facts, facts.section(key)) for key in SectionKey)
    return tuple(part for part in made if part.tables or part.text)


def cell_of(figure: Figure, row: Row) -> Cell:
    shares, top = Tag.SHARE in row.tags, _TOPS.get(figure.column)
    text = _SHOWN.get(figure.column, words.number)(figure.value)
    if shares and figure.column in _MARKS:
        text = words.points(figure.value) if figure.column == "difference" else words.percent(figure.value)
        top = 100 if top else None
    bar = min(1.0, max(0.0, figure.value / top)) if top and figure.value is not None else None
    return Cell(text, figure.value, figure.key, bar)


def shown(rows: Iterable[Row]) -> list[Row]:
    """Without the groups of which too few answered."""
    return [row for row in rows if Tag.HIDDEN not in row.tags]


def _part(facts: Facts, section: Section) -> Part:
    tables = tuple(_noted(table) for table in _TABLES[section.key](facts, section) if table.lines)
    said = (*(_said(facts, section.key) if tables else ()), *_hidden(section))
    return Part(section.key, words.SECTIONS[section.key], tables, said, _TEXT_AFTER.get(section.key))


def _noted(table: Table) -> Table:
    """What is remarked of every line is said once."""
    notes = {line.note for line in table.lines}
    if len(table.lines) < 2 or len(notes) > 1 or notes == {""}:
        return table
    return replace(table, lines=tuple(replace(line, note="") for line in table.lines), note=notes.pop())


def _plain(first: str, columns: tuple[str, ...], labels: Callable[[Row], str]) -> Callable[..., Iterator[Table]]:
    def tables(facts: Facts, section: Section) -> Iterator[Table]:
        heads = (first, *(words.COLUMNS[column] for column in columns))
        yield Table(heads, tuple(_line(row, columns, labels(row)) for row in section.rows))

    return tables


def _line(row: Row, columns: Iterable[str], label: str, note: str = "") -> Line:
    figures = (row.figure(column) for column in columns)
    cells = tuple(cell_of(figure, row) if figure else Cell("") for figure in figures)
    return Line(label, cells, note, row.key == "all")


def _form(row: Row) -> str:
    return words.form_word(row.key)


def _role(row: Row) -> str:
    return words.ROLES[row.key]


def _campaign(row: Row) -> str:
    return row.label or words.ROLES["all"]


def _surveys(facts: Facts, section: Section) -> Iterator[Table]:
    heads = ("Опрос", words.COLUMNS["asked_people"], words.COLUMNS["answered_people"], words.COLUMNS["share"])
    lines = (_line(row, ("asked", "answered", "share"), _campaign(row), _tags(row)) for row in section.rows)
    yield Table(heads, tuple(lines))


def _results(facts: Facts, section: Section) -> Iterator[Table]:
    heads = ("Вопрос", *(words.COLUMNS[column] for column in ("n", "mean", "median")))
    for title, rows in groupby(shown(section.rows), lambda row: row.group):
        lines = tuple(_line(row, ("n", "mean", "median"), row.label, _tags(row)) for row in rows)
        yield Table(heads, lines, words.group_words(title))


def _changes(facts: Facts, section: Section) -> Iterator[Table]:
    """What was hoped for and what was got stand apart from what grew."""
    for group, found in groupby(shown(section.rows), lambda row: row.group):
        rows, title = list(found), words.group_words(group)
        plain = [row for row in rows if Tag.IMPORTANCE not in row.tags]
        hoped = [row for row in rows if Tag.IMPORTANCE in row.tags]
        columns = ("n", "before", "after", "difference", "grew", "p")
        heads = ("Вопрос", *(words.COLUMNS[column] for column in columns))
        lines = tuple(_line(row, columns, row.label, _tags(row)) for row in plain)
        yield Table(heads, lines, title, finding=_grown(plain))
        lines = tuple(_line(row, columns[:4], row.label, _tags(row)) for row in hoped)
        hoped_heads = ("Вопрос", "Ответов", "Было важно", "Получилось", "Разница")
        yield Table(hoped_heads, lines, f"{title}: {words.IMPORTANCE.lower()}", finding=_got(hoped))


def _grown(rows: list[Row]) -> str:
    grew = sum((row.value("difference") or 0) > 0 for row in rows)
    return f"Средняя выросла по {words.of_questions(grew, len(rows))}."


def _got(rows: list[Row]) -> str:
    got = sum((row.value("difference") or 0) >= 0 for row in rows)
    return f"Получилось не меньше, чем было важно, по {words.of_questions(got, len(rows))}."


def _tags(row: Row) -> str:
    return ", ".join(words.TAGS[tag] for tag in row.tags if tag in (Tag.FEW, Tag.SHARE, Tag.ANONYMOUS))


def _indicators(facts: Facts, section: Section) -> Iterator[Table]:
    columns = ("part", "whole", "percent", "target")
    heads = ("Показатель", *(words.COLUMNS[column] for column in columns))
    lines = (_line(row, columns, f"{place}. {words.INDICATORS[row.key]}") for place, row in enumerate(section.rows, 1))
    known = [row for row in section.rows if row.value("percent") is not None]
    reached = sum((row.value("percent") or 0) >= (row.value("target") or 0) for row in known)
    finding = f"Цель достигнута по {words.of_indicators(reached, len(known))}." if known else ""
    yield Table(heads, tuple(lines), finding=finding)


def _quality(facts: Facts, section: Section) -> Iterator[Table]:
    heads = ("Критерий", words.COLUMNS["mark"])
    for title, rows in groupby(section.rows, lambda row: row.group):
        yield Table(heads, tuple(_line(row, ("mark",), row.label or "Сумма отметок") for row in rows), title)


def _swot(facts: Facts, section: Section) -> Iterator[Table]:
    lines = (
        Line(row.label, tuple(Cell(row.note, figure=figure.key) for figure in row.figures[:1])) for row in section.rows
    )
    yield Table(("Вопрос", "Что видит куратор"), tuple(lines))


def _influence(facts: Facts, section: Section) -> Iterator[Table]:
    columns = ("people", "answers", "before", "after", "difference")
    heads = ("Параметры", *(words.COLUMNS[column] for column in columns))
    for source, rows in groupby(shown(section.rows), lambda row: row.group):
        lines = tuple(_line(row, columns, words.ASPECTS.get(row.note, row.note), _tags(row)) for row in rows)
        title = words.SOURCES.get(source, source)
        yield Table(heads, lines, f"{title[:1].upper()}{title[1:]}")


def _gaps(facts: Facts, section: Section) -> Iterator[Table]:
    lines = []
    for row in section.rows:
        figure = row.figures[0]
        number = int(figure.value or 0)
        lines.append(Line(words.gap_words(row.key, number), (Cell(str(number), number, figure.key),)))
    yield Table(("Что", "Сколько"), tuple(lines))


def _said(facts: Facts, key: SectionKey) -> Iterator[str]:
    said = facts.said
    if key is SectionKey.MEETINGS and said.get("pair_weeks"):
        weeks = words.number(said["pair_weeks"], places=1)
        yield f"Пары существовали в сумме {weeks} недели: на них делим состоявшиеся встречи."
    if key is SectionKey.RESULTS:
        yield "Оценки от 1 до 10, для вопросов «да – нет» показана доля «да». Меньше пяти ответов — мало для вывода."
    if key is SectionKey.CHANGES:
        yield (
            "Сравниваем ответы одного человека в одной паре в начале и в конце. p — вероятность получить такую разницу "
            "случайно (критерий Уилкоксона, от 10 изменившихся ответов)."
        )
    if key is SectionKey.INDICATORS:
        yield from _said_of_indicators(facts)
    if key is SectionKey.QUALITY:
        yield from _said_of_quality(facts)
    if key is SectionKey.SWOT and said.get("swot_on"):
        yield f"Заполнил куратор {words.long_date(date.fromisoformat(said['swot_on']))}"


def _hidden(section: Section) -> Iterator[str]:
    named = dict.fromkeys(_hidden_words(row) for row in section.rows if Tag.HIDDEN in row.tags)
    if named:
        many = words.plural(len(named), "группа", "группы", "групп")
        yield words.HIDDEN.format(what="; ".join(named) if len(named) <= words.MOST_NAMED else many)


def _hidden_words(row: Row) -> str:
    said = words.group_words(row.group)
    return f"{said}: {words.ASPECTS[row.note]}" if row.note in words.ASPECTS else said


def _said_of_indicators(facts: Facts) -> Iterator[str]:
    said = facts.said
    yield (
        f"Считаем нарастающим итогом с начала программы. Каждый человек посчитан один раз, возраст — на "
        f"{words.long_date(date.fromisoformat(said['ages_on']))}"
    )
    yield (
        f"Доволен тот, кто рад, что участвовал, и чья средняя оценка работы и результата не ниже "
        f"{words.number(said['threshold'])} из 10: порог установлен организацией. Считаем приславших опрос в конце."
    )
    yield "Стаж педагогов анкета не спрашивает: молодыми считаем педагогов-наставляемых."


def _said_of_quality(facts: Facts) -> Iterator[str]:
    total, level = facts.value("quality.all.mark"), facts.said.get("level")
    if level:
        levels = "15–18 оптимальный, 9–14 допустимый, 0–8 недопустимый"
        yield f"Сумма {words.number(total)} из 18: {words.LEVELS[level]} ({levels})."
    if facts.said.get("grid_on"):
        yield f"Отметил куратор {words.long_date(date.fromisoformat(facts.said['grid_on']))}"


_TABLES: dict[SectionKey, Callable[..., Iterator[Table]]] = {
    SectionKey.PEOPLE: _plain("Роль", ("entered", "approved", "taking_part", "left"), _role),
    SectionKey.PAIRS: _plain("Форма", ("confirmed", "active", "ordered", "ended", "mentors", "mentees"), _form),
    SectionKey.MEETINGS: _plain(
        "Форма", ("planned", "held", "missed", "cancelled", "unclosed", "per_week", "silent"), _form
    ),
    SectionKey.FEEDBACK: _plain("Кто", ("asked", "answered", "share"), _role),
    SectionKey.SURVEYS: _surveys,
    SectionKey.RESULTS: _results,
    SectionKey.CHANGES: _changes,
    SectionKey.INDICATORS: _indicators,
    SectionKey.QUALITY: _quality,
    SectionKey.SWOT: _swot,
    SectionKey.INFLUENCE: _influence,
    SectionKey.GAPS: _gaps,
}

_TEXT_AFTER = {
    SectionKey.SURVEYS: TextKey.MEETINGS,
    SectionKey.RESULTS: TextKey.ANSWERS,
    SectionKey.INFLUENCE: TextKey.CHANGES,
    SectionKey.QUALITY: TextKey.INDICATORS,
}

_SHOWN: dict[str, Callable[..., str]] = {
    "share": words.percent,
    "percent": words.percent,
    "target": words.percent,
    "grew": words.percent,
    "difference": words.signed_number,
    "p": words.chance,
}
_MARKS = frozenset({"mean", "before", "after", "difference"})
_TOPS = {"mean": 10, "before": 10, "after": 10, "share": 100, "percent": 100, "grew": 100, "mark": 2}
"""The longest bar."""
