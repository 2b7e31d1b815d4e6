from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import PlaceKind, Reply
from mentoring.rules.pairs import EndReason
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import MAX_ATTEMPTS, NoticeKind, NoticeState
from mentoring.use_cases.letters import write_to_curator, write_to_person
from mentoring.use_cases.meetings import (
    cancel_meeting,
    log_meeting,
    move_meeting,
    plan_meeting,
    reply_to_meeting,
    say_it_took_place,
)
from mentoring.use_cases.notice_facts import LOOKS
from mentoring.use_cases.notices import (
    NoticeToSend,
    claim_notices,
    mark_failed,
    mark_retry,
    mark_sent,
    notify,
)
from mentoring.use_cases.pairs import answer_proposal, end_pair, withdraw_proposal
from storage.models.notice import Notice
from storage.models.person import ChannelAccount
from storage.scope import KEY
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, days, open_school

MOSCOW = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=MOSCOW)
TOMORROW = NOW + days(1)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def claim(school: School, now: datetime = TOMORROW, limit: int = 30) -> tuple[NoticeToSend, ...]:
    """As the sender does: without a fence."""
    school.session.flush()
    fence = school.session.info.pop(KEY)
    claimed = claim_notices(school.session, limit=limit, now=now)
    school.session.info[KEY] = fence
    school.session.expire_all()
    return claimed


def facts(school: School, kind: NoticeKind, person_id: int, now: datetime = TOMORROW) -> dict[str, Any]:
    (notice,) = (one for one in claim(school, now) if (one.kind, one.person_id) == (kind, person_id))
    return notice.facts


def states(school: School, kind: NoticeKind) -> list[NoticeState]:
    return [notice.state for notice in school.notices(kind)]


def an_approved(school: School) -> int:
    """Somebody with one notice waiting."""
    enrolment = school.enrol(ANNA, Role.MENTOR)
    notify(
        school.session,
        enrolment.person_id,
        NoticeKind.PERSON_APPROVED,
        {"enrolment_id": enrolment.id},
        dedup_key=f"{enrolment.id}",
        now=NOW,
    )
    return enrolment.person_id


def test_the_same_key_plans_once_for_each_person_and_kind(school: School) -> None:
    one, two = school.person(ANNA), school.person(IGOR)

    for _ in range(2):
        for person in (one, two):
            notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="5", now=NOW)

    assert school.told(NoticeKind.PERSON_APPROVED) == [one.id, two.id]


def test_an_adult_is_left_in_peace_at_night_in_the_schools_own_zone(school: School) -> None:
    school.organisation.time_zone = "Asia/Novokuznetsk"
    person = school.person(ANNA)
    late = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 22:00 there

    notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="1", now=late)
    notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="2", now=late, urgent=True)
    notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="3", now=late, at_once=True)

    morning = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 08:00 there
    assert [notice.due_at for notice in school.notices()] == [morning, morning, late]


def test_a_minor_is_written_to_after_lessons_unless_it_is_urgent(school: School) -> None:
    person = school.person(TIMUR)

    notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="1", now=NOW)
    notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="2", now=NOW, urgent=True)

    assert [notice.due_at for notice in school.notices()] == [datetime(2026, 11, 23, 15, 30, tzinfo=MOSCOW), NOW]


def test_the_hours_are_those_that_the_organisation_has_set(school: School) -> None:
    school.organisation.settings = {"quiet_to": "12:30"}
    person = school.person(ANNA)

    notify(school.session, person.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="1", now=NOW)

    assert school.notices()[0].due_at == datetime(2026, 11, 23, 12, 30, tzinfo=MOSCOW)


def test_nobody_is_told_who_is_not_of_this_school(school: School) -> None:
    stranger = school.person(ANNA)
    open_school(school.session, "Лицей № 2", "other")

    with pytest.raises(NotFound):
        notify(school.session, stranger.id, NoticeKind.PERSON_APPROVED, {}, dedup_key="1", now=NOW)


def test_a_claimed_notice_is_nobody_elses_until_the_lease_ends(school: School) -> None:
    an_approved(school)

    (mine,) = claim(school, NOW)
    assert claim(school, NOW + timedelta(minutes=9)) == ()

    (again,) = claim(school, NOW + timedelta(minutes=10))
    assert again.notice_id == mine.notice_id
    assert school.notices()[0].attempts == 2


def test_claims_are_bounded_and_the_longest_due_come_first(school: School) -> None:
    enrolment = school.enrol(ANNA, Role.MENTOR)
    for hours in (3, 1, 2):
        notify(
            school.session,
            enrolment.person_id,
            NoticeKind.PERSON_APPROVED,
            {"enrolment_id": enrolment.id},
            dedup_key=f"{hours}",
            now=NOW,
            due_at=NOW + timedelta(hours=hours),
        )

    first, second = claim(school, NOW + timedelta(hours=4), limit=2)

    keys = {notice.id: notice.dedup_key[-1] for notice in school.notices()}
    assert [keys[first.notice_id], keys[second.notice_id]] == ["1", "2"]
    assert len(claim(school, NOW + timedelta(hours=4), limit=2)) == 1


def test_nothing_is_claimed_before_it_is_due(school: School) -> None:
    an_approved(school)

    assert claim(school, NOW - timedelta(seconds=1)) == ()


def test_the_claim_looks_past_any_number_of_needless_ones(school: School) -> None:
    enrolment = school.enrol(IGOR, Role.MENTOR, status=EnrolmentStatus.DECLINED)
    for number in range(7):
        notify(
            school.session,
            enrolment.person_id,
            NoticeKind.PERSON_APPROVED,
            {"enrolment_id": enrolment.id},
            dedup_key=f"{number}",
            now=NOW,
        )
    person_id = an_approved(school)

    assert [notice.person_id for notice in claim(school, limit=2)] == [person_id]
    assert states(school, NoticeKind.PERSON_APPROVED) == [NoticeState.NEEDLESS] * 7 + [NoticeState.CLAIMED]


def test_an_expired_notice_is_never_sent(school: School) -> None:
    an_approved(school)
    school.session.execute(update(Notice).values(expires_at=NOW + timedelta(minutes=1)))

    assert claim(school, NOW + timedelta(minutes=1)) == ()
    (notice,) = school.notices()
    assert (notice.state, notice.closed_at) == (NoticeState.EXPIRED, NOW + timedelta(minutes=1))


def test_somebody_without_a_chat_and_somebody_who_blocked_it_are_told_apart(school: School) -> None:
    paper = school.enrol(ANNA, Role.MENTOR, chat=False)
    blocked = school.enrol(IGOR, Role.MENTOR)
    school.session.execute(
        update(ChannelAccount).where(ChannelAccount.person_id == blocked.person_id).values(unreachable_since=NOW)
    )
    for enrolment in (paper, blocked):
        notify(
            school.session,
            enrolment.person_id,
            NoticeKind.PERSON_APPROVED,
            {"enrolment_id": enrolment.id},
            dedup_key=f"{enrolment.id}",
            now=NOW,
        )

    assert claim(school) == ()
    assert [(notice.state, notice.outcome) for notice in school.notices()] == [
        (NoticeState.FAILED, "no_chat"),
        (NoticeState.FAILED, "unreachable"),
    ]


def test_a_newer_reachable_chat_is_preferred(school: School) -> None:
    person_id = an_approved(school)
    school.session.execute(update(ChannelAccount).values(unreachable_since=NOW))
    account = ChannelAccount(
        person_id=person_id, channel="telegram", external_id="777", linked_at=NOW + timedelta(hours=1)
    )
    school.session.add(account)

    assert [notice.external_id for notice in claim(school)] == ["777"]


def test_a_sent_notice_keeps_its_message_and_is_not_sent_again(school: School) -> None:
    an_approved(school)
    (notice,) = claim(school)

    mark_sent(school.session, notice.notice_id, 42, now=NOW)
    mark_failed(school.session, notice.notice_id, "late", now=NOW)
    school.session.expire_all()

    (kept,) = school.notices()
    assert (kept.state, kept.message_id, kept.sent_at, kept.outcome) == (NoticeState.SENT, 42, NOW, "")
    assert claim(school, NOW + days(2)) == ()


def test_repeated_failures_wait_longer_and_at_last_give_up(school: School) -> None:
    an_approved(school)
    now, pauses = NOW, []
    while claimed := claim(school, now):
        mark_retry(school.session, claimed[0].notice_id, now, "TelegramNetworkError")
        school.session.expire_all()
        due = school.notices()[0].due_at
        pauses.append(due - now)
        now = due

    (notice,) = school.notices()
    assert (notice.state, notice.outcome, notice.attempts) == (NoticeState.FAILED, "too_many_attempts", MAX_ATTEMPTS)
    assert [pause.total_seconds() // 60 for pause in pauses] == [0, 1, 3, 7, 15, 31, 60, 60, 60, 60, 60, 60]


def test_a_notice_that_failed_for_good_names_the_outcome(school: School) -> None:
    an_approved(school)
    (notice,) = claim(school)

    mark_failed(school.session, notice.notice_id, "blocked " * 40, now=NOW)
    school.session.expire_all()

    (kept,) = school.notices()
    assert (kept.state, kept.closed_at, len(kept.outcome)) == (NoticeState.FAILED, NOW, 120)


def test_every_kind_of_notice_is_looked_up() -> None:
    assert set(LOOKS) == set(NoticeKind)


def test_a_proposal_answered_meanwhile_needs_no_notice(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.proposed(mentor, mentee)
    answer_proposal(school.session, pair_id, mentor.person_id, False, by=Actor.person(mentor.person_id), now=NOW)

    assert claim(school) == ()
    assert states(school, NoticeKind.MENTOR_PAIR_PROPOSED) == [NoticeState.NEEDLESS]


def test_a_proposal_names_nobody_on_its_way(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    school.says(mentee, goal="Собрать робота")
    pair_id = school.proposed(mentor, mentee)

    seen = facts(school, NoticeKind.MENTOR_PAIR_PROPOSED, mentor.person_id)

    assert (seen["proposal"].pair_id, seen["proposal"].others[0].wish) == (pair_id, "Собрать робота")
    assert (seen["name"], seen["zone"], seen["curator_name"]) == (
        "Анна Сергеевна",
        "Europe/Moscow",
        "Ольга Викторовна Зимина",
    )
    assert not any(word in repr(seen) for word in ("Мила", "Крылова", "7 «Б»"))


def test_a_confirmed_pair_is_told_with_names_to_both_and_to_the_guardian(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    guardian = school.guardian(mentee.person)
    school.paired(mentor, mentee)

    told = {(notice.kind, notice.person_id): notice.facts for notice in claim(school)}

    assert told[NoticeKind.PERSON_PAIR_CONFIRMED, mentor.person_id]["pair"].full_names == "Мила Крылова"
    seen = told[NoticeKind.GUARDIAN_PAIR_CONFIRMED, guardian.id]
    assert (seen["minor_name"], seen["minor_role"], seen["others"][0].full_name) == (
        "Мила",
        Role.MENTEE,
        "Анна Сергеевна Лебедева",
    )


def test_an_ended_pair_is_not_announced_as_confirmed(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.paired(mentor, mentee)
    end_pair(school.session, pair_id, EndReason.COMPLETED, by=school.curator, now=NOW)

    told = {(notice.kind, notice.person_id): notice.facts for notice in claim(school)}

    assert {kind for kind, _ in told} == {NoticeKind.PERSON_PAIR_ENDED}
    assert told[NoticeKind.PERSON_PAIR_ENDED, mentee.person_id]["others"][0].name == "Анна Сергеевна"


def test_a_withdrawn_proposal_is_gone_without_a_name(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    withdraw_proposal(school.session, school.proposed(mentor, mentee), by=school.curator, now=NOW)

    seen = facts(school, NoticeKind.PERSON_PROPOSAL_GONE, mentor.person_id)

    assert seen["role"] is Role.MENTOR
    assert "Тимур" not in repr(seen)


def _planned(school: School, at: datetime = TUESDAY) -> tuple[int, Actor, Actor]:
    mentor, mentee = school.enrol(DARYA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    by = Actor.person(mentor.person_id)
    pair_id = school.paired(mentor, mentee)
    meeting = plan_meeting(school.session, pair_id, starts_at=at, place_kind=PlaceKind.ORGANISATION, by=by, now=NOW)
    return meeting.meeting_id, by, Actor.person(mentee.person_id)


def test_a_planned_meeting_brings_what_its_buttons_need(school: School) -> None:
    meeting_id, _, mentee = _planned(school)

    seen = facts(school, NoticeKind.PERSON_MEETING_PLANNED, mentee.person_id or 0, TUESDAY - timedelta(hours=1))

    meeting = seen["meeting"]
    assert (meeting.meeting_id, meeting.other_name, meeting.starts_at, meeting.may_reply) == (
        meeting_id,
        "Дарья Игоревна",
        TUESDAY,
        True,
    )


def test_news_of_a_meeting_that_changed_again_is_needless(school: School) -> None:
    meeting_id, mentor, mentee = _planned(school)
    assert mentee.person_id
    for notice in claim(school, TUESDAY - timedelta(hours=2)):
        mark_sent(school.session, notice.notice_id, 1, now=NOW)
    reply_to_meeting(school.session, meeting_id, mentee.person_id, Reply.SUITS, by=mentee, now=NOW)
    move_meeting(school.session, meeting_id, TUESDAY + timedelta(hours=1), by=mentor, now=NOW)
    cancel_meeting(school.session, meeting_id, "Заболела", by=mentor, now=NOW)

    told = claim(school, TUESDAY - timedelta(hours=1))

    assert [(notice.kind, notice.facts["meeting"].cancel_reason) for notice in told] == [
        (NoticeKind.PERSON_MEETING_CANCELLED, "Заболела")
    ]
    assert states(school, NoticeKind.PERSON_MEETING_SUITS) == [NoticeState.NEEDLESS]
    assert states(school, NoticeKind.PERSON_MEETING_MOVED) == [NoticeState.NEEDLESS]


def test_a_moved_meeting_says_when_it_was_to_be(school: School) -> None:
    meeting_id, mentor, mentee = _planned(school)
    for notice in claim(school, TUESDAY - timedelta(hours=2)):
        mark_sent(school.session, notice.notice_id, 1, now=NOW)
    move_meeting(school.session, meeting_id, TUESDAY + timedelta(hours=1), by=mentor, now=NOW)

    seen = facts(school, NoticeKind.PERSON_MEETING_MOVED, mentee.person_id or 0, TUESDAY - timedelta(hours=1))

    assert (seen["before"], seen["meeting"].starts_at) == (TUESDAY, TUESDAY + timedelta(hours=1))


def test_feedback_is_not_asked_of_somebody_who_has_given_it_or_of_a_missed_meeting(school: School) -> None:
    meeting_id, mentor, mentee = _planned(school)
    assert mentor.person_id
    assert mentee.person_id
    after = TUESDAY + timedelta(hours=1)
    for person_id in (mentor.person_id, mentee.person_id):
        key, payload = f"{meeting_id}", {"meeting_id": meeting_id}
        notify(school.session, person_id, NoticeKind.PERSON_FEEDBACK_ASKED, payload, dedup_key=key, now=after)
    say_it_took_place(school.session, meeting_id, mentor.person_id, True, by=mentor, now=after)
    school.feedback(school.meeting(meeting_id), mentor.person_id, "feedback_first_mentor", comfort=9)

    asked = [notice for notice in claim(school, after + days(1)) if notice.kind is NoticeKind.PERSON_FEEDBACK_ASKED]

    assert [(notice.person_id, notice.facts["meeting"].feedback_key) for notice in asked] == [
        (mentee.person_id, "feedback_first_mentee")
    ]


def test_a_silent_pair_is_not_reminded_once_it_has_met(school: School) -> None:
    mentor, mentee = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    pair_id = school.paired(mentor, mentee, at=NOW - days(20))
    payload = {"pair_id": pair_id}
    kinds = (NoticeKind.PERSON_SILENCE_REMINDER, NoticeKind.PERSON_FIRST_MEETING_REMINDER)
    for kind in kinds:
        notify(school.session, mentor.person_id, kind, payload, dedup_key="1", now=NOW)
    assert {notice.kind for notice in claim(school, NOW)} >= set(kinds)
    for kind in kinds:
        notify(school.session, mentor.person_id, kind, payload, dedup_key="2", now=NOW)

    log_meeting(school.session, pair_id, held_at=NOW - days(1), by=school.curator, now=NOW)

    assert not {notice.kind for notice in claim(school, NOW)} & set(kinds)


def test_letters_carry_their_words_both_ways(school: School) -> None:
    curator = school.person(ANNA)
    school.account.person_id = curator.id
    person = school.person(TIMUR)
    write_to_curator(school.session, person.id, "Когда встреча?", by=Actor.person(person.id), now=NOW)
    write_to_person(school.session, person.id, "Во вторник", by=school.curator, now=NOW)

    told = {notice.kind: notice.facts for notice in claim(school)}

    assert told[NoticeKind.CURATOR_PERSON_WROTE]["person_name"] == "Асланов Тимур"
    assert told[NoticeKind.PERSON_CURATOR_WROTE]["text"] == "Во вторник"


def test_an_erased_person_is_told_nothing(school: School) -> None:
    person_id = an_approved(school)
    school.session.execute(update(Notice).values(person_id=person_id))
    school.notices()[0].person.erased_at = NOW

    assert claim(school) == ()
    assert states(school, NoticeKind.PERSON_APPROVED) == [NoticeState.NEEDLESS]


def test_notices_of_two_schools_are_claimed_together_and_each_sees_its_own(school: School) -> None:
    one = an_approved(school)
    other = open_school(school.session, "Лицей № 2", "other")
    two = an_approved(other)

    claimed = {notice.person_id: notice for notice in claim(other)}

    assert (claimed[one].facts["organisation"], claimed[two].facts["organisation"]) == ("Гимназия «Маяк»", "Лицей № 2")
    assert claimed[one].organisation_id != claimed[two].organisation_id


def test_the_digest_counts_what_waits(school: School) -> None:
    curator = school.person(ANNA)
    school.agreed(school.enrol(OLEG, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE))
    notify(school.session, curator.id, NoticeKind.CURATOR_DIGEST, {}, dedup_key="1", now=NOW)

    seen = facts(school, NoticeKind.CURATOR_DIGEST, curator.id)

    assert [(item.kind, item.count) for item in seen["today"].items] == [("pairs_to_confirm", 1)]


def test_payloads_hold_ids_and_words_and_no_names(school: School) -> None:
    meeting_id, mentor, _ = _planned(school)
    cancel_meeting(school.session, meeting_id, "Заболела", by=mentor, now=NOW)

    payloads = school.session.scalars(select(Notice.payload)).all()

    assert all(isinstance(value, int) for payload in payloads for value in payload.values())
