"""What the panel says about the matching of a pool: why two fit, what speaks against, what a run has changed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from admin.texts import labels
from admin.texts.days import plural
from admin.texts.matching_words import AGAINST, AGES, WISHES
from admin.texts.matching_words import BARS as BARS
from admin.texts.matching_words import CRITERIA as CRITERIA
from admin.texts.matching_words import FORMATS as FORMATS
from admin.texts.matching_words import bar_word as bar_word
from admin.texts.pairs import slot as slot
from admin.texts.pairs import slots
from mentoring.rules.matching import ChoiceKind, DraftState
from mentoring.rules.matching_drafts import NAME_LIMIT, Outcome
from mentoring.rules.matching_fit import Bar, Fit, Part
from mentoring.rules.matching_settings import Criterion
from mentoring.rules.pairs import REASONS_LIMIT
from mentoring.rules.people import Role
from mentoring.use_cases.matching_board import Board, Shown
from mentoring.use_cases.matching_cards import LineCard, MentorCard
from mentoring.use_cases.matching_choices import Chosen
from mentoring.use_cases.matching_gaps import Gap, GapKind
from mentoring.use_cases.matching_runs import Moved

SHOWN = (
    (Shown.PLACED, "с предложениями"),
    (Shown.FREE, "со свободными местами"),
    (Shown.WEAK, "слабые предложения"),
    (Shown.HELD, "закреплённые"),
    (Shown.ASKED, "уже спросили"),
)
STATES = {
    DraftState.OPEN: ("черновик", "calm"),
    DraftState.PUBLISHED: ("предложения отправлены", "good"),
    DraftState.DROPPED: ("убран", "calm"),
}
STEPS = ((80, "очень подходят", "good"), (60, "хорошо подходят", "good"), (40, "подходят отчасти", "calm"))

RUN_SAME = "Пересчитали: все остались на своих местах."
COPIED = "Это копия. Меняйте что угодно: первый подбор останется как был."
DROPPED = "Подбор убран. Отправленные предложения остались в силе."
RESTORED = "Подбор вернулся."
RENAMED = "Название изменено."
SETTINGS = "Веса и пороги сохранены."
NOTHING_LEFT = "Предлагать больше некого: все уже получили предложения."
NOT_RUN = (
    "Всё записано, но пересчитать не получилось: компьютер занят или люди в программе как раз меняются. "
    "Нажмите «Пересчитать» через минуту."
)
OTHER_WEIGHTS = (
    "Проценты — насколько совпали по этому критерию. Баллы каждого подбора посчитаны по его весам, "
    "поэтому прямо их не сравнить."
)
MOVES_TOLD = 4
WHAT_IF = ": что если"


def score_word(score: int) -> str:
    return next((word for least, word, _ in STEPS if score >= least), "мало общего")


def score_tone(score: int) -> str:
    return next((tone for least, _, tone in STEPS if score >= least), "wait")


def found(part: Part) -> str:
    """What the two share in one criterion, beside the criterion's name."""
    if not part.known:
        return "кто-то из двоих об этом не сказал, считаем половину"
    if part.facts:
        return _SHORT.get(part.criterion, _FOUND[part.criterion])(part.facts)
    return (_NEAR if part.share else _NOTHING).get(part.criterion, "общего не нашлось")


def against(fit: Fit, *, held: bool = False, said: Collection[str] = (), curator: bool = True) -> list[str]:
    """``held``: the curator holds them together all the same. ``said``: bars that the page names by itself."""
    bars = dict.fromkeys(bar_word(bar, curator=curator) for bar in fit.bars if bar not in said)
    begun = "Закреплены вами, хотя " if held else ""
    return [*(begun + bar if begun else capital(bar) for bar in bars), *(AGAINST[one] for one in fit.against)]


def for_them(fit: Fit) -> list[str]:
    """In a line on the board: what speaks for them, the weightiest first."""
    told = [part for part in fit.parts if part.known and part.facts and part.points]
    told.sort(key=lambda part: -part.points)
    return [capital(_FOUND[part.criterion](part.facts)) for part in told]


def reasons(fits: Iterable[Fit]) -> str:
    """«Почему эта пара» for the two themselves: what both said of themselves, without names, ages and preferences."""
    lines = dict.fromkeys(
        f"{capital(_FOUND[part.criterion](part.facts))}."
        for fit in fits
        for part in fit.parts
        if part.criterion in _TELLABLE and part.known and part.facts
    )
    kept = ""
    for line in lines:
        kept = f"{kept}\n{line}".strip() if len(kept) + len(line) < REASONS_LIMIT else kept
    return kept


def bars_counted(bars: Sequence[tuple[Bar, int]], *, curator: bool = True) -> list[str]:
    """«Подходят слабее порога — 3 наставника»."""
    counted: dict[str, int] = {}
    for bar, count in bars:
        told = bar_word(bar, curator=curator)
        counted[told] = counted.get(told, 0) + count
    said = ("наставник", "наставника", "наставников")
    return [f"{capital(bar)} — {plural(count, *said)}" for bar, count in counted.items()]


def moved(moves: Sequence[Moved]) -> str:
    """Who goes elsewhere after a run."""
    said = [f"{move.mentee}: {move.before or 'без наставника'} → {move.after or 'без наставника'}" for move in moves]
    if not said:
        return ""
    more = len(said) - MOVES_TOLD
    rest = f" И ещё {plural(more, 'перестановка', 'перестановки', 'перестановок')}." if more > 0 else ""
    return f"Изменилось: {'; '.join(said[:MOVES_TOLD])}.{rest}"


def chosen(said: Chosen) -> str:
    two = f"{said.mentee_name} — {said.mentor_name}"
    return {
        ChoiceKind.LOCK: f"Закреплено: {two}. Пересчёт этого не изменит.",
        ChoiceKind.FORBID: f"Больше не предлагаем: {two}.",
        None: f"Отметка снята: {two}.",
    }[said.kind]


def undone(name: str) -> str:
    return f"Отменено. {name}: всё как было до этого."


def gist(fit: Fit) -> str:
    """The weightiest of what speaks for them, within a line."""
    told = for_them(fit)
    return f"{told[0][:1].lower()}{told[0][1:]}" if told else "общего в анкетах почти нет"


def compared(one: Outcome, other: Outcome) -> list[tuple[str, str, str]]:
    """Totals of two runs: scores of different weights cannot be compared, what the placed have in common can."""
    rows = [
        ("С наставником", str(one.placed), str(other.placed)),
        ("Пока без наставника", str(one.unplaced), str(other.unplaced)),
        *((name, _share(one, key), _share(other, key)) for key, name in CRITERIA.items()),
        ("Баллов в среднем", points(one, one.average), points(other, other.average)),
        ("Баллов у самого слабого предложения", points(one, one.worst), points(other, other.worst)),
        ("Двоих, кто охотнее были бы вместе", str(one.blocking_count), str(other.blocking_count)),
    ]
    return [row for row in rows if row[1] or row[2]]


def points(outcome: Outcome, number: int) -> str:
    """Where nobody is placed, nobody has any."""
    return str(number) if outcome.placed else "—"


def exported(found: Board, *, curator: bool = True) -> Iterator[tuple[object, ...]]:
    """The lines of the board, then those without a mentor."""
    for card in found.mentors:
        yield from (_exported(card, line, curator) for line in card.lines)
    for left in found.left:
        yield ("", "", left.mentee.name, left.mentee.place, None, "", "", "без наставника")


def places(free: int, room: int) -> str:
    """Of a mentor before this draft and after it."""
    if not free:
        return "Мест больше нет"
    found = plural(free, "место", "места", "мест")
    return f"{found}, из них останется {room}" if room else f"{found}, свободных не останется"


def proposed(count: int) -> str:
    sent = plural(count, "предложение", "предложения", "предложений")
    return f"Отправлено: {sent}. Сначала ответят наставники, потом наставляемые. Кто ответил — на странице «Пары»."


def gap_title(kind: GapKind, gap: Gap, role: Role) -> str:
    """Of the people behind a number: «Учёба и предметы: наставляемые»."""
    words: dict[GapKind, Callable[[], str]] = {
        GapKind.ALL: lambda: "Ждут пары",
        GapKind.UNMATCHED: lambda: "Некому предложить",
        GapKind.TOPIC: lambda: gap.label,
        GapKind.HOURS: lambda: f"Свободны: {slot(gap.value)}",
        GapKind.FORMAT: lambda: FORMATS.get(gap.value, gap.value),
        GapKind.FORM: lambda: labels.form(gap.value),
    }
    return f"{capital(words[kind]())}: {'наставники' if role is Role.MENTOR else 'наставляемые'}"


def copy_name(name: str) -> str:
    return f"{name[: NAME_LIMIT - len(WHAT_IF)]}{WHAT_IF}"


def default_name(day: str) -> str:
    return f"Подбор от {day}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _exported(card: MentorCard, line: LineCard, curator: bool) -> tuple[object, ...]:
    mentee, fit = line.mentee, line.fit
    state = labels.word(line.state) if line.pair_id else "закреплено" if line.locked else "предложено"
    told = ("", "")
    if fit:
        told = "; ".join(for_them(fit)), "; ".join(against(fit, held=line.locked, curator=curator))
    return (card.person.name, card.person.place, mentee.name, mentee.place, line.score, *told, state)


def _share(outcome: Outcome, criterion: str) -> str:
    return f"{outcome.shares[criterion]} %" if criterion in outcome.shares else ""


def _lowered(labels: Iterable[str]) -> str:
    return ", ".join(label[:1].lower() + label[1:] for label in labels)


_FOUND: Mapping[Criterion, Callable[[Sequence[str]], str]] = {
    Criterion.REQUEST: lambda facts: f"запрос и опыт совпадают: {_lowered(facts)}",
    Criterion.PREFERENCE: lambda facts: "; ".join(WISHES.get(fact, "") for fact in facts),
    Criterion.TIME: lambda facts: f"свободны в одно время: {slots(facts)}",
    Criterion.AGE: lambda facts: (
        f"наставник хотел работать с таким возрастом: {', '.join(AGES[fact] for fact in facts)}"
    ),
    Criterion.INTERESTS: lambda facts: f"обоим интересно: {_lowered(facts)}",
    Criterion.FORMAT: lambda facts: f"обоим удобно встречаться {', '.join(FORMATS[fact] for fact in facts)}",
}
_SHORT: Mapping[Criterion, Callable[[Sequence[str]], str]] = {
    Criterion.REQUEST: _lowered,
    Criterion.TIME: lambda facts: slots(facts),
    Criterion.INTERESTS: _lowered,
    Criterion.FORMAT: lambda facts: ", ".join(FORMATS[fact] for fact in facts),
}
_NEAR = {Criterion.AGE: "возраст рядом с тем, что назвал наставник"}
_NOTHING = {
    Criterion.REQUEST: "о чём просит наставляемый, наставник не называл",
    Criterion.PREFERENCE: "наставляемый хотел наставника другого рода занятий",
    Criterion.TIME: "общего свободного времени нет",
    Criterion.AGE: "наставник хотел работать с другим возрастом",
    Criterion.FORMAT: "один хочет лично, другой онлайн",
}
_TELLABLE = frozenset({Criterion.REQUEST, Criterion.TIME, Criterion.INTERESTS, Criterion.FORMAT})
