"""Facts for every paper, made of the names in the catalogue: with people and words that are awkward on purpose."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from mentoring.names import date_facts, person_facts
from mentoring.rules.document_field import Field
from mentoring.rules.document_fields import FIELDS
from mentoring.rules.documents import DocumentKind
from mentoring.rules.people import PersonName

AWKWARD = 'О\'Нил «Ёлка» & <Сыновья> "в кавычках" №5'

PEOPLE = (
    (PersonName("Лебедева", "Анна", "Сергеевна"), "учитель физики"),
    (PersonName("Крылова", "Мила", ""), "обучающаяся 7 „Б“ класса"),
    (PersonName("Асланов", "Тимур", "Рустамович"), "обучающийся 10 „А“ класса"),
    (
        PersonName("Пржевальская-Семёнова-Тян-Шанская", "Апполинария-Ёлочка", "Константинопольевна"),
        "заместитель директора по учебно-воспитательной и научно-методической работе & <развитию>",
    ),
    (PersonName("Титов", "Олег", "Игоревич"), "обучающийся 11 „А“ класса"),
    (PersonName("Соколова", "Дарья", "Игоревна"), "учитель начальных классов"),
)
HEAD = (PersonName("Громов", "Пётр", "Ильич"), "директор")
CURATOR = (PersonName("Зимина", "Ольга", "Викторовна"), "заместитель директора")


def sample_facts(kind: DocumentKind, *, rows: int = 3) -> dict[str, Any]:
    """All that ``kind`` may print; its lists of pairs and people have ``rows`` rows, the others three."""
    facts = _facts_of(FIELDS[kind], rows, 0)
    facts["head"], facts["curator"] = _person(HEAD), _person(CURATOR)
    if "responsible" in facts:
        facts["responsible"] = facts["control"] = facts["curator"]
    return facts


def _facts_of(fields: tuple[Field, ...], rows: int, place: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for field in fields:
        *path, last = field.name.split(".")
        inner = made
        for part in path:
            inner = inner.setdefault(part, {})
        inner[last] = _list_of(field, rows) if field.rows else _value(field, place)
    for name, value in made.items():
        if isinstance(value, dict) and "genitive" in value:
            made[name] = _person(PEOPLE[place % len(PEOPLE)])
    for name in [name for name in made if f"{name}_words" in made and name not in ("pairs", "period")]:
        made.update(date_facts(name, date(2026, 9, 1 + place % 28)))
    if "genitive" in made:
        made.update(_person(PEOPLE[(place + 1) % len(PEOPLE)]))
    return made


def _list_of(field: Field, rows: int) -> list[dict[str, Any]]:
    many = field.name in ("pairs", "mentors", "people", "acquainted", "meetings", "changes") or _is_register(field)
    return [_facts_of(field.rows, 2, place) for place in range(rows if many else 3 if rows > 1 else 1)]


def _is_register(field: Field) -> bool:
    """Not the mentees of one pair."""
    return field.name == "mentees" and any(one.name == "request" for one in field.rows)


def _value(field: Field, place: int) -> Any:
    last = field.name.rpartition(".")[2]
    if last == "number":
        return str(place + 1)
    return _VALUES.get(field.name) or _VALUES.get(last) or f"{field.what}: {AWKWARD}"


@cache
def _person(whom: tuple[PersonName, str]) -> dict[str, str]:
    return person_facts(*whom)


_LONG = (
    "Муниципальное бюджетное общеобразовательное учреждение «Гимназия „Маяк“ имени академика С. П. Королёва» "
    "города Приозёрный & <районов>"
)

_VALUES: Mapping[str, Any] = {
    "organisation.name": _LONG,
    "organisation.short_name": "МБОУ «Гимназия „Маяк“»",
    "organisation.founder": "Управление образования города Приозёрный",
    "organisation.city": "г. Приозёрный",
    "organisation.address": "123456, г. Приозёрный, ул. Школьная, д. 1",
    "organisation.contact": "тел. 8 (800) 000-00-00, mayak@example.org",
    "organisation.site": "mayak.example.org",
    "organisation.inn": "0000000000",
    "organisation.ogrn": "0000000000000",
    "programme.name": "Программа наставничества гимназии «Маяк»",
    "programme.school_year": "2026/2027",
    "programme.forms": "учитель–учитель, ученик–ученик, работодатель–ученик",
    "document.title": "О внедрении и работе целевой модели наставничества",
    "document.number": "47-о",
    "document.date": "25.11.2026",
    "document.date_words": "25 ноября 2026 г.",
    "document.city": "г. Приозёрный",
    "basis": "распоряжения Министерства просвещения Российской Федерации от 25.12.2019 № Р-145",
    "aim": "в целях развития наставничества",
    "form": "ученик–ученик",
    "forms": "ученик–ученик",
    "role_model": "лидер – пассивный",
    "term": "с 25.11.2026 по 31.05.2027",
    "period": "за 2026/2027 учебный год",
    "period_words": "с 1 по 30 ноября 2026 г.",
    "pairs_words": "18 пар и 2 группы",
    "pairs_accusative": "18 пар и 2 группы",
    "contact": "+7 900 000-00-00",
    "place": "учитель физики",
    "interests": "наука, спорт",
    "competences": "учёба и предметы, проекты и олимпиады",
    "entered_on": "01.10.2026",
    "ended_on": "31.05.2027",
    "hours": "36",
    "total": "12",
    "birth_year": "2013",
    "mark": "2",
    "before": "5,5",
    "after": "7,75",
    "difference": "+2,25",
    "n": "14",
    "percent": "71,4 %",
    "target": "70 %",
    "due": "15.12.2026",
    "date": "15.12.2026",
    "frequency": "не реже раза в неделю",
    "control_self": True,
    "group": True,
    "workers": True,
    "there": True,
}


def empty_facts(kind: DocumentKind) -> dict[str, Any]:
    """As in a school that has entered nothing yet: people are known, all else is empty."""
    facts = _emptied(sample_facts(kind, rows=1))
    facts["document"]["title"] = "О наставничестве"
    for name in (
        "mentor",
        "mentees",
        "head",
        "curator",
        "responsible",
        "control",
        "worker",
        "person",
        "pairs",
        "people",
    ):
        if name in facts:
            facts[name] = sample_facts(kind, rows=1)[name]
    return facts


def lacking(fields: tuple[Field, ...], facts: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Names of the catalogue that ``facts`` do not say."""
    for field in fields:
        *path, last = field.name.split(".")
        inner: Any = facts
        for part in path:
            inner = inner.get(part, {})
        if last not in inner:
            yield f"{at}{field.name}"
        elif field.rows:
            for row in inner[last]:
                yield from lacking(field.rows, row, f"{at}{field.name}.")


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _emptied(one) for name, one in value.items()}
    if isinstance(value, list):
        return []
    return False if isinstance(value, bool) else ""
