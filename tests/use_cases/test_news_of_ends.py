"""Whatever ends a pair: the sentences that people read then are whole, and blame nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.notices import render
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor, Role
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.consents import withdraw_consent
from mentoring.use_cases.enrolment import leave_programme
from mentoring.use_cases.erasure import erase_person
from mentoring.use_cases.meetings import my_meetings, plan_meeting
from mentoring.use_cases.notice_facts import facts_of
from mentoring.use_cases.notices import DueNotice, NoticeToSend
from mentoring.use_cases.pairs import confirm_pair, start_trial
from mentoring.use_cases.privacy import ask_erasure
from storage.models.consent import Consent
from tests.use_cases.school import ANNA, MILA, NOW, VERA, School, days, open_school

LATER = NOW + timedelta(hours=1)


class Story:
    """Анна and Мила, whose mother is Вера, with a meeting ahead."""

    def __init__(self, school: School, *, on_trial: bool) -> None:
        self.school, self.session = school, school.session
        self.anna, self.mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
        self.vera = school.guardian(self.mila.person, VERA)
        self.pair_id = school.agreed(self.anna, self.mila)
        (start_trial if on_trial else confirm_pair)(self.session, self.pair_id, by=school.curator, now=NOW)
        at = NOW + days(3)
        plan_meeting(self.session, self.pair_id, starts_at=at, place_kind=PlaceKind.ONLINE, by=school.curator, now=NOW)
        self.before = max(one.id for one in school.notices())

    def told(self) -> dict[tuple[NoticeKind, int], str]:
        """What is read by whom, an hour later."""
        self.session.flush()
        self.session.expire_all()
        new = [one for one in self.school.notices() if one.id > self.before]
        due = [DueNotice(one.id, one.organisation_id, one.person_id, one.kind, one.payload, 0, None) for one in new]
        facts = facts_of(self.session, due, now=LATER)
        return {
            (one.kind, one.person_id): str(
                render(
                    NoticeToSend(one.id, one.kind, one.person_id, one.organisation_id, "telegram", "1", facts[one.id])
                ).text
            )
            for one in new
            if one.id in facts
        }


def guardian_withdraws(story: Story) -> None:
    consent = story.session.scalars(select(Consent).where(Consent.person_id == story.mila.person_id)).one()
    withdraw_consent(story.session, consent.id, by=Actor.person(story.vera.id), now=LATER)


def erased(story: Story, person_id: int) -> None:
    asked = ask_erasure(story.session, person_id, by=story.school.curator, now=LATER)
    erase_person(story.session, asked.request_id, by=story.school.curator, now=LATER)


def mentee_erased(story: Story) -> None:
    erased(story, story.mila.person_id)


def mentor_erased(story: Story) -> None:
    erased(story, story.anna.person_id)


def mentor_leaves(story: Story) -> None:
    leave_programme(story.session, story.anna.id, by=Actor.person(story.anna.person_id), now=LATER)


@pytest.mark.parametrize("on_trial", [True, False])
@pytest.mark.parametrize("happens", [guardian_withdraws, mentee_erased, mentor_erased, mentor_leaves])
def test_every_sentence_is_whole_and_says_what_is_cancelled(
    session: Session, happens: Callable[[Story], None], on_trial: bool
) -> None:
    story = Story(open_school(session), on_trial=on_trial)

    happens(story)

    told = story.told()
    ended = [text for (kind, _), text in told.items() if kind is NoticeKind.PERSON_PAIR_ENDED]
    assert len(ended) == 1
    assert all("Назначенные встречи отменены: 1." in text for text in ended)
    for text in told.values():
        assert not [bad for bad in (": .", ": ,", "  ", "None", "()") if bad in text], text


def test_a_child_whose_parent_took_the_consent_back_hears_that_the_meeting_is_off(session: Session) -> None:
    story = Story(open_school(session), on_trial=False)

    guardian_withdraws(story)

    said = story.told()[NoticeKind.MINOR_GUARDIAN_REFUSED, story.mila.person_id]
    assert said.endswith("Назначенные встречи отменены, в паре об этом узнают.")
    assert "вашей вины в этом нет" in said


def test_the_meetings_with_somebody_erased_have_a_word_for_them(session: Session) -> None:
    story = Story(open_school(session), on_trial=False)
    mentor_erased(story)
    story.session.expire_all()

    (meeting,) = my_meetings(story.session, story.mila.person_id, now=LATER).past

    assert meeting.other_name == "бывший участник"
