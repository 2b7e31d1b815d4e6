"""Which fields of records a questionnaire may fill, and what it fills them with.

An answer given once is not asked again: names, class and phone go from the questionnaire to the person's own record.
"""

from dataclasses import dataclass

from mentoring.rules.people import PersonKind
from mentoring.rules.questions.definition import Answers, Definition, Value


@dataclass(frozen=True, slots=True)
class Fill:
    """``kinds`` of questions that may fill the field; ``values`` that its options may have (empty: any)."""

    kinds: frozenset[str]
    values: frozenset[str] = frozenset()


_WORDS = Fill(frozenset({"text"}))
MOST_MENTEES = 4  # of one pair (DESIGN §4)

FILLS: dict[str, Fill] = {
    "person.last_name": _WORDS,
    "person.first_name": _WORDS,
    "person.patronymic": _WORDS,
    "person.place": _WORDS,
    "person.birth_date": Fill(frozenset({"date"})),
    "person.phone": Fill(frozenset({"phone"})),
    "person.kind": Fill(frozenset({"one_of"}), frozenset(kind.value for kind in PersonKind)),
    "enrolment.capacity": Fill(frozenset({"one_of"}), frozenset(str(n) for n in range(1, MOST_MENTEES + 1))),
    "enrolment.form": Fill(frozenset({"one_of"})),
}


def filled_fields(definition: Definition, answers: Answers) -> dict[str, Value]:
    """``answers`` of visible questions only. A skipped question leaves the record as it is."""
    return {
        question.fills: answers[question.key]
        for question in definition.questions
        if question.fills and answers.get(question.key) is not None
    }
