"""An organisation and what comes with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.library import questionnaire_definitions
from mentoring.rules.consents import ConsentKind
from mentoring.rules.errors import NotAllowed, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.reminders import OrganisationSettings
from mentoring.use_cases.organisations import open_organisation, organisation_card, update_organisation
from storage.models.consent import ConsentText
from storage.models.organisation import Organisation, Programme
from storage.models.questionnaire import QuestionnaireVersion
from storage.scope import organisation_of
from tests.use_cases.gymnasium import CONSOLE, NOW, Gymnasium, open_gymnasium


@pytest.fixture
def school(session: Session) -> Gymnasium:
    return open_gymnasium(session)


def test_it_opens_with_a_programme_links_questionnaires_and_consent_texts(school: Gymnasium) -> None:
    card = organisation_card(school.session)
    assert (card.short_name, card.school_year) == ("Гимназия «Маяк»", "2026/2027")
    assert card.curator_name == "Ольга Викторовна Зимина"
    assert card.settings == OrganisationSettings()
    assert school.session.scalar(select(func.count()).select_from(ConsentText)) == len(ConsentKind)
    assert school.session.scalar(select(func.count()).select_from(QuestionnaireVersion)) == len(
        questionnaire_definitions()
    )


def test_opening_leaves_the_session_as_unfenced_as_it_was(session: Session) -> None:
    open_organisation(session, "Школа", "Школа", by=CONSOLE, now=NOW)
    assert organisation_of(session) is None


@pytest.mark.parametrize(
    ("day", "year", "first"),
    [
        (datetime(2026, 8, 31, 20, tzinfo=UTC), "2025/2026", date(2025, 9, 1)),
        (datetime(2026, 8, 31, 21, tzinfo=UTC), "2026/2027", date(2026, 9, 1)),  # midnight has passed in Moscow
        (datetime(2027, 1, 10, tzinfo=UTC), "2026/2027", date(2026, 9, 1)),
    ],
)
def test_the_school_year_begins_on_the_first_of_september_local_time(
    session: Session, day: datetime, year: str, first: date
) -> None:
    opened = open_organisation(session, "Школа", "Школа", by=CONSOLE, now=day)
    programme = session.get_one(Programme, opened.programme_id)
    assert (programme.school_year, programme.starts_on) == (year, first)
    assert programme.ends_on == date(first.year + 1, 8, 31)


def test_a_new_name_is_written_into_new_versions_of_the_consent_texts(school: Gymnasium) -> None:
    update_organisation(school.session, name="МБОУ «Маяк-2»", by=school.curator, now=NOW)
    texts = school.session.scalars(select(ConsentText).order_by(ConsentText.id)).all()
    kinds = len(ConsentKind)
    assert [text.version for text in texts] == [1] * kinds + [2] * kinds
    assert all("«Маяк-2»" in text.body for text in texts[kinds:])
    assert not any("«Маяк-2»" in text.body for text in texts[:kinds])


def test_a_change_of_settings_alone_leaves_the_texts_alone(school: Gymnasium) -> None:
    wanted = replace(OrganisationSettings(), quiet_from=time(20), silence_days=7)
    card = update_organisation(school.session, settings=wanted, by=school.curator, now=NOW)
    assert card.settings == wanted
    assert school.session.scalar(select(func.count()).select_from(ConsentText)) == len(ConsentKind)
    assert school.acts("organisation") == ["organisation.opened", "organisation.changed"]


def test_saving_the_same_again_leaves_no_trace(school: Gymnasium) -> None:
    update_organisation(school.session, short_name="Гимназия «Маяк»", by=school.curator, now=NOW)
    assert school.acts("organisation") == ["organisation.opened"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"silence_days": 0}, "silence_days"),
        ({"meeting_minutes": 500}, "meeting_minutes"),
        ({"digest_weekday": 7}, "digest_weekday"),
        ({"minors_from": time(20), "minors_to": time(15)}, "minors_to"),
        ({"quiet_from": time(7), "quiet_to": time(8)}, "quiet_from"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_field(
    school: Gymnasium, wrong: dict[str, object], field: str
) -> None:
    settings = replace(OrganisationSettings(), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueWrong) as refused:
        update_organisation(school.session, settings=settings, by=school.curator, now=NOW)
    assert refused.value.field == field
    assert school.session.get_one(Organisation, school.organisation_id).settings == {}


def test_names_and_zones_are_checked(school: Gymnasium) -> None:
    with pytest.raises(TextEmpty):
        update_organisation(school.session, name="  ", by=school.curator, now=NOW)
    with pytest.raises(TextTooLong):
        update_organisation(school.session, short_name="я" * 121, by=school.curator, now=NOW)
    for zone in ("Europe/Atlantis", "../etc/passwd", "Moscow time"):
        with pytest.raises(ValueWrong):
            update_organisation(school.session, time_zone=zone, by=school.curator, now=NOW)


def test_a_head_reads_and_changes_nothing(school: Gymnasium) -> None:
    with pytest.raises(NotAllowed):
        update_organisation(school.session, name="Другое", by=school.head, now=NOW)
    assert organisation_card(school.session).name.startswith("МБОУ")


def test_braces_in_a_name_do_no_harm(session: Session) -> None:
    school = open_gymnasium(session, "Школа {address} {0}")
    assert "Школа" in organisation_card(session).name
    assert school.organisation_id
