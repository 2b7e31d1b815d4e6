"""What an organisation says about itself."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound
from mentoring.rules.reminders import OrganisationSettings
from storage.models.organisation import Organisation
from storage.queries.people import current_programme, leading_curator_name
from storage.scope import organisation_of


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    organisation_id: int
    name: str
    short_name: str
    address: str
    contact: str
    kind: str
    time_zone: str
    settings: OrganisationSettings
    programme_id: int
    programme_name: str
    school_year: str
    stage: int
    curator_name: str


def organisation_card(session: Session) -> OrganisationCard:
    organisation = own_organisation(session)
    programme = current_programme(session)
    if programme is None:
        raise NotFound("programme")
    return OrganisationCard(
        organisation_id=organisation.id,
        name=organisation.name,
        short_name=organisation.short_name,
        address=organisation.address,
        contact=organisation.contact,
        kind=organisation.kind,
        time_zone=organisation.time_zone,
        settings=OrganisationSettings.from_stored(organisation.settings),
        programme_id=programme.id,
        programme_name=programme.name,
        school_year=programme.school_year,
        stage=programme.stage,
        curator_name=leading_curator_name(session),
    )


def own_organisation(session: Session) -> Organisation:
    organisation = session.get(Organisation, organisation_of(session))
    if organisation is None:
        raise NotFound("organisation")
    return organisation
