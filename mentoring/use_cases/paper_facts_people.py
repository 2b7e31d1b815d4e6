"""What the papers about people say: registers, portfolio, additional agreement, certificate, letter of gratitude."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring import paper_words as words
from mentoring.names import date_facts, is_female, short_date
from mentoring.phones import shown_phone
from mentoring.report_words import form_word
from mentoring.rules.deadlines import local_day
from mentoring.rules.errors import NotFound
from mentoring.rules.people import Role, called
from mentoring.use_cases.document_facts import chosen_day
from mentoring.use_cases.labour_agreements import labour_facts, workers_helped
from mentoring.use_cases.ordered_pairs import PersonRow, one_person
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.paper_choices import chosen_line, chosen_lines
from mentoring.use_cases.portfolios import PairFact, PortfolioFacts, portfolio_facts
from mentoring.use_cases.register_rows import MenteeRow, MentorRow
from mentoring.use_cases.registers import register_rows_mentees, register_rows_mentors
from storage.models.document import Document
from storage.models.organisation import Programme
from storage.models.person import Person
from storage.queries.paper_facts import (
    enrolment_of,
    last_verdict,
    newest_agreement,
    people_by_name,
    roles_of,
)


def register_of_mentors(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    day = _as_of(session, document, now)
    rows = register_rows_mentors(session, document.programme_id, now=now, on=day)
    orders = [(row.register_on, row.register_number) for row in rows if row.register_on]
    people = [_mentor(list(same)) for _, same in groupby(rows, key=lambda row: row.number)]
    return {
        **date_facts("as_of", day),
        "order": _order(max(orders, default=None)),
        "mentors": people,
        "total": len(people),
    }


def register_of_mentees(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    day = _as_of(session, document, now)
    rows = register_rows_mentees(session, document.programme_id, now=now, on=day)
    people = [_mentee(list(same)) for _, same in groupby(rows, key=lambda row: row.number)]
    return {**date_facts("as_of", day), "order": "", "mentees": people, "total": len(people)}


def portfolio(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    said, person = document.choices, _person(session, document)
    enrolment = enrolment_of(session, document.programme_id, person.id, Role.MENTOR)
    facts = portfolio_facts(session, enrolment.id, now=now)
    verdict = last_verdict(session, enrolment.id)
    return {
        "person": one_person(person),
        "contact": shown_phone(facts.phone),
        "education": chosen_line(said, "education", facts.record.education),
        "work": facts.record.work,
        "category": facts.record.category,
        "service": words.service(facts.record.years, facts.record.years_teaching, facts.record.years_mentoring),
        "competences": _listed(facts.competences),
        "experience": facts.experience,
        "achievements": chosen_line(said, "achievements", facts.record.awards),
        "interests": _listed(facts.interests),
        "ages": _listed(facts.whom),
        "time": _listed((facts.hours, facts.days, facts.format), "; "),
        "capacity": str(enrolment.capacity),
        "been_mentor": facts.been_mentor,
        "about": chosen_line(said, "about", facts.record.about or facts.why),
        "verdict": words.VERDICTS.get(verdict, "") if verdict else "",
        "total_hours": facts.hours_trained,
        "reviews": chosen_line(said, "reviews", facts.record.reviews),
        "trainings": _trainings(facts),
        "pairs": [_pair(one) for one in facts.pairs],
    }


def labour_agreement(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    """A draft can be printed before there is an agreement in the records: what is not known is left to be filled in."""
    said, worker = document.choices, _person(session, document)
    enrolment = enrolment_of(session, document.programme_id, worker.id, Role.MENTOR)
    programme = session.get_one(Programme, document.programme_id)
    agreement_id = newest_agreement(session, enrolment.id)
    facts = labour_facts(session, agreement_id) if agreement_id else None
    starts_on = (facts and facts.starts_on) or document.dated_on or programme.starts_on
    return {
        "worker": one_person(worker),
        **date_facts("consent_on", facts.consent_on if facts else None),
        "contract": chosen_line(said, "contract", words.CONTRACT),
        "mentees": [_known(session, one.person_id) for one in workers_helped(session, enrolment.id)],
        "duties": chosen_lines(said, "duties", (facts.duties,) if facts and facts.duties else words.DUTIES),
        "way": chosen_line(said, "way", (facts.way if facts else "") or words.WAY),
        **date_facts("starts_on", chosen_day(said, "starts_on", starts_on)),
        **date_facts("ends_on", chosen_day(said, "ends_on", (facts and facts.ends_on) or programme.ends_on)),
        "payment": chosen_line(said, "payment", _payment(facts.payment, facts.amount) if facts else words.BLANK),
    }


def certificate(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    programme = session.get_one(Programme, document.programme_id)
    people = _chosen_people(session, document)
    roles = roles_of(session, programme.id, [one.id for one in people])
    rows = [
        {
            "person": one_person(one),
            "role": ", ".join(words.ROLES[role] for role in roles.get(one.id, ())),
            "term": f"{programme.school_year} учебный год",
        }
        for one in people
    ]
    suggested = words.CERTIFIED.format(year=programme.school_year)
    return {"people": rows, "words": chosen_lines(document.choices, "words", (suggested,))}


def gratitude(session: Session, document: Document, now: datetime) -> dict[str, Any]:
    programme = session.get_one(Programme, document.programme_id)
    rows = [{"person": one_person(one), "address": _address(one)} for one in _chosen_people(session, document)]
    suggested = [line.format(year=programme.school_year) for line in words.THANKED]
    return {"people": rows, "words": chosen_lines(document.choices, "words", suggested)}


def _as_of(session: Session, document: Document, now: datetime) -> date:
    zone = ZoneInfo(own_organisation(session).time_zone)
    return chosen_day(document.choices, "as_of") or document.dated_on or local_day(now, zone)


def _order(newest: tuple[date | None, str] | None) -> str:
    return f"приказ от {short_date(newest[0])} № {newest[1]}" if newest else ""


def _mentor(rows: Sequence[MentorRow]) -> dict[str, Any]:
    """All pairs of one mentor in one line."""
    one = rows[0]
    mentees = [mentee for row in rows for mentee in row.mentees]
    return {
        "number": one.number,
        "name": one.name.full,
        "contact": one.contact,
        "place": one.place,
        "competences": one.competences,
        "achievements": one.achievements,
        "interests": one.interests,
        "ages": one.wished_age,
        "time": one.time,
        "entered_on": short_date(one.entered_on),
        "mentees": _each(mentee.name.full for mentee in mentees),
        "mentee_place": _each(mentee.place for mentee in mentees),
        **_of_pairs(rows),
    }


def _mentee(rows: Sequence[MenteeRow]) -> dict[str, Any]:
    one = rows[0]
    mentors = [row.mentor for row in rows if row.mentor]
    return {
        "number": one.number,
        "name": one.name.full,
        "contact": one.contact,
        "birth_year": str(one.born or ""),
        "request": one.request,
        "entered_on": short_date(one.entered_on),
        "mentor": _each(mentor.name.full for mentor in mentors),
        "mentor_place": _each(mentor.place for mentor in mentors),
        "passed": rows[-1].passed,
        **_of_pairs(rows),
    }


def _of_pairs(rows: Sequence[MentorRow] | Sequence[MenteeRow]) -> dict[str, str]:
    links = [row.link for row in rows if row.link]
    return {
        "form": _each(form_word(link.form) for link in links if link.form),
        "ended_on": _each(short_date(link.ended_on) for link in links),
        "results": _each(link.result for link in links),
        "link": _each(link.case_link for link in links),
    }


def _each(texts: Iterable[str]) -> str:
    """A line each, the same words once."""
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _listed(parts: Iterable[str], between: str = ", ") -> str:
    """Options begin with a capital each; in a sentence only the first one does."""
    said = [part for part in parts if part]
    return between.join([*said[:1], *(part[:1].lower() + part[1:] for part in said[1:])])


def _person(session: Session, document: Document) -> Person:
    person = session.get(Person, document.person_id) if document.person_id else None
    if person is None:
        raise NotFound("person")
    return person


def _known(session: Session, person_id: int) -> PersonRow:
    return one_person(session.get_one(Person, person_id))


def _trainings(facts: PortfolioFacts) -> list[dict[str, Any]]:
    return [
        {
            "title": one.title,
            "provider": one.provider,
            "dates": " – ".join(short_date(day) for day in (one.starts_on, one.ends_on) if day),
            "hours": one.hours if one.hours is not None else "",
            "certificate": one.certificate,
        }
        for one in facts.trainings
    ]


def _pair(one: PairFact) -> dict[str, Any]:
    return {
        "mentees": _each(name.full for name in one.mentees),
        "form": form_word(one.form),
        "term": " – ".join(short_date(day) for day in (one.started_on, one.ended_on) if day),
        "meetings": one.meetings,
        "result": one.result,
    }


def _payment(said: str, amount: Any) -> str:
    roubles = f"{amount:,.2f} руб. в месяц".replace(",", "\u00a0").replace(".00", "") if amount is not None else ""
    return "; ".join(part for part in (roubles, said) if part) or words.BLANK


def _chosen_people(session: Session, document: Document) -> list[Person]:
    ids = [int(one) for one in document.choices.get("people", ())]
    if document.person_id and document.person_id not in ids:
        ids.append(document.person_id)
    return people_by_name(session, ids) if ids else []


def _address(person: Person) -> str:
    """«Уважаемая Анна Сергеевна!», of a pupil «Дорогая Мила!»."""
    name = called(person.name, person.kind, person.age_group)
    grown = name == person.name.formal and person.name.patronymic
    ends = "ая" if is_female(person.name) else ("ый" if grown else "ой")
    return f"{'Уважаем' if grown else 'Дорог'}{ends} {name}!"
