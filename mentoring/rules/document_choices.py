"""What a curator may write into a paper that is not an order, by the name of the field."""

from collections.abc import Mapping

from mentoring.rules.document_field import Choice, ChoiceKind
from mentoring.rules.documents import DocumentKind

PAPER_CHOICES: Mapping[DocumentKind, tuple[Choice, ...]] = {
    DocumentKind.REGULATION: (
        Choice("basis", "На каком основании, без слов «на основании»"),
        Choice("council", "Где рассмотрено", ChoiceKind.LINE),
        Choice("goal", "Цель"),
        Choice("tasks", "Задачи, каждая с новой строки"),
        Choice("frequency", "Как часто встречаются", ChoiceKind.LINE),
        Choice("rewards", "Как поощряем наставников, с новой строки"),
        Choice("extra", "Ваши пункты, каждый с новой строки"),
    ),
    DocumentKind.PROGRAMME: (
        Choice("strengths", "Сильные стороны"),
        Choice("weaknesses", "Слабые стороны"),
        Choice("opportunities", "Возможности"),
        Choice("threats", "Угрозы"),
        Choice("goal", "Цель программы"),
        Choice("tasks", "Задачи, каждая с новой строки"),
        Choice("results", "Ожидаемые результаты"),
        Choice("reporting", "Отчётность"),
    ),
    DocumentKind.REGISTER_MENTORS: (Choice("as_of", "На какое число", ChoiceKind.DATE),),
    DocumentKind.REGISTER_MENTEES: (Choice("as_of", "На какое число", ChoiceKind.DATE),),
    DocumentKind.PORTFOLIO: (
        Choice("education", "Образование", ChoiceKind.LINE),
        Choice("achievements", "Достижения и награды", ChoiceKind.LINE),
        Choice("about", "О себе", ChoiceKind.LINE),
        Choice("reviews", "Отзывы", ChoiceKind.LINE),
    ),
    DocumentKind.PLAN: (Choice("explanation", "Пояснительная записка"),),
    DocumentKind.MENTOR_REPORT: (
        Choice("results", "Результаты"),
        Choice("difficulties", "Трудности"),
        Choice("recommendations", "Рекомендации"),
        Choice("self_assessment", "Самооценка наставника"),
    ),
    DocumentKind.AGREEMENT: (
        Choice("goals", "Цели"),
        Choice("frequency", "Как часто встречаются", ChoiceKind.LINE),
        Choice("place", "Где встречаются", ChoiceKind.LINE),
        Choice("extra", "Ваши условия, каждое с новой строки"),
    ),
    DocumentKind.LABOUR_AGREEMENT: (
        Choice("contract", "Трудовой договор: от какого числа и №", ChoiceKind.LINE),
        Choice("duties", "Содержание наставничества"),
        Choice("way", "Форма наставничества", ChoiceKind.LINE),
        Choice("payment", "Размер и условия выплаты", ChoiceKind.LINE),
        Choice("starts_on", "С какого числа", ChoiceKind.DATE),
        Choice("ends_on", "По какое число", ChoiceKind.DATE),
    ),
    DocumentKind.FINAL_REPORT: (
        Choice("report_id", "Откуда цифры", ChoiceKind.REPORT),
        Choice("conclusions", "Выводы"),
        Choice("proposals", "Предложения"),
        Choice("cases", "Лучшие практики, каждая с новой строки: название | о чём"),
    ),
    DocumentKind.ANALYTIC_NOTE: (
        Choice("report_id", "Откуда цифры", ChoiceKind.REPORT),
        Choice("methods", "Как изучали"),
        Choice("conclusions", "Выводы"),
        Choice("recommendations", "Рекомендации, каждая с новой строки: кому | что"),
    ),
    DocumentKind.CERTIFICATE: (Choice("words", "За что"),),
    DocumentKind.GRATITUDE: (Choice("words", "За что"),),
    DocumentKind.EVIDENCE: (
        Choice("site_section", "Адрес раздела о наставничестве на сайте", ChoiceKind.LINE),
        Choice("payment_act", "Акт об оплате наставничества: название, дата и №", ChoiceKind.LINE),
        Choice("practices", "Лучшие практики: название и ссылка, с новой строки"),
    ),
}
