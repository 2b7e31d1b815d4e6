"""What the papers of one pair or group say: plan, diary, report of the mentor, agreement.

The mentor's papers hold the mentor's own answers only: what the mentee said is nobody's but the curator's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring import paper_words as words
from mentoring.names import date_facts, short_date
from mentoring.report_words import form_word, number, signed_number
from mentoring.rules.entry_sheets import EntrySheet
from mentoring.rules.errors import NotFound
from mentoring.rules.meetings import MeetingState
from mentoring.rules.people import AgeGroup, age_on
from mentoring.use_cases.ordered_pairs import mentees_of, mentor_of, one_person, own_day
from mentoring.use_cases.paper_choices import Lines, as_lines, chosen_line, chosen_lines
from mentoring.use_cases.plan_views import ItemView, PlanFacts, plan_facts
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.organisation import Organisation, Programme
from storage.models.pair import Pair
from storage.models.person import Person
from storage.queries.documents import pairs_to_print
from storage.queries.paper_facts import guardians_of, meetings_of_pair, said_of_meetings, surveys_of_mentor

NO_DIFFICULTY = "nothing"
GROWN_UP = 18


def plan(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    pair = _pair(session, document)
    facts = plan_facts(session, pair.id, now=now)
    approved_on = own_day(session, facts.approved_at) if facts.approved_at else None
    return {
        **_of_pair(session, pair),
        **date_facts("starts_on", facts.starts_on),
        **date_facts("ends_on", facts.ends_on),
        "title": facts.title,
        "programme_of_pair": bool(facts.notes),
        "goals": as_lines(facts.goals),
        "explanation": chosen_lines(document.choices, "explanation", facts.notes.values()),
        "sections": _sections(facts),
        **date_facts("approved_on", approved_on),
    }


def diary(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    pair = _pair(session, document)
    meetings = meetings_of_pair(session, pair.id)
    said = _said(session, pair)
    rows = [
        _entry(session, place, meeting, said.get(meeting.id, EntrySheet()), _next(meetings, meeting))
        for place, meeting in enumerate(_held(meetings), 1)
    ]
    return {**_of_pair(session, pair), "meetings": rows or _blank_meetings(), "held": len(rows)}


def mentor_report(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    choices, pair = document.choices, _pair(session, document)
    meetings, said = meetings_of_pair(session, pair.id), _said(session, pair)
    facts = plan_facts(session, pair.id, now=now)
    held = _held(meetings)
    return {
        **_of_pair(session, pair),
        "goals": as_lines(facts.goals or _answers(said, "goal")),
        "held": len(held),
        "missed": sum(one.state is MeetingState.MISSED for one in meetings),
        "hours": number(sum(one.minutes for one in held) / 60),
        "plan_share": facts.percent,
        "plan_words": _plan_words(facts),
        "results": chosen_lines(choices, "results", _answers(said, "main_result", "value")),
        "difficulties": chosen_lines(choices, "difficulties", _difficulties(said)),
        "recommendations": chosen_lines(choices, "recommendations", _answers(said, "change")),
        "self_assessment": chosen_lines(choices, "self_assessment", _self_assessment(said)),
        "changes": _changes(session, pair),
    }


def agreement(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    choices, pair = document.choices, _pair(session, document)
    organisation = session.get_one(Organisation, pair.organisation_id)
    said = _said(session, pair)
    often = next(iter(_answers(said, "frequency")), "")
    return {
        **_of_pair(session, pair),
        "goals": chosen_lines(choices, "goals", plan_facts(session, pair.id, now=now).goals or _answers(said, "goal")),
        "frequency": chosen_line(choices, "frequency", often[:1].lower() + often[1:] or words.FREQUENCY),
        "place": chosen_line(choices, "place", organisation.short_name or organisation.name),
        "minors": _minors(session, pair, own_day(session, now)),
        "extra": chosen_lines(choices, "extra"),
    }


def _pair(session: Session, document: Document) -> Pair:
    found = pairs_to_print(session, [document.pair_id]) if document.pair_id else []
    if not found:
        raise NotFound("pair")
    return found[0]


def _of_pair(session: Session, pair: Pair) -> dict[str, Any]:
    """The term: from the day when they were confirmed to the end of the programme, or to their own."""
    programme = session.get_one(Programme, pair.programme_id)
    begun = pair.started_at or pair.confirmed_at
    mentees = mentees_of(pair)
    return {
        "mentor": one_person(mentor_of(pair).person),
        "mentees": [one_person(one.person) for one in mentees],
        "group": len(mentees) > 1,
        "form": form_word(pair.form) if pair.form else "",
        "role_model": pair.role_model,
        "order": _order(session, pair),
        **date_facts("starts_on", own_day(session, begun) if begun else programme.starts_on),
        **date_facts("ends_on", own_day(session, pair.ended_at) if pair.ended_at else programme.ends_on),
    }


def _order(session: Session, pair: Pair) -> str:
    order = session.get(Document, pair.order_id) if pair.order_id else None
    return f"приказ от {short_date(order.dated_on)} № {order.number}" if order else ""


def _sections(facts: PlanFacts) -> list[dict[str, Any]]:
    """A plan that nobody has begun is a form to be filled in by hand."""
    sections = [
        {"title": section.title, "lines": [_item(item) for item in section.items]} for section in facts.sections
    ]
    if facts.progress.total:
        return [section for section in sections if section["lines"]]
    blank = dict.fromkeys(("number", "text", "due", "planned", "actual", "mark"), "")
    return [{**section, "lines": [blank] * words.BLANK_LINES} for section in sections]


def _blank_meetings() -> Lines:
    names = ("number", "date", "kind", "way", "topic", "result", "difficulty", "next")
    return [dict.fromkeys(names, "")] * words.BLANK_MEETINGS


def _item(item: ItemView) -> dict[str, Any]:
    return {
        "number": item.number,
        "text": item.text,
        "due": short_date(item.due_on),
        "planned": item.planned_result,
        "actual": item.actual_result,
        "mark": "; ".join(part for part in (words.MARKS.get(item.state, ""), item.mark) if part),
    }


def _held(meetings: Iterable[Meeting]) -> list[Meeting]:
    return [one for one in meetings if one.state is MeetingState.HELD]


def _next(meetings: Sequence[Meeting], meeting: Meeting) -> Meeting | None:
    return next((one for one in meetings if one.starts_at > meeting.starts_at), None)


def _said(session: Session, pair: Pair) -> dict[int, EntrySheet]:
    """What the mentor sent about each meeting."""
    found = said_of_meetings(session, pair.id, mentor_of(pair).person_id)
    return {meeting_id: EntrySheet(*sheet) for meeting_id, sheet in found.items()}


def _entry(
    session: Session, place: int, meeting: Meeting, said: EntrySheet, following: Meeting | None
) -> dict[str, Any]:
    done = [said.words((key,)) for key in ("goal", "note", "main_result", "next_goal")]
    return {
        "number": place,
        "date": short_date(own_day(session, meeting.starts_at)),
        "kind": words.MEETINGS[meeting.kind],
        "way": f"{words.PLACES[meeting.place_kind]}, {meeting.minutes} мин",
        "topic": meeting.topic,
        "result": "\n".join(text for text in done if text),
        "difficulty": _difficulty(said),
        "next": short_date(own_day(session, following.starts_at)) if following else "",
    }


def _difficulty(said: EntrySheet) -> str:
    return "" if NO_DIFFICULTY in said.values(("difficulty",)) else said.words(("difficulty",))


def _answers(said: Mapping[int, EntrySheet], *keys: str) -> list[str]:
    """In words, the same ones once."""
    found = (sheet.words((key,)) for key in keys for sheet in said.values())
    return list(dict.fromkeys(text for text in found if text))


def _difficulties(said: Mapping[int, EntrySheet]) -> Iterator[str]:
    """The most frequent first."""
    named = Counter(text for sheet in said.values() if (text := _difficulty(sheet)))
    for text, times in named.most_common():
        yield f"{text} (встреч: {times})"


def _self_assessment(said: Mapping[int, EntrySheet]) -> Iterator[str]:
    for text in _answers(said, "goal_reached"):
        yield f"К цели удалось прийти на {text} из 10."


def _plan_words(facts: PlanFacts) -> str:
    done = facts.progress
    if not done.total:
        return words.NO_PLAN
    partly = words.PLAN_PARTLY.format(partly=done.partly) if done.partly else ""
    return words.PLAN_DONE.format(done=done.done, total=done.total) + partly


def _changes(session: Session, pair: Pair) -> Lines:
    """The mentor's own marks before and after, by the question's pair key."""
    sent = surveys_of_mentor(session, pair.id, mentor_of(pair).person_id)
    before = next((one for one in reversed(sent) if one[0].endswith("_before")), None)
    after = next((one for one in reversed(sent) if one[0].endswith("_after")), None)
    if before is None or after is None:
        return []
    first = {one.get("pair"): before[2].get(one["key"]) for one in before[1]["question"] if one["kind"] == "scale"}
    rows = []
    for question in after[1]["question"]:
        was, became = first.get(question.get("pair")), after[2].get(question["key"])
        if question.get("pair") and isinstance(was, int) and isinstance(became, int):
            rows.append(_change(question["text"], was, became))
    return rows


def _change(what: str, was: int, became: int) -> dict[str, str]:
    return {"what": what, "before": number(was), "after": number(became), "difference": signed_number(became - was)}


def _minors(session: Session, pair: Pair, day: date) -> Lines:
    minors = [one.person for one in pair.present if _is_minor(one.person, day)]
    guardians = guardians_of(session, [one.id for one in minors])
    return [
        {"minor": one.name.full, "guardian": ", ".join(other.name.full for other in guardians.get(one.id, ()))}
        for one in minors
    ]


def _is_minor(person: Person, day: date) -> bool:
    if person.birth_date:
        return age_on(person.birth_date, day) < GROWN_UP
    return person.age_group in (AgeGroup.UNDER_14, AgeGroup.FROM_14_TO_17)
