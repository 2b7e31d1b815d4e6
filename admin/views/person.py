"""One person: who it is, what they wait for, what to do next, and the whole story."""

import json
from typing import Any

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import perform, read
from admin.downloads import download
from admin.forms.consents import PaperConsentForm
from admin.forms.people import CorrectedForm, LetterForm, ReasonForm, RemarkForm
from admin.links import bot_link
from admin.next_acts import next_acts
from admin.texts import audit, documents, words
from admin.texts.registers import publication_asked
from admin.views.base import PanelView
from mentoring.rules.consents import ConsentKind, Decision, publication_consents
from mentoring.rules.enrolment import InvitationPurpose
from mentoring.rules.people import Door, PersonKind
from mentoring.use_cases.consents import accept_paper_consent, consent_sheet
from mentoring.use_cases.enrolment import (
    approve_enrolment,
    decline_enrolment,
    leave_programme,
    reopen_enrolment,
    return_enrolment,
)
from mentoring.use_cases.invitations import guardian_link
from mentoring.use_cases.letters import write_to_person
from mentoring.use_cases.papers_about import papers_of_person
from mentoring.use_cases.people import EnrolmentLine, PersonStory, correct_person, person_story
from mentoring.use_cases.privacy import ask_erasure, erase_person, my_data
from mentoring.use_cases.publication import ask_publication, publication_of
from mentoring.use_cases.reminders import remind_now
from storage.queries.invitations import live_token

NAMED = (InvitationPurpose.MENTOR, InvitationPurpose.MENTEE, InvitationPurpose.PARTNER)


class PersonView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Человек", endpoint="person", url="/person")

    @expose("/")
    def index(self) -> ResponseReturnValue:
        abort(404)

    @expose("/<int:person_id>")
    def page(self, person_id: int) -> str:
        story = _story(person_id)
        token = None if story.card.channel else read(live_token, *NAMED, person_id=person_id)
        named = bot_link(token) if token else None
        acts, events = next_acts(story), audit.worth_telling(story.events)
        titles = {one.response_id: one.title for one in story.responses}
        return self.render(
            "person/page.html",
            story=story,
            acts=acts,
            events=events,
            titles=titles,
            papers=read(papers_of_person, person_id),
            publication=read(publication_of, person_id),
            words_needed=publication_consents(story.card.age_group),
            audit=audit,
            named=named,
            say=documents,
        )

    @expose("/<int:person_id>/correct", methods=("GET", "POST"))
    def correct(self, person_id: int) -> ResponseReturnValue:
        story = _story(person_id)
        form = CorrectedForm(obj=story.card)
        if form.validate_on_submit() and self.attempt(correct_person, person_id, **_corrections(form)):
            return self.done(words.CORRECTED, "person.page", person_id=person_id)
        return self.render("person/correct.html", story=story, form=form)

    @expose("/<int:person_id>/approve/<int:enrolment_id>", methods=("POST",))
    def approve(self, person_id: int, enrolment_id: int) -> ResponseReturnValue:
        _line(_story(person_id), enrolment_id)
        moved = perform(approve_enrolment, enrolment_id)
        return self.done(words.approved(moved.person_name), "person.page", person_id=moved.person_id)

    @expose("/<int:person_id>/return/<int:enrolment_id>", methods=("GET", "POST"))
    def give_back(self, person_id: int, enrolment_id: int) -> ResponseReturnValue:
        story, form = _story(person_id), RemarkForm()
        line = _line(story, enrolment_id)
        if form.validate_on_submit() and self.attempt(return_enrolment, enrolment_id, form.remark.data):
            return self.done(words.RETURNED, "person.page", person_id=person_id)
        return self.render("person/give_back.html", story=story, line=line, form=form)

    @expose("/<int:person_id>/decline/<int:enrolment_id>", methods=("GET", "POST"))
    def decline(self, person_id: int, enrolment_id: int) -> ResponseReturnValue:
        story, form = _story(person_id), ReasonForm()
        line = _line(story, enrolment_id)
        if form.validate_on_submit() and self.attempt(decline_enrolment, enrolment_id, reason=form.reason.data):
            return self.done(words.DECLINED, "person.page", person_id=person_id)
        return self.render("person/decline.html", story=story, line=line, form=form)

    @expose("/<int:person_id>/leave/<int:enrolment_id>", methods=("GET", "POST"))
    def leave(self, person_id: int, enrolment_id: int) -> ResponseReturnValue:
        story = _story(person_id)
        line = _line(story, enrolment_id)
        if request.method == "POST":
            perform(leave_programme, enrolment_id)
            return self.done(words.LEFT, "person.page", person_id=person_id)
        return self.render("person/leave.html", story=story, line=line)

    @expose("/<int:person_id>/reopen/<int:enrolment_id>", methods=("POST",))
    def reopen(self, person_id: int, enrolment_id: int) -> ResponseReturnValue:
        _line(_story(person_id), enrolment_id)
        perform(reopen_enrolment, enrolment_id)
        return self.done(words.REOPENED, "person.page", person_id=person_id)

    @expose("/<int:person_id>/remind", methods=("POST",))
    def remind(self, person_id: int) -> ResponseReturnValue:
        return self.done(words.reminded(perform(remind_now, person_id)))

    @expose("/<int:person_id>/guardian-letter", methods=("POST",))
    def make_guardian_letter(self, person_id: int) -> ResponseReturnValue:
        perform(guardian_link, person_id)
        return self.done(words.GUARDIAN_LETTER, "person.guardian_letter", person_id=person_id)

    @expose("/<int:person_id>/guardian-letter")
    def guardian_letter(self, person_id: int) -> str:
        token = read(live_token, InvitationPurpose.GUARDIAN, person_id=person_id) or abort(404)
        sheet = read(consent_sheet, person_id, ConsentKind.GUARDIAN)
        return self.render("person/guardian_letter.html", sheet=sheet, link=bot_link(token), person_id=person_id)

    @expose("/<int:person_id>/consent-blank/<kind>")
    def consent_blank(self, person_id: int, kind: str) -> str:
        sheet = read(consent_sheet, person_id, _kind(kind))
        return self.render("person/consent_blank.html", sheet=sheet, story=_story(person_id))

    @expose("/<int:person_id>/paper-consent/<kind>", methods=("GET", "POST"))
    def paper_consent(self, person_id: int, kind: str) -> ResponseReturnValue:
        form = PaperConsentForm()
        sheet = read(consent_sheet, person_id, _kind(kind))
        if form.validate_on_submit() and self.attempt(
            accept_paper_consent, person_id, _kind(kind), door=Door.PAPER, **_paper(form)
        ):
            return self.done(words.PAPER_ACCEPTED, "person.page", person_id=person_id)
        return self.render("person/paper_consent.html", sheet=sheet, form=form, person_id=person_id)

    @expose("/<int:person_id>/ask-publication", methods=("POST",))
    def ask_publication(self, person_id: int) -> ResponseReturnValue:
        asked = perform(ask_publication, [person_id], again=True)
        return self.done(publication_asked(asked), "person.page", person_id=person_id)

    @expose("/<int:person_id>/write", methods=("GET", "POST"))
    def write(self, person_id: int) -> ResponseReturnValue:
        form = LetterForm()
        if form.validate_on_submit() and self.attempt(write_to_person, person_id, form.text.data):
            return self.done(words.WRITTEN, "messages.thread", person_id=person_id)
        return self.render("person/write.html", story=_story(person_id), form=form)

    @expose("/<int:person_id>/erase", methods=("GET", "POST"))
    def erase(self, person_id: int) -> ResponseReturnValue:
        story = _story(person_id)
        if request.method == "GET":
            return self.render("person/erase.html", story=story)
        request_id = story.erasure_request_id or perform(ask_erasure, person_id).request_id
        perform(erase_person, request_id)
        return self.done(words.ERASED, "person.page", person_id=person_id)

    @expose("/<int:person_id>/data.json")
    def data(self, person_id: int) -> Response:
        kept = json.dumps(read(my_data, person_id), ensure_ascii=False, indent=2, default=str)
        return download(kept.encode(), words.DATA_FILE, "application/json")


def _story(person_id: int) -> PersonStory:
    return read(person_story, person_id)


def _line(story: PersonStory, enrolment_id: int) -> EnrolmentLine:
    """Of this person; another's is not found here."""
    found = next((line for line in story.enrolments if line.enrolment_id == enrolment_id), None)
    return found or abort(404)


def _kind(word: str) -> ConsentKind:
    if word not in list(ConsentKind):
        abort(404)
    return ConsentKind(word)


def _corrections(form: CorrectedForm) -> dict[str, Any]:
    kind = PersonKind(form.kind.data) if form.kind.data else None
    names = ("last_name", "first_name", "patronymic", "birth_date", "place", "phone")
    return {"kind": kind, **{name: form[name].data for name in names}}


def _paper(form: PaperConsentForm) -> dict[str, Any]:
    return {
        "given_by_name": form.given_by_name.data,
        "relation": form.relation.data,
        "signed_on": form.signed_on.data,
        "decision": Decision(form.decision.data),
    }
