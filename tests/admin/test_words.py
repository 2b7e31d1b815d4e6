"""Everything the rules can say has Russian words in the panel."""

import ast
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask

from admin.texts import audit, labels
from admin.texts import pairs as pair_words
from admin.texts import today as today_words
from admin.texts.errors import sentence
from mentoring.rules import errors
from mentoring.rules.accounts import AccountRole
from mentoring.rules.consents import ConsentGap, ConsentKind, Decision
from mentoring.rules.documents import Fault, FaultKind
from mentoring.rules.enrolment import EnrolmentStatus, LeftBecause, Step
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import DeclineReason, EndReason, PairAnswer, PairState
from mentoring.rules.people import AgeGroup, Door, PersonKind, Role
from mentoring.rules.plans import ItemState, PlanState
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.questions.problems import Problem
from mentoring.rules.reminders import NoticeKind, NoticeOutcome, NoticeState
from mentoring.rules.results import TodayKind

ROOT = Path(__file__).resolve().parents[2]
SHOWN: tuple[type[StrEnum], ...] = (
    AccountRole,
    AgeGroup,
    ConsentKind,
    Decision,
    DeclineReason,
    Door,
    EndReason,
    EnrolmentStatus,
    ItemState,
    MeetingKind,
    MeetingState,
    NoticeKind,
    NoticeOutcome,
    NoticeState,
    PairAnswer,
    PairState,
    PersonKind,
    PlaceKind,
    PlanState,
    Reply,
    ResponseState,
    Role,
    Step,
)
LIMITS = {
    "limit": 3,
    "length": 9,
    "lowest": 1,
    "highest": 10,
    "earliest": datetime(2026, 1, 1, tzinfo=UTC),
    "latest": datetime(2026, 2, 1, tzinfo=UTC),
}


@pytest.mark.parametrize("words", SHOWN, ids=lambda words: words.__name__)
def test_each_word_of_the_rules_is_said_in_russian(words: type[StrEnum]) -> None:
    for member in words:
        assert (type(member), member) in labels.LABELS, member
        assert re.search("[а-яё]", labels.word(member)), member


def test_equal_words_of_two_rules_are_not_mixed_up() -> None:
    assert labels.word(PairState.DECLINED) != labels.word(EnrolmentStatus.DECLINED)
    assert labels.word(PersonKind.CURATOR) == labels.word(AccountRole.CURATOR)


def test_each_problem_of_an_answer_has_a_sentence(app: Flask) -> None:
    with app.test_request_context():
        for problem in Problem:
            assert labels.problem(problem, LIMITS)


def test_each_gap_each_reason_and_each_thing_to_do_has_words() -> None:
    from admin.texts import lists

    assert set(lists.GAPS) == set(ConsentGap)
    assert set(labels.LEFT_BECAUSE) == set(LeftBecause)
    assert set(today_words.WORDS) == set(TodayKind)


def test_each_refusal_has_a_sentence(app: Flask) -> None:
    with app.test_request_context():
        for refusal in _refusals(errors.MentoringError):
            assert re.search("[А-Я]", sentence(_example(refusal))), refusal


def test_each_act_of_the_journal_has_words() -> None:
    """Acts are looked for in the source of the use-cases, so that a new one cannot appear in the journal unnamed."""
    for act in _acts():
        assert act in audit.ACTS, act


def test_each_event_of_a_pair_has_words() -> None:
    assert {f"pair.{state}" for state in PairState} <= set(pair_words.EVENTS)
    assert {f"meeting.{state}" for state in MeetingState} <= set(pair_words.EVENTS)


def _refusals(base: type[errors.MentoringError]) -> list[type[errors.MentoringError]]:
    found = [base] if base is not errors.MentoringError else []
    return found + [deeper for one in base.__subclasses__() for deeper in _refusals(one)]


def _example(refusal: type[errors.MentoringError]) -> errors.MentoringError:
    values = {
        "at": datetime(2026, 11, 23, 9, tzinfo=UTC),
        "first": date(2025, 8, 31),
        "starts_on": date(2026, 11, 20),
        "ends_on": date(2026, 11, 10),
        "missing": (errors.MissingConsent(1, "Мила Крылова", ConsentKind.GUARDIAN, "guardian"),),
        "problem": Problem.TOO_LONG,
        "limits": LIMITS,
        "keys": ("goal",),
        "refusals": {},
        "capacity": 1,
        "pair_id": 1,
        "limit": 10,
        "length": 12,
        "blockers": (errors.Blocker("consent", 1, 2, "Мила Крылова", "minor:guardian"),),
        "faults": (Fault(FaultKind.UNKNOWN, "head.post", "Директор"),),
    }
    fields = getattr(refusal, "__dataclass_fields__", {})
    return refusal(**{name: values.get(name, "слово") for name in fields})


def _acts() -> set[str]:
    literals = set()
    for file in (ROOT / "mentoring").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record" and len(call.args) > 1:
                literals |= _spelled(call.args[1])
    assert len(literals) > 30
    return literals


def _spelled(act: ast.expr) -> set[str]:
    """A literal act, or each that an f-string of ours can make."""
    if isinstance(act, ast.Constant):
        return {act.value}
    if isinstance(act, ast.JoinedStr) and isinstance(act.values[0], ast.Constant):
        beginning = act.values[0].value
        return {f"{beginning}{ending}" for ending in ENDINGS[beginning]}
    if isinstance(act, ast.IfExp):
        return _spelled(act.body) | _spelled(act.orelse)
    raise AssertionError(f"an act that this test cannot read: {ast.unparse(act)}")


ENDINGS: dict[str, list[str]] = {
    "pair.": list(PairState),
    "plan.": list(PlanState),
    "meeting.": list(MeetingState),
    "meeting.reply_": list(Reply),
    "enrolment.": list(EnrolmentStatus),
    "consent.": list(Decision),
}
