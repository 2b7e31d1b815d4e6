"""Papers: the register, a draft and its signature, files."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read
from admin.downloads import DOCX, download_workbook, send
from admin.forms.documents import NewForm, SignForm, draft_form, shown_choices, written
from admin.texts import documents as say
from admin.texts.days import local_today
from admin.views.base import PAGE, PanelView, chosen_ids, page_number, pages_of
from mentoring.rules.document_fields_papers import SUBJECTS
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.use_cases.document_drafts import (
    FOR_MANY,
    change_draft,
    choose,
    leave_blocked_out,
    new_document,
    throw_away,
)
from mentoring.use_cases.document_signing import sign_document
from mentoring.use_cases.documents import PaperView, paper_file, paper_view, papers_page
from mentoring.workbooks import Column
from storage.queries.documents import DocumentFilter

MOST = 5000
COLUMNS = (
    Column("Номер", 12),
    Column("Дата", 12, "date"),
    Column("Бумага", 36),
    Column("О чём", 46),
    Column("О ком", 36),
    Column("Состояние", 14),
    Column("Отметка в панели", 28),
    Column("Подписана в системе", 18, "datetime"),
)


class DocumentsView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Документы", endpoint="documents", url="/documents")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        found = read(papers_page, _asked(), page, PAGE)
        states = [(state.value, say.STATES[state]) for state in DocumentState]
        return self.render(
            "documents/index.html",
            found=found,
            narrowed=bool(request.args),
            groups=(chip_group("Какие", "group", say.GROUPS), chip_group("Состояние", "state", states)),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
            say=say,
        )

    @expose("/export.xlsx")
    def export(self) -> Response:
        found = read(papers_page, _asked(), 1, MOST)
        rows = (
            (
                one.number,
                one.dated_on,
                say.kind_name(one.kind),
                one.title,
                one.about,
                say.STATES[one.state],
                one.signed_by,
                one.signed_at,
            )
            for one in found.lines
        )
        return download_workbook("Реестр документов", COLUMNS, rows)

    @expose("/new/<kind>", methods=("GET", "POST"))
    def new(self, kind: str) -> ResponseReturnValue:
        chosen, form = known_kind(kind), NewForm()
        about = {name: _number(name) for name in ("pair_id", "person_id", "amends_id")}
        if chosen in SUBJECTS and chosen not in FOR_MANY and not about["pair_id"] and not about["person_id"]:
            return self.on_to("document_sets.many", kind=chosen)
        if form.validate_on_submit():
            begun = self.attempt(new_document, chosen, **about)
            if begun:
                said = say.CONTINUED if begun.already else say.BEGUN
                return self.done(said, "documents.page", document_id=begun.document_id)
        return self.render("documents/begin.html", kind=chosen, form=form, say=say)

    @expose("/<int:document_id>")
    def page(self, document_id: int) -> str:
        found: PaperView = read(paper_view, document_id, now=now())
        return self.render("documents/page.html", found=found, shown=shown_choices(found), say=say)

    @expose("/<int:document_id>/change", methods=("GET", "POST"))
    def change(self, document_id: int) -> ResponseReturnValue:
        found: PaperView = read(paper_view, document_id, now=now())
        shown = shown_choices(found)
        form = draft_form(found, shown)
        if form.validate_on_submit():
            said = written(found.line.kind, form, shown, found.choices)
            title, dated_on = form["title"].data, form["dated_on"].data
            if self.attempt(change_draft, document_id, said, title=title, dated_on=dated_on):
                return self.done(say.SAVED, "documents.page", document_id=document_id)
        return self.render("documents/change.html", found=found, form=form, say=say)

    @expose("/<int:document_id>/choose", methods=("POST",))
    def choose(self, document_id: int) -> ResponseReturnValue:
        """Changes of an amendment are left out by what is not ticked; everything else is taken in by what is."""
        name, ticked = request.form.get("name", ""), request.form.getlist("id")
        if name == "leave_out":
            offered = set(request.form.getlist("offered"))
            perform(choose, document_id, name, sorted(offered - set(ticked)))
        else:
            perform(choose, document_id, name, chosen_ids())
        return self.done(say.SAVED, "documents.page", document_id=document_id)

    @expose("/<int:document_id>/leave-out", methods=("POST",))
    def leave_out(self, document_id: int) -> ResponseReturnValue:
        perform(leave_blocked_out, document_id)
        return self.done(say.LEFT_OUT, "documents.page", document_id=document_id)

    @expose("/<int:document_id>/preview")
    def preview(self, document_id: int) -> str:
        from mentoring.document_preview import blocks_of

        found: PaperView = read(paper_view, document_id, now=now())
        _, body = read(paper_file, document_id, now=now())
        return self.render("documents/preview.html", found=found, blocks=blocks_of(body), say=say)

    @expose("/<int:document_id>/file.docx")
    def file(self, document_id: int) -> Response:
        name, body = read(paper_file, document_id, now=now())
        return send(body, f"{name}.docx", DOCX)

    @expose("/<int:document_id>/sign", methods=("GET", "POST"))
    def sign(self, document_id: int) -> ResponseReturnValue:
        found: PaperView = read(paper_view, document_id, now=now())
        form = SignForm(number=found.free_number, dated_on=found.line.dated_on or local_today())
        if form.validate_on_submit():
            number, day = form.number.data, form.dated_on.data
            signed = self.attempt(sign_document, document_id, number, day, seen=request.form.get("seen", ""))
            if signed:
                return self.done(say.signed(signed), "documents.page", document_id=document_id)
        return self.render("documents/sign.html", found=found, form=form, say=say)

    @expose("/<int:document_id>/drop", methods=("POST",))
    def drop(self, document_id: int) -> ResponseReturnValue:
        perform(throw_away, document_id)
        return self.done(say.THROWN_AWAY, "documents.index")


def known_kind(kind: str) -> DocumentKind:
    """From the address; an unknown one is a page that is not there."""
    return DocumentKind(kind) if kind in list(DocumentKind) else abort(404)


def _asked() -> DocumentFilter:
    return DocumentFilter(
        kind=word("kind", list(DocumentKind)),
        state=word("state", list(DocumentState)),
        group=word("group", [value for value, _ in say.GROUPS]),
        find=request.args.get("find", "").strip()[:60],
    )


def _number(name: str) -> int | None:
    value = request.values.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None
