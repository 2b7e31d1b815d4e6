"""What the orders on pairs say: fixing, amendment, completion."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mentoring import document_words as words
from mentoring.names import date_facts, date_words, short_date
from mentoring.report_words import form_word
from mentoring.rules.documents import LineAct
from mentoring.use_cases.amendments import Change, changes_for
from mentoring.use_cases.document_facts import chosen_day
from mentoring.use_cases.order_people import PLAN_DAYS, PUBLISH_DAYS, later_day, of_every_order
from mentoring.use_cases.ordered_pairs import (
    acquainted_of,
    own_day,
    pair_rows,
    people_of_pairs,
    standing_pairs,
    totals_of,
)
from storage.models.document import Document
from storage.models.organisation import Programme
from storage.models.pair import Pair
from storage.queries.documents import pairs_to_print


def fixing(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    found = pairs_to_print(session, said.get("pairs", ()))
    starts_on, ends_on = _term(session, document, programme, now)
    plans_by = chosen_day(said, "plans_by", later_day(session, document, now, PLAN_DAYS))
    rows, workers = pair_rows(session, found, starts_on, ends_on)
    return {
        **of_every_order(session, document, acquainted_of(people_of_pairs(found))),
        "pairs": rows,
        "totals": totals_of(found),
        **date_facts("starts_on", starts_on),
        **date_facts("ends_on", ends_on),
        **date_facts("plans_by", plans_by),
        "labour_basis": words.LABOUR_BASIS if workers else "",
        "term": _term_words(starts_on, ends_on),
    }


def amendment(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    amended = session.get_one(Document, document.amends_id)
    left_out = set(document.choices.get("leave_out", ()))
    changes = [one for one in changes_for(session, amended) if one.key not in left_out]
    touched = pairs_to_print(session, {one.pair_id for one in changes})
    starts_on, ends_on = _term(session, document, session.get_one(Programme, document.programme_id), now)
    term = _term_words(starts_on, ends_on)
    return {
        **of_every_order(session, document, acquainted_of(people_of_pairs(touched))),
        "amended": {
            "number": amended.number or "",
            "date": short_date(amended.dated_on),
            "date_words": date_words(amended.dated_on),
            "title": amended.title or words.KINDS[amended.kind].title,
        },
        "changes": [_change_row(place, one, term) for place, one in enumerate(changes, start=1)],
        **date_facts("starts_on", starts_on),
        **date_facts("ends_on", ends_on),
        "totals": totals_of(_standing_after(session, document.programme_id, changes)),
    }


def completion(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    ends_on = chosen_day(said, "ends_on", programme.ends_on)
    found = pairs_to_print(session, said.get("pairs", ()))
    rows, _ = pair_rows(session, found, None, ends_on, closing=True)
    return {
        **of_every_order(session, document, acquainted_of(people_of_pairs(found))),
        **date_facts("ends_on", ends_on),
        "pairs": rows,
        "totals": totals_of(found),
        **date_facts("report_by", chosen_day(said, "report_by", ends_on and ends_on + timedelta(days=PLAN_DAYS))),
        **date_facts("archive_by", chosen_day(said, "archive_by", ends_on and ends_on + timedelta(days=PUBLISH_DAYS))),
    }


def _term(session: Session, document: Document, programme: Programme, now: datetime) -> tuple[date, date]:
    """From the date of the order, unless the curator says otherwise, to the end of the programme."""
    first = chosen_day(document.choices, "starts_on") or document.dated_on or own_day(session, now)
    return first, chosen_day(document.choices, "ends_on") or programme.ends_on


def _term_words(starts_on: date, ends_on: date) -> str:
    return f"с {short_date(starts_on)} по {short_date(ends_on)}"


def _standing_after(session: Session, programme_id: int, changes: Sequence[Change]) -> list[Pair]:
    """All pairs that are official when the changes are in force."""
    over = {one.pair_id for one in changes if one.act is LineAct.END}
    new = {one.pair_id for one in changes if one.act is LineAct.FIX}
    standing = [pair for pair in standing_pairs(session, programme_id) if pair.id not in over | new]
    return [*standing, *pairs_to_print(session, new)]


def _change_row(place: int, change: Change, term: str) -> dict[str, Any]:
    """A new pair is said with its form and term, as the first order says them in its annex."""
    form = f"; форма «{form_word(change.form)}»" if change.form else ""
    return {
        "number": place,
        "what": change.what,
        "old": change.old,
        "new": f"{change.new}{form}; {term}" if change.act is LineAct.FIX else change.new,
        "reason": change.reason,
        **date_facts("since", change.since),
    }
