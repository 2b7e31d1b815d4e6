"""A draft laid out: its lines, the curator's words, the pool with all scores, read once for a page."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import nlargest

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.matching import ChoiceKind
from mentoring.rules.matching_fit import Applicant, Bar
from mentoring.rules.pairs import PairState
from mentoring.use_cases.matching_cards import Left, LineCard, MentorCard, Named, Rather, Rival
from mentoring.use_cases.matching_drafts import draft_card
from mentoring.use_cases.matching_pool import load_pool, problem_of
from mentoring.use_cases.matching_runs import said_in, settings_of
from storage.models.matching import MatchingLine
from storage.models.pair import Pair
from storage.models.person import Enrolment, Person
from storage.queries.groups import groups_led

NEXT_BEST = 3
Line = tuple[MatchingLine, PairState | None]


class Table:
    """One draft as it stands now. Scores of all are counted at once, explanations only for what is looked at."""

    def __init__(self, session: Session, draft_id: int, now: datetime) -> None:
        self.card = draft_card(session, draft_id)
        self.pool = load_pool(session, self.card.programme_id, now=now)
        self.settings = settings_of(self.card.settings, self.pool)
        self.choices = said_in(session, draft_id)
        self.posed = problem_of(self.pool, self.settings, self.choices)
        self.lines = _lines(session, draft_id)
        self.people = self._people(session)
        self.groups = groups_led(session, [one.enrolment_id for one in self.pool.mentors])
        self.free = {one.enrolment_id: 0 if one.bars else one.free for one in self.pool.mentors}
        self.room = self._room()
        self.placed = {line.mentee_enrolment_id: line for line, _ in self.lines if line.pair_id is None}
        self.by_mentor, self.by_mentee = self._scores()

    def mentors(self) -> list[MentorCard]:
        """By name: those of the pool, and those whose lines are published already."""
        lines: dict[int, list[Line]] = defaultdict(list)
        for line, state in self.lines:
            lines[line.mentor_enrolment_id].append((line, state))
        numbers = [one for one in {*self.free, *lines} if one in self.people]
        cards = [self._mentor(number, lines[number]) for number in numbers]
        return sorted(cards, key=lambda card: (card.person.name.casefold(), card.person.enrolment_id))

    def explained(self, card: MentorCard) -> MentorCard:
        others = self.for_mentor(card.person.enrolment_id)
        return replace(card, lines=tuple(self._explained(line) for line in card.lines), others=others)

    def left(self) -> list[Applicant]:
        """Mentees without a line that still stands, by name."""
        waiting = [one for one in self.pool.mentees if one.enrolment_id not in self.placed]
        return sorted(waiting, key=lambda one: (one.name.casefold(), one.enrolment_id))

    def bereft(self, mentee: Applicant) -> Left:
        best = self.for_mentee(mentee.enrolment_id)
        bars: Counter[Bar] = Counter()
        if not best and not mentee.bars:
            for mentor in self.pool.mentors:
                bars.update(self.posed.fits[mentor.enrolment_id, mentee.enrolment_id].bars)
        return Left(named(mentee), mentee.bars, best, tuple(bars.most_common(NEXT_BEST)))

    def for_mentee(self, mentee_id: int, most: int = NEXT_BEST) -> tuple[Rival, ...]:
        """The best mentors beside the one in this draft."""
        own = self.placed.get(mentee_id)
        others = [one for one in self.by_mentee[mentee_id] if own is None or one[1] != own.mentor_enrolment_id]
        return tuple(self._rival(number, score, self.room[number]) for score, number in nlargest(most, others, _worth))

    def for_mentor(self, mentor_id: int, most: int = NEXT_BEST) -> tuple[Rival, ...]:
        others = [one for one in self.by_mentor[mentor_id] if not self._is_at(one[1], mentor_id)]
        return tuple(self._rival(number, score, 0) for score, number in nlargest(most, others, _worth))

    def rather(self) -> Iterator[Rather]:
        """Those of the last run whose two are still free to have each other."""
        for mentor, mentee in self.card.outcome.blocking:
            score = self.posed.problem.scores.get((mentor, mentee))
            if score is not None and not self._is_at(mentee, mentor):
                line = self.placed.get(mentee)
                yield Rather(self.people[mentor], self.people[mentee], score, line.score if line else None)

    def said(self, kind: ChoiceKind) -> tuple[tuple[Named, Named], ...]:
        pairs = [two for two, said in self.choices.items() if said is kind]
        return tuple((self.people[one], self.people[other]) for one, other in pairs if {one, other} <= set(self.people))

    def ignored(self) -> tuple[tuple[Named, Named], ...]:
        return tuple((self.people[one], self.people[other]) for one, other in self.posed.ignored)

    def came(self) -> tuple[Named, ...]:
        """Since the last run."""
        known = set(self.card.outcome.considered)
        everybody = (*self.pool.mentors, *self.pool.mentees)
        return tuple(named(one) for one in everybody if one.enrolment_id not in known) if self.card.run_at else ()

    def gone(self) -> int:
        """Since the last run, beside those who were asked from this draft."""
        here = {one.enrolment_id for one in (*self.pool.mentors, *self.pool.mentees)}
        asked = [line for line, _ in self.lines if line.pair_id is not None]
        here |= {one for line in asked for one in (line.mentor_enrolment_id, line.mentee_enrolment_id)}
        return len(set(self.card.outcome.considered) - here)

    def _people(self, session: Session) -> dict[int, Named]:
        people = {one.enrolment_id: named(one) for one in (*self.pool.mentors, *self.pool.mentees)}
        mentioned = {one for line, _ in self.lines for one in (line.mentor_enrolment_id, line.mentee_enrolment_id)}
        mentioned |= {one for two in self.choices for one in two}
        return people | people_named(session, mentioned - set(people))

    def _room(self) -> dict[int, int]:
        room = Counter(self.free)
        room.subtract(line.mentor_enrolment_id for line, _ in self.lines if line.pair_id is None)
        return {number: max(0, places) for number, places in room.items()}

    def _scores(self) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, int]]]]:
        """Of each mentor the scores with mentees, and the other way round."""
        by_mentor: dict[int, list[tuple[int, int]]] = defaultdict(list)
        by_mentee: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (mentor, mentee), score in self.posed.problem.scores.items():
            by_mentor[mentor].append((score, mentee))
            by_mentee[mentee].append((score, mentor))
        return by_mentor, by_mentee

    def _mentor(self, number: int, lines: Sequence[Line]) -> MentorCard:
        cards = tuple(self._line(line, state) for line, state in lines)
        one = self.pool.mentor(number)
        bars = one.bars if one else ()
        return MentorCard(
            self.people[number],
            self.free.get(number, 0),
            self.room.get(number, 0),
            cards,
            bars,
            groups=self.groups.get(number, ()),
        )

    def _line(self, line: MatchingLine, state: PairState | None) -> LineCard:
        two = line.mentor_enrolment_id, line.mentee_enrolment_id
        return LineCard(
            mentee=self.people[two[1]],
            mentor_id=two[0],
            score=line.score,
            fit=None,
            locked=self.choices.get(two) is ChoiceKind.LOCK and line.pair_id is None,
            pair_id=line.pair_id,
            state=state,
        )

    def _explained(self, line: LineCard) -> LineCard:
        mentee_id = line.mentee.enrolment_id
        if line.pair_id or not self._is_in_pool(line.mentor_id, mentee_id):
            return line
        return replace(line, fit=self.posed.fits[line.mentor_id, mentee_id], others=self.for_mentee(mentee_id))

    def _is_in_pool(self, mentor_id: int, mentee_id: int) -> bool:
        return self.pool.mentor(mentor_id) is not None and self.pool.mentee(mentee_id) is not None

    def _is_at(self, mentee_id: int, mentor_id: int) -> bool:
        line = self.placed.get(mentee_id)
        return line is not None and line.mentor_enrolment_id == mentor_id

    def _rival(self, number: int, score: int, room: int) -> Rival:
        return Rival(self.people[number], score, room)


def people_named(session: Session, enrolment_ids: Collection[int]) -> dict[int, Named]:
    rows = session.execute(
        select(Enrolment.id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id.in_(enrolment_ids))
    )
    return {number: Named(number, person.id, person.name.full, person.place) for number, person in rows}


def named(one: Applicant) -> Named:
    return Named(one.enrolment_id, one.person_id, one.name, one.place)


def _lines(session: Session, draft_id: int) -> list[Line]:
    """The best first."""
    rows = session.execute(
        select(MatchingLine, Pair.state)
        .outerjoin(Pair, Pair.id == MatchingLine.pair_id)
        .where(MatchingLine.draft_id == draft_id)
        .order_by(MatchingLine.score.desc(), MatchingLine.id)
    )
    return [(line, state) for line, state in rows]


def _worth(rival: tuple[int, int]) -> tuple[int, int]:
    score, number = rival
    return score, -number
