"""The curator's own questionnaires: all questions of one on a page, kept as a draft or sent."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user
from flask_wtf import FlaskForm

from admin.desk import now, perform, read
from admin.sheets import Typed, texts_of, typed_sheet, typed_words, wrong_words
from admin.texts import paper as words
from admin.views.base import PanelView
from mentoring.use_cases.curator_forms import CuratorForm, curator_form, save_curator_form
from mentoring.use_cases.questionnaires import reopen_response
from storage.queries.curator_forms import curator_forms


class CuratorFormsView(PanelView):
    section = "responses"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Анкеты куратора", endpoint="curator_forms", url="/curator-forms")

    @expose("/")
    def index(self) -> str:
        found = read(curator_forms, current_user.account_id)
        return self.render("curator_forms/index.html", lines=found.lines, sent=found.sent)

    @expose("/<form_key>", methods=("GET", "POST"))
    def page(self, form_key: str) -> ResponseReturnValue:
        asked = self._asked(form_key)
        if request.method == "GET":
            return self._page(asked, asked.answers, {})
        typed, send = typed_sheet(asked.form), request.form.get("act") == "send"
        saved = perform(save_curator_form, form_key, typed_words(typed), send=send)
        if saved.refusals:
            flash(words.KEPT_NOT_SENT if send else words.KEPT_PARTLY, "bad")
            return self._page(self._asked(form_key), typed, wrong_words(saved.refusals))
        if not saved.sent:
            return self.done(words.DRAFT_KEPT, "curator_forms.page", form_key=form_key)
        return self.done(words.FORM_SENT, "curator_forms.index")

    @expose("/<form_key>/again/<int:response_id>", methods=("POST",))
    def again(self, form_key: str, response_id: int) -> ResponseReturnValue:
        perform(reopen_response, response_id)
        return redirect(url_for("curator_forms.page", form_key=form_key), 303)

    def _asked(self, key: str) -> CuratorForm:
        return read(curator_form, key, account_id=current_user.account_id, now=now())

    def _page(self, asked: CuratorForm, typed: Typed, wrong: dict[str, str]) -> ResponseReturnValue:
        shown: dict[str, Any] = {"asked": asked, "sheet": asked.form, "typed": typed, "wrong": wrong}
        return self.render("curator_forms/page.html", **shown, form=FlaskForm(), **texts_of(asked.form))
