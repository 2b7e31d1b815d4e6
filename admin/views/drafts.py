"""The editor of a questionnaire's next version. Each change is a small form of its own, kept at once."""

from typing import Any

from flask import Response, abort, flash, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import perform, read
from admin.downloads import download_text
from admin.forms.library import HeadForm, question_form
from admin.question_list import question_rows, said_of
from admin.rehearsing import rehearse
from admin.texts import library as words
from admin.views.base import PanelView
from mentoring import rehearsal
from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questions.flaws import questions_of
from mentoring.rules.questions.kinds import KINDS
from mentoring.use_cases.questionnaire_drafts import (
    DraftView,
    add_question,
    draft_view,
    drop_draft,
    move_question,
    publish_draft,
    remove_question,
    return_question,
    save_head,
    save_question,
)
from mentoring.use_cases.questionnaire_files import draft_file
from mentoring.use_cases.questionnaire_library import questionnaire_card


class DraftsView(PanelView):
    section = "responses"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Черновик анкеты", endpoint="drafts", url="/drafts")

    @expose("/")
    def index(self) -> ResponseReturnValue:
        abort(404)

    @expose("/<key>")
    def page(self, key: str) -> str:
        draft = read(draft_view, key)
        return self.render("library/draft.html", draft=draft, rows=question_rows(draft.raw, draft.flaws), words=words)

    @expose("/<key>/head", methods=("GET", "POST"))
    def head(self, key: str) -> ResponseReturnValue:
        draft = read(draft_view, key)
        form = HeadForm(data=draft.raw)
        if form.validate_on_submit():
            draft = perform(save_head, key, form.edit())
            if not _kept_quietly():
                return self.on_to("drafts.page", key=key)
        own = [one for one in draft.flaws if not one.place.startswith("question")]
        return self._form("library/head.html", draft, form=form, wrong=said_of(own, 0))

    @expose("/<key>/add", methods=("POST",))
    def add(self, key: str) -> ResponseReturnValue:
        text, kind = request.form.get("text", ""), request.form.get("kind", "")
        if not text.strip() or kind not in KINDS:
            flash(words.TEXT_NEEDED, "bad")
            return self.on_to("drafts.page", key=key, _anchor="add")
        question = perform(add_question, key, kind, text, after=request.form.get("after", ""))
        return self.on_to("drafts.question", key=key, question=question)

    @expose("/<key>/question/<question>", methods=("GET", "POST"))
    def question(self, key: str, question: str) -> ResponseReturnValue:
        draft = read(draft_view, key)
        number, raw = _numbered(draft, question)
        form = question_form(raw, _earlier(draft, number), draft.twin)
        if form.validate_on_submit():
            draft = perform(save_question, key, question, form.edit(raw["kind"] if question in draft.fixed else ""))
            if not _kept_quietly():
                return self._after_question(draft, number)
        return self._form(
            "library/question.html",
            draft,
            form=form,
            number=number,
            question=question,
            depends=_depends(draft, number, raw),
            card=rehearsal.sample(draft.raw, question),
            wrong=said_of(draft.flaws, number),
        )

    @expose("/<key>/move", methods=("POST",))
    def move(self, key: str) -> ResponseReturnValue:
        question, step = request.form.get("question", ""), -1 if request.form.get("to") == "up" else 1
        perform(move_question, key, question, step)
        return self.on_to("drafts.page", key=key, _anchor=f"q-{question}")

    @expose("/<key>/remove", methods=("POST",))
    def remove(self, key: str) -> ResponseReturnValue:
        perform(remove_question, key, request.form.get("question", ""))
        return self.done(words.REMOVED, "drafts.page", key=key)

    @expose("/<key>/return", methods=("POST",))
    def give_back(self, key: str) -> ResponseReturnValue:
        perform(return_question, key, request.form.get("question", ""))
        return self.done(words.RETURNED, "drafts.page", key=key)

    @expose("/<key>/preview", methods=("GET", "POST"))
    def preview(self, key: str) -> ResponseReturnValue:
        draft = read(draft_view, key)
        if draft.definition is None:
            return self.on_to("drafts.page", key=key)
        walk = rehearse(draft.definition)
        return self.render("library/preview.html", walk=walk, key=key, version=0, words=words)

    @expose("/<key>/file.toml")
    def file(self, key: str) -> Response:
        found = read(draft_file, key)
        return download_text(found.name, found.text)

    @expose("/<key>/publish", methods=("GET", "POST"))
    def publish(self, key: str) -> ResponseReturnValue:
        if request.method == "GET":
            draft, card = read(draft_view, key), read(questionnaire_card, key)
            return self.render("library/publish.html", draft=draft, card=card, words=words)
        try:
            made = perform(publish_draft, key)
        except DefinitionBroken as broken:
            flash(words.not_published(broken.place, broken.reason), "bad")
            return self.on_to("drafts.page", key=key)
        return self.done(words.published(made.number) if made.changed else words.UNCHANGED, "library.page", key=key)

    @expose("/<key>/drop", methods=("POST",))
    def drop(self, key: str) -> ResponseReturnValue:
        still_there = perform(drop_draft, key)
        if still_there:
            return self.done(words.DROPPED, "library.page", key=key)
        return self.done(words.DROPPED, "library.index")

    def _form(self, template: str, draft: DraftView, **shown: Any) -> str:
        """The whole page; for what is kept while it is typed, only what depends on the words."""
        part = "library/beside.html" if _kept_quietly() else template
        return self.render(part, draft=draft, words=words, **shown)

    def _after_question(self, draft: DraftView, number: int) -> ResponseReturnValue:
        """To the next question, to the list, or to a new question under this one: as the pressed button says."""
        questions, wanted = questions_of(draft.raw), request.form.get("next", "")
        if wanted == "next" and number < len(questions):
            return self.on_to("drafts.question", key=draft.key, question=questions[number]["key"])
        return self.on_to("drafts.page", key=draft.key, _anchor=f"q-{questions[number - 1]['key']}")


def _kept_quietly() -> bool:
    """Sent by the page itself while the curator types."""
    return request.headers.get("X-Kept-Quietly") == "1"


def _numbered(draft: DraftView, key: str) -> tuple[int, dict[str, Any]]:
    found = (each for each in enumerate(questions_of(draft.raw), 1) if each[1].get("key") == key)
    return next(found, None) or abort(404)


def _earlier(draft: DraftView, number: int) -> list[tuple[str, str]]:
    """Questions that the one with ``number`` may depend on, and the one it does depend on, wherever that stands."""
    questions = questions_of(draft.raw)
    needed = (questions[number - 1].get("show_if") or {}).get("question")
    return [
        (one["key"], words.depends_on(at, one.get("text", "")))
        for at, one in enumerate(questions, 1)
        if at < number or (one["key"] == needed and at != number)
    ]


def _depends(draft: DraftView, number: int, raw: dict[str, Any]) -> list[dict[str, Any]]:
    """For each earlier question with options: those options, ticked as the condition has them or as was just sent."""
    condition = raw.get("show_if") or {}
    ticked, offered = words.tokens(condition), dict(_earlier(draft, number))
    return [
        {"key": one["key"], "options": found, "ticked": ticked if condition.get("question") == one["key"] else ()}
        for one in questions_of(draft.raw)
        if one["key"] in offered and (found := rehearsal.options_of(one))
    ]
