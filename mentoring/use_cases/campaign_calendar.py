"""The year's campaigns: proposed with their days and sizes, planned when the curator says so."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.rules.campaign_calendar import CalendarRule, Occasion, Year, occasions
from mentoring.rules.campaigns import Audience, CampaignState
from mentoring.rules.deadlines import at_local
from mentoring.rules.people import Actor
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.campaign_audience import Crowd, count_in, crowd_for, offered
from mentoring.use_cases.campaigns import create_campaign
from storage.queries.campaign_calendar import PlannedOccasion, YearFacts, planned_occasions, year_facts

OPENS, CLOSES = time(9), time(23, 59)


@dataclass(frozen=True, slots=True)
class Proposed:
    """``people`` as of now; of a rolling one whoever comes later is asked too. ``campaign_id`` once it is planned.

    ``fits``: its form of mentoring is the programme's, or has pairs or wishes already.
    """

    origin: str
    rule: CalendarRule
    key: str
    title: str  # of the questionnaire
    role: str
    form: str
    opens_at: datetime
    closes_at: datetime
    rolling: bool
    people: int
    fits: bool
    campaign_id: int | None
    state: CampaignState | None
    over: bool  # its days have passed without it


@dataclass(frozen=True, slots=True)
class YearOfCampaigns:
    """``introduced_on`` empty: the checkpoint cannot be proposed yet."""

    starts_on: date
    ends_on: date
    introduced_on: date | None
    proposed: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class CalendarPlanned:
    count: int


def campaign_calendar(session: Session, programme_id: int, *, now: datetime) -> YearOfCampaigns:
    """At most five queries."""
    facts = year_facts(session, programme_id)
    library = offered(session)
    found = occasions(_year(facts), library)
    known = planned_occasions(session, programme_id)
    crowd = _crowd(session, programme_id, found, library)
    forms = set(facts.forms) or {one.form for one in crowd.candidates}
    proposed = tuple(_proposed(one, facts, crowd, forms, known.get(one.origin), now) for one in found)
    return YearOfCampaigns(facts.starts_on, facts.ends_on, facts.introduced_on, proposed)


def plan_calendar(
    session: Session,
    programme_id: int,
    titles: Mapping[str, str],
    *,
    tell: Sequence[int] = (),
    by: Actor,
    now: datetime,
) -> CalendarPlanned:
    """``titles`` by origin, of what the curator has chosen. What is planned already, or is over, is passed over.

    One whose days have begun opens at once.
    """
    require_curator(session, by)
    facts = year_facts(session, programme_id)
    made = [
        create_campaign(
            session,
            one.definition.key,
            programme_id=programme_id,
            title=titles[one.origin],
            audience=one.audience,
            opens_at=max(opens_at, now),
            closes_at=closes_at,
            rolling=one.rolling,
            tell=tell,
            origin=one.origin,
            by=by,
            now=now,
        ).made
        for one, opens_at, closes_at in _chosen(facts, occasions(_year(facts), offered(session)), titles)
        if closes_at > now
    ]
    return CalendarPlanned(sum(made))


def _year(facts: YearFacts) -> Year:
    return Year(facts.starts_on, facts.ends_on, facts.introduced_on, facts.forms)


def _chosen(
    facts: YearFacts, found: Iterable[Occasion], titles: Mapping[str, str]
) -> Iterator[tuple[Occasion, datetime, datetime]]:
    for one in found:
        if one.origin in titles:
            yield one, *_window(one, facts)


def _window(one: Occasion, facts: YearFacts) -> tuple[datetime, datetime]:
    zone = ZoneInfo(facts.time_zone)
    return at_local(one.opens_on, OPENS, zone), at_local(one.closes_on, CLOSES, zone)


def _crowd(session: Session, programme_id: int, found: Iterable[Occasion], library: Collection[Definition]) -> Crowd:
    asked = [(one.definition, one.audience) for one in found if one.audience.audience in _IN_PAIRS]
    return crowd_for(session, programme_id, asked, library)


def _proposed(
    one: Occasion, facts: YearFacts, crowd: Crowd, forms: set[str], planned: PlannedOccasion | None, now: datetime
) -> Proposed:
    opens_at, closes_at = (planned.opens_at, planned.closes_at) if planned else _window(one, facts)
    return Proposed(
        origin=one.origin,
        rule=one.rule,
        key=one.definition.key,
        title=one.definition.title,
        role=one.definition.role,
        form=one.definition.form,
        opens_at=opens_at,
        closes_at=closes_at,
        rolling=one.rolling,
        people=_size(one, facts, crowd),
        fits=not one.audience.forms or not forms.isdisjoint(one.audience.forms),
        campaign_id=planned.campaign_id if planned else None,
        state=planned.state if planned else None,
        over=planned is None and closes_at <= now,
    )


def _size(one: Occasion, facts: YearFacts, crowd: Crowd) -> int:
    if one.audience.audience in _IN_PAIRS:
        return count_in(crowd, one.definition, one.audience).people
    return facts.others[one.audience.audience]


_IN_PAIRS = (Audience.MENTORS, Audience.MENTEES)
