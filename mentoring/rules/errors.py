"""Facts that stop a use-case. They carry data, never sentences: each door has its own words for them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


class MentoringError(Exception):
    """Base of every refusal that a person can be told about."""


@dataclass
class NotFound(MentoringError):
    """No such record in this organisation (a foreign one looks the same as a missing one)."""

    noun: str


@dataclass
class NotAllowed(MentoringError):
    """The actor may not do this at all."""

    act: str = ""


@dataclass
class OutOfDate(MentoringError):
    """The thing has moved on since the button was shown; ``state`` is where it stands now."""

    noun: str
    state: str = ""


@dataclass
class InvitationUnknown(MentoringError):
    """Unknown, revoked, expired and used links look the same."""


@dataclass
class OtherOrganisation(MentoringError):
    """This chat account already takes part in another organisation's programme."""

    organisation: str


@dataclass
class AlreadyInRole(MentoringError):
    """The person came by a link of the role in which they already are."""

    role: str


@dataclass
class GuardianCannotJoin(MentoringError):
    """The pupil opened the link that was meant for their parent."""


@dataclass(frozen=True)
class MissingConsent:
    """A consent that a step waits for. ``kind`` and ``giver`` ("self" or "guardian") say which and whose."""

    person_id: int
    person_name: str
    kind: str
    giver: str


@dataclass
class ConsentsMissing(MentoringError):
    missing: tuple[MissingConsent, ...]


@dataclass
class ConsentTextChanged(MentoringError):
    """A newer version of the text was published while the old one was on the screen."""


@dataclass
class AnswerRefused(MentoringError):
    """``problem`` is a word of `mentoring.rules.questionnaire.Problem`; ``limits`` fills its sentence."""

    problem: str
    limits: dict[str, object] = field(default_factory=dict)


@dataclass
class AnswersRefused(MentoringError):
    """A whole sheet was entered at once: what is wrong with each question, by key."""

    refusals: dict[str, AnswerRefused]


@dataclass
class AnswersMissing(MentoringError):
    """The response cannot be sent: these required questions have no answer."""

    keys: tuple[str, ...]


@dataclass
class CapacityReached(MentoringError):
    person_name: str
    capacity: int


@dataclass
class NotApproved(MentoringError):
    """The person's questionnaire has not been approved by the curator yet."""

    person_name: str


@dataclass
class PairExists(MentoringError):
    """The two are already in a pair or a proposal."""

    pair_id: int


@dataclass
class GroupTooLarge(MentoringError):
    """``most`` mentees fit into a group."""

    most: int


@dataclass
class LastMentee(MentoringError):
    """Without this mentee nobody would be left: the whole pair ends instead."""

    pair_id: int


@dataclass
class TrialIncomplete(MentoringError):
    """The trial lacks something, and the curator has not said why it may do without. ``lacks``: words of
    `mentoring.rules.trials.Lack`, each with the name of the person whom it is about, or ""."""

    lacks: tuple[tuple[str, str], ...]


@dataclass
class PairsNotReady(MentoringError):
    """An order cannot fix pairs that the curator has not confirmed, or that are over."""

    pair_ids: tuple[int, ...]


@dataclass
class PairBarred(MentoringError):
    """Something stands between the two that a curator cannot overrule: ``bars`` of `mentoring.rules.matching_fit`."""

    mentor_name: str
    mentee_name: str
    bars: tuple[str, ...]


@dataclass
class PlacesLocked(MentoringError):
    """All free places of a mentor are held by hand in this draft."""

    person_name: str
    places: int


@dataclass
class SamePerson(MentoringError):
    """A person cannot be their own mentor."""


@dataclass
class TimeInPast(MentoringError):
    at: datetime


@dataclass
class TimeInFuture(MentoringError):
    at: datetime


@dataclass
class TimeTaken(MentoringError):
    """One of the pair already has a meeting at that time."""

    person_name: str
    at: datetime


@dataclass
class TextEmpty(MentoringError):
    field: str


@dataclass
class TextTooLong(MentoringError):
    field: str
    limit: int
    length: int


@dataclass
class ValueWrong(MentoringError):
    """A field of a form has a value that cannot be used."""

    field: str


@dataclass
class SignInRefused(MentoringError):
    """Unknown login and wrong password look the same."""


@dataclass
class DefinitionBroken(MentoringError):
    """A questionnaire's definition: where, and why it was refused; the line of the file that it came in, if any."""

    place: str
    reason: str
    line: int = 0


@dataclass
class DraftExists(MentoringError):
    """A file would take the place of the curator's own draft."""

    title: str


@dataclass
class UnpublishedOnly(MentoringError):
    """A published version never changes."""


@dataclass
class CountReached(MentoringError):
    """There is room for so many ``what`` and no more."""

    what: str
    limit: int


@dataclass
class ItemsOutsideTerm(MentoringError):
    """A plan cannot end before, or begin after, a day by which something in it is to be done."""

    count: int


@dataclass
class PlanIncomplete(MentoringError):
    """A plan goes to the curator with a goal and an item; ``lacks`` names what it has not: "goals", "items"."""

    lacks: tuple[str, ...]


@dataclass
class CalculationFailed(MentoringError):
    """A long calculation was given up: it took too long, or its process died. ``reason`` is for the log."""

    reason: str = ""


@dataclass(frozen=True)
class Blocker:
    """``reason`` is a word of `mentoring.rules.documents.BlockReason`; ``detail`` says which consent, or which state.

    ``pair_id`` and ``person_id`` are 0 where there is none.
    """

    reason: str
    pair_id: int
    person_id: int
    name: str
    detail: str = ""


@dataclass
class OrderBlocked(MentoringError):
    """No order without papers: who in it lacks what."""

    blockers: tuple[Blocker, ...]


@dataclass
class NothingOrdered(MentoringError):
    """The paper would be about nobody, or nothing has changed. ``what``: the list that is empty, as in the draft."""

    what: str = ""


@dataclass
class DatedTooEarly(MentoringError):
    """``first``: the earliest date that the paper may bear; ``number``: of the order that it changes, if it does."""

    first: date
    number: str = ""


@dataclass
class TermReversed(MentoringError):
    """A paper whose last day comes before its first one."""

    starts_on: date
    ends_on: date


@dataclass
class NothingToAmend(MentoringError):
    """There is no signed order on pairs yet."""


@dataclass
class NumberTaken(MentoringError):
    number: str
    document_id: int
    free: str


@dataclass
class ProfileLacks(MentoringError):
    """What a paper cannot be signed without, by the names of `mentoring.rules.documents.Profile`."""

    fields: tuple[str, ...]


@dataclass
class TemplateRefused(MentoringError):
    """``faults``: `mentoring.rules.documents.Fault`."""

    faults: tuple[Any, ...]
