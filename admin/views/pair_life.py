"""What a curator decides about a pair after both have agreed: trial, group, pause, notice, end."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import perform, read
from admin.forms.pairs import (
    DecisionForm,
    LastDayForm,
    MenteesForm,
    NoticeForm,
    PairEndForm,
    PartForm,
    PauseForm,
    RemoveForm,
    end_reason,
)
from admin.texts import pairs as said
from admin.views.base import PanelView
from mentoring.rules import labour
from mentoring.rules.pairs import MOST_MENTEES
from mentoring.rules.people import Role
from mentoring.use_cases.pairs import (
    add_mentees,
    confirm_pair,
    end_pair,
    give_notice,
    pair_timeline,
    part_pair,
    pause_pair,
    possible_mentees,
    propose_group,
    put_off_end,
    remove_mentee,
    resume_pair,
    start_trial,
    take_back_notice,
)
from storage.queries.enrolments import enrolment_seen


class PairLife(PanelView):
    """The half of `PairsView` that acts on one pair."""

    @expose("/propose/<int:enrolment_id>/group", methods=("GET", "POST"))
    def group(self, enrolment_id: int) -> ResponseReturnValue:
        """A mentor and several mentees at once."""
        mentor = read(enrolment_seen, enrolment_id)
        if mentor is None or mentor.role is not Role.MENTOR:
            abort(404)
        form = self._mentees(enrolment_id)
        if form.validate_on_submit():
            made = self.attempt(propose_group, enrolment_id, form.mentees.data, reasons=form.reasons.data)
            if made:
                return self.done(said.GROUP_PROPOSED, "pairs.page", pair_id=made.pair_id)
        return self.render("pairs/group.html", mentor=mentor, form=form, most=MOST_MENTEES)

    @expose("/<int:pair_id>/add", methods=("GET", "POST"))
    def add(self, pair_id: int) -> ResponseReturnValue:
        story = read(pair_timeline, pair_id)
        form = self._mentees(story.mentor.enrolment_id)
        if form.validate_on_submit():
            made = self.attempt(add_mentees, pair_id, form.mentees.data, reasons=form.reasons.data)
            if made:
                return self.done(said.GROUP_PROPOSED, "pairs.page", pair_id=made.pair_id)
        return self.render("pairs/add.html", story=story, form=form)

    @expose("/<int:pair_id>/remove/<int:person_id>", methods=("GET", "POST"))
    def remove(self, pair_id: int, person_id: int) -> ResponseReturnValue:
        form, story = RemoveForm(), read(pair_timeline, pair_id)
        side = next((one for one in story.mentees if one.person_id == person_id), None) or abort(404)
        if form.validate_on_submit() and self.attempt(remove_mentee, pair_id, person_id, end_reason(form)):
            return self.done(said.MENTEE_REMOVED, "pairs.page", pair_id=pair_id)
        return self.render("pairs/remove.html", story=story, side=side, form=form)

    @expose("/<int:pair_id>/trial", methods=("POST",))
    def trial(self, pair_id: int) -> ResponseReturnValue:
        perform(start_trial, pair_id)
        return self.done(said.TRIAL_STARTED, "pairs.page", pair_id=pair_id)

    @expose("/<int:pair_id>/decide", methods=("GET", "POST"))
    def decide(self, pair_id: int) -> ResponseReturnValue:
        """Confirm without a trial, or with something of it lacking: the curator says why."""
        form, story = DecisionForm(), read(pair_timeline, pair_id)
        if form.validate_on_submit() and self.attempt(confirm_pair, pair_id, note=form.note.data):
            return self.done(said.CONFIRMED, "pairs.page", pair_id=pair_id)
        return self.render("pairs/decide.html", story=story, form=form, said=said)

    @expose("/<int:pair_id>/part", methods=("GET", "POST"))
    def part(self, pair_id: int) -> ResponseReturnValue:
        form = PartForm()
        if form.validate_on_submit() and self.attempt(part_pair, pair_id, form.note.data):
            return self.done(said.PARTED, "pairs.page", pair_id=pair_id)
        return self.render("pairs/part.html", story=read(pair_timeline, pair_id), form=form)

    @expose("/<int:pair_id>/pause", methods=("GET", "POST"))
    def pause(self, pair_id: int) -> ResponseReturnValue:
        form = PauseForm()
        if form.validate_on_submit() and self.attempt(pause_pair, pair_id, form.until.data, form.reason.data):
            return self.done(said.PAUSED, "pairs.page", pair_id=pair_id)
        return self.render("pairs/pause.html", story=read(pair_timeline, pair_id), form=form)

    @expose("/<int:pair_id>/resume", methods=("POST",))
    def resume(self, pair_id: int) -> ResponseReturnValue:
        perform(resume_pair, pair_id)
        return self.done(said.RESUMED, "pairs.page", pair_id=pair_id)

    @expose("/<int:pair_id>/notice", methods=("GET", "POST"))
    def notice(self, pair_id: int) -> ResponseReturnValue:
        form, story = NoticeForm(), read(pair_timeline, pair_id)
        if form.validate_on_submit():
            who = labour.Side(form.who.data)
            if self.attempt(give_notice, pair_id, who, form.on.data):
                return self.done(said.NOTICE_GIVEN, "pairs.page", pair_id=pair_id)
        return self.render("pairs/notice.html", story=story, form=form)

    @expose("/<int:pair_id>/last-day", methods=("GET", "POST"))
    def last_day(self, pair_id: int) -> ResponseReturnValue:
        form, story = LastDayForm(), read(pair_timeline, pair_id)
        if form.validate_on_submit() and self.attempt(put_off_end, pair_id, form.ends_on.data):
            return self.done(said.END_PUT_OFF, "pairs.page", pair_id=pair_id)
        return self.render("pairs/last_day.html", story=story, form=form)

    @expose("/<int:pair_id>/notice/back", methods=("POST",))
    def take_back(self, pair_id: int) -> ResponseReturnValue:
        perform(take_back_notice, pair_id)
        return self.done(said.NOTICE_BACK, "pairs.page", pair_id=pair_id)

    @expose("/<int:pair_id>/end", methods=("GET", "POST"))
    def end(self, pair_id: int) -> ResponseReturnValue:
        form = PairEndForm()
        if form.validate_on_submit() and self.attempt(end_pair, pair_id, end_reason(form), form.note.data):
            return self.done(said.ENDED, "pairs.page", pair_id=pair_id)
        return self.render("pairs/end.html", story=read(pair_timeline, pair_id), form=form)

    def _mentees(self, mentor_enrolment_id: int) -> MenteesForm:
        """With those who may be asked now: the obstacles of the others stand on the page of candidates."""
        form = MenteesForm()
        found = read(possible_mentees, mentor_enrolment_id)
        form.offer((one.enrolment_id, said.mentee_choice(one)) for one in found if not one.obstacles)
        return form
