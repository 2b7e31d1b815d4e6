"""What planning of messages needs to know of an organisation."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.people import AgeGroup
from mentoring.rules.reminders import MINORS, OrganisationSettings, Promptness
from storage.models.organisation import Organisation


@dataclass(frozen=True, slots=True)
class School:
    zone: ZoneInfo
    settings: OrganisationSettings

    def allowed(self, at: datetime, age_group: AgeGroup | None, promptness: Promptness) -> datetime:
        return self.settings.allowed(at, self.zone, minor=age_group in MINORS, promptness=promptness)


def all_schools(session: Session) -> dict[int, School]:
    """All that the session may see, by id."""
    rows = session.execute(select(Organisation.id, Organisation.time_zone, Organisation.settings))
    return {key: School(ZoneInfo(zone), OrganisationSettings.from_stored(stored)) for key, zone, stored in rows}
