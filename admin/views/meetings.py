"""Meetings: the list, and what the curator may do for a pair."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read, reading, zone
from admin.downloads import download_workbook
from admin.forms.meetings import CancelledForm, LoggedForm, MovedForm, PlannedForm
from admin.texts import labels, lists, words
from admin.views.base import PAGE, PanelView, page_number, pages_of
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind
from mentoring.use_cases.meeting_outcomes import close_meeting, log_meeting
from mentoring.use_cases.meetings import cancel_meeting, move_meeting, plan_meeting
from mentoring.use_cases.pairs import pair_timeline
from mentoring.workbooks import Column
from storage.queries.meetings_list import MeetingFilter, MeetingRow, all_meetings, meetings_page, one_meeting


class MeetingsView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Встречи", endpoint="meetings", url="/meetings")

    @expose("/")
    def index(self) -> str:
        page = page_number()
        found = read(meetings_page, _asked(), offset=(page - 1) * PAGE, limit=PAGE, now=now())
        return self.render(
            "meetings/index.html",
            found=found,
            narrowed=bool(request.args),
            groups=(
                chip_group("Состояние", "state", labels.options(MeetingState)),
                chip_group("Когда", "when", lists.WHEN),
                chip_group("Требуют внимания", "need", lists.MEETING_NEEDS),
            ),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Встречи", COLUMNS, map(_exported, all_meetings(reading(), _asked(), now=now())))

    @expose("/<int:meeting_id>")
    def page(self, meeting_id: int) -> str:
        return self.render("meetings/page.html", meeting=_meeting(meeting_id), now=now())

    @expose("/plan/<int:pair_id>", methods=("GET", "POST"))
    def plan(self, pair_id: int) -> ResponseReturnValue:
        form, story = PlannedForm(), read(pair_timeline, pair_id)
        if form.validate_on_submit() and self.attempt(
            plan_meeting, pair_id, starts_at=form.starts_at.moment(), place=form.place.data or "", **_told(form)
        ):
            return self.done(words.MEETING_PLANNED, "pairs.page", pair_id=pair_id)
        return self.render("meetings/plan.html", form=form, story=story)

    @expose("/log/<int:pair_id>", methods=("GET", "POST"))
    def log(self, pair_id: int) -> ResponseReturnValue:
        form, story = LoggedForm(), read(pair_timeline, pair_id)
        if form.validate_on_submit() and self.attempt(
            log_meeting, pair_id, held_at=form.held_at.moment(), **_told(form)
        ):
            return self.done(words.MEETING_LOGGED, "pairs.page", pair_id=pair_id)
        return self.render("meetings/log.html", form=form, story=story)

    @expose("/<int:meeting_id>/move", methods=("GET", "POST"))
    def move(self, meeting_id: int) -> ResponseReturnValue:
        meeting = _meeting(meeting_id)
        form = MovedForm(**_local(meeting))
        if form.validate_on_submit() and self.attempt(
            move_meeting,
            meeting_id,
            form.starts_at.moment(),
            place_kind=PlaceKind(form.place_kind.data),
            place=form.place.data or "",
        ):
            return self.done(words.MEETING_MOVED, "meetings.page", meeting_id=meeting_id)
        return self.render("meetings/move.html", form=form, meeting=meeting)

    @expose("/<int:meeting_id>/cancel", methods=("GET", "POST"))
    def cancel(self, meeting_id: int) -> ResponseReturnValue:
        form = CancelledForm()
        if form.validate_on_submit() and self.attempt(cancel_meeting, meeting_id, form.reason.data or ""):
            return self.done(words.MEETING_CANCELLED, "meetings.page", meeting_id=meeting_id)
        return self.render("meetings/cancel.html", form=form, meeting=_meeting(meeting_id))

    @expose("/<int:meeting_id>/close", methods=("POST",))
    def close(self, meeting_id: int) -> ResponseReturnValue:
        held = request.form.get("took_place") == "yes"
        perform(close_meeting, meeting_id, held)
        return self.done(words.MEETING_HELD if held else words.MEETING_MISSED)


def _meeting(meeting_id: int) -> MeetingRow:
    return read(one_meeting, meeting_id) or abort(404)


def _asked() -> MeetingFilter:
    since, until = _bounds(request.args.get("when", ""))
    pair_id = request.args.get("pair", "")
    return MeetingFilter(
        state=word("state", list(MeetingState)),
        need=word("need", ("unclosed", "reply", "missed")),
        pair_id=int(pair_id) if pair_id.isascii() and pair_id.isdecimal() and len(pair_id) < 19 else None,
        since=since,
        until=until,
    )


def _bounds(when: str) -> tuple[datetime | None, datetime | None]:
    """Weeks are local, Monday to Sunday."""
    local = now().astimezone(ZoneInfo(zone())).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = local - timedelta(days=local.weekday())
    week = timedelta(days=7)
    bounds = {
        "week": (monday, monday + week),
        "next": (monday + week, monday + 2 * week),
        "month": (local - timedelta(days=30), local + timedelta(days=1)),
    }
    return bounds.get(when, (None, None))


def _told(form: PlannedForm | LoggedForm) -> dict[str, Any]:
    return {
        "minutes": form.minutes.data,
        "kind": MeetingKind(form.kind.data) if form.kind.data else None,
        "place_kind": PlaceKind(form.place_kind.data),
        "topic": form.topic.data or "",
    }


def _local(meeting: MeetingRow) -> dict[str, Any]:
    return {
        "starts_at": meeting.starts_at.astimezone(ZoneInfo(zone())).replace(tzinfo=None),
        "place_kind": meeting.place_kind.value,
        "place": meeting.place,
    }


COLUMNS = (
    Column("Когда", 18, "datetime"),
    Column("Наставник", 28),
    Column("Наставляемый", 28),
    Column("Встреча", 16),
    Column("Состояние", 16),
    Column("Минут", 10, "number"),
    Column("Где", 18),
    Column("Место", 28),
    Column("Тема", 40),
)


def _exported(row: MeetingRow) -> tuple[object, ...]:
    return (
        row.starts_at,
        row.mentor,
        row.mentee,
        labels.word(row.kind),
        labels.word(row.state),
        row.minutes,
        labels.word(row.place_kind),
        row.place,
        row.topic,
    )
