"""Sheets of paper: printed with a code, typed in under it."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import AnswersRefused, ConsentsMissing, NotAllowed, NotFound, OutOfDate, ValueWrong
from mentoring.rules.paper_codes import SIGNS
from mentoring.rules.people import Actor, Door, Role
from mentoring.rules.questionnaire import ResponseState, Typed
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.paper import enter_paper
from mentoring.use_cases.paper_codes import find_code, subject_of_code
from mentoring.use_cases.paper_definitions import published_definition
from mentoring.use_cases.paper_prints import (
    FormToPrint,
    campaign_paper,
    print_campaign,
    print_entry,
    print_meeting,
    print_recipient,
)
from mentoring.use_cases.paper_tasks import paper_task, subject_of_meeting, subject_of_recipient
from mentoring.use_cases.privacy import ask_erasure, erase_person
from mentoring.use_cases.questionnaires import answer_question, reopen_response
from mentoring.use_cases.responses import response_view
from storage.models.campaign import CampaignRecipient, PaperCode
from storage.models.questionnaire import Answer, QuestionnaireVersion, Response
from tests.rules.questionnaires import CLUB
from tests.use_cases.campaigns import asked, campaign, sheets, surveyed
from tests.use_cases.forms import published
from tests.use_cases.school import ANNA, MILA, NOW, TIMUR, VERA, School, open_school

LATER = NOW + timedelta(hours=1)
ROBOTS = {"name": "Тимур", "likes": "Роботы", "robots": ["1", "3"], "note": ""}
FEEDBACK: dict[str, Any] = {**CLUB, "question": [{"key": "useful", "kind": "scale", "text": "Полезно?"}]}


@pytest.fixture
def school(session: Session) -> School:
    school = open_school(session)
    published(school)
    return school


@pytest.fixture
def paper(school: School) -> Actor:
    return Actor.curator(school.account.id, Door.PAPER)


def one(school: School, **fields: Any) -> CampaignRecipient:
    timur = school.enrol(TIMUR, Role.MENTEE)
    return asked(school, campaign(school, **fields), timur.person_id, enrolment_id=timur.id)


def printed(school: School, recipient: CampaignRecipient) -> FormToPrint:
    return print_recipient(school.session, recipient.id, by=school.curator, now=NOW)[0]


def typed_in(school: School, code: str, answers: dict[str, Any], by: Actor) -> Any:
    subject = subject_of_code(school.session, find_code(school.session, code))
    return enter_paper(school.session, subject, answers, by=by, now=LATER)


def renewed(school: School) -> None:
    """A new version of the club's questionnaire, with other questions."""
    changed = deepcopy(CLUB)
    changed["question"] = [{"key": "mood", "kind": "text", "text": "Как настроение?"}]
    published(school, changed)


def test_a_sheet_typed_in_by_its_code_is_the_persons_answer_in_the_campaign(school: School, paper: Actor) -> None:
    recipient = one(school)
    form = printed(school, recipient)

    entered = typed_in(school, form.code.lower().replace("-", " "), ROBOTS, paper)

    response = school.session.get_one(Response, entered.response_id)
    assert (response.person_id, response.campaign_id) == (recipient.person_id, recipient.campaign_id)
    assert (response.door, response.entered_by_account_id) == (Door.PAPER, school.account.id)
    assert {row.key: row.answer for row in response_view(school.session, response.id).rows}["robots"] == "Машину, Дрон"
    assert (recipient.state, recipient.response_id) == (RecipientState.ANSWERED, response.id)


def test_a_form_carries_no_surname(school: School) -> None:
    form = printed(school, one(school))

    assert (form.who, form.place) == ("Тимур А.", "10 «А»")


def test_the_printed_version_is_kept_when_a_newer_one_was_published(school: School, paper: Actor) -> None:
    form = printed(school, one(school))
    renewed(school)

    entered = typed_in(school, form.code, ROBOTS, paper)

    response = school.session.get_one(Response, entered.response_id)
    assert school.session.get_one(QuestionnaireVersion, response.version_id).number == 1
    assert {answer.key for answer in response.answers} == {"name", "likes", "robots", "note"}


def test_a_sheet_takes_the_place_of_what_was_begun_in_the_chat_in_another_version(school: School, paper: Actor) -> None:
    recipient = one(school)
    form = printed(school, recipient)
    renewed(school)
    screen = surveyed(school, recipient)
    by = Actor.person(recipient.person_id)
    answer_question(school.session, screen.response_id, "mood", Typed("Так себе"), by=by, now=NOW)
    subject = subject_of_code(school.session, find_code(school.session, form.code))
    assert paper_task(school.session, subject).begun == 1

    entered = typed_in(school, form.code, ROBOTS, paper)

    assert entered.response_id == screen.response_id
    assert [row.key for row in response_view(school.session, screen.response_id).rows] == [
        "name",
        "likes",
        "robots",
        "note",
    ]


def test_what_was_sent_once_and_returned_keeps_its_version(school: School, paper: Actor) -> None:
    recipient = one(school)
    entered = typed_in(school, printed(school, recipient).code, ROBOTS, paper)
    renewed(school)
    newer = printed(school, recipient)
    reopen_response(school.session, entered.response_id, by=school.curator, now=LATER)

    typed_in(school, newer.code, {**ROBOTS, "robots": ["2"]}, paper)

    view = response_view(school.session, entered.response_id)
    assert [row.answer for row in view.rows] == ["Тимур", "Роботы", "Руку, которая берёт", ""]
    assert len(view.submissions) == 2


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(school: School, paper: Actor) -> None:
    form = printed(school, one(school))

    with pytest.raises(AnswersRefused) as refused, school.session.begin_nested():
        typed_in(school, form.code, {"name": "", "likes": "Роботы", "robots": ["1", "2", "3"]}, paper)

    assert set(refused.value.refusals) == {"name", "robots"}
    assert school.session.scalar(select(func.count(Answer.id))) == 0


def test_a_sheet_comes_in_after_the_campaign_has_closed(school: School, paper: Actor) -> None:
    recipient = one(school)
    form = printed(school, recipient)
    recipient.campaign.state = CampaignState.CLOSED
    school.session.flush()

    typed_in(school, form.code, ROBOTS, paper)

    assert recipient.state is RecipientState.ANSWERED


def test_an_anonymous_sheet_keeps_no_name_and_cannot_be_typed_in_twice(school: School, paper: Actor) -> None:
    recipient = one(school, anonymous=True)
    form = printed(school, recipient)
    assert form.anonymous

    entered = typed_in(school, form.code, ROBOTS, paper)

    assert entered.response_id is None
    assert sheets(school) == [{"name": "Тимур", "likes": "robots", "robots": ["car", "drone"], "note": None}]
    assert school.session.scalar(select(func.count(Response.id))) == 0
    assert (recipient.state, recipient.answered_at) == (RecipientState.ANSWERED, None)
    with pytest.raises(OutOfDate):
        typed_in(school, form.code, ROBOTS, paper)
    assert paper_task(school.session, subject_of_recipient(school.session, recipient.id)).answered


def test_a_wrong_anonymous_sheet_is_refused_whole(school: School, paper: Actor) -> None:
    recipient = one(school, anonymous=True)

    with pytest.raises(AnswersRefused):
        typed_in(school, printed(school, recipient).code, {"likes": "Цирк"}, paper)

    assert sheets(school) == []
    assert recipient.state is RecipientState.WAITING


def test_the_same_form_printed_again_has_the_same_code(school: School) -> None:
    recipient = one(school)

    assert printed(school, recipient).code == printed(school, recipient).code
    renewed(school)
    assert len({printed(school, recipient).code for _ in range(2)}) == 1
    assert school.session.scalar(select(func.count(PaperCode.id))) == 2  # one for each version


def test_a_campaign_prints_only_for_those_who_have_not_answered(school: School, paper: Actor) -> None:
    first = one(school)
    mila = school.enrol(MILA, Role.MENTEE)
    asked(school, first.campaign, mila.person_id, enrolment_id=mila.id)
    assert campaign_paper(school.session, first.campaign_id).forms == 2
    everybody = print_campaign(school.session, first.campaign_id, by=school.curator, now=NOW)
    assert [form.who for form in everybody] == ["Тимур А.", "Мила К."]
    assert len({form.code for form in everybody}) == 2

    typed_in(school, everybody[0].code, ROBOTS, paper)

    assert [form.who for form in print_campaign(school.session, first.campaign_id, by=school.curator, now=NOW)] == [
        "Мила К."
    ]


def test_a_mistyped_code_and_an_unknown_one_are_told_apart(school: School) -> None:
    code = printed(school, one(school)).code
    wrong = SIGNS[(SIGNS.index(code[0]) + 1) % len(SIGNS)] + code[1:]

    with pytest.raises(ValueWrong):
        find_code(school.session, wrong)
    school.session.delete(school.session.scalars(select(PaperCode)).one())
    school.session.flush()
    with pytest.raises(NotFound):
        find_code(school.session, code)


def test_another_organisations_code_opens_nothing(school: School) -> None:
    code = printed(school, one(school)).code
    open_school(school.session, "Лицей «Парус»", "orlova")

    with pytest.raises(NotFound):
        find_code(school.session, code)


def test_a_code_of_an_erased_person_opens_nothing(school: School) -> None:
    recipient = one(school)
    code = printed(school, recipient).code
    request = ask_erasure(school.session, recipient.person_id, by=school.curator, now=NOW)
    erase_person(school.session, request.request_id, by=school.curator, now=NOW)

    with pytest.raises(NotFound):
        find_code(school.session, code)


def test_feedback_of_a_meeting_is_printed_for_both_and_typed_in(school: School, paper: Actor) -> None:
    for role in Role:
        published(school, FEEDBACK, key=f"feedback_first_{role}", role=role.value)
    anna, mila = school.enrol(ANNA, Role.MENTOR), school.enrol(MILA, Role.MENTEE)
    pair_id = school.paired(anna, mila)
    held = log_meeting(
        school.session, pair_id, held_at=NOW - timedelta(hours=2), by=Actor.person(anna.person_id), now=NOW
    )

    forms = print_meeting(school.session, held.meeting_id, by=school.curator, now=NOW)

    assert sorted(form.who for form in forms) == ["Анна Сергеевна Л.", "Мила К."]
    assert {form.others for form in forms} == {("Анна Сергеевна Л.", "Мила К.")}
    milas = next(form for form in forms if form.who == "Мила К.")
    entered = typed_in(school, milas.code, {"useful": "9"}, paper)
    response = school.session.get_one(Response, entered.response_id)
    assert (response.person_id, response.meeting_id) == (mila.person_id, held.meeting_id)
    assert [form.who for form in print_meeting(school.session, held.meeting_id, by=school.curator, now=NOW)] == [
        "Анна Сергеевна Л."
    ]
    assert subject_of_meeting(school.session, held.meeting_id, anna.person_id).person_id == anna.person_id


def test_a_parent_is_asked_about_the_child_by_name(school: School) -> None:
    published(school, CLUB, key="parent_survey", role="guardian")
    mila = school.enrol(MILA, Role.MENTEE)
    vera = school.guardian(mila.person, VERA)
    recipient = asked(school, campaign(school, "parent_survey"), vera.id, enrolment_id=mila.id)

    form = printed(school, recipient)

    assert (form.who, form.child) == ("Вера Андреевна К.", "Мила К.")


def test_people_to_choose_from_stand_on_the_form_of_a_named_person_only(school: School, paper: Actor) -> None:
    whom = {"key": "whom", "kind": "person", "text": "С кем хотите работать?", "of": "anyone", "optional": True}
    published(school, {**CLUB, "question": [whom]}, key="preferences_mentee")
    anna, timur = school.enrol(ANNA, Role.MENTOR), school.enrol(TIMUR, Role.MENTEE)
    meeting = campaign(school, "preferences_mentee", present=[anna.person_id, timur.person_id])
    recipient = asked(school, meeting, timur.person_id, enrolment_id=timur.id)

    form = printed(school, recipient)

    assert [one.label for one in form.definition.questions[0].options] == ["Анна Сергеевна Лебедева"]
    assert published_definition(school.session, "preferences_mentee").questions[0].options == ()
    entered = typed_in(school, form.code, {"whom": "Анна Сергеевна Лебедева"}, paper)
    answer = school.session.scalars(select(Answer).where(Answer.response_id == entered.response_id)).one()
    assert answer.value == f"p{anna.person_id}"


def test_the_entry_questionnaire_is_printed_with_a_code_too(school: School, paper: Actor) -> None:
    published(school, CLUB, key="mentee_request")
    timur = school.enrol(TIMUR, Role.MENTEE)

    (form,) = print_entry(school.session, timur.id, by=school.curator, now=NOW)

    entered = typed_in(school, form.code, ROBOTS, paper)
    assert school.session.get_one(Response, entered.response_id).enrolment_id == timur.id


def test_no_sheet_comes_in_before_the_consent(school: School, paper: Actor) -> None:
    timur = school.enrol(TIMUR, Role.MENTEE, consents=False)
    recipient = asked(school, campaign(school), timur.person_id, enrolment_id=timur.id)

    with pytest.raises(ConsentsMissing):
        typed_in(school, printed(school, recipient).code, ROBOTS, paper)


def test_what_is_sent_already_is_not_typed_in_again(school: School, paper: Actor) -> None:
    recipient = one(school)
    code = printed(school, recipient).code
    typed_in(school, code, ROBOTS, paper)

    with pytest.raises(OutOfDate):
        typed_in(school, code, ROBOTS, paper)
    assert paper_task(school.session, subject_of_code(school.session, find_code(school.session, code))).answered


def test_only_curators_print_and_type_in(school: School) -> None:
    recipient = one(school)
    timur = Actor.person(recipient.person_id)

    with pytest.raises(NotAllowed):
        print_campaign(school.session, recipient.campaign_id, by=timur, now=NOW)
    with pytest.raises(NotAllowed):
        print_recipient(school.session, recipient.id, by=timur, now=NOW)


def test_a_draft_of_the_chat_stays_when_the_sheet_is_wrong(school: School, paper: Actor) -> None:
    recipient = one(school)
    begin_survey(school.session, recipient.id, by=Actor.person(recipient.person_id), now=NOW)
    response_id = recipient.response_id

    with pytest.raises(AnswersRefused), school.session.begin_nested():
        typed_in(school, printed(school, recipient).code, {}, paper)

    assert school.session.get_one(Response, response_id).state is ResponseState.DRAFT
