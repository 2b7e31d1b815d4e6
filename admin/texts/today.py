"""The things to do on the first page: one sentence each, and the button that leads on."""

from dataclasses import dataclass

from admin.texts.days import DAYS, plural
from mentoring.rules.results import TodayKind
from mentoring.use_cases.results import Example, TodayItem


@dataclass(frozen=True, slots=True)
class Words:
    """``title`` takes three plural forms of the whole sentence; «{}» is the number."""

    one: str
    few: str
    many: str
    button: str
    why: str = ""


def title(item: TodayItem) -> str:
    said = WORDS[item.kind]
    number_and_words = plural(item.count, said.one, said.few, said.many)
    return number_and_words[0].upper() + number_and_words[1:]


def why(item: TodayItem) -> str:
    return WORDS[item.kind].why


def button(item: TodayItem) -> str:
    return WORDS[item.kind].button


def example(item: TodayItem, example: Example) -> str:
    """«Лебедева – Соколова: 16 дней без встреч», «Мила Крылова: напоминали 2 раза»."""
    facts = []
    if example.days:
        facts.append(SPANS.get(item.kind, "{}").format(plural(example.days, *DAYS)))
    if example.times:
        facts.append(f"напоминали {plural(example.times, 'раз', 'раза', 'раз')}")
    label = example.label or "Пока без имени"
    return f"{label}: {', '.join(facts)}" if facts else label


SPANS = {
    TodayKind.OPEN_LETTERS: "ждёт {}",
    TodayKind.STALE_PROPOSALS: "{} без ответа",
    TodayKind.SILENT_PAIRS: "{} без встреч",
    TodayKind.PAIRS_WITHOUT_FIRST_MEETING: "{} со дня подтверждения",
}

WORDS = {
    TodayKind.ERASURE_DUE: Words(
        "просьба удалить данные",
        "просьбы удалить данные",
        "просьб удалить данные",
        "Открыть",
        "По закону данные нужно уничтожить за 30 дней.",
    ),
    TodayKind.OPEN_LETTERS: Words("письмо ждёт ответа", "письма ждут ответа", "писем ждут ответа", "Прочитать"),
    TodayKind.PAIRS_TO_CONFIRM: Words(
        "пара согласна и ждёт вашего подтверждения",
        "пары согласны и ждут вашего подтверждения",
        "пар согласны и ждут вашего подтверждения",
        "Подтвердить",
        "Имена друг друга они узнают только после этого.",
    ),
    TodayKind.NEW_RESPONSES: Words("новая анкета", "новые анкеты", "новых анкет", "Посмотреть"),
    TodayKind.GUARDIANS_REFUSED: Words(
        "родитель не дал согласия",
        "родителя не дали согласия",
        "родителей не дали согласия",
        "Посмотреть",
        "Поговорите с родителем: часто дело в непонятном слове. Без согласия участвовать нельзя.",
    ),
    TodayKind.PAIRS_DECLINED: Words(
        "предложение отклонили",
        "предложения отклонили",
        "предложений отклонили",
        "Подобрать другого",
    ),
    TodayKind.MEETINGS_MISSED: Words(
        "встреча не состоялась",
        "встречи не состоялись",
        "встреч не состоялись",
        "Посмотреть",
    ),
    TodayKind.HELP_ASKED: Words(
        "человек просит помощи в отзыве",
        "человека просят помощи в отзыве",
        "человек просят помощи в отзыве",
        "Прочитать",
    ),
    TodayKind.REMINDED_IN_VAIN: Words(
        "человек не отвечает на напоминания",
        "человека не отвечают на напоминания",
        "человек не отвечают на напоминания",
        "Посмотреть",
        "Три напоминания ушли без ответа. Позвоните или подойдите: больше мы не напоминаем.",
    ),
    TodayKind.CONSENTS_MISSING: Words(
        "человеку не хватает согласия",
        "людям не хватает согласия",
        "людям не хватает согласия",
        "Посмотреть",
    ),
    TodayKind.STALE_PROPOSALS: Words(
        "предложение без ответа",
        "предложения без ответа",
        "предложений без ответа",
        "Посмотреть",
    ),
    TodayKind.SILENT_PAIRS: Words(
        "пара давно не встречалась",
        "пары давно не встречались",
        "пар давно не встречались",
        "Посмотреть",
    ),
    TodayKind.PAIRS_WITHOUT_FIRST_MEETING: Words(
        "пара ещё не познакомилась",
        "пары ещё не познакомились",
        "пар ещё не познакомились",
        "Посмотреть",
    ),
    TodayKind.MEETINGS_UNCLOSED: Words(
        "встреча прошла, но никто не сказал, состоялась ли она",
        "встречи прошли, но никто не сказал, состоялись ли они",
        "встреч прошли, но никто не сказал, состоялись ли они",
        "Отметить",
    ),
    TodayKind.NOT_CORRECTED: Words(
        "анкета возвращена и ещё не исправлена",
        "анкеты возвращены и ещё не исправлены",
        "анкет возвращены и ещё не исправлены",
        "Посмотреть",
    ),
    TodayKind.CAMPAIGN_SILENT: Words(
        "опрос закроется в ближайшие два дня, а ответили не все",
        "опроса закроются в ближайшие два дня, а ответили не все",
        "опросов закроются в ближайшие два дня, а ответили не все",
        "Посмотреть",
        "Напомните ещё раз, внесите ответы с бумаги или продлите срок.",
    ),
    TodayKind.CAMPAIGN_OPENS: Words(
        "опрос начнётся в ближайшие сутки",
        "опроса начнутся в ближайшие сутки",
        "опросов начнутся в ближайшие сутки",
        "Проверить",
        "Сообщения уйдут сами. Пока можно изменить срок или отменить.",
    ),
    TodayKind.CALENDAR_NOT_SET: Words(
        "программа без календаря опросов",
        "программы без календаря опросов",
        "программ без календаря опросов",
        "Составить календарь",
        "Мы предложим опросы на весь год с датами. Без вашего решения ничего не уйдёт.",
    ),
    TodayKind.WITHOUT_PAIR: Words(
        "наставляемый без пары", "наставляемых без пары", "наставляемых без пары", "Подобрать"
    ),
    TodayKind.UNREACHABLE: Words(
        "человеку не дойдут сообщения",
        "людям не дойдут сообщения",
        "людям не дойдут сообщения",
        "Посмотреть",
        "Бот заблокирован или чат удалён. Свяжитесь по телефону.",
    ),
    TodayKind.NOTICES_FAILED: Words(
        "сообщение не доставлено",
        "сообщения не доставлены",
        "сообщений не доставлены",
        "Посмотреть",
    ),
}
