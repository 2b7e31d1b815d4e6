"""What the panel says about pairs: why they fit, what stands in the way, what has happened."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from admin.desk import read
from admin.texts import labels
from admin.texts.days import DAYS, plural
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.pairs import PairAnswer
from mentoring.rules.people import Role
from mentoring.rules.trials import GoOn, Lack, Lacking, Said
from mentoring.use_cases.candidates import Candidate, Reasons, possible_mentees
from mentoring.use_cases.pair_timeline import Side, TimelineEntry
from storage.queries.pairs_list import PairRow

DAY_WORDS = {
    "mon": "понедельник",
    "tue": "вторник",
    "wed": "среда",
    "thu": "четверг",
    "fri": "пятница",
    "sat": "суббота",
    "sun": "воскресенье",
}
PART_WORDS = {"morning": "утром", "afternoon": "днём", "evening": "вечером"}
OBSTACLES = {
    "not_approved": "анкета ещё не одобрена",
    "consents_missing": "не хватает согласия",
    "capacity_reached": "все места заняты",
    "already_together": "уже в паре или ждёт ответа на предложение",
}
EVENTS = {
    "pair.asked_mentor": "Предложение отправлено наставнику",
    "pair.asked_mentee": "Наставник согласился, спросили наставляемого",
    "pair.agreed": "Все согласны, решает куратор",
    "pair.trial": "Начат пробный период",
    "pair.confirmed": "Пара подтверждена, ждёт приказа",
    "pair.active": "Пара закреплена приказом",
    "pair.paused": "Пауза",
    "pair.completed": "Пара завершена: цель достигнута",
    "pair.parted": "Не подошли друг другу",
    "pair.joined": "Наставляемый вошёл в группу",
    "pair.declined": "Предложение отклонено",
    "pair.withdrawn": "Предложение отозвано",
    "pair.ended": "Пара завершена",
    "pair.resumed": "Пауза закончилась",
    "pair.silence_told": "Предупредили, что пара давно не встречалась",
    "pair.mentee_joined": "Новый участник группы",
    "pair.mentee_left": "Участник вышел из группы",
    "meeting.planned": "Встреча назначена",
    "meeting.held": "Встреча состоялась",
    "meeting.missed": "Встреча не состоялась",
    "meeting.cancelled": "Встреча отменена",
    "feedback.mentor": "Отзыв наставника",
    "feedback.mentee": "Отзыв наставляемого",
}


LACKS = {
    Lack.FIRST_MEETING: "ещё не было знакомства",
    Lack.TRIAL_MEETING: "ещё не было пробной встречи",
    Lack.FIRST_FORM: "нет отзыва о знакомстве",
    Lack.FORM: "нет отзыва о пробной встрече",
    Lack.DOUBT: "пока есть сомнения",
    Lack.WANTS_OTHER: "нужна другая пара",
}
GO_ON = {
    GoOn.YES: labels.Label("хочет продолжать", "good"),
    GoOn.UNSURE: labels.Label("пока не знает", "wait"),
    GoOn.NO: labels.Label("нужна другая пара", "bad"),
}
SENT, NOT_SENT = labels.Label("отзыв есть"), labels.Label("отзыва нет", "wait")

GROUP_PROPOSED = "Предложение отправлено. Сначала ответит наставник, потом каждый из наставляемых."
TRIAL_STARTED = "Пробный период начался. Имена названы, каждый знает, с чего начать."
CONFIRMED = "Пара подтверждена. Теперь её нужно закрепить приказом."
PARTED = "Записано. Мы бережно сообщили всем, и они снова среди тех, кто ищет пару."
PAUSED = "Пауза записана. Встречи на это время отменены, все предупреждены."
RESUMED = "Пауза закончилась. Мы написали, что можно встречаться."
NOTICE_GIVEN = "Уведомление записано. В последний день пара завершится сама."
NOTICE_BACK = "Уведомление отозвано, пара продолжает работать."
END_PUT_OFF = "Последний день перенесён. Мы сообщили новый."
ENDED = "Пара завершена. Мы сообщили об этом всем."
MENTEE_REMOVED = "Записано. Группа продолжает работать, всем сообщили."


def slot(value: str) -> str:
    """«tue_evening» is «вторник вечером»."""
    weekday, _, part = value.partition("_")
    return " ".join(said for said in (DAY_WORDS.get(weekday, ""), PART_WORDS.get(part, "")) if said)


def slots(values: Iterable[str]) -> str:
    """«вторник днём и вечером, четверг»: parts of one day stand together."""
    days: dict[str, list[str]] = defaultdict(list)
    for weekday, _, part in (value.partition("_") for value in values):
        days[weekday].append(PART_WORDS.get(part, ""))
    return ", ".join(f"{DAY_WORDS.get(day, '')} {_all_of(parts)}".strip() for day, parts in days.items())


def _all_of(words: list[str]) -> str:
    return " и ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def obstacles_of(candidate: Candidate, sought: Role) -> list[str]:
    """A mentee's only place is the mentor they have."""
    said = (
        OBSTACLES | {"capacity_reached": "уже есть наставник или предложение"} if sought is Role.MENTEE else OBSTACLES
    )
    return [said[one] for one in candidate.obstacles]


def places(candidate: Candidate) -> str:
    free = max(0, candidate.capacity - candidate.taken)
    return f"{plural(free, 'место свободно', 'места свободно', 'мест свободно')} из {candidate.capacity}"


def prefilled(mentor_enrolment_id: int, mentee_enrolment_id: int) -> str:
    """A first draft of «почему эта пара», from their answers and without names."""
    for one in read(possible_mentees, mentor_enrolment_id):
        if one.enrolment_id == mentee_enrolment_id:
            return "\n".join(f"{said}." for said in _reasons(one.reasons))
    return ""


def event(entry: TimelineEntry) -> str:
    """«Встреча состоялась: знакомство, о робототехнике»."""
    said = EVENTS[entry.what]
    details = [entry.details.get("topic", "")]
    if "kind" in entry.details:
        details.insert(0, labels.word(MeetingKind(entry.details["kind"])))
    shown = ", ".join(one for one in details if one)
    return f"{said}: {shown}" if shown else said


def answered(side: Side) -> str:
    """Why somebody declined, in words."""
    return ". ".join(one for one in (labels.decline_reason(side.reason), side.reason_text) if one)


def lack(one: Lacking) -> str:
    said = LACKS[one.lack]
    return f"{one.name}: {said}" if one.name else said


def compatible(said: Said, kind: str) -> labels.Label:
    """What somebody answered after this meeting of the trial."""
    meeting = MeetingKind(kind)
    if meeting in said.go_on:
        return GO_ON[said.go_on[meeting]]
    return SENT if meeting in said.sent else NOT_SENT


def mentee_choice(one: Candidate) -> str:
    reasons = "; ".join(_reasons(one.reasons))
    return ". ".join(said for said in (", ".join(filter(None, (one.name, one.place))), reasons) if said)


def silence(row: PairRow, now: datetime) -> str:
    days = row.silence(now)
    return "" if days is None else f"{plural(days, *DAYS)}"


def exported(row: PairRow, now: datetime) -> tuple[object, ...]:
    return (
        row.mentor.name,
        row.mentee_names,
        labels.word(row.state),
        labels.form(row.form),
        row.confirmed_at,
        row.last_met_at,
        row.silence(now),
        row.held,
    )


def _reasons(reasons: Reasons) -> list[str]:
    said = []
    if reasons.topics:
        said.append(f"Запрос и опыт совпадают: {'; '.join(topic[0].lower() + topic[1:] for topic in reasons.topics)}")
    if reasons.shared_slots:
        said.append(f"Свободны в одно время: {slots(reasons.shared_slots)}")
    return said


def answer_word(name: str) -> PairAnswer:
    return PairAnswer(name)
