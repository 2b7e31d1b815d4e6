"""What papers say of the organisation: the only source of its name, its head and its requisites."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.names import NameForms, is_doubtful_post, name_forms
from mentoring.rules.declension import Case
from mentoring.rules.documents import Profile
from mentoring.rules.errors import NotFound, TextTooLong, ValueWrong
from mentoring.rules.people import Actor, name_from_full
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.document_facts import curator_name
from mentoring.use_cases.organisation_card import own_organisation
from mentoring.use_cases.organisations import publish_consents, update_organisation
from storage.models.person import Person

LIMITS = {"founder": 300, "city": 100, "site": 200, "inn": 12, "ogrn": 15, "basis": 3000}
PERSON_LIMIT = 200


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """``head`` and ``curator``: their names in all cases; ``*_post_doubtful``: a post that we cannot decline."""

    name: str
    short_name: str
    address: str
    contact: str
    profile: Profile
    head: NameForms
    curator: NameForms
    head_post_doubtful: bool
    curator_post_doubtful: bool


def profile_card(session: Session) -> ProfileCard:
    organisation = own_organisation(session)
    profile = Profile.from_stored(organisation.profile)
    return ProfileCard(
        organisation.name,
        organisation.short_name,
        organisation.address,
        organisation.contact,
        profile,
        name_forms(name_from_full(profile.head_name), profile.head_forms),
        name_forms(curator_name(session, profile), profile.curator_forms),
        is_doubtful_post(profile.head_post) and "post_dative" not in profile.head_forms,
        is_doubtful_post(profile.curator_post) and "post_dative" not in profile.curator_forms,
    )


def save_profile(
    session: Session,
    profile: Profile,
    *,
    name: str,
    short_name: str,
    address: str,
    contact: str,
    by: Actor,
    now: datetime,
) -> ProfileCard:
    """A new name of the head or the curator forgets the cases that were corrected for the old one."""
    require_curator(session, by)
    organisation = own_organisation(session)
    before = Profile.from_stored(organisation.profile)
    kept = replace(
        profile,
        head_forms=before.head_forms if profile.head_name == before.head_name else {},
        curator_forms=before.curator_forms if profile.curator_name == before.curator_name else {},
    )
    _check(kept)
    update_organisation(session, name=name, short_name=short_name, address=address, contact=contact, by=by, now=now)
    if kept != before:
        organisation.profile = kept.to_stored()
        record(session, "organisation.profile_changed", organisation, by=by, now=now)
    if kept.site != before.site:
        publish_consents(session, by=by, now=now)
    return profile_card(session)


def correct_leader(session: Session, who: str, forms: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """``who``: "head" or "curator"; ``forms`` by `Case`, of the post under «post_dative»; empty: made by us again."""
    require_curator(session, by)
    if who not in ("head", "curator"):
        raise ValueWrong("who")
    organisation = own_organisation(session)
    kept = {**Profile.from_stored(organisation.profile).to_stored(), f"{who}_forms": _clean_forms(forms)}
    organisation.profile = kept
    record(session, "organisation.profile_changed", organisation, by=by, now=now)


def correct_person(session: Session, person_id: int, forms: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """The cases of a participant's name, for all papers to come."""
    require_curator(session, by)
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    clean = _clean_forms(forms)
    person.name_forms = {"full": person.name.full, **clean} if clean else {}
    record(session, "person.name_forms_changed", person, by=by, now=now)


def person_forms(session: Session, person_id: int) -> tuple[NameForms, Mapping[str, str]]:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    return name_forms(person.name, person.name_forms), dict(person.name_forms)


def _check(profile: Profile) -> None:
    for field, limit in LIMITS.items():
        _ensure_short(field, getattr(profile, field), limit)
    for field in ("head_name", "head_post", "curator_name", "curator_post"):
        _ensure_short(field, getattr(profile, field), PERSON_LIMIT)
    for field, lengths in (("inn", (10, 12)), ("ogrn", (13, 15))):
        digits = getattr(profile, field)
        if digits and not (digits.isascii() and digits.isdecimal() and len(digits) in lengths):
            raise ValueWrong(field)


def _ensure_short(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field, limit, len(text))


def _clean_forms(forms: Mapping[str, str]) -> dict[str, str]:
    known = {case.value for case in Case} | {f"post_{case}" for case in Case}
    clean = {name: " ".join(text.split()) for name, text in forms.items() if name in known}
    for name, text in clean.items():
        _ensure_short(name, text, PERSON_LIMIT)
    return {name: text for name, text in clean.items() if text}
