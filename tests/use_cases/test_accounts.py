"""Signing in to the panel, and what keeps it safe."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.errors import NotAllowed, NotFound, SignInRefused, TextEmpty, ValueWrong
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.accounts import (
    account_by_id,
    accounts_list,
    add_account,
    change_password,
    check_password,
    disable_account,
    end_sessions,
    require_curator,
    reset_password,
)
from mentoring.use_cases.invitations import curator_link
from storage.models.account import CuratorAccount
from tests.use_cases.gymnasium import CONSOLE, NOW, Gymnasium, open_gymnasium

PASSWORD = "сирень-за-окном"


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def test_the_right_password_signs_in_whatever_the_case_of_the_login(school: Gymnasium) -> None:
    signed = check_password(school.session, " Zimina ", PASSWORD, now=NOW)
    assert signed is not None
    assert (signed.account_id, signed.organisation_id) == (school.curator_id, school.organisation_id)
    assert (signed.session_version, signed.must_change_password) == (1, False)


@pytest.mark.parametrize(("login", "password"), [("zimina", "сирень"), ("nobody", PASSWORD), ("", "")])
def test_an_unknown_login_and_a_wrong_password_look_the_same(school: Gymnasium, login: str, password: str) -> None:
    assert check_password(school.session, login, password, now=NOW) is None


def test_five_failures_lock_for_fifteen_minutes_even_for_the_right_password(school: Gymnasium) -> None:
    for _ in range(5):
        check_password(school.session, "zimina", "не тот", now=NOW)
    assert check_password(school.session, "zimina", PASSWORD, now=NOW + timedelta(minutes=14)) is None
    assert check_password(school.session, "zimina", PASSWORD, now=NOW + timedelta(minutes=16)) is not None
    assert "account.locked" in school.acts("curator_account")


def test_a_success_forgets_the_failures(school: Gymnasium) -> None:
    for _ in range(4):
        check_password(school.session, "zimina", "не тот", now=NOW)
    check_password(school.session, "zimina", PASSWORD, now=NOW)
    check_password(school.session, "zimina", "не тот", now=NOW)
    assert check_password(school.session, "zimina", PASSWORD, now=NOW) is not None


def test_passwords_are_kept_as_argon2_hashes(school: Gymnasium) -> None:
    account = school.session.get_one(CuratorAccount, school.curator_id)
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in account.password_hash


def test_a_made_password_is_readable_and_must_be_changed(school: Gymnasium) -> None:
    added = add_account(
        school.session,
        "Gromov",
        "Пётр Ильич Громов",
        role=AccountRole.HEAD,
        organisation_id=school.organisation_id,
        by=CONSOLE,
        now=NOW,
    )
    assert added.login == "gromov"
    assert len(added.password.split("-")) == 4
    signed = check_password(school.session, "gromov", added.password, now=NOW)
    assert signed is not None
    assert signed.must_change_password


def test_a_login_is_one_for_all_organisations(school: Gymnasium, session: Session) -> None:
    other = open_gymnasium(session, "Лицей «Парус»", "gromova")
    with pytest.raises(ValueWrong) as refused:
        add_account(
            session,
            "ZIMINA",
            "Кто-то",
            role=AccountRole.CURATOR,
            organisation_id=other.organisation_id,
            by=CONSOLE,
            now=NOW,
        )
    assert refused.value.field == "login"


@pytest.mark.parametrize(
    ("login", "name", "password", "error"),
    [
        ("two words", "Имя", None, ValueWrong),
        ("new", "  ", None, TextEmpty),
        ("new", "Имя", "short", ValueWrong),
        ("longlogin", "Имя", "LongLogin", ValueWrong),
        ("new", "Имя", "aaaaaaaaaa", ValueWrong),
        ("new", "Имя", "x1y2z3" * 50, ValueWrong),
    ],
)
def test_weak_passwords_and_wrong_logins_are_refused(
    school: Gymnasium, login: str, name: str, password: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add_account(
            school.session,
            login,
            name,
            role=AccountRole.CURATOR,
            password=password,
            organisation_id=school.organisation_id,
            by=CONSOLE,
            now=NOW,
        )


def test_a_curator_makes_no_accounts_and_an_administrator_does(school: Gymnasium) -> None:
    def add(login: str, by: Actor) -> int:
        return add_account(
            school.session,
            login,
            "Имя",
            role=AccountRole.ADMINISTRATOR,
            organisation_id=school.organisation_id,
            by=by,
            now=NOW,
        ).account_id

    with pytest.raises(NotAllowed):
        add("one", school.curator)
    boss = add("boss", CONSOLE)
    assert add("two", Actor.curator(boss))


def test_changing_the_password_ends_all_other_sessions(school: Gymnasium) -> None:
    version = change_password(
        school.session, school.curator_id, PASSWORD, "черёмуха-у-реки", by=school.curator, now=NOW
    )
    assert version == 2
    assert check_password(school.session, "zimina", PASSWORD, now=NOW) is None
    signed = check_password(school.session, "zimina", "черёмуха-у-реки", now=NOW)
    assert signed is not None
    assert signed.session_version == 2


def test_changing_needs_the_old_password_a_new_one_and_the_owner(school: Gymnasium) -> None:
    change = (school.session, school.curator_id)
    with pytest.raises(SignInRefused):
        change_password(*change, "не тот", "черёмуха-у-реки", by=school.curator, now=NOW)
    with pytest.raises(ValueWrong):
        change_password(*change, PASSWORD, PASSWORD, by=school.curator, now=NOW)
    with pytest.raises(NotAllowed):
        change_password(*change, PASSWORD, "черёмуха-у-реки", by=school.head, now=NOW)


def test_a_reset_unlocks_and_ends_the_sessions(school: Gymnasium) -> None:
    for _ in range(5):
        check_password(school.session, "zimina", "не тот", now=NOW)
    made = reset_password(school.session, "zimina", by=CONSOLE, now=NOW)
    signed = check_password(school.session, "zimina", made.password, now=NOW)
    assert signed is not None
    assert (signed.session_version, signed.must_change_password) == (2, True)
    with pytest.raises(NotFound):
        reset_password(school.session, "nobody", by=CONSOLE, now=NOW)


def test_a_disabled_account_is_nobody(school: Gymnasium) -> None:
    disable_account(school.session, school.curator_id, by=CONSOLE, now=NOW)
    assert account_by_id(school.session, school.curator_id) is None
    assert check_password(school.session, "zimina", PASSWORD, now=NOW) is None
    with pytest.raises(NotAllowed):
        require_curator(school.session, school.curator)


def test_sessions_end_when_their_owner_or_an_administrator_says_so(school: Gymnasium) -> None:
    assert end_sessions(school.session, school.curator_id, by=school.curator, now=NOW) == 2
    with pytest.raises(NotAllowed):
        end_sessions(school.session, school.curator_id, by=school.head, now=NOW)


def test_the_card_says_where_the_account_works(school: Gymnasium) -> None:
    card = account_by_id(school.session, school.curator_id)
    assert card is not None
    assert (card.organisation_name, card.programme_id) == ("Гимназия «Маяк»", school.programme_id)
    assert (card.time_zone, card.school_year) == ("Europe/Moscow", "2026/2027")
    assert [one.login for one in accounts_list(school.session)] == ["zimina", "zimina-head"]


def test_who_may_decide(school: Gymnasium) -> None:
    assert require_curator(school.session, school.curator) == school.curator_id
    link = curator_link(school.session, school.curator_id, by=school.curator, now=NOW)
    chat = Actor.person(school.opens(link.token, "1008").person_id)
    assert require_curator(school.session, chat) == school.curator_id  # from their own chat
    someone = Actor.person(school.comes(Role.MENTOR, "1001").person_id)
    for nobody in (school.head, someone, Actor.system(), Actor.curator(999)):
        with pytest.raises(NotAllowed):
            require_curator(school.session, nobody)
