"""What the papers that are not orders can say (methodology.md §3, §4)."""

from collections.abc import Mapping

from mentoring.rules.document_field import Field, day, lines, named, person, texts
from mentoring.rules.document_fields_numbers import NUMBERS
from mentoring.rules.documents import DocumentKind

SUBJECTS: Mapping[DocumentKind, str] = {
    DocumentKind.PORTFOLIO: "person",
    DocumentKind.PLAN: "pair",
    DocumentKind.DIARY: "pair",
    DocumentKind.MENTOR_REPORT: "pair",
    DocumentKind.AGREEMENT: "pair",
    DocumentKind.LABOUR_AGREEMENT: "person",
    DocumentKind.CERTIFICATE: "person",
    DocumentKind.GRATITUDE: "person",
}
"""Whom a paper is about; the others are about the whole programme."""


_PAIR = (
    *person("mentor", "Наставник,"),
    Field("mentees", "Наставляемые", person("", "Наставляемый,")),
    Field("group", "Да, если наставляемых больше одного"),
    Field("form", "Форма наставничества"),
    Field("role_model", "Ролевая модель"),
    Field("order", "«приказ от 25.11.2026 № 47», пусто без приказа"),
    *day("starts_on", "Начало срока"),
    *day("ends_on", "Конец срока"),
)

_MENTOR_COLUMNS = (
    Field("number", "№ п/п"),
    Field("name", "Фамилия, имя, отчество"),
    Field("contact", "Контакты"),
    Field("place", "Место работы или учёбы"),
    Field("competences", "Основные компетенции"),
    Field("achievements", "Достижения, важные для программы"),
    Field("interests", "Интересы"),
    Field("ages", "Желаемый возраст наставляемых"),
    Field("time", "Ресурс времени"),
    Field("entered_on", "Дата вхождения в программу"),
    Field("mentees", "Наставляемые"),
    Field("form", "Форма наставничества"),
    Field("mentee_place", "Место работы или учёбы наставляемых"),
    Field("ended_on", "Дата завершения"),
    Field("results", "Результаты"),
    Field("link", "Ссылка на кейс или отзыв"),
)

_MENTEE_COLUMNS = (
    Field("number", "№ п/п"),
    Field("name", "Фамилия, имя, отчество"),
    Field("contact", "Контакты; у несовершеннолетнего — представителя"),
    Field("birth_year", "Год рождения"),
    Field("request", "Основной запрос"),
    Field("entered_on", "Дата вхождения в программу"),
    Field("mentor", "Наставник"),
    Field("form", "Форма наставничества"),
    Field("mentor_place", "Место работы или учёбы наставника"),
    Field("ended_on", "Дата завершения"),
    Field("results", "Результаты"),
    Field("link", "Ссылка на кейс или отзыв"),
    Field("passed", "Отметка о прохождении программы"),
)

_REGISTER = (*day("as_of", "На какое число"), Field("order", "Приказ об утверждении, пусто без него"))
_TOTAL = Field("total", "Сколько строк")

PAPER_FIELDS: Mapping[DocumentKind, tuple[Field, ...]] = {
    DocumentKind.REGULATION: (
        Field("basis", "На каком основании: акты из профиля, можно поправить в самом документе"),
        Field("council", "Где рассмотрено: «на заседании педагогического совета, протокол от … № …»"),
        lines("goal", "Цель"),
        lines("tasks", "Задачи"),
        Field(
            "forms",
            "Формы наставничества программы",
            (Field("form", "Форма"), Field("mentor", "Кто наставник"), Field("mentee", "Кто наставляемый")),
        ),
        Field("workers", "Да, если среди форм есть наставничество работника работнику (ТК РФ, ст. 351.8)"),
        Field("frequency", "Как часто встречаются"),
        lines("rewards", "Как поощряют наставников"),
        lines("extra", "Пункты, которые добавил куратор"),
    ),
    DocumentKind.PROGRAMME: (
        *texts(
            strengths="Сильные стороны",
            weaknesses="Слабые стороны",
            opportunities="Возможности",
            threats="Угрозы",
            goal="Цель",
            tasks="Задачи",
            results="Ожидаемые результаты",
            reporting="Отчётность",
        ),
        Field(
            "forms",
            "Формы наставничества программы",
            named(form="Форма", mentor="Кто наставник", mentee="Кто наставляемый", role_models="Ролевые модели"),
        ),
        Field(
            "calendar",
            "Календарный план",
            named(stage="Этап", what="Мероприятие", term="Срок", who="Ответственный", result="Результат"),
        ),
        Field("monitoring", "Мониторинг", (Field("what", "Что"), Field("term", "Срок"), Field("who", "Кто"))),
        Field(
            "indicators",
            "Целевые показатели",
            (Field("number", "№"), Field("what", "Показатель"), Field("target", "Цель")),
        ),
    ),
    DocumentKind.REGISTER_MENTORS: (*_REGISTER, Field("mentors", "Наставники", _MENTOR_COLUMNS), _TOTAL),
    DocumentKind.REGISTER_MENTEES: (*_REGISTER, Field("mentees", "Наставляемые", _MENTEE_COLUMNS), _TOTAL),
    DocumentKind.PORTFOLIO: (
        *person("person", "Наставник,"),
        *named(
            contact="Контакты",
            education="Образование",
            work="Место работы и должность",
            category="Категория",
            service="Стаж: «общий 22 года, педагогический 20 лет, наставнический 3 года»",
            competences="В чём может помочь",
            experience="Опыт и умения",
            achievements="Достижения и награды",
            interests="Интересы",
            ages="Кому хотел бы помогать",
            time="Сколько времени готов уделять",
            capacity="Скольким готов помогать",
            been_mentor="Был ли наставником раньше",
            about="О себе, почему хочет быть наставником",
            verdict="Итог собеседования",
            total_hours="Часов обучения всего",
            reviews="Отзывы",
        ),
        Field(
            "trainings",
            "Обучение наставника",
            named(title="Название", provider="Кто проводил", dates="Когда", hours="Часов", certificate="Документ"),
        ),
        Field(
            "pairs",
            "Опыт наставничества в программе",
            named(mentees="Наставляемые", form="Форма", term="Срок", meetings="Встреч", result="Итог"),
        ),
    ),
    DocumentKind.PLAN: (
        *_PAIR,
        Field("title", "Название плана"),
        Field("programme_of_pair", "Да, если это персонализированная программа"),
        lines("goals", "Цели"),
        lines("explanation", "Пояснительная записка"),
        Field(
            "sections",
            "Разделы",
            (
                Field("title", "Название раздела"),
                Field(
                    "lines",
                    "Пункты",
                    named(
                        number="№",
                        text="Проект, задание",
                        due="Срок",
                        planned="Планируемый результат",
                        actual="Фактический результат",
                        mark="Оценка наставника",
                    ),
                ),
            ),
        ),
        *day("approved_on", "Когда согласовал куратор"),
    ),
    DocumentKind.DIARY: (
        *_PAIR,
        Field(
            "meetings",
            "Встречи",
            named(
                number="№",
                date="Дата",
                kind="Вид встречи",
                way="Очно или онлайн, минут",
                topic="Тема",
                result="Что сделали и о чём договорились",
                difficulty="Трудности",
                next="Следующая встреча",
            ),
        ),
        Field("held", "Состоялось встреч"),
    ),
    DocumentKind.MENTOR_REPORT: (
        *_PAIR,
        *texts(
            goals="Цели",
            results="Результаты",
            difficulties="Трудности",
            recommendations="Рекомендации",
            self_assessment="Самооценка",
        ),
        Field("held", "Состоялось встреч"),
        Field("missed", "Не состоялось"),
        Field("hours", "Часов вместе"),
        Field("plan_share", "Сколько плана выполнено, %"),
        Field("plan_words", "«выполнено 5 пунктов из 7, частично 1»"),
        Field(
            "changes",
            "Ответы наставника до и после",
            named(what="Вопрос", before="До", after="После", difference="Разница"),
        ),
    ),
    DocumentKind.AGREEMENT: (
        *_PAIR,
        lines("goals", "Цели"),
        Field("frequency", "Как часто встречаются"),
        Field("place", "Где встречаются"),
        Field(
            "minors",
            "Несовершеннолетние и их представители",
            (Field("minor", "Кто"), Field("guardian", "Представитель")),
        ),
        lines("extra", "Условия, которые добавили стороны"),
    ),
    DocumentKind.LABOUR_AGREEMENT: (
        *person("worker", "Работник-наставник,"),
        *day("consent_on", "Письменное согласие работника"),
        Field("contract", "Трудовой договор, «от … № …»"),
        Field("mentees", "Кому помогает", person("", "Работник,")),
        lines("duties", "Содержание наставничества"),
        Field("way", "В какой форме"),
        *day("starts_on", "Начало срока"),
        *day("ends_on", "Конец срока"),
        Field("payment", "Размер и условия выплаты"),
    ),
    DocumentKind.FINAL_REPORT: (
        *NUMBERS,
        Field("cases", "Лучшие практики", (Field("title", "Название"), Field("text", "О чём"))),
    ),
    DocumentKind.ANALYTIC_NOTE: (
        *NUMBERS,
        lines("methods", "Как изучали"),
        Field("recommendations", "Рекомендации", (Field("whom", "Кому"), Field("text", "Что"))),
    ),
    DocumentKind.CERTIFICATE: (
        Field(
            "people",
            "Кому",
            (*person("person", "Кто,"), Field("role", "Наставник или наставляемый"), Field("term", "Срок")),
        ),
        lines("words", "За что"),
    ),
    DocumentKind.GRATITUDE: (
        Field(
            "people", "Кому", (*person("person", "Кто,"), Field("address", "Обращение: «Уважаемая Анна Сергеевна!»"))
        ),
        lines("words", "За что"),
    ),
    DocumentKind.EVIDENCE: (
        *day("as_of", "На какое число"),
        Field(
            "proofs",
            "Подтверждения",
            named(
                number="№",
                what="Что подтверждает",
                details="Документ, число или ссылка",
                date="Дата",
                there="Да или нет",
            ),
        ),
        Field("missing", "Чего нет", (Field("number", "№"), Field("what", "Что"), Field("advice", "Что сделать"))),
        Field("there", "Сколько есть"),
        Field("total", "Сколько всего"),
        Field("ordered_pairs", "Пар и групп по приказам"),
    ),
}
