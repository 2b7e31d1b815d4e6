"""How often people were reminded, as columns of larger SELECTs."""

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from mentoring.rules.reminders import NoticeKind, NoticeState
from storage.models.notice import Notice
from storage.models.person import Guardianship

Ids = InstrumentedAttribute[int]
ABOUT_CONSENTS = (NoticeKind.PERSON_CONSENT_REMINDER, NoticeKind.MINOR_GUARDIAN_REMINDER)


def consent_reminders(person_id: Ids) -> ScalarSelect[int]:
    """Sent about the consents for this person's data: to the person and to the guardians."""
    notice, guardianship = aliased(Notice), aliased(Guardianship)
    guardians = select(guardianship.guardian_id).where(guardianship.minor_id == person_id)
    to_them = or_(notice.person_id == person_id, notice.person_id.in_(guardians))
    return _sent(notice).where(notice.kind.in_(ABOUT_CONSENTS), to_them, _about(notice, person_id)).scalar_subquery()


def questionnaire_reminders(person_id: Ids) -> ScalarSelect[int]:
    notice = aliased(Notice)
    kind = NoticeKind.PERSON_QUESTIONNAIRE_REMINDER
    return _sent(notice).where(notice.kind == kind, notice.person_id == person_id).scalar_subquery()


def _sent(notice: type[Notice]) -> Select[int]:
    return select(func.count()).select_from(notice).where(notice.state == NoticeState.SENT)


def _about(notice: type[Notice], person_id: Ids) -> ColumnElement[bool]:
    """A guardian may have several children. The key of a reminder about a consent is «<kind>:<reader>:<whose>:…»."""
    key = cast(notice.kind, String) + ":" + cast(notice.person_id, String) + ":" + cast(person_id, String) + ":%"
    return notice.dedup_key.like(key)
