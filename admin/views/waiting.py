"""Those who have no pair: the queue, one of them, what is done about it."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read
from admin.forms.fields import choices
from admin.forms.waiting import AssignForm, CaseForm, CloseForm
from admin.texts import waiting as said
from admin.texts.days import local_today
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Role
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.waiting import (
    WaitingPerson,
    assign_directly,
    close_case,
    open_case,
    waiting_page,
    waiting_person,
)
from storage.queries.waiting import WaitingFilter


class WaitingView(PanelView):
    in_menu = False
    section = "pairs"

    def __init__(self) -> None:
        super().__init__(name="Ждут пары", endpoint="waiting", url="/waiting")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        found = read(waiting_page, _asked(), offset=(page - 1) * PAGE, limit=PAGE, today=local_today())
        return self.render(
            "waiting/index.html",
            found=found,
            narrowed=bool(request.args),
            groups=(
                chip_group("Кто", "role", said.ROLES),
                chip_group("Что делаем", "exit", said.EXITS),
                chip_group("Требуют внимания", "need", said.NEEDS),
            ),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
            said=said,
            today=local_today(),
        )

    @expose("/<int:enrolment_id>", methods=("GET", "POST"))
    def page(self, enrolment_id: int) -> ResponseReturnValue:
        person = read(waiting_person, enrolment_id, now=now())
        case = person.row.case
        form = CaseForm(obj=case, exit=case.exit.value if case else WaitingExit.SEARCH.value)
        if form.validate_on_submit():
            answered = {"owner": form.owner.data, "due_on": form.due_on.data, "note": form.note.data}
            if self.attempt(open_case, enrolment_id, WaitingExit(form.exit.data), **answered):
                return self.done(said.SAVED, "waiting.page", enrolment_id=enrolment_id)
        return self.render("waiting/page.html", person=person, form=form, said=said, today=local_today())

    @expose("/<int:enrolment_id>/close/<int:case_id>", methods=("GET", "POST"))
    def close(self, enrolment_id: int, case_id: int) -> ResponseReturnValue:
        person, form = read(waiting_person, enrolment_id, now=now()), CloseForm()
        if case_id not in [case.case_id for case in (person.row.case, *person.past) if case]:
            raise NotFound("waiting_case")
        if form.validate_on_submit():
            perform(close_case, case_id, form.outcome.data)
            return self.done(said.CLOSED, "waiting.page", enrolment_id=enrolment_id)
        return self.render("waiting/close.html", person=person, form=form)

    @expose("/<int:enrolment_id>/assign", methods=("GET", "POST"))
    def assign(self, enrolment_id: int) -> ResponseReturnValue:
        person = read(waiting_person, enrolment_id, now=now())
        form = _assign_form(person)
        if form.validate_on_submit():
            reason = {"reason": form.reason.data, "told": form.told.data}
            made = self.attempt(assign_directly, enrolment_id, int(form.other.data), **reason)
            if made:
                return self.done(said.ASSIGNED, "pairs.page", pair_id=made.pair_id)
        return self.render("waiting/assign.html", person=person, form=form)


def _asked() -> WaitingFilter:
    return WaitingFilter(
        role=word("role", [value for value, _ in said.ROLES]),
        exit=word("exit", [value for value, _ in said.EXITS]),
        need=word("need", [value for value, _ in said.NEEDS]),
    )


def _assign_form(person: WaitingPerson) -> AssignForm:
    form = AssignForm()
    possible = [
        (one.enrolment_id, said.option(one, curator=current_user.may_change)) for one in (*person.best, *person.barred)
    ]
    whom = "наставника" if person.row.role is Role.MENTEE else "наставляемого"
    form.other.choices = choices(possible, none=f"выберите {whom}")
    return form
