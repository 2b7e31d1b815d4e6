"""Everything that the rows of a register are made of, loaded for all people at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring import register_words as say
from mentoring.phones import shown_phone
from mentoring.rules.consents import ConsentKind, Publication
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.entry_sheets import EntrySheet
from mentoring.rules.pairs import OVER, PairState
from mentoring.rules.people import AgeGroup, Role
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.publication import publication_states
from storage.models.pair import Pair, PairMember
from storage.models.person import Enrolment, Person
from storage.models.selection import LabourAgreement
from storage.queries import registers
from storage.queries.entry_sheets import entry_sheets
from storage.queries.selection import agreements

Membership = tuple[Pair, PairMember] | tuple[None, None]
MINORS = (AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17)


@dataclass(frozen=True, slots=True)
class RegisterScope:
    """``on``: as it stood at the end of that day, today by default. ``order_id``: only who stands in that order.
    ``offset`` and ``limit`` count people. ``ours``: with what the columns beyond the model's say, which asks more.
    ``public``: with who may be named on the site."""

    now: datetime
    on: date | None = None
    order_id: int | None = None
    offset: int = 0
    limit: int | None = None
    ours: bool = True
    public: bool = False


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """As of the end of the day ``on``. Keys: of ``sheets``, ``entered``, ``agreements``, ``memberships`` the enrolment;
    of ``guardians``, ``given``, ``publications`` the person; of ``papers`` the document; of ``met``, ``plans`` the
    pair."""

    on: date
    zone: ZoneInfo
    first: int
    total: int
    enrolments: Sequence[Enrolment]
    sheets: Mapping[int, EntrySheet]
    entered: Mapping[int, date]
    memberships: Mapping[int, Sequence[Membership]]
    guardians: Mapping[int, Person]
    given: Mapping[int, Mapping[ConsentKind, registers.ConsentGiven]]
    answered: Mapping[str, set[int]]
    agreements: Mapping[int, LabourAgreement]
    papers: Mapping[int, tuple[str, date | None]]
    met: Mapping[int, tuple[int, datetime]]
    plans: Mapping[int, tuple[int, int]]
    publications: Mapping[int, Publication]

    def day(self, at: datetime | None) -> date | None:
        return at.astimezone(self.zone).date() if at else None

    def pairs_of(self, enrolment_id: int) -> Sequence[Membership]:
        """Each pair with the own place in it; one empty line for who has none."""
        return self.memberships.get(enrolment_id, ((None, None),))

    def began(self, pair: Pair, own: PairMember | None = None) -> date | None:
        joined = own.joined_at if own else None
        return self.day(joined or pair.started_at or pair.confirmed_at or pair.created_at)

    def standing(self, pair: Pair, own: PairMember | None) -> tuple[PairState, date | None, str]:
        """State, last day and reason on that day; what came later has not happened yet."""
        left = self._past(own.left_at) if own else None
        if left and own:
            return PairState.ENDED, left, own.left_reason or ""
        if pair.state in OVER and (ended := self._past(pair.ended_at or pair.state_at)):
            return pair.state, ended, pair.end_reason
        return (PairState.ACTIVE if pair.state in OVER else pair.state), None, ""

    def mentees(self, pair: Pair) -> list[PairMember]:
        """Who was in the group on that day; of a group that nobody stayed in, all who were."""
        theirs = [one for one in pair.members if one.role is Role.MENTEE and one.was_in and self._joined(pair, one)]
        return [one for one in theirs if not self._past(one.left_at)] or theirs

    def mentor(self, pair: Pair) -> PairMember | None:
        return next((one for one in pair.members if one.role is Role.MENTOR), None)

    def contact(self, person: Person) -> str:
        guardian = self.guardians.get(person.id) if person.age_group in MINORS else None
        if guardian:
            return say.parent(guardian.name.full, shown_phone(guardian.phone))
        return shown_phone(person.phone)

    def consents(self, person_id: int) -> str:
        given = self.given.get(person_id, {}).values()
        shown = [one for one in given if self._past(one.decided_at)]
        return say.joined([self._consent(one) for one in shown]) or say.NO_CONSENT

    def paper(self, document_id: int | None) -> tuple[str, date | None]:
        """Number and date of an order that was there on that day."""
        number, dated_on = self.papers.get(document_id or 0, ("", None))
        return (number, dated_on) if dated_on and dated_on <= self.on else ("", None)

    def has_left(self, enrolment: Enrolment) -> bool:
        return enrolment.status is EnrolmentStatus.LEFT and self._past(enrolment.status_at) is not None

    def may_be_named(self, one: Enrolment) -> bool:
        """On the site, now: who has left stands there no more."""
        return one.status is EnrolmentStatus.APPROVED and self.publications.get(one.person_id) is Publication.GIVEN

    def _consent(self, one: registers.ConsentGiven) -> str:
        given = self.day(one.decided_at) or self.on
        return say.consent_words(one.kind, given, one.version, self._past(one.withdrawn_at))

    def _joined(self, pair: Pair, member: PairMember) -> bool:
        began = self.began(pair, member)
        return began is None or began <= self.on

    def _past(self, at: datetime | None) -> date | None:
        day = self.day(at)
        return day if day and day <= self.on else None


def open_book(session: Session, programme_id: int, role: Role, scope: RegisterScope) -> RegisterBook:
    """Nine queries at any size, six more with our columns. What people say of themselves is as they said it last."""
    zone = ZoneInfo(own_organisation(session).time_zone)
    on = scope.on or scope.now.astimezone(zone).date()
    enrolments = registers.register_enrolments(session, programme_id, role)
    entered = registers.entered_on(session, enrolments, zone)
    chosen = registers.registered_by(session, scope.order_id) if scope.order_id else None
    kept = [one for one in enrolments if one.id in entered and entered[one.id] <= on]
    kept = [one for one in kept if chosen is None or one.id in chosen]
    total, kept = len(kept), kept[scope.offset :][: scope.limit]
    people = [one.person_id for one in kept]
    asked = people if scope.ours else []
    pairs = registers.register_pairs(session, [one.id for one in kept])
    until = datetime.combine(on + timedelta(days=1), time(), zone)
    orders = {pair.order_id for pair in pairs} | {one.register_order_id for one in kept} if scope.ours else set()
    book = RegisterBook(
        on=on,
        zone=zone,
        first=scope.offset + 1,
        total=total,
        enrolments=kept,
        sheets=entry_sheets(session, [one.id for one in kept]),
        entered=entered,
        memberships={},
        guardians={} if scope.public else registers.guardians_of(session, people),
        given=registers.last_consents(session, asked),
        answered=registers.answered_moments(session, asked),
        agreements=agreements(session, [one.id for one in kept] if scope.ours else ()),
        papers=registers.signed_papers(session, [one for one in orders if one]),
        met=registers.met_before(session, [pair.id for pair in pairs] if scope.ours else (), until),
        plans={} if scope.public else registers.plans_done(session, [pair.id for pair in pairs]),
        publications=publication_states(session, [one.person for one in kept]) if scope.public else {},
    )
    return _with_pairs(book, pairs)


def _with_pairs(book: RegisterBook, pairs: Sequence[Pair]) -> RegisterBook:
    found: dict[int, list[Membership]] = defaultdict(list)
    for pair in pairs:
        for member in pair.members:
            began = book.began(pair, member)
            if member.was_in and (began is None or began <= book.on):
                found[member.enrolment_id].append((pair, member))
    return replace(book, memberships=found)
