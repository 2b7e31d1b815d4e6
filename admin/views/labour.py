"""Workers who mentor colleagues: written consents and additional agreements (ТК РФ ст. 351.8)."""

from collections.abc import Iterator

from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.desk import read
from admin.downloads import download_workbook
from admin.forms.selection import AgreementForm, StopForm
from admin.texts import selection as say
from admin.views.base import PanelView
from mentoring.use_cases.labour_agreements import (
    AgreementSet,
    labour_facts,
    save_agreement,
    stop_agreement,
)
from mentoring.use_cases.labour_list import labour_list
from mentoring.use_cases.selection import mentor_named
from mentoring.workbooks import Column


class LabourView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Соглашения работников", endpoint="labour", url="/labour")

    @expose("/")
    def index(self) -> str:
        lines = read(labour_list, current_user.card.programme_id)
        return self.render("labour/index.html", lines=lines, say=say)

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Соглашения работников", COLUMNS, _exported())

    @expose("/new/<int:enrolment_id>", methods=("GET", "POST"))
    def new(self, enrolment_id: int) -> ResponseReturnValue:
        mentor, form = read(mentor_named, enrolment_id), AgreementForm()
        if form.validate_on_submit() and self.attempt(save_agreement, enrolment_id, _entered(form)):
            return self.done(say.AGREEMENT_SAVED, "labour.index")
        return self.render(
            "labour/change.html", form=form, name=mentor.name.full, person_id=mentor.person_id, facts=None
        )

    @expose("/<int:agreement_id>", methods=("GET", "POST"))
    def page(self, agreement_id: int) -> ResponseReturnValue:
        facts = read(labour_facts, agreement_id)
        form = AgreementForm(obj=facts)
        saved = form.validate_on_submit() and self.attempt(
            save_agreement, facts.enrolment_id, _entered(form), agreement_id=agreement_id
        )
        if saved:
            return self.done(say.AGREEMENT_SAVED, "labour.index")
        about = {"name": facts.name.full, "person_id": facts.person_id}
        return self.render("labour/change.html", form=form, facts=facts, **about)

    @expose("/<int:agreement_id>/stop", methods=("GET", "POST"))
    def stop(self, agreement_id: int) -> ResponseReturnValue:
        facts, form = read(labour_facts, agreement_id), StopForm()
        if form.validate_on_submit() and self.attempt(stop_agreement, agreement_id, form.on.data):
            return self.done(say.AGREEMENT_STOPPED, "labour.index")
        return self.render("labour/stop.html", form=form, facts=facts)


def _entered(form: AgreementForm) -> AgreementSet:
    return AgreementSet(**{field: form[field].data for field in AgreementSet.__slots__})


COLUMNS = (
    Column("Наставник", 34),
    Column("Должность", 28),
    Column("Кому помогает", 34),
    Column("Письменное согласие", 14, "date"),
    Column("№ соглашения", 14),
    Column("Дата соглашения", 14, "date"),
    Column("С", 14, "date"),
    Column("По", 14, "date"),
    Column("Выплата", 40),
    Column("Рублей в месяц", 14, "number"),
    Column("Прекращено", 14, "date"),
    Column("Чего не хватает", 40),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for one in read(labour_list, current_user.card.programme_id):
        yield (
            one.name,
            one.place,
            "; ".join(helped.name for helped in one.mentees),
            one.consent_on,
            one.number,
            one.signed_on,
            one.starts_on,
            one.ends_on,
            one.payment,
            float(one.amount) if one.amount is not None else None,
            one.stopped_on,
            say.lacks(one.lacks),
        )
