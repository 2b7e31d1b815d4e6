"""What would be sent if a draft were published: by mentor, with what is known to stand in the way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.matching_applicants import form_between
from mentoring.rules.matching_fit import ABSOLUTE, Bar, Fit
from mentoring.rules.pairs import MOST_MENTEES
from mentoring.use_cases.matching_cards import MentorCard, Named
from mentoring.use_cases.matching_drafts import DraftCard
from mentoring.use_cases.matching_table import Table
from storage.queries.groups import GroupLed


@dataclass(frozen=True, slots=True)
class LineOffer:
    """``bars``: for what the proposal would be refused as things stand."""

    mentee: Named
    fit: Fit
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class MentorOffer:
    """``forms`` of mentoring that would join them. ``joins``: a group that the mentor leads already, of the same form,
    with room for all of these."""

    mentor: Named
    lines: tuple[LineOffer, ...]
    forms: frozenset[str]
    joins: GroupLed | None

    @property
    def may_be_group(self) -> bool:
        """An order fixes a group by one form."""
        return 1 < len(self.lines) <= MOST_MENTEES and len(self.forms) == 1


@dataclass(frozen=True, slots=True)
class Offers:
    """``gone``: of those who were chosen, people who do not wait for a pair any more."""

    draft: DraftCard
    mentors: tuple[MentorOffer, ...]
    count: int
    gone: tuple[Named, ...]


def offers_of(session: Session, draft_id: int, mentee_ids: Collection[int] = (), *, now: datetime) -> Offers:
    """Of the chosen mentees, or of all who are not asked yet."""
    table = Table(session, draft_id, now)
    chosen = set(mentee_ids) or set(table.placed)
    offers = tuple(offer for card in table.mentors() if (offer := _offer(table, card, chosen)).lines)
    standing = {line.mentee.enrolment_id for offer in offers for line in offer.lines}
    gone = tuple(table.people[one] for one in sorted(set(table.placed) & chosen - standing))
    return Offers(table.card, offers, len(standing), gone)


def _offer(table: Table, card: MentorCard, chosen: set[int]) -> MentorOffer:
    lines = table.explained(card).lines
    wanted = [(line.mentee, line.fit) for line in lines if line.fit and line.mentee.enrolment_id in chosen]
    offers = tuple(LineOffer(mentee, fit, _refusals(fit)) for mentee, fit in wanted)
    forms = _forms(table, card, [mentee for mentee, _ in wanted])
    fitting = (group for group in card.groups if group.room >= len(offers) and forms <= {group.form})
    return MentorOffer(card.person, offers, forms, next(fitting, None))


def _forms(table: Table, card: MentorCard, mentees: Sequence[Named]) -> frozenset[str]:
    mentor, asked = (
        table.pool.mentor(card.person.enrolment_id),
        [table.pool.mentee(one.enrolment_id) for one in mentees],
    )
    return frozenset(form_between(mentor, one) for one in asked if mentor and one)


def _refusals(fit: Fit) -> tuple[Bar, ...]:
    return tuple(bar for bar in fit.bars if bar in ABSOLUTE)
