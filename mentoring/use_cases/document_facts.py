"""What a paper says: the organisation, the people who lead, the paper itself, and the fields of its kind."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from mentoring.document_words import BASIS, KINDS
from mentoring.names import date_facts, date_words, person_facts, short_date
from mentoring.report_words import form_word
from mentoring.rules.documents import DocumentKind, Profile, is_order
from mentoring.rules.people import PersonName, name_from_full
from mentoring.use_cases.organisation_card import own_organisation
from storage.models.document import Document
from storage.models.organisation import Organisation, Programme
from storage.queries.people import leading_curator_name

Builder = Callable[[Session, Document, datetime], dict[str, Any]]

NO_DATE = "«___» __________ 20__ г."
NO_NUMBER = "____"


def facts_of(session: Session, document: Document, *, now: datetime) -> dict[str, Any]:
    """By the names of `mentoring.rules.document_fields`. A signed paper says what it said when it was signed."""
    if document.frozen is not None:
        return document.frozen
    return {**common_facts(session, document), **_builder(document.kind)(session, document, now)}


def common_facts(session: Session, document: Document) -> dict[str, Any]:
    organisation = own_organisation(session)
    profile = Profile.from_stored(organisation.profile)
    programme = session.get_one(Programme, document.programme_id)
    return {
        "organisation": _organisation(organisation, profile),
        "head": head_facts(profile),
        "curator": curator_facts(session, profile),
        "programme": _programme(programme),
        "document": _document(document, profile),
        "basis": document.choices.get("basis") or profile.basis or BASIS,
    }


def head_facts(profile: Profile) -> dict[str, str]:
    return person_facts(head_name(profile), profile.head_post, profile.head_forms)


def curator_facts(session: Session, profile: Profile) -> dict[str, str]:
    return person_facts(curator_name(session, profile), profile.curator_post, profile.curator_forms)


def head_name(profile: Profile) -> PersonName:
    return name_from_full(profile.head_name)


def curator_name(session: Session, profile: Profile) -> PersonName:
    return name_from_full(profile.curator_name or leading_curator_name(session))


def chosen_day(choices: Mapping[str, Any], name: str, otherwise: date | None = None) -> date | None:
    """A day that the curator wrote; what is not a day counts as not written."""
    try:
        return date.fromisoformat(choices.get(name) or "")
    except ValueError:
        return otherwise


def rows_of(text: str) -> list[dict[str, str]]:
    return [{"text": line.strip()} for line in text.splitlines() if line.strip()]


def columns_of(text: str, *names: str) -> list[dict[str, str]]:
    """A row for each line, its columns divided by «|»; what is not written is empty."""
    return [dict(zip(names, columns_in(line, len(names)), strict=True)) for line in text.splitlines() if line.strip()]


def columns_in(line: str, many: int) -> tuple[str, ...]:
    found = [part.strip() for part in line.split("|", many - 1)]
    return tuple(found + [""] * (many - len(found)))


def _organisation(organisation: Organisation, profile: Profile) -> dict[str, str]:
    return {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "address": organisation.address,
        "contact": organisation.contact,
        "founder": profile.founder,
        "city": profile.city,
        "site": profile.site,
        "inn": profile.inn,
        "ogrn": profile.ogrn,
    }


def _programme(programme: Programme) -> dict[str, str]:
    return {
        "name": programme.name,
        "school_year": programme.school_year,
        **date_facts("starts_on", programme.starts_on),
        **date_facts("ends_on", programme.ends_on),
        "forms": ", ".join(form_word(form) for form in programme.forms),
    }


def _document(document: Document, profile: Profile) -> dict[str, str]:
    return {
        "title": document.title or KINDS[document.kind].title,
        "number": document.number or NO_NUMBER,
        "date": short_date(document.dated_on) or NO_DATE,
        "date_words": date_words(document.dated_on) or NO_DATE,
        "city": profile.city,
    }


def _builder(kind: DocumentKind) -> Builder:
    """Imported when it is asked for: the other papers read reports and answers, and orders are built on this file."""
    if is_order(kind):
        from mentoring.use_cases.order_facts import BUILDERS as ORDERS

        return ORDERS[kind]
    from mentoring.use_cases.paper_facts import BUILDERS as PAPERS

    return PAPERS[kind]
