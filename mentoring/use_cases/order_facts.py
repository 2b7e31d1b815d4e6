"""What the orders beside those on pairs say, by the names of `mentoring.rules.document_fields`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mentoring import document_words as words
from mentoring.names import date_facts, date_words, short_date
from mentoring.report_words import form_word, plural
from mentoring.rules.documents import DocumentKind
from mentoring.use_cases.document_facts import (
    Builder,
    chosen_day,
    columns_in,
    columns_of,
    curator_facts,
    rows_of,
)
from mentoring.use_cases.order_facts_pairs import amendment, completion, fixing
from mentoring.use_cases.order_people import (
    PLAN_DAYS,
    PUBLISH_DAYS,
    later_day,
    of_every_order,
    people_rows,
    profile_of,
    typed_person,
)
from mentoring.use_cases.ordered_pairs import (
    own_day,
    standing_pairs,
    totals_of,
)
from mentoring.use_cases.registers import register_candidates
from storage.models.document import Document
from storage.models.organisation import Programme


def introduction(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    publish_by = chosen_day(said, "publish_by", later_day(session, document, now, PUBLISH_DAYS))
    stages = columns_of(said.get("stages", ""), "title", "term", "result") or [
        {"title": title, "term": words.STAGE_RESULTS[stage][0], "result": words.STAGE_RESULTS[stage][1]}
        for stage, title in words.STAGES.items()
    ]
    return {
        **of_every_order(session, document, ()),
        "regulation_title": said.get("regulation_title") or "Положение о наставничестве",
        "road_map_term": said.get("road_map_term") or f"на {programme.school_year} учебный год",
        **date_facts("publish_by", publish_by),
        "stages": stages,
    }


def curator(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, programme = document.choices, session.get_one(Programme, document.programme_id)
    team: list[dict[str, Any]] = [
        {"person": typed_person(session, who), "part": part}
        for who, part in (columns_in(line, 2) for line in said.get("team", "").splitlines() if line.strip())
    ]
    person = curator_facts(session, profile_of(session))
    return {
        **of_every_order(session, document, [person, *(one["person"] for one in team)]),
        "person": person,
        **date_facts("term_until", chosen_day(said, "term_until", programme.ends_on)),
        "duties": rows_of(said.get("duties", "")) or [{"text": one} for one in words.DUTIES],
        "team": team,
    }


def register(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    chosen = set(document.choices.get("mentors", ()))
    found = [one for one in register_candidates(session, document.programme_id) if one.enrolment_id in chosen]
    people = people_rows(session, [one.person_id for one in found])
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
        **of_every_order(session, document, [row["person"] for row in rows]),
        "mentors": rows,
        "site": document.choices.get("site") or profile_of(session).site,
        "total": len(rows),
    }


def monitoring(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said = document.choices
    starts_on = chosen_day(said, "starts_on", document.dated_on or own_day(session, now))
    ends_on = chosen_day(said, "ends_on", starts_on and starts_on + timedelta(days=PUBLISH_DAYS))
    report_by = chosen_day(said, "report_by", ends_on and ends_on + timedelta(days=PLAN_DAYS))
    schedule = columns_of(said.get("schedule", ""), "what", "term", "who")
    return {
        **of_every_order(session, document, ()),
        **date_facts("starts_on", starts_on),
        **date_facts("ends_on", ends_on),
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
        {"person": typed_person(session, who), "for": what}
        for who, what in (columns_in(line, 2) for line in said.get("best", "").splitlines() if line.strip())
    ]
    return {
        **of_every_order(session, document, [one["person"] for one in best]),
        "period": said.get("period") or f"за {programme.school_year} учебный год",
        "findings": rows_of(said.get("findings", "")) or [{"text": counted}],
        "best": best,
        "recommendations": rows_of(said.get("recommendations", "")),
        "totals": totals,
    }


def rewards(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said = document.choices
    people = people_rows(session, said.get("people", ()))
    what_for = said.get("for") or "за добросовестный труд наставника и внимание к наставляемым"
    reward = said.get("reward") or "благодарность"
    rows = [
        {"number": place, "person": person, "for": what_for, "reward": reward}
        for place, person in enumerate(sorted(people.values(), key=lambda one: one["full"]), start=1)
    ]
    every = of_every_order(session, document, list(people.values()))
    return {**every, "people": rows, "for": what_for, "reward": reward}


def _usual_schedule(starts_on: date | None, ends_on: date | None, report_by: date | None) -> list[dict[str, str]]:
    who = "куратор"
    return [
        {"what": "разослать опросы участникам", "term": short_date(starts_on), "who": who},
        {"what": "собрать ответы, напомнить тем, кто не ответил", "term": f"до {short_date(ends_on)}", "who": who},
        {"what": "подготовить справку с выводами", "term": f"до {short_date(report_by)}", "who": who},
    ]


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
