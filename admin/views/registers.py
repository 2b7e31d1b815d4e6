"""The registers of mentors and mentees: as of a day or of an order, with our columns, or without names."""

from dataclasses import replace
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.chips import here, page_link
from admin.desk import now, perform, read
from admin.downloads import download_workbook
from admin.texts import registers as say
from admin.texts.days import local_today
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.register_workbooks import Table, mentees_table, mentors_table, public_table
from mentoring.use_cases.publication import ask_register, register_publications
from mentoring.use_cases.register_book import RegisterScope
from mentoring.use_cases.registers import MenteesPage, MentorsPage, mentees_page, mentors_page
from storage.queries.registers import register_orders

Found = MentorsPage | MenteesPage
Order = tuple[int, str, date | None]


class RegistersView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Реестры", endpoint="registers", url="/registers")

    @expose("/")
    def index(self) -> str:
        orders = read(register_orders, current_user.card.programme_id)
        found = read(mentors_page, current_user.card.programme_id, _one_page(_asked(orders)))
        return self._shown("index", found, _mentors(found), orders)

    @expose("/mentees")
    def mentees(self) -> str:
        found = read(mentees_page, current_user.card.programme_id, _one_page(_asked([])))
        return self._shown("mentees", found, mentees_table(found.rows, ours=_ours()), [])

    @expose("/mentors.xlsx")
    def mentors_workbook(self) -> ResponseReturnValue:
        orders = read(register_orders, current_user.card.programme_id)
        scope = _with_columns(_asked(orders))
        table = _mentors(read(mentors_page, current_user.card.programme_id, scope))
        return download_workbook(say.PUBLIC if _public() else say.MENTORS, table.columns, table.lines)

    @expose("/mentees.xlsx")
    def mentees_workbook(self) -> ResponseReturnValue:
        found = read(mentees_page, current_user.card.programme_id, _asked([]))
        table = mentees_table(found.rows, ours=_ours())
        return download_workbook(say.MENTEES, table.columns, table.lines)

    @expose("/ask-publication", methods=("POST",))
    def ask_publication(self) -> ResponseReturnValue:
        asked = perform(ask_register, current_user.card.programme_id)
        return self.done(say.publication_asked(asked), "registers.index", public="1")

    def _shown(self, page: str, found: Found, table: Table, orders: list[Order]) -> str:
        public = _public() and page == "index"
        return self.render(
            "registers/index.html",
            register=page,
            found=found,
            table=table,
            people=[] if _public() else [row.person_id for row in found.rows],
            orders=orders,
            say=say,
            on=_on(),
            today=local_today(),
            ours=_ours(),
            public=public,
            publications=read(register_publications, current_user.card.programme_id) if public else None,
            here=here,
            page=page_number(),
            pages=pages_of(found.total),
            link=page_link(),
        )


def _asked(orders: list[Order]) -> RegisterScope:
    """An order shows the register as of its own date."""
    chosen = next((one for one in orders if str(one[0]) == request.args.get("order")), None)
    if chosen is None:
        return RegisterScope(now(), _on())
    return RegisterScope(now(), chosen[2], order_id=chosen[0])


def _one_page(scope: RegisterScope) -> RegisterScope:
    return replace(_with_columns(scope), offset=(page_number() - 1) * PAGE, limit=PAGE)


def _with_columns(scope: RegisterScope) -> RegisterScope:
    return replace(scope, ours=_ours() and not _public(), public=_public())


def _mentors(found: MentorsPage) -> Table:
    return public_table(found.rows) if _public() else mentors_table(found.rows, ours=_ours())


def _on() -> date | None:
    """A day that is no day, or one that has not come, is today."""
    try:
        day = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None
    return min(day, local_today())


def _ours() -> bool:
    return request.args.get("ours") == "1"


def _public() -> bool:
    return request.args.get("public") == "1"
