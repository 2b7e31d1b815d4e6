"""What papers that report on a time can say: the figures of `mentoring.rules.reporting`, written out."""

from mentoring.rules.document_field import Field, named, texts

NUMBERS = (
    Field("period", "За какое время, «за 2026/2027 учебный год»"),
    Field("period_from", "Первый день"),
    Field("period_to", "Последний день"),
    Field("ordered_pairs", "Пар и групп по приказам"),
    Field(
        "people",
        "Участники по ролям",
        named(role="Роль", entered="Пришли", approved="Приняты", taking_part="Участвуют", left="Вышли"),
    ),
    Field(
        "pairs",
        "Пары по формам",
        named(
            form="Форма",
            confirmed="Начались",
            active="Действуют",
            ended="Завершились",
            mentors="Наставников",
            mentees="Наставляемых",
        ),
    ),
    Field(
        "meetings",
        "Встречи по формам",
        named(
            form="Форма",
            planned="Назначено",
            held="Состоялось",
            missed="Не состоялось",
            cancelled="Отменено",
            per_week="На пару в неделю",
        ),
    ),
    Field(
        "answers",
        "Отзывы и опросы",
        named(what="Что", asked="Ждали", answered="Получили", share="Доля"),
    ),
    Field(
        "indicators",
        "Показатели внедрения модели",
        named(number="№", what="Показатель", part="Число", whole="Из скольких", percent="Доля", target="Цель"),
    ),
    Field(
        "changes",
        "До и после, по опросам",
        (
            Field("title", "Форма и роль"),
            Field(
                "lines",
                "Вопросы",
                named(what="Вопрос", n="Ответов", before="До", after="После", difference="Разница"),
            ),
        ),
    ),
    Field("quality", "Отметки куратора", (Field("what", "Показатель"), Field("mark", "Отметка 0–2"))),
    Field("quality_total", "Сумма отметок из 18"),
    Field("quality_level", "Уровень качества программы"),
    *texts(
        strengths="Сильные стороны",
        weaknesses="Слабые стороны",
        opportunities="Возможности",
        threats="Угрозы",
        overview="Коротко о главном",
        about_meetings="О встречах и отзывах",
        about_answers="Об ответах участников",
        about_changes="О переменах",
        about_indicators="О показателях и качестве",
        conclusions="Выводы",
        proposals="Предложения",
    ),
)
