"""A foreign id looks exactly like a missing one, in every use-case, in a cold session and in a warm one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.consents import ConsentKind, Decision
from mentoring.rules.errors import NotAllowed, NotFound
from mentoring.rules.people import Actor, AgeGroup, Role
from mentoring.use_cases.accounts import (
    accounts_list,
    change_password,
    disable_account,
    end_sessions,
    require_curator,
    reset_password,
)
from mentoring.use_cases.agenda import agenda
from mentoring.use_cases.chats import curator_person_ids, expect_words, expected_words, remember_screen
from mentoring.use_cases.consents import (
    StatementField,
    accept_paper_consent,
    consent_document,
    consent_sheet,
    give_consent,
    guardian_statement,
    missing_for,
    my_consents,
    state_guardian,
    withdraw_consent,
)
from mentoring.use_cases.enrolment import (
    approve_enrolment,
    choose_age_group,
    decline_enrolment,
    leave_programme,
    reopen_enrolment,
    return_enrolment,
)
from mentoring.use_cases.invitations import (
    curator_link,
    guardian_link,
    invitation_links,
    link_of_person,
    renew_guardian_link,
    renew_invitation,
)
from mentoring.use_cases.letters import (
    answer_letter,
    close_letter,
    letters_with,
    open_letters,
    write_to_curator,
    write_to_person,
)
from mentoring.use_cases.people import add_person, correct_person, person_story
from mentoring.use_cases.privacy import ask_erasure, cancel_erasure, erase_person, my_data, open_erasures
from storage.database import SyncDatabase
from storage.models.account import CuratorAccount
from storage.models.consent import Consent, ConsentText, ErasureRequest
from storage.models.notice import Letter
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Person
from storage.scope import set_organisation
from tests.use_cases.gymnasium import ANNA, CONSOLE, NOW, open_gymnasium


@dataclass(frozen=True, slots=True)
class Foreign:
    """Everything of «Парус» that somebody from «Маяк» may try to name."""

    programme: int
    person: int
    minor: int
    guardian: int
    enrolment: int
    chat: int
    text: int
    consent: int
    letter: int
    request: int
    account: int


@dataclass(frozen=True, slots=True)
class Visit:
    session: Session
    foreign: Foreign
    curator: Actor

    def themselves(self) -> Actor:
        """An actor that claims to be the foreign person."""
        return Actor.person(self.foreign.person)


TABLES = (Person, Enrolment, ChannelAccount, Guardianship, Consent, ConsentText, Letter, ErasureRequest, CuratorAccount)


@pytest.fixture(params=["cold", "warm"])
def visit(request: pytest.FixtureRequest, store: SyncDatabase) -> Iterator[Visit]:
    with store.writers.begin() as session:
        lighthouse = open_gymnasium(session, "Гимназия «Маяк»", "zimina")
        foreign = _furnished(session)
    with store.writers() as session:
        held = [session.scalars(select(table)).all() for table in TABLES] if request.param == "warm" else []
        set_organisation(session, lighthouse.organisation_id)
        yield Visit(session, foreign, lighthouse.curator)
        del held


def _furnished(session: Session) -> Foreign:
    sail = open_gymnasium(session, "Лицей «Парус»", "gromova", "Заречный")
    anna = sail.adult(Role.MENTOR, "1001")
    sail.fills_in(anna, ANNA)
    child, parent = sail.child("1004", "1007")
    by = Actor.person(anna.person_id)
    letter = write_to_curator(session, anna.person_id, "Здравствуйте", by=by, now=NOW)
    asked = ask_erasure(session, child.person_id, by=sail.curator, now=NOW)
    consent = session.scalars(select(Consent).where(Consent.kind == ConsentKind.ADULT)).one()
    return Foreign(
        programme=sail.programme_id,
        person=anna.person_id,
        minor=child.person_id,
        guardian=parent.person_id,
        enrolment=anna.enrolment_id or 0,
        chat=anna.account_id,
        text=consent.text_id,
        consent=consent.id,
        letter=letter.letter_id,
        request=asked.request_id,
        account=sail.curator_id,
    )


def _give(v: Visit) -> object:
    return give_consent(
        v.session,
        v.foreign.text,
        whose=v.foreign.person,
        given_by=v.foreign.person,
        decision=Decision.REFUSED,
        evidence={},
        by=v.themselves(),
        now=NOW,
    )


def _paper(v: Visit) -> object:
    return accept_paper_consent(
        v.session, v.foreign.person, ConsentKind.ADULT, signed_on=date(2026, 11, 1), by=v.curator, now=NOW
    )


def _state(v: Visit) -> object:
    by, field = Actor.person(v.foreign.guardian), StatementField.RELATION
    return state_guardian(v.session, v.foreign.guardian, v.foreign.minor, field, "мама", by=by, now=NOW)


def _add(v: Visit) -> object:
    names = {"last_name": "Новая", "first_name": "Анна"}
    return add_person(v.session, v.foreign.programme, Role.MENTOR, **names, by=v.curator, now=NOW)  # type: ignore[arg-type]


ACTS: dict[str, Callable[[Visit], object]] = {
    "accounts.change_password": lambda v: change_password(
        v.session, v.foreign.account, "сирень-за-окном", "черёмуха-у-реки", by=Actor.curator(v.foreign.account), now=NOW
    ),
    "accounts.end_sessions": lambda v: end_sessions(v.session, v.foreign.account, by=v.curator, now=NOW),
    "accounts.disable_account": lambda v: disable_account(v.session, v.foreign.account, by=CONSOLE, now=NOW),
    "accounts.reset_password": lambda v: reset_password(v.session, "gromova", by=CONSOLE, now=NOW),
    "agenda": lambda v: agenda(v.session, v.foreign.person, now=NOW),
    "chats.expect_words": lambda v: expect_words(v.session, v.foreign.chat, {"act": "letter"}),
    "chats.expected_words": lambda v: expected_words(v.session, v.foreign.chat),
    "chats.remember_screen": lambda v: remember_screen(v.session, v.foreign.chat, 1),
    "consents.consent_sheet": lambda v: consent_sheet(v.session, v.foreign.person, ConsentKind.ADULT),
    "consents.consent_document": lambda v: consent_document(v.session, v.foreign.text),
    "consents.give_consent": _give,
    "consents.withdraw_consent": lambda v: withdraw_consent(v.session, v.foreign.consent, by=v.themselves(), now=NOW),
    "consents.accept_paper_consent": _paper,
    "consents.guardian_statement": lambda v: guardian_statement(v.session, v.foreign.guardian, v.foreign.minor),
    "consents.state_guardian": _state,
    "enrolment.choose_age_group": lambda v: choose_age_group(
        v.session, v.foreign.person, AgeGroup.UNDER_14, by=v.themselves(), now=NOW
    ),
    "enrolment.approve": lambda v: approve_enrolment(v.session, v.foreign.enrolment, by=v.curator, now=NOW),
    "enrolment.return": lambda v: return_enrolment(v.session, v.foreign.enrolment, "нет", by=v.curator, now=NOW),
    "enrolment.decline": lambda v: decline_enrolment(v.session, v.foreign.enrolment, by=v.curator, now=NOW),
    "enrolment.reopen": lambda v: reopen_enrolment(v.session, v.foreign.enrolment, by=v.curator, now=NOW),
    "enrolment.leave": lambda v: leave_programme(v.session, v.foreign.enrolment, by=v.themselves(), now=NOW),
    "invitations.links": lambda v: invitation_links(v.session, v.foreign.programme),
    "invitations.renew": lambda v: renew_invitation(v.session, v.foreign.programme, Role.MENTOR, by=v.curator, now=NOW),
    "invitations.guardian_link": lambda v: guardian_link(v.session, v.foreign.minor, by=v.curator, now=NOW),
    "invitations.renew_guardian_link": lambda v: renew_guardian_link(v.session, v.foreign.minor, by=v.curator, now=NOW),
    "invitations.curator_link": lambda v: curator_link(v.session, v.foreign.account, by=v.curator, now=NOW),
    "letters.write_to_curator": lambda v: write_to_curator(
        v.session, v.foreign.person, "Вопрос", by=v.themselves(), now=NOW
    ),
    "letters.answer": lambda v: answer_letter(v.session, v.foreign.letter, "Ответ", by=v.curator, now=NOW),
    "letters.close": lambda v: close_letter(v.session, v.foreign.letter, by=v.curator, now=NOW),
    "letters.write_to_person": lambda v: write_to_person(
        v.session, v.foreign.person, "Здравствуйте", by=v.curator, now=NOW
    ),
    "people.person_story": lambda v: person_story(v.session, v.foreign.person),
    "people.add_person": _add,
    "people.correct_person": lambda v: correct_person(
        v.session, v.foreign.person, last_name="Другая", by=v.curator, now=NOW
    ),
    "privacy.my_data": lambda v: my_data(v.session, v.foreign.person),
    "privacy.ask_erasure": lambda v: ask_erasure(v.session, v.foreign.person, by=v.curator, now=NOW),
    "privacy.cancel_erasure": lambda v: cancel_erasure(v.session, v.foreign.request, by=v.curator, now=NOW),
    "privacy.erase_person": lambda v: erase_person(v.session, v.foreign.request, by=v.curator, now=NOW),
}


def test_every_use_case_finds_nothing_by_a_foreign_id(visit: Visit) -> None:
    found = {}
    for name, act in ACTS.items():
        try:
            found[name] = act(visit)
        except NotFound:
            continue
    assert found == {}
    assert not visit.session.dirty


def test_lists_hold_nothing_foreign(visit: Visit) -> None:
    session, foreign = visit.session, visit.foreign
    assert my_consents(session, foreign.person) == ()
    assert missing_for(session, (foreign.person, foreign.minor)) == ()
    assert letters_with(session, foreign.person) == open_letters(session) == ()
    assert open_erasures(session) == ()
    assert link_of_person(session, foreign.person) is None
    assert curator_person_ids(session) == ()
    assert {card.login for card in accounts_list(session)} == {"zimina", "zimina-head"}


def test_a_curator_of_another_organisation_decides_nothing_here(visit: Visit) -> None:
    with pytest.raises(NotAllowed):
        require_curator(visit.session, Actor.curator(visit.foreign.account))
