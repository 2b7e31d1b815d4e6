"""The chat's words: every refusal has its own sentence, nothing is officialese, numbers and dates agree."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from bot import acts, callbacks, texts
from bot.keyboards import LABEL_LIMIT
from bot.screens.wishes import Wish
from bot.texts import buttons, curators, errors, guardians, joining, meetings, pairs, questionnaires, wording
from mentoring import question_words
from mentoring.rules import errors as facts
from mentoring.rules.errors import MentoringError, MissingConsent
from mentoring.rules.meetings import MeetingKind, MeetingState, PlaceKind, Reply
from mentoring.rules.pairs import PairState
from mentoring.rules.people import AgeGroup, Role
from mentoring.rules.questionnaire import Problem, ResponseState
from mentoring.rules.results import TodayKind

OFFICIALESE = (
    "уважаем",
    "осуществ",
    "в целях",
    "данный",
    "данная",
    "данное",
    "данные действия",
    "необходимо",
    "надлежащ",
    "вышеуказанн",
    "посредством",
    "в случае если",
    "пользовател",
    "произвести",
    "является",
    "функционал",
    "ошибка",
)
SAMPLES: dict[str, Any] = {
    "missing": (MissingConsent(1, "Крылова Мила", "personal_data_guardian", "guardian"),),
    "problem": Problem.EMPTY,
    "limits": {},
    "keys": ("one", "two"),
    "at": datetime(2026, 11, 25, 12, tzinfo=UTC),
    "capacity": 2,
    "limit": 1000,
    "length": 1234,
    "pair_id": 1,
    "problems": {},
}
MARKERS = ("{", "}", "None")


def all_refusals(kind: type[MentoringError] = MentoringError) -> Iterator[type[MentoringError]]:
    for child in kind.__subclasses__():
        yield child
        yield from all_refusals(child)


def sample(kind: type[MentoringError]) -> MentoringError:
    names = inspect.signature(kind).parameters
    return kind(**{name: SAMPLES.get(name, "Маяк") for name in names})


def sentences() -> Iterator[tuple[str, str]]:
    own = [importlib.import_module(f"bot.texts.{found.name}") for found in pkgutil.iter_modules(texts.__path__)]
    for module in [*own, question_words]:
        for name, value in vars(module).items():
            if name.isupper() and not isinstance(value, type):
                yield from ((f"{module.__name__.rpartition('.')[2]}.{name}", text) for text in strings(value))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("kind", sorted(set(all_refusals()), key=lambda kind: kind.__name__))
def test_every_refusal_is_explained_in_its_own_words(kind: type[MentoringError]) -> None:
    said = errors.explain(sample(kind))

    assert len(said) > 15
    assert not any(marker in said for marker in MARKERS)
    assert re.search("[а-я]", said)


def test_no_two_refusals_share_a_sentence() -> None:
    said = [errors.explain(sample(kind)) for kind in set(all_refusals())]

    assert len(said) == len(set(said))


@pytest.mark.parametrize("problem", list(Problem))
def test_every_problem_of_an_answer_has_a_sentence(problem: Problem) -> None:
    limits = {"limit": 300, "length": 351, "lowest": 1, "highest": 10, "earliest": date(1950, 1, 1), "latest": date.max}

    said = errors.explain(facts.AnswerRefused(problem, limits))

    assert "{" not in said
    assert len(said) > 15


def test_a_long_text_is_told_its_length_and_the_limit() -> None:
    said = errors.explain(facts.AnswerRefused(Problem.TOO_LONG, {"limit": 1000, "length": 4321}))

    assert "4 321 знак" in said
    assert "1 000" in said


def test_what_people_typed_is_shown_as_text() -> None:
    said = errors.explain(facts.NotApproved("<b>Мила</b> & Ко"))

    assert "&lt;b&gt;Мила&lt;/b&gt; &amp; Ко" in said


def test_nothing_said_is_officialese() -> None:
    said = [(place, word) for place, text in sentences() for word in OFFICIALESE if word in text.casefold()]

    assert said == []


def test_the_typography_is_russian() -> None:
    plain = [(place, re.sub(r"<[^>]+>", "", text)) for place, text in sentences()]

    assert [place for place, text in plain if "!" in text.replace("Здравствуйте!", "")] == []
    assert [place for place, text in plain if '"' in text or "'" in text] == []
    assert [place for place, text in plain if " - " in text or "..." in text] == []


def test_people_are_addressed_by_a_small_letter() -> None:
    inside = re.compile(r"[^.!?»:>\n\s]\s+(Вы|Вас|Вам|Ваш[а-я]*)\b")

    assert [place for place, text in sentences() if inside.search(text)] == []


def test_a_button_fits_a_phone() -> None:
    labels = [text for place, text in sentences() if place.startswith("buttons.")]

    assert [label for label in labels if len(label) > LABEL_LIMIT] == []


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 вопрос"), (2, "2 вопроса"), (5, "5 вопросов"), (11, "11 вопросов"), (21, "21 вопрос")]
)
def test_numbers_agree_with_their_words(count: int, said: str) -> None:
    assert wording.plural(count, "вопрос", "вопроса", "вопросов") == said


def test_dates_read_as_people_say_them_in_the_organisations_zone() -> None:
    at = datetime(2025, 11, 25, 21, 30, tzinfo=UTC)

    assert wording.moment(at, "Europe/Moscow") == "ср, 26 ноября, 00:30"
    assert wording.moment(at, "Europe/Kaliningrad") == "вт, 25 ноября, 23:30"


def test_every_word_of_the_rules_has_its_russian() -> None:
    assert set(meetings.KIND) == set(meetings.KIND_HINT) == set(meetings.HOW_IT_WENT) == set(MeetingKind)
    assert set(meetings.STATE) == set(MeetingState)
    assert set(meetings.PLACES) == set(meetings.PLACE_SEEN) == set(PlaceKind)
    assert set(meetings.REPLY) == set(Reply)
    assert set(pairs.ALREADY) == set(PairState)
    assert set(pairs.ASK_WISH) == set(pairs.WISHES) == set(Wish)
    assert set(pairs.AGE) == set(buttons.AGE) == set(AgeGroup)
    assert set(joining.GREETING) == set(pairs.ACCEPTED) == set(pairs.DECLINE_REASONS) == set(Role)
    assert set(questionnaires.STATE) == set(ResponseState)
    assert set(curators.THINGS) == set(TodayKind)
    assert set(guardians.RELATIONS) == set(guardians.RELATION_NAMES)


def all_callbacks() -> list[type[CallbackData]]:
    found = [value for value in vars(callbacks).values() if inspect.isclass(value)]
    return [kind for kind in found if issubclass(kind, CallbackData) and kind is not CallbackData]


LARGEST_ID = 2**63 - 1
LARGEST = {
    "kind": "personal_data_guardian",
    "decision": "refused",
    "group": "under_14",
    "key": "feedback_first_mentor",
    "question": "q" * 18,
    "option": "o" * 18,
    "reason": "prefer_other",
    "reply": "other_time",
    "place": "organisation",
    "day": "261231",
    "relation": "guardian",
    "page": 99,
    "at": 4_102_444_800,
    "minutes": 999,
    "revision": 9_999,
    "chosen": True,
    "took_place": True,
    "wish": "pause",
    "mark": "not_done",
    "section": "difficulties",
    "adding": True,
    "number": 9,
}


@pytest.mark.parametrize("kind", all_callbacks(), ids=lambda kind: kind.__name__)
def test_a_button_holds_the_largest_ids(kind: type[CallbackData]) -> None:
    packed = kind(**{name: LARGEST.get(name, LARGEST_ID) for name in kind.model_fields}).pack()

    assert len(packed.encode()) <= 64
    assert kind.unpack(packed)


def test_no_two_buttons_share_a_prefix_or_a_name() -> None:
    prefixes = [kind.__prefix__ for kind in all_callbacks()]
    written = [line for file in Path(acts.__path__[0]).glob("*.py") for line in file.read_text().splitlines()]

    assert len(prefixes) == len(set(prefixes)) == sum(line.startswith("class ") for line in written)


@pytest.mark.parametrize(
    ("packed", "meant"),
    [
        ("m", callbacks.ShowMenu()),
        ("cd:3:7:granted", callbacks.DecideConsent(text_id=3, person_id=7, decision="granted")),
        ("t:5:topics:study:1:0", callbacks.ToggleOption(response_id=5, question="topics", option="study", chosen=True)),
        ("pn:4:no_time", callbacks.DeclineProposal(pair_id=4, reason="no_time")),
        ("re:9:2:fits", callbacks.ReplyToMeeting(meeting_id=9, revision=2, reply="fits")),
        ("lc:4:1795428000:online", callbacks.ConfirmPlan(pair_id=4, at=1795428000, place="online")),
        ("ke:4:0:a1", callbacks.ShowGoal(pair_id=4, number=0, mark="a1")),
    ],
)
def test_a_button_that_hangs_in_a_chat_keeps_its_meaning(packed: str, meant: CallbackData) -> None:
    assert type(meant).unpack(packed) == meant
