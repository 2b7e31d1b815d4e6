"""The curator's season: read, approve, return, propose, confirm, write, log, take away."""

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentGap, ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.forms import Form
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, Door
from mentoring.rules.questionnaire import Done
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.questionnaires import answer_question, current_step, jump_to
from mentoring.use_cases.responses import submit_response
from storage.database import SyncDatabase
from storage.models.consent import Consent
from storage.models.meeting import Meeting
from storage.models.notice import Letter, Notice
from storage.models.pair import Pair
from storage.models.person import Enrolment, Invitation, Person
from storage.models.questionnaire import Answer, Response
from storage.scope import set_organisation
from tests.admin.conftest import Browser, Clock
from tests.admin.season import Season
from tests.use_cases.gymnasium import NOW


@pytest.fixture
def rows(database: SyncDatabase, season: Season) -> Any:
    """Fresh rows of our school."""

    class Rows:
        def one(self, table: type, key: int) -> Any:
            with database.readers() as session:
                return session.get(table, key)

        def all(self, *query: Any) -> list[Any]:
            with database.readers() as session:
                set_organisation(session, season.organisation_id)
                return list(session.scalars(*query))

        def last(self, table: type) -> Any:
            return self.all(select(table).order_by(table.id))[-1]

        def notices(self, kind: NoticeKind, person_id: int) -> list[Notice]:
            return self.all(select(Notice).where(Notice.kind == kind, Notice.person_id == person_id))

    return Rows()


def test_the_first_page_leads_to_what_waits(curator: Browser, season: Season) -> None:
    page = curator.text("/")

    assert "1 новая анкета" in page
    assert "1 письмо ждёт ответа" in page
    assert "1 пара согласна и ждёт вашего подтверждения" in page
    assert f'href="/pairs/{season.agreed}"' in page
    assert f'href="/responses/{season.igor_response}"' in page


def test_each_thing_to_do_opens_as_many_rows_as_it_counts(curator: Browser) -> None:
    assert "1 анкета" in curator.text("/responses/?need=review")
    assert "1 запись" in curator.text("/pairs/?state=agreed")
    assert "1 письмо без ответа" in curator.text("/messages/letters?state=open")
    assert "2 человека" in curator.text("/people/?missing=any")


def test_a_response_is_read_and_approved(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/responses/{season.igor_response}"
    assert "Ветров" in curator.text(page)

    answer = curator.press(page, f"/person/{season.igor}/approve/{season.igor_enrolment}")

    assert answer.location == f"/person/{season.igor}"
    assert "Анкета одобрена: Ветров Игорь Павлович" in curator.text(answer.location)
    assert rows.one(Enrolment, season.igor_enrolment).status is EnrolmentStatus.APPROVED
    assert len(rows.notices(NoticeKind.PERSON_APPROVED, season.igor)) == 1


def test_a_second_press_on_approve_changes_nothing(curator: Browser, season: Season, rows: Any) -> None:
    for _ in range(2):
        curator.send(f"/person/{season.igor}/approve/{season.igor_enrolment}")

    assert len(rows.notices(NoticeKind.PERSON_APPROVED, season.igor)) == 1


def test_a_returned_response_comes_back_corrected(
    curator: Browser, season: Season, database: SyncDatabase, rows: Any, clock: Clock
) -> None:
    page = f"/person/{season.igor}/return/{season.igor_enrolment}"
    assert "Ветров Игорь Павлович получит ваше замечание" in curator.text(page)

    curator.send(page, {"remark": "Напишите, с каким классом хотите работать"}, seen=page)
    assert rows.one(Enrolment, season.igor_enrolment).status is EnrolmentStatus.RETURNED
    assert "Напишите, с каким классом" in curator.text(f"/person/{season.igor}")

    clock.forward(hours=1)
    with database.writers.begin() as session:
        set_organisation(session, season.organisation_id)
        _correct(session, season, clock)
    assert "Прежние отправки" in curator.text(f"/responses/{season.igor_response}")
    assert "1 анкета" in curator.text("/responses/?need=review")


def test_an_empty_remark_is_asked_for_again(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/person/{season.igor}/return/{season.igor_enrolment}"

    answer = curator.send(page, {"remark": "  "}, seen=page)

    assert "Напишите, что исправить" in answer.text
    assert rows.one(Enrolment, season.igor_enrolment).status is EnrolmentStatus.SUBMITTED


def test_bulk_approval_asks_first_and_skips_those_who_may_not(curator: Browser, season: Season, rows: Any) -> None:
    chosen = {"id": [str(season.igor), str(season.timur)]}

    asked = curator.send("/people/approve", chosen, seen="/people/")
    assert "Одобрить 1 анкету?" in asked.text
    assert "Ветров" in asked.text
    assert rows.one(Enrolment, season.igor_enrolment).status is EnrolmentStatus.SUBMITTED

    curator.send("/people/approve", {**chosen, "sure": "1"}, seen="/people/")
    assert rows.one(Enrolment, season.igor_enrolment).status is EnrolmentStatus.APPROVED


def test_a_declined_person_can_come_back(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/person/{season.igor}/decline/{season.igor_enrolment}"
    curator.send(page, {"reason": "Уходит в отпуск"}, seen=page)
    assert rows.one(Enrolment, season.igor_enrolment).status is EnrolmentStatus.DECLINED

    curator.press(f"/person/{season.igor}", f"/person/{season.igor}/reopen/{season.igor_enrolment}")
    assert rows.one(Enrolment, season.igor_enrolment).status is not EnrolmentStatus.DECLINED


def test_a_pair_is_proposed_with_reasons_and_confirmed_after_two_answers(
    curator: Browser, season: Season, rows: Any
) -> None:
    curator.send(f"/person/{season.igor}/approve/{season.igor_enrolment}")
    curator.send(f"/pairs/{season.agreed}/withdraw", seen=f"/pairs/{season.agreed}/withdraw")
    choose = curator.text(f"/pairs/propose/{season.mila_enrolment}")
    offer = f"/pairs/propose/{season.igor_enrolment}/{season.mila_enrolment}"
    assert f'href="{offer}"' in choose
    assert "Запрос и опыт совпадают" in choose
    assert "Запрос и опыт совпадают" in curator.text(offer)

    sent = curator.send(offer, {"reasons": "Оба любят физику.", "form": "employer_pupil"}, seen=offer)
    made = rows.last(Pair)
    assert sent.location == f"/pairs/{made.id}"
    assert made.state is PairState.ASKED_MENTOR

    for person_id in (season.igor, season.mila):
        curator.send(f"/pairs/{made.id}/answer/{person_id}", {"yes": "1"}, seen=f"/pairs/{made.id}/answer/{person_id}")
    curator.send(f"/pairs/{made.id}/decide", {"note": "Знакомы по кружку."}, seen=f"/pairs/{made.id}/decide")

    assert rows.one(Pair, made.id).state is PairState.CONFIRMED
    assert rows.notices(NoticeKind.PERSON_PAIR_CONFIRMED, season.mila)


def test_the_form_follows_from_who_they_are_and_the_curator_may_correct_it(
    curator: Browser, season: Season, rows: Any
) -> None:
    page = f"/pairs/{season.pair}/form"
    assert rows.one(Pair, season.pair).form == Form.TEACHER_TEACHER

    curator.send(page, {"form": "pedagogues", "role_model": "опытный учитель – молодой специалист"})
    assert rows.one(Pair, season.pair).form == Form.PEDAGOGUES
    assert "педагог–педагог, опытный учитель" in curator.text(f"/pairs/{season.pair}")

    curator.send(page, {"form": "", "role_model": ""})
    assert rows.one(Pair, season.pair).form == Form.TEACHER_TEACHER


def test_what_speaks_against_a_candidate_is_said(curator: Browser, season: Season) -> None:
    page = curator.text(f"/pairs/propose/{season.igor_enrolment}")

    assert "Уже есть наставник или предложение" in page
    assert "пока нельзя" in page


def test_a_pair_without_consent_is_not_confirmed_and_the_owner_is_named(
    curator: Browser, season: Season, database: SyncDatabase, rows: Any, clock: Clock
) -> None:
    page = f"/person/{season.mila}/paper-consent/{ConsentKind.GUARDIAN}"
    curator.send(
        page,
        {
            "decision": "refused",
            "given_by_name": "Крылова Вера Андреевна",
            "relation": "мама",
            "signed_on": "2026-11-20",
        },
        seen=page,
    )

    curator.send(f"/pairs/{season.agreed}/confirm", seen=f"/pairs/{season.agreed}")

    assert rows.one(Pair, season.agreed).state is PairState.WITHDRAWN


def test_a_pair_is_ended_with_a_reason(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/pairs/{season.pair}/end"
    assert "назначенные встречи отменятся" in curator.text(page)

    curator.send(page, {"reason": "completed"}, seen=page)

    assert rows.one(Pair, season.pair).state is PairState.COMPLETED
    assert "цели достигнуты" in curator.text(f"/pairs/{season.pair}")


def test_feedback_stands_on_the_pairs_page_for_the_curator(curator: Browser, season: Season) -> None:
    page = curator.text(f"/pairs/{season.pair}")

    assert "Отзывы о встречах" in page
    assert "Их видите только вы" in page


def test_a_meeting_is_logged_for_a_pair(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/meetings/log/{season.pair}"
    told = {"held_at": "2026-11-20T15:30", "minutes": "40", "place_kind": "online", "topic": "План на декабрь"}

    curator.send(f"/pairs/{season.agreed}/decide", seen=f"/pairs/{season.agreed}/decide")
    curator.send(page, told, seen=page)

    logged = rows.last(Meeting)
    assert logged.state is MeetingState.HELD
    assert logged.topic == "План на декабрь"
    assert logged.starts_at.hour == 12  # 15:30 in Moscow


def test_a_meeting_in_the_past_cannot_be_planned_and_nothing_typed_is_lost(curator: Browser, season: Season) -> None:
    page = f"/meetings/plan/{season.pair}"

    answer = curator.send(
        page,
        {"starts_at": "2026-11-20T15:30", "minutes": "40", "place_kind": "organisation", "place": "кабинет 24"},
        seen=page,
    )

    assert "уже прошло" in answer.text
    assert 'value="кабинет 24"' in answer.text
    assert 'value="2026-11-20T15:30"' in answer.text


def test_a_meeting_is_planned_moved_and_cancelled(curator: Browser, season: Season, rows: Any) -> None:
    plan = f"/meetings/plan/{season.pair}"
    curator.send(
        plan, {"starts_at": "2026-11-27T15:30", "minutes": "40", "place_kind": "online", "place": ""}, seen=plan
    )
    made = rows.last(Meeting)
    move = f"/meetings/{made.id}/move"
    curator.send(move, {"starts_at": "2026-11-28T11:00", "place_kind": "organisation", "place": "к. 5"}, seen=move)
    assert rows.one(Meeting, made.id).starts_at.day == 28
    assert rows.one(Meeting, made.id).place == "к. 5"

    cancel = f"/meetings/{made.id}/cancel"
    curator.send(cancel, {"reason": "Карантин"}, seen=cancel)
    assert rows.one(Meeting, made.id).state is MeetingState.CANCELLED
    assert "Карантин" in curator.text(f"/meetings/{made.id}")


def test_a_meeting_whose_time_has_passed_is_closed(curator: Browser, season: Season, rows: Any, clock: Clock) -> None:
    clock.forward(days=3)

    curator.press(f"/meetings/{season.planned}", f"/meetings/{season.planned}/close", {"took_place": "yes"})

    assert rows.one(Meeting, season.planned).state is MeetingState.HELD


def test_somebody_without_a_chat_comes_in_on_paper(curator: Browser, season: Season, rows: Any) -> None:
    curator.send(
        "/people/new",
        {
            "role": "mentor",
            "last_name": "Громова",
            "first_name": "Зоя",
            "patronymic": "Петровна",
            "kind": "teacher",
            "birth_date": "1970-05-06",
            "place": "учитель химии",
            "phone": "8 900 123-45-67",
        },
        seen="/people/new",
    )
    person, enrolment = rows.last(Person), rows.last(Enrolment)
    assert person.phone == "+79001234567"
    page = curator.text(f"/person/{person.id}")
    assert "Принять бумажное согласие" in page
    assert "без Телеграма" in page

    consent = f"/person/{person.id}/paper-consent/{ConsentKind.ADULT}"
    curator.send(consent, {"decision": "given", "signed_on": "2026-11-20"}, seen=consent)
    assert rows.one(Person, person.id).missing_consents is ConsentGap.NONE
    assert rows.last(Consent).door is Door.PAPER

    sheet = f"/paper/{enrolment.id}"
    assert 'value="Громова"' in curator.text(sheet)
    wrong = curator.send(sheet, {"last_name": "Громова"}, seen=sheet)
    assert "Не все ответы подошли" in wrong.text
    assert 'value="Громова"' in wrong.text
    curator.send(sheet, _everything_on(curator.open(sheet).text), seen=sheet)
    assert rows.one(Enrolment, enrolment.id).status is EnrolmentStatus.SUBMITTED
    assert rows.last(Response).door is Door.PAPER


def test_a_named_invitation_gives_a_link_of_its_own(curator: Browser, rows: Any) -> None:
    told = {"role": "mentor", "last_name": "Титов", "first_name": "Олег", "place": "11 «А»"}

    made = curator.send("/invitations/named", told, seen="/invitations/named")

    token = rows.last(Invitation).token
    assert f"https://t.me/mayak_bot?start={token}" in made.text
    assert token in curator.text(f"/person/{rows.last(Person).id}")


def test_a_renewed_link_replaces_the_old_one_after_a_warning(curator: Browser) -> None:
    before = curator.text("/invitations/")
    assert "перестанет работать сразу и навсегда" in curator.text("/invitations/renew/mentor")

    curator.send("/invitations/renew/mentor", seen="/invitations/renew/mentor")

    assert curator.text("/invitations/") != before


def test_a_letter_for_the_parent_has_a_link_and_a_square(curator: Browser, season: Season) -> None:
    page = curator.press(f"/person/{season.timur}", f"/person/{season.timur}/guardian-letter")

    letter = curator.text(page.location)
    assert "хочет участвовать в программе наставничества" in letter
    assert "<svg" in letter
    assert "https://t.me/mayak_bot?start=" in letter


def test_a_letter_is_answered_and_leaves_the_list(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/messages/letters/{season.darya}"
    assert "Можно нам встретиться в библиотеке?" in curator.text(page)

    curator.send(page, {"text": "Да, ключ у дежурного."}, seen=page)

    assert rows.one(Letter, season.letter).answered_at is not None
    assert rows.notices(NoticeKind.PERSON_CURATOR_WROTE, season.darya)
    assert "Писем нет" in curator.text("/messages/letters?state=open")


def test_a_letter_may_need_no_answer(curator: Browser, season: Season, rows: Any) -> None:
    curator.press("/messages/letters", f"/messages/letters/close/{season.letter}")

    assert rows.one(Letter, season.letter).answered_at is not None


def test_a_corrected_birth_date_asks_for_the_right_consent(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/person/{season.darya}/correct"
    told = {"last_name": "Соколова", "first_name": "Дарья", "patronymic": "Игоревна", "birth_date": "2010-07-04"}

    curator.send(page, told, seen=page)

    assert rows.one(Person, season.darya).missing_consents is ConsentGap.BOTH
    assert "согласие родителя" in curator.text(f"/person/{season.darya}")


def test_a_wrong_phone_is_said_and_nothing_typed_is_lost(curator: Browser, season: Season) -> None:
    page = f"/person/{season.darya}/correct"

    answer = curator.send(page, {"last_name": "Соколова-Белая", "first_name": "Дарья", "phone": "12"}, seen=page)

    assert "Проверьте поле «Телефон»" in answer.text
    assert 'value="Соколова-Белая"' in answer.text


def test_erasing_says_what_will_happen_and_then_does_it(curator: Browser, season: Season, rows: Any) -> None:
    page = f"/person/{season.darya}/erase"
    warned = curator.text(page)
    assert "Вернуть удалённое нельзя" in warned
    assert "Соколова Дарья Игоревна" in warned

    curator.send(page, seen=page)

    assert rows.one(Person, season.darya).last_name == ""
    assert "Данные этого человека удалены" in curator.text(f"/person/{season.darya}")
    assert "Соколова" not in curator.text("/people/")


def test_everything_kept_about_a_person_can_be_taken_away(curator: Browser, season: Season) -> None:
    answer = curator.open(f"/person/{season.darya}/data.json")

    assert "Соколова" in answer.get_data(as_text=True)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Соколова" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("path", "header", "words"),
    [
        ("/people/export.xlsx?q=соколова", "Фамилия, имя, отчество", "Соколова Дарья Игоревна"),
        ("/pairs/export.xlsx", "Наставник", "Лебедева Анна Сергеевна"),
        ("/meetings/export.xlsx", "Когда", "Знакомство и планы на четверть"),
        ("/responses/export.xlsx", "Кто", "Анкета наставника"),
        ("/consents/export.xlsx", "О ком", "согласие взрослого"),
        ("/messages/export.xlsx", "Кому", "Пара подтверждена"),
        ("/results/export.xlsx", "Наставник", "Лебедева Анна Сергеевна"),
    ],
)
def test_each_list_is_taken_away_as_it_is_shown(curator: Browser, path: str, header: str, words: str) -> None:
    answer = curator.open(path)

    sheet = load_workbook(BytesIO(answer.data)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == header
    assert any(words in row for row in cells), cells
    if "q=" in path:
        assert len(cells) == 2
    assert "23.11.2026.xlsx" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("words", "found"), [("иванов", 0), ("СОКОЛОВА", 1), ("дарья соколова", 1), ("лебедева а", 1)])
def test_search_finds_people_however_they_are_typed(curator: Browser, words: str, found: int) -> None:
    page = curator.text(f"/people/?q={words}")

    assert page.count('class="pick"') - 1 == found if found else "Никого не нашлось" in page


def test_filters_stand_in_the_address_and_can_be_taken_away(curator: Browser) -> None:
    page = curator.text("/people/?role=mentor&status=submitted")

    assert "1 человек" in page
    assert 'class="chip on" href="/people/?status=submitted"' in page
    assert "Ветров" in page


def test_strange_words_in_an_address_break_nothing(curator: Browser) -> None:
    for path in (
        "/people/",
        "/pairs/",
        "/meetings/",
        "/responses/",
        "/consents/",
        "/messages/",
        "/results/",
        "/audit/",
    ):
        for query in (
            "page=-1",
            "page=99999",
            "page=x",
            "state=нет",
            "need=%00",
            "q='--",
            "kind=%F0%9F%98%80",
            "endpoint=x",
            "self=1",
            "pair=9e9",
        ):
            assert curator.open(f"{path}?{query}").status_code == 200, (path, query)


def test_the_organisations_new_name_stands_in_new_consents(curator: Browser, rows: Any) -> None:
    told = {"name": "Гимназия «Маяк» имени Ушакова", "short_name": "Маяк", "time_zone": "Asia/Omsk"}

    curator.send("/settings/organisation", told, seen="/settings/organisation")

    assert "имени Ушакова" in curator.text("/settings/")
    assert "23 ноября, 15:00" in curator.text("/audit/")  # Omsk is three hours ahead of Moscow's noon


def test_hours_of_messages_are_kept_and_nonsense_is_refused(curator: Browser) -> None:
    shown = curator.open("/settings/hours").text
    told = _fields(shown) | {"quiet_from": "20:00", "silence_days": "12"}

    curator.send("/settings/hours", told, seen="/settings/hours")
    assert "до 20:00" in curator.text("/settings/")

    refused = curator.send("/settings/hours", told | {"quiet_from": "05:00"}, seen="/settings/hours")
    assert "Проверьте поле" in refused.text


def test_a_curator_links_their_own_chat(curator: Browser) -> None:
    curator.press("/settings/", "/settings/telegram")

    page = curator.text("/settings/")
    assert "Ссылка только ваша" in page
    assert "<svg" in page


def test_reminding_by_hand_is_a_button(curator: Browser, season: Season) -> None:
    answer = curator.press(f"/person/{season.timur}", f"/person/{season.timur}/remind")

    assert answer.status_code == 303
    assert "апоминан" in curator.text(f"/person/{season.timur}")


def _correct(session: Session, season: Season, clock: Clock) -> None:
    by = Actor.person(season.igor)
    review = current_step(session, season.igor_response, person_id=season.igor)
    screen = jump_to(session, season.igor_response, review.review[1].key, by=by, now=clock())
    answer_question(session, season.igor_response, screen.question.key, Done(), by=by, now=clock())
    submit_response(session, season.igor_response, by=by, now=clock())


def _everything_on(html: str) -> dict[str, list[str]]:
    """The first thing that fits into every field of the sheet, typed by a patient curator."""
    told: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input id="q-[^"]+" name="([^"]+)" value="([^"]*)"', html):
        told[name] = [value or ("06.05.1970" if "date" in name else "2")]
    for name in re.findall(r'<textarea id="q-[^"]+" name="([^"]+)"', html):
        told[name] = ["Умею объяснять"]
    for name, options in re.findall(r'<select id="q-[^"]+" name="([^"]+)">(.*?)</select>', html, re.S):
        chosen = re.findall(r'value="([^"]+)" selected', options)
        told[name] = (chosen or re.findall(r'value="([^"]+)"', options))[:1]
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="([^"]+)" checked', html):
        told[name] = [value]
    for name, value in re.findall(r'type="(?:checkbox|radio)" name="([^"]+)" value="([^"]+)"', html):
        told.setdefault(name, [value])
    return told


def _fields(html: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', html))
    chosen = re.findall(r'<select[^>]*name="(\w+)".*?<option selected value="([^"]*)"', html, re.S)
    return {**found, **dict(chosen)}


def test_help_that_was_asked_for_goes_away_when_the_curator_says_done(
    curator: Browser, season: Season, database: SyncDatabase
) -> None:
    with database.writers.begin() as session:
        set_organisation(session, season.organisation_id)
        session.add(Answer(response_id=season.feedback, key="need_help", value=True, answered_at=NOW))
    assert "человек просит помощи в отзыве" in curator.text("/")
    page = f"/responses/{season.feedback}"
    assert "Здесь просят помощи" in curator.text(page)

    curator.press("/", f"{page}/help-given")

    assert "просит помощи" not in curator.text("/")
    assert "Просьба о помощи выполнена: Ольга Викторовна Зимина" in curator.text(page)


def test_forms_have_the_names_of_the_organisations_kind_on_pages_and_in_papers(
    curator: Browser, season: Season
) -> None:
    page = f"/pairs/{season.pair}"
    assert "учитель–учитель" in curator.text(page)
    settings = "/settings/organisation"
    card = {"name": "Дом творчества «Маяк»", "short_name": "ДТ «Маяк»", "time_zone": "Europe/Moscow"}
    curator.send(settings, card | {"kind": "additional"}, seen=settings)

    assert "дополнительное образование" in curator.text("/settings/")
    shown = curator.text(page)
    assert "педагог–педагог" in shown
    assert "учитель–учитель" not in shown
    sheet = load_workbook(BytesIO(curator.open("/registers/mentors.xlsx").data)).active
    assert "педагог–педагог" in {str(cell.value) for row in sheet.iter_rows() for cell in row}
