"""People of the panel: their roles, and what keeps their accounts safe."""

from enum import StrEnum


class AccountRole(StrEnum):
    CURATOR = "curator"
    HEAD = "head"  # reads and signs off
    ADMINISTRATOR = "administrator"
