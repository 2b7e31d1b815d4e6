"""Each notice has its screen and its own button that does the thing."""

from dataclasses import replace
from typing import Any

import pytest

from bot.notices import RENDERERS, render
from mentoring.rules.meetings import MeetingKind, Reply
from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.people import Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.notices import NoticeToSend
from mentoring.use_cases.pair_views import NextMeeting
from tests.bot.notice_samples import AT, FACTS, GROUP, IN_GROUP, MEETING, PAIR, PROPOSAL, SKETCH, SURVEY

OWN_BUTTONS = {
    NoticeKind.GUARDIAN_CONSENT_ASKED: "Прочитать и решить",
    NoticeKind.MINOR_GUARDIAN_CONSENTED: "Заполнить анкету",
    NoticeKind.MINOR_GUARDIAN_REFUSED: "Написать куратору",
    NoticeKind.PERSON_CONSENT_REMINDER: "Прочитать и решить",
    NoticeKind.PERSON_PUBLICATION_ASKED: "Прочитать и решить",
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
    NoticeKind.PERSON_PAIR_GOES_ON: "Моя пара",
    NoticeKind.PERSON_PAIR_SILENT: "Назначить первую встречу",
    NoticeKind.PERSON_PAIR_ENDED: "Написать куратору",
    NoticeKind.PERSON_GROUP_JOINED: "Моя пара",
    NoticeKind.PERSON_GROUP_LEFT: "Моя пара",
    NoticeKind.GUARDIAN_PAIR_CHANGED: "Как идут дела",
    NoticeKind.PERSON_PLAN_CHANGED: "Открыть план",
    NoticeKind.PERSON_PLAN_APPROVED: "Открыть план",
    NoticeKind.PERSON_PLAN_RETURNED: "Открыть план",
    NoticeKind.PERSON_PLAN_REMINDER: "Открыть план",
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


def test_a_group_is_asked_for_and_told_of_with_everybody_in_it() -> None:
    sketches = (SKETCH, replace(SKETCH, topics=("Учёба",), wish="", age_group=None))
    text, labels = drawn(NoticeKind.MENTOR_PAIR_PROPOSED, proposal=replace(PROPOSAL, others=sketches))

    assert "В ней двое" in text
    assert "1. Школьник, до 14 лет.\nНужна поддержка: проекты и олимпиады." in text
    assert "2. Школьник.\nНужна поддержка: учёба." in text
    assert "совпадает у всех: по вторникам вечером" in text
    assert labels == ["Да, берусь", "Не смогу"]
    group, labels = drawn(NoticeKind.PERSON_TRIAL_STARTED, pair=GROUP)
    assert "Ваша группа: <b>Мила &lt;Крылова&gt; (7 «Б») и Тимур &lt;Асланов&gt; (10 «А»)</b>" in group
    assert labels == ["Назначить первую встречу", "Моя группа"]


def test_a_mentee_learns_how_many_are_in_the_group_and_nothing_else_of_them() -> None:
    asked = replace(PROPOSAL, role=Role.MENTEE, state=PairState.ASKED_MENTEE, fellows=2)

    assert "вместе с вами трое" in drawn(NoticeKind.MENTEE_PAIR_PROPOSED, proposal=asked)[0]
    for kind in (NoticeKind.PERSON_GROUP_JOINED, NoticeKind.PERSON_GROUP_LEFT):
        text, _ = drawn(kind, pair=IN_GROUP, who=None)
        assert "Анна Сергеевна Лебедева" in text
        assert "Тимур" not in text
    assert "ещё двое" in drawn(NoticeKind.PERSON_PAIR_CONFIRMED, pair=IN_GROUP)[0]


def test_a_proposal_to_join_names_to_the_mentor_whom_they_have() -> None:
    joining = replace(PROPOSAL, group=("Тимур", "Даша"), fellows=2)

    assert "Сейчас в ней: Тимур и Даша" in drawn(NoticeKind.MENTOR_PAIR_PROPOSED, proposal=joining)[0]


def test_a_meeting_that_stands_is_told_to_a_newcomer_of_the_group() -> None:
    coming = NextMeeting(9, MeetingKind.REGULAR, AT)
    text, labels = drawn(NoticeKind.PERSON_PAIR_CONFIRMED, pair=IN_GROUP, newcomer=True, coming=coming)

    assert "Вы в группе" in text
    assert "Ближайшая встреча: ср, 25 ноября, 15:00" in text
    assert labels[0] == "О встрече"


@pytest.mark.parametrize(
    ("role", "by_worker", "said"),
    [
        (Role.MENTOR, True, "Ваш отказ от наставничества записан"),
        (Role.MENTOR, False, "Организация отменяет поручение"),
        (Role.MENTEE, True, "дело не в вас"),
        (Role.MENTEE, False, "дело не в вас"),
    ],
)
def test_a_last_day_is_told_to_each_in_their_own_words(role: Role, by_worker: bool, said: str) -> None:
    text, _ = drawn(NoticeKind.PERSON_PAIR_NOTICE_GIVEN, pair=replace(PAIR, role=role), by_worker=by_worker)

    assert said in text
    assert "пн, 30 ноября" in text
    assert "ТК" not in text


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("change", ["paused", "resumed", "parted", "completed", "ended"])
def test_a_parent_hears_of_every_change(change: str, role: Role) -> None:
    text, labels = drawn(NoticeKind.GUARDIAN_PAIR_CHANGED, change=change, minor_role=role)

    assert "Мила" in text
    assert ("до пн, 7 декабря" in text) == (change == "paused")
    assert labels == ["Как идут дела", "Написать куратору"]


def test_the_curator_reads_which_pair_is_silent() -> None:
    text, _ = drawn(NoticeKind.CURATOR_PAIR_SILENT)

    assert "Лебедева Анна Сергеевна – Крылова Мила: 12 дней без встреч" in text
