"""What the registers of mentors and mentees say, in Russian: the same on the page, in the workbook and in the paper."""

from collections.abc import Sequence
from datetime import date

from mentoring.rules.consents import ConsentKind
from mentoring.rules.pairs import EndReason, PairState

STANDINGS = {
    PairState.TRIAL: "пробный период",
    PairState.CONFIRMED: "ждёт приказа",
    PairState.ACTIVE: "действует",
    PairState.PAUSED: "пауза",
    PairState.COMPLETED: "завершена",
    PairState.ENDED: "завершена раньше срока",
}
RESULTS = {
    PairState.TRIAL: "пробный период",
    PairState.CONFIRMED: "пара подтверждена, ждёт приказа",
    PairState.ACTIVE: "работа идёт",
    PairState.PAUSED: "пауза",
    PairState.COMPLETED: "цели достигнуты",
    PairState.ENDED: "работа завершена раньше срока",
}
REASONS = {
    EndReason.COMPLETED: "цели достигнуты",
    EndReason.TERM_OVER: "срок программы закончился",
    EndReason.BY_AGREEMENT: "завершена по взаимному согласию",
    EndReason.SCHEDULE: "завершена: не совпало расписание",
    EndReason.WORKLOAD: "завершена: не хватило времени",
    EndReason.MOVED: "завершена: перевод или переезд",
    EndReason.OTHER_REQUEST: "завершена: изменился запрос",
}
"""Other reasons are for the curator: a register that goes from hand to hand says only that the work is over."""

CONSENTS = {
    ConsentKind.ADULT: "согласие взрослого",
    ConsentKind.MINOR: "согласие ученика",
    ConsentKind.GUARDIAN: "согласие родителя",
    ConsentKind.PUBLICATION_ADULT: "согласие на публикацию",
    ConsentKind.PUBLICATION_MINOR: "согласие ученика на публикацию",
    ConsentKind.PUBLICATION_GUARDIAN: "согласие родителя на публикацию",
}
NO_CONSENT = "согласия нет"
PASSED = "прошёл программу"
TAKES_PART = "участвует"
NOT_TO_THE_END = "завершил раньше срока"
WITHOUT_PAIR = "пока без пары"
LEFT_PROGRAMME = "вышел из программы"


def pair_result(state: PairState, reason: str = "") -> str:
    """``reason``: a word of `EndReason`, empty while the pair goes on."""
    known = EndReason(reason) if reason in list(EndReason) else None
    return REASONS.get(known, RESULTS.get(state, "")) if known else RESULTS.get(state, "")


def passed(state: PairState | None, *, left: bool) -> str:
    """The mark of having gone through the programme. ``left``: the person takes no part any more."""
    if state is PairState.COMPLETED:
        return PASSED
    if state is PairState.ENDED:
        return NOT_TO_THE_END
    if state is None:
        return LEFT_PROGRAMME if left else WITHOUT_PAIR
    return TAKES_PART


def consent_words(kind: ConsentKind, given_on: date, version: int, withdrawn_on: date | None) -> str:
    """«согласие родителя от 12.09.2026, редакция 1, отозвано 01.10.2026»."""
    said = f"{CONSENTS[kind]} от {given_on:%d.%m.%Y}, редакция {version}"
    return f"{said}, отозвано {withdrawn_on:%d.%m.%Y}" if withdrawn_on else said


def parent(name: str, phone: str) -> str:
    """Contact of a minor: who stands for them, as far as it is known."""
    known = ", ".join(part for part in (name, phone) if part)
    return f"родитель: {known}" if known else ""


def plan_share(done: int, counted: int) -> str:
    return f"план: {done} из {counted}" if counted else ""


def joined(parts: Sequence[str]) -> str:
    return "; ".join(part for part in parts if part)
