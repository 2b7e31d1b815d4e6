"""Every table, imported, so that ``Base.metadata`` and the mapper registry are whole."""

from storage.base import Base
from storage.models import account, consent, meeting, notice, organisation, pair, person, questionnaire

__all__ = ["Base", "account", "consent", "meeting", "notice", "organisation", "pair", "person", "questionnaire"]
