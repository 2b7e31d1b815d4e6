"""All that a questionnaire has ever asked: answers to every version are counted together, by the question's key."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.questions.definition import Definition, Option, Question
from mentoring.rules.questions.kinds import KINDS
from mentoring.use_cases.questionnaire_versions import definition_of
from storage.queries.questionnaire_results import ResultFilter, questionnaire_versions

WRITTEN = frozenset({"text", "long_text", "phone", "date"})
"""Kinds whose answers are read and not counted."""

NUMBERS = frozenset({"scale", "number"})


@dataclass(frozen=True, slots=True)
class History:
    """``questions``: of the newest version in its order and wording, then those that are asked no more (`retired`)."""

    questionnaire_id: int
    newest: Definition
    questions: tuple[Question, ...]
    retired: frozenset[str]

    def question(self, key: str) -> Question:
        found = next((one for one in self.questions if one.key == key), None)
        if found is None:
            raise NotFound("question")
        return found

    def narrowed(self, asked: ResultFilter) -> ResultFilter:
        """Without the form and the role for which the questionnaire is written: they cut nothing out of it."""
        form = "" if asked.form == self.newest.form else asked.form
        return replace(asked, form=form, role="" if asked.role == self.newest.role else asked.role)


def history(session: Session, key: str) -> History:
    """Raises NotFound for a key that was never published."""
    versions = questionnaire_versions(session, key)
    if not versions:
        raise NotFound("questionnaire")
    definitions = [definition_of(session, version_id, digest) for _, version_id, digest in versions]
    return history_of(versions[0][0], definitions)


def history_of(questionnaire_id: int, definitions: list[Definition]) -> History:
    """``definitions``: the newest first."""
    found: dict[str, Question] = {}
    for definition in definitions:
        for question in definition.questions:
            known = found.get(question.key)
            found[question.key] = _with_older_options(known, question) if known else question
    retired = found.keys() - {question.key for question in definitions[0].questions}
    return History(questionnaire_id, definitions[0], tuple(found.values()), frozenset(retired))


def is_cut(asked: ResultFilter) -> bool:
    """A group of people is cut out, in which somebody could be recognised. A period and a campaign cut out nobody."""
    return bool(asked.form or asked.role or asked.place)


def _with_older_options(newer: Question, older: Question) -> Question:
    """What could be chosen once is counted still; a wider scale stays as wide."""
    known = {option.value for option in newer.options}
    gone = tuple(Option(one.value, one.label) for one in older.options if one.value not in known)
    options = newer.options + gone if KINDS[newer.kind].options_in_file else newer.options
    lowest, highest = min(newer.lowest, older.lowest), max(newer.highest, older.highest)
    return replace(newer, options=options, lowest=lowest, highest=highest)
