"""What an administrator does from the command line: organisations, the panel's accounts, invitation links."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.consent_texts import consent_sources
from config.library import questionnaire_definitions
from mentoring.rules.accounts import PASSWORD_LENGTHS, AccountRole
from mentoring.rules.errors import MentoringError, NotFound, TextEmpty, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, Door, Role
from mentoring.use_cases import accounts, organisations
from mentoring.use_cases.accounts import AccountAdded
from mentoring.use_cases.invitations import invitation_links
from mentoring.use_cases.organisations import OrganisationOpened, organisation_card
from scheduler.command_line import CommandRefused
from storage.models.organisation import Organisation
from storage.queries.bots import link_prefix
from storage.scope import fenced

BY = Actor.system(Door.COMMAND_LINE)

WRONG = {
    "login": "Такой логин уже занят или в нём есть лишние знаки. Возьмите другой: латинские буквы и цифры.",
    "password": f"Пароль не подходит: нужно не меньше {PASSWORD_LENGTHS.start} разных знаков, и не логин.",
    "time_zone": "Такого часового пояса нет. Нужно имя вроде Europe/Moscow или Asia/Yekaterinburg.",
}


def open_organisation(
    session: Session, name: str, *, short_name: str, address: str, contact: str, time_zone: str, now: datetime
) -> OrganisationOpened:
    return organisations.open_organisation(
        session,
        name,
        short_name or name[:120],
        address=address,
        contact=contact,
        time_zone=time_zone,
        definitions=questionnaire_definitions().values(),
        consents=consent_sources(),
        by=BY,
        now=now,
    )


def add_account(
    session: Session,
    login: str,
    full_name: str,
    *,
    role: str,
    password: str | None,
    organisation_id: int | None,
    now: datetime,
) -> AccountAdded:
    return accounts.add_account(
        session,
        login,
        full_name,
        role=AccountRole(role),
        password=password,
        organisation_id=chosen_organisation(session, organisation_id),
        by=BY,
        now=now,
    )


def reset_password(session: Session, login: str, *, password: str | None, now: datetime) -> AccountAdded:
    return accounts.reset_password(session, login, password=password, by=BY, now=now)


def invitation_link(session: Session, role: str, organisation_id: int | None, known_prefix: str | None) -> str:
    """``known_prefix`` serves until the bot has introduced itself."""
    prefix = link_prefix(session) or known_prefix
    if prefix is None:
        raise CommandRefused("Имя бота ещё неизвестно: он ни разу не запускался. Запустите make run и повторите.")
    with fenced(session, chosen_organisation(session, organisation_id)):
        links = invitation_links(session, organisation_card(session).programme_id)
    return prefix + (links.mentor if Role(role) is Role.MENTOR else links.mentee)


def chosen_organisation(session: Session, organisation_id: int | None) -> int:
    """The one named, or the only one there is."""
    known = {row.id: row.name for row in session.scalars(select(Organisation).order_by(Organisation.id))}
    if organisation_id is None and len(known) == 1:
        return next(iter(known))
    if organisation_id in known:
        return organisation_id
    if not known:
        raise CommandRefused("Ни одной организации ещё нет. Заведите: manage.py organisation add --name …")
    names = "; ".join(f"{number} — {name}" for number, name in known.items())
    raise CommandRefused(f"Назовите организацию флагом --organisation с номером: {names}.")


def refusal_in_words(error: MentoringError) -> str:
    match error:
        case NotFound(noun="account"):
            return "Учётной записи с таким логином нет."
        case ValueWrong(field=field) if field in WRONG:
            return WRONG[field]
        case TextEmpty(field=field):
            return f"Пустое значение: {field}. Впишите его."
        case TextTooLong(field=field, limit=limit):
            return f"Слишком длинно: {field}. Нужно не больше {limit} знаков."
    return f"Не получилось: {type(error).__name__}. Проверьте флаги команды."
