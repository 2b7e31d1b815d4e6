"""Templates of papers, the organisation's profile, the cases of names."""

from dataclasses import asdict

from flask import Response, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import perform, read
from admin.downloads import DOCX, send
from admin.forms.documents import ProfileForm, TemplateForm, cases_form, corrected_cases
from admin.places import came_from, local_path
from admin.texts import documents as say
from admin.views.base import PanelView
from admin.views.documents import known_kind
from config.document_templates import own_template
from mentoring.rules.declension import Case, declined_post
from mentoring.rules.document_fields import FIELDS
from mentoring.rules.errors import TemplateRefused
from mentoring.use_cases.document_templates import (
    own_uploads,
    template_body,
    template_lines,
    upload_template,
    use_template,
)
from mentoring.use_cases.organisation_profile import (
    correct_leader,
    correct_person,
    person_forms,
    profile_card,
    save_profile,
)

LEADERS = ("head", "curator")


class DocumentTemplatesView(PanelView):
    in_menu = False
    section = "documents"

    def __init__(self) -> None:
        super().__init__(name="Документы", endpoint="document_templates", url="/documents/templates")

    @expose("/")
    def index(self) -> str:
        return self.render("documents/templates.html", uploads=read(own_uploads), say=say)

    @expose("/<kind>", methods=("GET", "POST"))
    def kind(self, kind: str) -> ResponseReturnValue:
        chosen, form, faults = known_kind(kind), TemplateForm(), ()
        if form.validate_on_submit():
            try:
                name, note = form.file.data.filename or "", form.note.data
                perform(upload_template, chosen, form.file.data.read(), file_name=name, note=note)
                return self.done(say.TEMPLATE_TAKEN, "document_templates.kind", kind=chosen)
            except TemplateRefused as error:
                faults = error.faults
        versions = read(template_lines, chosen)
        return self.render(
            "documents/template.html",
            kind=chosen,
            form=form,
            faults=faults,
            versions=versions,
            fields=say.field_groups(FIELDS[chosen]),
            say=say,
        )

    @expose("/<kind>/use", methods=("POST",))
    def use(self, kind: str) -> ResponseReturnValue:
        asked = request.form.get("template_id", "")
        template_id = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
        perform(use_template, known_kind(kind), template_id)
        return self.done(say.TEMPLATE_CHOSEN, "document_templates.kind", kind=kind)

    @expose("/<kind>/ours.docx")
    def ours(self, kind: str) -> Response:
        chosen = known_kind(kind)
        return send(own_template(chosen), f"{say.kind_name(chosen)} (шаблон).docx", DOCX)

    @expose("/version/<int:template_id>.docx")
    def version(self, template_id: int) -> Response:
        kind, number, body = read(template_body, template_id)
        return send(body, f"{say.kind_name(kind)} (шаблон {number}).docx", DOCX)

    @expose("/profile", methods=("GET", "POST"))
    def profile(self) -> ResponseReturnValue:
        card = read(profile_card)
        form = ProfileForm(data={**asdict(card), **asdict(card.profile)})
        if form.validate_on_submit():
            plain = {name: form[name].data for name in ("name", "short_name", "address", "contact")}
            if self.attempt(save_profile, form.profile(), **plain):
                return self.done(say.PROFILE_SAVED, "document_templates.profile")
        return self.render("documents/profile.html", card=card, form=form, say=say)

    @expose("/profile/<who>", methods=("GET", "POST"))
    def leader(self, who: str) -> ResponseReturnValue:
        if who not in LEADERS:
            abort(404)
        card = read(profile_card)
        names, post = getattr(card, who), getattr(card.profile, f"{who}_post")
        forms = dict(getattr(card.profile, f"{who}_forms"))
        posts = {f"post_{case}": declined_post(post, case) for case in Case}
        form = cases_form(forms, names.forms, posts)
        if form.validate_on_submit():
            perform(correct_leader, who, corrected_cases(form, names.forms, posts, forms))
            return self.done(say.FORMS_SAVED, "document_templates.profile")
        return self.render("documents/cases.html", names=names, form=form, back="", say=say)

    @expose("/names/<int:person_id>", methods=("GET", "POST"))
    def names(self, person_id: int) -> ResponseReturnValue:
        names, forms = read(person_forms, person_id)
        form = cases_form(forms, names.forms, {})
        back = local_path(request.values.get("back")) or came_from("/documents/")
        if form.validate_on_submit():
            perform(correct_person, person_id, corrected_cases(form, names.forms, {}, forms))
            return self.done_at(back)
        return self.render("documents/cases.html", names=names, form=form, back=back, say=say)

    def done_at(self, address: str) -> ResponseReturnValue:

        flash(say.FORMS_SAVED, "good")
        return redirect(address, 303)
