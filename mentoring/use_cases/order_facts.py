"""What the orders say, by the names of `mentoring.rules.document_fields`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring import document_words as words
from mentoring.names import date_facts, date_words, person_facts, short_date
from mentoring.report_words import form_word, plural
from mentoring.rules.documents import DocumentKind, LineAct, Profile
from mentoring.rules.people import name_from_full
from mentoring.use_cases.amendments import Change, changes_for
from mentoring.use_cases.document_facts import (
    Builder,
    chosen_day,
    columns_in,
    columns_of,
    curator_facts,
    curator_name,
    head_facts,
    head_name,
    rows_of,
)
from mentoring.use_cases.ordered_pairs import (
    PersonRow,
    acquainted_of,
    one_person,
    own_day,
    pair_rows,
    people_of_pairs,
    standing_pairs,
    totals_of,
)
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.registers import register_candidates
from storage.models.document import Document
from storage.models.organisation import Programme
from storage.models.pair import Pair
from storage.models.person import Person
from storage.queries.documents import pairs_to_print

PLAN_DAYS = 14
"""To write a plan after the order, unless the curator says otherwise."""

PUBLISH_DAYS = 30

BY_HEAD = (DocumentKind.ORDER_INTRODUCTION, DocumentKind.ORDER_CURATOR)
"""Nobody watches over their own appointment: the head does, unless somebody is named."""


def introduction(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    publish_by = chosen_day(said, "publish_by", _later(session, document, now, PUBLISH_DAYS))
    stages = columns_of(said.get("stages", ""), "title", "term", "result") or [
        {"title": title, "term": words.STAGE_RESULTS[stage][0], "result": words.STAGE_RESULTS[stage][1]}
        for stage, title in words.STAGES.items()
    ]
    return {
        **_of_every_order(session, document, ()),
        "regulation_title": said.get("regulation_title") or "Положение о наставничестве",
        "road_map_term": said.get("road_map_term") or f"на {programme.school_year} учебный год",
        **date_facts("publish_by", publish_by),
        "stages": stages,
    }


def curator(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    team: list[dict[str, Any]] = [
        {"person": _typed_person(session, who), "part": part}
        for who, part in (columns_in(line, 2) for line in said.get("team", "").splitlines() if line.strip())
    ]
    person = curator_facts(session, _profile(session))
    return {
        **_of_every_order(session, document, [person, *(one["person"] for one in team)]),
        "person": person,
        **date_facts("term_until", chosen_day(said, "term_until", programme.ends_on)),
        "duties": rows_of(said.get("duties", "")) or [{"text": one} for one in words.DUTIES],
        "team": team,
    }


def register(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    chosen = set(document.choices.get("mentors", ()))
    found = [one for one in register_candidates(session, document.programme_id) if one.enrolment_id in chosen]
    people = _people(session, [one.person_id for one in found])
    rows: list[dict[str, Any]] = [
        {
            "number": place,
            "person": people[one.person_id],
            "place": one.place,
            "competences": one.competences,
            "forms": ", ".join(form_word(form) for form in one.forms),
            "hours": one.hours,
            "certificate": one.certificate,
        }
        for place, one in enumerate(found, start=1)
    ]
    return {
        **_of_every_order(session, document, [row["person"] for row in rows]),
        "mentors": rows,
        "site": document.choices.get("site") or _profile(session).site,
        "total": len(rows),
    }


def fixing(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    found = pairs_to_print(session, said.get("pairs", ()))
    starts_on, ends_on = chosen_day(said, "starts_on"), chosen_day(said, "ends_on", programme.ends_on)
    plans_by = chosen_day(said, "plans_by", _later(session, document, now, PLAN_DAYS))
    rows, workers = pair_rows(session, found, starts_on, ends_on)
    first = starts_on or document.dated_on
    return {
        **_of_every_order(session, document, acquainted_of(people_of_pairs(found))),
        "pairs": rows,
        "totals": totals_of(found),
        **date_facts("ends_on", ends_on),
        **date_facts("plans_by", plans_by),
        "labour_basis": words.LABOUR_BASIS if workers else "",
        "term": (f"с {short_date(first)} " if first else "") + f"по {short_date(ends_on)}",
    }


def amendment(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    amended = session.get_one(Document, document.amends_id)
    left_out = set(document.choices.get("leave_out", ()))
    changes = [one for one in changes_for(session, amended) if one.key not in left_out]
    touched = pairs_to_print(session, {one.pair_id for one in changes})
    return {
        **_of_every_order(session, document, acquainted_of(people_of_pairs(touched))),
        "amended": {
            "number": amended.number or "",
            "date": short_date(amended.dated_on),
            "date_words": date_words(amended.dated_on),
            "title": amended.title or words.KINDS[amended.kind].title,
        },
        "changes": [_change_row(place, one) for place, one in enumerate(changes, start=1)],
        "totals": totals_of(_standing_after(session, document.programme_id, changes)),
    }


def monitoring(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said = document.choices
    starts_on = chosen_day(said, "starts_on", document.dated_on or own_day(session, now))
    ends_on = chosen_day(said, "ends_on", starts_on and starts_on + timedelta(days=PUBLISH_DAYS))
    report_by = chosen_day(said, "report_by", ends_on and ends_on + timedelta(days=PLAN_DAYS))
    schedule = columns_of(said.get("schedule", ""), "what", "term", "who")
    return {
        **_of_every_order(session, document, ()),
        "period": f"{short_date(starts_on)} – {short_date(ends_on)}",
        "period_words": f"с {date_words(starts_on)} по {date_words(ends_on)}",
        "methods": rows_of(said.get("methods", "")) or [{"text": one} for one in words.METHODS],
        **date_facts("report_by", report_by),
        "schedule": schedule or _usual_schedule(starts_on, ends_on, report_by),
    }


def results(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    found = standing_pairs(session, document.programme_id)
    totals = totals_of(found)
    counted = (
        f"по приказам закреплены {totals['pairs_words']}; в них "
        f"{plural(totals['mentors'], 'наставник', 'наставника', 'наставников')} и "
        f"{plural(totals['mentees'], 'наставляемый', 'наставляемых', 'наставляемых')}"
    )
    best: list[dict[str, Any]] = [
        {"person": _typed_person(session, who), "for": what}
        for who, what in (columns_in(line, 2) for line in said.get("best", "").splitlines() if line.strip())
    ]
    return {
        **_of_every_order(session, document, [one["person"] for one in best]),
        "period": said.get("period") or f"за {programme.school_year} учебный год",
        "findings": rows_of(said.get("findings", "")) or [{"text": counted}],
        "best": best,
        "recommendations": rows_of(said.get("recommendations", "")),
        "totals": totals,
    }


def rewards(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said = document.choices
    people = _people(session, said.get("people", ()))
    what_for = said.get("for") or "за добросовестный труд наставника и внимание к наставляемым"
    reward = said.get("reward") or "благодарность"
    rows = [
        {"number": place, "person": person, "for": what_for, "reward": reward}
        for place, person in enumerate(sorted(people.values(), key=lambda one: one["full"]), start=1)
    ]
    return {**_of_every_order(session, document, list(people.values())), "people": rows}


def completion(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    ends_on = chosen_day(said, "ends_on", programme.ends_on)
    found = pairs_to_print(session, said.get("pairs", ()))
    rows, _ = pair_rows(session, found, None, ends_on, closing=True)
    return {
        **_of_every_order(session, document, acquainted_of(people_of_pairs(found))),
        **date_facts("ends_on", ends_on),
        "pairs": rows,
        "totals": totals_of(found),
        **date_facts("report_by", chosen_day(said, "report_by", ends_on and ends_on + timedelta(days=PLAN_DAYS))),
        **date_facts("archive_by", chosen_day(said, "archive_by", ends_on and ends_on + timedelta(days=PUBLISH_DAYS))),
    }


def _standing_after(session: Session, programme_id: int, changes: Sequence[Change]) -> list[Pair]:
    """All pairs that are official when the changes are in force."""
    over = {one.pair_id for one in changes if one.act is LineAct.END}
    new = {one.pair_id for one in changes if one.act is LineAct.FIX}
    standing = [pair for pair in standing_pairs(session, programme_id) if pair.id not in over | new]
    return [*standing, *pairs_to_print(session, new)]


def _of_every_order(session: Session, document: Document, people: Sequence[PersonRow]) -> dict[str, Any]:
    """Who gets acquainted: those whom the order is about, and before them those who are responsible."""
    said, profile = document.choices, _profile(session)
    responsible = _chosen_person(session, said.get("responsible", ""), profile)
    control = _chosen_person(session, said.get("control", ""), profile)
    by_head = bool(said.get("control_self")) or (document.kind in BY_HEAD and not said.get("control"))
    leading = [responsible] if by_head else [responsible, control]
    everyone = {one["full"]: one for one in (*leading, *people) if one["full"]}
    return {
        "aim": said.get("aim", ""),
        "extra": rows_of(said.get("extra", "")),
        "responsible": responsible,
        "control": control,
        "control_self": by_head,
        "acquainted": [{"person": one} for one in everyone.values()],
    }


def _chosen_person(session: Session, typed: str, profile: Profile) -> PersonRow:
    return _typed_person(session, typed) if typed else curator_facts(session, profile)


def _typed_person(session: Session, typed: str) -> PersonRow:
    """«Зимина Ольга Викторовна, завуч»; of the two who lead, their cases as the profile has them."""
    profile = _profile(session)
    full, _, post = typed.partition(",")
    name = name_from_full(full)
    if name == head_name(profile):
        return {**head_facts(profile)} if not post.strip() else person_facts(name, post.strip(), profile.head_forms)
    if name == curator_name(session, profile) and not post.strip():
        return curator_facts(session, profile)
    return person_facts(name, post.strip())


def _people(session: Session, person_ids: Iterable[int]) -> dict[int, PersonRow]:
    ids = list(person_ids)
    found = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {one.id: one_person(one) for one in sorted(found, key=lambda one: one.name.full)}


def _profile(session: Session) -> Profile:
    return Profile.from_stored(own_organisation(session).profile)


def _later(session: Session, document: Document, now: datetime, days: int) -> date:
    return (document.dated_on or own_day(session, now)) + timedelta(days=days)


def _usual_schedule(starts_on: date | None, ends_on: date | None, report_by: date | None) -> list[dict[str, str]]:
    who = "куратор"
    return [
        {"what": "разослать опросы участникам", "term": short_date(starts_on), "who": who},
        {"what": "собрать ответы, напомнить тем, кто не ответил", "term": f"до {short_date(ends_on)}", "who": who},
        {"what": "подготовить справку с выводами", "term": f"до {short_date(report_by)}", "who": who},
    ]


def _change_row(place: int, change: Change) -> dict[str, Any]:
    return {
        "number": place,
        "what": change.what,
        "old": change.old,
        "new": change.new,
        "reason": change.reason,
        **date_facts("since", change.since),
    }


BUILDERS: Mapping[DocumentKind, Builder] = {
    DocumentKind.ORDER_INTRODUCTION: introduction,
    DocumentKind.ORDER_CURATOR: curator,
    DocumentKind.ORDER_REGISTER: register,
    DocumentKind.ORDER_PAIRS: fixing,
    DocumentKind.ORDER_AMENDMENT: amendment,
    DocumentKind.ORDER_MONITORING: monitoring,
    DocumentKind.ORDER_RESULTS: results,
    DocumentKind.ORDER_REWARDS: rewards,
    DocumentKind.ORDER_COMPLETION: completion,
}
