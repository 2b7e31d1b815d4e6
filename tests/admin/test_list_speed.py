"""Lists ask the database as often at two thousand rows as at ten."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import insert

from mentoring.rules.consents import ConsentGap
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import PairAnswer, PairState
from mentoring.rules.people import AgeGroup, Door, PersonKind, PersonName, Role
from mentoring.rules.reminders import NoticeKind, NoticeState
from mentoring.rules.search import search_text
from storage.database import SyncDatabase
from storage.models.account import AuditEntry
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.notice import Notice
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Enrolment, Person
from tests.admin.conftest import Browser, signed_in
from tests.conftest import NOW
from tests.counting import counted
from tests.use_cases.gymnasium import open_gymnasium

MOST_QUERIES = 6
LISTS = (
    "/people/",
    "/people/?q=иванов",
    "/people/?role=mentor&status=approved&pair=some",
    "/people/?role=mentor&pair=some&q=орлов",
    "/people/?role=mentee&status=submitted",
    "/people/?missing=any",
    "/people/?reminded=vain",
    "/people/?refused=guardian",
    "/people/?reach=none",
    "/people/?page=150",
    "/selection/",
    "/selection/?q=орлов",
    "/selection/?stage=interview",
    "/selection/?stage=ready",
    "/selection/?stage=register",
    "/pairs/",
    "/pairs/?state=active",
    "/pairs/?state=over",
    "/pairs/?need=silent",
    "/pairs/?need=first",
    "/pairs/?need=order",
    "/pairs/?need=amend",
    "/pairs/?need=labour",
    "/pairs/?page=100",
    "/plans/",
    "/plans/?state=none",
    "/plans/?state=sent",
    "/plans/?need=overdue",
    "/plans/?need=mark",
    "/meetings/",
    "/meetings/?state=held",
    "/meetings/?when=week",
    "/meetings/?need=missed",
    "/meetings/?need=unclosed",
    "/meetings/?page=100",
    "/responses/",
    "/responses/?need=review",
    "/responses/?need=help",
    "/consents/",
    "/consents/?state=given",
    "/consents/?state=missing",
    "/documents/",
    "/documents/?state=draft",
    "/documents/?kind=plan",
    "/documents/?group=orders",
    "/documents/?find=12",
    "/messages/",
    "/messages/?state=sent",
    "/messages/?need=failed",
    "/messages/letters",
    "/messages/letters?state=open",
    "/audit/",
    "/audit/?page=100",
    "/matching/",
    "/waiting/",
    "/waiting/?role=mentor",
    "/waiting/?need=overdue",
    "/campaigns/",
    "/partners/",
)
UNDIVIDED = ("/labour/",)  # all on one page


def fill(database: SyncDatabase, many: int, organisation_id: int = 1) -> None:
    """Half mentors, half mentees, each two a pair with a meeting, a notice and an entry of the journal."""
    people, chats, enrolments, pairs, members, meetings, notices, entries = ([] for _ in range(8))
    own = {"organisation_id": organisation_id}
    for number in range(1, many + 1):
        role = Role.MENTOR if number % 2 else Role.MENTEE
        name = PersonName(f"{FAMILIES[number % len(FAMILIES)]}", f"Имя{number}")
        at = NOW - timedelta(minutes=number)
        people.append(_person(number, name, at) | own)
        chats.append(_chat(number, at) | own)
        enrolments.append(_enrolment(number, role, at) | own)
        pair = (number + 1) // 2
        members.append(_member(number, pair, role) | own)
        notices.append(_notice(number, at) | own)
        entries.append(_entry(number, at) | own)
        if role is Role.MENTOR:
            pairs.append(_pair(pair, at) | own)
            meetings.append(_meeting(pair, at) | own)
    papers = [_paper(number) | own for number in range(1, many // 2 + 1)]
    with database.writing.begin() as connection:
        for table, found in zip(
            (Person, ChannelAccount, Enrolment, Pair, PairMember, Meeting, Notice, AuditEntry, Document),
            (people, chats, enrolments, pairs, members, meetings, notices, entries, papers),
            strict=True,
        ):
            for start in range(0, len(found), 5000):
                connection.execute(insert(table), found[start : start + 5000])


@pytest.fixture
def school_of(store: SyncDatabase, make_app: Callable[..., Flask]) -> Callable[[int], Browser]:
    def make(many: int) -> Browser:
        with store.writers.begin() as session:
            open_gymnasium(session)
        fill(store, many)
        return signed_in(make_app(store), "zimina")

    return make


@pytest.mark.parametrize("many", [10, 2000])
def test_a_list_asks_at_most_six_questions(school_of: Callable[[int], Browser], store: SyncDatabase, many: int) -> None:
    curator = school_of(many)
    for path in (*LISTS, *UNDIVIDED):
        curator.text(path)  # what is read once for good has been read
        with counted(store) as asked:
            page = curator.text(path)
        assert len(asked) <= MOST_QUERIES, (path, len(asked), "\n\n".join(asked))
        assert page.count("<tr>") <= 51, path


def test_the_first_page_asks_no_more_at_two_thousand_people(
    school_of: Callable[[int], Browser], store: SyncDatabase
) -> None:
    curator = school_of(2000)
    curator.text("/")
    with counted(store) as asked:
        curator.text("/")

    assert len(asked) <= MOST_QUERIES


def test_pages_follow_each_other_without_losing_anybody(school_of: Callable[[int], Browser]) -> None:
    curator = school_of(120)
    found: list[str] = []
    for page in (1, 2, 3):
        html = curator.open(f"/people/?page={page}").text
        found += [part.split('"')[0] for part in html.split('name="id" value="')[1:]]

    assert len(found) == len(set(found)) == 120
    assert "Страница 2 из 3" in curator.text("/people/?page=2")


def test_an_export_holds_everyone_whom_the_filter_shows(school_of: Callable[[int], Browser]) -> None:
    curator = school_of(2000)
    answer = curator.open("/people/export.xlsx?role=mentor")

    assert load_workbook(BytesIO(answer.data)).active.max_row == 1001


FAMILIES = ("Иванов", "Петрова", "Сёмин", "Королёва", "Зуев", "Лаптева", "Орлов")


def _person(number: int, name: PersonName, at: object) -> dict[str, object]:
    phone = f"+7900{number:07d}"
    return {
        "id": number,
        "kind": PersonKind.PUPIL if number % 2 else PersonKind.TEACHER,
        "last_name": name.last,
        "first_name": name.first,
        "patronymic": "",
        "age_group": AgeGroup.FROM_14_TO_17 if number % 3 else AgeGroup.ADULT,
        "place": f"{number % 11 + 1} «А»",
        "phone": phone,
        "search_text": search_text(name, place="", phone=phone),
        "nameless": False,
        "missing_consents": ConsentGap.GUARDIAN if number % 20 == 0 else ConsentGap.NONE,
        "taking_part": True,
        "created_at": at,
    }


def _enrolment(number: int, role: Role, at: object) -> dict[str, object]:
    status = EnrolmentStatus.SUBMITTED if number % 50 == 0 else EnrolmentStatus.APPROVED
    return {
        "id": number,
        "programme_id": 1,
        "person_id": number,
        "role": role,
        "form": "",
        "role_model": "",
        "capacity": 1,
        "paired": True,
        "status": status,
        "status_at": at,
        "remark": "",
        "created_at": at,
    }


def _paper(number: int) -> dict[str, object]:
    """A plan of each pair."""
    return {
        "programme_id": 1,
        "kind": DocumentKind.PLAN,
        "state": DocumentState.DRAFT,
        "register": "",
        "title": "План",
        "choices": {},
        "template_digest": "",
        "pair_id": number,
        "created_at": NOW,
        "listed_at": NOW,
    }


def _pair(number: int, at: object) -> dict[str, object]:
    return {
        "id": number,
        "programme_id": 1,
        "form": "",
        "role_model": "",
        "state": PairState.ACTIVE if number % 10 else PairState.AGREED,
        "state_at": at,
        "reasons": "",
        "confirmed_at": at,
        "end_reason": "",
        "last_met_at": at,
        "listed_as": 1 if number % 10 else 0,
        "quiet_since": at,
        "created_at": at,
    }


def _member(number: int, pair: int, role: Role) -> dict[str, object]:
    return {
        "id": number,
        "pair_id": pair,
        "enrolment_id": number,
        "person_id": number,
        "role": role,
        "answer": PairAnswer.ACCEPTED,
        "reason": "",
        "reason_text": "",
    }


def _meeting(pair: int, at: object) -> dict[str, object]:
    return {
        "id": pair,
        "pair_id": pair,
        "kind": MeetingKind.REGULAR,
        "state": MeetingState.HELD,
        "starts_at": at,
        "minutes": 45,
        "place_kind": PlaceKind.ONLINE,
        "place": "",
        "topic": "",
        "was_planned": True,
        "expected": 2,
        "reply": Reply.SUITS,
        "cancel_reason": "",
        "revision": 0,
        "created_at": at,
        "closed_at": at,
    }


def _chat(number: int, at: object) -> dict[str, object]:
    return {"id": number, "person_id": number, "channel": "telegram", "external_id": str(number), "linked_at": at}


def _entry(number: int, at: object) -> dict[str, object]:
    return {
        "at": at,
        "door": Door.CHAT,
        "person_id": number,
        "act": "person.came",
        "object_kind": "person",
        "object_id": number,
        "details": {},
    }


def _notice(number: int, at: object) -> dict[str, object]:
    return {
        "person_id": number,
        "kind": NoticeKind.PERSON_APPROVED,
        "payload": {},
        "dedup_key": f"approved:{number}",
        "due_at": at,
        "state": NoticeState.SENT,
        "attempts": 1,
        "outcome": "",
        "created_at": at,
        "sent_at": at,
    }
