"""What keeps the answers of two versions comparable: a key means one question for good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentoring.rules.errors import DefinitionBroken
from mentoring.rules.questions.definition import Definition, Question
from mentoring.rules.questions.parsing import Fault

NEEDED = frozenset({"person.last_name", "person.first_name"})
"""Fields of a record that nobody else asks for: without them a person has no name."""

_WORDS = {"text": "words", "long_text": "words"}


@dataclass(frozen=True, slots=True)
class Differences:
    """Texts of questions, in the order of the newer version; ``reworded`` as (before, after)."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]  # options, hints, conditions, limits
    moved: bool
    head: bool  # title, introduction, minutes, purpose

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.reworded, self.changed, self.moved, self.head))


def ensure_comparable(published: Iterable[Definition], new: Definition) -> None:
    """Raises DefinitionBroken at the question that takes the key of another one of any published version."""
    for earlier in published:
        for number, question in enumerate(new.questions, 1):
            old = earlier.question(question.key)
            if old and measure(old) != measure(question):
                raise DefinitionBroken(f"question[{number}].kind", Fault.KEY_REUSED)


def needed(latest: Definition) -> tuple[str, ...]:
    """Fields that the version in use fills and the next one must fill too."""
    return tuple(question.fills for question in latest.questions if question.fills in NEEDED)


def measure(question: Question) -> tuple[object, ...]:
    """What answers are measured with: the kind, and the ends of a scale. Words are words, on one line or on many."""
    kind = _WORDS.get(question.kind, question.kind)
    return (kind, question.lowest, question.highest) if kind == "scale" else (kind,)


def differences(before: Definition, after: Definition) -> Differences:
    both = [(before.question(one.key), one) for one in after.questions]
    pairs = [(old, new) for old, new in both if old is not None]
    return Differences(
        added=tuple(new.text for old, new in both if old is None),
        removed=tuple(old.text for old in before.questions if after.question(old.key) is None),
        reworded=tuple((old.text, new.text) for old, new in pairs if old.text != new.text),
        changed=tuple(new.text for old, new in pairs if _shape(old) != _shape(new)),
        moved=_order(before, after) != _order(after, before),
        head=_head(before) != _head(after),
    )


def _shape(question: Question) -> tuple[object, ...]:
    ignored = ("key", "text", "source")
    return tuple(getattr(question, name) for name in Question.__slots__ if name not in ignored)


def _order(one: Definition, other: Definition) -> Sequence[str]:
    return [question.key for question in one.questions if other.question(question.key)]


def _head(definition: Definition) -> tuple[object, ...]:
    ignored = ("key", "source", "questions")
    return tuple(getattr(definition, name) for name in Definition.__slots__ if name not in ignored)
