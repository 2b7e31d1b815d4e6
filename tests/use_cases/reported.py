"""An autumn of Гимназия «Маяк» told through the use-cases: enough of everything that a report counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter, CampaignState, RecipientState
from mentoring.rules.consents import ConsentKind
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, AgeGroup, PersonKind, Role, age_group_on
from mentoring.rules.questionnaire import Done, Picked, Raw, ScreenKind, Skipped, Toggled, Typed
from mentoring.use_cases.curator_people import person_of_account
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.invitations import InvitationOpened
from mentoring.use_cases.meeting_outcomes import log_meeting, say_it_took_place
from mentoring.use_cases.meetings import plan_meeting
from mentoring.use_cases.pair_ends import end_pair
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair
from mentoring.use_cases.questionnaires import answer_question, start_response
from mentoring.use_cases.responses import submit_response
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.questionnaire import Questionnaire, Response
from tests.use_cases.gymnasium import NOW, Gymnasium, open_gymnasium

END = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
"""The evening of the last day of November in Moscow: the report is counted a little before midnight."""

TEACHERS = (
    ("Лебедева", "Анна", "Сергеевна", "12.03.1981"),
    ("Круглова", "Нина", "Олеговна", "30.06.1975"),
)
PUPIL_MENTORS = (("Титов", "Олег", "03.02.2009", "11 «А»"), ("Буров", "Глеб", "31.12.2011", "9 «В»"))
PUPILS = (
    ("Крылова", "Мила", "02.05.2013", "7 «Б»"),
    ("Асланов", "Тимур", "15.01.2010", "10 «А»"),
    ("Лунёва", "Зоя", "08.08.2012", "8 «А»"),
    ("Снегов", "Макар", "19.09.2013", "7 «А»"),
    ("Чижова", "Агата", "01.01.2017", "4 «Б»"),
)
YOUNG_TEACHERS = (("Соколова", "Дарья", "Игоревна", "04.07.2002"), ("Ключева", "Яна", "Петровна", "11.11.2001"))


@dataclass(slots=True)
class Autumn:
    gymnasium: Gymnasium
    people: dict[str, InvitationOpened] = field(default_factory=dict)
    pairs: list[int] = field(default_factory=list)
    random: Random = field(default_factory=lambda: Random(7))

    @property
    def session(self) -> Session:
        return self.gymnasium.session

    @property
    def curator(self) -> Actor:
        return self.gymnasium.curator

    def answers(
        self, key: str, person_id: int, at: datetime, *, pick: Callable[[str], int | None] | None = None, **about: int
    ) -> int:
        """Answers every question somehow, the scales by ``pick``, and sends it."""
        by = Actor.person(person_id)
        screen = start_response(self.session, key, person_id=person_id, by=by, now=at, **about)
        while screen.kind is ScreenKind.QUESTION and screen.question is not None:
            asked = screen.question
            raw: Raw
            if asked.several:
                raw = Done() if any(one.chosen for one in asked.options) else Toggled(asked.options[0].value, True)
            elif asked.kind == "scale":
                wanted = pick(asked.key) if pick else None
                lowest, highest = int(asked.options[0].value), int(asked.options[-1].value)
                raw = Picked(str(min(highest, max(lowest, wanted or self.random.randint(lowest, highest)))))
            elif asked.options:
                raw = Picked(self.random.choice(asked.options).value)
            elif asked.optional and self.random.random() < 0.5:
                raw = Skipped()
            else:
                raw = Typed("Чаще встречаться" if asked.kind in ("text", "long_text") else "2")
            screen = answer_question(self.session, screen.response_id, asked.key, raw, by=by, now=at)
        submit_response(self.session, screen.response_id, by=by, now=at)
        return screen.response_id

    def response(self, response_id: int) -> Response:
        return self.session.get_one(Response, response_id)


def play_autumn(session: Session) -> Autumn:
    """Leaves the session fenced in."""
    autumn = Autumn(open_gymnasium(session))
    _people(autumn)
    _pairs(autumn)
    _meetings(autumn)
    _surveys(autumn)
    _curator(autumn)
    session.flush()
    return autumn


def _people(autumn: Autumn) -> None:
    chats = iter(range(5001, 5100))
    for last, first, patronymic, born in (*TEACHERS, *YOUNG_TEACHERS):
        role = Role.MENTOR if (last, first, patronymic, born) in TEACHERS else Role.MENTEE
        came = autumn.gymnasium.adult(role, str(next(chats)))
        named = {"last_name": last, "first_name": first, "patronymic": patronymic, "birth_date": born}
        _takes_part(autumn, came, {"kind": "teacher", **named})
    for (last, first, born, place), role in (
        *((one, Role.MENTOR) for one in PUPIL_MENTORS),
        *((one, Role.MENTEE) for one in PUPILS),
    ):
        came = autumn.gymnasium.comes(role, str(next(chats)))
        group = age_group_on(datetime.strptime(born, "%d.%m.%Y").date(), NOW.date())  # noqa: DTZ007
        autumn.gymnasium.says_age(came.person_id, group)
        if group is AgeGroup.FROM_14_TO_17:
            autumn.gymnasium.decides(ConsentKind.MINOR, came.person_id)
        parent = autumn.gymnasium.parent_of(came.person_id, str(next(chats)))
        autumn.gymnasium.decides(ConsentKind.GUARDIAN, came.person_id, giver=parent.person_id)
        _takes_part(
            autumn,
            came,
            {"kind": "pupil", "last_name": last, "first_name": first, "birth_date": born, "class": place},
        )


def _takes_part(autumn: Autumn, came: InvitationOpened, answers: dict[str, str]) -> None:
    at = datetime(2026, 10, 5, 9, tzinfo=UTC) + timedelta(days=5 * len(autumn.people))
    assert came.enrolment_id is not None
    enrolment = autumn.gymnasium.enrolment(came)
    enrolment.created_at = at
    enrolment.capacity = 4
    autumn.people[answers["last_name"]] = came
    autumn.gymnasium.fills_in(came, answers, now=at)
    enrolment.capacity = 4
    approve_enrolment(autumn.session, came.enrolment_id, by=autumn.curator, now=at + timedelta(days=1))


PAIRS = (
    ("Лебедева", "Соколова"),
    ("Круглова", "Ключева"),
    ("Титов", "Крылова"),
    ("Титов", "Снегов"),
    ("Буров", "Лунёва"),
    ("Лебедева", "Асланов"),
)


def _pairs(autumn: Autumn) -> None:
    for place, (mentor, mentee) in enumerate(PAIRS):
        at = datetime(2026, 10, 12, 9, tzinfo=UTC) + timedelta(days=8 * place)
        one, other = autumn.people[mentor], autumn.people[mentee]
        assert one.enrolment_id is not None
        assert other.enrolment_id is not None
        pair = propose_pair(autumn.session, one.enrolment_id, other.enrolment_id, by=autumn.curator, now=at).pair_id
        for person in (one.person_id, other.person_id):
            answer_proposal(autumn.session, pair, person, True, by=Actor.person(person), now=at)
        confirm_pair(autumn.session, pair, by=autumn.curator, now=at + timedelta(hours=5))
        autumn.pairs.append(pair)


def _meetings(autumn: Autumn) -> None:
    for place, pair in enumerate(autumn.pairs):
        mentor, mentee = (autumn.people[name].person_id for name in PAIRS[place])
        begins = datetime(2026, 10, 13, 9, tzinfo=UTC) + timedelta(days=8 * place)
        for week in range(4):
            held_at = begins + timedelta(days=7 * week)
            if held_at > END - timedelta(days=3):
                break
            met = log_meeting(
                autumn.session, pair, held_at=held_at, by=Actor.person(mentor), now=held_at + timedelta(hours=3)
            )
            for person, role in ((mentor, "mentor"), (mentee, "mentee")):
                if autumn.random.random() < 0.7:
                    key = FEEDBACK[min(week, 3)].format(role=role)
                    autumn.answers(key, person, held_at + timedelta(days=1), meeting_id=met.meeting_id)
    _a_missed_and_a_planned_one(autumn)
    end_pair(
        autumn.session, autumn.pairs[1], EndReason.COMPLETED, by=autumn.curator, now=datetime(2026, 11, 25, tzinfo=UTC)
    )


FEEDBACK = ("feedback_first_{role}", "feedback_trial_{role}", "feedback_planning_{role}", "feedback_{role}")


def _a_missed_and_a_planned_one(autumn: Autumn) -> None:
    mentor = autumn.people["Лебедева"].person_id
    for days, missed in ((13, True), (12, False)):
        at = END - timedelta(days=days)
        planned = plan_meeting(
            autumn.session,
            autumn.pairs[0],
            starts_at=at,
            place_kind=PlaceKind.ONLINE,
            by=autumn.curator,
            now=at - timedelta(days=2),
        )
        if missed:
            by = Actor.person(mentor)
            say_it_took_place(autumn.session, planned.meeting_id, mentor, False, by=by, now=at + timedelta(hours=2))


FORM_OF = ("teacher_teacher", "teacher_teacher", "pupil_pupil", "pupil_pupil", "pupil_pupil", "teacher_pupil")


def _surveys(autumn: Autumn) -> None:
    """Before for all, after for five of the six, in a campaign that asks each mentee of «ученик–ученик»."""
    for place, pair in enumerate(autumn.pairs):
        mentor, mentee = (autumn.people[name].person_id for name in PAIRS[place])
        for person, role in ((mentor, "mentor"), (mentee, "mentee")):
            before = datetime(2026, 10, 14, 9, tzinfo=UTC) + timedelta(days=8 * place)
            stem = f"survey_{FORM_OF[place]}_{role}"
            autumn.answers(f"{stem}_before", person, before, pair_id=pair)
            if place != 3:
                after = datetime(2026, 11, 26, 9, tzinfo=UTC) + timedelta(hours=place)
                autumn.answers(f"{stem}_after", person, after, pair_id=pair)
        if FORM_OF[place] == "pupil_pupil":
            autumn.answers("influence_pupil_before", mentee, before, pair_id=pair)
            autumn.answers("influence_pupil_after", mentee, END - timedelta(hours=30), pair_id=pair)
    _pulse(autumn)


def _pulse(autumn: Autumn) -> None:
    asked_at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    questionnaire = autumn.session.query(Questionnaire).filter_by(key="pulse_mentee").one()
    campaign = Campaign(
        programme_id=autumn.gymnasium.programme_id,
        questionnaire_id=questionnaire.id,
        title="Пульс ноября",
        audience=AudienceFilter(Audience.MENTEES).to_stored(),
        state=CampaignState.OPEN,
        opens_at=asked_at,
        closes_at=asked_at + timedelta(days=7),
        created_at=asked_at,
    )
    autumn.session.add(campaign)
    autumn.session.flush()
    for place, pair in enumerate(autumn.pairs):
        mentee = autumn.people[PAIRS[place][1]].person_id
        recipient = CampaignRecipient(
            campaign_id=campaign.id,
            person_id=mentee,
            subject=f"pair:{pair}",
            pair_id=pair,
            state=RecipientState.WAITING,
            asked_at=asked_at,
        )
        autumn.session.add(recipient)
        autumn.session.flush()
        if place % 3:
            autumn.answers("pulse_mentee", mentee, asked_at + timedelta(days=1), pair_id=pair, campaign_id=campaign.id)
    campaign.state, campaign.closed_at = CampaignState.CLOSED, campaign.closes_at


def _curator(autumn: Autumn) -> None:
    at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    person = person_of_account(autumn.session, autumn.gymnasium.curator_id, now=at)
    assert person.kind is PersonKind.CURATOR
    autumn.answers("programme_grid", person.id, at, pick=lambda key: 1 if key == "modern" else 2)
    autumn.answers("swot", person.id, at)
