"""What a mentor's portfolio says of education and work (methodology.md §3.3): written by the curator, once a person."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from storage.models.person import Enrolment
from storage.models.selection import Portfolio

LIMITS = {"education": 300, "work": 300, "category": 100, "awards": 1000, "about": 1000, "reviews": 1000}
MOST_YEARS = 70


@dataclass(frozen=True, slots=True)
class PortfolioRecord:
    """``work``: where, and as whom. ``years`` altogether, as a teacher, as a mentor; None: not said."""

    education: str = ""
    work: str = ""
    category: str = ""
    years: int | None = None
    years_teaching: int | None = None
    years_mentoring: int | None = None
    awards: str = ""
    about: str = ""
    reviews: str = ""


def portfolio_record(session: Session, person_id: int) -> PortfolioRecord:
    one = _kept(session, person_id)
    if one is None:
        return PortfolioRecord()
    return PortfolioRecord(**{field.name: getattr(one, field.name) for field in fields(PortfolioRecord)})


def write_portfolio(session: Session, enrolment_id: int, said: PortfolioRecord, *, by: Actor, now: datetime) -> int:
    """Returns the person's id. Raises NotFound for a mentee, TextTooLong, ValueWrong for years that cannot be."""
    account_id = require_curator(session, by)
    enrolment = session.get(Enrolment, enrolment_id, with_for_update=True)
    if enrolment is None or enrolment.role is not Role.MENTOR or enrolment.person.erased_at:
        raise NotFound("enrolment")
    _ensure_sound(said)
    one = _kept(session, enrolment.person_id)
    if one is None:
        one = Portfolio(person_id=enrolment.person_id)
        session.add(one)
    for name, value in asdict(said).items():
        setattr(one, name, value.strip() if isinstance(value, str) else value)
    one.written_by_account_id, one.written_at = account_id, now
    record(session, "enrolment.portfolio_written", enrolment, by=by, now=now)
    return enrolment.person_id


def forget_portfolio(session: Session, person_id: int) -> None:
    session.execute(delete(Portfolio).where(Portfolio.person_id == person_id))


def _ensure_sound(said: PortfolioRecord) -> None:
    for name, limit in LIMITS.items():
        if len(text := getattr(said, name).strip()) > limit:
            raise TextTooLong(name, limit, len(text))
    for name in ("years", "years_teaching", "years_mentoring"):
        years = getattr(said, name)
        if years is not None and not 0 <= years <= MOST_YEARS:
            raise ValueWrong(name)
    if said.years is not None and max(said.years_teaching or 0, said.years_mentoring or 0) > said.years:
        raise ValueWrong("years")


def _kept(session: Session, person_id: int) -> Portfolio | None:
    return session.scalar(select(Portfolio).where(Portfolio.person_id == person_id))
