"""Words that the product suggests for a report's blocks. They are made of its numbers alone and judge nothing more."""

from collections.abc import Callable, Iterator, Sequence

from mentoring.report_words import (
    INDICATORS,
    LEVELS,
    group_words,
    number,
    of_indicators,
    percent,
    plural,
    signed_number,
)
from mentoring.rules.reporting import Facts, Row, SectionKey, Tag, TextKey
from mentoring.rules.statistics import FEW

MOST = 3


def suggested_texts(facts: Facts) -> dict[TextKey, str]:
    """By block; one about which there are no numbers is empty. What to conclude and propose is the curator's alone."""
    return {key: " ".join(sentences(facts)) for key, sentences in _WRITERS.items()}


def _overview(facts: Facts) -> Iterator[str]:
    part, active = _count(facts, "people.all.taking_part"), _count(facts, "pairs.all.active")
    yield (
        f"В программе {plural(part, 'участник', 'участника', 'участников')}: "
        f"{plural(_count(facts, 'people.mentor.taking_part'), 'наставник', 'наставника', 'наставников')} и "
        f"{plural(_count(facts, 'people.mentee.taking_part'), 'наставляемый', 'наставляемых', 'наставляемых')}."
    )
    begun, ended = _count(facts, "pairs.all.confirmed"), _count(facts, "pairs.all.ended")
    yield (
        f"На конец периода {'действует' if active == 1 else 'действуют'} {plural(active, 'пара', 'пары', 'пар')}; "
        f"за период начали работу {begun}, завершили {ended}."
    )
    ordered = facts.value("pairs.all.ordered")
    if ordered:
        yield f"Приказами закреплено: {plural(int(ordered), 'пара или группа', 'пары и группы', 'пар и групп')}."


def _meetings(facts: Facts) -> Iterator[str]:
    held, missed = _count(facts, "meetings.all.held"), _count(facts, "meetings.all.missed")
    if held or missed:
        yield f"{_were(held)} {plural(held, 'встреча', 'встречи', 'встреч')}, не состоялось {missed}."
    per_week = facts.value("meetings.all.per_week")
    if per_week:
        yield f"В среднем {number(per_week)} встречи на пару в неделю."
    silent = _count(facts, "meetings.all.silent")
    if silent:
        yield f"Ни разу не встретились {plural(silent, 'пара', 'пары', 'пар')}."
    asked = _count(facts, "feedback.all.asked")
    if asked:
        yield f"Получено отзывов: {_count(facts, 'feedback.all.answered')} из {asked} ({_percent(facts, 'feedback')})."
    asked = _count(facts, "surveys.all.asked")
    if asked:
        yield f"На опросы ответили {_count(facts, 'surveys.all.answered')} из {asked} ({_percent(facts, 'surveys')})."


def _answers(facts: Facts) -> Iterator[str]:
    """The highest and the lowest marks; of few answers nothing is said."""
    marks = [row for row in facts.section(SectionKey.RESULTS).rows if _tells(row) and Tag.SHARE not in row.tags]
    marks.sort(key=lambda row: row.value("mean") or 0, reverse=True)
    if marks:
        yield f"Выше всего оценили: {_marks(marks[:MOST])}."
    low = marks[MOST:][-MOST:]
    if low:
        yield f"Ниже всего: {_marks(low[::-1])}."


def _changes(facts: Facts) -> Iterator[str]:
    rows = [row for row in facts.section(SectionKey.CHANGES).rows if _tells(row) and Tag.SHARE not in row.tags]
    moved = sorted((row for row in rows if Tag.IMPORTANCE not in row.tags), key=_difference, reverse=True)
    grown = [row for row in moved if _difference(row) > 0][:MOST]
    if grown:
        yield f"Больше всего выросло: {'; '.join(map(_change, grown))}."
    fallen = [row for row in reversed(moved) if _difference(row) < 0][:MOST]
    if fallen:
        yield f"Снизилось: {'; '.join(map(_change, fallen))}."
    short = sorted((row for row in rows if Tag.IMPORTANCE in row.tags and _difference(row) < 0), key=_difference)
    if short:
        yield f"Ожидания не оправдались полностью: {'; '.join(map(_change, short[:MOST]))}."


def _indicators(facts: Facts) -> Iterator[str]:
    rows = [row for row in facts.section(SectionKey.INDICATORS).rows if row.value("percent") is not None]
    reached = [row for row in rows if (row.value("percent") or 0) >= (row.value("target") or 0)]
    if rows:
        yield f"Цель достигнута по {of_indicators(len(reached), len(rows))}."
    for row in rows:
        if row not in reached:
            yield f"{INDICATORS[row.key]}: {percent(row.value('percent'))} при цели {percent(row.value('target'))}."
    level = facts.said.get("level")
    if level:
        yield f"Качество программы: {number(facts.value('quality.all.mark'))} из 18, {LEVELS[level]}."


def _nothing(facts: Facts) -> Iterator[str]:
    return iter(())


def _count(facts: Facts, key: str) -> int:
    return int(facts.value(key) or 0)


def _percent(facts: Facts, section: str) -> str:
    return percent(facts.value(f"{section}.all.share"))


def _were(held: int) -> str:
    return "Состоялась" if held % 10 == 1 and held % 100 != 11 else "Состоялось"


def _tells(row: Row) -> bool:
    return (row.value("n") or 0) >= FEW


def _difference(row: Row) -> float:
    return row.value("difference") or 0


def _marks(rows: Sequence[Row]) -> str:
    said = (f"«{_asked(row)}» — {number(row.value('mean'))} (n = {number(row.value('n'))})" for row in rows)
    return "; ".join(said)


def _change(row: Row) -> str:
    return (
        f"«{_asked(row)}» — с {number(row.value('before'))} до {number(row.value('after'))} "
        f"({signed_number(row.value('difference'))}; n = {number(row.value('n'))}; {group_words(row.group)})"
    )


def _asked(row: Row) -> str:
    return row.label.rstrip(" .")


_WRITERS: dict[TextKey, Callable[[Facts], Iterator[str]]] = {
    TextKey.OVERVIEW: _overview,
    TextKey.MEETINGS: _meetings,
    TextKey.ANSWERS: _answers,
    TextKey.CHANGES: _changes,
    TextKey.INDICATORS: _indicators,
    TextKey.CONCLUSIONS: _nothing,
    TextKey.PROPOSALS: _nothing,
}
