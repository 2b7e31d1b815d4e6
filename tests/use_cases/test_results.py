from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, AudienceFilter
from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotAllowed
from mentoring.rules.labour import Side
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reminders import NoticeKind, NoticeOutcome, NoticeState
from mentoring.rules.results import TodayKind
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.campaigns import create_campaign
from mentoring.use_cases.help_asked import help_asked, say_help_given
from mentoring.use_cases.meetings import log_meeting, plan_meeting, say_it_took_place
from mentoring.use_cases.notices import mark_sent, notify
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, give_notice, pause_pair, start_trial
from mentoring.use_cases.plan_decisions import approve_plan, send_plan
from mentoring.use_cases.plan_views import plan_of
from mentoring.use_cases.plans import add_goal, add_item
from mentoring.use_cases.privacy import open_erasures
from mentoring.use_cases.results import TodayItem, pair_results, ratings, today
from mentoring.use_cases.waiting import open_case, waiting_page
from storage.models.consent import Consent, ConsentWithdrawal, ErasureRequest
from storage.models.document import Document
from storage.models.notice import Letter
from storage.models.person import Enrolment
from storage.models.questionnaire import Response
from storage.queries.campaign_calendar import planned_occasions
from storage.queries.campaigns_list import CampaignFilter, campaigns_page
from storage.queries.consents_list import ConsentFilter, consents_page
from storage.queries.letters_list import letters_page
from storage.queries.meetings_list import MeetingFilter, meetings_page
from storage.queries.notices_list import NoticeFilter, notices_page
from storage.queries.pairs_list import PairFilter, pairs_page
from storage.queries.people_list import PeopleFilter, people_page
from storage.queries.plans import PlanFilter, plans_page
from storage.queries.responses import ResponseFilters, responses_page
from storage.queries.waiting import WaitingFilter
from tests.counting import counted
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, TIMUR, School, days, open_school
from tests.use_cases.survey_school import publish


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def listed(school: School, item: TodayItem) -> int:
    """How many rows the list shows that the item opens, by the list's own code."""
    session, asked = school.session, item.filters
    match item.listing:
        case "pairs":
            return len(pairs_page(session, PairFilter(**asked), offset=0, limit=500, now=NOW).rows)
        case "meetings":
            return len(meetings_page(session, MeetingFilter(**asked), offset=0, limit=500, now=NOW).rows)
        case "waiting":
            return len(waiting_page(session, WaitingFilter(**asked), offset=0, limit=500, today=NOW.date()).rows)
        case "plans":
            return len(plans_page(session, PlanFilter(**asked), offset=0, limit=500, today=NOW.date()).rows)
        case "people":
            return len(people_page(session, PeopleFilter(**asked), offset=0, limit=500).rows)
        case "responses":
            return len(responses_page(session, ResponseFilters(**asked), size=None).rows)
        case "notices":
            return len(notices_page(session, NoticeFilter(**asked), offset=0, limit=500, now=NOW).rows)
        case "letters":
            return len(letters_page(session, only_open=asked["state"] == "open", offset=0, limit=500).rows)
        case "consents":
            return consents_page(session, ConsentFilter(**asked), offset=0, limit=500).total
        case "erasures":
            return len(open_erasures(session))
        case "campaigns":
            return campaigns_page(session, CampaignFilter(**asked), page=1, size=500, now=NOW).total
        case "calendar":
            return int(not planned_occasions(session, school.programme.id))
    raise AssertionError(item.listing)


def busy_day(school: School) -> None:
    """One or two of everything that may wait for a curator, and as much that does not."""
    school.enrol(IGOR, Role.MENTOR)
    _pairs(school, school.enrol(ANNA, Role.MENTOR, capacity=40))
    _lives(school, school.enrol(ANNA, Role.MENTOR, capacity=3))
    _people(school)
    _letters_and_notices(school)
    _campaigns(school)


def _campaigns(school: School) -> None:
    """One closes tomorrow with silent people, one opens tomorrow, two are far away."""
    publish(school, "pulse_mentor", use="pulse", subject="pair")
    spans = ((0, 1), (0, 7), (1, 7), (3, 7))
    for opens, closes in spans:
        create_campaign(
            school.session,
            "pulse_mentor",
            programme_id=school.programme.id,
            title="Опрос",
            audience=AudienceFilter(Audience.MENTORS),
            opens_at=NOW + days(opens),
            closes_at=NOW + days(closes),
            by=school.curator,
            now=NOW,
        )


def _pairs(school: School, mentor: Enrolment) -> None:
    def mentee() -> Enrolment:
        return school.enrol(TIMUR, Role.MENTEE)

    school.agreed(mentor, mentee())
    school.proposed(mentor, mentee(), at=NOW - days(4))
    school.proposed(mentor, mentee(), at=NOW - days(1))
    declined = school.proposed(mentor, mentee())
    answer_proposal(school.session, declined, mentor.person_id, False, by=Actor.person(mentor.person_id), now=NOW)
    alone, late = school.member(declined, Role.MENTEE).enrolment_id, (NOW - days(1)).date()
    open_case(school.session, alone, WaitingExit.SEARCH, due_on=late, by=school.curator, now=NOW)
    silent, met, _, _ = (school.paired(mentor, mentee(), at=NOW - days(age)) for age in (40, 40, 6, 1))
    log_meeting(school.session, silent, held_at=NOW - days(16), by=school.curator, now=NOW)
    log_meeting(school.session, met, held_at=NOW - days(2), by=school.curator, now=NOW)
    _meetings(school, met)
    _plans(school, late=silent, sent=met)
    _ordered_without_its_mentee(school, met)


def _lives(school: School, mentor: Enrolment) -> None:
    """A trial after its second meeting, a pause that should be over, and a pair of workers with days to run."""
    session, by = school.session, school.curator
    trial, paused, workers = (
        school.agreed(mentor, school.enrol(sketch, Role.MENTEE), at=NOW - days(6)) for sketch in (TIMUR, TIMUR, DARYA)
    )
    start_trial(session, trial, by=by, now=NOW - days(6))
    for age in (5, 2):
        log_meeting(session, trial, held_at=NOW - days(age), by=by, now=NOW - days(age))
    for pair_id in (paused, workers):
        confirm_pair(session, pair_id, by=by, now=NOW - days(6))
    pause_pair(session, paused, (NOW - days(2)).date(), by=by, now=NOW - days(5))
    log_meeting(session, workers, held_at=NOW - days(2), by=by, now=NOW - days(1))
    give_notice(session, workers, Side.WORKER, NOW.date(), by=by, now=NOW)


def _ordered_without_its_mentee(school: School, pair_id: int) -> None:
    order = Document(
        programme_id=school.programme.id,
        kind=DocumentKind.ORDER_PAIRS,
        state=DocumentState.SIGNED,
        created_at=NOW,
        signed_at=NOW,
    )
    school.session.add(order)
    school.session.flush()
    school.pair(pair_id).order_id = order.id


def _plans(school: School, *, late: int, sent: int) -> None:
    """Of one an item should have been done by now, the other waits for the curator's word."""
    by, before = school.curator, NOW - days(30)
    for pair_id in (late, sent):
        add_goal(school.session, pair_id, "Собрать робота", by=by, now=before)
        add_item(
            school.session, pair_id, "directions", "Выбрать датчик", due_on=(NOW - days(3)).date(), by=by, now=before
        )
    seen = plan_of(school.session, late, now=before).seen
    approve_plan(school.session, late, seen=seen, by=by, now=before)
    send_plan(school.session, sent, by=by, now=before)


def _meetings(school: School, pair_id: int) -> None:
    before = NOW - days(10)
    at = iter(NOW - days(age) for age in (3, 4, 5))
    for starts_at in (next(at), next(at)):
        plan_meeting(
            school.session,
            pair_id,
            starts_at=starts_at,
            place_kind=PlaceKind.ONLINE,
            by=school.curator,
            now=before,
        )
    other = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE), at=before)
    missed = plan_meeting(
        school.session,
        other,
        starts_at=next(at),
        place_kind=PlaceKind.ONLINE,
        by=school.curator,
        now=before,
    )
    mentor_id = school.member(other, Role.MENTOR).person_id
    say_it_took_place(school.session, missed.meeting_id, mentor_id, False, by=Actor.person(mentor_id), now=NOW)
    held = school.held(pair_id, NOW - days(2))
    school.feedback(held, school.member(pair_id, Role.MENTEE).person_id, "feedback_mentee", need_help=True, comfort=4)
    school.feedback(held, school.member(pair_id, Role.MENTOR).person_id, "feedback_mentor", need_help=False, comfort=9)


def _people(school: School) -> None:
    new = school.enrol(MILA, Role.MENTEE, status=EnrolmentStatus.SUBMITTED)
    school.says(new, goal="Робот")
    returned = school.enrol(DARYA, Role.MENTEE, status=EnrolmentStatus.RETURNED)
    bare = school.enrol(TIMUR, Role.MENTEE, status=EnrolmentStatus.JOINING, consents=False)
    _reminded(school, returned.person_id, NoticeKind.PERSON_QUESTIONNAIRE_REMINDER)
    _reminded(school, bare.person_id, NoticeKind.PERSON_CONSENT_REMINDER)
    refused = school.enrol(MILA, Role.MENTEE, status=EnrolmentStatus.LEFT)
    guardian = school.guardian(refused.person)
    school.session.add(
        Consent(
            person_id=refused.person_id,
            given_by_id=guardian.id,
            text_id=1,
            kind=ConsentKind.GUARDIAN,
            decision=Decision.REFUSED,
            door="chat",
            decided_at=NOW,
        )
    )
    _taken_back(school)
    school.session.add(ErasureRequest(person_id=refused.person_id, reason="asked", asked_at=NOW, due_at=NOW + days(30)))
    gone = school.person(IGOR)
    school.session.flush()
    gone.accounts[0].unreachable_since = NOW


def _taken_back(school: School) -> None:
    """Anna's consent to publication; what she gave to the programme itself stands."""
    anna = school.person(ANNA)
    given = Consent(
        person_id=anna.id,
        given_by_id=anna.id,
        text_id=1,
        kind=ConsentKind.PUBLICATION_ADULT,
        decision=Decision.GIVEN,
        door="chat",
        decided_at=NOW,
    )
    school.session.add(ConsentWithdrawal(consent=given, withdrawn_by_id=anna.id, door="chat", withdrawn_at=NOW))


def _reminded(school: School, person_id: int, kind: NoticeKind) -> None:
    for step in (1, 2, 3):
        notify(school.session, person_id, kind, {}, dedup_key=f"{person_id}:{step}", now=NOW)
    for notice in school.notices(kind):
        mark_sent(school.session, notice.id, None, now=NOW)


def _letters_and_notices(school: School) -> None:
    person = school.person(ANNA)
    school.session.add(Letter(person_id=person.id, from_curator=False, text="Когда?", written_at=NOW - days(2)))
    for outcome in ("Blocked", NoticeOutcome.NO_CHAT):
        notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key=outcome, now=NOW)
    for notice, outcome in zip(school.notices(NoticeKind.PERSON_APPROVED), ("Blocked", "no_chat"), strict=True):
        notice.state, notice.outcome, notice.closed_at = NoticeState.FAILED, outcome, NOW
    school.session.flush()


def test_each_count_equals_the_rows_of_the_list_that_it_opens(school: School) -> None:
    busy_day(school)

    items = today(school.session, now=NOW).items

    assert {item.kind: item.count for item in items} == {item.kind: listed(school, item) for item in items}
    assert {item.kind for item in items} == set(TodayKind), "a busy day has something of everything"
    assert [item.kind for item in items] == list(TodayKind), "the most urgent first"
    named = [item for item in items if item.kind is not TodayKind.CALENDAR_NOT_SET]
    assert all(1 <= len(item.examples) == min(item.count, 5) for item in named)


def test_what_is_counted_is_what_waits(school: School) -> None:
    busy_day(school)

    counts = {item.kind: item.count for item in today(school.session, now=NOW).items}

    assert counts == {
        TodayKind.ERASURE_DUE: 1,
        TodayKind.NAMES_ON_SITE: 1,
        TodayKind.OPEN_LETTERS: 1,
        TodayKind.PAIRS_TO_CONFIRM: 1,
        TodayKind.TRIALS_TO_DECIDE: 1,
        TodayKind.PAIRS_UNDER_NOTICE: 1,
        TodayKind.PAUSES_OVER: 1,
        TodayKind.LABOUR_CONSENTS: 2,
        TodayKind.PAIRS_WITHOUT_ORDER: 6,
        TodayKind.ORDERS_OUTDATED: 1,
        TodayKind.NEW_RESPONSES: 1,
        TodayKind.GUARDIANS_REFUSED: 1,
        TodayKind.PAIRS_DECLINED: 1,
        TodayKind.MEETINGS_MISSED: 1,
        TodayKind.HELP_ASKED: 1,
        TodayKind.CAMPAIGN_SILENT: 1,
        TodayKind.CAMPAIGN_OPENS: 1,
        TodayKind.REMINDED_IN_VAIN: 2,
        TodayKind.CONSENTS_MISSING: 1,
        TodayKind.STALE_PROPOSALS: 1,
        TodayKind.SILENT_PAIRS: 1,
        TodayKind.PAIRS_WITHOUT_FIRST_MEETING: 2,
        TodayKind.MEETINGS_UNCLOSED: 2,
        TodayKind.PLANS_TO_APPROVE: 1,
        TodayKind.PLANS_OVERDUE: 1,
        TodayKind.NOT_CORRECTED: 1,
        TodayKind.WAITING_OVERDUE: 1,
        TodayKind.WITHOUT_PAIR: 1,
        TodayKind.CALENDAR_NOT_SET: 1,
        TodayKind.UNREACHABLE: 1,
        TodayKind.NOTICES_FAILED: 1,
    }


def test_examples_name_people_and_say_how_long_and_how_often(school: School) -> None:
    busy_day(school)

    examples = {item.kind: item.examples[0] for item in today(school.session, now=NOW).items if item.examples}

    assert (examples[TodayKind.SILENT_PAIRS].label, examples[TodayKind.SILENT_PAIRS].days) == ("Лебедева – Асланов", 16)
    assert (examples[TodayKind.CONSENTS_MISSING].label, examples[TodayKind.CONSENTS_MISSING].times) == (
        "Асланов Тимур",
        3,
    )
    assert examples[TodayKind.STALE_PROPOSALS].days == 4
    assert examples[TodayKind.OPEN_LETTERS].days == 2
    assert examples[TodayKind.CAMPAIGN_OPENS].label == "Опрос"


def test_a_quiet_day_has_nothing_to_do(school: School) -> None:
    assert today(school.session, now=NOW).items == ()


def test_the_day_costs_the_same_few_queries_however_many_people(school: School) -> None:
    busy_day(school)
    with counted(school.session) as few:
        today(school.session, now=NOW)
    for _ in range(2):
        _people(school)
    _letters_again(school)

    with counted(school.session) as many:
        today(school.session, now=NOW)

    assert len(few) == len(many) <= 12


def _letters_again(school: School) -> None:
    for _ in range(20):
        person = school.person(ANNA)
        school.session.add(Letter(person_id=person.id, from_curator=False, text="Когда?", written_at=NOW))


def test_another_school_sees_nothing_of_it(school: School) -> None:
    busy_day(school)

    open_school(school.session, "Лицей № 2", "other")

    seen = today(school.session, now=NOW)
    assert seen.items == ()
    assert (seen.strip.mentors, seen.strip.pairs_active, seen.strip.feedback_expected) == (0, 0, 0)


def test_the_strip_counts_the_programme(school: School) -> None:
    busy_day(school)

    strip = today(school.session, now=NOW).strip

    assert (strip.stage, strip.mentors, strip.consents_missing) == (1, 4, 1)
    assert (strip.pairs_active, strip.pairs_proposed) == (8, 3)
    assert (strip.meetings_this_week, strip.meetings_held) == (0, 5)
    assert (strip.feedback_given, strip.feedback_expected) == (2, 10)


def test_this_week_begins_on_monday_in_the_schools_own_zone(school: School) -> None:
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    monday = NOW.replace(hour=0) - timedelta(hours=3)  # Moscow midnight
    for at in (monday, monday - timedelta(seconds=1)):
        log_meeting(school.session, pair_id, held_at=at, by=school.curator, now=NOW)

    assert today(school.session, now=NOW).strip.meetings_this_week == 1


def test_help_was_given_once_the_curator_has_written(school: School) -> None:
    busy_day(school)
    (help_asked,) = [item for item in today(school.session, now=NOW).items if item.kind is TodayKind.HELP_ASKED]

    letter = Letter(
        person_id=help_asked.examples[0].person_id, from_curator=True, text="Зайдите", written_at=NOW + days(1)
    )
    school.session.add(letter)

    kinds = {item.kind for item in today(school.session, now=NOW + days(1)).items}
    assert TodayKind.HELP_ASKED not in kinds


def test_help_asked_for_stays_until_a_curator_says_that_it_is_done(school: School) -> None:
    busy_day(school)

    def waits() -> tuple[int, ...]:
        items = today(school.session, now=NOW + days(20)).items
        return tuple(one.object_id for item in items if item.kind is TodayKind.HELP_ASKED for one in item.examples)

    (response_id,) = waits()
    assert help_asked(school.session, response_id).waits
    with pytest.raises(NotAllowed):
        say_help_given(school.session, response_id, by=Actor.person(1), now=NOW)

    done = say_help_given(school.session, response_id, by=school.curator, now=NOW + days(1))
    again = say_help_given(school.session, response_id, by=school.curator, now=NOW + days(2))

    assert (waits(), done.waits) == ((), False)
    assert (done.done_at, done.done_by) == (NOW + days(1), "Ольга Викторовна Зимина")
    assert again == done
    assert school.acts("response").count("response.help_given") == 1


def test_help_that_is_asked_for_again_in_a_corrected_feedback_waits_again(school: School) -> None:
    busy_day(school)
    (item,) = (one for one in today(school.session, now=NOW).items if one.kind is TodayKind.HELP_ASKED)
    response_id = item.examples[0].object_id
    say_help_given(school.session, response_id, by=school.curator, now=NOW + days(1))

    school.session.get_one(Response, response_id).submitted_at = NOW + days(2)

    assert help_asked(school.session, response_id).waits


def test_a_decline_is_done_with_once_the_mentee_is_asked_again(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR, capacity=3), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)
    answer_proposal(school.session, pair_id, mentor.person_id, False, by=Actor.person(mentor.person_id), now=NOW)
    assert TodayKind.PAIRS_DECLINED in {item.kind for item in today(school.session, now=NOW).items}

    school.proposed(school.enrol(IGOR, Role.MENTOR), mentee)

    assert TodayKind.PAIRS_DECLINED not in {item.kind for item in today(school.session, now=NOW).items}


def test_a_pair_that_has_planned_a_meeting_is_not_silent(school: School) -> None:
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE), at=NOW - days(30))
    assert TodayKind.PAIRS_WITHOUT_FIRST_MEETING in {item.kind for item in today(school.session, now=NOW).items}

    plan_meeting(
        school.session,
        pair_id,
        starts_at=NOW + days(1),
        place_kind=PlaceKind.ONLINE,
        by=school.curator,
        now=NOW,
    )

    assert {item.kind for item in today(school.session, now=NOW).items} == {TodayKind.PAIRS_WITHOUT_ORDER}


def test_ratings_are_means_of_sent_feedback_only(school: School) -> None:
    pair_id = school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    mentor, mentee = (school.member(pair_id, role).person_id for role in (Role.MENTOR, Role.MENTEE))
    for age, comfort in ((3, 8), (2, 7), (1, None)):
        log_meeting(school.session, pair_id, held_at=NOW - days(age), by=school.curator, now=NOW)
        school.feedback(
            school.held(pair_id, NOW - days(age)), mentee, "feedback_mentee", comfort=comfort, useful=10 - age
        )
    school.feedback(school.held(pair_id, NOW - days(1)), mentor, "feedback_mentor", comfort=10)
    draft = school.held(pair_id, NOW - days(2)).id
    school.response(mentor, "feedback_mentor", {"comfort": 1}, state=ResponseState.DRAFT, meeting_id=draft)

    (row,) = pair_results(school.session, PairFilter(), now=NOW).rows
    all_of_them = ratings(school.session)

    assert (row.comfort.mean, row.comfort.answers) == (8.3, 3)
    assert (row.usefulness.mean, row.usefulness.answers) == (8.0, 3)
    assert (row.meetings_held, row.silence_days, row.state) == (3, 1, PairState.CONFIRMED)
    assert (all_of_them.comfort_of_mentees.mean, all_of_them.comfort_of_mentors.mean) == (7.5, 10.0)
    assert all_of_them.usefulness_of_mentors.mean is None
    assert all_of_them.numbers["comfort"] == (0, 0, 0, 0, 0, 0, 1, 1, 0, 1)


def test_results_of_many_pairs_cost_no_more_queries_than_of_one(school: School) -> None:
    mentor = school.enrol(ANNA, Role.MENTOR, capacity=40)
    school.paired(mentor, school.enrol(TIMUR, Role.MENTEE))
    with counted(school.session) as one:
        pair_results(school.session, PairFilter(), now=NOW)
    for _ in range(10):
        log_meeting(
            school.session,
            school.paired(mentor, school.enrol(TIMUR, Role.MENTEE)),
            held_at=NOW - days(1),
            by=school.curator,
            now=NOW,
        )

    with counted(school.session) as many:
        results = pair_results(school.session, PairFilter(), size=5, now=NOW)

    assert (len(results.rows), results.total, results.pages) == (5, 11, 3)
    assert len(one) == len(many)
    assert {row.meetings_held for row in results.rows} <= {0, 1}
