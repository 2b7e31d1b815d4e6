"""The curator writes the next version: kept as it goes, published only when sound, never touching what was answered."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import DefinitionBroken, DraftExists, NotAllowed, NotFound, TextEmpty
from mentoring.rules.people import Actor
from mentoring.rules.questions.editing import HeadEdit, QuestionEdit
from mentoring.rules.questions.parsing import Fault
from mentoring.use_cases.questionnaire_drafts import (
    DraftView,
    add_question,
    copy_questionnaire,
    draft_view,
    drop_draft,
    move_question,
    new_questionnaire,
    open_draft,
    publish_draft,
    remove_question,
    return_question,
    save_head,
    save_question,
)
from mentoring.use_cases.questionnaire_files import draft_file, questionnaire_file, take_file, written
from mentoring.use_cases.questionnaire_library import (
    hide_questionnaire,
    library,
    published_definition,
    questionnaire_card,
    show_questionnaire,
)
from mentoring.use_cases.questionnaires import current_step
from mentoring.use_cases.responses import submit_response
from storage.append_only import EvidenceTouched
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion, Response
from tests.rules.questionnaires import CLUB
from tests.use_cases.forms import begun, filled_in, joining, published
from tests.use_cases.school import MILA, NOW, TIMUR, School, open_school

LATER = NOW + timedelta(days=1)
HEAD = HeadEdit("Кружок", "Это увидит куратор.", "3", "mentor", "survey", "pair", "", "")


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


@pytest.fixture
def curator(school: School) -> dict[str, Any]:
    return {"by": school.curator, "now": LATER}


def texts(draft: DraftView) -> list[str]:
    return [one["text"] for one in draft.raw["question"]]


def test_the_draft_is_one_and_is_gone_on_with(school: School, curator: dict[str, Any]) -> None:
    published(school)
    open_draft(school.session, "club", **curator)
    add_question(school.session, "club", "text", "Что ещё?", **curator)

    again = open_draft(school.session, "club", **curator)

    assert texts(again)[-1] == "Что ещё?"
    versions = select(func.count(QuestionnaireVersion.id)).where(QuestionnaireVersion.published_at.is_(None))
    assert school.session.scalar(versions) == 1


def test_nobody_answers_a_draft_and_who_is_in_the_middle_keeps_theirs(school: School, curator: dict[str, Any]) -> None:
    published(school)
    timur = begun(school, joining(school, TIMUR))
    open_draft(school.session, "club", **curator)
    save_question(school.session, "club", "name", QuestionEdit(kind="text", text="Ваше имя целиком?"), **curator)
    mila = begun(school, joining(school, MILA))
    assert mila.question
    assert mila.question.text == "Как вас зовут?"

    made = publish_draft(school.session, "club", **curator)

    assert (made.number, made.changed) == (2, True)
    person = school.session.scalars(select(Questionnaire)).one()
    assert person.title == "Кружок"
    for screen in (timur, mila):
        step = current_step(school.session, screen.response_id, person_id=_person_of(school, screen.response_id))
        assert step.question
        assert step.question.text == "Как вас зовут?"
    assert published_definition(school.session, "club")[1]["question"][0]["text"] == "Ваше имя целиком?"
    assert published_definition(school.session, "club", 1)[1] == CLUB


def test_a_broken_draft_is_kept_and_refused_with_the_place(school: School, curator: dict[str, Any]) -> None:
    published(school)
    open_draft(school.session, "club", **curator)
    move_question(school.session, "club", "robots", -1, **curator)
    kept = move_question(school.session, "club", "robots", -1, **curator)

    assert [(flaw.number, flaw.reason) for flaw in kept.flaws] == [(1, Fault.CONDITION_ON_LATER)]
    with pytest.raises(DefinitionBroken) as refused:
        publish_draft(school.session, "club", **curator)

    assert refused.value.place == "question[1].show_if"
    assert draft_view(school.session, "club").raw["question"][0]["key"] == "robots"
    assert published_definition(school.session, "club")[0] == 1


def test_a_draft_without_changes_makes_no_version(school: School, curator: dict[str, Any]) -> None:
    published(school)
    opened = open_draft(school.session, "club", **curator)
    likes = opened.raw["question"][1]
    labels = tuple(one["label"] for one in likes["options"])
    save_question(school.session, "club", "likes", QuestionEdit("one_of", likes["text"], options=labels), **curator)

    made = publish_draft(school.session, "club", **curator)

    assert (made.number, made.changed) == (1, False)
    with pytest.raises(NotFound):
        draft_view(school.session, "club")


def test_a_removed_question_comes_back_with_its_key(school: School, curator: dict[str, Any]) -> None:
    published(school)
    open_draft(school.session, "club", **curator)
    removed = remove_question(school.session, "club", "likes", **curator)
    assert [one["key"] for one in removed.removed] == ["likes"]
    assert {flaw.reason for flaw in removed.flaws} == {Fault.CONDITION_ON_UNKNOWN}

    back = return_question(school.session, "club", "likes", **curator)

    assert back.raw["question"][-1] == CLUB["question"][1]
    assert back.removed == ()


def test_a_new_question_never_takes_a_key_that_was_answered(school: School, curator: dict[str, Any]) -> None:
    published(school, question=[{"key": "chto_esche", "kind": "scale", "text": "Что ещё?"}])
    published(school, question=CLUB["question"][:1])
    open_draft(school.session, "club", **curator)

    assert add_question(school.session, "club", "text", "Что ещё?", **curator) == "chto_esche_2"


def test_whom_a_published_questionnaire_asks_is_settled(school: School, curator: dict[str, Any]) -> None:
    published(school)
    open_draft(school.session, "club", **curator)

    saved = save_head(school.session, "club", replace(HEAD, title="Наш кружок"), **curator)

    assert (saved.raw["title"], saved.raw["minutes"]) == ("Наш кружок", 3)
    assert saved.raw["role"] == "mentee"
    assert "form" not in saved.raw


def test_a_questionnaire_of_ones_own_is_made_and_answered(school: School, curator: dict[str, Any]) -> None:
    key = new_questionnaire(school.session, "Что нравится в кружке", role="mentee", use="other", **curator)
    assert [flaw.reason for flaw in draft_view(school.session, key).flaws] == [Fault.NO_QUESTIONS]
    question = add_question(school.session, key, "one_of", "Что нравится?", **curator)
    save_question(
        school.session, key, question, QuestionEdit("one_of", "Что нравится?", options=("Роботы", "Люди")), **curator
    )
    publish_draft(school.session, key, **curator)

    timur = joining(school, TIMUR)
    filled_in(school, begun(school, timur, key), timur.person_id, **{question: "lyudi"})

    assert key == "chto_nravitsya_v"
    row = next(row for row in library(school.session) if row.key == key)
    assert (row.use, row.number, row.questions, row.source) == ("other", 1, 1, "ours")


def test_a_copy_is_a_draft_of_its_own(school: School, curator: dict[str, Any]) -> None:
    published(school)

    key = copy_questionnaire(school.session, "club", "Кружок робототехники", **curator)

    copy = draft_view(school.session, key).raw
    assert (key, copy["title"], copy["question"]) == ("kruzhok_robototehniki", "Кружок робототехники", CLUB["question"])
    assert published_definition(school.session, "club")[1] == CLUB
    with pytest.raises(NotFound):
        published_definition(school.session, key)


def test_two_of_one_name_are_two(school: School, curator: dict[str, Any]) -> None:
    keys = [new_questionnaire(school.session, "Кружок", role="mentee", use="other", **curator) for _ in range(2)]

    assert keys == ["kruzhok", "kruzhok_2"]
    with pytest.raises(TextEmpty):
        new_questionnaire(school.session, "  ", role="mentee", use="other", **curator)


def test_a_dropped_draft_leaves_what_is_published(school: School, curator: dict[str, Any]) -> None:
    published(school)
    open_draft(school.session, "club", **curator)
    own = new_questionnaire(school.session, "Своя", role="mentee", use="other", **curator)

    assert drop_draft(school.session, "club", **curator) is True
    assert drop_draft(school.session, own, **curator) is False

    assert [row.key for row in library(school.session)] == ["club"]
    assert published_definition(school.session, "club")[1] == CLUB


def test_a_version_that_came_by_file_does_not_push_the_draft_aside(school: School, curator: dict[str, Any]) -> None:
    published(school)
    open_draft(school.session, "club", **curator)
    add_question(school.session, "club", "text", "Что ещё?", **curator)
    assert published(school, question=CLUB["question"][:1]) == 3

    made = publish_draft(school.session, "club", **curator)

    assert made.number == 4
    numbers = select(QuestionnaireVersion.number).order_by(QuestionnaireVersion.number)
    assert school.session.scalars(numbers).all() == [1, 3, 4]


def test_a_published_version_is_never_rewritten(school: School) -> None:
    published(school)
    version = school.session.scalars(select(QuestionnaireVersion)).one()
    version.definition = {}

    with pytest.raises(EvidenceTouched):
        school.session.flush()


def test_a_head_of_the_organisation_and_strangers_change_nothing(school: School, curator: dict[str, Any]) -> None:
    published(school)
    person = joining(school, TIMUR).person_id

    for act in (open_draft, hide_questionnaire, publish_draft, drop_draft):
        with pytest.raises(NotAllowed):
            act(school.session, "club", by=Actor.person(person), now=NOW)


def test_hidden_means_not_used_and_nothing_is_lost(school: School, curator: dict[str, Any]) -> None:
    published(school, question=CLUB["question"][:1])
    timur = joining(school, TIMUR)
    screen = filled_in(school, begun(school, timur), timur.person_id, name="Тимур")
    submit_response(school.session, screen.response_id, by=Actor.person(timur.person_id), now=NOW)

    hide_questionnaire(school.session, "club", **curator)
    hide_questionnaire(school.session, "club", **curator)
    card = questionnaire_card(school.session, "club")

    assert (card.hidden, card.sent, card.versions[0].sent) == (True, 1, 1)
    show_questionnaire(school.session, "club", **curator)
    assert questionnaire_card(school.session, "club").hidden is False
    assert school.acts("questionnaire") == ["questionnaire.hidden", "questionnaire.shown"]


def test_the_questionnaire_by_which_people_come_in_stays_in_use(school: School, curator: dict[str, Any]) -> None:
    published(school, key="mentor_entry")

    with pytest.raises(NotAllowed):
        hide_questionnaire(school.session, "mentor_entry", **curator)


def test_a_file_becomes_a_draft_and_never_a_version(school: School, curator: dict[str, Any]) -> None:
    published(school)
    text = questionnaire_file(school.session, "club").text.replace("Как вас зовут?", "Ваше имя?")

    assert take_file(school.session, text.encode(), **curator) == "club"

    assert texts(draft_view(school.session, "club"))[0] == "Ваше имя?"
    assert published_definition(school.session, "club")[0] == 1
    with pytest.raises(DraftExists):
        take_file(school.session, text.encode(), **curator)
    take_file(school.session, text.replace("Ваше имя?", "А имя?").encode(), replace=True, **curator)
    assert texts(draft_view(school.session, "club"))[0] == "А имя?"


def test_a_file_from_another_school_becomes_a_questionnaire(school: School, curator: dict[str, Any]) -> None:
    take_file(school.session, written({**CLUB, "key": "guest"}).encode(), **curator)

    assert [(row.key, row.number) for row in library(school.session)] == [("guest", 0)]
    assert draft_file(school.session, "guest").name == "Кружок, черновик.toml"


def _person_of(school: School, response_id: int) -> int:
    return school.session.get_one(Response, response_id).person_id
