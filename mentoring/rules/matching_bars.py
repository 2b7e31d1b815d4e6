"""What stands between two people by who they are: forms of mentoring, classes, subjects, their own word, the past."""

from collections.abc import Callable, Hashable, Iterator

from mentoring.rules.forms import Form
from mentoring.rules.matching_applicants import Applicant, Bar, class_distance, form_between
from mentoring.rules.matching_settings import Settings, Strictness
from mentoring.rules.matching_shares import SUBJECT_OF_TEACHERS, teachers_of_other_subjects
from mentoring.rules.people import PersonKind


def bars_between(mentor: Applicant, mentee: Applicant, settings: Settings) -> Iterator[Bar]:
    """Beside their own ones and the thresholds."""
    yield from personal_bars(mentor, mentee)
    yield from (bar for bar, stands in _BY_TRAITS if stands(mentor, mentee, settings))


def personal_bars(mentor: Applicant, mentee: Applicant) -> Iterator[Bar]:
    """Between these two and no others like them."""
    if mentor.person_id == mentee.person_id:
        yield Bar.SAME_PERSON
    if mentee.enrolment_id in mentor.together:
        yield Bar.ALREADY_TOGETHER
    if mentee.person_id in mentor.avoids:
        yield Bar.UNWANTED_BY_MENTOR
    if mentor.person_id in mentee.avoids:
        yield Bar.UNWANTED_BY_MENTEE
    if mentee.enrolment_id in mentor.past:
        yield Bar.PAST_PAIR


def barred_by_traits(mentor: Applicant, mentee: Applicant, settings: Settings) -> bool:
    return any(stands(mentor, mentee, settings) for _, stands in _BY_TRAITS)


def traits_for_bars(settings: Settings) -> Callable[[Applicant], Hashable]:
    """All that `barred_by_traits` looks at under these settings."""

    def traits(one: Applicant) -> Hashable:
        said, own = one.profile, one.kind is PersonKind.TEACHER and settings.subject is Strictness.HARD
        subjects = (SUBJECT_OF_TEACHERS in said.topics, frozenset(said.subjects)) if own else None
        classes = (one.grade, one.age) if one.kind is PersonKind.PUPIL else None
        wished = said.wished_kinds if settings.wished_kind is Strictness.HARD else None
        return one.kind, one.form, one.organisation_id, classes, subjects, wished

    return traits


def _no_form(mentor: Applicant, mentee: Applicant, _: Settings) -> bool:
    return not form_between(mentor, mentee) and mentor.kind is not None and mentee.kind is not None


def _form_not_in_programme(mentor: Applicant, mentee: Applicant, settings: Settings) -> bool:
    """Two workers may go by either of the two models for workers."""
    if not settings.forms:
        return False
    form = form_between(mentor, mentee)
    return bool(form) and _AMONG_WORKERS.get(form, frozenset({form})).isdisjoint(settings.forms)


def _other_organisation(mentor: Applicant, mentee: Applicant, _: Settings) -> bool:
    return mentor.organisation_id != mentee.organisation_id and mentor.kind is not PersonKind.SPECIALIST


def _classes_too_near(mentor: Applicant, mentee: Applicant, settings: Settings) -> bool:
    if mentor.kind is not PersonKind.PUPIL or mentee.kind is not PersonKind.PUPIL:
        return False
    distance = class_distance(mentor, mentee)
    return distance is not None and distance < settings.class_distance


def _other_subject_asked(mentor: Applicant, mentee: Applicant, settings: Settings) -> bool:
    return settings.subject is Strictness.HARD and teachers_of_other_subjects(mentor, mentee)


def _other_kind_wished(mentor: Applicant, mentee: Applicant, settings: Settings) -> bool:
    wished = mentee.profile.wished_kinds
    return settings.wished_kind is Strictness.HARD and bool(wished) and mentor.kind not in wished


_AMONG_WORKERS: dict[str, frozenset[str]] = dict.fromkeys(
    (Form.TEACHER_TEACHER, Form.PEDAGOGUES), frozenset({Form.TEACHER_TEACHER, Form.PEDAGOGUES})
)

_BY_TRAITS: tuple[tuple[Bar, Callable[[Applicant, Applicant, Settings], bool]], ...] = (
    (Bar.OTHER_ORGANISATION, _other_organisation),
    (Bar.NO_FORM, _no_form),
    (Bar.FORM_NOT_IN_PROGRAMME, _form_not_in_programme),
    (Bar.CLASS_DISTANCE, _classes_too_near),
    (Bar.SUBJECT, _other_subject_asked),
    (Bar.MENTOR_KIND, _other_kind_wished),
)
