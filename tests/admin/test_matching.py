"""The matching in the panel: a draft begun, changed by hand, tuned, compared, published."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select, update

import mentoring.matching_run
from admin.app import create_app
from admin.texts import labels
from config.library import questionnaire_definitions
from mentoring.assignment import assign
from mentoring.rules.accounts import AccountRole
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import CalculationFailed, OutOfDate
from mentoring.rules.pairs import PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.use_cases.accounts import reset_password
from mentoring.use_cases.pairs import confirm_pair
from storage.database import SyncDatabase
from storage.models.account import CuratorAccount
from storage.models.matching import MatchingChoice, MatchingDraft, MatchingLine
from storage.models.organisation import Programme
from storage.models.pair import Pair
from storage.models.person import Enrolment
from storage.scope import set_organisation
from tests.admin.conftest import Browser, Clock, settings_for, signed_in
from tests.admin.season import PASSWORD
from tests.admin.test_pages import Page
from tests.conftest import NOW
from tests.counting import counted
from tests.use_cases.forms import published
from tests.use_cases.gymnasium import CONSOLE
from tests.use_cases.matched import LEV, PROJECTS, STUDY, Pool, joined, open_pool
from tests.use_cases.school import School, open_school


@pytest.fixture(scope="module")
def played(empty_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pool]:
    """A pool that was run once, in a file to be copied."""
    file = tmp_path_factory.mktemp("matching") / "played.db"
    file.write_bytes(empty_tables.read_bytes())
    database = SyncDatabase(f"sqlite:///{file}")
    with database.writers.begin() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentoring.matching_run, "assign_apart", lambda problem, timeout: assign(problem))
        school = open_school(session)
        reset_password(session, "zimina", password=PASSWORD, by=CONSOLE, now=NOW)
        pool = open_pool(school)
        pool.run()
    database.close()
    whole = file.with_name("whole.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", [str(whole)])
    return whole, pool


@pytest.fixture
def pool(played: tuple[Path, Pool]) -> Pool:
    return played[1]


@pytest.fixture
def store(played: tuple[Path, Pool], tmp_path: Path) -> Iterator[SyncDatabase]:
    (tmp_path / "panel.db").write_bytes(played[0].read_bytes())
    database = SyncDatabase(f"sqlite:///{tmp_path / 'panel.db'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def signed(played: tuple[Path, Pool]) -> tuple[Flask, str]:
    """The panel, put together once, and the cookie of the curator who has signed in."""
    database = SyncDatabase(f"sqlite:///{played[0]}")
    app = create_app(settings_for(), database, Clock(NOW), Clock(NOW))
    cookie = signed_in(app, "zimina").client.get_cookie("nastavnik")
    database.close()
    return app, cookie.value


@pytest.fixture
def curator(store: SyncDatabase, signed: tuple[Flask, str]) -> Browser:
    """With a database of the test's own."""
    app, cookie = signed
    app.extensions["desk"] = replace(app.extensions["desk"], database=store)
    client = app.test_client()
    client.set_cookie("nastavnik", cookie)
    return Browser(client)


@pytest.fixture
def board(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the draft; the solver works in this process, as most tests are about the pages."""
    monkeypatch.setattr(mentoring.matching_run, "assign_apart", lambda problem, timeout: assign(problem))
    return f"/matching/{pool.draft_id}"


def two(mentor: object, mentee: object) -> dict[str, object]:
    return {"mentor": mentor.id, "mentee": mentee.id}


def places(store: SyncDatabase, draft_id: int) -> dict[int, int]:
    with store.readers() as session:
        lines = session.scalars(select(MatchingLine).where(MatchingLine.draft_id == draft_id))
        return {line.mentee_enrolment_id: line.mentor_enrolment_id for line in lines}


def test_a_draft_is_made_and_run_with_one_button(curator: Browser, store: SyncDatabase, pool: Pool) -> None:
    """With the solver in a process of its own, as in a school."""
    answer = curator.send("/matching/", {"name": "Второй подбор"})

    assert answer.status_code == 303
    page = curator.text(answer.location)
    assert "Крылова Мила" in page
    assert "Учёба" in page
    assert places(store, int(answer.location.rsplit("/", 1)[1])) == {
        pool.mila.id: pool.anna.id,
        pool.timur.id: pool.igor.id,
    }


def test_what_the_curator_said_is_kept_where_it_could_not_be_calculated(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise CalculationFailed("TimeoutExpired")

    monkeypatch.setattr(mentoring.matching_run, "assign_apart", dies)
    before = places(store, pool.draft_id)

    answer = curator.send(f"{board}/lock", two(pool.igor, pool.mila), seen=board)

    page = curator.text(answer.location)
    assert "Закреплено: Крылова Мила — Ветров Игорь Павлович" in page
    assert "пересчитать не получилось" in page
    assert places(store, pool.draft_id) == before
    with store.readers() as session:
        assert len(session.scalars(select(MatchingChoice)).all()) == 1
    begun = curator.send("/matching/", {"name": "Второй"})
    assert "Ещё не считали" in curator.text(begun.location)


def test_a_draft_without_a_name_is_not_made(curator: Browser, store: SyncDatabase) -> None:
    assert "Назовите подбор" in curator.send("/matching/", {"name": " "}).text
    with store.readers() as session:
        assert len(session.scalars(select(MatchingDraft)).all()) == 1


def test_a_mentee_is_moved_without_a_mouse_and_the_page_says_who_went_where(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    answer = curator.press(board, f"{board}/lock", two(pool.igor, pool.mila))

    assert answer.location == f"{board}#m{pool.igor.id}"
    page = curator.text(board)
    assert "Закреплено: Крылова Мила — Ветров Игорь Павлович" in page
    assert "Асланов Тимур: Ветров Игорь Павлович → Лебедева Анна Сергеевна" in page
    assert "закреплено</span>" in page
    assert places(store, pool.draft_id)[pool.mila.id] == pool.igor.id


def test_the_last_change_can_be_undone_from_the_page_once(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    before = places(store, pool.draft_id)
    answer = curator.send(f"{board}/lock", two(pool.igor, pool.mila), seen=board)
    page = curator.text(answer.location)
    assert "Отменить последнее изменение" in page
    assert places(store, pool.draft_id) != before
    [words] = re.findall(r'name="words" value="([^"]*)"', page)

    done = curator.send(f"{board}/undo", {"mentee": pool.mila.id, "words": words}, seen=board)

    page = curator.text(done.location)
    assert "Отменено" in page
    assert "Отменить последнее изменение" not in page
    assert places(store, pool.draft_id) == before
    curator.send(f"{board}/undo", {"mentee": pool.mila.id, "words": "нет:lock 5:nothing"}, seen=board)
    assert places(store, pool.draft_id) == before


def test_after_a_move_the_same_part_of_the_board_is_shown(curator: Browser, board: str, pool: Pool) -> None:
    page = f"{board}?show=placed"
    token = curator.token(page)
    answer = curator.client.post(
        f"{board}/lock",
        data={"csrf_token": token, **two(pool.igor, pool.mila)},
        headers={"Referer": f"http://localhost{page}"},
    )

    assert answer.location == f"{page}#m{pool.igor.id}"


def test_two_can_be_kept_apart_and_allowed_again(curator: Browser, board: str, store: SyncDatabase, pool: Pool) -> None:
    curator.press(board, f"{board}/forbid", two(pool.anna, pool.mila))
    page = curator.text(board)
    assert "Не предлагаем" in page
    assert places(store, pool.draft_id).get(pool.mila.id) != pool.anna.id

    curator.press(board, f"{board}/free", two(pool.anna, pool.mila))

    assert places(store, pool.draft_id)[pool.mila.id] == pool.anna.id


def test_what_cannot_be_held_together_is_refused_in_words(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    with store.writers.begin() as session:
        set_organisation(session, 1)
        pool.school.session = session
        lev = pool.school.enrol(LEV, Role.MENTEE, consents=False)
    curator.send(f"{board}/lock", two(pool.anna, lev), seen=board)

    page = curator.text(board)

    assert "поставить их вместе нельзя. Причина: не хватает согласия" in page


def test_a_number_that_is_none_moves_nobody(curator: Browser, board: str, store: SyncDatabase) -> None:
    assert curator.send(f"{board}/lock", {"mentor": "x", "mentee": "-1"}, seen=board).status_code == 404
    with store.readers() as session:
        assert session.scalars(select(MatchingChoice)).all() == []


def test_all_mentors_for_one_mentee_are_a_page_with_buttons(curator: Browser, board: str, pool: Pool) -> None:
    page = f"{board}/person/{pool.mila.id}"

    html = curator.text(page)

    assert html.index("Лебедева") < html.index("Ветров")
    assert "сейчас вместе" in html
    assert curator.press(page, f"{board}/lock", two(pool.igor, pool.mila)).location.startswith(board)


def test_weights_show_what_they_change_before_they_are_saved(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    page = f"{board}/settings"
    values = sent(curator.text(page)) | {"least_total": "99"}
    tried = curator.send(page, values | {"try": "1"})
    part = curator.client.post(
        page, data={"csrf_token": curator.token(page), **values, "try": "1"}, headers={"X-Effect": "1"}
    )

    assert "2 человека окажутся у другого наставника" in tried.text
    assert part.text.startswith("<h2>") or "<html" not in part.text
    assert len(places(store, pool.draft_id)) == 2

    curator.send(page, values | {"usual": "y"})

    assert places(store, pool.draft_id) == {}
    with store.readers() as session:
        assert session.scalars(select(Programme)).one().matching["least_total"] == 99


def test_weights_that_are_all_zero_are_refused_in_words(curator: Browser, board: str) -> None:
    page = f"{board}/settings"
    values = {name: "0" if name.startswith("weight_") else value for name, value in sent(curator.text(page)).items()}

    curator.send(page, values)

    assert "такое значение не подходит" in curator.text(board)


def test_a_copy_is_changed_and_compared(curator: Browser, board: str, pool: Pool) -> None:
    copy = curator.send(f"{board}/copy", {"name": "Что если"}).location
    curator.press(copy, f"{copy}/lock", two(pool.igor, pool.mila))
    other = copy.rsplit("/", 1)[1]
    assert f"{board}/compare/{other}" in curator.text(f"{board}/compare")

    page = curator.text(f"{board}/compare/{other}")

    assert "2 человека у разных наставников" in page
    assert "100 %" in page
    assert "Крылова Мила" in page


def test_ticked_people_get_proposals_and_the_rest_stays(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    page = f"{board}/publish?id={pool.mila.id}"
    assert "Асланов" not in curator.text(page)

    curator.send(f"{board}/publish", {"id": pool.mila.id}, seen=page)

    with store.readers() as session:
        assert [pair.state for pair in session.scalars(select(Pair))] == [PairState.ASKED_MENTOR]
        assert "Анна" not in session.scalars(select(Pair)).one().reasons
        assert "учёба" in session.scalars(select(Pair)).one().reasons
    assert "Отправлено: 1 предложение" in curator.text(board)
    assert labels.word(PairState.ASKED_MENTOR) in curator.text(board)


def test_nobody_is_asked_without_a_tick(curator: Browser, board: str, store: SyncDatabase) -> None:
    curator.send(f"{board}/publish", {}, seen=f"{board}/publish")

    with store.readers() as session:
        assert session.scalars(select(Pair)).all() == []


def test_the_board_is_taken_away_as_a_table(curator: Browser, board: str, pool: Pool) -> None:
    curator.send(f"{board}/forbid", two(pool.anna, pool.mila), seen=board)
    curator.send(f"{board}/forbid", two(pool.igor, pool.mila), seen=board)

    sheet = load_workbook(BytesIO(curator.open(f"{board}/export.xlsx").data)).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[2], row[7]) for row in rows] == [
        ("Ветров Игорь Павлович", "Асланов Тимур", "предложено"),
        (None, "Крылова Мила", "без наставника"),
    ]
    assert "Запрос и опыт совпадают: проекты" in rows[0][5]


def test_a_published_draft_has_no_buttons_that_change_it(curator: Browser, board: str, pool: Pool) -> None:
    curator.send(f"{board}/publish", {"id": [pool.mila.id, pool.timur.id]}, seen=f"{board}/publish")

    page = curator.text(board)

    assert "менять его больше нельзя" in page
    assert f'action="{board}/lock"' not in page
    assert f'action="{board}/run"' not in page


def test_two_mentees_of_one_mentor_become_a_group_when_the_curator_says_so(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    with store.writers.begin() as session:
        set_organisation(session, 1)
        pool.school.session = session
        oleg = joined(pool.school, OLEG_STUDENT, Role.MENTOR, STUDY, PROJECTS, capacity=2)
    for mentee in (pool.mila, pool.timur):
        curator.send(f"{board}/lock", two(oleg, mentee), seen=board)
    assert f"group_{oleg.id}" in curator.text(f"{board}/publish")

    curator.send(
        f"{board}/publish",
        {"id": [pool.mila.id, pool.timur.id], f"group_{oleg.id}": "1"},
        seen=f"{board}/publish",
    )

    with store.readers() as session:
        [pair] = session.scalars(select(Pair)).all()
        assert len(pair.members) == 3


def test_a_mentee_of_a_mentor_with_a_group_joins_it_unless_the_curator_unticks(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    with store.writers.begin() as session:
        set_organisation(session, 1)
        pool.school.session = session
        oleg = joined(pool.school, OLEG_STUDENT, Role.MENTOR, STUDY, PROJECTS, capacity=3)
        group = pool.school.group(oleg, pool.mila, pool.timur)
        confirm_pair(session, group, by=pool.school.curator, now=NOW)
        lev = pool.mentee(LEV, STUDY)
    curator.send(f"{board}/lock", two(oleg, lev), seen=board)
    assert "группу из 2" in curator.text(board)
    page = curator.text(f"{board}/publish")
    assert f'name="join_{oleg.id}" value="1" checked' in page
    assert "В группу, которая уже есть: Крылова Мила, Асланов Тимур" in page

    curator.send(f"{board}/publish", {"id": [lev.id], f"join_{oleg.id}": "1"}, seen=f"{board}/publish")

    with store.readers() as session:
        assert [pair.joins_pair_id for pair in session.scalars(select(Pair).order_by(Pair.id))] == [None, group]


def test_each_number_of_what_is_lacking_opens_exactly_its_people(curator: Browser, pool: Pool) -> None:
    page = curator.text("/matching/gaps")

    found = re.findall(r'href="(/matching/gaps/people[^"]*)">(\d+)</a>', page)
    assert len(found) > 10
    for address, number in found:
        people = curator.text(address)
        rows, places = people.count("Подобрать</a>"), re.search(r", (\d+) свободн", people)
        assert int(number) in (rows, int(places[1]) if places else rows), address
    assert "Могут помочь" in page
    assert "Учёба: наставники" in curator.text("/matching/gaps/people?of=topic&value=study&role=mentor")
    assert curator.open("/matching/gaps/people?of=topic&value=nothing").status_code == 404


def test_who_would_rather_not_be_with_whom_is_told_to_the_curator_alone(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool
) -> None:
    with store.writers.begin() as session:
        set_organisation(session, 1)
        pool.school.session = session
        published(pool.school, questionnaire_definitions()["preferences_mentee"])
        answers = {"not_with": [f"p{pool.anna.person_id}"]}
        pool.school.response(pool.mila.person_id, "preferences_mentee", answers, enrolment_id=pool.mila.id)
    pages = (f"{board}/person/{pool.mila.id}", f"/waiting/{pool.mila.id}", f"/pairs/propose/{pool.mila.id}")
    assert ["просил не ставить их вместе" in curator.text(page) for page in pages] == [True] * 3

    with store.writers.begin() as session:
        for account in session.scalars(select(CuratorAccount)):
            account.role = AccountRole.HEAD

    for page in (*pages, board, f"{board}/publish", f"/waiting/{pool.mila.id}/assign"):
        assert "просил не ставить" not in curator.text(page), page
    assert "по правилам программы их вместе не ставят" in curator.text(pages[0]).lower()


def test_a_draft_of_nobody_has_no_points_and_does_not_say_that_somebody_was_asked(
    curator: Browser, board: str, store: SyncDatabase
) -> None:
    with store.writers.begin() as session:
        session.execute(update(Enrolment).values(status=EnrolmentStatus.RETURNED))

    page = curator.text(curator.send("/matching/", {"name": "Пустой"}).location)

    assert "Самое слабое предложение</dt><dd>—<" in page
    assert "В среднем подходят на</dt><dd>—<" in page
    empty = re.search(r'href="(/matching/\d+)/settings"', page)[1]
    sending = curator.text(f"{empty}/publish")
    assert "В этом подборе пока никого нет" in sending
    assert "уже получили предложения" not in sending
    assert re.search(r'data-name="В среднем" class="num">—<', curator.text("/matching/"))


def test_what_could_not_be_sent_is_said(
    curator: Browser, board: str, store: SyncDatabase, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another curator was faster by a moment."""
    from mentoring.use_cases import matching_publish

    def refuse(*_: object, **__: object) -> None:
        raise OutOfDate("pair")

    monkeypatch.setattr(matching_publish, "propose_group", refuse)

    page = curator.send(f"{board}/publish", {"id": pool.mila.id}, seen=f"{board}/publish").text

    assert "Предложения отправлены не все" in page
    assert "Крылова Мила" in page
    assert "решите заново" in page


def test_the_pages_of_a_draft_speak_russian_and_hold_nothing_inline(curator: Browser, board: str, pool: Pool) -> None:
    curator.send(f"{board}/lock", two(pool.igor, pool.mila), seen=board)
    copy = curator.send(f"{board}/copy", {"name": "Что если"}).location.rsplit("/", 1)[1]
    for path in ("", f"/person/{pool.mila.id}", f"/person/{pool.anna.id}", "/settings", "/publish", f"/compare/{copy}"):
        page = Page(curator.text(board + path))
        words = " ".join(page.words).replace("Excel", "")
        assert not re.findall(r"None|False|True|Undefined|[A-Za-z]{2,}", words), path
        assert page.open == [], path
        assert not [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]


def test_the_board_of_a_large_pool_stays_light(curator: Browser, board: str, store: SyncDatabase, pool: Pool) -> None:
    curator.text(board)
    with counted(store) as small:
        curator.text(board)
    with store.writers.begin() as session:
        set_organisation(session, 1)
        pool.school.session = session
        fill(pool.school)
    curator.press(board, f"{board}/run")
    with counted(store) as asked:
        page = curator.text(board)

    assert "Страница 1 из 2" in page
    assert len(asked) <= MOST_QUERIES
    assert len(asked) == len(small)
    assert page.count("data-mentor=") == 50


def fill(school: School) -> None:
    """More mentors than a page shows, and some mentees."""
    for number in range(70):
        role = Role.MENTOR if number < 52 else Role.MENTEE
        kind = PersonKind.TEACHER if role is Role.MENTOR else PersonKind.PUPIL
        sketch = (f"Иванов{number:03d}", "Пётр", "", kind, AgeGroup.ADULT, "")
        person = school.person(sketch, chat=False)
        topics = (STUDY, PROJECTS) if number % 3 else (STUDY,)
        enrolment = school.enrol(sketch, role, capacity=2, person=person)
        school.says(enrolment, topics=list(topics), days=["tue" if number % 2 else "fri"], parts=["evening"])


def sent(html: str) -> dict[str, str]:
    """What the form on the page would send unchanged."""
    fields = re.findall(r'<input[^>]*id="((?:weight|least|class)_\w+)"[^>]*value="(\d+)"', html)
    selects = re.findall(r'<select[^>]*name="(\w+)".*?<option selected value="(\w+)"', html, re.S)
    return dict([*fields, *selects])


MOST_QUERIES = 20
OLEG_STUDENT = ("Титов", "Олег", "", PersonKind.STUDENT, AgeGroup.ADULT, "1 курс")
