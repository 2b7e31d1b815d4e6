"""Гимназия «Маяк», opened and filled through the use-cases only: every test starts from what really happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from config.library import questionnaire_definitions
from mentoring.rules.accounts import AccountRole
from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.people import Actor, AgeGroup, Door, Role
from mentoring.rules.questionnaire import (
    ENTRY_QUESTIONNAIRES,
    Done,
    Picked,
    QuestionView,
    Raw,
    ScreenKind,
    Skipped,
    Toggled,
    Typed,
)
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.accounts import add_account
from mentoring.use_cases.consents import ConsentRecorded, consent_sheet, give_consent
from mentoring.use_cases.enrolment import choose_age_group
from mentoring.use_cases.invitations import InvitationOpened, guardian_link, invitation_links, open_invitation
from mentoring.use_cases.organisations import open_organisation
from mentoring.use_cases.questionnaires import answer_question, start_response
from mentoring.use_cases.responses import submit_response
from storage.models.account import AuditEntry
from storage.models.notice import Notice
from storage.models.person import Enrolment, Person
from storage.scope import KEY, set_organisation
from storage.tables import Base

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # Monday noon in Moscow
CONSOLE = Actor.system(Door.COMMAND_LINE)

Answers = dict[str, str]

TEACHER: Answers = {"kind": "teacher"}
PUPIL: Answers = {"kind": "pupil"}
ANNA = TEACHER | {
    "last_name": "Лебедева",
    "first_name": "Анна",
    "patronymic": "Сергеевна",
    "birth_date": "12.03.1981",
}
DARYA = TEACHER | {
    "last_name": "Соколова",
    "first_name": "Дарья",
    "patronymic": "Игоревна",
    "birth_date": "04.07.2002",
}
MILA = PUPIL | {"last_name": "Крылова", "first_name": "Мила", "birth_date": "02.05.2013", "class": "7 «Б»"}
TIMUR = PUPIL | {"last_name": "Асланов", "first_name": "Тимур", "birth_date": "15.01.2010", "class": "10 «А»"}


@dataclass(slots=True)
class Gymnasium:
    session: Session
    organisation_id: int
    programme_id: int
    curator_id: int
    head_id: int

    @property
    def curator(self) -> Actor:
        return Actor.curator(self.curator_id)

    @property
    def head(self) -> Actor:
        return Actor.curator(self.head_id)

    def enter(self) -> None:
        """The session is this organisation's again."""
        set_organisation(self.session, self.organisation_id)

    def comes(self, role: Role, chat: str, *, now: datetime = NOW) -> InvitationOpened:
        links = invitation_links(self.session, self.programme_id)
        return self.opens(links.mentor if role is Role.MENTOR else links.mentee, chat, now=now)

    def opens(self, token: str, chat: str, *, username: str = "", now: datetime = NOW) -> InvitationOpened:
        self.session.info.pop(KEY)
        try:
            return open_invitation(
                self.session, token, channel="telegram", external_id=chat, username=username, now=now
            )
        finally:
            self.enter()

    def parent_of(self, minor_id: int, chat: str, *, now: datetime = NOW) -> InvitationOpened:
        link = guardian_link(self.session, minor_id, by=Actor.person(minor_id), now=now)
        return self.opens(link.token, chat, now=now)

    def says_age(self, person_id: int, group: AgeGroup, *, now: datetime = NOW) -> None:
        choose_age_group(self.session, person_id, group, by=Actor.person(person_id), now=now)

    def decides(
        self,
        kind: ConsentKind,
        whose: int,
        *,
        giver: int | None = None,
        decision: Decision = Decision.GIVEN,
        now: datetime = NOW,
    ) -> ConsentRecorded:
        giver = giver or whose
        sheet = consent_sheet(self.session, whose, kind)
        return give_consent(
            self.session,
            sheet.text_id,
            whose=whose,
            given_by=giver,
            decision=decision,
            evidence={"chat_id": giver, "message_id": 77},
            by=Actor.person(giver),
            now=now,
        )

    def adult(self, role: Role, chat: str) -> InvitationOpened:
        """Somebody grown up, who has agreed and has not been asked anything yet."""
        came = self.comes(role, chat)
        self.says_age(came.person_id, AgeGroup.ADULT)
        self.decides(ConsentKind.ADULT, came.person_id)
        return came

    def child(self, chat: str, parent_chat: str) -> tuple[InvitationOpened, InvitationOpened]:
        """A pupil under 14 and their parent, who has agreed."""
        came = self.comes(Role.MENTEE, chat)
        self.says_age(came.person_id, AgeGroup.UNDER_14)
        parent = self.parent_of(came.person_id, parent_chat)
        self.decides(ConsentKind.GUARDIAN, came.person_id, giver=parent.person_id)
        return came, parent

    def fills_in(self, came: InvitationOpened, answers: dict[str, str], *, now: datetime = NOW) -> int:
        """Answers everything and sends it; what is not in ``answers`` gets the first thing that fits."""
        assert came.role is not None
        assert came.enrolment_id is not None
        by, key = Actor.person(came.person_id), ENTRY_QUESTIONNAIRES[came.role]
        screen = start_response(
            self.session, key, person_id=came.person_id, enrolment_id=came.enrolment_id, by=by, now=now
        )
        while screen.kind is ScreenKind.QUESTION and screen.question is not None:
            asked = screen.question
            raw = Done() if asked.several and any(one.chosen for one in asked.options) else _answer(asked, answers)
            screen = answer_question(self.session, screen.response_id, asked.key, raw, by=by, now=now)
        submit_response(self.session, screen.response_id, by=by, now=now)
        return screen.response_id

    def person(self, person_id: int) -> Person:
        return self.session.get_one(Person, person_id)

    def enrolment(self, came: InvitationOpened) -> Enrolment:
        return self.session.get_one(Enrolment, came.enrolment_id)

    def notices(self, kind: NoticeKind) -> list[Notice]:
        self.session.flush()
        return list(self.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id)))

    def acts(self, object_kind: str) -> list[str]:
        entries = select(AuditEntry.act).where(AuditEntry.object_kind == object_kind).order_by(AuditEntry.id)
        return list(self.session.scalars(entries))


def open_gymnasium(
    session: Session, short_name: str = "Гимназия «Маяк»", login: str = "zimina", city: str = "Приозёрный"
) -> Gymnasium:
    """Leaves the session fenced in. In an empty SQLite database the rows of the first opening are written again."""
    session.info.pop(KEY, None)
    key, empty = (short_name, login, city), _is_empty_sqlite(session)
    if empty and key in _OPENED:
        ids, rows = _OPENED[key]
        for insert, values in rows:
            session.connection().exec_driver_sql(insert, values)
    else:
        ids = _open(session, short_name, login, city)
    if empty and key not in _OPENED:
        _OPENED[key] = (ids, list(_rows(session)))
    set_organisation(session, ids[0])
    return Gymnasium(session, *ids)


Ids = tuple[int, int, int, int]
_OPENED: dict[tuple[str, str, str], tuple[Ids, list[tuple[str, list[tuple[Any, ...]]]]]] = {}


def _is_empty_sqlite(session: Session) -> bool:
    if session.connection().dialect.name != "sqlite":
        return False
    return not session.connection().exec_driver_sql("SELECT count(*) FROM organisation").scalar()


def _rows(session: Session) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    session.flush()
    for table in Base.metadata.sorted_tables:
        found = session.connection().exec_driver_sql(f"SELECT * FROM {table.name}")
        values = [tuple(row) for row in found]
        if values:
            columns, marks = ", ".join(found.keys()), ", ".join("?" * len(values[0]))
            yield f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values


def _open(session: Session, short_name: str, login: str, city: str) -> Ids:
    opened = open_organisation(
        session,
        f"МБОУ {short_name} города {city}",
        short_name,
        address=f"г. {city}, ул. Школьная, 1",
        contact="кабинет 12, +7 495 000-00-01",
        definitions=questionnaire_definitions().values(),
        consents=consent_sources(),
        by=CONSOLE,
        now=NOW,
    )
    curator = add_account(
        session,
        login,
        "Ольга Викторовна Зимина",
        role=AccountRole.CURATOR,
        password="сирень-за-окном",
        organisation_id=opened.organisation_id,
        by=CONSOLE,
        now=NOW,
    )
    head = add_account(
        session,
        f"{login}-head",
        "Пётр Ильич Громов",
        role=AccountRole.HEAD,
        organisation_id=opened.organisation_id,
        by=CONSOLE,
        now=NOW,
    )
    return opened.organisation_id, opened.programme_id, curator.account_id, head.account_id


def _answer(asked: QuestionView, answers: dict[str, str]) -> Raw:
    if asked.key in answers:
        return Picked(answers[asked.key]) if asked.options else Typed(answers[asked.key])
    if asked.several:
        return Toggled(asked.options[0].value, True)
    if asked.options:
        return Picked(asked.options[0].value)
    if asked.optional:
        return Skipped()
    return Typed("Хочу попробовать")
