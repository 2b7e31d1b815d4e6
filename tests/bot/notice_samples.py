"""What each notice may be told of, with names that try to be markup."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.rules.consents import ConsentKind
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import EndReason, PairAnswer, PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.rules.plans import ItemState, PlanState, Progress
from mentoring.rules.results import TodayKind
from mentoring.use_cases.campaign_surveys import SurveyWaiting
from mentoring.use_cases.meetings import MeetingView
from mentoring.use_cases.pair_views import PairView, PersonSeen, ProposalView, Sketch
from mentoring.use_cases.plan_facts import DuePlan
from mentoring.use_cases.plan_views import ItemView, MyPlan, PlanView, SectionView
from mentoring.use_cases.results import Example, Strip, Today, TodayItem

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MILA = PersonSeen(4, "Мила", "Мила <Крылова>", "7 «Б»", PersonKind.PUPIL)
TIMUR = PersonSeen(5, "Тимур", "Тимур <Асланов>", "10 «А»", PersonKind.PUPIL)
PAIR = PairView(
    pair_id=7,
    role=Role.MENTOR,
    others=(MILA,),
    fellows=0,
    state=PairState.ACTIVE,
    on_trial=False,
    form="учитель–ученик",
    started_at=AT,
    confirmed_at=AT,
    last_met_at=None,
    meetings_held=0,
    next_meeting=None,
    next_kind=MeetingKind.FIRST,
    ends_on=date(2026, 11, 30),
)
GROUP = replace(PAIR, others=(MILA, TIMUR))
IN_GROUP = replace(PAIR, role=Role.MENTEE, others=(replace(MILA, full_name="Анна Сергеевна Лебедева"),), fellows=2)
SKETCH = Sketch(PersonKind.PUPIL, AgeGroup.UNDER_14, ("Проекты и олимпиады",), "Собрать <робота>", "")
PROPOSAL = ProposalView(
    pair_id=7,
    state=PairState.ASKED_MENTOR,
    role=Role.MENTOR,
    my_answer=PairAnswer.WAITING,
    answer_by=AT,
    form="учитель–ученик",
    reasons="",
    others=(SKETCH,),
    shared_slots=("tue_evening",),
)
MEETING = MeetingView(
    meeting_id=9,
    pair_id=7,
    role=Role.MENTOR,
    other_name="Мила",
    in_group=False,
    on_trial=False,
    kind=MeetingKind.FIRST,
    state=MeetingState.PLANNED,
    starts_at=AT,
    ends_at=AT,
    minutes=45,
    place_kind=PlaceKind.ORGANISATION,
    place="",
    topic="",
    reply=Reply.WAITING,
    my_reply=Reply.WAITING,
    planned_by_me=False,
    revision=0,
    cancel_reason="болезнь",
    may_reply=True,
    may_change=True,
    may_say_outcome=True,
    feedback_key="feedback_first_mentor",
)
TODAY = Today(
    (TodayItem(TodayKind.SILENT_PAIRS, 1, (Example(7, "Лебедева – Крылова", days=12),), "pairs", {}),),
    Strip(6, 3, 3, 6, 0, 1, 0, 1, 2, 2, 3),
)
SURVEY = SurveyWaiting(
    recipient_id=11,
    campaign_id=3,
    title="Опрос <ноябрь>",
    about="Мила",
    asked_at=AT,
    closes_at=datetime(2026, 11, 30, 20, 59, tzinfo=UTC),
    anonymous=False,
    begun=False,
    answered=0,
    minutes=3,
    questions=12,
)
ITEM = ItemView(
    item_id=1,
    number=1,
    section="growth",
    text="Собрать <робота>",
    due_on=date(2026, 11, 28),
    planned_result="",
    actual_result="",
    mark="",
    state=ItemState.OPEN,
    overdue=False,
    since_approval="",
    before="",
)
PLAN = PlanView(
    pair_id=7,
    plan_id=1,
    template="pupil",
    title="Индивидуальный план",
    short="План",
    state=PlanState.APPROVED,
    pair_state=PairState.ACTIVE,
    over=False,
    starts_on=date(2026, 11, 23),
    ends_on=date(2027, 5, 25),
    goals=("Собрать <робота>",),
    notes=(),
    sections=(SectionView("growth", "Направления развития", "Развитие", (ITEM,)),),
    dropped=(),
    progress=Progress(total=1),
    remark="Напишите <подробнее>",
    revision=1,
    approved_at=AT,
    changed=False,
    approved_goals=(),
    approved_until=None,
    seen="1",
    mentor="Анна Сергеевна Лебедева",
    mentees=("Мила <Крылова>",),
)
MINE = MyPlan(PLAN, Role.MENTOR, "Мила <Крылова>")
FACTS: dict[str, Any] = {
    "name": "Анна Сергеевна",
    "organisation": "Гимназия «Маяк»",
    "zone": "Europe/Moscow",
    "curator_name": "Зимина Ольга Викторовна",
    "curator_contact": "кабинет 12",
    "minor_id": 4,
    "minor_name": "Мила",
    "minor_role": Role.MENTEE,
    "guardian_name": "Вера Андреевна",
    "pair_over": True,
    "whose_id": 4,
    "whose_name": "Мила",
    "consent": ConsentKind.GUARDIAN,
    "own": False,
    "linked": True,
    "enrolment_id": 3,
    "role": Role.MENTOR,
    "response_id": 5,
    "answered": 3,
    "remark": "Напишите <подробнее>",
    "proposal": PROPOSAL,
    "pair_id": 7,
    "pair": PAIR,
    "days": 12,
    "others": (MILA,),
    "fellows": 0,
    "reason": EndReason.COMPLETED,
    "completed": True,
    "left": False,
    "after_trial": False,
    "coming": None,
    "newcomer": False,
    "number": "47",
    "dated_on": date(2026, 11, 25),
    "cancelled": 2,
    "in_calendar": (),
    "by_worker": True,
    "ends_on": date(2026, 12, 2),
    "change": "paused",
    "paused_until": date(2026, 12, 7),
    "who": TIMUR,
    "mine": MINE,
    "reported": 1,
    "plans": (DuePlan(MINE, (ITEM,)),),
    "mentor_name": "Лебедева Анна Сергеевна",
    "mentee_names": "Крылова Мила",
    "meeting": MEETING,
    "letter_id": 2,
    "author": "Зимина Ольга Викторовна",
    "text": "Добрый день, <Анна>",
    "person_id": 1,
    "person_name": "Лебедева Анна Сергеевна",
    "place": "учитель физики",
    "by_name": "Крылова Вера Андреевна",
    "today": TODAY,
    "survey": SURVEY,
    "surveys": (SURVEY,),
    "campaign_id": 3,
    "title": "Опрос <ноябрь>",
    "asked": 3,
}
