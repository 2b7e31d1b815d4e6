"""Questions answered by people: who may be chosen, and how they are called."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import AnswerRefused
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Done, Picked, Problem, Screenful, Skipped, Toggled, Typed
from mentoring.rules.questionnaire import Raw as RawAnswer
from mentoring.rules.questions.parsing import parse_definition
from mentoring.use_cases.person_choices import naming_people
from mentoring.use_cases.questionnaires import answer_question, start_response
from mentoring.use_cases.responses import questionnaire_summary, response_view, submit_response
from storage.models.campaign import CampaignRecipient
from storage.models.person import Enrolment, Person
from storage.scope import set_organisation
from tests.rules.questionnaires import questionnaire
from tests.use_cases.campaigns import asked, campaign, surveyed
from tests.use_cases.forms import published
from tests.use_cases.school import ANNA, DARYA, IGOR, MILA, NOW, OLEG, TIMUR, School, open_school

WISH: dict[str, Any] = {"key": "wish", "kind": "person", "text": "С кем вам хотелось бы работать?"}
ANNA_SEEN, IGOR_SEEN, OLEG_SEEN = "Анна Сергеевна Лебедева", "Игорь Павлович Ветров", "Олег Титов"


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def preferences(school: School, role: str = "mentee", **fields: Any) -> None:
    published(school, questionnaire(WISH | fields) | {"key": "club", "role": role})


def choosing(school: School, who: Enrolment, present: list[Enrolment]) -> Screenful:
    people = [one.person_id for one in present]
    return surveyed(school, asked(school, campaign(school, present=people), who.person_id))


def offered(screen: Screenful) -> list[str]:
    assert screen.question is not None
    return [option.label for option in screen.question.options]


def tap(school: School, screen: Screenful, who: Enrolment, raw: RawAnswer) -> Screenful:
    by = Actor.person(who.person_id)
    return answer_question(school.session, screen.response_id, "wish", raw, by=by, now=NOW)


def value(one: Enrolment) -> str:
    return f"p{one.person_id}"


def test_a_mentee_chooses_among_the_mentors_who_were_there(school: School) -> None:
    preferences(school)
    timur, mila = school.enrol(TIMUR, Role.MENTEE), school.enrol(MILA, Role.MENTEE)
    anna, oleg = school.enrol(ANNA, Role.MENTOR), school.enrol(OLEG, Role.MENTOR)
    school.enrol(IGOR, Role.MENTOR)

    screen = choosing(school, timur, [anna, oleg, timur, mila])

    assert offered(screen) == [ANNA_SEEN, OLEG_SEEN]


def test_a_mentor_chooses_among_the_mentees(school: School) -> None:
    preferences(school, role="mentor")
    anna = school.enrol(ANNA, Role.MENTOR)
    there = [school.enrol(sketch, Role.MENTEE) for sketch in (TIMUR, MILA)]

    assert offered(choosing(school, anna, [anna, *there])) == ["Мила Крылова", "Тимур Асланов"]


def test_nobody_chooses_themselves(school: School) -> None:
    preferences(school, of="anyone")
    oleg = school.enrol(OLEG, Role.MENTOR)
    school.enrol(OLEG, Role.MENTEE, person=oleg.person)
    anna = school.enrol(ANNA, Role.MENTOR)

    assert offered(choosing(school, oleg, [oleg, anna])) == [ANNA_SEEN]


def test_without_a_list_everybody_approved_may_be_chosen(school: School) -> None:
    preferences(school)
    timur = school.enrol(TIMUR, Role.MENTEE)
    school.enrol(ANNA, Role.MENTOR)
    school.enrol(IGOR, Role.MENTOR, status=EnrolmentStatus.SUBMITTED)

    screen = start_response(
        school.session, "club", person_id=timur.person_id, by=Actor.person(timur.person_id), now=NOW
    )

    assert offered(screen) == [ANNA_SEEN]


def test_several_are_kept_in_the_order_of_choosing(school: School) -> None:
    preferences(school, several=True, limit=2)
    timur = school.enrol(TIMUR, Role.MENTEE)
    anna, igor, oleg = (school.enrol(sketch, Role.MENTOR) for sketch in (ANNA, IGOR, OLEG))
    screen = choosing(school, timur, [anna, igor, oleg])

    for one in (oleg, anna):
        screen = tap(school, screen, timur, Toggled(value(one), True))
    with pytest.raises(AnswerRefused) as refusal:
        tap(school, screen, timur, Toggled(value(igor), True))
    assert (refusal.value.problem, refusal.value.limits) == (Problem.TOO_MANY, {"limit": 2})
    tap(school, screen, timur, Toggled(value(oleg), False))
    tap(school, screen, timur, Toggled(value(igor), True))
    screen = tap(school, screen, timur, Done())

    assert screen.review[0].answer == f"{ANNA_SEEN}, {IGOR_SEEN}"
    submit_response(school.session, screen.response_id, by=Actor.person(timur.person_id), now=NOW)
    assert response_view(school.session, screen.response_id).rows[0].answer == f"{ANNA_SEEN}, {IGOR_SEEN}"


def test_a_name_may_be_typed_and_a_stranger_may_not(school: School) -> None:
    preferences(school)
    timur, anna, igor = (
        school.enrol(TIMUR, Role.MENTEE),
        school.enrol(ANNA, Role.MENTOR),
        school.enrol(IGOR, Role.MENTOR),
    )
    screen = choosing(school, timur, [anna])

    with pytest.raises(AnswerRefused):
        tap(school, screen, timur, Picked(value(igor)))

    assert tap(school, screen, timur, Typed("анна сергеевна лебедева")).review[0].answer == ANNA_SEEN


def test_somebody_who_was_chosen_and_left_stays_chosen_until_taken_back(school: School) -> None:
    preferences(school, several=True)
    timur, anna, igor = (
        school.enrol(TIMUR, Role.MENTEE),
        school.enrol(ANNA, Role.MENTOR),
        school.enrol(IGOR, Role.MENTOR),
    )
    screen = tap(school, choosing(school, timur, [anna, igor]), timur, Toggled(value(anna), True))
    anna.status = EnrolmentStatus.LEFT
    school.session.flush()

    screen = tap(school, screen, timur, Toggled(value(igor), True))
    assert offered(screen) == [ANNA_SEEN, IGOR_SEEN]

    assert offered(tap(school, screen, timur, Toggled(value(anna), False))) == [ANNA_SEEN, IGOR_SEEN]
    assert offered(tap(school, screen, timur, Toggled(value(igor), True))) == [IGOR_SEEN]


def test_an_erased_person_has_no_name_in_the_answers_of_others(school: School) -> None:
    preferences(school)
    timur, anna = school.enrol(TIMUR, Role.MENTEE), school.enrol(ANNA, Role.MENTOR)
    screen = tap(school, choosing(school, timur, [anna]), timur, Picked(value(anna)))
    submit_response(school.session, screen.response_id, by=Actor.person(timur.person_id), now=NOW)
    anna.person.erased_at = NOW
    school.session.flush()

    view = response_view(school.session, screen.response_id)

    assert view.rows[0].answer == view.submissions[0].rows[0].answer == "участник удалён"


def test_the_summary_says_who_was_named_how_often(school: School) -> None:
    preferences(school, several=True)
    anna, igor = school.enrol(ANNA, Role.MENTOR), school.enrol(IGOR, Role.MENTOR)
    for sketch, wanted in ((TIMUR, [igor]), (MILA, [igor, anna]), (DARYA, [igor])):
        who = school.enrol(sketch, Role.MENTEE)
        screen = choosing(school, who, [anna, igor])
        for one in wanted:
            tap(school, screen, who, Toggled(value(one), True))
        tap(school, screen, who, Done())
        submit_response(school.session, screen.response_id, by=Actor.person(who.person_id), now=NOW)

    summary = questionnaire_summary(school.session, "club").questions[0].summary

    assert [(count.label, count.n) for count in summary.counts] == [(IGOR_SEEN, 3), (ANNA_SEEN, 1)]


def test_with_nobody_to_choose_from_the_question_may_be_skipped(school: School) -> None:
    preferences(school)
    timur = school.enrol(TIMUR, Role.MENTEE)
    screen = choosing(school, timur, [])

    assert offered(screen) == []
    assert tap(school, screen, timur, Skipped()).review[0].answer == ""


def test_names_fit_a_button_and_namesakes_are_told_apart(school: School) -> None:
    long = school.enrol(("Константинопольская", "Александра", "Вениаминовна", ANNA[3], ANNA[4], ""), Role.MENTOR).person
    two = [
        school.enrol(("Титов", "Олег", "", OLEG[3], OLEG[4], place), Role.MENTEE).person for place in ("7 «Б»", "8 «А»")
    ]

    definition = parse_definition(questionnaire(WISH | {"several": True}))
    named = naming_people(school.session, definition, [{"wish": [f"p{person.id}" for person in (long, *two)]}])
    names = {option.value: option.label for option in named.questions[0].options}

    assert [names[f"p{person.id}"] for person in two] == ["Олег Титов, 7 «Б»", "Олег Титов, 8 «А»"]
    assert names[f"p{long.id}"] == "Александра Константинопольская"  # just thirty letters; with the patronymic more


def test_another_organisations_people_are_never_offered(school: School, session: Session) -> None:
    preferences(school)
    timur, anna = school.enrol(TIMUR, Role.MENTEE), school.enrol(ANNA, Role.MENTOR)
    recipient = asked(school, campaign(school, present=[anna.person_id]), timur.person_id)
    other = open_school(session, "Лицей «Компас»", "orlova")
    stranger = other.enrol(IGOR, Role.MENTOR)
    set_organisation(session, school.programme.organisation_id)
    recipient = session.get_one(CampaignRecipient, recipient.id)
    recipient.campaign.present = [anna.person_id, stranger.person_id]
    session.flush()

    assert offered(surveyed(school, recipient)) == [ANNA_SEEN]
    assert session.get(Person, stranger.person_id) is None
