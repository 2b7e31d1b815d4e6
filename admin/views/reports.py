"""Reports of a period: counted, written, signed; each figure opens the rows behind it."""

from dataclasses import asdict
from zoneinfo import ZoneInfo

from flask import Response
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import page_link
from admin.desk import now, perform, read, zone
from admin.downloads import DOCX, XLSX, send
from admin.forms.reports import FiguresForm, NewReportForm, TextsForm
from admin.texts import reports as texts
from admin.texts.days import local_today
from admin.views.base import PanelView, page_number
from mentoring import report_words as words
from mentoring.report_drafts import suggested_texts
from mentoring.report_layout import parts
from mentoring.use_cases.indicators import figures_card, save_figures
from mentoring.use_cases.report_lists import figure_list
from mentoring.use_cases.reports import (
    ReportView,
    begin_report,
    drop_report,
    report_line,
    report_view,
    reports_list,
    sign_report,
    write_texts,
)


class ReportsView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Отчёты", endpoint="reports", url="/reports")

    @expose("/", methods=("GET", "POST"))
    def index(self) -> ResponseReturnValue:
        card, form = read(figures_card), NewReportForm()
        form.period.choices = texts.periods(card.starts_on, card.ends_on, local_today())
        if form.validate_on_submit():
            kind, day = texts.chosen_period(form.period.data)
            begun = self.attempt(begin_report, kind, day)
            if begun:
                said = texts.CONTINUED if begun.already else texts.BEGUN
                return self.done(said, "reports.page", report_id=begun.report_id)
        return self.render("reports/index.html", form=form, lines=read(reports_list), card=card, say=texts)

    @expose("/<int:report_id>")
    def page(self, report_id: int) -> str:
        found: ReportView = read(report_view, report_id, now=now())
        return self.render(
            "reports/page.html",
            found=found,
            parts=parts(found.facts),
            shown=_shown(found),
            heads=words.TEXTS,
            say=texts,
        )

    @expose("/<int:report_id>/texts", methods=("GET", "POST"))
    def texts(self, report_id: int) -> ResponseReturnValue:
        found: ReportView = read(report_view, report_id, now=now())
        form = TextsForm(data=_shown(found))
        suggested = _suggested(found)
        if form.validate_on_submit():
            written = {key: "" if text == suggested[key] else text for key, text in form.texts().items()}
            if self.attempt(write_texts, report_id, written):
                return self.done(texts.WRITTEN, "reports.page", report_id=report_id)
        return self.render("reports/texts.html", found=found, form=form, suggested=suggested, say=texts)

    @expose("/<int:report_id>/sign", methods=("GET", "POST"))
    def sign(self, report_id: int) -> ResponseReturnValue:
        found: ReportView = read(report_view, report_id, now=now())
        form = NewReportForm()
        if form.is_submitted():
            perform(sign_report, report_id)
            return self.done(texts.SIGNED, "reports.page", report_id=report_id)
        return self.render("reports/sign.html", found=found, early=found.line.ends_on >= local_today(), say=texts)

    @expose("/<int:report_id>/drop", methods=("POST",))
    def drop(self, report_id: int) -> ResponseReturnValue:
        perform(drop_report, report_id)
        return self.done(texts.DROPPED, "reports.index")

    @expose("/<int:report_id>/behind/<figure>")
    def behind(self, report_id: int, figure: str) -> str:
        found = read(figure_list, report_id, figure, page=page_number(), now=now())
        line = read(report_line, report_id)
        return self.render("reports/behind.html", found=found, line=line, link=page_link(), say=texts)

    @expose("/<int:report_id>/report.docx")
    def document(self, report_id: int) -> Response:
        from mentoring.report_documents import report_document

        found: ReportView = read(report_view, report_id, now=now())
        body = report_document(found, _shown(found), zone=ZoneInfo(zone()))
        return send(body, texts.file_name(found.line, "docx"), DOCX)

    @expose("/<int:report_id>/report.xlsx")
    def workbook(self, report_id: int) -> Response:
        from mentoring.report_workbooks import report_workbook

        found: ReportView = read(report_view, report_id, now=now())
        return send(report_workbook(found), texts.file_name(found.line, "xlsx"), XLSX)

    @expose("/figures", methods=("GET", "POST"))
    def figures(self) -> ResponseReturnValue:
        card = read(figures_card)
        form = FiguresForm(data={**asdict(card.figures), "introduced_on": card.introduced_on})
        if form.validate_on_submit() and self.attempt(save_figures, form.figures(), form.introduced_on.data):
            return self.done(texts.FIGURES_SAVED, "reports.index")
        return self.render("reports/figures.html", form=form, card=card)


def _suggested(found: ReportView) -> dict[str, str]:
    return {key.value: text for key, text in suggested_texts(found.facts).items()}


def _shown(found: ReportView) -> dict[str, str]:
    """The curator's words, and what is suggested where there are none; a signed report says only its own."""
    return dict(found.texts) if found.signed else {**_suggested(found), **found.texts}
