"""A survey before and after, answered by thousands: the rows that a results page has to count."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from mentoring.rules.consents import ConsentGap
from mentoring.rules.pairs import PairState
from mentoring.rules.people import AgeGroup, Door, PersonKind
from mentoring.rules.questionnaire import ResponseState
from mentoring.use_cases.questionnaire_versions import publish_questionnaire
from storage.database import SyncDatabase
from storage.models.pair import Pair
from storage.models.person import Person
from storage.models.questionnaire import Answer, Response, Submission
from storage.scope import set_organisation
from tests.conftest import NOW
from tests.use_cases.gymnasium import CONSOLE

STEM = "bench_survey"
SCALES, CHOICES, YES_NO, TEXTS = 13, 3, 2, 2  # twenty questions
OPTIONS = ("often", "rarely", "never")
WORDS = (
    "Хотелось бы чаще встречаться в библиотеке, а не в коридоре",
    "Наставник терпеливо объяснил задачи по физике",
    "Поддержка перед контрольной и разговоры о будущем",
    "Всё понравилось",
)


def questionnaire(moment: str) -> dict[str, Any]:
    options = [
        {"value": value, "label": label} for value, label in zip(OPTIONS, ("часто", "редко", "никогда"), strict=True)
    ]
    scales = [_question(f"s{number}", "scale", pair=f"p{number}") for number in range(SCALES)]
    choices = [
        _question(f"c{number}", "several_of" if number else "one_of", options=options) for number in range(CHOICES)
    ]
    yes_no = [_question(f"y{number}", "yes_no") for number in range(YES_NO)]
    texts = [_question(f"t{number}", "long_text", optional=True) for number in range(TEXTS)]
    return {
        "key": f"{STEM}_{moment}",
        "title": f"Опрос наставляемых {'до' if moment == 'before' else 'после'} программы",
        "role": "mentee",
        "form": "pupil_pupil",
        "moment": moment,
        "use": "survey",
        "subject": "pair",
        "intro": "Это увидит только куратор.",
        "source": "ours",
        "minutes": 3,
        "question": [*scales, *choices, *yes_no, *texts],
    }


def fill_surveys(database: SyncDatabase, people: int, organisation_id: int = 1, *, seed: int = 7) -> None:
    """Each of ``people`` answers both halves in a pair of their own: twice as many responses."""
    chance = Random(seed)
    with database.writers.begin() as session:
        set_organisation(session, organisation_id)
        versions = [
            publish_questionnaire(session, questionnaire(moment), by=CONSOLE, now=NOW) for moment in ("before", "after")
        ]
    rows: dict[Any, list[dict[str, Any]]] = {Person: [], Pair: [], Response: [], Answer: [], Submission: []}
    for number in range(1, people + 1):
        rows[Person].append(_person(number))
        rows[Pair].append(_pair(number))
        for half, version in enumerate(versions):
            response = number + half * people
            said = _answers(chance)
            rows[Response].append(_response(response, number, version, half))
            rows[Answer] += [_answer(response, key, value) for key, value in said.items()]
            rows[Submission].append(_submission(response, said))
    with database.writing.begin() as connection:
        for table, found in rows.items():
            for start in range(0, len(found), 5000):
                connection.execute(
                    insert(table), [one | {"organisation_id": organisation_id} for one in found[start : start + 5000]]
                )


def _question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "text": f"Вопрос {key}: насколько это было важно для вас?", **more}


def _answers(chance: Random) -> dict[str, Any]:
    said: dict[str, Any] = {f"s{number}": chance.randint(1, 10) for number in range(SCALES)}
    said["c0"] = chance.choice(OPTIONS)
    said |= {f"c{number}": chance.sample(OPTIONS, chance.randint(1, 3)) for number in range(1, CHOICES)}
    said |= {f"y{number}": chance.random() < 0.7 for number in range(YES_NO)}
    return said | {f"t{number}": chance.choice((*WORDS, None)) for number in range(TEXTS)}


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "kind": PersonKind.PUPIL,
        "last_name": "Крылова",
        "first_name": f"Мила {number}",
        "patronymic": "",
        "age_group": AgeGroup.FROM_14_TO_17,
        "place": f"{number % 11 + 1} «А»",
        "phone": "",
        "search_text": f"крылова мила {number}",
        "nameless": False,
        "missing_consents": ConsentGap.NONE,
        "created_at": NOW,
    }


def _pair(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "programme_id": 1,
        "form": "pupil_pupil",
        "role_model": "",
        "state": PairState.ACTIVE,
        "state_at": NOW,
        "reasons": "",
        "confirmed_at": NOW,
        "end_reason": "",
        "listed_as": 1,
        "quiet_since": NOW,
        "created_at": NOW,
    }


def _response(response: int, person: int, version: Any, half: int) -> dict[str, Any]:
    at = NOW - timedelta(days=200 * (1 - half), minutes=person)
    return {
        "id": response,
        "person_id": person,
        "questionnaire_id": version.questionnaire_id,
        "version_id": version.version_id,
        "pair_id": person,
        "state": ResponseState.SUBMITTED,
        "position": "",
        "reviewing": False,
        "door": Door.CHAT,
        "started_at": at,
        "touched_at": at,
        "submitted_at": at,
    }


def _answer(response: int, key: str, value: Any) -> dict[str, Any]:
    return {"response_id": response, "key": key, "value": value, "answered_at": NOW}


def _submission(response: int, said: dict[str, Any]) -> dict[str, Any]:
    return {"response_id": response, "number": 1, "answers": said, "submitted_at": NOW}
