"""Each notice has its screen and its own button that does the thing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.notices import RENDERERS, render
from mentoring.rules.consents import ConsentKind
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import EndReason, PairAnswer, PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.rules.results import TodayKind
from mentoring.use_cases.campaign_surveys import SurveyWaiting
from mentoring.use_cases.meetings import MeetingView
from mentoring.use_cases.notices import NoticeToSend
from mentoring.use_cases.pair_views import PairView, PersonSeen, ProposalView, Sketch
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
    "by_worker": True,
    "ends_on": date(2026, 12, 2),
    "change": "paused",
    "paused_until": date(2026, 12, 7),
    "who": TIMUR,
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
OWN_BUTTONS = {
    NoticeKind.GUARDIAN_CONSENT_ASKED: "Прочитать и решить",
    NoticeKind.MINOR_GUARDIAN_CONSENTED: "Заполнить анкету",
    NoticeKind.MINOR_GUARDIAN_REFUSED: "Написать куратору",
    NoticeKind.PERSON_CONSENT_REMINDER: "Прочитать и решить",
    NoticeKind.MINOR_GUARDIAN_REMINDER: "Сообщение для родителя",
    NoticeKind.PERSON_QUESTIONNAIRE_REMINDER: "Продолжить анкету",
    NoticeKind.PERSON_QUESTIONNAIRE_RETURNED: "Исправить анкету",
    NoticeKind.PERSON_APPROVED: "Меню",
    NoticeKind.PERSON_DECLINED: "Написать куратору",
    NoticeKind.MENTOR_PAIR_PROPOSED: "Да, берусь",
    NoticeKind.MENTEE_PAIR_PROPOSED: "Да, берусь",
    NoticeKind.PERSON_PROPOSAL_REMINDER: "Да, берусь",
    NoticeKind.PERSON_PROPOSAL_GONE: "Меню",
    NoticeKind.PERSON_PAIR_CONFIRMED: "Назначить первую встречу",
    NoticeKind.GUARDIAN_PAIR_CONFIRMED: "Как идут дела",
    NoticeKind.PERSON_TRIAL_STARTED: "Назначить первую встречу",
    NoticeKind.GUARDIAN_TRIAL_STARTED: "Как идут дела",
    NoticeKind.PERSON_PAIR_PARTED: "Написать куратору",
    NoticeKind.PERSON_PAIR_FIXED: "Моя пара",
    NoticeKind.PERSON_PAIR_PAUSED: "Написать куратору",
    NoticeKind.PERSON_PAIR_RESUMED: "Назначить первую встречу",
    NoticeKind.PERSON_PAIR_NOTICE_GIVEN: "Назначить первую встречу",
    NoticeKind.PERSON_PAIR_SILENT: "Назначить первую встречу",
    NoticeKind.PERSON_PAIR_ENDED: "Написать куратору",
    NoticeKind.PERSON_GROUP_JOINED: "Моя пара",
    NoticeKind.PERSON_GROUP_LEFT: "Моя пара",
    NoticeKind.GUARDIAN_PAIR_CHANGED: "Как идут дела",
    NoticeKind.CURATOR_PAIR_SILENT: "Что требует внимания",
    NoticeKind.PERSON_FIRST_MEETING_REMINDER: "Назначить первую встречу",
    NoticeKind.PERSON_SILENCE_REMINDER: "Назначить первую встречу",
    NoticeKind.PERSON_MEETING_PLANNED: "Подходит",
    NoticeKind.PERSON_MEETING_MOVED: "Подходит",
    NoticeKind.PERSON_MEETING_CANCELLED: "Назначить встречу",
    NoticeKind.PERSON_MEETING_SUITS: "Файл для календаря",
    NoticeKind.PERSON_MEETING_OTHER_TIME: "Перенести",
    NoticeKind.PERSON_MEETING_TOMORROW: "Всё в силе",
    NoticeKind.PERSON_MEETING_SOON: "О встрече",
    NoticeKind.PERSON_FEEDBACK_ASKED: "Состоялась",
    NoticeKind.PERSON_FEEDBACK_REMINDER: "Состоялась",
    NoticeKind.PERSON_CURATOR_WROTE: "Ответить",
    NoticeKind.CURATOR_PERSON_WROTE: "Ответить",
    NoticeKind.CURATOR_CONSENT_REFUSED: "Меню",
    NoticeKind.CURATOR_CONSENT_WITHDRAWN: "Меню",
    NoticeKind.CURATOR_DIGEST: "Что требует внимания",
    NoticeKind.PERSON_SURVEY_ASKED: "Ответить",
    NoticeKind.PERSON_SURVEY_REMINDER: "Ответить",
    NoticeKind.CURATOR_CAMPAIGN_CLOSED: "Меню",
}


def drawn(kind: NoticeKind, **facts: Any) -> tuple[str, list[str]]:
    screen = render(NoticeToSend(1, kind, 1, 1, "telegram", "1001", FACTS | facts))
    rows = getattr(screen.keyboard, "inline_keyboard", [])
    return screen.text, [button.text for row in rows for button in row]


def test_every_kind_is_drawn() -> None:
    assert set(RENDERERS) == set(NoticeKind) == set(OWN_BUTTONS)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_notice_brings_its_own_button_first(kind: NoticeKind) -> None:
    text, labels = drawn(kind)

    assert labels[0] == OWN_BUTTONS[kind]
    assert len(text) > 20


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_notice_shows_what_people_typed_as_text(kind: NoticeKind) -> None:
    text, _ = drawn(kind)

    assert "<Крылова>" not in text
    assert "<Асланов>" not in text
    assert "<робота>" not in text
    assert "<подробнее>" not in text
    assert "<Анна>" not in text
    assert "<ноябрь>" not in text
    assert "None" not in text
    assert "{" not in text


def test_a_form_that_was_not_begun_is_offered_and_not_continued() -> None:
    text, labels = drawn(NoticeKind.PERSON_QUESTIONNAIRE_REMINDER, answered=0, response_id=0)

    assert "несколько минут" in text
    assert labels == ["Заполнить анкету"]


def test_a_parent_who_has_not_come_yet_is_spoken_of_otherwise() -> None:
    assert "пока не открыл ссылку" in drawn(NoticeKind.MINOR_GUARDIAN_REMINDER, linked=False)[0]


def test_why_a_pair_has_ended_is_nobody_elses_business() -> None:
    text, _ = drawn(NoticeKind.PERSON_PAIR_ENDED, reason=EndReason.CONSENT_WITHDRAWN, completed=False)

    assert "соглас" not in text
    assert "совместная работа закончена" in text


def test_days_of_silence_agree_with_their_number() -> None:
    for days, said in ((1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день")):
        assert said in drawn(NoticeKind.PERSON_SILENCE_REMINDER, days=days)[0]


def test_who_has_answered_in_the_menu_is_not_asked_again() -> None:
    answered = replace(MEETING, reply=Reply.SUITS, my_reply=Reply.SUITS)
    text, labels = drawn(NoticeKind.PERSON_MEETING_PLANNED, meeting=answered)

    assert "Подходит?" not in text
    assert labels == ["О встрече"]


def test_the_digest_names_what_waits() -> None:
    text, _ = drawn(NoticeKind.CURATOR_DIGEST)

    assert "1 пара давно не встречалась: Лебедева – Крылова" in text


def test_a_survey_says_how_long_it_takes_about_whom_and_until_when() -> None:
    text, labels = drawn(NoticeKind.PERSON_SURVEY_ASKED)

    assert "около 3 минут" in text
    assert "Ваша пара: Мила" in text
    assert "до пн, 30 ноября, включительно" in text
    assert labels == ["Ответить"]


def test_an_anonymous_survey_says_so_when_it_is_asked_for() -> None:
    assert "анонимный" in drawn(NoticeKind.PERSON_SURVEY_ASKED, surveys=(replace(SURVEY, anonymous=True),))[0]


def test_a_survey_that_was_begun_is_gone_on_with() -> None:
    text, labels = drawn(NoticeKind.PERSON_SURVEY_REMINDER, surveys=(replace(SURVEY, begun=True, answered=5),))

    assert "ответов: 5" in text
    assert labels == ["Продолжить опрос"]


def test_several_surveys_come_as_a_list_in_which_twins_are_told_apart_by_the_pair() -> None:
    several = (SURVEY, replace(SURVEY, recipient_id=12, about="Тимур"), replace(SURVEY, title="Чему учиться", about=""))
    text, labels = drawn(NoticeKind.PERSON_SURVEY_ASKED, surveys=several)

    assert "опросы: 3" in text
    assert labels == ["Мила: Опрос <ноябрь>", "Тимур: Опрос <ноябрь>", "Чему учиться", "Меню"]


def test_the_curator_learns_how_many_have_answered() -> None:
    assert "Ответили 3 из 3" in drawn(NoticeKind.CURATOR_CAMPAIGN_CLOSED)[0]
    assert "Никто не ответил из 3" in drawn(NoticeKind.CURATOR_CAMPAIGN_CLOSED, answered=0)[0]
