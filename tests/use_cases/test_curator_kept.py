"""What the curator wrote while looking for a pair is no secret, and no gossip: the person learns that it is there."""

import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.people import Actor, Role
from mentoring.rules.selection import WaitingExit
from mentoring.use_cases.pairs import answer_proposal, part_pair, start_trial
from mentoring.use_cases.privacy import my_data
from mentoring.use_cases.waiting_cases import open_case
from tests.use_cases.school import ANNA, MILA, NOW, OLEG, School, open_school


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def test_a_waiting_case_stands_in_the_persons_data_without_the_curators_words(school: School) -> None:
    mila = school.enrol(MILA, Role.MENTEE)
    open_case(
        school.session,
        mila.id,
        WaitingExit.SUPPORT,
        owner="педагог-психолог",
        due_on=date(2026, 12, 4),
        note="Стесняется, лучше начать с игры",
        by=school.curator,
        now=NOW,
    )

    data = my_data(school.session, mila.person_id)

    assert data["Пока не было пары"] == [
        {
            "С": "23.11.2026",
            "Что решили": "поговорить и поддержать",
            "Кто занимается": "педагог-психолог",
            "Срок": "04.12.2026",
            "Закончено": "",
            "Заметки": "есть, их покажет куратор",
        }
    ]
    assert "Стесняется" not in json.dumps(data, ensure_ascii=False)


def test_own_words_of_a_refusal_are_given_back_and_notes_about_a_pair_are_named(school: School) -> None:
    anna, mila, oleg = (
        school.enrol(ANNA, Role.MENTOR),
        school.enrol(MILA, Role.MENTEE),
        school.enrol(OLEG, Role.MENTOR),
    )
    refused = school.proposed(oleg, mila)
    by = Actor.person(oleg.person_id)
    answer_proposal(
        school.session, refused, oleg.person_id, False, reason="time", reason_text="Экзамены", by=by, now=NOW
    )
    pair_id = school.agreed(anna, mila)
    start_trial(school.session, pair_id, by=school.curator, now=NOW)
    part_pair(school.session, pair_id, "Разный темп", by=school.curator, now=NOW)

    his, hers = my_data(school.session, oleg.person_id), my_data(school.session, mila.person_id)

    assert his["Мои отказы от пар"] == [{"Когда": "23.11.2026", "Причина": "нет времени", "Моими словами": "Экзамены"}]
    assert hers["Заметки куратора о парах"] == [{"Пара с": "23.11.2026", "Заметки": "есть, их покажет куратор"}]
    assert "Разный темп" not in json.dumps(hers, ensure_ascii=False)
    assert "Мои отказы от пар" not in hers
