"""The questionnaire engine's words."""

from enum import StrEnum


class ResponseState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
