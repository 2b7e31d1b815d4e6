"""The first page: what to do today, and how the programme stands."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_admin import AdminIndexView, expose
from flask_login import current_user

from admin.desk import now, read
from admin.links import bot_links
from admin.next_acts import Act
from admin.texts import today as said
from admin.views.base import PanelView
from mentoring.rules.documents import DocumentKind
from mentoring.rules.results import TodayKind
from mentoring.use_cases.invitations import invitation_links
from mentoring.use_cases.results import Example, TodayItem, today

FEW_PEOPLE = 12  # until then the invitations stand on the first page

LISTS = {
    "people": "people.index",
    "pairs": "pairs.index",
    "meetings": "meetings.index",
    "plans": "plans.index",
    "responses": "responses.index",
    "notices": "messages.index",
    "letters": "messages.letters",
    "erasures": "people.erasures",
    "consents": "consents.index",
    "campaigns": "campaigns.index",
    "calendar": "campaigns.calendar",
    "waiting": "waiting.index",
}

ORDERS = {
    TodayKind.PAIRS_WITHOUT_ORDER: DocumentKind.ORDER_PAIRS,
    TodayKind.ORDERS_OUTDATED: DocumentKind.ORDER_AMENDMENT,
}
"""Which paper the button begins."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person, pair or meeting under a thing to do, with what can be done right here."""

    text: str
    url: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    title: str
    why: str
    button: str
    url: str
    lines: tuple[Line, ...]


class TodayView(PanelView, AdminIndexView):
    def __init__(self) -> None:
        super().__init__(name="Сегодня", endpoint="today", url="/")
        self.static_folder = None

    @expose("/")
    def index(self) -> str:
        shown = read(today, now=now())
        people = shown.strip.mentors + shown.strip.mentees
        return self.render(
            "today.html",
            todo=[_todo(item) for item in shown.items],
            strip=shown.strip,
            people=people,
            doors=_doors() if people < FEW_PEOPLE else None,
        )


def _doors() -> dict[str, object]:
    links = read(invitation_links, current_user.card.programme_id)
    mentor, mentee = bot_links(links.mentor, links.mentee)
    return {"mentor": mentor, "mentee": mentee}


def _todo(item: TodayItem) -> ToDo:
    url = url_for(LISTS[item.listing], **dict[str, Any](item.filters))
    if item.kind is TodayKind.WITHOUT_PAIR:
        url = url_for("waiting.index")  # the same people, each with the button that finds a mentor
    if item.kind is TodayKind.LABOUR_CONSENTS:
        url = url_for("labour.index")
    if item.kind in ORDERS:
        url = url_for("documents.new", kind=ORDERS[item.kind])
    lines = tuple(Line(said.example(item, one), _place(item, one), _acts(item, one)) for one in item.examples)
    return ToDo(said.title(item), said.why(item), said.button(item), url, lines)


def _acts(item: TodayItem, example: Example) -> tuple[Act, ...]:
    if item.kind is TodayKind.CONSENTS_MISSING:
        return (Act("Напомнить", url_for("person.remind", person_id=example.person_id), post=True),)
    if item.kind is TodayKind.HELP_ASKED:
        return (
            Act("Написать", url_for("messages.thread", person_id=example.person_id)),
            Act("Сделано", url_for("responses.help_given", response_id=example.object_id), post=True),
        )
    if item.kind is TodayKind.NAMES_ON_SITE:
        return (Act("Имя убрано", url_for("consents.name_removed", consent_id=example.object_id), post=True),)
    if item.kind is TodayKind.OPEN_LETTERS:
        return (Act("Ответить", url_for("messages.thread", person_id=example.person_id)),)
    if item.kind is TodayKind.SILENT_PAIRS:
        return (Act("Записать встречу", url_for("meetings.log", pair_id=example.object_id)),)
    return ()


def _place(item: TodayItem, example: Example) -> str:
    if item.listing == "pairs":
        return url_for("pairs.page", pair_id=example.object_id)
    if item.listing == "meetings":
        return url_for("meetings.page", meeting_id=example.object_id)
    if item.listing == "plans":
        return url_for("plans.page", pair_id=example.object_id)
    if item.listing == "responses":
        return url_for("responses.page", response_id=example.object_id)
    if item.listing == "campaigns":
        return url_for("campaigns.page", campaign_id=example.object_id)
    return url_for("person.page", person_id=example.person_id or example.object_id)
