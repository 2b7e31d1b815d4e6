"""May a name stand on the site: asked, given, refused, taken back, and nobody's part in the programme hangs on it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from mentoring.rules.consents import PUBLICATION, ConsentKind, Decision, Publication
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotAllowed, NotFound
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, AgeGroup, Door, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.rules.results import TodayKind
from mentoring.use_cases.consents import accept_paper_consent, give_consent, withdraw_consent
from mentoring.use_cases.notice_facts import facts_of
from mentoring.use_cases.organisations import bring_consents, publish_consents
from mentoring.use_cases.publication import (
    ask_publication,
    ask_register,
    publication_of,
    register_publications,
    say_name_removed,
)
from mentoring.use_cases.register_book import RegisterScope
from mentoring.use_cases.registers import mentors_page
from mentoring.use_cases.results import today
from storage.models.account import AuditEntry
from storage.models.consent import Consent, ConsentText, ErasureRequest
from storage.models.notice import Notice
from storage.queries.consents import latest_text, missing_for
from storage.queries.notices import DueNotice
from storage.scope import set_organisation
from tests.use_cases.school import ANNA, IGOR, MILA, NOW, OLEG, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    publish_consents(session, by=school.curator, now=NOW)
    return school


def says(school: School, kind: ConsentKind, whose: int, giver: int, decision: Decision = Decision.GIVEN) -> int:
    text = latest_text(school.session, kind)
    assert text is not None
    return give_consent(
        school.session,
        text.id,
        whose=whose,
        given_by=giver,
        decision=decision,
        evidence={},
        by=Actor.person(giver),
        now=NOW,
    ).consent_id


def named(school: School) -> list[bool]:
    scope = RegisterScope(NOW, ours=False, public=True)
    return [row.named for row in mentors_page(school.session, school.programme.id, scope).rows]


def facts(school: School, kind: NoticeKind) -> dict[str, Any] | None:
    """What the only notice of this kind would say now."""
    one = school.session.scalars(select(Notice).filter_by(kind=kind)).one()
    due = DueNotice(one.id, one.organisation_id, one.person_id, kind, one.payload, 0, None)
    return facts_of(school.session, [due], now=NOW).get(one.id)


def test_the_texts_name_the_site_and_are_documents_of_their_own(school: School) -> None:
    assert {source.kind for source in consent_sources()} == set(ConsentKind)
    text = latest_text(school.session, ConsentKind.PUBLICATION_ADULT)
    assert text is not None
    assert "адрес раздела сообщит куратор" in text.body
    assert "{" not in text.body


def test_asked_given_shown_taken_back_and_the_pair_goes_on(school: School) -> None:
    school.account.person_id = school.person(IGOR).id
    anna = school.enrol(ANNA, Role.MENTOR)
    pair = school.paired(anna, school.enrol(MILA, Role.MENTEE))
    assert (named(school), publication_of(school.session, anna.person_id)) == ([False], Publication.NOT_ASKED)

    for _ in range(2):
        ask_register(school.session, school.programme.id, by=school.curator, now=NOW)
    assert school.told(NoticeKind.PERSON_PUBLICATION_ASKED) == [anna.person_id]
    assert publication_of(school.session, anna.person_id) is Publication.ASKED

    consent = says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id)
    assert named(school) == [True]
    done = withdraw_consent(school.session, consent, by=Actor.person(anna.person_id), now=NOW)

    assert (done.erase_by, done.pairs_ended, named(school)) == (None, 0, [False])
    assert publication_of(school.session, anna.person_id) is Publication.REFUSED
    assert anna.status is EnrolmentStatus.APPROVED
    assert school.pair(pair).state is PairState.CONFIRMED
    assert school.session.scalars(select(ErasureRequest)).all() == []
    told = facts(school, NoticeKind.CURATOR_CONSENT_WITHDRAWN)
    assert told is not None
    assert told["consent"] is ConsentKind.PUBLICATION_ADULT


def test_a_no_stops_nothing_and_is_not_asked_again_with_all(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    ask_register(school.session, school.programme.id, by=school.curator, now=NOW)
    says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id, Decision.REFUSED)

    assert anna.status is EnrolmentStatus.APPROVED
    assert ask_register(school.session, school.programme.id, by=school.curator, now=NOW).asked == 0
    assert register_publications(school.session, school.programme.id) == {Publication.REFUSED: 1}
    assert ask_publication(school.session, [anna.person_id], again=True, by=school.curator, now=NOW).asked == 1
    assert len(school.told(NoticeKind.PERSON_PUBLICATION_ASKED)) == 2


def test_for_a_pupil_of_sixteen_both_must_agree(school: School) -> None:
    oleg = school.enrol(OLEG, Role.MENTOR)
    oleg.person.age_group = AgeGroup.FROM_14_TO_17
    guardian = school.guardian(oleg.person)
    ask_publication(school.session, [oleg.person_id], by=school.curator, now=NOW)
    assert set(school.told(NoticeKind.PERSON_PUBLICATION_ASKED)) == {oleg.person_id, guardian.id}

    says(school, ConsentKind.PUBLICATION_MINOR, oleg.person_id, oleg.person_id)
    assert named(school) == [False]
    with pytest.raises(NotAllowed):
        says(school, ConsentKind.PUBLICATION_GUARDIAN, oleg.person_id, oleg.person_id)
    with pytest.raises(NotAllowed):
        says(school, ConsentKind.PUBLICATION_ADULT, oleg.person_id, oleg.person_id)
    says(school, ConsentKind.PUBLICATION_GUARDIAN, oleg.person_id, guardian.id)
    assert named(school) == [True]


def test_a_paper_counts_and_who_has_left_stands_on_the_site_no_more(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    kind, day = ConsentKind.PUBLICATION_ADULT, NOW.date()
    accept_paper_consent(school.session, anna.person_id, kind, signed_on=day, by=school.curator, now=NOW)
    assert named(school) == [True]
    anna.status = EnrolmentStatus.LEFT
    assert publication_of(school.session, anna.person_id) is None
    assert True not in named(school)


def test_the_question_is_needless_once_it_is_answered(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    ask_publication(school.session, [anna.person_id], by=school.curator, now=NOW)
    told = facts(school, NoticeKind.PERSON_PUBLICATION_ASKED)
    assert told is not None
    assert (told["consent"], told["own"]) == (ConsentKind.PUBLICATION_ADULT, True)
    says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id)
    assert facts(school, NoticeKind.PERSON_PUBLICATION_ASKED) is None


def test_only_a_curator_asks(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    with pytest.raises(NotAllowed):
        ask_publication(school.session, [anna.person_id], by=Actor.person(anna.person_id), now=NOW)


def test_an_answer_about_publication_gives_back_no_participation(school: School) -> None:
    """Who has taken back the consent to processing stays out, whatever they say of the site."""
    anna = school.enrol(ANNA, Role.MENTOR)
    own = school.session.scalars(select(Consent).filter_by(person_id=anna.person_id)).first()
    assert own is not None
    withdraw_consent(school.session, own.id, by=Actor.person(anna.person_id), now=NOW)

    says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id)

    assert anna.status is EnrolmentStatus.LEFT
    assert school.session.scalars(select(ErasureRequest)).one().cancelled_at is None


def test_a_school_that_was_opened_before_gets_the_new_texts_at_the_next_start(session: Session) -> None:
    """As an upgrade finds it: three kinds are there, one of them with the words of an older edition."""
    school = open_school(session)
    given = school.enrol(ANNA, Role.MENTOR)
    known = len(session.scalars(select(ConsentText)).all())

    def brought() -> int:
        session.info.clear()  # the command line works for all organisations at once
        found = bring_consents(session, by=Actor.system(Door.COMMAND_LINE), now=NOW)
        set_organisation(session, school.organisation.id)
        return found

    first = brought()
    kinds = {one.kind for one in session.scalars(select(ConsentText))}
    assert first >= len(PUBLICATION)
    assert kinds == set(ConsentKind)
    assert brought() == 0
    assert missing_for(session, [given.person_id]) == ()  # what was given under an older text stays given
    assert len(session.scalars(select(ConsentText)).all()) == known + first


def to_take_off(school: School) -> list[tuple[int, str]]:
    items = today(school.session, now=NOW).items
    return [
        (one.object_id, one.label) for item in items if item.kind is TodayKind.NAMES_ON_SITE for one in item.examples
    ]


def test_a_name_stays_a_matter_of_the_day_until_it_is_off_the_site(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    given = says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id)
    assert to_take_off(school) == []
    with pytest.raises(NotFound):
        say_name_removed(school.session, given, by=school.curator, now=NOW)

    withdraw_consent(school.session, given, by=Actor.person(anna.person_id), now=NOW)
    assert to_take_off(school) == [(given, "Лебедева Анна")]
    with pytest.raises(NotAllowed):
        say_name_removed(school.session, given, by=Actor.person(anna.person_id), now=NOW)
    for _ in range(2):
        say_name_removed(school.session, given, by=school.curator, now=NOW)

    assert to_take_off(school) == []
    assert len(school.session.scalars(select(AuditEntry).filter_by(act="consent.name_removed")).all()) == 1


def test_a_new_consent_leaves_the_name_on_the_site(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    given = says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id)
    withdraw_consent(school.session, given, by=Actor.person(anna.person_id), now=NOW)
    says(school, ConsentKind.PUBLICATION_ADULT, anna.person_id, anna.person_id)
    assert to_take_off(school) == []


def test_nothing_else_that_is_taken_back_is_on_the_site(school: School) -> None:
    anna = school.enrol(ANNA, Role.MENTOR)
    consent_id = says(school, ConsentKind.ADULT, anna.person_id, anna.person_id)
    withdraw_consent(school.session, consent_id, by=Actor.person(anna.person_id), now=NOW)
    assert to_take_off(school) == []
    with pytest.raises(NotFound):
        say_name_removed(school.session, consent_id, by=school.curator, now=NOW)
