"""Papers of the programme: what kinds there are, and what may become of one (methodology.md §4)."""

from enum import StrEnum

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
