"""What a curator may write into an order, by the name of the field."""

from collections.abc import Mapping

from mentoring.rules.document_choices import PAPER_CHOICES
from mentoring.rules.document_field import Choice, ChoiceKind
from mentoring.rules.documents import DocumentKind

_FOR_ALL: tuple[Choice, ...] = (
    Choice("basis", "На основании чего"),
    Choice("aim", "Зачем: «в целях …»", ChoiceKind.LINE),
    Choice("extra", "Ваши пункты, каждый с новой строки"),
    Choice("responsible", "Кто отвечает: фамилия имя отчество, должность", ChoiceKind.LINE),
    Choice("control", "На кого возложить контроль: фамилия имя отчество, должность", ChoiceKind.LINE),
    Choice("control_self", "Контроль руководитель оставляет за собой", ChoiceKind.YES),
)

_OWN: Mapping[DocumentKind, tuple[Choice, ...]] = {
    DocumentKind.ORDER_INTRODUCTION: (
        Choice("regulation_title", "Как называется Положение", ChoiceKind.LINE),
        Choice("road_map_term", "На какой срок дорожная карта", ChoiceKind.LINE),
        Choice("publish_by", "До какого дня открыть раздел на сайте", ChoiceKind.DATE),
        Choice("stages", "Этапы, каждый с новой строки: этап | срок | чем заканчивается"),
    ),
    DocumentKind.ORDER_CURATOR: (
        Choice("term_until", "До какого дня", ChoiceKind.DATE),
        Choice("duties", "Обязанности, каждая с новой строки"),
        Choice("team", "Проектная команда, каждый с новой строки: фамилия имя отчество, должность | роль"),
    ),
    DocumentKind.ORDER_REGISTER: (Choice("site", "Где публикуют реестр", ChoiceKind.LINE),),
    DocumentKind.ORDER_PAIRS: (
        Choice("starts_on", "С какого дня; если очистить — с даты приказа", ChoiceKind.DATE),
        Choice("ends_on", "По какой день", ChoiceKind.DATE),
        Choice("plans_by", "До какого дня составить планы", ChoiceKind.DATE),
    ),
    DocumentKind.ORDER_AMENDMENT: (
        Choice("starts_on", "С какого дня работают новые пары", ChoiceKind.DATE),
        Choice("ends_on", "По какой день работают новые пары", ChoiceKind.DATE),
    ),
    DocumentKind.ORDER_MONITORING: (
        Choice("starts_on", "Начало мониторинга", ChoiceKind.DATE),
        Choice("ends_on", "Конец мониторинга", ChoiceKind.DATE),
        Choice("methods", "Чем измеряем, каждое с новой строки"),
        Choice("schedule", "План, каждое с новой строки: что сделать | срок | кто отвечает"),
        Choice("report_by", "До какого дня готова справка", ChoiceKind.DATE),
    ),
    DocumentKind.ORDER_RESULTS: (
        Choice("period", "За какое время", ChoiceKind.LINE),
        Choice("findings", "Что показал мониторинг, каждый вывод с новой строки"),
        Choice("best", "Кого отмечаем, каждый с новой строки: фамилия имя отчество, должность | за что"),
        Choice("recommendations", "Что сделать дальше, каждое с новой строки"),
    ),
    DocumentKind.ORDER_REWARDS: (
        Choice("for", "За что", ChoiceKind.LINE),
        Choice("reward", "Чем: «благодарность», «почётная грамота»", ChoiceKind.LINE),
    ),
    DocumentKind.ORDER_COMPLETION: (
        Choice("ends_on", "С какого дня работа завершена", ChoiceKind.DATE),
        Choice("report_by", "До какого дня готов итоговый отчёт", ChoiceKind.DATE),
        Choice("archive_by", "До какого дня сдать бумаги в дело", ChoiceKind.DATE),
    ),
}

CHOICES: Mapping[DocumentKind, tuple[Choice, ...]] = {
    **PAPER_CHOICES,
    **{kind: (*own, *_FOR_ALL) for kind, own in _OWN.items()},
}
"""A kind that is not here has nothing to be written in."""
