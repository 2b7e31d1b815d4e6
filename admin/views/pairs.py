"""Pairs: the list, whom to put together, one pair's story."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read, reading
from admin.downloads import download_workbook
from admin.forms.pairs import PairFormForm, PaperAnswerForm, ProposalForm
from admin.texts import audit, documents, lists, words
from admin.texts import matching as fits
from admin.texts import pairs as said
from admin.views.base import PAGE, page_number, pages_of
from admin.views.pair_life import PairLife
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Role
from mentoring.use_cases.pairs import (
    answer_proposal,
    confirm_pair,
    pair_timeline,
    possible_mentees,
    possible_mentors,
    propose_pair,
    set_pair_form,
    withdraw_proposal,
)
from mentoring.use_cases.papers_about import papers_of_pair
from mentoring.use_cases.responses import response_view
from mentoring.workbooks import Column
from storage.queries.enrolments import enrolment_seen, without_pair
from storage.queries.pairs_list import PairFilter, all_pairs, pairs_page

FEEDBACK_SHOWN = 8


class PairsView(PairLife):
    def __init__(self) -> None:
        super().__init__(name="Пары", endpoint="pairs", url="/pairs")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        found = read(pairs_page, _asked(), offset=(page - 1) * PAGE, limit=PAGE, now=now())
        return self.render(
            "pairs/index.html",
            found=found,
            narrowed=bool(request.args),
            groups=(
                chip_group("Состояние", "state", lists.PAIR_STATES),
                chip_group("Требуют внимания", "need", lists.PAIR_NEEDS),
            ),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        rows = (said.exported(row, now()) for row in all_pairs(reading(), _asked(), now=now()))
        return download_workbook("Пары", COLUMNS, rows)

    @expose("/<int:pair_id>")
    def page(self, pair_id: int) -> str:
        story = read(pair_timeline, pair_id)
        feedback = [entry for entry in story.entries if entry.what.startswith("feedback.")][:FEEDBACK_SHOWN]
        views = [(entry, read(response_view, entry.object_id)) for entry in feedback]
        papers = read(papers_of_pair, pair_id)
        return self.render(
            "pairs/page.html", story=story, feedback=views, papers=papers, said=said, audit=audit, say=documents
        )

    @expose("/propose")
    def choose(self) -> str:
        """Whose pair to look for: those without one, mentees first."""
        role = Role.MENTOR if request.args.get("role") == Role.MENTOR else Role.MENTEE
        return self.render("pairs/choose.html", role=role, waiting=read(without_pair, role))

    @expose("/propose/<int:enrolment_id>")
    def propose(self, enrolment_id: int) -> str:
        chosen = read(enrolment_seen, enrolment_id) or abort(404)
        seek, sought = (
            (possible_mentors, Role.MENTOR) if chosen.role is Role.MENTEE else (possible_mentees, Role.MENTEE)
        )
        found = read(seek, enrolment_id, now=now())
        return self.render(
            "pairs/candidates.html", chosen=chosen, candidates=found, sought=sought, said=said, fits=fits
        )

    @expose("/propose/<int:mentor>/<int:mentee>", methods=("GET", "POST"))
    def offer(self, mentor: int, mentee: int) -> ResponseReturnValue:
        form = ProposalForm(reasons=said.prefilled(mentor, mentee) if request.method == "GET" else None)
        if form.validate_on_submit():
            made = self.attempt(
                propose_pair,
                mentor,
                mentee,
                form=form.form.data,
                role_model=form.role_model.data,
                reasons=form.reasons.data,
            )
            if made:
                return self.done(words.PROPOSED, "pairs.page", pair_id=made.pair_id)
        both = [read(enrolment_seen, one) or abort(404) for one in (mentor, mentee)]
        return self.render("pairs/offer.html", form=form, mentor=both[0], mentee=both[1])

    @expose("/<int:pair_id>/confirm", methods=("POST",))
    def confirm(self, pair_id: int) -> ResponseReturnValue:
        """Of a proposal to join a group the page of the group comes next."""
        made = perform(confirm_pair, pair_id)
        return self.done(said.CONFIRMED, "pairs.page", pair_id=made.pair_id)

    @expose("/<int:pair_id>/withdraw", methods=("GET", "POST"))
    def withdraw(self, pair_id: int) -> ResponseReturnValue:
        if request.method == "POST":
            perform(withdraw_proposal, pair_id)
            return self.done(words.WITHDRAWN, "pairs.page", pair_id=pair_id)
        return self.render("pairs/withdraw.html", story=read(pair_timeline, pair_id))

    @expose("/<int:pair_id>/form", methods=("GET", "POST"))
    def set_form(self, pair_id: int) -> ResponseReturnValue:
        story = read(pair_timeline, pair_id)
        form = PairFormForm(obj=story)
        if form.validate_on_submit():
            perform(set_pair_form, pair_id, form.form.data, form.role_model.data)
            return self.done(words.PAIR_FORM, "pairs.page", pair_id=pair_id)
        return self.render("pairs/form.html", story=story, form=form)

    @expose("/<int:pair_id>/answer/<int:person_id>", methods=("GET", "POST"))
    def answer(self, pair_id: int, person_id: int) -> ResponseReturnValue:
        """Somebody without a chat said yes or no by voice."""
        form = PaperAnswerForm()
        story = read(pair_timeline, pair_id)
        sides = (story.mentor, *story.mentees)
        side = next((one for one in sides if one.person_id == person_id), None) or abort(404)
        if form.validate_on_submit():
            perform(
                answer_proposal,
                pair_id,
                person_id,
                "yes" in request.form,
                reason=form.reason.data,
                reason_text=form.reason_text.data,
            )
            return redirect(url_for("pairs.page", pair_id=pair_id), 303)
        return self.render("pairs/answer.html", story=story, side=side, form=form)


def _asked() -> PairFilter:
    return PairFilter(
        state=word("state", [name for name, _ in lists.PAIR_STATES] + list(PairState)),
        need=word("need", [name for name, _ in lists.PAIR_NEEDS]),
    )


COLUMNS = (
    Column("Наставник", 32),
    Column("Наставляемые", 40),
    Column("Состояние", 26),
    Column("Форма", 22),
    Column("Подтверждена", 14, "date"),
    Column("Последняя встреча", 18, "date"),
    Column("Дней без встреч", 16, "number"),
    Column("Встреч", 10, "number"),
)
