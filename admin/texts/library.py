"""Words of the library of questionnaires and of its editor."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from admin.texts import labels
from mentoring.rules.errors import DefinitionBroken, DraftExists
from mentoring.rules.forms import Form
from mentoring.rules.questions.files import Slip, text_of
from mentoring.rules.questions.parsing import (
    HINT_LIMIT,
    LABEL_LIMIT,
    SECTION_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    Fault,
)

USES = {
    "entry": "Вступление в программу",
    "training": "Подготовка наставников",
    "preferences": "После общей встречи",
    "feedback": "После встречи пары",
    "pulse": "Раз в месяц",
    "survey": "В начале и в конце работы пары",
    "parents": "Родителям",
    "partners": "Партнёрам",
    "grid": "Оценка программы",
    "swot": "Сильные и слабые стороны",
    "other": "Другое",
}

ROLES = {
    "": "любому участнику",
    "mentor": "наставнику",
    "mentee": "наставляемому",
    "guardian": "родителю",
    "curator": "куратору",
    "partner": "партнёру",
}

SUBJECTS = {
    "enrolment": "об участии в программе",
    "pair": "о своей паре",
    "meeting": "об одной встрече",
    "person": "ни о ком отдельно",
}


def forms() -> dict[str, str]:
    regional = f"{labels.word(Form.TEACHER_PUPIL)} (региональная форма)"
    return {"": "для любой формы", **{form: labels.word(form) for form in Form}, Form.TEACHER_PUPIL: regional}


MOMENTS = {"": "не сравнивается", "before": "до начала работы", "after": "после работы"}

SOURCES = {
    "proven": "слова методики, сверены",
    "recalled": "по описанию методики, дословно не проверено",
    "ours": "слова наши",
}

KINDS = {
    "one_of": "Один вариант из списка",
    "several_of": "Несколько вариантов из списка",
    "yes_no": "Да или нет",
    "scale": "Оценка по шкале",
    "text": "Короткий ответ словами",
    "long_text": "Подробный ответ словами",
    "number": "Число",
    "date": "Дата",
    "slots": "Дни недели",
    "phone": "Телефон",
    "person": "Люди со встречи",
}

ASPECTS = {
    "": "ни к какой",
    "organisational": "организационная",
    "methodical": "научно-методическая",
    "personal": "личностная",
}

PEOPLE = {"anyone": "все, кто был", "mentors": "наставники", "mentees": "наставляемые"}

MARKS = {
    "optional": "можно пропустить",
    "curator_only": "увидит только куратор",
    "importance": "спрашивает о важности",
    "satisfaction": "доволен ли человек",
}

FIELDS = {
    "title": "Название",
    "intro": "Вступление",
    "minutes": "Сколько минут",
    "role": "Кому",
    "use": "Для чего",
    "subject": "О чём",
    "form": "Форма наставничества",
    "moment": "До или после",
    "source": "Откуда слова",
    "key": "Ключ",
    "kind": "Как отвечать",
    "text": "Вопрос",
    "hint": "Подсказка",
    "options": "Варианты ответа",
    "label": "Слова варианта",
    "value": "Ключ варианта",
    "limit": "Не больше",
    "min": "Шкала от",
    "max": "Шкала до",
    "ends": "Слова у концов шкалы",
    "show_if": "Когда показывать",
    "section": "Раздел",
    "pair": "Сравнивать с вопросом",
    "fills": "Что заполняет",
    "aspect": "Группа показателей",
    "question": "Вопросы",
    "file": "Файл",
    "of": "Из кого выбирать",
}

LIMITS = {
    "title": TITLE_LIMIT,
    "intro": TEXT_LIMIT,
    "text": TEXT_LIMIT,
    "hint": HINT_LIMIT,
    "label": LABEL_LIMIT,
    "section": SECTION_LIMIT,
}

FAULTS = {
    Fault.MISSING: "здесь пусто, а без этого нельзя.",
    Fault.WRONG_TYPE: "значение не того вида: в этом месте ждём другое (слова в кавычках, число, true или false).",
    Fault.UNKNOWN_FIELD: "такого поля нет. Проверьте, нет ли опечатки.",
    Fault.NOT_FOR_THIS_KIND: "у вопроса этого вида такого поля нет. Уберите его.",
    Fault.BAD_KEY: "ключ пишут маленькими латинскими буквами, цифрами и «_», с буквы.",
    Fault.DUPLICATE: "такое уже есть выше. Два одинаковых нельзя: ответы перепутаются.",
    Fault.TOO_LONG: "слишком длинно для телефона.",
    Fault.UNKNOWN_KIND: "такого вида вопросов нет.",
    Fault.UNKNOWN_WORD: "такого слова здесь не бывает.",
    Fault.NO_QUESTIONS: "в анкете нет ни одного вопроса.",
    Fault.NO_OPTIONS: "нет ни одного варианта ответа. Впишите их, по одному в строке.",
    Fault.LIMIT_BELOW_ONE: "меньше одного выбрать нельзя.",
    Fault.BOUNDS: "нижняя граница должна быть меньше верхней, а в шкале может быть не больше 11 ступеней.",
    Fault.CONDITION_ON_UNKNOWN: "вопроса, от которого зависит показ, больше нет. Выберите другой или снимите условие.",
    Fault.CONDITION_ON_LATER: (
        "показ зависит от вопроса, который стоит ниже. Поднимите тот вопрос выше этого или снимите условие."
    ),
    Fault.CONDITION_ON_UNKNOWN_OPTION: "показ зависит от варианта, которого у того вопроса нет. Отметьте другой.",
    Fault.UNKNOWN_FILL: "такой записи о человеке нет.",
    Fault.FILL_OF_WRONG_KIND: "ответом такого вида это поле записи не заполнить.",
    Fault.FILL_OF_WRONG_VALUE: "среди вариантов есть такой, которого в записи о человеке не бывает.",
    Fault.KEY_REUSED: (
        "раньше под этим ключом был другой вопрос: с другим видом ответа или другой шкалой. Это уже другой вопрос: "
        "добавьте новый, а этот удалите. Иначе старые и новые ответы нельзя будет сравнить."
    ),
    Fault.NEEDED: (
        "удалён вопрос об имени или фамилии. Без него человек останется без имени. Верните вопрос: "
        "он в списке удалённых внизу страницы."
    ),
    Fault.NOT_TEXT: "это не текстовый файл. Нужен файл .toml, как тот, что скачивается отсюда.",
    Fault.SYNTAX: "строку не разобрать.",
}

SLIPS = {
    Slip.NO_EQUALS: "после имени поля нужен знак «=».",
    Slip.QUOTES_OPEN: "кавычки открыты, но не закрыты до конца строки.",
    Slip.QUOTES_WRONG: "вокруг значения стоят кавычки-ёлочки или фигурные. Нужны прямые (Shift и 2).",
    Slip.BACKSLASH: "обратная косая черта пишется два раза подряд.",
    Slip.TWICE: "это поле у этого вопроса уже записано выше. Оставьте одно.",
    Slip.VALUE: "после «=» стоит не то: слова берут в прямые кавычки, а «да» и «нет» пишут как true и false.",
    Slip.BRACKET_OPEN: "скобка открыта, но не закрыта, или между вариантами нет запятой.",
    Slip.TOO_MUCH: "после значения стоит что-то лишнее. Одно поле занимает одну строку.",
    Slip.UNREADABLE: "строку не разобрать. Поле пишется так: text = и слова в прямых кавычках.",
}

MADE = "Черновик создан. Добавьте вопросы: всё сохраняется сразу."
COPIED = "Копия создана. Это черновик: его увидят люди, только когда вы его опубликуете."
TAKEN = "Файл прочитан и стал черновиком. Посмотрите его и опубликуйте."
HIDDEN = "Анкета убрана: её больше не предлагают и не планируют. Ответы на месте, вернуть можно в любой момент."
SHOWN = "Анкета снова используется."
ADDED = "Вопрос добавлен."
REMOVED = "Вопрос убран из черновика."
RETURNED = "Вопрос возвращён, он стоит последним."
DROPPED = "Черновик удалён."
UNCHANGED = "В черновике всё так же, как в нынешней версии. Публиковать нечего, черновик убран."
TEXT_NEEDED = "Сначала напишите вопрос."


def published(number: int) -> str:
    return f"Версия {number} опубликована. Её увидят те, кто начнёт отвечать с этой минуты."


def not_published(place: str, reason: str) -> str:
    return f"Пока не опубликовать. {stated(place, reason)}"


def scale(lowest: object, highest: object, ends: Sequence[str]) -> str:
    said = f"от {lowest} до {highest}"
    return f"{said}: {ends[0]} – {ends[-1]}" if ends else said


def depends_on(number: int, text: str) -> str:
    """For a list of questions: the beginning is enough."""
    short = text if len(text) <= 60 else f"{text[:59].rstrip()}…"
    return f"если отвечено на вопрос {number}: {short}"


def condition(number: int, labels: Sequence[str]) -> str:
    if not number:
        return "только если отвечено на вопрос, которого больше нет"
    if not labels:
        return f"только если есть ответ на вопрос {number}"
    return f"только если в вопросе {number}: {' или '.join(f'«{label}»' for label in labels)}"


def tokens(show_if: Mapping[str, Any]) -> tuple[str, ...]:
    """The answers that a raw condition names."""
    named = show_if.get("any_of", [show_if["equals"]] if "equals" in show_if else [])
    return tuple({True: "yes", False: "no"}[one] if isinstance(one, bool) else str(one) for one in named)


_PLACE = re.compile(r"(?:question(?:\[(\d+)\])?\.?)?([a-z_]*)(?:\[(\d+)\])?(?:\.([a-z_]+))?")


def fault(place: str, reason: str) -> str:
    """«вопрос 3, вариант 2: слишком длинно…»: without the line, which a file has and a draft has not."""
    if reason == Fault.SYNTAX:
        return SLIPS.get(Slip(place), FAULTS[Fault.SYNTAX]) if place in list(Slip) else FAULTS[Fault.SYNTAX]
    if reason == Fault.NEEDED:
        return f"Вопросы: {FAULTS[Fault.NEEDED]}"
    said = FAULTS.get(Fault(reason), "") if reason in list(Fault) else "здесь что-то не так."
    where, field = _where(place)
    longest = LIMITS.get(field)
    if reason == Fault.TOO_LONG and longest:
        said = f"слишком длинно для телефона: помещается {longest} знаков."
    return f"{where}: {said}" if where else said


def stated(place: str, reason: str) -> str:
    """As a sentence of its own."""
    said = fault(place, reason)
    return f"{said[:1].upper()}{said[1:]}"


def file_fault(place: str, reason: str, line: int) -> str:
    said = stated(place, reason)
    return f"Строка {line}. {said}" if line else said


def field_fault(place: str, reason: str) -> str:
    """Beside the question itself: without its number."""
    said = fault(place, reason)
    return re.sub(r"^вопрос \d+, ", "", said)


def _where(place: str) -> tuple[str, str]:
    found = _PLACE.match(place)
    number, field, item, inner = found.groups() if found else (None, "", None, None)
    parts = [f"вопрос {number}"] if number else []
    if item and field == "options":
        parts.append(f"вариант {item}")
    elif field:
        parts.append(f"«{FIELDS.get(field, field)}»")
    if inner and inner not in ("label",):
        parts.append(f"«{FIELDS.get(inner, inner)}»")
    if number and not field:
        parts.append("«Ключ»")
    return ", ".join(parts), inner or ("label" if item else field)


@dataclass(frozen=True, slots=True)
class FileRefused:
    """``near``: lines of the file around the wrong one, as (number, text, is it the one)."""

    said: str
    near: tuple[tuple[int, str, bool], ...]


def refused_file(error: DefinitionBroken | DraftExists, content: bytes) -> FileRefused:
    if isinstance(error, DraftExists):
        return FileRefused(
            f"У анкеты «{error.title}» уже есть черновик. Чтобы файл встал на его место, поставьте отметку "
            "«Заменить мой черновик» и выберите файл ещё раз.",
            (),
        )
    lines = text_of(content).splitlines() if error.line else []
    first = max(1, error.line - NEAR)
    near = enumerate(lines[first - 1 : error.line + NEAR], first)
    return FileRefused(
        file_fault(error.place, error.reason, error.line),
        tuple((number, text, number == error.line) for number, text in near),
    )


NEAR = 3
