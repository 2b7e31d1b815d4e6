"""A newer version of the product comes to schools that work with the older one's questionnaires."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring.rules.errors import DraftExists, NotAllowed
from mentoring.rules.people import Actor, Door
from mentoring.use_cases.organisations import open_organisation
from mentoring.use_cases.questionnaire_deliveries import Brought, bring_questionnaires, is_otherwise, take_delivered
from mentoring.use_cases.questionnaire_drafts import draft_view, open_draft, publish_draft
from mentoring.use_cases.questionnaire_library import hide_questionnaire, library, questionnaire_card
from mentoring.use_cases.questionnaire_versions import publish_absent
from mentoring.use_cases.questionnaires import current_step
from storage.models.account import AuditEntry
from storage.scope import set_organisation
from tests.rules.questionnaires import CLUB
from tests.use_cases.forms import begun, joining, published
from tests.use_cases.school import MILA, NOW, TIMUR, School, open_school

LATER = NOW + timedelta(days=1)
PRODUCT = Actor.system(Door.COMMAND_LINE)


@pytest.fixture
def school(session: Session) -> School:
    return open_school(session)


def edition(**changes: Any) -> dict[str, Any]:
    return deepcopy(CLUB) | changes


def with_more() -> dict[str, Any]:
    newer = edition()
    newer["question"].append({"key": "why", "kind": "text", "text": "Почему вы пришли?", "optional": True})
    return newer


def delivered(school: School, definition: dict[str, Any]) -> None:
    publish_absent(school.session, [definition], by=PRODUCT, now=NOW)


def brought(school: School, *definitions: dict[str, Any]) -> Brought:
    """The command line works for all organisations at once."""
    school.session.info.clear()
    found = bring_questionnaires(school.session, definitions, by=PRODUCT, now=LATER)
    set_organisation(school.session, school.organisation.id)
    return found


def test_every_school_gets_what_it_has_not_and_keeps_what_it_has(school: School) -> None:
    session = school.session
    published(school, title="Наш кружок")
    hide_questionnaire(session, "club", by=school.curator, now=NOW)
    session.info.clear()
    guest = edition(key="guest")
    theirs = open_organisation(session, "Лицей «Парус»", "Парус", by=PRODUCT, now=NOW).organisation_id

    assert bring_questionnaires(session, [CLUB, guest], by=PRODUCT, now=LATER) == Brought(added=3)
    assert bring_questionnaires(session, [CLUB, guest], by=PRODUCT, now=LATER) == Brought()

    set_organisation(session, school.organisation.id)
    assert [(row.key, row.title, row.number, row.hidden) for row in library(session)] == [
        ("club", "Наш кружок", 1, True),
        ("guest", "Кружок", 1, False),
    ]
    set_organisation(session, theirs)
    assert {row.key for row in library(session)} == {"club", "guest"}


def test_a_questionnaire_nobody_touched_follows_the_product(school: School) -> None:
    delivered(school, edition())

    assert brought(school, with_more()) == Brought(renewed=1)
    assert brought(school, with_more()) == Brought()

    card = questionnaire_card(school.session, "club")
    assert card.definition
    assert card.definition.questions[-1].key == "why"
    assert [(one.row.number, one.row.edited_by) for one in card.versions] == [(2, ""), (1, "")]
    told = school.session.scalars(select(AuditEntry).where(AuditEntry.act == "questionnaire.published")).all()
    assert [(entry.at, entry.door) for entry in told][-1] == (LATER, Door.COMMAND_LINE)


def test_who_is_in_the_middle_ends_with_the_questions_of_the_beginning(school: School) -> None:
    delivered(school, edition())
    mila, timur = joining(school, MILA), joining(school, TIMUR)
    step = begun(school, mila)

    brought(school, with_more())

    assert current_step(school.session, step.response_id, person_id=mila.person_id).total == step.total
    assert begun(school, timur).total == step.total + 1


def test_the_product_never_overrides_a_curator(school: School) -> None:
    delivered(school, edition())
    published(school, title="Наш кружок")

    assert brought(school, with_more()) == Brought()
    assert questionnaire_card(school.session, "club").title == "Наш кружок"


def test_the_product_leaves_alone_what_a_curator_is_drafting(school: School) -> None:
    delivered(school, edition())
    open_draft(school.session, "club", by=school.curator, now=NOW)

    assert brought(school, with_more()) == Brought()
    assert draft_view(school.session, "club").flaws == ()


def test_an_older_product_does_not_bring_its_edition_back(school: School) -> None:
    delivered(school, edition())
    brought(school, with_more())

    assert brought(school, edition()) == Brought()
    assert questionnaire_card(school.session, "club").versions[0].row.number == 2


def test_an_edition_that_answers_cannot_be_compared_with_is_not_brought(school: School) -> None:
    delivered(school, edition())
    other = edition()
    other["question"][0] |= {"kind": "date"}

    assert brought(school, other) == Brought()


def test_a_curator_takes_the_products_edition_as_a_draft_to_compare(school: School) -> None:
    delivered(school, edition())
    published(school, title="Наш кружок")
    assert is_otherwise(school.session, with_more())

    take_delivered(school.session, with_more(), by=school.curator, now=LATER)
    with pytest.raises(DraftExists):
        take_delivered(school.session, with_more(), by=school.curator, now=LATER)
    publish_draft(school.session, "club", by=school.curator, now=LATER)

    assert not is_otherwise(school.session, with_more())
    assert questionnaire_card(school.session, "club").versions[0].row.edited_by


def test_nobody_but_a_curator_takes_it(school: School) -> None:
    delivered(school, edition())
    with pytest.raises(NotAllowed):
        take_delivered(school.session, with_more(), by=Actor.person(1), now=LATER)


def test_a_questionnaire_that_is_not_there_says_nothing_else(school: School) -> None:
    assert not is_otherwise(school.session, edition())


def test_our_own_questionnaires_are_as_they_came(school: School) -> None:
    ours = questionnaire_definitions()["mentor_entry"]
    delivered(school, ours)
    assert not is_otherwise(school.session, ours)
