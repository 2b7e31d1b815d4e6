"""The journal: who did what, by which door. Nobody can change it, here or anywhere."""

from typing import Any

from flask import g
from flask_admin.contrib.sqla import ModelView
from sqlalchemy.orm import Query

from admin.chips import ChipGroup, chip_group, here, word
from admin.desk import read, reading
from admin.texts import audit, labels
from admin.views.base import PAGE, PanelView
from mentoring.rules.people import Door
from storage.models.account import AuditEntry
from storage.queries.actors import actor_names


class OwnRows:
    """What Flask-Admin takes for its database: the reading session of the request, fenced as everywhere."""

    @property
    def session(self) -> "OwnRows":
        return self

    def query(self, *entities: Any) -> Query[Any]:
        return reading().query(*entities)


class AuditView(PanelView, ModelView):
    can_create = can_edit = can_delete = can_export = can_view_details = False
    can_set_page_size = True  # silences a warning about 50 not being offered; the template offers nothing
    page_size = PAGE
    page_size_options = (PAGE,)
    column_auto_select_related = False
    column_list = ("at", "act", "door")
    column_sortable_list = ()
    column_default_sort = ("id", True)
    form_columns = ("act",)
    list_template = "audit.html"

    def __init__(self) -> None:
        super().__init__(AuditEntry, OwnRows(), name="Журнал", endpoint="audit", url="/audit")

    def get_query(self) -> Query[AuditEntry]:
        return self._narrowed(super().get_query())

    def get_count_query(self) -> Query[int]:
        return self._narrowed(super().get_count_query())

    def get_one(self, id: str) -> AuditEntry | None:
        return self.get_query().filter(AuditEntry.id == id).one_or_none()

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int | None, list[AuditEntry]]:
        count, entries = super().get_list(*args, **kwargs)
        g.actor_names = read(actor_names, entries)
        return count, entries

    def _get_list_url(self, view_args: Any) -> str:
        """Flask-Admin hands a visitor's words to `url_for`, where «endpoint» among them breaks the page."""
        return here(page=view_args.page)

    def who(self, entry: AuditEntry) -> str:
        by_account = entry.account_id is not None
        return g.actor_names.get((by_account, entry.account_id if by_account else entry.person_id), "")

    def sentence(self, entry: AuditEntry) -> str:
        return audit.sentence(entry.act, entry.details)

    def thing(self, entry: AuditEntry) -> str:
        return audit.thing(entry.object_kind, entry.object_id)

    def groups(self) -> tuple[ChipGroup, ...]:
        return (chip_group("Как", "door", labels.options(Door)),)

    def _narrowed(self, query: Query[Any]) -> Query[Any]:
        door = word("door", list(Door))
        return query.filter(AuditEntry.door == Door(door)) if door else query


# Flask-Admin hangs eleven addresses for editing and exporting under each model: this one has only its list.
AuditView._urls = [route for route in AuditView._urls if route[1] == "index_view"]
