"""Questions answered by people: who may be chosen, and who was."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from mentoring.rules.people import Role
from mentoring.rules.questions.definition import Answers, Definition, Option, Question
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import LABEL_LIMIT
from mentoring.rules.questions.words import GONE
from mentoring.use_cases.pair_views import introduced
from storage.models.person import Person
from storage.queries.people_to_choose import people_by_id, people_to_choose

KIND = "person"
SIDES = {"mentors": Role.MENTOR, "mentees": Role.MENTEE, "anyone": None}
OTHER_SIDE = {"mentor": "mentees", "mentee": "mentors"}


def asks_for_people(definition: Definition) -> bool:
    return any(question.kind == KIND for question in definition.questions)


def with_people(
    session: Session,
    definition: Definition,
    *,
    person_id: int | None,
    campaign_id: int | None = None,
    answers: Answers | None = None,
) -> Definition:
    """The definition as this person answers it: each `person` question lists whom they may choose, never themselves.

    People come from the campaign's list of those present, or, where there is none, from the approved participants.
    Somebody chosen before who is not among them any more stays listed while they are chosen. A question with nobody to
    choose from may be skipped.
    """
    if not asks_for_people(definition):
        return definition
    given = answers or {}
    before = {person.id: person for person in people_by_id(session, _named(definition, [given]))}

    def listed(question: Question) -> Question:
        side = SIDES[question.of or OTHER_SIDE.get(definition.role, "anyone")]
        people = [one for one in people_to_choose(session, campaign_id, side) if one.id != person_id]
        chosen = _ids(question, given) - {one.id for one in people}
        options = _options([*people, *(before[key] for key in sorted(chosen & before.keys()))])
        return replace(question, options=options, optional=question.optional or not options)

    return _changed(definition, listed)


def naming_people(session: Session, definition: Definition, sheets: Iterable[Answers]) -> Definition:
    """The definition for reading: its `person` questions know the names of those who were chosen in these answers."""
    if not asks_for_people(definition):
        return definition
    options = _options(people_by_id(session, _named(definition, sheets)))
    return _changed(definition, lambda question: replace(question, options=options))


def _changed(definition: Definition, change: Callable[[Question], Question]) -> Definition:
    questions = tuple(change(one) if one.kind == KIND else one for one in definition.questions)
    return replace(definition, questions=questions)


def _named(definition: Definition, sheets: Iterable[Answers]) -> set[int]:
    asked = [question for question in definition.questions if question.kind == KIND]
    return {key for answers in sheets for question in asked for key in _ids(question, answers)}


def _ids(question: Question, answers: Answers) -> set[int]:
    value = answers.get(question.key)
    return set() if value is None else {int(token[1:]) for token in KINDS[KIND].tokens(value)}


def _options(people: Sequence[Person]) -> tuple[Option, ...]:
    """In the order of names. Namesakes are told apart by their class or place."""
    names = {person.id: _name(person) for person in people}
    met = Counter(names.values())
    options = [
        Option(
            f"p{person.id}", _told_apart(person, names[person.id]) if met[names[person.id]] > 1 else names[person.id]
        )
        for person in people
    ]
    return tuple(sorted(options, key=lambda option: (option.label.casefold(), option.value)))


def _name(person: Person) -> str:
    if person.erased_at:
        return GONE
    name = introduced(person)
    if len(name) > LABEL_LIMIT:
        name = f"{person.first_name} {person.last_name}"
    return _cut(name)


def _told_apart(person: Person, name: str) -> str:
    where = person.place[: LABEL_LIMIT // 2]
    return f"{name[: LABEL_LIMIT - len(where) - 2].rstrip()}, {where}" if where else name


def _cut(name: str) -> str:
    return name if len(name) <= LABEL_LIMIT else f"{name[: LABEL_LIMIT - 1].rstrip()}…"
