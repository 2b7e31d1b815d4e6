"""Гимназия «Маяк» with the real conversation: what happens in the panel is done by use-cases, the rest in the chats."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from mentoring.rules.people import Actor, Role
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.invitations import InvitationOpened, invitation_links
from mentoring.use_cases.pair_groups import propose_group
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from storage.database import SyncDatabase
from storage.models.person import Enrolment
from storage.scope import fenced
from tests.bot.running import RunningBot, SettableClock, running_bot
from tests.chat import Persona, Sandbox
from tests.use_cases.gymnasium import ANNA, DARYA, MILA, TIMUR, Answers, Gymnasium, open_gymnasium

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 16:00 in Приозёрный: lessons are over, a pupil may be written to

TIMUR_OF_SEVENTH = TIMUR | {"birth_date": "15.01.2013", "class": "7 «А»"}
ROBOTS = ANNA | {"topics": "projects"}


@dataclass
class Maiak:
    """The chats' people, the curator, and the clock that stands still until it is moved."""

    store: SyncDatabase
    sandbox: Sandbox
    bot: RunningBot
    clock: SettableClock
    organisation_id: int
    programme_id: int
    curator_id: int
    head_id: int

    def link(self, role: Role) -> str:
        links = self.read(invitation_links, self.programme_id)
        return links.mentor if role is Role.MENTOR else links.mentee

    def panel(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The curator does something in the panel."""
        by = Actor.curator(self.curator_id)
        return self.write(use_case, *args, by=by, now=self.clock(), **kwargs)

    def write(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def work(session: Session) -> T:
            with fenced(session, self.organisation_id):
                return use_case(session, *args, **kwargs)

        return self.store.write(work)

    def read(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def work(session: Session) -> T:
            with fenced(session, self.organisation_id):
                return query(session, *args, **kwargs)

        return self.store.read(work)

    def later(self, **span: float) -> None:
        """Time passes, and what has fallen due is sent."""
        self.clock.now += timedelta(**span)
        self.bot.tick()

    def at(self, moment: datetime) -> None:
        self.clock.now = moment
        self.bot.tick()

    def deliver(self) -> None:
        """What is due is sent; no reminders are planned."""
        self.sandbox.wait_quiet()
        self.bot.deliver()

    def somebody(self, name: str) -> Persona:
        """Somebody who has pressed «Начать» before."""
        persona = self.sandbox.newcomer(name)
        persona.start()
        persona.wait_quiet()
        return persona

    def mentor(self, name: str = "Анна", *, capacity: int = 0) -> tuple[Persona, InvitationOpened]:
        """Анна Сергеевна, approved; with as many places as she has named, or ``capacity``."""
        persona = self.somebody(name)
        return persona, self.write(_approved_mentor, self, str(persona.id), capacity, now=self.clock())

    def pupil(
        self, name: str = "Мила", parent: str = "Вера", said: Answers = MILA
    ) -> tuple[Persona, Persona, InvitationOpened]:
        """Мила and her mother, with the consent given and the form approved."""
        child, mother = self.somebody(name), self.somebody(parent)
        came = self.write(_approved_pupil, self, str(child.id), str(mother.id), said, now=self.clock())
        return child, mother, came

    def classmate(self) -> tuple[Persona, Persona, InvitationOpened]:
        """Тимур, who would be in the group with Мила."""
        return self.pupil("Тимур", "Рустам", TIMUR_OF_SEVENTH)

    def young_teacher(self, name: str = "Дарья") -> tuple[Persona, InvitationOpened]:
        """Дарья Игоревна, a mentee, approved."""
        persona = self.somebody(name)
        return persona, self.write(_approved_teacher, self, str(persona.id), now=self.clock())

    def agreed(self, mentor: InvitationOpened, mentee: InvitationOpened) -> int:
        """Proposed and accepted by both; the curator has not decided."""
        pair_id = self.proposal(mentor, mentee)
        for side in (mentor, mentee):
            by = Actor.person(side.person_id)
            self.write(answer_proposal, pair_id, side.person_id, True, by=by, now=self.clock())
        return pair_id

    def group(self, mentor: InvitationOpened, *mentees: InvitationOpened) -> int:
        """Proposed, accepted by all, confirmed."""
        pair_id = self.group_proposal(mentor, *mentees)
        for one in (mentor, *mentees):
            by = Actor.person(one.person_id)
            self.write(answer_proposal, pair_id, one.person_id, True, by=by, now=self.clock())
        self.panel(confirm_pair, pair_id)
        return pair_id

    def group_proposal(self, mentor: InvitationOpened, *mentees: InvitationOpened, joins: int | None = None) -> int:
        theirs = [mentee.enrolment_id for mentee in mentees]
        return self.panel(propose_group, mentor.enrolment_id, theirs, joins_pair_id=joins).pair_id

    def proposal(self, mentor: InvitationOpened, mentee: InvitationOpened) -> int:
        proposed = self.panel(
            propose_pair, mentor.enrolment_id, mentee.enrolment_id, form="учитель–ученик", reasons="Обе любят роботов"
        )
        return proposed.pair_id

    def pair(self, mentor: InvitationOpened, mentee: InvitationOpened) -> int:
        """Proposed, accepted by both, confirmed."""
        pair_id = self.agreed(mentor, mentee)
        self.panel(confirm_pair, pair_id)
        return pair_id

    def in_session(self, session: Session) -> Gymnasium:
        return Gymnasium(session, self.organisation_id, self.programme_id, self.curator_id, self.head_id)


@contextmanager
def maiak(store: SyncDatabase, sandbox: Sandbox, database_url: str) -> Iterator[Maiak]:
    clock = SettableClock(MONDAY)
    school = store.write(open_gymnasium)
    with running_bot(sandbox, database_url, clock) as bot:
        yield Maiak(
            store,
            sandbox,
            bot,
            clock,
            school.organisation_id,
            school.programme_id,
            school.curator_id,
            school.head_id,
        )


def _approved_mentor(session: Session, place: Maiak, chat: str, capacity: int, *, now: datetime) -> InvitationOpened:
    school = place.in_session(session)
    came = school.adult(Role.MENTOR, chat)
    school.fills_in(came, ANNA, now=now)
    approve_enrolment(session, came.enrolment_id or 0, by=school.curator, now=now)
    enrolment = session.get_one(Enrolment, came.enrolment_id)
    enrolment.capacity = capacity or enrolment.capacity
    return came


def _approved_teacher(session: Session, place: Maiak, chat: str, *, now: datetime) -> InvitationOpened:
    school = place.in_session(session)
    came = school.adult(Role.MENTEE, chat)
    school.fills_in(came, DARYA, now=now)
    approve_enrolment(session, came.enrolment_id or 0, by=school.curator, now=now)
    return came


def _approved_pupil(
    session: Session, place: Maiak, chat: str, parent_chat: str, said: Answers, *, now: datetime
) -> InvitationOpened:
    school = place.in_session(session)
    came, parent = school.child(chat, parent_chat)
    mother = school.person(parent.person_id)
    mother.last_name, mother.first_name, mother.patronymic = "Крылова", "Вера", "Андреевна"
    school.fills_in(came, said, now=now)
    approve_enrolment(session, came.enrolment_id or 0, by=school.curator, now=now)
    return came
