"""What can be wrong with an answer. The sentences are the doors' own; ``limits`` fills them."""

from dataclasses import dataclass, field
from enum import StrEnum


class Problem(StrEnum):
    """Names in brackets are the keys of ``limits``."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # {limit, length}
    WORDS_NEEDED = "words_needed"  # a button, a contact or a picture where words are asked for
    CHOOSE_FROM_LIST = "choose_from_list"  # the typed words are none of the options
    NOTHING_CHOSEN = "nothing_chosen"
    TOO_MANY = "too_many"  # {limit}
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"  # {lowest, highest}
    NOT_A_DATE = "not_a_date"
    DATE_IMPOSSIBLE = "date_impossible"  # «31.02.2010»
    DATE_TOO_EARLY = "date_too_early"  # {earliest: date, latest: date}
    DATE_TOO_LATE = "date_too_late"  # {earliest: date, latest: date}
    NOT_A_PHONE = "not_a_phone"
    REQUIRED = "required"  # «Пропустить» of a question that needs an answer


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a raw answer was not taken."""

    problem: Problem
    limits: dict[str, object] = field(default_factory=dict)
