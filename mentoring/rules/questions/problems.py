"""What can be wrong with an answer. The sentences are the doors' own; ``limits`` of the refusal fill them."""

from enum import StrEnum


class Problem(StrEnum):
    """Words of `mentoring.rules.errors.AnswerRefused`; names in brackets are the keys of its ``limits``."""

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
    DATE_TOO_EARLY = "date_too_early"  # {earliest, latest}: dates
    DATE_TOO_LATE = "date_too_late"  # {earliest, latest}: dates
    NOT_A_PHONE = "not_a_phone"
    REQUIRED = "required"  # «Пропустить» or «Дальше» under a question that needs an answer
