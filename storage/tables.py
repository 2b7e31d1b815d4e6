"""Every table, imported, so that ``Base.metadata`` and the mapper registry are whole."""

from storage.base import Base
from storage.models import (
    account,
    campaign,
    consent,
    meeting,
    notice,
    organisation,
    pair,
    person,
    questionnaire,
    report,
)

__all__ = [
    "Base",
    "account",
    "campaign",
    "consent",
    "meeting",
    "notice",
    "organisation",
    "pair",
    "person",
    "questionnaire",
    "report",
]
