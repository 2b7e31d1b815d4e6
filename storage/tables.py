"""Every table, imported, so that ``Base.metadata`` and the mapper registry are whole."""

from storage.base import Base
from storage.models import (
    account,
    campaign,
    consent,
    document,
    matching,
    meeting,
    notice,
    organisation,
    pair,
    person,
    plan,
    questionnaire,
    report,
    selection,
)

__all__ = [
    "Base",
    "account",
    "campaign",
    "consent",
    "document",
    "matching",
    "meeting",
    "notice",
    "organisation",
    "pair",
    "person",
    "plan",
    "questionnaire",
    "report",
    "selection",
]
