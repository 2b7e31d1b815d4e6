"""The library of questionnaires: what there is, each one's versions, a walk through it, files in and out."""

from itertools import groupby

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import ChipGroup, chip_group, word
from admin.desk import perform, read
from admin.downloads import download_text
from admin.forms.library import CopyForm, FileForm, NewForm
from admin.question_list import question_rows
from admin.rehearsing import rehearse
from admin.texts import library as words
from admin.views.base import PanelView
from config.library import questionnaire_definitions
from mentoring.rules.errors import DefinitionBroken, DraftExists
from mentoring.rules.questions.parsing import parse_definition
from mentoring.use_cases.questionnaire_deliveries import is_otherwise, take_delivered
from mentoring.use_cases.questionnaire_drafts import copy_questionnaire, new_questionnaire, open_draft
from mentoring.use_cases.questionnaire_files import questionnaire_file, take_file
from mentoring.use_cases.questionnaire_library import (
    LibraryRow,
    hide_questionnaire,
    library,
    published_definition,
    questionnaire_card,
    show_questionnaire,
)


class LibraryView(PanelView):
    section = "responses"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Библиотека анкет", endpoint="library", url="/library")

    @expose("/")
    def index(self) -> str:
        rows = [row for row in read(library) if _wanted(row)]
        used = [row for row in rows if not row.hidden]
        shelves = [(use, list(found)) for use, found in groupby(used, key=lambda row: row.use)]
        hidden = [row for row in rows if row.hidden]
        return self.render(
            "library/index.html", shelves=shelves, hidden=hidden, groups=_groups(), words=words, about=_about
        )

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = NewForm()
        if form.validate_on_submit():
            key = self.attempt(new_questionnaire, form.title.data, role=form.role.data, use=form.use.data)
            if key:
                return self.done(words.MADE, "drafts.page", key=key)
        return self.render("library/new.html", form=form)

    @expose("/upload", methods=("GET", "POST"))
    def upload(self) -> ResponseReturnValue:
        form, refused = FileForm(), None
        if form.validate_on_submit():
            content = form.file.data.read()
            try:
                key = perform(take_file, content, replace=form.replace.data)
                return self.done(words.TAKEN, "drafts.page", key=key)
            except (DefinitionBroken, DraftExists) as error:
                refused = words.refused_file(error, content)
        return self.render("library/upload.html", form=form, refused=refused)

    @expose("/<key>")
    def page(self, key: str) -> ResponseReturnValue:
        card = read(questionnaire_card, key)
        if card.definition is None:
            return self.on_to("drafts.page", key=key)
        _, raw = read(published_definition, key)
        ours = questionnaire_definitions().get(key)
        otherwise = ours is not None and read(is_otherwise, ours)
        return self.render(
            "library/page.html", card=card, rows=question_rows(raw), words=words, otherwise=otherwise and not card.draft
        )

    @expose("/<key>/edit", methods=("POST",))
    def edit(self, key: str) -> ResponseReturnValue:
        perform(open_draft, key)
        return self.on_to("drafts.page", key=key)

    @expose("/<key>/delivered", methods=("POST",))
    def delivered(self, key: str) -> ResponseReturnValue:
        ours = questionnaire_definitions().get(key) or abort(404)
        self.attempt(take_delivered, ours)
        return self.on_to("drafts.page", key=key)

    @expose("/<key>/copy", methods=("GET", "POST"))
    def copy(self, key: str) -> ResponseReturnValue:
        card = read(questionnaire_card, key)
        form = CopyForm(title=f"{card.title} (копия)")
        if form.validate_on_submit():
            made = self.attempt(copy_questionnaire, key, form.title.data)
            if made:
                return self.done(words.COPIED, "drafts.page", key=made)
        return self.render("library/copy.html", form=form, card=card)

    @expose("/<key>/hide", methods=("POST",))
    def hide(self, key: str) -> ResponseReturnValue:
        perform(hide_questionnaire, key)
        return self.done(words.HIDDEN, "library.page", key=key)

    @expose("/<key>/show", methods=("POST",))
    def show(self, key: str) -> ResponseReturnValue:
        perform(show_questionnaire, key)
        return self.done(words.SHOWN, "library.page", key=key)

    @expose("/<key>/file.toml")
    def file(self, key: str) -> Response:
        found = read(questionnaire_file, key, number=_version())
        return download_text(found.name, found.text)

    @expose("/<key>/preview", methods=("GET", "POST"))
    def preview(self, key: str) -> str:
        number, raw = read(published_definition, key, _version())
        walk = rehearse(parse_definition(raw))
        return self.render("library/preview.html", walk=walk, key=key, version=number, words=words)


def _groups() -> tuple[ChipGroup, ...]:
    roles = [(role, said) for role, said in words.ROLES.items() if role]
    return chip_group("Для чего", "use", words.USES.items()), chip_group("Кому", "role", roles)


def _wanted(row: LibraryRow) -> bool:
    use, role = word("use", list(words.USES)), word("role", list(words.ROLES))
    return use in ("", row.use) and role in ("", row.role)


def _version() -> int | None:
    asked = request.args.get("version", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 7):
        abort(404)
    return int(asked) if asked else None


def _about(row: LibraryRow) -> str:
    """«наставнику, учитель – ученик, до начала работы»."""
    said = [words.ROLES.get(row.role, ""), words.forms()[row.form] if row.form else ""]
    return ", ".join(part for part in said if part)
