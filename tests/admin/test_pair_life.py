"""A curator leads pairs through trial, group, pause, notice and end."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from mentoring.rules.pairs import EndReason, PairState
from mentoring.rules.reminders import NoticeKind
from storage.models.pair import Pair
from tests.admin.conftest import Browser
from tests.admin.season import Season
from tests.admin.test_season import rows as rows


@pytest.fixture
def trial(curator: Browser, season: Season) -> str:
    page = f"/pairs/{season.agreed}"
    curator.press(page, f"{page}/trial")
    return page


def answer(curator: Browser, pair_id: int, *people: int) -> None:
    for person_id in people:
        page = f"/pairs/{pair_id}/answer/{person_id}"
        curator.send(page, {"yes": "1"}, seen=page)


def test_a_trial_begins_and_says_what_it_lacks(curator: Browser, season: Season, rows: Any, trial: str) -> None:
    page = curator.text(trial)

    assert rows.one(Pair, season.agreed).state is PairState.TRIAL
    assert "Ещё не было знакомства" in page
    assert "Ещё не было пробной встречи" in page
    assert rows.notices(NoticeKind.PERSON_TRIAL_STARTED, season.mila)
    assert rows.notices(NoticeKind.GUARDIAN_TRIAL_STARTED, season.vera)


def test_an_unfinished_trial_is_confirmed_only_with_words_about_why(
    curator: Browser, season: Season, rows: Any, trial: str
) -> None:
    decide = f"{trial}/decide"

    refused = curator.send(decide, {"note": ""}, seen=decide)
    assert "напишите, почему" in refused.text
    assert rows.one(Pair, season.agreed).state is PairState.TRIAL

    curator.send(decide, {"note": "Вместе ходят в кружок."}, seen=decide)
    assert rows.one(Pair, season.agreed).state is PairState.CONFIRMED
    assert "Вместе ходят в кружок." in curator.text(trial)


def test_two_who_do_not_suit_part_and_a_new_mentor_is_offered(
    curator: Browser, season: Season, rows: Any, trial: str
) -> None:
    part = f"{trial}/part"
    assert "не узнает никто" in curator.text(part)

    curator.send(part, {"note": "Разный темп"}, seen=part)

    assert rows.one(Pair, season.agreed).state is PairState.PARTED
    assert f'href="/pairs/propose/{season.mila_enrolment}"' in curator.text(trial)
    assert rows.notices(NoticeKind.PERSON_PAIR_PARTED, season.mila)


def test_a_pause_has_a_day_and_a_way_back(curator: Browser, season: Season, rows: Any) -> None:
    page, pause = f"/pairs/{season.pair}", f"/pairs/{season.pair}/pause"

    wrong = curator.send(pause, {"until": "2026-11-01", "reason": "экзамены"}, seen=pause)
    assert "Последний день паузы" in wrong.text
    assert 'value="экзамены"' in wrong.text

    curator.send(pause, {"until": "2026-12-06", "reason": "экзамены"}, seen=pause)
    assert "пауза до 06.12.2026" in curator.text("/pairs/")
    assert "Пауза до 06.12.2026: экзамены" in curator.text(page)

    curator.press(page, f"{page}/resume")
    assert rows.one(Pair, season.pair).state is PairState.CONFIRMED


def test_a_notice_gives_the_last_day_which_may_be_put_off_or_taken_back(
    curator: Browser, season: Season, rows: Any
) -> None:
    page, notice = f"/pairs/{season.pair}", f"/pairs/{season.pair}/notice"

    curator.send(notice, {"who": "worker", "on": "2026-11-20"}, seen=notice)
    assert "25.11.2026, наставник отказался досрочно" in curator.text(page)
    assert "последний день 25.11.2026" in curator.text("/pairs/?need=notice")

    later = f"{page}/last-day"
    earlier = curator.send(later, {"ends_on": "2026-11-24"}, seen=later)
    assert "Последний день" in earlier.text
    curator.send(later, {"ends_on": "2026-11-30"}, seen=later)
    assert "30.11.2026" in curator.text(page)

    curator.press(page, f"{page}/notice/back")
    assert rows.one(Pair, season.pair).ends_on is None


def test_a_pair_with_a_pupil_has_no_button_of_the_labour_code(curator: Browser, season: Season) -> None:
    curator.send(f"/pairs/{season.agreed}/decide", seen=f"/pairs/{season.agreed}/decide")

    assert "351.8" not in curator.text(f"/pairs/{season.agreed}")
    assert "351.8" in curator.text(f"/pairs/{season.pair}")


def test_somebody_joins_a_group_and_leaves_it(curator: Browser, season: Season, rows: Any) -> None:
    curator.send(f"/pairs/{season.agreed}/withdraw", seen=f"/pairs/{season.agreed}/withdraw")
    page, add = f"/pairs/{season.pair}", f"/pairs/{season.pair}/add"

    nobody = curator.send(add, {"reasons": ""}, seen=add)
    assert "Отметьте хотя бы одного человека" in nobody.text
    curator.send(add, {"mentees": season.mila_enrolment, "reasons": "Обе любят физику."}, seen=add)
    proposal = rows.last(Pair)
    answer(curator, proposal.id, season.anna, season.mila)
    admitted = curator.press(f"/pairs/{proposal.id}", f"/pairs/{proposal.id}/confirm")

    assert admitted.location == page
    shown = curator.text(page)
    assert "Наставляемые" in shown
    assert "Новый участник группы" in shown
    listed = curator.text("/pairs/?state=standing")
    assert "Соколова Дарья Игоревна, Крылова Мила" in listed
    exported = curator.open("/pairs/export.xlsx?state=standing")
    sheet = load_workbook(BytesIO(exported.data)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Соколова Дарья Игоревна, Крылова Мила"]

    remove = f"{page}/remove/{season.mila}"
    curator.send(remove, {"reason": EndReason.MOVED.value}, seen=remove)
    assert "Были в группе" in curator.text(page)
    assert "перевод или переезд" in curator.text(page)
    assert "Крылова" not in curator.text("/pairs/?state=standing")
    assert "по 23 ноября" in curator.text(f"/person/{season.mila}")


def test_a_group_is_proposed_from_a_mentors_candidates(curator: Browser, season: Season, rows: Any) -> None:
    curator.send(f"/person/{season.igor}/approve/{season.igor_enrolment}")
    curator.send(f"/pairs/{season.agreed}/withdraw", seen=f"/pairs/{season.agreed}/withdraw")
    group = f"/pairs/propose/{season.igor_enrolment}/group"
    assert f'href="{group}"' in curator.text(f"/pairs/propose/{season.igor_enrolment}")

    sent = curator.send(group, {"mentees": season.mila_enrolment, "reasons": "Робототехника."}, seen=group)

    made = rows.last(Pair)
    assert (sent.location, made.reasons) == (f"/pairs/{made.id}", "Робототехника.")
    assert curator.open(f"/pairs/propose/{season.mila_enrolment}/group").status_code == 404


def test_the_reasons_of_an_end_stand_in_groups_and_none_skips_the_days_of_a_notice(
    curator: Browser, season: Season
) -> None:
    page = curator.text(f"/pairs/{season.pair}/end")

    for group in ("Цель достигнута", "Обстоятельства", "Не сложилось", "Документы"):
        assert f'<optgroup label="{group}">' in page
    assert "worker_refused" not in page


def test_a_pair_does_not_end_before_a_reason_is_chosen(curator: Browser, season: Season, rows: Any) -> None:
    end = f"/pairs/{season.pair}/end"
    refused = curator.send(end, {"reason": "", "note": "Переезд"}, seen=end)

    assert "Выберите причину." in refused.text
    assert "Переезд" in refused.text
    assert rows.one(Pair, season.pair).ended_at is None


def test_the_first_page_leads_to_what_a_pair_waits_for(curator: Browser, season: Season) -> None:
    notice = f"/pairs/{season.pair}/notice"
    curator.send(notice, {"who": "employer", "on": "2026-11-23"}, seen=notice)

    today = curator.text("/")

    assert "пара скоро закончит работу" in today
    assert "/pairs/?need=notice" in today
