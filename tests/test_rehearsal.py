"""What a curator walks through is what people see: the same engine, the same cards, and no rows."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring import rehearsal
from mentoring.question_card import Act, Card, Press, question_card, review_card
from mentoring.rules.errors import AnswerRefused
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Done, Picked, QuestionView, Raw, Screenful, Skipped, Toggled, Typed
from mentoring.rules.questions.parsing import parse_definition
from mentoring.use_cases.questionnaires import answer_question
from storage.models.person import Person
from storage.models.questionnaire import Response
from tests.counting import counted
from tests.rules.questionnaires import TODAY
from tests.use_cases.forms import begun, joining, published
from tests.use_cases.school import ANNA, NOW, open_school

TYPED = {"text": "Лебедева", "long_text": "Люблю физику", "date": "12.03.1981", "phone": "+79123456789", "number": "3"}


def drawn(screen: Screenful) -> Card:
    return question_card(screen, screen.question) if screen.question else review_card(screen)


def first_press(card: Card) -> Press | None:
    """The first answer, then «Готово» where one is marked already; None where words are asked for."""
    presses = [press for row in card.rows for press in row]
    marked = [press for press in presses if press.act is Act.TOGGLE and not press.chosen]
    wanted = (Act.FINISH,) if marked else (Act.PICK, Act.TOGGLE)
    return next((press for press in presses if press.act in wanted), None)


def as_answer(press: Press) -> Raw:
    if press.act is Act.TOGGLE:
        return Toggled(press.option, press.chosen)
    return {Act.FINISH: Done(), Act.SKIP: Skipped()}.get(press.act, Picked(press.option))


def words_for(asked: QuestionView) -> str:
    return TYPED[asked.kind]


@pytest.mark.parametrize("key", ["mentor_entry", "mentee_request"])
def test_each_card_of_the_walk_is_the_card_of_the_chat(session: Session, key: str) -> None:
    school = open_school(session)
    published(school, questionnaire_definitions()[key])
    anna = joining(school, ANNA, Role.MENTOR if key == "mentor_entry" else Role.MENTEE)
    blank(session, anna.person_id)
    chat = begun(school, anna, key)
    definition = rehearsal.rehearsed(parse_definition(questionnaire_definitions()[key]))
    standing, seen = rehearsal.beginning(definition), 0

    while chat.question is not None:
        walk = rehearsal.card_of(rehearsal.seen(definition, standing))
        assert drawn(chat) == walk, chat.question.key
        press = first_press(walk)
        if press is None:
            words = words_for(chat.question)
            raw: Raw = Typed(words)
            standing = rehearsal.typed(definition, standing, words, TODAY)
        else:
            raw = as_answer(press)
            standing = rehearsal.pressed(definition, standing, press, TODAY)
        by = Actor.person(anna.person_id)
        chat = answer_question(session, chat.response_id, chat.question.key, raw, by=by, now=NOW)
        seen += 1

    assert seen > 15
    assert rehearsal.card_of(rehearsal.seen(definition, standing)) == review_card(chat)


def blank(session: Session, person_id: int) -> None:
    """A record that answers nothing beforehand: nobody rehearses with one."""
    person = session.get_one(Person, person_id)
    person.kind = None
    person.last_name = person.first_name = person.patronymic = person.place = ""
    session.flush()


def test_a_walk_writes_nothing(session: Session) -> None:
    school = open_school(session)
    published(school)
    session.flush()
    definition = parse_definition(questionnaire_definitions()["mentor_entry"])

    with counted(session) as statements:
        standing = rehearsal.beginning(definition)
        standing = rehearsal.pressed(definition, standing, Press("", Act.PICK, "kind", "teacher"), TODAY)

        assert rehearsal.seen(definition, standing).number == 2
    assert statements == []
    assert session.scalar(select(func.count(Response.id))) == 0


def test_a_wrong_word_is_refused_as_in_the_chat() -> None:
    definition = parse_definition(questionnaire_definitions()["mentor_entry"])
    standing = rehearsal.beginning(definition)

    with pytest.raises(AnswerRefused):
        rehearsal.typed(definition, standing, "космонавт", TODAY)


def test_people_are_invented_where_people_are_asked_for() -> None:
    definition = rehearsal.rehearsed(parse_definition(questionnaire_definitions()["preferences_mentee"]))
    asked = next(question for question in definition.questions if question.kind == "person")

    assert len(asked.options) == len(rehearsal.INVENTED)


def test_one_question_is_shown_while_its_neighbour_is_broken() -> None:
    raw = questionnaire_definitions()["mentor_entry"]
    broken = {**raw, "question": [{**raw["question"][0], "text": ""}, *raw["question"][1:]]}

    assert rehearsal.sample(broken, "kind") is None
    card = rehearsal.sample(broken, "last_name")
    assert card is not None
    assert card.paragraphs[0][0].text == f"Вопрос 2 из {len(raw['question'])}"
