"""Who an order names beside those whom it is about, and who gets acquainted with it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.names import person_facts
from mentoring.rules.documents import DocumentKind, Profile
from mentoring.rules.people import name_from_full
from mentoring.use_cases.document_facts import curator_facts, curator_name, head_facts, head_name, rows_of
from mentoring.use_cases.ordered_pairs import PersonRow, one_person, own_day
from mentoring.use_cases.organisation_card import own_organisation
from storage.models.document import Document
from storage.models.person import Person

PLAN_DAYS = 14
"""To write a plan after the order, unless the curator says otherwise."""
PUBLISH_DAYS = 30

BY_HEAD = (DocumentKind.ORDER_INTRODUCTION, DocumentKind.ORDER_CURATOR)
"""Nobody watches over their own appointment: the head does, unless somebody is named."""


def of_every_order(session: Session, document: Document, people: Sequence[PersonRow]) -> dict[str, Any]:
    """Who gets acquainted: those whom the order is about, and before them those who are responsible."""
    said, profile = document.choices, profile_of(session)
    responsible = _chosen_person(session, said.get("responsible", ""), profile)
    control = _chosen_person(session, said.get("control", ""), profile)
    by_head = bool(said.get("control_self")) or (document.kind in BY_HEAD and not said.get("control"))
    leading = [responsible] if by_head else [responsible, control]
    first = {one["full"]: one for one in leading if one["full"]}
    everyone = [*first.values(), *(one for one in people if one["full"] and one["full"] not in first)]
    return {
        "aim": said.get("aim", ""),
        "extra": rows_of(said.get("extra", "")),
        "responsible": responsible,
        "control": control,
        "control_self": by_head,
        "acquainted": [{"person": one} for one in everyone],
    }


def _chosen_person(session: Session, typed: str, profile: Profile) -> PersonRow:
    return typed_person(session, typed) if typed else curator_facts(session, profile)


def typed_person(session: Session, typed: str) -> PersonRow:
    """«Зимина Ольга Викторовна, завуч»; of the two who lead, their cases as the profile has them."""
    profile = profile_of(session)
    full, _, post = typed.partition(",")
    name = name_from_full(full)
    if name == head_name(profile):
        return {**head_facts(profile)} if not post.strip() else person_facts(name, post.strip(), profile.head_forms)
    if name == curator_name(session, profile) and not post.strip():
        return curator_facts(session, profile)
    return person_facts(name, post.strip())


def people_rows(session: Session, person_ids: Iterable[int]) -> dict[int, PersonRow]:
    ids = list(person_ids)
    found = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {one.id: one_person(one) for one in sorted(found, key=lambda one: one.name.full)}


def profile_of(session: Session) -> Profile:
    return Profile.from_stored(own_organisation(session).profile)


def later_day(session: Session, document: Document, now: datetime, days: int) -> date:
    return (document.dated_on or own_day(session, now)) + timedelta(days=days)
