"""Lists of campaigns and of their recipients: a few queries at any size."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, not_, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.campaigns import CLOSES_SOON, CampaignState, RecipientState, Standing
from mentoring.rules.reminders import NoticeState
from storage.models.campaign import Campaign, CampaignRecipient
from storage.models.notice import Notice
from storage.models.person import ChannelAccount, Person
from storage.models.questionnaire import Answer, Questionnaire, Response
from storage.queries.survey_reminders import KINDS


@dataclass(frozen=True, slots=True)
class CampaignFilter:
    """``need``: opens (within a day), silent (closes within two days, and somebody has not answered)."""

    state: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class CampaignRow:
    campaign_id: int
    title: str
    questionnaire: str
    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    anonymous: bool
    rolling: bool
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class CampaignsPage:
    rows: tuple[CampaignRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """``answered``: how many questions, also of a draft. ``written``: messages about surveys that arrived since."""

    recipient_id: int
    person_id: int
    name: str
    place: str
    pair_id: int | None
    standing: Standing
    response_id: int | None
    answered: int
    touched_at: datetime | None
    answered_at: datetime | None
    written: int


@dataclass(frozen=True, slots=True)
class RecipientsPage:
    rows: tuple[RecipientRow, ...]
    total: int


def campaigns_page(session: Session, asked: CampaignFilter, *, page: int, size: int, now: datetime) -> CampaignsPage:
    """What runs first, then what is planned, the soonest first; what is over last, the latest first."""
    conditions = tuple(campaign_conditions(asked, now))
    found = _with_counts().where(*conditions).order_by(*_ORDER).offset((page - 1) * size).limit(size)
    total = session.scalar(select(func.count()).select_from(Campaign).where(*conditions)) or 0
    return CampaignsPage(tuple(CampaignRow(*row) for row in session.execute(found)), total)


def campaign_conditions(asked: CampaignFilter, now: datetime) -> Iterator[ColumnElement[bool]]:
    if asked.state:
        yield Campaign.state == CampaignState(asked.state)
    if asked.need == "opens":
        yield and_(Campaign.state == CampaignState.PLANNED, Campaign.opens_at <= now + timedelta(days=1))
    if asked.need == "silent":
        waiting = exists().where(
            CampaignRecipient.campaign_id == Campaign.id, CampaignRecipient.state == RecipientState.WAITING
        )
        yield and_(Campaign.state == CampaignState.OPEN, Campaign.closes_at <= now + CLOSES_SOON, waiting)


def standings(session: Session, campaign_id: int) -> dict[Standing, int]:
    """How many stand where; one query."""
    each = select(_STANDING.label("standing")).select_from(CampaignRecipient).join(Campaign).join(Person)
    counted = each.where(CampaignRecipient.campaign_id == campaign_id).subquery()
    rows = session.execute(select(counted.c.standing, func.count()).group_by(counted.c.standing))
    return {Standing(standing): count for standing, count in rows}


def recipients_page(
    session: Session, campaign_id: int, *, standing: str = "", page: int = 1, size: int | None = None
) -> RecipientsPage:
    """By name, so that the order tells nothing of who answered when; all where ``size`` is None."""
    conditions: list[ColumnElement[bool]] = [CampaignRecipient.campaign_id == campaign_id]
    if standing:
        conditions.append(_STANDING.in_((Standing(standing).value,)))
    found = _recipients().where(*conditions).order_by(Person.search_text, CampaignRecipient.id)
    if size is not None:
        found = found.offset((page - 1) * size).limit(size)
    counted = select(func.count()).select_from(CampaignRecipient).join(Campaign).join(Person).where(*conditions)
    rows = tuple(_recipient(row) for row in session.execute(found))
    return RecipientsPage(rows, session.scalar(counted) or 0)


def _with_counts() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Campaign.id,
        Campaign.title,
        Questionnaire.title,
        Campaign.state,
        Campaign.opens_at,
        Campaign.closes_at,
        Campaign.anonymous,
        Campaign.rolling,
        _count(RecipientState.WAITING, RecipientState.ANSWERED),
        _count(RecipientState.ANSWERED),
    )
    return select(*columns).join(Questionnaire, Questionnaire.id == Campaign.questionnaire_id)


def _count(*states: RecipientState) -> Any:
    counted = select(func.count()).select_from(CampaignRecipient)
    return (
        counted.where(CampaignRecipient.campaign_id == Campaign.id, CampaignRecipient.state.in_(states))
        .correlate(Campaign)
        .scalar_subquery()
    )


def _recipients() -> Select[Any]:
    """Of an anonymous campaign neither a response nor a moment is read at all."""
    named = not_(Campaign.anonymous)
    answers = select(func.count()).where(Answer.response_id == CampaignRecipient.response_id, named)
    columns: tuple[Any, ...] = (
        CampaignRecipient.id,
        Person.id,
        Person.last_name,
        Person.first_name,
        Person.patronymic,
        Person.place,
        CampaignRecipient.pair_id,
        _STANDING,
        case((named, CampaignRecipient.response_id)),
        answers.correlate(CampaignRecipient, Campaign).scalar_subquery(),
        case((named, Response.touched_at)),
        case((named, CampaignRecipient.answered_at)),
        _written(),
    )
    return (
        select(*columns)
        .select_from(CampaignRecipient)
        .join(Campaign, Campaign.id == CampaignRecipient.campaign_id)
        .join(Person, Person.id == CampaignRecipient.person_id)
        .outerjoin(Response, Response.id == CampaignRecipient.response_id)
    )


def _written() -> Any:
    """Messages about surveys since this one was asked, that arrived."""
    sent = select(func.count()).select_from(Notice)
    return (
        sent.where(
            Notice.person_id == CampaignRecipient.person_id,
            Notice.kind.in_(KINDS),
            Notice.state == NoticeState.SENT,
            Notice.due_at >= CampaignRecipient.asked_at,
        )
        .correlate(CampaignRecipient)
        .scalar_subquery()
    )


def _recipient(row: Any) -> RecipientRow:
    recipient_id, person_id, last, first, patronymic, place, pair_id, standing, *rest = row
    name = " ".join(part for part in (last, first, patronymic) if part)
    return RecipientRow(recipient_id, person_id, name, place, pair_id, Standing(standing), *rest)


def _has_chat(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_CHAT.person_id == CampaignRecipient.person_id, *conditions)


_CHAT = aliased(ChannelAccount)
_BEGUN = and_(not_(Campaign.anonymous), CampaignRecipient.response_id.is_not(None))
_STANDING = case(
    (CampaignRecipient.state == RecipientState.ANSWERED, literal(Standing.ANSWERED.value)),
    (
        or_(CampaignRecipient.state == RecipientState.RELEASED, Person.erased_at.is_not(None)),
        literal(Standing.RELEASED.value),
    ),
    (_BEGUN, literal(Standing.BEGUN.value)),
    (not_(_has_chat()), literal(Standing.NO_CHAT.value)),
    (not_(_has_chat(_CHAT.unreachable_since.is_(None))), literal(Standing.UNREACHABLE.value)),
    else_=literal(Standing.SILENT.value),
)
_PLACES = {CampaignState.OPEN: 0, CampaignState.PLANNED: 1, CampaignState.CLOSED: 2, CampaignState.CANCELLED: 3}
_PLACE = case({state.value: place for state, place in _PLACES.items()}, value=Campaign.state)
_ORDER = (
    _PLACE,
    case((Campaign.state == CampaignState.OPEN, Campaign.closes_at)),
    case((Campaign.state == CampaignState.PLANNED, Campaign.opens_at)),
    Campaign.closes_at.desc(),
    Campaign.id,
)
