"""Plans of pairs: the list, one plan, the curator's decision, and writing for those who have no chat."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read, reading, zone
from admin.downloads import download_workbook
from admin.forms.plans import ResultForm, ReturnForm, item_form, words_form
from admin.texts import plans as said
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.rules.deadlines import local_day
from mentoring.rules.plans import ItemState, PlanState
from mentoring.use_cases.plan_decisions import approve_plan, return_plan
from mentoring.use_cases.plan_results import write_result
from mentoring.use_cases.plan_views import ItemView, PlanView, plan_of
from mentoring.use_cases.plans import (
    ItemWords,
    PlanWords,
    add_item,
    change_item,
    drop_item,
    restore_item,
    write_plan,
)
from mentoring.workbooks import Column
from storage.queries.plans import NOT_BEGUN, PlanFilter, all_plans, plans_page


class PlansView(PanelView):
    section = "pairs"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Планы", endpoint="plans", url="/plans")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        found = read(plans_page, _asked(), offset=(page - 1) * PAGE, limit=PAGE, today=_today())
        return self.render(
            "plans/index.html",
            found=found,
            said=said,
            narrowed=bool(request.args),
            groups=(chip_group("Состояние", "state", said.STATES), chip_group("Требуют внимания", "need", said.NEEDS)),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Планы", COLUMNS, map(said.exported, all_plans(reading(), _asked(), today=_today())))

    @expose("/<int:pair_id>")
    def page(self, pair_id: int) -> str:
        return self.render("plans/page.html", plan=_plan(pair_id), said=said)

    @expose("/<int:pair_id>/approve", methods=("POST",))
    def approve(self, pair_id: int) -> ResponseReturnValue:
        perform(approve_plan, pair_id, seen=request.form.get("seen", ""))
        return self.done(said.APPROVED, "plans.page", pair_id=pair_id)

    @expose("/<int:pair_id>/return", methods=("GET", "POST"))
    def give_back(self, pair_id: int) -> ResponseReturnValue:
        form = ReturnForm()
        if form.validate_on_submit() and self.attempt(return_plan, pair_id, form.remark.data):
            return self.done(said.RETURNED, "plans.page", pair_id=pair_id)
        return self.render("plans/return.html", form=form, plan=_plan(pair_id))

    @expose("/<int:pair_id>/words", methods=("GET", "POST"))
    def words(self, pair_id: int) -> ResponseReturnValue:
        plan = _plan(pair_id)
        form = words_form(plan)
        if form.validate_on_submit() and self.attempt(write_plan, pair_id, _written(form, plan)):
            return self.done(said.SAVED, "plans.page", pair_id=pair_id)
        return self.render("plans/words.html", form=form, plan=plan)

    @expose("/<int:pair_id>/items/new", methods=("GET", "POST"))
    def new_item(self, pair_id: int) -> ResponseReturnValue:
        plan = _plan(pair_id)
        form = item_form(plan, section=request.args.get("section", plan.sections[0].key))
        if form.validate_on_submit():
            more = {"due_on": form.due_on.data, "planned_result": form.planned_result.data or ""}
            if self.attempt(add_item, pair_id, form.section.data, form.text.data, **more):
                return self.done(said.SAVED, "plans.page", pair_id=pair_id)
        return self.render("plans/item.html", form=form, plan=plan, item=None)

    @expose("/<int:pair_id>/items/<int:item_id>", methods=("GET", "POST"))
    def item(self, pair_id: int, item_id: int) -> ResponseReturnValue:
        plan, item = _item(pair_id, item_id)
        form = item_form(plan, **{name: getattr(item, name) for name in FIELDS})
        if form.validate_on_submit() and self.attempt(change_item, item_id, _worded(form)):
            return self.done(said.SAVED, "plans.page", pair_id=pair_id)
        return self.render("plans/item.html", form=form, plan=plan, item=item)

    @expose("/<int:pair_id>/items/<int:item_id>/result", methods=("GET", "POST"))
    def result(self, pair_id: int, item_id: int) -> ResponseReturnValue:
        plan, item = _item(pair_id, item_id)
        form = ResultForm(state=item.state.value, actual_result=item.actual_result, mark=item.mark)
        if form.validate_on_submit() and self.attempt(
            write_result, item_id, form.actual_result.data or "", form.mark.data or "", ItemState(form.state.data)
        ):
            return self.done(said.SAVED, "plans.page", pair_id=pair_id)
        return self.render("plans/result.html", form=form, plan=plan, item=item)

    @expose("/<int:pair_id>/items/<int:item_id>/drop", methods=("POST",))
    def drop(self, pair_id: int, item_id: int) -> ResponseReturnValue:
        _ensure_of(pair_id, item_id)
        perform(drop_item, item_id)
        return self.done(said.DROPPED, "plans.page", pair_id=pair_id)

    @expose("/<int:pair_id>/items/<int:item_id>/restore", methods=("POST",))
    def restore(self, pair_id: int, item_id: int) -> ResponseReturnValue:
        _ensure_of(pair_id, item_id)
        perform(restore_item, item_id)
        return self.done(said.RESTORED, "plans.page", pair_id=pair_id)


def _asked() -> PlanFilter:
    return PlanFilter(
        state=word("state", (*(state.value for state in PlanState), NOT_BEGUN)),
        need=word("need", [value for value, _ in said.NEEDS]),
    )


def _today() -> Any:
    return local_day(now(), ZoneInfo(zone()))


def _plan(pair_id: int) -> PlanView:
    return read(plan_of, pair_id, now=now())


def _item(pair_id: int, item_id: int) -> tuple[PlanView, ItemView]:
    plan = _plan(pair_id)
    return plan, next((item for item in plan.items if item.item_id == item_id), None) or abort(404)


def _ensure_of(pair_id: int, item_id: int) -> None:
    plan = _plan(pair_id)
    if item_id not in [item.item_id for item in (*plan.items, *plan.dropped)]:
        abort(404)


def _written(form: Any, plan: PlanView) -> PlanWords:
    return PlanWords(
        goals=tuple((form.goals.data or "").splitlines()),
        notes={note.key: form[f"note_{note.key}"].data or "" for note in plan.notes},
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )


def _worded(form: Any) -> ItemWords:
    return ItemWords(
        section=form.section.data,
        text=form.text.data,
        due_on=form.due_on.data,
        without_date=form.due_on.data is None,
        planned_result=form.planned_result.data or "",
    )


FIELDS = ("section", "text", "due_on", "planned_result")

COLUMNS = (
    Column("Наставник", 28),
    Column("Наставляемые", 36),
    Column("Форма", 24),
    Column("План", 22),
    Column("Срок плана", 14, "date"),
    Column("Дел", 8, "number"),
    Column("Сделано", 10, "number"),
    Column("Частично", 10, "number"),
    Column("Выполнено, %", 14, "number"),
    Column("Просрочено", 12, "number"),
)
