"""A school in the middle of its season, told through the use-cases: somebody at each place where a curator acts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.consents import ConsentKind
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor, AgeGroup, Role
from mentoring.rules.questionnaire import ScreenKind
from mentoring.rules.reporting import PeriodKind
from mentoring.use_cases.accounts import add_account
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.letters import write_to_curator
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.meetings import plan_meeting
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from mentoring.use_cases.questionnaires import answer_question, start_response
from mentoring.use_cases.reports import begin_report
from mentoring.use_cases.responses import submit_response
from storage.models.notice import BotProfile
from tests.use_cases.gymnasium import ANNA, CONSOLE, DARYA, MILA, NOW, Gymnasium, _answer, open_gymnasium

PASSWORD = "сирень-за-окном"
IGOR = {"last_name": "Ветров", "first_name": "Игорь", "patronymic": "Павлович", "birth_date": "19.10.1979"}
OLEG = {"last_name": "Титов", "first_name": "Олег", "birth_date": "03.02.2009", "class": "11 «А»"}


@dataclass(frozen=True, slots=True)
class Season:
    """Ids of one organisation's rows, by the people whom a test names."""

    organisation_id: int
    programme_id: int
    curator_id: int
    head_id: int
    administrator_id: int
    anna: int
    anna_enrolment: int
    igor: int
    igor_enrolment: int
    igor_response: int
    mila: int
    mila_enrolment: int
    vera: int
    timur: int
    darya: int
    darya_enrolment: int
    pair: int
    agreed: int
    held: int
    planned: int
    letter: int
    feedback: int
    report: int

    @property
    def curator(self) -> Actor:
        return Actor.curator(self.curator_id)


def play_season(
    session: Session, *, school: str = "Гимназия «Маяк»", login: str = "zimina", chats: int = 1000, now: datetime = NOW
) -> Season:
    """Leaves the session fenced in. ``chats``: from which number the chats of this school begin."""
    gymnasium = open_gymnasium(session, school, login)
    administrator = add_account(
        session,
        f"{login}-admin",
        "Степан Аркадьевич Лаптев",
        role=AccountRole.ADMINISTRATOR,
        password=PASSWORD,
        organisation_id=gymnasium.organisation_id,
        by=CONSOLE,
        now=now,
    )
    anna = gymnasium.adult(Role.MENTOR, f"{chats + 1}")
    gymnasium.fills_in(anna, ANNA)
    darya = gymnasium.adult(Role.MENTEE, f"{chats + 6}")
    gymnasium.fills_in(darya, {**DARYA, "kind": "teacher"})
    igor = gymnasium.adult(Role.MENTOR, f"{chats + 3}")
    igor_response = gymnasium.fills_in(igor, IGOR)
    mila, vera = gymnasium.child(f"{chats + 4}", f"{chats + 7}")
    gymnasium.fills_in(mila, {**MILA, "kind": "pupil"})
    timur = gymnasium.comes(Role.MENTEE, f"{chats + 5}")
    gymnasium.says_age(timur.person_id, AgeGroup.FROM_14_TO_17)
    gymnasium.decides(ConsentKind.MINOR, timur.person_id)
    gymnasium.comes(Role.MENTEE, f"{chats + 8}")  # opened the link and has not chosen the age yet
    for came in (anna, darya, mila):
        approve_enrolment(session, came.enrolment_id, by=gymnasium.curator, now=now)
    gymnasium.enrolment(anna).capacity = 2
    pair = _pair(gymnasium, anna, darya, now - timedelta(days=20))
    confirm_pair(session, pair, by=gymnasium.curator, now=now - timedelta(days=19))
    held = log_meeting(
        session,
        pair,
        held_at=now - timedelta(days=16),
        topic="Знакомство и планы на четверть",
        by=Actor.person(anna.person_id),
        now=now - timedelta(days=16) + timedelta(hours=2),
    )
    feedback = _feedback(gymnasium, darya.person_id, held.meeting_id, now - timedelta(days=15))
    planned = plan_meeting(
        session,
        pair,
        starts_at=now + timedelta(days=2),
        place_kind=PlaceKind.ORGANISATION,
        place="кабинет 24",
        by=Actor.person(darya.person_id),
        now=now,
    )
    agreed = _pair(gymnasium, anna, mila, now)
    letter = write_to_curator(
        session,
        darya.person_id,
        "Можно нам встретиться в библиотеке?",
        by=Actor.person(darya.person_id),
        now=now - timedelta(hours=3),
    )
    return Season(
        organisation_id=gymnasium.organisation_id,
        programme_id=gymnasium.programme_id,
        curator_id=gymnasium.curator_id,
        head_id=gymnasium.head_id,
        administrator_id=administrator.account_id,
        anna=anna.person_id,
        anna_enrolment=anna.enrolment_id,
        igor=igor.person_id,
        igor_enrolment=igor.enrolment_id,
        igor_response=igor_response,
        mila=mila.person_id,
        mila_enrolment=mila.enrolment_id,
        vera=vera.person_id,
        timur=timur.person_id,
        darya=darya.person_id,
        darya_enrolment=darya.enrolment_id,
        pair=pair,
        agreed=agreed,
        held=held.meeting_id,
        planned=planned.meeting_id,
        letter=letter.letter_id,
        feedback=feedback,
        report=begin_report(session, PeriodKind.MONTH, now.date(), by=gymnasium.curator, now=now).report_id,
    )


def show_bot(session: Session, now: datetime = NOW) -> None:
    session.add(BotProfile(bot_id=42, username="mayak_bot", link_prefix="https://t.me/mayak_bot?start=", seen_at=now))


def _pair(gymnasium: Gymnasium, mentor, mentee, now: datetime) -> int:
    """Proposed and accepted by both."""
    session = gymnasium.session
    made = propose_pair(
        session,
        mentor.enrolment_id,
        mentee.enrolment_id,
        reasons="Оба свободны по вторникам.",
        by=gymnasium.curator,
        now=now,
    )
    for came in (mentor, mentee):
        answer_proposal(session, made.pair_id, came.person_id, True, by=Actor.person(came.person_id), now=now)
    return made.pair_id


def _feedback(gymnasium: Gymnasium, person_id: int, meeting_id: int, now: datetime) -> int:
    by = Actor.person(person_id)
    session = gymnasium.session
    screen = start_response(
        session, "feedback_first_mentee", person_id=person_id, meeting_id=meeting_id, by=by, now=now
    )
    while screen.kind is ScreenKind.QUESTION:
        screen = answer_question(
            session, screen.response_id, screen.question.key, _answer(screen.question, {}), by=by, now=now
        )
    submit_response(session, screen.response_id, by=by, now=now)
    return screen.response_id
