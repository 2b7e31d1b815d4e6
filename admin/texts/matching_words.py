"""The words of the rules of matching, as a curator reads them."""

from mentoring.rules.matching_fit import Against, Bar
from mentoring.rules.matching_settings import Criterion, Strictness

CRITERIA = {
    Criterion.REQUEST: "Запрос и опыт",
    Criterion.PREFERENCE: "Кого выбрали сами",
    Criterion.TIME: "Общее время",
    Criterion.AGE: "Возраст",
    Criterion.INTERESTS: "Интересы",
    Criterion.FORMAT: "Как удобно встречаться",
}
BARS = {
    Bar.SAME_PERSON: "это один и тот же человек",
    Bar.ALREADY_TOGETHER: "уже в паре или ждут ответа на предложение",
    Bar.NOT_APPROVED: "анкета ещё не одобрена",
    Bar.CONSENTS_MISSING: "не хватает согласия",
    Bar.CAPACITY_REACHED: "все места заняты",
    Bar.OTHER_ORGANISATION: "они из разных организаций",
    Bar.NO_FORM: "ни одна форма наставничества не соединяет таких людей",
    Bar.FORM_NOT_IN_PROGRAMME: "такой формы наставничества нет в программе",
    Bar.UNWANTED_BY_MENTOR: "один из двоих просил не ставить их вместе",
    Bar.UNWANTED_BY_MENTEE: "один из двоих просил не ставить их вместе",
    Bar.PAST_PAIR: "они уже были вместе или отказались друг от друга",
    Bar.CLASS_DISTANCE: "наставник учится слишком близко по классам",
    Bar.SUBJECT: "нужна помощь по своему предмету, а наставник преподаёт другой",
    Bar.MENTOR_KIND: "нужен наставник другого рода занятий",
    Bar.FORBIDDEN: "вы решили их не предлагать",
    Bar.UNDER_THRESHOLD: "подходят слабее порога",
}
_OWN_WORD = "по правилам программы их вместе не ставят"


def bar_word(bar: Bar, *, curator: bool = True) -> str:
    """Who would rather not be with whom is told to the curator alone; a head who looks in reads that a rule forbids."""
    told_to_all = curator or bar not in (Bar.UNWANTED_BY_MENTOR, Bar.UNWANTED_BY_MENTEE)
    return BARS[bar] if told_to_all else _OWN_WORD


AGAINST = {
    Against.NOTHING_SAID: "Один из двоих почти ничего не сказал о себе в анкете",
    Against.NO_SHARED_TOPIC: "Наставник не называл того, о чём просит наставляемый",
    Against.NO_SHARED_TIME: "Нет общего свободного времени",
    Against.OTHER_AGE: "Наставник хотел работать с другим возрастом",
    Against.NO_SHARED_INTERESTS: "Общих интересов не нашлось",
    Against.OTHER_FORMAT: "Хотят встречаться по-разному: один лично, другой онлайн",
    Against.OTHER_SUBJECT: "У них разные предметы",
    Against.OTHER_MENTOR_KIND: "Наставляемый хотел наставника другого рода занятий",
    Against.MENTEE_NAMED_OTHERS: "После общей встречи наставляемый выбрал других",
    Against.MENTOR_NAMED_OTHERS: "После общей встречи наставник выбрал других",
    Against.CLASS_UNKNOWN: "Неизвестен класс одного из двоих",
    Against.KIND_UNKNOWN: "Неизвестно, кто один из двоих: ученик, студент, учитель",
}
AGES = {
    "age_10_12": "10–12 лет",
    "age_13_14": "13–14 лет",
    "age_15_17": "15–17 лет",
    "age_18": "студенты",
    "teachers": "молодые педагоги",
}
FORMATS = {"in_person": "лично", "online": "онлайн", "any": "и лично, и онлайн"}
WISHES = {
    "mentee_1": "наставляемый назвал этого наставника первым",
    "mentee_2": "наставляемый назвал этого наставника вторым",
    "mentee_3": "наставляемый назвал этого наставника третьим",
    "mentee_later": "наставляемый назвал этого наставника среди других",
    "mentee_others": "наставляемый назвал других наставников",
    "mentee_kind": "наставляемый хотел именно такого наставника",
    "mentor_1": "наставник назвал этого наставляемого первым",
    "mentor_2": "наставник назвал этого наставляемого вторым",
    "mentor_3": "наставник назвал этого наставляемого третьим",
    "mentor_later": "наставник назвал этого наставляемого среди других",
    "mentor_others": "наставник назвал других наставляемых",
}
STRICTNESS = (
    (Strictness.HARD, "не ставить вместе"),
    (Strictness.SOFT, "учесть"),
    (Strictness.OFF, "не смотреть"),
)
