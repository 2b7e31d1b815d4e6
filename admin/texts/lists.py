"""Names of filters, and what the cells of lists say."""

from admin.texts import labels
from mentoring.rules.consents import ConsentGap
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from storage.queries.people_list import GUARDIANS, PARTNERS, PersonRow

ROLES = [
    (Role.MENTOR.value, "наставники"),
    (Role.MENTEE.value, "наставляемые"),
    (GUARDIANS, "родители"),
    (PARTNERS, "партнёры"),
]
MISSING = [("any", "любого"), ("self", "своего"), ("guardian", "родителя")]
PAIRED = [("none", "без пары"), ("some", "есть пара или предложение")]
PAIR_STATES = [
    ("open", "действующие и предложения"),
    ("standing", "действующие"),
    (PairState.ASKED_MENTOR.value, "спросили наставника"),
    (PairState.ASKED_MENTEE.value, "спросили наставляемого"),
    (PairState.AGREED.value, "ждут вас"),
    (PairState.TRIAL.value, "пробный период"),
    (PairState.ACTIVE.value, "по приказу"),
    (PairState.PAUSED.value, "пауза"),
    ("over", "завершены"),
    (PairState.DECLINED.value, "отказались"),
    (PairState.WITHDRAWN.value, "отозваны"),
]
PAIR_NEEDS = [
    ("silent", "давно не встречались"),
    ("first", "ещё не познакомились"),
    ("answer", "ответ запаздывает"),
    ("declined", "отклонены"),
    ("trial", "решить о пробном периоде"),
    ("pause", "пауза закончилась"),
    ("notice", "скоро прекратятся"),
    ("order", "ждут приказа"),
    ("labour", "нет согласия работника"),
    ("amend", "изменились после приказа"),
]
MEETING_NEEDS = [("unclosed", "не отмечены"), ("reply", "просят другое время"), ("missed", "не состоялись")]
WHEN = [("week", "эта неделя"), ("next", "следующая неделя"), ("month", "последние 30 дней")]
REACH = [("none", "недоступен"), ("paper", "без Телеграма")]
REMINDED = [("vain", "не отвечает")]
NOTICE_NEEDS = [("failed", "не дошли за две недели")]

GAPS = {
    ConsentGap.NONE: "",
    ConsentGap.SELF: "согласие участника",
    ConsentGap.GUARDIAN: "согласие родителя",
    ConsentGap.BOTH: "согласия участника и родителя",
    ConsentGap.AGE: "возраст не выбран",
}


def gap(missing: ConsentGap) -> str:
    return GAPS[missing]


def parts(row: PersonRow) -> str:
    return "; ".join(f"{labels.word(one.role)}: {labels.word(one.status)}" for one in row.enrolments)


def reach(row: PersonRow) -> str:
    if row.unreachable_since:
        return "недоступен"
    return "есть" if row.has_chat else "без Телеграма"


CONSENT_STATES = [
    ("missing", "не хватает"),
    ("given", "даны"),
    ("refused", "отказы"),
    ("withdrawn", "отозваны"),
    ("on_site", "убрать имя с сайта"),
]
RESPONSE_NEEDS = [("review", "ждут вашего решения"), ("help", "просят помощи")]
RESULT_STATES = [("standing", "действующие"), ("over", "завершённые")]
SILENT = [("silent", "давно не встречались"), ("first", "ещё не познакомились")]
