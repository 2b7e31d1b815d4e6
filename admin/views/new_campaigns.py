"""How campaigns begin: one by hand, two after a group meeting, a year's by the calendar."""

import secrets
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.desk import now, perform, read, zone
from admin.forms.campaigns import CampaignForm, PreferencesForm, wall
from admin.texts import campaigns as words
from admin.views.base import PanelView, chosen_ids
from mentoring.rules.campaign_calendar import CalendarRule
from mentoring.rules.campaigns import AUDIENCES
from mentoring.rules.deadlines import at_local
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.accounts import accounts_list
from mentoring.use_cases.campaign_audience import may_be_asked, offered
from mentoring.use_cases.campaign_calendar import Proposed, campaign_calendar, plan_calendar
from mentoring.use_cases.campaigns import AudienceCount, audience_count, create_campaign, create_preferences
from storage.queries.campaign_audience import group_members
from storage.queries.campaign_calendar import HAND


class NewCampaigns(PanelView):
    @expose("/new")
    def new(self) -> str:
        found = sorted(filter(_for_anybody, read(offered)), key=_place)
        groups = [(heading, list(of)) for heading, of in groupby(found, key=words.heading)]
        return self.render("campaigns/new.html", groups=groups, roles=words.ROLES)

    @expose("/new/<key>", methods=("GET", "POST"))
    def make(self, key: str) -> ResponseReturnValue:
        definition = _definition(key)
        form = _form(definition)
        if form.validate_on_submit():
            return self._made(definition, form) if "sure" in request.form else self._confirm(definition, form)
        return self._ask(definition, form)

    @expose("/count/<key>")
    def count(self, key: str) -> str:
        """What stands beside the form while it is filled in."""
        definition = _definition(key)
        form = CampaignForm(request.args, meta={"csrf": False})
        form.offer(definition.role, [])
        return self.render("campaigns/count.html", count=_count(definition, form), words=words)

    @expose("/preferences", methods=("GET", "POST"))
    def preferences(self) -> ResponseReturnValue:
        form = PreferencesForm(closes_at=wall(_evening(now() + timedelta(days=2))))
        members = read(group_members, current_user.card.programme_id)
        if form.validate_on_submit():
            mentors, mentees = chosen_ids("mentor"), chosen_ids("mentee")
            if not (mentors and mentees):
                flash(words.NOBODY_CHOSEN, "bad")
            elif made := self.attempt(
                create_preferences,
                programme_id=current_user.card.programme_id,
                mentors=mentors,
                mentees=mentees,
                titles={key: words.plain_title(title) for key, title in _titles("preferences").items()},
                closes_at=form.closes_at.moment(),
                tell=[current_user.account_id],
                origin=f"{HAND}{request.form.get('ticket', '')[:40]}",
            ):
                return self.done(words.made(made[0]), "campaigns.index")
        return self.render("campaigns/preferences.html", form=form, members=members, ticket=secrets.token_urlsafe(9))

    @expose("/calendar", methods=("GET", "POST"))
    def calendar(self) -> ResponseReturnValue:
        year = read(campaign_calendar, current_user.card.programme_id, now=now())
        if request.method == "POST":
            wanted = set(request.form.getlist("origin"))
            titles = {one.origin: words.proposed_title(one) for one in year.proposed if one.origin in wanted}
            result = perform(plan_calendar, current_user.card.programme_id, titles, tell=[current_user.account_id])
            return self.done(words.planned(result.count), "campaigns.calendar")
        return self.render(
            "campaigns/calendar.html", year=year, rules=_by_rule(year.proposed), words=words, at_once=now()
        )

    def _ask(self, definition: Definition, form: CampaignForm) -> str:
        found = _count(definition, form)
        return self.render("campaigns/make.html", form=form, about=definition, count=found, words=words)

    def _confirm(self, definition: Definition, form: CampaignForm) -> str:
        kept = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
        return self.render(
            "campaigns/confirm.html",
            form=form,
            about=definition,
            count=_count(definition, form),
            audience=words.audience(form.chosen()),
            opens_at=form.opening(now()),
            kept=kept,
            at_once=now(),
            ticket=secrets.token_urlsafe(9),
            words=words,
        )

    def _made(self, definition: Definition, form: CampaignForm) -> ResponseReturnValue:
        made = self.attempt(
            create_campaign,
            definition.key,
            programme_id=current_user.card.programme_id,
            title=form.title.data or "",
            audience=form.chosen(),
            opens_at=form.opening(now()),
            closes_at=form.closes_at.moment(),
            anonymous=bool(form.anonymous.data),
            rolling=bool(form.rolling.data),
            tell=form.tell.data or (),
            origin=f"{HAND}{request.form.get('ticket', '')[:40]}",
        )
        if made:
            return self.done(words.made(made), "campaigns.page", campaign_id=made.campaign_id)
        return self._ask(definition, form)


def _definition(key: str) -> Definition:
    found = next((one for one in read(offered) if one.key == key and _for_anybody(one)), None)
    return found or abort(404)


def _for_anybody(one: Definition) -> bool:
    """Whom to prefer is asked of those who met: that has a page of its own."""
    return may_be_asked(one) and one.use != "preferences"


def _titles(use: str) -> dict[str, str]:
    return {one.key: one.title for one in read(offered) if one.use == use}


def _form(definition: Definition) -> CampaignForm:
    accounts = [(one.account_id, one.full_name) for one in read(accounts_list) if not one.disabled]
    first: dict[str, Any] = {
        "title": words.plain_title(definition.title),
        "audience": AUDIENCES[definition.role][0].value,
        "forms": [definition.form] if definition.form else [],
        "closes_at": wall(_evening(now() + timedelta(days=7))),
        "tell": [current_user.account_id],
    }
    form = CampaignForm(**first)
    form.offer(definition.role, accounts)
    return form


def _count(definition: Definition, form: CampaignForm) -> AudienceCount | None:
    """None while what is chosen cannot be read."""
    if form.audience.data not in [one.value for one in AUDIENCES[definition.role]]:
        return None
    return read(audience_count, definition.key, form.chosen(), programme_id=current_user.card.programme_id)


def _evening(at: datetime) -> datetime:
    local = ZoneInfo(zone())
    return at_local(at.astimezone(local).date(), time(21), local)


def _place(one: Definition) -> tuple[int, str]:
    """Beside others of its use, surveys of one form together, those without a form first."""
    return list(words.HEADINGS).index(words.USES[one.use]), one.form


def _by_rule(proposed: Sequence[Proposed]) -> list[tuple[CalendarRule, list[Proposed], list[Proposed]]]:
    """Of each rule what is to be looked at, and what only those who seek will want."""
    found = [(rule, [one for one in proposed if one.rule is rule]) for rule in CalendarRule]
    return [(rule, list(filter(_timely, of)), [one for one in of if not _timely(one)]) for rule, of in found if of]


def _timely(one: Proposed) -> bool:
    return one.campaign_id is not None or (one.fits and not one.over)
