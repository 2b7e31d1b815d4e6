"""Numbers of papers: «47», «47-о», «12/3»."""

import re
from collections.abc import Iterable

NUMBER_LIMIT = 40


def clean_number(text: str) -> str:
    """«№ 47 » and «47» are one number."""
    return " ".join(text.replace("№", " ").split())


def next_free(used: Iterable[str]) -> str:
    """One more than the largest; what follows the digits of that one stays: after «47-о» comes «48-о»."""
    largest, tail = 0, ""
    for number in used:
        found = re.match(r"(\d{1,9})(.*)", number)
        if found and int(found[1]) > largest:
            largest, tail = int(found[1]), found[2] if not re.search(r"\d", found[2]) else ""
    return f"{largest + 1}{tail}"
