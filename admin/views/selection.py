"""Candidate mentors: side by side by the model's criteria, and each with interviews that open one at a time."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read
from admin.downloads import download_workbook
from admin.forms.selection import InterviewForm, PortfolioForm
from admin.texts import labels
from admin.texts import selection as say
from admin.texts.days import local_today
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring import paper_words
from mentoring.rules.selection import Verdict
from mentoring.use_cases.interviews import change_interview, open_interview, write_interview
from mentoring.use_cases.portfolio_records import write_portfolio
from mentoring.use_cases.selection import CandidateCard, candidate_card, criteria_page
from mentoring.workbooks import Column
from storage.queries.candidates_list import CandidateFilter


class SelectionView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Отбор наставников", endpoint="selection", url="/selection")

    @expose("/")
    def index(self) -> str:
        page, programme = page_number(), current_user.card.programme_id
        found = read(criteria_page, programme, _asked(), offset=(page - 1) * PAGE, limit=PAGE, today=local_today())
        return self.render(
            "selection/index.html",
            found=found,
            say=say,
            groups=(chip_group("Показать", "stage", say.STAGES),),
            narrowed=bool(request.args),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Отбор наставников", COLUMNS, _exported())

    @expose("/<int:enrolment_id>")
    def page(self, enrolment_id: int) -> str:
        return self.render("selection/page.html", card=_card(enrolment_id), say=say, written=paper_words.portfolio)

    @expose("/<int:enrolment_id>/portfolio", methods=("GET", "POST"))
    def portfolio(self, enrolment_id: int) -> ResponseReturnValue:
        card = _card(enrolment_id)
        form = PortfolioForm(obj=card.portfolio.record)
        if form.validate_on_submit() and self.attempt(write_portfolio, enrolment_id, form.record()):
            return self.done(say.PORTFOLIO_WRITTEN, "selection.page", enrolment_id=enrolment_id)
        return self.render("selection/portfolio.html", card=card, form=form)

    @expose("/<int:enrolment_id>/interview", methods=("GET", "POST"))
    def interview(self, enrolment_id: int) -> ResponseReturnValue:
        card, form = _card(enrolment_id), InterviewForm()
        if form.validate_on_submit() and self.attempt(write_interview, enrolment_id, **_written(form)):
            return self.done(say.INTERVIEW_WRITTEN, "selection.page", enrolment_id=enrolment_id)
        form.held_on.data = form.held_on.data or local_today()
        return self.render("selection/interview.html", card=card, form=form)

    @expose("/interview/<int:interview_id>/open", methods=("POST",))
    def open(self, interview_id: int) -> str:
        """Not a page of its own address: what is restricted does not stay in the list of visited pages."""
        opened = perform(open_interview, interview_id)
        return self.render("selection/opened.html", opened=opened, form=InterviewForm(formdata=None, obj=opened))

    @expose("/interview/<int:interview_id>/change", methods=("POST",))
    def change(self, interview_id: int) -> ResponseReturnValue:
        opened, form = perform(open_interview, interview_id), InterviewForm()
        if form.validate_on_submit() and self.attempt(change_interview, interview_id, **_written(form)):
            return self.done(say.INTERVIEW_CHANGED, "selection.page", enrolment_id=opened.enrolment_id)
        return self.render("selection/opened.html", opened=opened, form=form)


def _asked() -> CandidateFilter:
    stage = word("stage", [value for value, _ in say.STAGES])
    return CandidateFilter(words=request.args.get("q", "").strip()[:100], stage=stage)


def _card(enrolment_id: int) -> CandidateCard:
    return read(candidate_card, enrolment_id, now=now())


def _written(form: InterviewForm) -> dict[str, object]:
    return {
        "held_on": form.held_on.data,
        "interviewer": form.interviewer.data,
        "verdict": Verdict(form.verdict.data),
        "notes": form.notes.data,
    }


COLUMNS = (
    Column("Фамилия, имя, отчество", 34),
    Column("Класс или должность", 26),
    Column("Опыт и достижения", 44),
    Column("Интересы", 30),
    Column("Компетенции", 36),
    Column("Возраст", 10),
    Column("Кому может помогать", 28),
    Column("Время", 28),
    Column("Анкета", 16),
    Column("Собеседование", 24),
    Column("Дата собеседования", 14, "date"),
    Column("Часов обучения", 12, "number"),
    Column("Реестр", 34),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for row in read(criteria_page, current_user.card.programme_id, _asked(), today=local_today()).rows:
        yield (
            row.name,
            row.place,
            row.experience,
            row.interests,
            row.competences,
            say.age(row),
            row.wished_age,
            row.time,
            labels.word(row.status),
            labels.word(row.verdict) if row.verdict else "",
            row.interviewed_on,
            row.hours,
            say.readiness(row),
        )
