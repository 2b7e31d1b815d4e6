"""Whom a filter means: counted before a campaign starts, asked when it opens."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mentoring.rules.campaigns import AUDIENCES, Audience, AudienceFilter, Subject, in_classes
from mentoring.rules.errors import ValueWrong
from mentoring.rules.pairs import OFFICIAL, OVER, PairState
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.questionnaire_versions import definition_of, definitions_of, latest_version
from storage.queries.campaign_audience import Candidate, candidates, sent_before
from storage.queries.campaigns import offered_versions

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One questionnaire for one person. ``subject`` as `CampaignRecipient` keeps it."""

    candidate: Candidate
    subject: str
    enrolment_id: int | None
    pair_id: int | None


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """``people`` will be asked, with ``sheets`` questionnaires (a mentor of three pairs has three).

    Of them ``without_chat`` never came to the chat and ``unreachable`` closed it: they answer on paper.
    ``without_consent`` fit as well and are not asked. ``examples``: at most five names.
    """

    people: int
    sheets: int
    without_chat: int
    unreachable: int
    without_consent: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who could be asked, read once for many filters."""

    candidates: tuple[Candidate, ...]
    sent: dict[str, set[tuple[int, int | None]]]  # by key of the questionnaire after: who sent the one before


def audience_count(session: Session, key: str, chosen: AudienceFilter, *, programme_id: int) -> AudienceCount:
    """Raises ValueWrong("audience") where the questionnaire is not for them."""
    version = latest_version(session, key)
    definition = definition_of(session, version.id, version.digest)
    return count_in(crowd_for(session, programme_id, [(definition, chosen)]), definition, chosen)


def crowd_for(
    session: Session,
    programme_id: int,
    asked: Collection[tuple[Definition, AudienceFilter]],
    library: Collection[Definition] = (),
) -> Crowd:
    """One query for each kind of audience, and two where somebody is asked only after a survey before; one where the
    ``library`` of all questionnaires in use is known already."""
    audiences = {chosen.audience for _, chosen in asked}
    later = [definition for definition, chosen in asked if chosen.had_before]
    sent = _sent_before(session, later, library or offered(session)) if later else {}
    return Crowd(tuple(candidates(session, programme_id, audiences)), sent)


def count_in(crowd: Crowd, definition: Definition, chosen: AudienceFilter) -> AudienceCount:
    fitting = list(sheets_in(crowd, definition, chosen, consented=False))
    asked = [sheet for sheet in fitting if sheet.candidate.consented]
    people = {_who(sheet): sheet.candidate for sheet in asked}
    everybody = {_who(sheet) for sheet in fitting}
    return AudienceCount(
        people=len(people),
        sheets=len(asked),
        without_chat=sum(not one.has_chat for one in people.values()),
        unreachable=sum(one.has_chat and not one.reachable for one in people.values()),
        without_consent=len(everybody) - len(people),
        examples=tuple(one.name for one in people.values() if one.name)[:EXAMPLES],
    )


def sheets_in(
    crowd: Crowd, definition: Definition, chosen: AudienceFilter, *, consented: bool = True
) -> Iterator[Sheet]:
    """Each once. ``consented`` False: also of those whose consent is missing, who are never asked."""
    ensure_suits(definition, chosen)
    seen: set[tuple[int | None, int | None, str]] = set()
    before = crowd.sent[definition.key] if chosen.had_before else frozenset()
    for one in crowd.candidates:
        sheet = _sheet(one, definition)
        if (consented and not one.consented) or sheet is None or not _fits(one, definition, chosen, before):
            continue
        about = (one.person_id, one.account_id, sheet.subject)
        if about not in seen:
            seen.add(about)
            yield sheet


def may_be_asked(definition: Definition) -> bool:
    """What belongs to a meeting or to joining is asked by these, in their time."""
    return definition.subject != Subject.MEETING and definition.use not in ("entry", "feedback")


def ensure_suits(definition: Definition, chosen: AudienceFilter) -> None:
    if not may_be_asked(definition):
        raise ValueWrong("questionnaire")
    if chosen.audience not in AUDIENCES[definition.role]:
        raise ValueWrong("audience")


def of_those_who_take_part(chosen: AudienceFilter) -> AudienceFilter:
    """The filter by which one is still waited for: who has moved to another class or form still answers."""
    return replace(chosen, forms=(), classes=(), had_before=False)


def _sheet(one: Candidate, definition: Definition) -> Sheet | None:
    if definition.subject == Subject.PAIR:
        return Sheet(one, f"pair:{one.pair_id}", None, one.pair_id) if one.pair_id else None
    if definition.subject == Subject.ENROLMENT and one.enrolment_id and one.audience in _TAKING_PART:
        return Sheet(one, f"enrolment:{one.enrolment_id}", one.enrolment_id, None)
    return Sheet(one, f"person:{one.person_id}", None, None)


def _fits(
    one: Candidate, definition: Definition, chosen: AudienceFilter, before: Collection[tuple[int, int | None]]
) -> bool:
    states = _meant(chosen.pair_states) or (_ABOUT_PAIRS if definition.subject == Subject.PAIR else ())
    return (
        one.audience is chosen.audience
        and (not chosen.people or one.person_id in chosen.people)
        and (not states or one.pair_state in states)
        and (not chosen.forms or (one.form in chosen.forms and one.pair_state in _REAL))
        and (not chosen.classes or in_classes(one.place, chosen.classes))
        and (not chosen.had_before or _had_before(one, definition, before))
    )


def _meant(states: Iterable[str]) -> tuple[str, ...]:
    """Who asks of pairs at work means also those that wait for the order, of ended ones also the completed."""
    return tuple(one for state in states for one in _WITH.get(PairState(state), (state,)))


def _had_before(one: Candidate, definition: Definition, before: Collection[tuple[int, int | None]]) -> bool:
    if definition.subject == Subject.PAIR:
        return (one.person_id, one.pair_id) in before
    return any(one.person_id == person_id for person_id, _ in before)


def _sent_before(
    session: Session, later: Collection[Definition], library: Collection[Definition]
) -> dict[str, set[tuple[int, int | None]]]:
    """By key: who has sent a questionnaire with the moment "before" of the same use, form and role."""
    earlier = [one for one in library if one.moment == "before"]
    sent = sent_before(session, [one.key for one in earlier])
    return {one.key: set().union(*(sent[first.key] for first in earlier if belong(first, one))) for one in later}


def belong(before: Definition, after: Definition) -> bool:
    """Two measurements of one thing: for the same people, and where both name what they compare, of the same."""
    same = (before.use, before.form, before.role) == (after.use, after.form, after.role)
    first, second = ({question.pair for question in one.questions if question.pair} for one in (before, after))
    return same and (not first or not second or not first.isdisjoint(second))


def offered(session: Session) -> list[Definition]:
    """The latest published version of every questionnaire that is in use; at most two queries."""
    digests = {one.version_id: one.digest for one in offered_versions(session)}
    return list(definitions_of(session, digests).values())


def _who(sheet: Sheet) -> tuple[int | None, int | None]:
    return sheet.candidate.person_id, sheet.candidate.account_id


_TAKING_PART = (Audience.MENTORS, Audience.MENTEES)
_ABOUT_PAIRS = (PairState.CONFIRMED, PairState.ACTIVE)
_WITH = {PairState.ACTIVE: _ABOUT_PAIRS, PairState.ENDED: tuple(OVER)}
_REAL = (None, *OFFICIAL, *OVER)
