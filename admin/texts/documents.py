"""Papers in the panel: what a button did, why an order is not signed, what is wrong with a template."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from admin.texts import labels
from admin.texts.days import plural
from mentoring.document_words import KINDS as KINDS
from mentoring.document_words import STAGES as STAGES
from mentoring.document_words import file_stem as file_stem
from mentoring.document_words import paper_name as paper_name
from mentoring.rules.consents import Giver
from mentoring.rules.declension import Case
from mentoring.rules.document_field import ChoiceKind, Field
from mentoring.rules.document_order_choices import CHOICES
from mentoring.rules.documents import BlockReason, DocumentKind, DocumentState, Fault, FaultKind
from mentoring.rules.errors import Blocker
from mentoring.rules.pairs import PairState
from mentoring.rules.selection import RegisterGap
from mentoring.use_cases.document_signing import Signed
from mentoring.use_cases.documents import PaperView
from mentoring.use_cases.programme_stage import Lack

BEGUN = "Черновик готов: мы заполнили всё, что знаем. Проверьте, поправьте и подпишите."
CONTINUED = "Черновик этой бумаги уже есть: вот он, со сведениями на эту минуту."
SAVED = "Сохранено."
THROWN_AWAY = "Черновик выброшен. Люди и пары на месте."
LEFT_OUT = "Убрали из приказа тех, кому чего-то не хватает. Остальных можно подписать сейчас."
PROFILE_SAVED = "Сведения сохранены. Они будут во всех новых бумагах; подписанные не изменятся."
FORMS_SAVED = "Склонение сохранено: так имя будет стоять во всех новых бумагах."
TEMPLATE_TAKEN = "Шаблон принят: новые бумаги печатаются по нему. Прежний сохранён, к нему можно вернуться."
TEMPLATE_CHOSEN = "Готово: новые бумаги печатаются по этому шаблону."
STAGE_MOVED = "Этап программы изменён."
NOTHING_CHOSEN = "Отметьте хотя бы одну бумагу."
NOBODY_CHOSEN = {"pairs": "Отметьте хотя бы одну пару.", "people": "Отметьте хотя бы одного человека."}
TOO_MANY = "Столько бумаг в один архив не поместится: в нём до 100 бумаг и 60 МБ. Отметьте меньше и повторите."
EMPTY = {
    "pairs": "В приказе пока нет ни одной пары. Отметьте их в черновике и сохраните отметки.",
    "mentors": "В приказе пока нет ни одного наставника. Отметьте их в черновике и сохраните отметки.",
    "people": "В бумаге пока никого нет. Отметьте людей в черновике и сохраните отметки.",
    "leave_out": "В приказе пока нет ни одного изменения: всё, что в силе, и так совпадает с прежним приказом.",
}

OF_REPORTS = (
    "Заранее выбран самый новый подписанный отчёт: его цифры уже не изменятся. Для итогового отчёта берём отчёт за "
    "весь учебный год. Если такого нет, стоят цифры на сегодняшний день."
)

STATES = {DocumentState.DRAFT: "черновик", DocumentState.SIGNED: "подписан", DocumentState.VOID: "выброшен"}
TONES = {DocumentState.DRAFT: "wait", DocumentState.SIGNED: "good", DocumentState.VOID: "calm"}
GROUPS = (("orders", "приказы"), ("papers", "остальные"))

CASES = {
    Case.GENITIVE: "Кого? (нет)",
    Case.DATIVE: "Кому? (поручить)",
    Case.ACCUSATIVE: "Кого? (назначить)",
    Case.INSTRUMENTAL: "Кем? (подписан)",
    Case.PREPOSITIONAL: "О ком?",
}

TICKED = {
    "pairs": "Пары и группы",
    "leave_out": "Изменения",
    "mentors": "Наставники",
    "people": "Кому",
}

NOTHING_TO_TICK = {
    DocumentKind.ORDER_PAIRS: "Пар, которые ждут приказа, сейчас нет. Сначала подтвердите пары на их страницах.",
    DocumentKind.ORDER_COMPLETION: "Пар, закреплённых приказом, пока нет: завершать нечего.",
    DocumentKind.ORDER_AMENDMENT: "С тех пор ничего не изменилось: вносить нечего.",
    DocumentKind.ORDER_REGISTER: "Одобренных наставников пока нет. Одобрите анкеты на странице «Люди».",
    DocumentKind.ORDER_REWARDS: "Подтверждённых пар пока нет: отметить некого.",
    DocumentKind.CERTIFICATE: "Подтверждённых пар пока нет: отметить некого.",
    DocumentKind.GRATITUDE: "Подтверждённых пар пока нет: отметить некого.",
}

EFFECTS = {
    DocumentKind.ORDER_PAIRS: "пары станут официальными, участники получат сообщение с номером приказа;",
    DocumentKind.ORDER_AMENDMENT: "новые пары станут официальными, их участники получат сообщение; прежний приказ не "
    "изменится, к нему добавится этот;",
    DocumentKind.ORDER_REGISTER: "отмеченные наставники войдут в реестр;",
    DocumentKind.ORDER_INTRODUCTION: "дата приказа станет днём внедрения модели: от неё считаются сроки;",
    DocumentKind.ORDER_COMPLETION: "отмеченные пары завершатся, участники получат сообщение с благодарностью;",
}
"""What happens at the signature, beside that the paper is kept."""

LACKS = {
    Lack.MENTEES: "нет ни одного одобренного наставляемого",
    Lack.MENTORS: "нет ни одного одобренного наставника",
    Lack.PAIRS: "пар пока нет",
    Lack.WITHOUT_PAIR: "наставляемые без пары: {}",
    Lack.WITHOUT_ORDER: "пары без приказа: {}",
    Lack.PLANS: "пары без плана: {}",
    Lack.MEETINGS: "пары без единой встречи: {}",
    Lack.STILL_WORKING: "пары ещё работают: {}",
    Lack.REPORT: "нет подписанного отчёта",
}

LACKING_FIELDS = {"head_name": "фамилия, имя, отчество руководителя", "city": "город или село"}


def signed(done: Signed) -> str:
    """«Подписано: Приказ о закреплении пар № 47 от 25.11.2026. Официальными стали 3 пары»."""
    said = f"Подписано: {paper_name(done.kind, done.number, done.dated_on)}."
    if not done.fixed:
        return said
    return f"{said} Официальными стали {plural(done.fixed, 'пара', 'пары', 'пар')}, участники получат сообщение."


def field_groups(fields: Sequence[Field]) -> list[tuple[str, list[Field]]]:
    """By what stands before the dot, so that eighteen forms of a director's name take one line of the page."""
    groups: dict[str, list[Field]] = {}
    for one in fields:
        before, dot, _ = one.name.partition(".")
        groups.setdefault(before if dot or one.rows else "", []).append(one)
    return list(groups.items())


def written_lines(found: PaperView, shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What stands in the paper, as the form would show it."""
    reports = {one.value: one.label for one in found.reports}
    choices = CHOICES.get(found.line.kind, ())
    said = {one.name: reports.get(shown[one.name], "") for one in choices if one.kind is ChoiceKind.REPORT}
    return [(one.label, said.get(one.name) or _shown(shown[one.name])) for one in choices]


def option_note(ticked: str, note: str) -> str:
    """What to know of somebody before ticking: the state of a pair, what a mentor lacks for the register."""
    if ticked == "pairs":
        return labels.word(PairState(note))
    if ticked == "mentors":
        gaps = [one for one in note.split(",") if one in list(RegisterGap)]
        return ", ".join(labels.word(RegisterGap(one)) for one in gaps) if gaps else _in_register(note)
    return note


def kind_name(kind: DocumentKind) -> str:
    return KINDS[kind].name


def lack(one: tuple[Lack, int]) -> str:
    return LACKS[one[0]].format(one[1])


def blocked(one: Blocker) -> str:
    """«Мила Крылова: нет согласия родителя»."""
    return f"{one.name or 'Без имени'}: {_why_blocked(one)}"


def fault(one: Fault) -> str:
    said = FAULTS[one.kind].format(name=one.name)
    if one.kind is FaultKind.UNKNOWN and re.search("[а-яё]", one.name.casefold()):
        said = f"{said} В нём русские буквы: названия полей пишут латинскими."
    return f"{said} Место: «{one.where}»." if one.where else said


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")


def _in_register(number: str) -> str:
    return f"уже в реестре, приказ № {number}" if number else ""


def _why_blocked(one: Blocker) -> str:
    if one.reason == BlockReason.CONSENT:
        guardian = one.detail.endswith(f":{Giver.GUARDIAN}")
        return "нет согласия родителя" if guardian else "нет собственного согласия"
    return BLOCKED.get(one.reason, "пока не может стоять в приказе")


BLOCKED: dict[str, str] = {
    BlockReason.LABOUR: "нет письменного согласия работника наставлять (ТК РФ, ст. 351.8)",
    BlockReason.STATE: "пара ещё не подтверждена вами или уже завершена",
    BlockReason.ORDERED: "пару уже закрепил другой приказ",
    BlockReason.UNORDERED: "этой пары нет в приказах, или её уже завершил другой приказ",
    BlockReason.NOT_APPROVED: "анкета ещё не одобрена",
}

FAULTS = {
    FaultKind.NOT_WORD: "Это не документ Word или он закрыт паролем. Сохраните файл в Word как «Документ Word (.docx)» "
    "и выберите его снова.",
    FaultKind.TOO_LARGE: "Файл слишком большой: помещается 5 МБ. Уменьшите картинки: в Word «Формат рисунка» → «Сжать "
    "рисунки».",
    FaultKind.MACROS: "В файле есть макросы. Сохраните его как обычный документ Word (.docx), без макросов.",
    FaultKind.OUTSIDE: "Файл берёт что-то из интернета или несёт в себе другой файл. Вставьте картинки в сам документ, "
    "а вложения уберите.",
    FaultKind.EDITED: "В файле есть непринятые правки. В Word откройте «Рецензирование», примите или отклоните все "
    "исправления, выключите их запись и сохраните файл.",
    FaultKind.COMMENTED: "В файле есть примечания: они попали бы в каждую бумагу. В Word откройте «Рецензирование», "
    "удалите все примечания и сохраните файл.",
    FaultKind.STRAY: "Осталась одиночная фигурная скобка: она напечаталась бы как есть. Поле пишут в двойных скобках "
    "без пробела между ними: «{{{{ head.sign }}}}».",
    FaultKind.BROKEN: "Не получается прочитать метку в фигурных скобках: {name}.",
    FaultKind.UNKNOWN: "Поля «{name}» нет. Посмотрите список полей ниже: возможно, в названии опечатка.",
    FaultKind.WHOLE: "У поля «{name}» нужно сказать, что именно печатать. Например, «head.sign» или строка таблицы.",
    FaultKind.FORBIDDEN: "Так писать нельзя: «{name}». Можно вставлять поля, условия «if» и повторять строки «for».",
    FaultKind.FAILS: "Пробная бумага не получилась: {name}.",
}
