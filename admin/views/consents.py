"""Consents: whose is missing, what was decided, the texts."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import ChipGroup, chip_group, page_link, word
from admin.desk import perform, read, reading
from admin.downloads import download_workbook
from admin.texts import labels, lists
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.rules.consents import ConsentKind, Decision
from mentoring.use_cases.consents import consent_document
from mentoring.use_cases.publication import say_name_removed
from mentoring.workbooks import Column
from storage.queries.consents_list import ON_SITE, WITHDRAWN, ConsentFilter, all_consents, consents_page
from storage.queries.people_list import PeopleFilter, people_page

MISSING = "missing"


class ConsentsView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Согласия", endpoint="consents", url="/consents")

    @expose("/")
    def index(self) -> str:
        missing = request.args.get("state") == MISSING
        return self._missing() if missing else self._decided()

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Согласия", COLUMNS, _exported())

    @expose("/text/<int:text_id>")
    def text(self, text_id: int) -> str:
        return self.render("consents/text.html", document=read(consent_document, text_id))

    @expose("/<int:consent_id>/name-removed", methods=("POST",))
    def name_removed(self, consent_id: int) -> ResponseReturnValue:
        perform(say_name_removed, consent_id)
        return self.done("Отметили: имени на сайте больше нет.")

    def _missing(self) -> str:
        asked, page = PeopleFilter(missing=word("whose", ("self", "guardian", "age")) or "any"), page_number()
        found = read(people_page, asked, offset=(page - 1) * PAGE, limit=PAGE)
        groups = (_states(), chip_group("Чьё", "whose", lists.MISSING[1:]))
        return self._listed("consents/missing.html", found, groups, page)

    def _decided(self) -> str:
        page = page_number()
        found = read(consents_page, _asked(), offset=(page - 1) * PAGE, limit=PAGE)
        return self._listed("consents/decided.html", found, (_states(), _kinds()), page)

    def _listed(self, template: str, found: object, groups: tuple[ChipGroup, ...], page: int) -> str:
        pages = pages_of(found.total)  # type: ignore[attr-defined]
        return self.render(template, found=found, groups=groups, page=page, pages=pages, link=page_link())


def _states() -> ChipGroup:
    return chip_group("Состояние", "state", lists.CONSENT_STATES)


def _kinds() -> ChipGroup:
    return chip_group("Вид", "kind", labels.options(ConsentKind))


def _asked() -> ConsentFilter:
    return ConsentFilter(state=word("state", [*Decision, WITHDRAWN, ON_SITE]), kind=word("kind", list(ConsentKind)))


COLUMNS = (
    Column("О ком", 34),
    Column("Согласие", 30),
    Column("Редакция", 10, "number"),
    Column("Решение", 12),
    Column("Кто решил", 34),
    Column("Как", 16),
    Column("Когда", 18, "datetime"),
    Column("Отозвано", 18, "datetime"),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for row in all_consents(reading(), _asked()):
        yield (
            row.person_name,
            labels.word(row.kind),
            row.version,
            labels.word(row.decision),
            row.giver_name,
            labels.word(row.door),
            row.decided_at,
            row.withdrawn_at,
        )
