"""A plan of the season's pair: rows that the season does not tell of."""

from sqlalchemy import select

from mentoring.use_cases.plans import add_goal, add_item
from storage.database import SyncDatabase
from storage.models.plan import Plan, PlanItem
from storage.scope import set_organisation
from tests.admin.season import Season
from tests.conftest import NOW


def plan_of_pair(database: SyncDatabase, season: Season) -> dict[str, int]:
    """Ids by the names that addresses use. Asked again, they are the same."""
    with database.writers.begin() as session:
        set_organisation(session, season.organisation_id)
        known = session.scalar(select(PlanItem.id).join(Plan).where(Plan.pair_id == season.pair))
        if known is None:
            add_goal(session, season.pair, "Собрать робота", by=season.curator, now=NOW)
            text = "Выбрать датчик <для робота>"
            known = add_item(session, season.pair, "directions", text, by=season.curator, now=NOW).item_id
    return {"item_id": known}
