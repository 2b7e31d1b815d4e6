"""From a draft of the matching to proposals: who is asked, as a group or one by one, and what could not be sent."""

from collections.abc import Iterator, Sequence

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import now, perform, read
from admin.texts import matching as said
from admin.texts.errors import sentence
from admin.texts.words import NOTHING_CHOSEN
from admin.views.base import PanelView, chosen_ids
from mentoring.use_cases.matching_offers import MentorOffer, offers_of
from mentoring.use_cases.matching_publish import NotOffered, Offer, publish

AT_ONCE = 20
"""Offers in one transaction: nobody else's answer waits longer than a moment."""


class MatchingPublish(PanelView):
    @expose("/<int:draft_id>/publish", methods=("GET", "POST"))
    def publish(self, draft_id: int) -> ResponseReturnValue:
        chosen = chosen_ids() or _ticked()
        found = read(offers_of, draft_id, chosen, now=now())
        if "ticked" in request.args and not chosen:
            flash(NOTHING_CHOSEN, "bad")
            return self.on_to("matching.page", draft_id=draft_id)
        if request.method == "GET" or not chosen:
            return self.render("matching/publish.html", found=found, said=said)
        made, left = _send(draft_id, list(_offers(found.mentors)))
        if left:
            return self.render("matching/published.html", found=found, made=made, left=left, said=said, why=sentence)
        return self.done(said.proposed(made), "matching.page", draft_id=draft_id)


def _ticked() -> list[int]:
    """On the board; none means everybody."""
    return [int(one) for one in request.args.getlist("id") if one.isascii() and one.isdecimal() and len(one) < 19]


def _offers(mentors: Sequence[MentorOffer]) -> Iterator[Offer]:
    for mentor in mentors:
        number = mentor.mentor.enrolment_id
        joins = mentor.joins.pair_id if mentor.joins and f"join_{number}" in request.form else None
        if joins or (mentor.may_be_group and f"group_{number}" in request.form):
            mentees = tuple(line.mentee.enrolment_id for line in mentor.lines)
            yield Offer(number, mentees, said.reasons(line.fit for line in mentor.lines), joins)
            continue
        for line in mentor.lines:
            yield Offer(number, (line.mentee.enrolment_id,), said.reasons([line.fit]))


def _send(draft_id: int, offers: Sequence[Offer]) -> tuple[int, list[NotOffered]]:
    """How many went, and what stays."""
    made = 0
    left: list[NotOffered] = []
    for start in range(0, len(offers), AT_ONCE):
        done = perform(publish, draft_id, offers[start : start + AT_ONCE])
        made += len(done.pair_ids)
        left += done.left
    return made, left
