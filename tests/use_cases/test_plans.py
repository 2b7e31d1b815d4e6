"""A plan is built by the two, decided on by the curator, lived through, and closed with its pair."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import (
    CountReached,
    ItemsOutsideTerm,
    NotAllowed,
    NotFound,
    OutOfDate,
    PlanIncomplete,
    TextEmpty,
    ValueWrong,
)
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, Role
from mentoring.rules.plans import MOST_GOALS, MOST_ITEMS, ItemState, PlanState
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.agenda import AgendaKind, agenda
from mentoring.use_cases.notices import claim_notices
from mentoring.use_cases.pair_ends import end_pair
from mentoring.use_cases.pairs import confirm_pair
from mentoring.use_cases.plan_decisions import approve_plan, return_plan, send_plan
from mentoring.use_cases.plan_results import mark_item, report_item, write_result
from mentoring.use_cases.plan_views import my_plan, plan_facts, plan_of
from mentoring.use_cases.plans import (
    ItemWords,
    add_goal,
    add_item,
    change_goal,
    change_item,
    drop_goal,
    drop_item,
    goal_mark,
    restore_item,
    set_note,
    set_term,
)
from mentoring.use_cases.privacy import ask_erasure, erase_person, my_data
from mentoring.use_cases.reminders import plan_reminders, remind_now
from storage.models.notice import Notice
from storage.models.plan import Plan, PlanItem
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, OLEG, TIMUR, School, open_school

A_DAY = timedelta(days=1)


class Pairing:
    """Олег и Мила, and what each of the three does."""

    def __init__(self, school: School) -> None:
        self.school, self.session = school, school.session
        self.mentor = school.enrol(OLEG, Role.MENTOR)
        self.mentee = school.enrol(MILA, Role.MENTEE)
        self.pair_id = school.paired(self.mentor, self.mentee)
        self.oleg, self.mila = Actor.person(self.mentor.person_id), Actor.person(self.mentee.person_id)

    def item(self, text: str = "Решить десять задач", *, by: Actor | None = None, **more: Any) -> int:
        section = more.pop("section", "difficulties")
        by = by or self.oleg
        return add_item(self.session, self.pair_id, section, text, by=by, now=NOW, **more).item_id

    def ready(self, **more: Any) -> int:
        add_goal(self.session, self.pair_id, "Разобраться в дробях", by=self.mila, now=NOW)
        return self.item(**more)

    def approved(self, at: datetime = NOW, **more: Any) -> int:
        item_id = self.ready(**more)
        self.approve(at)
        return item_id

    def approve(self, at: datetime = NOW) -> None:
        approve_plan(self.session, self.pair_id, seen=self.seen.seen, by=self.school.curator, now=at)

    @property
    def seen(self) -> Any:
        return plan_of(self.session, self.pair_id, now=NOW)

    def state_of(self, item_id: int) -> ItemState:
        return self.session.get_one(PlanItem, item_id).state


@pytest.fixture
def pairing(session: Session) -> Pairing:
    return Pairing(open_school(session))


def test_a_plan_that_nobody_has_begun_has_the_sections_and_the_term_of_its_form(pairing: Pairing) -> None:
    seen = pairing.seen
    assert (seen.plan_id, seen.template, seen.state) == (0, "individual_pupil", PlanState.DRAFT)
    assert [section.key for section in seen.sections] == ["difficulties", "directions"]
    assert (seen.starts_on, seen.ends_on) == (date(2026, 11, 23), pairing.school.programme.ends_on)


def test_both_write_into_one_plan_and_read_the_same(pairing: Pairing) -> None:
    pairing.ready(by=pairing.oleg)
    pairing.item("Выступить с проектом", by=pairing.mila, section="directions", due_on=date(2026, 12, 20))
    mine, theirs = (
        my_plan(pairing.session, pairing.pair_id, who.person_id or 0, now=NOW) for who in (pairing.oleg, pairing.mila)
    )
    assert mine.plan == theirs.plan
    assert [item.number for item in mine.plan.items] == [1, 2]
    assert (mine.others, theirs.others) == ("Мила", "Олег")


def test_a_stranger_finds_no_plan(pairing: Pairing) -> None:
    stranger = pairing.school.enrol(DARYA, Role.MENTEE)
    with pytest.raises(NotFound):
        add_goal(pairing.session, pairing.pair_id, "Подсмотреть", by=Actor.person(stranger.person_id), now=NOW)
    with pytest.raises(NotFound):
        my_plan(pairing.session, pairing.pair_id, stranger.person_id, now=NOW)


def test_the_same_words_twice_are_one_item_and_one_goal(pairing: Pairing) -> None:
    assert pairing.ready() == pairing.ready()
    assert (len(pairing.seen.items), len(pairing.seen.goals)) == (1, 1)


def test_a_goal_is_changed_and_dropped_by_what_was_on_the_screen(pairing: Pairing) -> None:
    session, pair_id, by = pairing.session, pairing.pair_id, pairing.mila
    add_goal(session, pair_id, "Одна", by=by, now=NOW)
    mark = goal_mark("Одна")
    change_goal(session, pair_id, 0, "Другая", mark=mark, by=by, now=NOW)
    with pytest.raises(OutOfDate):
        drop_goal(session, pair_id, 0, mark=mark, by=by, now=NOW)
    drop_goal(session, pair_id, 0, mark=goal_mark("Другая"), by=by, now=NOW)
    assert pairing.seen.goals == ()


def test_a_plan_holds_as_much_as_can_be_read(pairing: Pairing) -> None:
    for number in range(MOST_GOALS):
        add_goal(pairing.session, pairing.pair_id, f"Цель {number}", by=pairing.oleg, now=NOW)
    for number in range(MOST_ITEMS):
        pairing.item(f"Дело {number}")
    with pytest.raises(CountReached):
        add_goal(pairing.session, pairing.pair_id, "Лишняя", by=pairing.oleg, now=NOW)
    with pytest.raises(CountReached):
        pairing.item("Лишнее")


def test_a_day_outside_the_term_is_refused_and_nothing_is_added(pairing: Pairing) -> None:
    with pytest.raises(ValueWrong):
        pairing.item(due_on=date(2028, 1, 1))
    assert pairing.seen.items == ()


@pytest.mark.parametrize(
    ("section", "text", "refusal"), [("nowhere", "Дело", ValueWrong), ("directions", " ", TextEmpty)]
)
def test_an_item_needs_words_and_a_section_of_its_form(
    pairing: Pairing, section: str, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        pairing.item(text, section=section)


def test_a_plan_without_a_goal_does_not_go_to_the_curator(pairing: Pairing) -> None:
    pairing.item()
    with pytest.raises(PlanIncomplete) as refused:
        send_plan(pairing.session, pairing.pair_id, by=pairing.mila, now=NOW)
    assert refused.value.lacks == ("goals",)


def test_the_curator_returns_with_a_remark_and_then_approves(pairing: Pairing) -> None:
    session, pair_id = pairing.session, pairing.pair_id
    pairing.ready()
    send_plan(session, pair_id, by=pairing.mila, now=NOW)
    send_plan(session, pair_id, by=pairing.oleg, now=NOW)  # a double tap, or both at once
    return_plan(session, pair_id, "Добавьте сроки", by=pairing.school.curator, now=NOW)
    assert (pairing.seen.state, pairing.seen.remark) == (PlanState.RETURNED, "Добавьте сроки")
    send_plan(session, pair_id, by=pairing.mila, now=NOW)
    pairing.approve()
    assert (pairing.seen.state, pairing.seen.remark, pairing.seen.revision) == (PlanState.APPROVED, "", 1)
    both = {pairing.oleg.person_id, pairing.mila.person_id}
    assert set(pairing.school.told(NoticeKind.PERSON_PLAN_RETURNED)) == both
    assert set(pairing.school.told(NoticeKind.PERSON_PLAN_APPROVED)) == both


def test_only_a_curator_decides(pairing: Pairing) -> None:
    pairing.ready()
    send_plan(pairing.session, pairing.pair_id, by=pairing.mila, now=NOW)
    with pytest.raises(NotAllowed):
        approve_plan(pairing.session, pairing.pair_id, seen=pairing.seen.seen, by=pairing.oleg, now=NOW)
    with pytest.raises(NotAllowed):
        return_plan(pairing.session, pairing.pair_id, "Нет", by=pairing.oleg, now=NOW)


def test_what_was_changed_since_the_curator_looked_is_not_approved(pairing: Pairing) -> None:
    pairing.ready()
    looked_at = pairing.seen.seen
    pairing.item("Ещё одно")
    with pytest.raises(OutOfDate):
        approve_plan(pairing.session, pairing.pair_id, seen=looked_at, by=pairing.school.curator, now=NOW)
    assert pairing.seen.state is PlanState.DRAFT


def test_a_changed_plan_goes_to_the_curator_again_and_what_was_approved_is_kept(pairing: Pairing) -> None:
    item_id = pairing.approved()
    change_item(pairing.session, item_id, ItemWords(text="Решить двадцать задач"), by=pairing.mila, now=NOW)
    added = pairing.item("Написать конспект")
    seen = pairing.seen
    assert (seen.state, seen.changed) == (PlanState.SENT, True)
    assert {item.item_id: item.since_approval for item in seen.items} == {item_id: "changed", added: "new"}
    approved = pairing.session.get_one(Plan, seen.plan_id).approved or {}
    assert [item["text"] for item in approved["items"].values()] == ["Решить десять задач"]


def test_the_mentee_says_what_came_of_it_and_the_mentor_marks_it(pairing: Pairing) -> None:
    item_id = pairing.approved()
    report_item(pairing.session, item_id, "Решила восемь", by=pairing.mila, now=NOW)
    assert pairing.state_of(item_id) is ItemState.REPORTED
    mark_item(pairing.session, item_id, ItemState.PARTLY, "Хорошее начало", by=pairing.oleg, now=NOW)
    item = pairing.seen.items[0]
    assert (item.state, item.actual_result, item.mark) == (ItemState.PARTLY, "Решила восемь", "Хорошее начало")
    assert pairing.seen.state is PlanState.APPROVED  # saying what came of it is no change of the plan
    assert pairing.seen.progress.percent == 50


def test_each_says_only_what_is_theirs_to_say(pairing: Pairing) -> None:
    item_id = pairing.approved()
    with pytest.raises(NotAllowed):
        mark_item(pairing.session, item_id, ItemState.DONE, by=pairing.mila, now=NOW)
    with pytest.raises(NotAllowed):
        report_item(pairing.session, item_id, "Сделал", by=pairing.oleg, now=NOW)
    with pytest.raises(NotAllowed):
        write_result(pairing.session, item_id, "Всё", "", ItemState.DONE, by=pairing.mila, now=NOW)


def test_nothing_is_reported_before_the_curator_has_approved(pairing: Pairing) -> None:
    item_id = pairing.ready()
    with pytest.raises(OutOfDate) as refused:
        report_item(pairing.session, item_id, "Сделала", by=pairing.mila, now=NOW)
    assert refused.value.state == "unapproved"


def test_a_dropped_item_is_not_counted_and_can_be_brought_back(pairing: Pairing) -> None:
    item_id = pairing.approved()
    drop_item(pairing.session, item_id, by=pairing.oleg, now=NOW)
    assert (pairing.seen.progress.total, [item.item_id for item in pairing.seen.dropped]) == (0, [item_id])
    restore_item(pairing.session, item_id, by=pairing.oleg, now=NOW)
    assert (pairing.seen.progress.total, pairing.seen.dropped) == (1, ())


def test_a_plan_of_a_pair_that_is_over_is_read_and_not_changed(pairing: Pairing) -> None:
    item_id = pairing.approved()
    end_pair(pairing.session, pairing.pair_id, EndReason.SCHEDULE, by=pairing.school.curator, now=NOW)
    assert (pairing.seen.state, pairing.seen.over) == (PlanState.CLOSED, True)
    with pytest.raises(OutOfDate):
        mark_item(pairing.session, item_id, ItemState.DONE, by=pairing.oleg, now=NOW)
    assert plan_facts(pairing.session, pairing.pair_id, now=NOW).sections[0].items[0].text == "Решить десять задач"


def test_two_pedagogues_write_a_programme_with_a_note_and_a_term(session: Session) -> None:
    school = open_school(session)
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE)
    pair_id = school.paired(mentor, mentee)
    school.pair(pair_id).form = "pedagogues"
    by = Actor.person(mentor.person_id)
    set_note(session, pair_id, "tasks", "Вместе посетить десять уроков", by=by, now=NOW)
    with pytest.raises(ValueWrong):
        set_term(session, pair_id, date(2026, 11, 23), date(2027, 1, 10), by=by, now=NOW)
    set_term(session, pair_id, date(2026, 11, 23), date(2027, 2, 23), by=by, now=NOW)
    facts = plan_facts(session, pair_id, now=NOW)
    assert facts.title == "Персонализированная программа наставничества"
    assert facts.notes == {"tasks": "Вместе посетить десять уроков", "expected": ""}
    assert [section.key for section in facts.sections] == ["difficulties", "entry", "directions"]


def test_many_changes_of_one_day_are_one_message_to_the_other(pairing: Pairing) -> None:
    for number in range(5):
        pairing.item(f"Дело {number}", by=pairing.oleg)
    assert pairing.school.told(NoticeKind.PERSON_PLAN_CHANGED) == [pairing.mila.person_id]


def test_what_is_changed_after_the_message_of_the_day_is_told_on_the_next(pairing: Pairing) -> None:
    pairing.item("Утром")
    evening = NOW + timedelta(hours=8)
    add_item(pairing.session, pairing.pair_id, "directions", "Вечером", by=pairing.oleg, now=evening)
    first, second = pairing.school.notices(NoticeKind.PERSON_PLAN_CHANGED)
    assert first.due_at < evening < second.due_at
    assert second.due_at.date() == (NOW + A_DAY).date()


def test_the_two_are_reminded_before_on_and_after_the_day(pairing: Pairing) -> None:
    due = date(2026, 12, 10)
    pairing.approved(due_on=due)
    both = {pairing.oleg.person_id, pairing.mila.person_id}
    told: dict[date, set[int]] = {}
    for days in range(40):
        now = NOW + days * A_DAY + timedelta(hours=5)
        plan_reminders(pairing.session, now=now)
        for notice in pairing.session.scalars(
            select(Notice).where(Notice.kind == NoticeKind.PERSON_PLAN_REMINDER, Notice.created_at == now)
        ):
            told.setdefault(now.date(), set()).add(notice.person_id)
    assert told == {due - 3 * A_DAY: both, due: both, due + 3 * A_DAY: both}


def test_nobody_is_reminded_of_what_is_done_or_not_approved(pairing: Pairing) -> None:
    item_id = pairing.ready(due_on=date(2026, 12, 1))
    later = datetime.combine(date(2026, 12, 1), NOW.timetz())
    plan_reminders(pairing.session, now=later)
    assert not pairing.school.told(NoticeKind.PERSON_PLAN_REMINDER)
    pairing.approve()
    report_item(pairing.session, item_id, "Готово", by=pairing.mila, now=NOW)
    plan_reminders(pairing.session, now=later)
    assert not pairing.school.told(NoticeKind.PERSON_PLAN_REMINDER)


def test_a_reminder_that_came_too_late_says_nothing(pairing: Pairing) -> None:
    item_id = pairing.approved(due_on=date(2026, 12, 1))
    later = datetime.combine(date(2026, 12, 1), NOW.timetz()) + timedelta(hours=6)
    plan_reminders(pairing.session, now=later)
    sent = claim_notices(pairing.session, limit=50, now=later)
    reminded = [notice for notice in sent if notice.kind is NoticeKind.PERSON_PLAN_REMINDER]
    assert [one.items[0].item_id for notice in reminded for one in notice.facts["plans"]] == [item_id, item_id]
    due_again = later + 3 * A_DAY
    plan_reminders(pairing.session, now=due_again)
    report_item(pairing.session, item_id, "Готово", by=pairing.mila, now=due_again)
    again = claim_notices(pairing.session, limit=50, now=due_again)
    assert NoticeKind.PERSON_PLAN_REMINDER not in {notice.kind for notice in again}


def test_the_menu_says_what_a_plan_asks_of_each(pairing: Pairing) -> None:
    item_id = pairing.approved(due_on=date(2026, 12, 1))
    later = NOW + 10 * A_DAY
    assert awaited(pairing, pairing.mila, later) == ["due"]
    assert awaited(pairing, pairing.oleg, later) == []
    report_item(pairing.session, item_id, "Решила", by=pairing.mila, now=later)
    assert awaited(pairing, pairing.oleg, later) == ["mark"]
    change_item(pairing.session, item_id, ItemWords(text="Иначе"), by=pairing.mila, now=later)
    return_plan(pairing.session, pairing.pair_id, "Нет", by=pairing.school.curator, now=later)
    assert awaited(pairing, pairing.mila, later) == ["returned"]


def awaited(pairing: Pairing, who: Actor, now: datetime) -> list[str]:
    items = agenda(pairing.session, who.person_id or 0, now=now).items
    return [item.data["awaits"] for item in items if item.kind is AgendaKind.PLAN]


def test_a_person_gets_the_words_of_their_plan_and_they_go_with_them(pairing: Pairing) -> None:
    item_id = pairing.approved()
    report_item(pairing.session, item_id, "Решила восемь", by=pairing.mila, now=NOW)
    mila = pairing.mila.person_id or 0
    sheet = my_data(pairing.session, mila)["Планы"][0]
    assert (sheet["Цели"], sheet["Дела"][0]["Что вышло"]) == (["Разобраться в дробях"], "Решила восемь")

    asked = ask_erasure(pairing.session, mila, by=pairing.mila, now=NOW)
    erase_person(pairing.session, asked.request_id, by=pairing.school.curator, now=NOW)
    plan = pairing.session.get_one(Plan, pairing.seen.plan_id)
    assert (plan.goals, plan.approved, [item.text for item in plan.items]) == ([], None, [""])
    assert pairing.seen.progress.reported == 1


def test_a_group_has_one_plan_and_each_reports_under_their_own_name(session: Session) -> None:
    school = open_school(session)
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=4)
    mila, timur = school.enrol(MILA, Role.MENTEE), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.group(mentor, mila, timur)
    confirm_pair(session, pair_id, by=school.curator, now=NOW)
    by, one, two = (Actor.person(who.person_id) for who in (mentor, mila, timur))
    add_goal(session, pair_id, "Собрать робота", by=one, now=NOW)
    item_id = add_item(session, pair_id, "directions", "Выбрать датчик", by=two, now=NOW).item_id
    seen = plan_of(session, pair_id, now=NOW)
    approve_plan(session, pair_id, seen=seen.seen, by=school.curator, now=NOW)
    report_item(session, item_id, "нашла в магазине", by=one, now=NOW)
    report_item(session, item_id, "проверил на столе", by=two, now=NOW)
    assert my_plan(session, pair_id, by.person_id or 0, now=NOW).others == "Мила и Тимур"
    said = plan_of(session, pair_id, now=NOW).items[0].actual_result
    assert said == "Мила: нашла в магазине; Тимур: проверил на столе"


def test_a_new_day_opens_what_was_done_in_part_again(pairing: Pairing) -> None:
    item_id = pairing.approved(due_on=date(2026, 12, 1))
    mark_item(pairing.session, item_id, ItemState.PARTLY, by=pairing.oleg, now=NOW)
    change_item(pairing.session, item_id, ItemWords(due_on=date(2026, 12, 8)), by=pairing.oleg, now=NOW)
    assert pairing.state_of(item_id) is ItemState.OPEN


def test_a_plan_does_not_end_before_what_is_to_be_done_in_it(pairing: Pairing) -> None:
    item_id = pairing.item(due_on=date(2027, 3, 1))
    with pytest.raises(ItemsOutsideTerm):
        set_term(pairing.session, pairing.pair_id, NOW.date(), date(2027, 2, 1), by=pairing.oleg, now=NOW)
    change_item(pairing.session, item_id, ItemWords(without_date=True), by=pairing.oleg, now=NOW)
    set_term(pairing.session, pairing.pair_id, NOW.date(), date(2027, 2, 1), by=pairing.oleg, now=NOW)
    assert pairing.seen.ends_on == date(2027, 2, 1)


def test_a_paper_names_the_day_of_approval_only_of_what_was_approved(pairing: Pairing) -> None:
    item_id = pairing.approved()
    assert plan_facts(pairing.session, pairing.pair_id, now=NOW).approved_at == NOW
    change_item(pairing.session, item_id, ItemWords(text="Другое"), by=pairing.mila, now=NOW)
    assert plan_facts(pairing.session, pairing.pair_id, now=NOW).approved_at is None


def test_a_plan_that_nobody_has_approved_follows_the_form_of_the_pair(pairing: Pairing) -> None:
    pairing.ready()
    pairing.school.pair(pairing.pair_id).form = "teacher_teacher"
    pairing.item("Познакомиться с коллегами", section="entry")
    assert [item.section for item in pairing.seen.items] == ["difficulties", "entry"]


def test_a_curator_reminds_of_what_should_have_been_done_once_a_day(pairing: Pairing) -> None:
    pairing.approved(due_on=date(2026, 12, 1))
    later = NOW + 60 * A_DAY
    mila, by = pairing.mila.person_id or 0, pairing.school.curator
    assert NoticeKind.PERSON_PLAN_REMINDER in remind_now(pairing.session, mila, by=by, now=later)
    assert NoticeKind.PERSON_PLAN_REMINDER not in remind_now(pairing.session, mila, by=by, now=later)
    sent = claim_notices(pairing.session, limit=50, now=later)
    assert NoticeKind.PERSON_PLAN_REMINDER in {notice.kind for notice in sent}
