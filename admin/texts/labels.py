"""The words of the rules as people read them, each with the tone that colours it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from admin.texts.days import local_today, plural, short_date
from mentoring import report_words
from mentoring.rules.accounts import AccountRole
from mentoring.rules.campaigns import CampaignState, Standing
from mentoring.rules.consents import ConsentKind, Decision, Publication
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause, Step
from mentoring.rules.forms import Form, OrganisationKind
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import DeclineReason, EndGroup, EndReason, PairAnswer, PairState
from mentoring.rules.people import AgeGroup, Door, PersonKind, Role, age_on
from mentoring.rules.plans import ItemState, PlanState
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.questions.problems import Problem
from mentoring.rules.reminders import NoticeKind, NoticeOutcome, NoticeState
from mentoring.rules.selection import RegisterGap, Verdict, WaitingExit


@dataclass(frozen=True, slots=True)
class Label:
    """``tone``: good, wait (somebody must act), bad, calm. The word alone must be enough."""

    word: str
    tone: str = "calm"


def label(value: StrEnum | None) -> Label:
    """Forms of mentoring have other names in a college and in additional education."""
    if isinstance(value, Form):
        return Label(report_words.form_word(value))
    return LABELS.get((type(value), value), OTHER) if value is not None else Label("не указано")


def word(value: StrEnum | None) -> str:
    return label(value).word


def options(words: type[StrEnum], *, without: tuple[StrEnum, ...] = ()) -> list[tuple[str, str]]:
    """Choices of a form or of chips."""
    return [(member.value, word(member)) for member in words if member not in without]


def age(birth_date: date | None, group: AgeGroup | None) -> str:
    if birth_date is None:
        return word(group)
    years = plural(age_on(birth_date, local_today()), "год", "года", "лет")
    return f"{years}, день рождения {short_date(birth_date)}"


def form(name: str) -> str:
    """Of mentoring, by its word."""
    return word(Form(name)) if name in list(Form) else name


def organisation_kind(name: str) -> str:
    return word(OrganisationKind(name)) if name in list(OrganisationKind) else name


def left_because(name: str | None) -> str:
    return LEFT_BECAUSE[LeftBecause(name)] if name else ""


def decline_reason(name: str) -> str:
    return word(DeclineReason(name)) if name else ""


def end_reason(name: str) -> str:
    return word(EndReason(name)) if name else ""


def erasure(reason: str) -> str:
    return ERASURES.get(reason, "просьба об удалении")


def outcome(name: str) -> str:
    """The product's own words in Russian; a messenger's are shown as they are to whoever looks for the cause."""
    return word(NoticeOutcome(name)) if name in list(NoticeOutcome) else ""


def notice_kind(name: str) -> str:
    return word(NoticeKind(name))


def notice_state(name: str) -> NoticeState:
    return NoticeState(name)


def meeting_kind(name: str) -> str:
    return word(MeetingKind(name))


def meeting_state(name: str) -> MeetingState:
    return MeetingState(name)


def field(name: str) -> str:
    return FIELDS.get(name, "текст")


def problem(name: str, limits: Mapping[str, object]) -> str:
    shown = {key: short_date(value) if key in ("earliest", "latest") else value for key, value in limits.items()}  # type: ignore[arg-type]
    return PROBLEMS[Problem(name)].format_map(shown)


WORDS: tuple[tuple[StrEnum, Label], ...] = (
    (OrganisationKind.SCHOOL, Label("школа, гимназия, лицей")),
    (OrganisationKind.COLLEGE, Label("колледж, техникум")),
    (OrganisationKind.ADDITIONAL, Label("дополнительное образование")),
    (PersonKind.PUPIL, Label("ученик")),
    (PersonKind.STUDENT, Label("студент")),
    (PersonKind.TEACHER, Label("педагог")),
    (PersonKind.SPECIALIST, Label("специалист предприятия")),
    (PersonKind.PARENT, Label("родитель")),
    (PersonKind.CURATOR, Label("куратор")),
    (PersonKind.PARTNER, Label("представитель партнёра")),
    (Role.MENTOR, Label("наставник")),
    (Role.MENTEE, Label("наставляемый")),
    (AgeGroup.UNDER_14, Label("младше 14 лет")),
    (AgeGroup.FROM_14_TO_17, Label("14–17 лет")),
    (AgeGroup.ADULT, Label("взрослый")),
    (Door.CHAT, Label("в чате")),
    (Door.PANEL, Label("в панели")),
    (Door.WEB_FORM, Label("на сайте")),
    (Door.PAPER, Label("на бумаге")),
    (Door.SCHEDULER, Label("само, по расписанию")),
    (Door.COMMAND_LINE, Label("администратор сервера")),
    (EnrolmentStatus.JOINING, Label("заполняет", "calm")),
    (EnrolmentStatus.SUBMITTED, Label("ждёт вас", "wait")),
    (EnrolmentStatus.RETURNED, Label("исправляет", "calm")),
    (EnrolmentStatus.APPROVED, Label("участвует", "good")),
    (EnrolmentStatus.DECLINED, Label("не принят", "bad")),
    (EnrolmentStatus.LEFT, Label("вышел из программы", "bad")),
    (Step.AGE, Label("ждём, когда выберет возраст")),
    (Step.OWN_CONSENT, Label("ждём согласия")),
    (Step.GUARDIAN_CONSENT, Label("ждём согласия родителя")),
    (Step.QUESTIONNAIRE, Label("заполняет анкету")),
    (Step.REVIEW, Label("анкета ждёт вас", "wait")),
    (Step.CORRECTION, Label("исправляет анкету")),
    (Step.NOTHING, Label("ничего не нужно", "good")),
    (ConsentKind.ADULT, Label("согласие взрослого")),
    (ConsentKind.MINOR, Label("согласие ученика 14–17 лет")),
    (ConsentKind.GUARDIAN, Label("согласие родителя")),
    (Publication.NOT_ASKED, Label("не спрашивали")),
    (Publication.ASKED, Label("ждём ответа", "wait")),
    (Publication.GIVEN, Label("можно публиковать", "good")),
    (Publication.REFUSED, Label("не публикуем")),
    (ConsentKind.PUBLICATION_ADULT, Label("публикация: согласие взрослого")),
    (ConsentKind.PUBLICATION_MINOR, Label("публикация: согласие ученика 14–17 лет")),
    (ConsentKind.PUBLICATION_GUARDIAN, Label("публикация: согласие родителя")),
    (Decision.GIVEN, Label("дано", "good")),
    (Decision.REFUSED, Label("отказ", "bad")),
    (ResponseState.DRAFT, Label("заполняется")),
    (ResponseState.SUBMITTED, Label("отправлена", "good")),
    (ResponseState.RETURNED, Label("на исправлении")),
    (PlanState.DRAFT, Label("составляют")),
    (PlanState.SENT, Label("ждёт вашего решения", "wait")),
    (PlanState.RETURNED, Label("возвращён с замечанием")),
    (PlanState.APPROVED, Label("утверждён", "good")),
    (PlanState.CLOSED, Label("закрыт")),
    (ItemState.OPEN, Label("впереди")),
    (ItemState.REPORTED, Label("ждёт отметки наставника", "wait")),
    (ItemState.DONE, Label("сделано", "good")),
    (ItemState.PARTLY, Label("сделано частично")),
    (ItemState.NOT_DONE, Label("не получилось")),
    (ItemState.DROPPED, Label("снято")),
    (PairState.ASKED_MENTOR, Label("спросили наставника")),
    (PairState.ASKED_MENTEE, Label("спросили наставляемого")),
    (PairState.AGREED, Label("ждёт вашего подтверждения", "wait")),
    (PairState.TRIAL, Label("пробный период")),
    (PairState.CONFIRMED, Label("ждёт приказа", "wait")),
    (PairState.ACTIVE, Label("пара", "good")),
    (PairState.PAUSED, Label("пауза", "wait")),
    (PairState.DECLINED, Label("отказались", "bad")),
    (PairState.WITHDRAWN, Label("отозвано")),
    (PairState.COMPLETED, Label("завершена, цель достигнута", "good")),
    (PairState.ENDED, Label("завершена")),
    (PairState.PARTED, Label("не подошли друг другу")),
    (PairState.JOINED, Label("в группе наставника")),
    (PairAnswer.WAITING, Label("не ответил", "wait")),
    (PairAnswer.ACCEPTED, Label("согласен", "good")),
    (PairAnswer.DECLINED, Label("отказ", "bad")),
    (DeclineReason.TIME, Label("нет времени")),
    (DeclineReason.TOO_MANY, Label("уже слишком много подопечных")),
    (DeclineReason.NOT_MY_TOPIC, Label("не моя тема")),
    (DeclineReason.PREFER_OTHER, Label("хотелось бы другого человека")),
    (DeclineReason.OTHER, Label("другая причина")),
    (EndGroup.REACHED, Label("Цель достигнута")),
    (EndGroup.CIRCUMSTANCES, Label("Обстоятельства")),
    (EndGroup.NOT_WORKED_OUT, Label("Не сложилось")),
    (EndGroup.PAPERS, Label("Документы")),
    (EndReason.COMPLETED, Label("цели достигнуты")),
    (EndReason.TERM_OVER, Label("закончился срок")),
    (EndReason.BY_AGREEMENT, Label("по взаимному согласию")),
    (EndReason.NOT_FITTING, Label("не подошли друг другу")),
    (EndReason.SCHEDULE, Label("не совпадает расписание")),
    (EndReason.WORKLOAD, Label("не хватает времени")),
    (EndReason.MOVED, Label("перевод или переезд")),
    (EndReason.PERSONAL, Label("личные обстоятельства")),
    (EndReason.OTHER_REQUEST, Label("изменился запрос")),
    (EndReason.WORKER_REFUSED, Label("наставник отказался досрочно (ст. 351.8 ТК)")),
    (EndReason.EMPLOYER_CANCELLED, Label("работодатель отменил поручение (ст. 351.8 ТК)")),
    (EndReason.NO_MEETINGS, Label("не встречались")),
    (EndReason.LEFT, Label("участник вышел из программы")),
    (EndReason.DECLINED, Label("участие не одобрено")),
    (EndReason.CONSENT_REFUSED, Label("не дано согласие")),
    (EndReason.ERASED, Label("данные удалены по просьбе")),
    (EndReason.CONSENT_WITHDRAWN, Label("согласие отозвано")),
    (EndReason.OTHER, Label("другая причина")),
    (MeetingKind.FIRST, Label("знакомство")),
    (MeetingKind.TRIAL, Label("пробная")),
    (MeetingKind.PLANNING, Label("планирование")),
    (MeetingKind.REGULAR, Label("обычная")),
    (MeetingKind.FINAL, Label("итоговая")),
    (MeetingState.PLANNED, Label("назначена")),
    (MeetingState.HELD, Label("состоялась", "good")),
    (MeetingState.MISSED, Label("не состоялась", "bad")),
    (MeetingState.CANCELLED, Label("отменена")),
    (PlaceKind.ORGANISATION, Label("в организации")),
    (PlaceKind.ONLINE, Label("онлайн")),
    (PlaceKind.OTHER, Label("в другом месте")),
    (Reply.WAITING, Label("ответа ещё нет", "wait")),
    (Reply.SUITS, Label("подходит", "good")),
    (Reply.OTHER_TIME, Label("просят другое время", "wait")),
    (CampaignState.PLANNED, Label("запланирован")),
    (CampaignState.OPEN, Label("идёт", "good")),
    (CampaignState.CLOSED, Label("завершён")),
    (CampaignState.CANCELLED, Label("отменён")),
    (Standing.ANSWERED, Label("ответил", "good")),
    (Standing.BEGUN, Label("начал и не отправил", "wait")),
    (Standing.SILENT, Label("не открыл", "wait")),
    (Standing.NO_CHAT, Label("без Телеграма", "wait")),
    (Standing.UNREACHABLE, Label("недоступен", "bad")),
    (Standing.RELEASED, Label("не ждём")),
    (NoticeState.WAITING, Label("ждёт отправки")),
    (NoticeState.CLAIMED, Label("отправляется")),
    (NoticeState.SENT, Label("доставлено", "good")),
    (NoticeState.FAILED, Label("не доставлено", "bad")),
    (NoticeState.EXPIRED, Label("опоздало")),
    (NoticeState.NEEDLESS, Label("уже не нужно")),
    (NoticeKind.GUARDIAN_CONSENT_ASKED, Label("Родителю: просьба о согласии")),
    (NoticeKind.MINOR_GUARDIAN_CONSENTED, Label("Ученику: родитель согласился")),
    (NoticeKind.MINOR_GUARDIAN_REFUSED, Label("Ученику: родитель не согласился")),
    (NoticeKind.PERSON_CONSENT_REMINDER, Label("Напоминание о согласии")),
    (NoticeKind.PERSON_PUBLICATION_ASKED, Label("Вопрос о публикации имени")),
    (NoticeKind.MINOR_GUARDIAN_REMINDER, Label("Напоминание ученику: ждём родителя")),
    (NoticeKind.PERSON_QUESTIONNAIRE_REMINDER, Label("Напоминание об анкете")),
    (NoticeKind.PERSON_QUESTIONNAIRE_RETURNED, Label("Анкета возвращена с замечанием")),
    (NoticeKind.PERSON_APPROVED, Label("Анкета одобрена")),
    (NoticeKind.PERSON_DECLINED, Label("Участие не одобрено")),
    (NoticeKind.MENTOR_PAIR_PROPOSED, Label("Наставнику: предложение пары")),
    (NoticeKind.MENTEE_PAIR_PROPOSED, Label("Наставляемому: предложение пары")),
    (NoticeKind.PERSON_PROPOSAL_REMINDER, Label("Напоминание о предложении пары")),
    (NoticeKind.PERSON_PROPOSAL_GONE, Label("Предложение пары отменено")),
    (NoticeKind.PERSON_TRIAL_STARTED, Label("Начался пробный период")),
    (NoticeKind.GUARDIAN_TRIAL_STARTED, Label("Родителю: начался пробный период")),
    (NoticeKind.PERSON_PAIR_CONFIRMED, Label("Пара подтверждена")),
    (NoticeKind.GUARDIAN_PAIR_CONFIRMED, Label("Родителю: у ребёнка есть наставник")),
    (NoticeKind.PERSON_PAIR_PARTED, Label("После пробного периода не подошли")),
    (NoticeKind.PERSON_PAIR_FIXED, Label("Пара закреплена приказом")),
    (NoticeKind.PERSON_PAIR_PAUSED, Label("У пары пауза")),
    (NoticeKind.PERSON_PAIR_RESUMED, Label("Пауза закончилась")),
    (NoticeKind.PERSON_PAIR_NOTICE_GIVEN, Label("Наставничество скоро прекратится")),
    (NoticeKind.PERSON_PAIR_GOES_ON, Label("Наставничество продолжается")),
    (NoticeKind.PERSON_PLAN_CHANGED, Label("Изменения в плане")),
    (NoticeKind.PERSON_PLAN_APPROVED, Label("План утверждён")),
    (NoticeKind.PERSON_PLAN_RETURNED, Label("План возвращён с замечанием")),
    (NoticeKind.PERSON_PLAN_REMINDER, Label("Напоминание о делах плана")),
    (NoticeKind.PERSON_PAIR_SILENT, Label("Предупреждение: давно нет встреч")),
    (NoticeKind.PERSON_PAIR_ENDED, Label("Пара завершена")),
    (NoticeKind.PERSON_GROUP_JOINED, Label("В группе новый участник")),
    (NoticeKind.PERSON_GROUP_LEFT, Label("Участник вышел из группы")),
    (NoticeKind.GUARDIAN_PAIR_CHANGED, Label("Родителю: перемена в паре ребёнка")),
    (NoticeKind.PERSON_FIRST_MEETING_REMINDER, Label("Напоминание о первой встрече")),
    (NoticeKind.PERSON_SILENCE_REMINDER, Label("Напоминание: давно не встречались")),
    (NoticeKind.PERSON_MEETING_PLANNED, Label("Назначена встреча")),
    (NoticeKind.PERSON_MEETING_MOVED, Label("Встреча перенесена")),
    (NoticeKind.PERSON_MEETING_CANCELLED, Label("Встреча отменена")),
    (NoticeKind.PERSON_MEETING_SUITS, Label("Время встречи подходит")),
    (NoticeKind.PERSON_MEETING_OTHER_TIME, Label("Просьба о другом времени")),
    (NoticeKind.PERSON_MEETING_TOMORROW, Label("Завтра встреча")),
    (NoticeKind.PERSON_MEETING_SOON, Label("Скоро встреча")),
    (NoticeKind.PERSON_FEEDBACK_ASKED, Label("Просьба об отзыве")),
    (NoticeKind.PERSON_FEEDBACK_REMINDER, Label("Напоминание об отзыве")),
    (NoticeKind.PERSON_SURVEY_ASKED, Label("Просьба ответить на опрос")),
    (NoticeKind.PERSON_SURVEY_REMINDER, Label("Напоминание об опросе")),
    (NoticeKind.PERSON_CURATOR_WROTE, Label("Письмо от куратора")),
    (NoticeKind.CURATOR_DIGEST, Label("Куратору: сводка недели")),
    (NoticeKind.CURATOR_CONSENT_REFUSED, Label("Куратору: согласие не дано")),
    (NoticeKind.CURATOR_CONSENT_WITHDRAWN, Label("Куратору: согласие отозвано")),
    (NoticeKind.CURATOR_CAMPAIGN_CLOSED, Label("Куратору: опрос завершён")),
    (NoticeKind.CURATOR_PAIR_SILENT, Label("Куратору: пара давно не встречалась")),
    (NoticeKind.CURATOR_PERSON_WROTE, Label("Куратору: вам написали")),
    (NoticeOutcome.NO_CHAT, Label("нет чата: человек без Телеграма")),
    (NoticeOutcome.UNREACHABLE, Label("чат закрыт или бот заблокирован")),
    (NoticeOutcome.TOO_MANY_ATTEMPTS, Label("не получилось за восемь попыток")),
    (Verdict.RECOMMENDED, Label("рекомендуем", "good")),
    (Verdict.WITH_SUPPORT, Label("рекомендуем с поддержкой", "good")),
    (Verdict.LATER, Label("позже", "wait")),
    (Verdict.NOT_NOW, Label("не сейчас", "wait")),
    (WaitingExit.SUPPORT, Label("поговорить и поддержать", "calm")),
    (WaitingExit.SEARCH, Label("искать дальше", "calm")),
    (WaitingExit.DIRECTIVE, Label("назначить своим решением", "wait")),
    (RegisterGap.NO_INTERVIEW, Label("нет собеседования", "wait")),
    (RegisterGap.NOT_RECOMMENDED, Label("собеседование: пока рано", "wait")),
    (RegisterGap.NO_TRAINING, Label("обучения не было", "wait")),
    (AccountRole.CURATOR, Label("куратор")),
    (AccountRole.HEAD, Label("руководитель")),
    (AccountRole.ADMINISTRATOR, Label("администратор")),
)

OTHER = Label("другое")
LABELS = {(type(member), member): said for member, said in WORDS}  # equal words of two rules are different keys

LEFT_BECAUSE = {
    LeftBecause.OWN_WISH: "по своему желанию",
    LeftBecause.REFUSED: "согласие не дано",
    LeftBecause.WITHDRAWN: "согласие отозвано",
    LeftBecause.ERASED: "данные удалены",
}

ERASURES = {
    "consent_withdrawn": "отозвано согласие",
    "asked": "попросил человек",
    "guardian": "попросил родитель",
    "curator": "решение куратора",
}

CONSENT_OF = {"self": "согласие самого участника", "guardian": "согласие родителя"}

FIELDS = {
    "years": "Общий стаж",
    "years_teaching": "Педагогический стаж",
    "years_mentoring": "Стаж наставничества",
    "goal": "Цель",
    "goals": "Цели",
    "section": "Раздел",
    "due_on": "К какому дню",
    "planned_result": "Что должно получиться",
    "actual_result": "Что вышло",
    "mark": "Отметка наставника",
    "dated_on": "Дата",
    "inn": "ИНН",
    "ogrn": "ОГРН",
    "founder": "Верхняя строка бланка",
    "city": "Город или село",
    "site": "Сайт",
    "basis": "Основание",
    "head_name": "Руководитель",
    "head_post": "Должность руководителя",
    "curator_name": "Куратор",
    "curator_post": "Должность куратора",
    "stage": "Этап",
    "until": "Последний день паузы",
    "pause_reason": "Почему пауза",
    "on": "Когда получено",
    "last_day": "Последний день",
    "note": "Заметка",
    "owner": "Кто этим занимается",
    "outcome": "Чем закончилось",
    "mentees": "Кого позвать",
    "held_on": "Когда",
    "interviewer": "Кто провёл",
    "notes": "Заметки",
    "title": "Название",
    "provider": "Кто проводит",
    "starts_on": "Начало",
    "ends_on": "Окончание",
    "hours": "Часы",
    "certificate": "Удостоверение",
    "number": "Номер",
    "duties": "Что делает наставник",
    "way": "Как проходит наставничество",
    "payment": "Выплата",
    "amount": "Сумма в месяц",
    "pupils_10_19": "Детей и подростков 10–19 лет",
    "pupils_15_19": "Подростков 15–19 лет",
    "young_teachers": "Молодых педагогов",
    "partners": "Организаций, давших наставников",
    "enterprises": "Из скольких предприятий",
    "threshold": "Порог удовлетворённости",
    "target_pupils_mentees": "Цели",
    "target_pupils_mentors": "Цели",
    "target_young_teachers": "Цели",
    "target_partners": "Цели",
    "target_glad_mentees": "Цели",
    "target_glad_mentors": "Цели",
    "paper_code": "Код бланка",
    "partner": "Организация-партнёр",
    "login": "Логин",
    "full_name": "Фамилия, имя, отчество",
    "password": "Пароль",
    "name": "Название",
    "short_name": "Короткое название",
    "address": "Адрес",
    "contact": "Как связаться с куратором",
    "time_zone": "Часовой пояс",
    "last_name": "Фамилия",
    "first_name": "Имя",
    "patronymic": "Отчество",
    "birth_date": "Дата рождения",
    "place": "Класс или должность",
    "phone": "Телефон",
    "text": "Текст",
    "remark": "Что исправить",
    "reason": "Причина",
    "reason_text": "Причина",
    "reasons": "Почему эта пара",
    "role_model": "Ролевая модель",
    "form": "Форма наставничества",
    "topic": "Тема",
    "minutes": "Сколько минут",
    "starts_at": "Когда",
    "held_at": "Когда",
    "capacity": "Сколько наставляемых",
    "given_by_name": "Кто подписал",
    "relation": "Кем приходится",
}

PROBLEMS = {
    Problem.EMPTY: "здесь нужен ответ.",
    Problem.TOO_LONG: "в ответе {length} знаков, а помещается {limit}.",
    Problem.WORDS_NEEDED: "ответьте словами.",
    Problem.CHOOSE_FROM_LIST: "выберите один из вариантов.",
    Problem.NOTHING_CHOSEN: "отметьте хотя бы один вариант.",
    Problem.TOO_MANY: "можно отметить не больше {limit}.",
    Problem.NOT_A_NUMBER: "нужно число.",
    Problem.OUT_OF_RANGE: "нужно число от {lowest} до {highest}.",
    Problem.NOT_A_DATE: "напишите дату так: 25.11.2010.",
    Problem.DATE_IMPOSSIBLE: "такой даты нет в календаре.",
    Problem.DATE_TOO_EARLY: "дата слишком ранняя, нужна не раньше {earliest}.",
    Problem.DATE_TOO_LATE: "дата слишком поздняя, нужна не позже {latest}.",
    Problem.NOT_A_PHONE: "это не похоже на номер телефона. Пример: +7 900 123-45-67.",
    Problem.REQUIRED: "этот вопрос пропустить нельзя.",
}
