"""A school to work in, before anybody works: an invented one to try, or an empty one to name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from config.library import questionnaire_definitions
from config.secret_files import kept_secret
from config.settings import Settings
from mentoring.rules.accounts import AccountRole
from mentoring.rules.people import Actor, Door
from mentoring.use_cases.accounts import AccountAdded, add_account, readable_password
from mentoring.use_cases.organisations import bring_consents, open_organisation
from mentoring.use_cases.questionnaire_deliveries import Brought, bring_questionnaires
from storage.database import SyncDatabase
from storage.health import life

BY = Actor.system(Door.COMMAND_LINE)
DEMO_LOGIN = "olga"
LOGIN, UNNAMED_CURATOR, UNNAMED = "curator", "Куратор", "Моя организация"


@dataclass(frozen=True, slots=True)
class Login:
    login: str
    password: str


def settle(settings: Settings, database: SyncDatabase, *, now: datetime) -> Login | None:
    """The first organisation and its curator; None when there is one already and its password is nobody's business."""
    if database.read(life, now=now).organisations:
        bring_new_questionnaires(database, now=now)
        bring_new_consents(database, now=now)
        return _demo_login(settings) if settings.sandboxed else None
    if settings.sandboxed:
        return fill_demo_school(settings, database, now=now)
    added = database.write(_open_unnamed, settings.time_zone, now=now)
    return Login(added.login, added.password)


def bring_new_questionnaires(database: SyncDatabase, *, now: datetime) -> Brought:
    """Of a newer version of the product, to every organisation."""
    return database.write(bring_questionnaires, questionnaire_definitions().values(), by=BY, now=now)


def bring_new_consents(database: SyncDatabase, *, now: datetime) -> int:
    """Kinds and editions of consent texts that organisations have not got yet."""
    return database.write(bring_consents, by=BY, now=now)


def fill_demo_school(settings: Settings, database: SyncDatabase, *, now: datetime) -> Login:
    login = _demo_login(settings)
    database.write(_fill_demo, login, now=now)
    return login


def _open_unnamed(session: Session, time_zone: str, *, now: datetime) -> AccountAdded:
    opened = open_organisation(
        session,
        UNNAMED,
        UNNAMED,
        time_zone=time_zone,
        definitions=questionnaire_definitions().values(),
        consents=consent_sources(),
        by=BY,
        now=now,
    )
    return add_account(
        session,
        LOGIN,
        UNNAMED_CURATOR,
        role=AccountRole.ADMINISTRATOR,
        organisation_id=opened.organisation_id,
        by=BY,
        now=now,
    )


def _fill_demo(session: Session, login: Login, *, now: datetime) -> None:
    from mentoring.demo.season import fill_demo

    fill_demo(session, login.login, login.password, now=now)


def _demo_login(settings: Settings) -> Login:
    """Kept beside the data, so that each `make run` of the sandbox can show it again."""
    return Login(DEMO_LOGIN, kept_secret(settings.data_dir / "demo_password", readable_password))
