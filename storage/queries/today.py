"""What waits for the curator, found by the very conditions of the lists that it opens."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    exists,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentoring.rules.pairs import OFFICIAL
from mentoring.rules.people import Role
from mentoring.rules.reminders import OrganisationSettings
from mentoring.rules.results import TodayKind
from storage.base import UtcDateTime
from storage.models.campaign import Campaign
from storage.models.consent import Consent, ConsentWithdrawal, ErasureRequest
from storage.models.matching import WaitingCase
from storage.models.meeting import Meeting
from storage.models.notice import Letter, Notice
from storage.models.organisation import Programme
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.questionnaire import Questionnaire, Response
from storage.queries.campaign_calendar import of_calendar
from storage.queries.campaigns_list import CampaignFilter, campaign_conditions
from storage.queries.consents_list import ON_SITE, maybe_on_site
from storage.queries.counting import counted_up_to, read_as
from storage.queries.meetings_list import MeetingFilter, meeting_conditions
from storage.queries.moment import Moment
from storage.queries.notices_list import NoticeFilter, notice_conditions
from storage.queries.pairs_list import PairFilter, pair_conditions
from storage.queries.people_list import PeopleFilter, people_conditions
from storage.queries.plans import PlanFilter, plan_conditions
from storage.queries.responses import ResponseFilters, response_conditions
from storage.queries.waiting import overdue_cases

EXAMPLES, MOST = 5, 1_000
SUBJECTS = {"pairs": "pair", "meetings": "pair", "plans": "pair", "campaigns": "campaign", "calendar": "programme"}


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """``found`` selects (object, subject, since): ``since`` may be empty."""

    kind: TodayKind
    listing: str
    filters: dict[str, str]
    found: Select[Any]

    @property
    def few(self) -> Select[Any]:
        return self.found.with_only_columns(literal(1))

    @property
    def about(self) -> str:
        """Of whom or of what ``subject`` is the id: pair, campaign, programme, person."""
        return SUBJECTS.get(self.listing, "person")


@dataclass(frozen=True, slots=True)
class Found:
    object_id: int
    subject_id: int
    since: datetime | None


class Asked:
    """What the statements of the page are given: they are made once for the settings, not once for a page."""

    def __init__(self, organisation_id: int, settings: OrganisationSettings, now: datetime, today: date) -> None:
        """``today`` is the local day."""
        self.page, moment = _page(settings)
        self.values = moment.at(now) | {"organisation_id": organisation_id, "today": today}


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """``matters`` in the order of `TodayKind`."""

    matters: tuple[Matter, ...]
    counting: Select[Any]


def counts(session: Session, asked: Asked) -> dict[Matter, int]:
    """One query. Of what is more than anybody does in a day, `MoreThan`; without what there is none of."""
    row = session.execute(asked.page.counting, asked.values).one()
    found = zip(asked.page.matters, row, strict=True)
    return {matter: read_as(count, MOST) for matter, count in found if count}


def examples(session: Session, asked: Asked, kinds: Collection[TodayKind]) -> dict[TodayKind, list[Found]]:
    """At most five of each, in one query."""
    found: dict[TodayKind, list[Found]] = {}
    if kinds:
        for kind, *values in session.execute(_examples(asked.page, frozenset(kinds)), asked.values):
            found.setdefault(TodayKind(kind), []).append(Found(*values))
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """By id. ``times`` a person was reminded of consents and of the questionnaire."""

    people: Mapping[int, str]
    pairs: Mapping[int, str]
    campaigns: Mapping[int, str]
    times: Mapping[int, int]


def names(session: Session, people: Collection[int], pairs: Collection[int], campaigns: Collection[int]) -> Names:
    """One query."""
    wanted = union_all(
        _PEOPLE.where(Person.id.in_(people)),
        _MEMBERS.where(PairMember.pair_id.in_(pairs)),
        _TITLES.where(Campaign.id.in_(campaigns)),
    )
    found: dict[str, list[Any]] = {"person": [], "pair": [], "campaign": []}
    for row in session.execute(wanted.order_by("place")):
        found[row.about].append(row)
    return Names(
        {row.key: f"{row.last_name} {row.first_name}".strip() for row in found["person"]},
        _of_pairs((row.key, Role(row.role), row.last_name) for row in found["pair"]),
        {row.key: row.last_name for row in found["campaign"]},
        {row.key: row.times for row in found["person"]},
    )


def person_names(session: Session, person_ids: Collection[int]) -> Mapping[int, str]:
    return names(session, person_ids, (), ()).people


def pair_names(session: Session, pair_ids: Collection[int]) -> Mapping[int, str]:
    """«Лебедева – Соколова»; of a group «Лебедева – Крылова, Асланов»."""
    return names(session, (), pair_ids, ()).pairs


def _of_pairs(members: Iterable[tuple[int, Role, str]]) -> dict[int, str]:
    sides: dict[int, dict[Role, list[str]]] = {}
    for pair_id, role, last_name in members:
        sides.setdefault(pair_id, {}).setdefault(role, []).append(last_name)
    return {
        pair_id: " – ".join(", ".join(names[role]) for role in (Role.MENTOR, Role.MENTEE) if role in names)
        for pair_id, names in sides.items()
    }


@lru_cache(maxsize=64)
def _page(settings: OrganisationSettings) -> tuple[Page, Moment]:
    moment = Moment()
    of = _Matters(bindparam("organisation_id", type_=Integer()), settings, moment, bindparam("today", type_=Date()))
    known = tuple(sorted(of.all(), key=lambda matter: list(TodayKind).index(matter.kind)))
    return Page(known, select(*(counted_up_to(one.few, MOST).scalar_subquery() for one in known))), moment


@lru_cache(maxsize=256)
def _examples(page: Page, kinds: frozenset[TodayKind]) -> CompoundSelect[Any]:
    return union_all(*(_part(matter) for matter in page.matters if matter.kind in kinds))


def _part(matter: Matter) -> Select[Any]:
    few = matter.found.limit(EXAMPLES).subquery()
    return select(literal(matter.kind.value), *few.columns)


class _Matters:
    """Made of the lists' own conditions, with values that are named later in the place of those of a page."""

    def __init__(self, organisation_id: Any, settings: OrganisationSettings, now: Any, today: Any) -> None:
        self._organisation_id, self._settings, self._now, self._today = organisation_id, settings, now, today

    def all(self) -> Iterable[Matter]:
        yield self._pairs(TodayKind.PAIRS_TO_CONFIRM, Pair.state_at, state="agreed")
        yield self._pairs(TodayKind.PAIRS_DECLINED, Pair.state_at, need="declined")
        yield self._pairs(TodayKind.STALE_PROPOSALS, Pair.state_at, need="answer")
        yield self._pairs(TodayKind.TRIALS_TO_DECIDE, Pair.started_at, need="trial")
        yield self._pairs(TodayKind.PAUSES_OVER, Pair.state_at, need="pause")
        yield self._pairs(TodayKind.PAIRS_UNDER_NOTICE, Pair.state_at, need="notice")
        yield self._pairs(TodayKind.LABOUR_CONSENTS, Pair.state_at, need="labour")
        yield self._pairs(TodayKind.PAIRS_WITHOUT_ORDER, Pair.confirmed_at, need="order")
        yield self._pairs(TodayKind.ORDERS_OUTDATED, Pair.state_at, need="amend")
        yield self._pairs(TodayKind.SILENT_PAIRS, Pair.last_met_at, need="silent")
        yield self._pairs(TodayKind.PAIRS_WITHOUT_FIRST_MEETING, Pair.started_at, need="first")
        yield self._meetings(TodayKind.MEETINGS_MISSED, need="missed")
        yield self._meetings(TodayKind.MEETINGS_UNCLOSED, need="unclosed")
        yield self._plans(TodayKind.PLANS_TO_APPROVE, state="sent")
        yield self._plans(TodayKind.PLANS_OVERDUE, need="overdue")
        yield self._people(TodayKind.GUARDIANS_REFUSED, refused="guardian")
        yield self._people(TodayKind.CONSENTS_MISSING, missing="any")
        yield self._people(TodayKind.REMINDED_IN_VAIN, reminded="vain")
        yield self._people(TodayKind.NOT_CORRECTED, status="returned")
        yield self._waiting()
        yield self._people(TodayKind.WITHOUT_PAIR, role="mentee", status="approved", pair="none")
        yield self._people(TodayKind.UNREACHABLE, reach="none")
        yield self._responses(TodayKind.NEW_RESPONSES, "review")
        yield self._responses(TodayKind.HELP_ASKED, "help")
        yield self._campaigns(TodayKind.CAMPAIGN_SILENT, "silent")
        yield self._campaigns(TodayKind.CAMPAIGN_OPENS, "opens")
        yield self._calendar()
        yield self._letters()
        yield self._notices()
        yield self._erasures()
        yield self._names_on_site()

    def _pairs(self, kind: TodayKind, since: InstrumentedAttribute[Any], **asked: str) -> Matter:
        conditions = pair_conditions(PairFilter(**asked), self._settings, self._now)
        return Matter(kind, "pairs", asked, self._found(Pair, Pair.id, since).where(*conditions))

    def _meetings(self, kind: TodayKind, **asked: str) -> Matter:
        conditions = meeting_conditions(MeetingFilter(**asked), self._now)  # type: ignore[arg-type]
        return Matter(
            kind, "meetings", asked, self._found(Meeting, Meeting.pair_id, Meeting.starts_at).where(*conditions)
        )

    def _plans(self, kind: TodayKind, **asked: str) -> Matter:
        conditions = plan_conditions(PlanFilter(**asked), self._today)
        return Matter(kind, "plans", asked, self._found(Pair, Pair.id, Pair.plan_at).where(*conditions))

    def _people(self, kind: TodayKind, **asked: str) -> Matter:
        conditions = people_conditions(PeopleFilter(**asked))
        return Matter(kind, "people", asked, self._found(Person, Person.id, None).where(*conditions))

    def _responses(self, kind: TodayKind, need: str) -> Matter:
        conditions = response_conditions(ResponseFilters(need=need))
        found = self._found(Response, Response.person_id, Response.submitted_at).where(*conditions)
        return Matter(kind, "responses", {"need": need}, found)

    def _campaigns(self, kind: TodayKind, need: str) -> Matter:
        conditions = campaign_conditions(CampaignFilter(need=need), self._now)
        return Matter(kind, "campaigns", {"need": need}, self._found(Campaign, Campaign.id, None).where(*conditions))

    def _calendar(self) -> Matter:
        """Programmes with pairs and a pulse to ask them, whose year has no campaign yet."""
        planned = exists().where(Campaign.programme_id == Programme.id, of_calendar())
        pairs = exists().where(Pair.programme_id == Programme.id, Pair.state.in_(OFFICIAL))
        pulse = exists().where(Questionnaire.organisation_id == self._organisation_id, Questionnaire.key.like("pulse%"))
        unset = self._found(Programme, Programme.id, None).where(Programme.closed_at.is_(None), ~planned, pairs, pulse)
        return Matter(TodayKind.CALENDAR_NOT_SET, "calendar", {}, unset)

    def _waiting(self) -> Matter:
        found = self._found(WaitingCase, Enrolment.person_id, WaitingCase.opened_at)
        late = found.join(Enrolment, Enrolment.id == WaitingCase.enrolment_id).where(*overdue_cases(self._today))
        return Matter(TodayKind.WAITING_OVERDUE, "waiting", {"need": "overdue"}, late)

    def _letters(self) -> Matter:
        found = self._found(Letter, Letter.person_id, Letter.written_at)
        waiting = found.where(Letter.from_curator.is_(False), Letter.answered_at.is_(None))
        return Matter(TodayKind.OPEN_LETTERS, "letters", {"state": "open"}, waiting)

    def _notices(self) -> Matter:
        conditions = notice_conditions(NoticeFilter(need="failed"), self._now)
        found = self._found(Notice, Notice.person_id, None).where(*conditions)
        return Matter(TodayKind.NOTICES_FAILED, "notices", {"need": "failed"}, found)

    def _erasures(self) -> Matter:
        found = self._found(ErasureRequest, ErasureRequest.person_id, ErasureRequest.due_at)
        waiting = found.where(ErasureRequest.done_at.is_(None), ErasureRequest.cancelled_at.is_(None))
        return Matter(TodayKind.ERASURE_DUE, "erasures", {}, waiting)

    def _names_on_site(self) -> Matter:
        found = self._found(Consent, Consent.person_id, ConsentWithdrawal.withdrawn_at)
        taken_back = found.join(Consent.withdrawal).where(maybe_on_site())
        return Matter(TodayKind.NAMES_ON_SITE, "consents", {"state": ON_SITE}, taken_back)

    def _found(self, table: Any, subject: Any, since: Any) -> Select[Any]:
        """The longest waiting first. The organisation is named, since the fence does not see into every subquery."""
        moment = cast(null(), UtcDateTime()) if since is None else since
        order = table.id if since is None else since
        return (
            select(table.id, subject.label("subject"), moment.label("since"))
            .where(table.organisation_id == self._organisation_id)
            .order_by(order, table.id)
        )


def _named(about: str, key: Any, place: Any, role: Any, last_name: Any, first_name: Any, times: Any) -> Select[Any]:
    said = {"key": key, "place": place, "role": role, "last_name": last_name, "first_name": first_name, "times": times}
    return select(literal(about).label("about"), *(column.label(name) for name, column in said.items()))


_NO, _NEVER = literal("", String), literal(0, Integer)
_REMINDED = Person.reminded_of_consents + Person.reminded_of_questionnaire
_PEOPLE = _named("person", Person.id, Person.id, _NO, Person.last_name, Person.first_name, _REMINDED)
_MEMBERS = (
    _named("pair", PairMember.pair_id, PairMember.id, cast(PairMember.role, String), Person.last_name, _NO, _NEVER)
    .join(Person, Person.id == PairMember.person_id)
    .where(PairMember.left_at.is_(None))
)
_TITLES = _named("campaign", Campaign.id, Campaign.id, _NO, Campaign.title, _NO, _NEVER)
