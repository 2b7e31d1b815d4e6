"""What the panel says about those who have no pair: the three exits, and why somebody is not proposed."""

from datetime import date

from admin.texts import labels
from admin.texts.days import DAYS, plural
from admin.texts.matching import against as against
from admin.texts.matching import capital
from admin.texts.matching import for_them as for_them
from admin.texts.matching import score_tone as score_tone
from admin.texts.matching import score_word as score_word
from admin.texts.matching_words import bar_word
from mentoring.rules.people import Role
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.candidates import Candidate
from mentoring.use_cases.waiting_cases import PAIRED
from storage.queries.waiting import CaseSeen

ROLES = ((Role.MENTEE.value, "наставляемые"), (Role.MENTOR.value, "наставники"))
NEEDS = (("overdue", "срок прошёл"), ("none", "ничего не решено"))
EXITS = tuple((one.value, labels.word(one)) for one in WaitingExit)
HINTS = {
    WaitingExit.SUPPORT: "психолог, классный руководитель или вы сами поговорите: что мешает, точен ли запрос.",
    WaitingExit.SEARCH: "зовём новых наставников, спрашиваем партнёров, ждём, пока освободится место.",
    WaitingExit.DIRECTIVE: "пару выбираете вы и записываете почему, обоих всё равно спросим.",
}
WAYS = tuple((value, f"{word[:1].upper()}{word[1:]}: {HINTS[WaitingExit(value)]}") for value, word in EXITS)

SAVED = "Записано."
CLOSED = "Закрыто. Запись осталась в истории."
ASSIGNED = "Предложение отправлено: сначала ответит наставник, потом наставляемый."


def case_line(case: CaseSeen) -> str:
    """«искать дальше: Зимина»."""
    owner = f": {case.owner}" if case.owner else ""
    return f"{labels.word(case.exit)}{owner}"


def overdue(case: CaseSeen, today: date) -> str:
    if not case.is_overdue(today) or case.due_on is None:
        return ""
    return f"срок прошёл {plural((today - case.due_on).days, *DAYS)} назад"


def outcome(case: CaseSeen) -> str:
    return "нашлась пара" if case.outcome == PAIRED else case.outcome


def bars(candidate: Candidate, *, curator: bool = True) -> list[str]:
    return [capital(told) for told in dict.fromkeys(bar_word(one, curator=curator) for one in candidate.fit.bars)]


def option(candidate: Candidate, *, curator: bool = True) -> str:
    """A line of a list to choose from: «Лебедева Анна Сергеевна, учитель физики: 72 из 100, хорошо подходят»."""
    place = f", {candidate.place}" if candidate.place else ""
    why = "; ".join(bars(candidate, curator=curator)).lower() or score_word(candidate.fit.score)
    return f"{candidate.name}{place}: {candidate.fit.score} из 100, {why}"
