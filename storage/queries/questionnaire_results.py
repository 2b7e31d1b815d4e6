"""What was answered to a questionnaire, counted where the rows are; and the rows behind a count."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Table, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentoring.rules.campaigns import CampaignState
from mentoring.rules.forms import Form, form_of
from mentoring.rules.people import PersonKind, Role
from mentoring.rules.questionnaire import ResponseState
from storage.models.campaign import AnonymousSheet, Campaign
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Answer, Questionnaire, QuestionnaireVersion, Response
from storage.queries.pairs import was_in


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """Empty means any. ``since`` is included and ``until`` is not: moments of sending.

    ``place`` is the beginning of a class or post: «7» finds «7 „Б“» and not «71». ``form`` and ``role`` are words of
    `mentoring.rules.forms.Form` and `mentoring.rules.people.Role`.
    """

    form: str = ""
    role: str = ""
    since: datetime | None = None
    until: datetime | None = None
    campaign_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    n: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """``value`` as its JSON text: it is taken apart once for each different answer, not for each that was given."""

    key: str
    value: str
    n: int


@dataclass(frozen=True, slots=True)
class SheetCount:
    campaign_id: int
    closed: bool
    n: int


Conditions = list[ColumnElement[bool]]


def sent_conditions(questionnaire_ids: Collection[int], asked: ResultFilter) -> Conditions:
    """Of `Response`: sent ones, as the filter asks."""
    conditions = [Response.questionnaire_id.in_(questionnaire_ids), Response.state == ResponseState.SUBMITTED]
    if asked.since is not None:
        conditions.append(Response.submitted_at >= asked.since)
    if asked.until is not None:
        conditions.append(Response.submitted_at < asked.until)
    if asked.campaign_id is not None:
        conditions.append(Response.campaign_id == asked.campaign_id)
    if asked.place:
        conditions.append(Response.person_id.in_(select(Person.id).where(_begins_with(asked.place))))
    if asked.form:
        conditions.append(_of_form(asked.form))
    if asked.role:
        conditions.append(_of_role(Role(asked.role)))
    return conditions


def sent(session: Session, conditions: Conditions) -> Sent:
    columns = func.count(Response.id), func.min(Response.submitted_at), func.max(Response.submitted_at)
    return Sent(*session.execute(select(*columns).where(*conditions)).one())


def counted_answers(session: Session, conditions: Conditions, keys: Collection[str]) -> list[Counted]:
    query = of_responses(ANSWER.c.key, SAID, func.count()).where(*conditions, ANSWER.c.key.in_(keys))
    return [Counted(*row) for row in session.execute(query.group_by(ANSWER.c.key, SAID))]


def written_answers(session: Session, conditions: Conditions, keys: Collection[str]) -> dict[str, int]:
    """How many wrote something, by question."""
    query = of_responses(ANSWER.c.key, func.count()).where(*conditions, ANSWER.c.key.in_(keys), GIVEN)
    return {key: n for key, n in session.execute(query.group_by(ANSWER.c.key))}


def latest_words(
    session: Session, conditions: Conditions, keys: Collection[str], responses: int
) -> list[tuple[str, str]]:
    """Question and answer of the last ``responses`` that were sent, newest first."""
    newest = select(Response.id).where(*conditions).order_by(Response.submitted_at.desc()).limit(responses)
    query = of_responses(ANSWER.c.key, ANSWER.c.value).where(
        ANSWER.c.response_id.in_(newest), ANSWER.c.key.in_(keys), GIVEN
    )
    return [(key, str(value)) for key, value in session.execute(query.order_by(Response.submitted_at.desc()))]


def sheet_counts(session: Session, questionnaire_id: int, asked: ResultFilter) -> list[SheetCount]:
    """Sheets without a name, by campaign. They have no time of their own: in a period are campaigns closed in it."""
    query = (
        select(Campaign.id, Campaign.state, func.count(AnonymousSheet.id))
        .join(AnonymousSheet, AnonymousSheet.campaign_id == Campaign.id)
        .where(Campaign.questionnaire_id == questionnaire_id)
        .group_by(Campaign.id, Campaign.state)
    )
    if asked.campaign_id is not None:
        query = query.where(Campaign.id == asked.campaign_id)
    if asked.since is not None:
        query = query.where(Campaign.closed_at >= asked.since)
    if asked.until is not None:
        query = query.where(Campaign.closed_at < asked.until)
    return [SheetCount(campaign, state is CampaignState.CLOSED, n) for campaign, state, n in session.execute(query)]


def sheets(session: Session, campaign_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    """In the order of their random ids."""
    query = select(AnonymousSheet.answers).where(AnonymousSheet.campaign_id.in_(campaign_ids))
    return iter(session.scalars(query.order_by(AnonymousSheet.id).execution_options(yield_per=500)))


def questionnaire_versions(session: Session, key: str) -> list[tuple[int, int, str]]:
    """Questionnaire, version and digest of each published version, the newest first."""
    query = (
        select(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.id, QuestionnaireVersion.digest)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.key == key, QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.number.desc())
    )
    return [(one.questionnaire_id, one.id, one.digest) for one in session.execute(query)]


def person_names(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Full names; someone erased has none left."""
    rows = session.execute(
        select(Person.id, Person.last_name, Person.first_name, Person.patronymic).where(Person.id.in_(person_ids))
    )
    return {one.id: " ".join(filter(None, (one.last_name, one.first_name, one.patronymic))) for one in rows}


ANSWER: Table = Answer.__table__  # type: ignore[assignment]
"""Below the ORM, which would add the fence to it once more: then SQLite walks through all answers of the organisation
instead of those of the responses that are asked for. The fence stands at the response, to which each answer belongs."""

SAID = cast(ANSWER.c.value, String)
GIVEN = SAID != "null"
"""Not skipped."""


def of_responses(*columns: Any) -> Select[Any]:
    """The columns of sent answers and of their responses; ``columns`` of `ANSWER`, never of the mapped class."""
    return select(*columns).select_from(Response).join(ANSWER, ANSWER.c.response_id == Response.id)


def _begins_with(place: str) -> ColumnElement[bool]:
    """After a number of a class no other digit may follow."""
    begins = Person.place.startswith(place, autoescape=True)
    if not re.search(r"\d$", place):
        return begins
    longer = or_(*(Person.place.startswith(f"{place}{digit}", autoescape=True) for digit in "0123456789"))
    return and_(begins, ~longer)


def _of_form(form: str) -> ColumnElement[bool]:
    """What is about a pair or its meeting goes by the pair; what is about a person's part, by the pairs they have."""
    pairs = select(Pair.id).where(_has_form(form))
    meetings = select(Meeting.id).where(Meeting.pair_id.in_(pairs))
    confirmed = pairs.where(Pair.confirmed_at.is_not(None))
    parts = select(PairMember.enrolment_id).where(PairMember.pair_id.in_(confirmed), was_in())
    return or_(
        Response.pair_id.in_(pairs),
        Response.meeting_id.in_(meetings),
        and_(Response.pair_id.is_(None), Response.meeting_id.is_(None), Response.enrolment_id.in_(parts)),
    )


def _has_form(form: str) -> ColumnElement[bool]:
    """The form that stands at the pair; without one, who they are tells it."""
    made = [(mentor, mentee) for mentor in PersonKind for mentee in PersonKind if form_of(mentor, mentee) == form]
    by_kinds = [and_(_has_member(Role.MENTOR, mentor), _has_member(Role.MENTEE, mentee)) for mentor, mentee in made]
    unsaid = Pair.form.not_in([one.value for one in Form])
    return or_(Pair.form == form, and_(unsaid, or_(*by_kinds))) if by_kinds else Pair.form == form


def _has_member(role: Role, kind: PersonKind) -> ColumnElement[bool]:
    member, person = aliased(PairMember), aliased(Person)
    return exists().where(
        member.pair_id == Pair.id, member.role == role, person.id == member.person_id, person.kind == kind
    )


def _of_role(role: Role) -> ColumnElement[bool]:
    """In the pair, the meeting's pair or the programme that the response is about."""
    in_pair = exists().where(
        PairMember.person_id == Response.person_id,
        PairMember.role == role,
        or_(
            PairMember.pair_id == Response.pair_id,
            PairMember.pair_id.in_(select(Meeting.pair_id).where(Meeting.id == Response.meeting_id)),
        ),
    )
    parts = select(Enrolment.id).where(Enrolment.role == role)
    return or_(in_pair, Response.enrolment_id.in_(parts))
