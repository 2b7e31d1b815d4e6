"""A report in Russian: the same words on the page, in the document and in the workbook."""

from contextvars import ContextVar
from datetime import date

from babel import Locale
from babel.dates import format_date

from mentoring.rules.forms import Form, OrganisationKind
from mentoring.rules.indicators import Indicator
from mentoring.rules.people import Role
from mentoring.rules.quality import Aspect, Level
from mentoring.rules.reporting import PeriodKind, SectionKey, Tag, TextKey

RUSSIAN = Locale("ru")


def plural(number: int, one: str, few: str, many: str) -> str:
    """«1 встреча», «2 встречи», «5 встреч»."""
    return f"{number} { {'one': one, 'few': few}.get(RUSSIAN.plural_form(number), many) }"


def period_words(kind: PeriodKind, starts_on: date, ends_on: date, school_year: str = "") -> str:
    """«за ноябрь 2026», «за 4-й квартал 2026», «за 2026/2027 учебный год»."""
    if kind is PeriodKind.MONTH:
        return f"за {format_date(starts_on, 'LLLL', locale='ru')} {starts_on.year}"
    if kind is PeriodKind.QUARTER:
        return f"за {QUARTERS[(starts_on.month - 1) // 3]} квартал {starts_on.year}"
    if kind is PeriodKind.HALF_YEAR:
        return f"за {'первое' if starts_on.month == 1 else 'второе'} полугодие {starts_on.year}"
    return f"за {school_year or f'{starts_on.year}/{ends_on.year}'} учебный год"


def report_title(kind: PeriodKind, starts_on: date, ends_on: date, school_year: str = "") -> str:
    return f"Отчёт о мониторинге {period_words(kind, starts_on, ends_on, school_year)}"


def long_date(day: date) -> str:
    """«30 ноября 2026 г.»"""
    return format_date(day, "d MMMM y 'г.'", locale="ru")


def number(value: float | None, *, places: int = 2) -> str:
    """«8,4»: a comma, and no zeros at the end; an en dash where there is nothing to show."""
    if value is None:
        return "–"
    shown = f"{value:.{places}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace(".", ",").replace("-", "−")


def signed_number(value: float | None) -> str:
    return f"+{number(value)}" if value is not None and value > 0 else number(value)


def points(value: float | None) -> str:
    """A difference of two shares."""
    return "–" if value is None else f"{signed_number(value)}\u00a0п.\u00a0п."


def percent(value: float | None) -> str:
    return "–" if value is None else f"{number(value, places=1)}\u00a0%"


def chance(value: float | None) -> str:
    """p of a test: three digits say enough."""
    if value is None:
        return "–"
    return "< 0,001" if value < 0.001 else number(value, places=3)


def speak_as(kind: str) -> None:
    """For whatever the caller's thread or task says from now on: forms have other names in other organisations."""
    _KIND.set(kind)


def form_word(key: str) -> str:
    return FORMS_ELSEWHERE.get(_KIND.get(), {}).get(key) or FORMS.get(key, key)


def group_words(group: str) -> str:
    """«ученик–ученик, наставляемые» of «pupil_pupil:mentee», «Отзыв (наставники)» of «Отзыв|mentor».

    A title that names the role itself, or anything else, stays as it is.
    """
    form, colon, role = group.partition(":")
    if colon and form in FORMS and role in ROLES:
        return f"{form_word(form)}, {ROLES[role]}"
    title, _, role = group.rpartition("|")
    if not title:
        return SOURCES.get(group, group)
    return title if role not in ROLES or ROLES[role][:8] in title.lower() else f"{title} ({ROLES[role]})"


def of_questions(some: int, whole: int) -> str:
    """«5 вопросам из 7»."""
    return f"{plural(some, 'вопросу', 'вопросам', 'вопросам')} из {whole}"


def of_indicators(some: int, whole: int) -> str:
    return f"{plural(some, 'показателю', 'показателям', 'показателям')} из {whole}"


QUARTERS = ("1-й", "2-й", "3-й", "4-й")

PERIODS = {
    PeriodKind.MONTH: "месяц",
    PeriodKind.QUARTER: "квартал",
    PeriodKind.HALF_YEAR: "полугодие",
    PeriodKind.SEASON: "учебный год",
}

SECTIONS = {
    SectionKey.PEOPLE: "Участники",
    SectionKey.PAIRS: "Пары по формам наставничества",
    SectionKey.MEETINGS: "Встречи",
    SectionKey.FEEDBACK: "Отзывы о встречах",
    SectionKey.SURVEYS: "Опросы",
    SectionKey.RESULTS: "Что ответили",
    SectionKey.CHANGES: "До и после",
    SectionKey.INDICATORS: "Показатели внедрения модели",
    SectionKey.QUALITY: "Качество программы",
    SectionKey.SWOT: "SWOT-анализ",
    SectionKey.INFLUENCE: "Влияние на участников",
    SectionKey.GAPS: "Чего не хватает",
}

TEXTS = {
    TextKey.OVERVIEW: "Коротко о главном",
    TextKey.MEETINGS: "О встречах и отзывах",
    TextKey.ANSWERS: "Об ответах участников",
    TextKey.CHANGES: "О переменах",
    TextKey.INDICATORS: "О показателях и качестве",
    TextKey.CONCLUSIONS: "Выводы",
    TextKey.PROPOSALS: "Предложения",
}

FORMS = {
    Form.PUPIL_PUPIL.value: "ученик–ученик",
    Form.TEACHER_TEACHER.value: "учитель–учитель",
    Form.STUDENT_PUPIL.value: "студент–ученик",
    Form.EMPLOYER_PUPIL.value: "работодатель–ученик",
    Form.EMPLOYER_STUDENT.value: "работодатель–студент",
    Form.TEACHER_PUPIL.value: "учитель–ученик",
    Form.PEDAGOGUES.value: "педагог–педагог",
    "other": "форма не указана",
    "all": "всего",
}

PERSONALISED = "педагог–педагог по персонализированной программе"

FORMS_ELSEWHERE = {
    OrganisationKind.COLLEGE.value: {
        Form.PUPIL_PUPIL.value: "обучающийся–обучающийся",
        Form.TEACHER_TEACHER.value: "педагог–педагог",
        Form.TEACHER_PUPIL.value: "преподаватель–обучающийся",
        Form.PEDAGOGUES.value: PERSONALISED,
    },
    OrganisationKind.ADDITIONAL.value: {
        Form.PUPIL_PUPIL.value: "обучающийся–обучающийся",
        Form.TEACHER_TEACHER.value: "педагог–педагог",
        Form.STUDENT_PUPIL.value: "студент–обучающийся",
        Form.EMPLOYER_PUPIL.value: "специалист–обучающийся",
        Form.TEACHER_PUPIL.value: "педагог–обучающийся",
        Form.PEDAGOGUES.value: PERSONALISED,
    },
}
"""methodology.md §1.3. «Педагог–педагог» is the name of two forms there: one of them says what it works by."""

_KIND: ContextVar[str] = ContextVar("kind", default=OrganisationKind.SCHOOL.value)

ROLES = {Role.MENTOR.value: "наставники", Role.MENTEE.value: "наставляемые", "all": "всего"}

SOURCES = {
    **ROLES,
    "influence_pupil": "ученики и студенты",
    "influence_pedagogue": "педагоги",
}

ASPECTS = {
    Aspect.ORGANISATIONAL.value: "организационные",
    Aspect.METHODICAL.value: "научно-методические",
    Aspect.PERSONAL.value: "личностные",
}

LEVELS = {
    Level.OPTIMAL.value: "оптимальный (высокий) уровень",
    Level.ACCEPTABLE.value: "допустимый (средний) уровень",
    Level.LOW.value: "недопустимый (низкий) уровень",
}

INDICATORS = {
    Indicator.PUPILS_MENTEES.value: "Дети и подростки 10–19 лет — наставляемые",
    Indicator.PUPILS_MENTORS.value: "Подростки 15–19 лет — наставники",
    Indicator.YOUNG_TEACHERS.value: "Молодые педагоги — наставляемые",
    Indicator.PARTNERS.value: "Предприятия и организации, давшие наставников",
    Indicator.GLAD_MENTEES.value: "Удовлетворённость наставляемых",
    Indicator.GLAD_MENTORS.value: "Удовлетворённость наставников",
}

COLUMNS = {
    "entered": "Пришли",
    "approved": "Приняты",
    "taking_part": "Участвуют на конец",
    "left": "Вышли",
    "confirmed": "Начались",
    "active": "Действуют на конец",
    "ordered": "Из них по приказам",
    "ended": "Завершились",
    "mentors": "Настав\u00adников",
    "mentees": "Настав\u00adляемых",
    "planned": "Назна\u00adчено",
    "held": "Состо\u00adялось",
    "missed": "Не состо\u00adялось",
    "cancelled": "Отме\u00adнено",
    "unclosed": "Без отметки",
    "per_week": "На пару в неделю",
    "silent": "Пар без встреч",
    "asked": "Ждали",
    "answered": "Получили",
    "share": "Доля",
    "n": "Ответов",
    "mean": "Среднее",
    "median": "Медиана",
    "before": "До",
    "after": "После",
    "difference": "Разница",
    "grew": "Выросло у",
    "p": "p",
    "part": "Число",
    "whole": "Из скольких",
    "percent": "Доля",
    "target": "Цель",
    "mark": "Отметка",
    "people": "Людей",
    "answers": "Ответов",
    "lines": "Строк",
    "effect": "Сила",
    "asked_people": "Спросили",
    "answered_people": "Ответили",
}

MOST_NAMED = 3
HIDDEN = "Где меньше трёх ответов, числа не показаны, чтобы никого не узнали: {what}."

TAGS = {
    Tag.FEW: "мало ответов",
    Tag.HIDDEN: "слишком мало, не показано",
    Tag.IMPORTANCE: "ожидание против опыта",
    Tag.SHARE: "доля «да»",
    Tag.ANONYMOUS: "в том числе без имени",
}

IMPORTANCE = "Ожидание против опыта"
GAPS = {
    "ages": ("У {n} нет даты рождения: в показатели 1 и 2 они не вошли.", ("ученика", "учеников", "учеников")),
    "forms": ("У {n} не указана форма наставничества.", ("пары", "пар", "пар")),
    "unclosed": (
        "О {n} никто не сказал, состоялась ли она.",
        ("прошедшей встрече", "прошедших встречах", "прошедших встречах"),
    ),
    "silent": ("У {n} за это время не было ни одной встречи.", ("пары", "пар", "пар")),
    "feedback": ("Не получено {n} о встречах.", ("отзыв", "отзыва", "отзывов")),
    "surveys": ("Не пришло {n} на опросы.", ("ответ", "ответа", "ответов")),
    "grid": ("Анкета куратора о качестве программы не заполнена.", ("", "", "")),
    "swot": ("SWOT-анализ не заполнен.", ("", "", "")),
    "figures": ("Не указано {n} для показателей: доли не посчитаны.", ("число", "числа", "чисел")),
}


def gap_words(key: str, n: int) -> str:
    words, forms = GAPS[key]
    return words.format(n=plural(n, *forms))


APPENDIX = "Приложение {number}"
APPENDED = "Таблицы по каждой анкете — в приложении {number}."
SIGNED_BY = "Куратор программы наставничества"
ACQUAINTED = "Руководитель организации"
ERASED = "данные удалены по просьбе"
NAMELESS = "ответы без имени посчитаны, открыть их поимённо нельзя"
ENTERED = "число указал куратор"
