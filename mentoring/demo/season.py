"""The season of the gymnasium «Маяк» up to today: a pair by order, one on trial, a pupil who waits for her mother."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from config.library import questionnaire_definitions
from mentoring.demo import papers
from mentoring.demo.acts import TELEGRAM, School
from mentoring.demo.people import ANNA, DARYA, IGOR, MILA_CHAT, OLEG, OLGA_CHAT, ON_PAPER, TIMUR, Answers
from mentoring.demo.selection import agree_as_a_worker, prepare_mentors
from mentoring.rules.accounts import AccountRole
from mentoring.rules.campaigns import Audience, AudienceFilter
from mentoring.rules.documents import DocumentKind
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor, AgeGroup, Door, Role
from mentoring.use_cases.accounts import add_account
from mentoring.use_cases.campaigns import create_campaign
from mentoring.use_cases.enrolment import choose_age_group
from mentoring.use_cases.invitations import curator_link, guardian_link, invite_person, open_invitation
from mentoring.use_cases.meetings import plan_meeting
from mentoring.use_cases.notices import claim_notices, mark_sent
from mentoring.use_cases.organisations import open_organisation
from mentoring.use_cases.programme_stage import move_stage
from mentoring.use_cases.reminders import plan_reminders
from storage.models.person import Enrolment
from storage.scope import fenced

ZONE = ZoneInfo("Europe/Moscow")
CURATOR = "Зимина Ольга Викторовна"


@dataclass(frozen=True, slots=True)
class DemoFilled:
    organisation_id: int
    account_id: int


def fill_demo(session: Session, login: str, password: str, *, now: datetime) -> DemoFilled:
    """Unfenced, into an empty database. ``password`` is the demo curator's."""
    day = _calendar(now)
    school = _open_school(session, login, password, day(42))
    papers.describe(school, day(42))
    papers.sign(school, DocumentKind.ORDER_INTRODUCTION, "38", day(41))
    anna, darya = _first_pair(school, day)
    _pair_of_pupils(school, day, now)
    _pulse(school, day, anna, darya)
    _forms_on_paper(school, day)
    _waiting_for_mother(school, day)
    prepare_mentors(school, day)
    with fenced(session, school.organisation_id):
        move_stage(session, 5, by=school.curator, now=day(1))
    school.joins(IGOR, min(now, day(0, 10)) - timedelta(hours=1))
    return DemoFilled(school.organisation_id, school.curator.account_id or 0)


def _calendar(now: datetime) -> Callable[..., datetime]:
    """``day(16)`` is sixteen days ago at noon, ``day(16, 15)`` at three."""

    def day(ago: int, hour: int = 12) -> datetime:
        return datetime.combine(now.astimezone(ZONE).date() - timedelta(days=ago), time(hour), tzinfo=ZONE)

    return day


def _open_school(session: Session, login: str, password: str, now: datetime) -> School:
    system = Actor.system(Door.COMMAND_LINE)
    opened = open_organisation(
        session,
        "Муниципальное бюджетное общеобразовательное учреждение «Гимназия „Маяк“»",
        "Гимназия «Маяк»",
        address="г. Приозёрный, ул. Набережная, д. 5",
        contact="кабинет 12, +7 812 000-00-12",
        definitions=questionnaire_definitions().values(),
        consents=consent_sources(),
        by=system,
        now=now,
    )
    added = add_account(
        session,
        login,
        CURATOR,
        role=AccountRole.CURATOR,
        password=password,
        organisation_id=opened.organisation_id,
        by=system,
        now=now,
    )
    school = School(session, opened.organisation_id, opened.programme_id, added.account_id)
    _link_curators_chat(school, added.account_id, now)
    return school


def _link_curators_chat(school: School, account_id: int, now: datetime) -> None:
    with fenced(school.session, school.organisation_id):
        link = curator_link(school.session, account_id, by=school.curator, now=now)
    open_invitation(school.session, link.token, channel=TELEGRAM, external_id=OLGA_CHAT, now=now)


def _first_pair(school: School, day: Callable[..., datetime]) -> tuple[int, int]:
    """Three meetings, good words, and then sixteen days of silence. Who they are."""
    anna, darya = school.joins(ANNA, day(40)), school.joins(DARYA, day(39))
    school.approves(anna, day(38))
    school.approves(darya, day(38))
    both = (_person(school, anna), _person(school, darya))
    pair = school.pairs_up(anna, darya, both, "Обе свободны во вторник и четверг, кабинеты рядом.", day(36))
    agree_as_a_worker(school, day, anna)
    papers.sign(school, DocumentKind.ORDER_PAIRS, "47", day(32))
    _told(school, day(32, 18))
    _talk(school, school.met(pair, day(30, 15), "Познакомились"), both, "", first=True, now=day(30, 19))
    _talk(school, school.met(pair, day(23, 15), "Разобрали урок в 7 «Б»"), both, "8", first=False, now=day(23, 19))
    _talk(school, school.met(pair, day(16, 15), "План до Нового года"), both, "9", first=False, now=day(16, 19))
    papers.plan_together(school, pair, both, day)
    _told(school, day(1))
    return both


def _pair_of_pupils(school: School, day: Callable[..., datetime], now: datetime) -> None:
    """On trial: they met once, Timur has not said how it was. The trial meeting is tomorrow."""
    oleg, timur = school.joins(OLEG, day(12)), school.joins(TIMUR, day(11))
    school.approves(oleg, day(10))
    school.approves(timur, day(10))
    both = (_person(school, oleg), _person(school, timur))
    pair = school.pairs_up(
        oleg, timur, both, "Обоим интересна робототехника, оба свободны во вторник.", day(8), trial=True
    )
    _told(school, day(4))
    met = school.met(pair, day(3, 15), "Посмотрели робота прошлого года")
    school.tells(met, both[0], "feedback_first_mentor", FIRST | {"next_goal": "Собрать шасси"}, day(3, 18))
    with fenced(school.session, school.organisation_id):
        plan_meeting(
            school.session,
            pair,
            starts_at=day(-1, 16),
            place_kind=PlaceKind.ORGANISATION,
            place="кабинет 31, мастерская",
            by=Actor.person(both[0]),
            now=min(now, day(0, 11)) - timedelta(hours=2),
        )


def _pulse(school: School, day: Callable[..., datetime], *answered: int) -> None:
    """The survey of the month has been out since the day before yesterday: confirmed pairs are asked, both answered."""
    with fenced(school.session, school.organisation_id):
        for role, audience in ((Role.MENTOR, Audience.MENTORS), (Role.MENTEE, Audience.MENTEES)):
            create_campaign(
                school.session,
                f"pulse_{role}",
                programme_id=school.programme_id,
                title=PULSE[role],
                audience=AudienceFilter(audience),
                opens_at=day(2, 16),
                closes_at=day(-5, 20),
                tell=(school.curator.account_id or 0,),
                by=school.curator,
                now=day(2, 16),
            )
    _told(school, day(2, 17))
    for person_id in answered:
        school.answers_survey(person_id, PULSE_ANSWERS, day(1, 18))


def _forms_on_paper(school: School, day: Callable[..., datetime]) -> None:
    for ago, player in enumerate(reversed(ON_PAPER), start=18):
        school.approves(school.comes_on_paper(player, day(ago)), day(ago, 14))


def _waiting_for_mother(school: School, day: Callable[..., datetime]) -> None:
    """Mila is thirteen: her mother decides, and has been reminded."""
    with fenced(school.session, school.organisation_id):
        link = invite_person(
            school.session,
            role=Role.MENTEE,
            last_name="Крылова",
            first_name="Мила",
            place="7 «Б»",
            by=school.curator,
            now=day(5),
        )
    opened = open_invitation(school.session, link.token, channel=TELEGRAM, external_id=MILA_CHAT, now=day(4))
    mila = Actor.person(opened.person_id)
    with fenced(school.session, school.organisation_id):
        choose_age_group(school.session, opened.person_id, AgeGroup.UNDER_14, by=mila, now=day(4))
        guardian_link(school.session, opened.person_id, by=mila, now=day(4))
    for ago in (3, 1):
        plan_reminders(school.session, now=day(ago, 17))
        _told(school, day(ago, 18))


def _talk(school: School, meeting: int, both: tuple[int, int], useful: str, *, first: bool, now: datetime) -> None:
    kind = "feedback_first" if first else "feedback"
    regular: Answers = {"useful": useful, "comfort": useful, "need_help": "no"}
    for person, role in zip(both, Role, strict=True):
        school.tells(meeting, person, f"{kind}_{role}", FIRST if first else regular, now)


def _person(school: School, enrolment_id: int) -> int:
    return school.session.get_one(Enrolment, enrolment_id).person_id


def _told(school: School, now: datetime) -> None:
    """What was due by then had reached people, before this machine kept their chats."""
    for notice in claim_notices(school.session, limit=1000, now=now):
        mark_sent(school.session, notice.notice_id, None, now=now)


PULSE = {Role.MENTOR: "Как идут встречи: наставники", Role.MENTEE: "Как идут встречи: наставляемые"}
PULSE_ANSWERS: Answers = {"meetings": "once", "comfort": "9", "progress": "7", "useful": "8", "need_help": "no"}
FIRST: Answers = {"understanding": "yes", "comfort": "8", "go_on": "yes"}
