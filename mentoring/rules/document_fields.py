"""What each paper can say: the names for templates. Orders stand here, the other papers in `document_fields_papers`."""

from collections.abc import Mapping

from mentoring.rules.document_field import Field, day, person
from mentoring.rules.document_fields_papers import PAPER_FIELDS
from mentoring.rules.documents import DocumentKind

COMMON: tuple[Field, ...] = (
    Field("organisation.name", "Полное название организации"),
    Field("organisation.short_name", "Короткое название"),
    Field("organisation.founder", "Кому подчиняется: верхняя строка бланка"),
    Field("organisation.city", "Город или село"),
    Field("organisation.address", "Адрес"),
    Field("organisation.contact", "Телефон и почта"),
    Field("organisation.site", "Сайт"),
    Field("organisation.inn", "ИНН"),
    Field("organisation.ogrn", "ОГРН"),
    *person("head", "Руководитель,"),
    *person("curator", "Куратор,"),
    Field("programme.name", "Название программы"),
    Field("programme.school_year", "Учебный год: «2026/2027»"),
    *day("programme.starts_on", "Начало программы"),
    *day("programme.ends_on", "Конец программы"),
    Field("programme.forms", "Формы наставничества одной строкой"),
    Field("document.title", "О чём бумага: «О закреплении наставнических пар»"),
    Field("document.number", "Номер; до подписи — место для него"),
    Field("document.date", "Дата: «25.11.2026»"),
    Field("document.date_words", "Дата: «25 ноября 2026 г.»; до подписи — место для неё"),
    Field("document.city", "Город или село"),
)

_OF_ORDERS: tuple[Field, ...] = (
    Field("basis", "На каком основании: акты из профиля, можно поправить в самом документе"),
    Field("aim", "Зачем: «в целях …»; может быть пусто"),
    Field("extra", "Ваши пункты после основных", (Field("text", "Текст пункта"),)),
    *person("responsible", "Кто отвечает,"),
    *person("control", "На кого возложен контроль,"),
    Field("control_self", "верно, если руководитель оставляет контроль за собой: для условия «if»"),
    Field("acquainted", "Лист ознакомления", person("person", "Кто знакомится,")),
)

_PAIRS = Field(
    "pairs",
    "Пары и группы",
    (
        Field("number", "Номер по порядку"),
        *person("mentor", "Наставник,"),
        Field("mentees", "Наставляемые этой пары или группы", person("", "Наставляемый,")),
        Field("form", "Форма наставничества"),
        Field("role_model", "Ролевая модель"),
        *day("starts_on", "С какого дня"),
        *day("ends_on", "По какой день"),
        Field("plan", "Что с планом: «утверждён», «составить»"),
    ),
)

_TOTALS: tuple[Field, ...] = (
    Field("totals.pairs", "Сколько пар"),
    Field("totals.groups", "Сколько групп"),
    Field("totals.mentors", "Сколько наставников"),
    Field("totals.mentees", "Сколько наставляемых"),
    Field("totals.pairs_words", "Словами: «18 пар и 2 группы», «1 пара»"),
    Field("totals.pairs_accusative", "После «закрепить»: «18 пар и 2 группы», «1 пару»"),
)

ORDER_FIELDS: Mapping[DocumentKind, tuple[Field, ...]] = {
    DocumentKind.ORDER_INTRODUCTION: (
        Field("regulation_title", "Как называется Положение"),
        Field("road_map_term", "На какой срок дорожная карта: «на 2026/2027 учебный год»"),
        *day("publish_by", "До какого дня открыть раздел на сайте"),
        Field(
            "stages",
            "Этапы внедрения",
            (Field("title", "Этап"), Field("term", "Срок"), Field("result", "Чем заканчивается")),
        ),
    ),
    DocumentKind.ORDER_CURATOR: (
        *person("person", "Кого назначают,"),
        *day("term_until", "До какого дня"),
        Field("duties", "Обязанности куратора", (Field("text", "Обязанность"),)),
        Field("team", "Проектная команда", (*person("person", "Участник,"), Field("part", "Его роль в команде"))),
    ),
    DocumentKind.ORDER_REGISTER: (
        Field(
            "mentors",
            "Наставники, которых вносят в реестр",
            (
                Field("number", "Номер по порядку"),
                *person("person", "Наставник,"),
                Field("place", "Должность или класс"),
                Field("competences", "Чем готов помочь"),
                Field("forms", "Форма наставничества"),
                Field("hours", "Сколько часов обучения прошёл"),
                Field("certificate", "Свидетельство об обучении"),
            ),
        ),
        Field("site", "Где публикуют реестр"),
        Field("total", "Сколько наставников"),
    ),
    DocumentKind.ORDER_PAIRS: (
        _PAIRS,
        *_TOTALS,
        *day("starts_on", "С какого дня"),
        *day("ends_on", "По какой день"),
        *day("plans_by", "До какого дня составить планы"),
        Field("labour_basis", "О письменных согласиях работников (ТК РФ, ст. 351.8); пусто, если таких пар нет"),
        Field("term", "Срок словами: «с 25.11.2026 по 31.05.2027»"),
    ),
    DocumentKind.ORDER_AMENDMENT: (
        Field("amended.number", "Номер приказа, в который вносят изменения"),
        Field("amended.date", "Его дата: «25.11.2026»"),
        Field("amended.date_words", "Его дата: «25 ноября 2026 г.»"),
        Field("amended.title", "Его заголовок"),
        Field(
            "changes",
            "Изменения",
            (
                Field("number", "Номер по порядку"),
                Field("what", "Что делается: «Закрепить пару», «Дополнить группу», «Прекратить»"),
                Field("old", "Как было; пусто, если не было"),
                Field("new", "Как стало; пусто, если больше нет"),
                Field("reason", "Почему, без имён и обид"),
                *day("since", "С какого дня"),
            ),
        ),
        *day("starts_on", "С какого дня работают новые пары"),
        *day("ends_on", "По какой день работают новые пары"),
        *_TOTALS,
    ),
    DocumentKind.ORDER_MONITORING: (
        *day("starts_on", "Начало мониторинга"),
        *day("ends_on", "Конец мониторинга"),
        Field("period", "За какое время: «01.11.2026 – 30.11.2026»"),
        Field("period_words", "За какое время: «с 1 по 30 ноября 2026 г.»"),
        Field("methods", "Чем измеряют", (Field("text", "Способ"),)),
        *day("report_by", "До какого дня готова справка"),
        Field(
            "schedule",
            "План мониторинга",
            (Field("what", "Что сделать"), Field("term", "Срок"), Field("who", "Кто отвечает")),
        ),
    ),
    DocumentKind.ORDER_RESULTS: (
        Field("period", "За какое время: «за 1-е полугодие»"),
        Field("findings", "Что показал мониторинг", (Field("text", "Вывод"),)),
        Field("best", "Кого отмечают", (*person("person", "Человек,"), Field("for", "За что"))),
        Field("recommendations", "Что сделать дальше", (Field("text", "Поручение или совет"),)),
        *_TOTALS,
    ),
    DocumentKind.ORDER_REWARDS: (
        Field(
            "people",
            "Кого поощряют",
            (
                Field("number", "Номер по порядку"),
                *person("person", "Человек,"),
                Field("for", "За что"),
                Field("reward", "Чем: «благодарность», «почётная грамота»"),
            ),
        ),
    ),
    DocumentKind.ORDER_COMPLETION: (
        *day("ends_on", "С какого дня работа завершена"),
        Field(
            "pairs",
            "Пары и группы, которые завершают работу",
            (*_PAIRS.rows, Field("result", "Итог словами"), Field("meetings", "Сколько встреч состоялось")),
        ),
        *_TOTALS,
        *day("report_by", "До какого дня готов итоговый отчёт"),
        *day("archive_by", "До какого дня сдать бумаги в дело"),
    ),
}

FIELDS: Mapping[DocumentKind, tuple[Field, ...]] = {
    **{kind: (*COMMON, *_OF_ORDERS, *own) for kind, own in ORDER_FIELDS.items()},
    **{kind: (*COMMON, *own) for kind, own in PAPER_FIELDS.items()},
}
