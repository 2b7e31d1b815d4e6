"""What mentors want to learn: from the entry questionnaire, or from the newer one about training (002, item 4.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mentoring.rules.entry_sheets import TRAINING, EntrySheet
from storage.queries.entry_sheets import entry_sheets
from storage.queries.trainings import MentorHours, mentors_for_training, training_lines

NEEDS = "mentor_training_needs"


@dataclass(frozen=True, slots=True)
class TopicNeed:
    """``value`` and ``label`` of an option of the question. ``planned``: trainings on the topic, held ones included."""

    value: str
    label: str
    wanting: tuple[MentorHours, ...]
    planned: int


@dataclass(frozen=True, slots=True)
class TrainingNeeds:
    """The most wanted topic first. ``mentors`` could answer, ``answered`` did."""

    topics: tuple[TopicNeed, ...]
    mentors: tuple[MentorHours, ...]
    answered: int


def training_needs(session: Session, programme_id: int) -> TrainingNeeds:
    """Eight queries at any size."""
    mentors = mentors_for_training(session, programme_id)
    ids = [one.enrolment_id for one in mentors]
    sheets = entry_sheets(session, ids) | entry_sheets(session, ids, [NEEDS])
    planned = [one.topic for one in training_lines(session, programme_id)]
    wishes = {one.enrolment_id: frozenset(_wishes(sheets.get(one.enrolment_id))) for one in mentors}
    topics = (
        TopicNeed(
            value,
            label,
            tuple(one for one in mentors if value in wishes[one.enrolment_id]),
            planned.count(value),
        )
        for value, label in _topics(sheets.values()).items()
    )
    wanted = sorted(topics, key=lambda topic: -len(topic.wanting))
    return TrainingNeeds(tuple(wanted), mentors, sum(bool(found) for found in wishes.values()))


def _wishes(sheet: EntrySheet | None) -> tuple[str, ...]:
    return sheet.values(TRAINING) if sheet else ()


def _topics(sheets: Iterable[EntrySheet]) -> dict[str, str]:
    """All that could be chosen, in the order of the questions, by the newest words."""
    found: dict[str, str] = {}
    for sheet in sheets:
        found |= sheet.options(TRAINING)
    return found
