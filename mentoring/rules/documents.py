"""Papers of the programme: what kinds there are, and what may become of one (methodology.md §4)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from mentoring.rules.errors import OutOfDate


class DocumentKind(StrEnum):
    """methodology.md §4, in the order of the year. Orders are ``order_*``: they have a number, and are signed."""

    ORDER_INTRODUCTION = "order_introduction"
    ORDER_CURATOR = "order_curator"
    REGULATION = "regulation"  # Положение
    PROGRAMME = "programme"
    ORDER_REGISTER = "order_register"  # approves the register of mentors
    ORDER_PAIRS = "order_pairs"  # fixes pairs and groups
    ORDER_AMENDMENT = "order_amendment"  # «О внесении изменений» in an order on pairs
    ORDER_MONITORING = "order_monitoring"
    ORDER_RESULTS = "order_results"
    ORDER_REWARDS = "order_rewards"
    ORDER_COMPLETION = "order_completion"
    REGISTER_MENTORS = "register_mentors"
    REGISTER_MENTEES = "register_mentees"
    PORTFOLIO = "portfolio"
    PLAN = "plan"
    DIARY = "diary"
    MENTOR_REPORT = "mentor_report"
    AGREEMENT = "agreement"  # between mentor and mentee; not obligatory
    LABOUR_AGREEMENT = "labour_agreement"  # additional agreement, ТК РФ ст. 351.8
    FINAL_REPORT = "final_report"
    ANALYTIC_NOTE = "analytic_note"  # справка
    CERTIFICATE = "certificate"
    GRATITUDE = "gratitude"
    EVIDENCE = "evidence"  # checklist for the region


class DocumentState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"  # what it says never changes any more
    VOID = "void"  # a draft that was thrown away; its number is not used again


class DocumentAct(StrEnum):
    CHANGE = "change"
    SIGN = "sign"
    THROW_AWAY = "throw_away"


class LineAct(StrEnum):
    """What an order does with a pair, a member of it, or a mentor of the register."""

    FIX = "fix"  # the pair, with the members that stand beside it
    ADD = "add"  # a mentee to a group
    REMOVE = "remove"  # a mentee from a group
    END = "end"  # the pair
    REGISTER = "register"  # a mentor into the register
    REWARD = "reward"
    ABOUT = "about"  # whom or what the paper is about, without any effect


class BlockReason(StrEnum):
    """Why somebody cannot stand in an order."""

    CONSENT = "consent"
    LABOUR = "labour"  # a worker mentors a worker without having agreed in writing
    STATE = "state"  # the curator has not decided for the pair, or it is over
    ORDERED = "ordered"  # another order has fixed the pair
    UNORDERED = "unordered"  # no order has fixed the pair, or one has ended it
    NOT_APPROVED = "not_approved"


class FaultKind(StrEnum):
    NOT_WORD = "not_word"
    TOO_LARGE = "too_large"
    MACROS = "macros"
    OUTSIDE = "outside"  # fetches something from the network or holds another file
    EDITED = "edited"  # changes that nobody has accepted yet
    COMMENTED = "commented"
    BROKEN = "broken"  # a tag that cannot be read
    STRAY = "stray"  # a single brace, which would be printed
    UNKNOWN = "unknown"  # no such field
    WHOLE = "whole"  # a person or a table printed without saying what of it
    FORBIDDEN = "forbidden"  # more than fields, conditions and repeated rows
    FAILS = "fails"  # a trial with an example went wrong


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a template is refused: ``name`` of the field, ``where`` it stands in the words of the paper."""

    kind: FaultKind
    name: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What papers say of the organisation beside its name and address. ``*_forms``: corrected cases of a name, and of a
    post under «post_dative»."""

    founder: str = ""
    city: str = ""
    site: str = ""
    inn: str = ""
    ogrn: str = ""
    head_name: str = ""
    head_post: str = "директор"
    head_forms: Mapping[str, str] = field(default_factory=dict)
    curator_name: str = ""  # empty: the leading account of the panel
    curator_post: str = "куратор наставничества"
    curator_forms: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""  # acts on which the programme stands, without «на основании»

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Profile":
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def to_stored(self) -> dict[str, Any]:
        return {**asdict(self), "head_forms": dict(self.head_forms), "curator_forms": dict(self.curator_forms)}


def register_of(kind: DocumentKind, year: int) -> str:
    """Orders are numbered together through a calendar year, every other kind by itself."""
    return f"orders:{year}" if is_order(kind) else f"{kind}:{year}"


def is_order(kind: DocumentKind) -> bool:
    return kind.startswith("order_")


def next_state(state: DocumentState, act: DocumentAct) -> DocumentState:
    """Only a draft changes: a signed paper is changed by another one (DESIGN §4, invariant 9)."""
    if state is not DocumentState.DRAFT:
        raise OutOfDate("document", state)
    return _FOLLOWING[act]


_FOLLOWING = {
    DocumentAct.CHANGE: DocumentState.DRAFT,
    DocumentAct.SIGN: DocumentState.SIGNED,
    DocumentAct.THROW_AWAY: DocumentState.VOID,
}
