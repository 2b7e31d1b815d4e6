"""How well a mentor and a mentee fit: what stands in the way, what speaks for them and what against, all by name.

Where one of the two has said nothing, the criterion counts half: silence is neither rewarded nor punished.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentoring.rules.matching_applicants import Applicant as Applicant
from mentoring.rules.matching_applicants import Bar as Bar
from mentoring.rules.matching_applicants import class_distance
from mentoring.rules.matching_bars import bars_between
from mentoring.rules.matching_settings import BEST, Criterion, Settings, Strictness
from mentoring.rules.matching_shares import MEASURES, subject_matters, teachers_of_other_subjects
from mentoring.rules.people import PersonKind

ABSOLUTE = frozenset(
    {
        Bar.SAME_PERSON,
        Bar.ALREADY_TOGETHER,
        Bar.NOT_APPROVED,
        Bar.CONSENTS_MISSING,
        Bar.CAPACITY_REACHED,
        Bar.OTHER_ORGANISATION,
        Bar.NO_FORM,
        Bar.UNWANTED_BY_MENTOR,
        Bar.UNWANTED_BY_MENTEE,
    }
)
"""Bars that stay even where the curator holds two together: the law, the people's own word, and what cannot be."""


class Against(StrEnum):
    """What speaks against two who may be put together all the same."""

    NOTHING_SAID = "nothing_said"  # one of them has no entry questionnaire
    NO_SHARED_TOPIC = "no_shared_topic"
    NO_SHARED_TIME = "no_shared_time"
    OTHER_AGE = "other_age"
    NO_SHARED_INTERESTS = "no_shared_interests"
    OTHER_FORMAT = "other_format"
    OTHER_SUBJECT = "other_subject"
    OTHER_MENTOR_KIND = "other_mentor_kind"
    MENTEE_NAMED_OTHERS = "mentee_named_others"
    MENTOR_NAMED_OTHERS = "mentor_named_others"
    CLASS_UNKNOWN = "class_unknown"
    KIND_UNKNOWN = "kind_unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: ``share`` of 0–1, ``points`` of ``most``. What ``facts`` are is said in `facts_of`.

    Not ``known``: one of the two has not said it, so the criterion counts half.
    """

    criterion: Criterion
    share: float
    points: int
    most: int
    known: bool
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """``score`` of 0–100 is the sum of the points, whether or not there are bars."""

    score: int
    parts: tuple[Part, ...]
    bars: tuple[Bar, ...]
    against: tuple[Against, ...]

    @property
    def allowed(self) -> bool:
        return not self.bars


def fit(mentor: Applicant, mentee: Applicant, settings: Settings) -> Fit:
    shares = {one: measure.share(mentor, mentee) for one, measure in MEASURES.items()}
    parts = tuple(_part(one, shares[one], settings, facts_of(one, mentor, mentee)) for one in Criterion)
    score = sum(part.points for part in parts)
    own = dict.fromkeys((*mentor.bars, *mentee.bars))
    bars = (*own, *bars_between(mentor, mentee, settings))
    if score < settings.least_total or any(is_under(one, shares[one], settings) for one in Criterion):
        bars = (*bars, Bar.UNDER_THRESHOLD)
    return Fit(score, parts, bars, tuple(_against(mentor, mentee, shares, settings)))


def facts_of(criterion: Criterion, mentor: Applicant, mentee: Applicant) -> tuple[str, ...]:
    """What the two share. Request, interests: labels of options, in the mentee's words; time: slots; age: the mentee's
    ages that the mentor named; format: the format; preference: «mentee_1» (the first whom the mentee named),
    «mentor_later», «mentee_others», «mentee_kind»."""
    return tuple(MEASURES[criterion].facts(mentor, mentee))


def points(share: float | None, most: int) -> int:
    return int((_UNKNOWN if share is None else share) * most + 0.5)


def is_under(criterion: Criterion, share: float | None, settings: Settings) -> bool:
    """What nobody has said does not fall under a threshold of its criterion."""
    return share is not None and share * BEST < settings.least.get(criterion, 0)


def _part(criterion: Criterion, share: float | None, settings: Settings, facts: tuple[str, ...]) -> Part:
    most = settings.most[criterion]
    return Part(criterion, _UNKNOWN if share is None else share, points(share, most), most, share is not None, facts)


def _against(
    mentor: Applicant, mentee: Applicant, shares: Mapping[Criterion, float | None], settings: Settings
) -> Iterator[Against]:
    if any(not one.profile.topics and not one.profile.slots for one in (mentor, mentee)):
        yield Against.NOTHING_SAID
    yield from (said for criterion, said in _SPEAKS_AGAINST.items() if shares[criterion] == 0)
    if settings.subject is not Strictness.OFF and _another_subject(mentor, mentee):
        yield Against.OTHER_SUBJECT
    if settings.wished_kind is not Strictness.OFF and mentor.kind not in (mentee.profile.wished_kinds or {mentor.kind}):
        yield Against.OTHER_MENTOR_KIND
    yield from _named_others(mentor, mentee)
    yield from _unknown(mentor, mentee)


def _another_subject(mentor: Applicant, mentee: Applicant) -> bool:
    return teachers_of_other_subjects(mentor, mentee) or subject_matters(mentor, mentee)


def _named_others(mentor: Applicant, mentee: Applicant) -> Iterator[Against]:
    if mentee.wants and mentor.person_id not in mentee.wants:
        yield Against.MENTEE_NAMED_OTHERS
    if mentor.wants and mentee.person_id not in mentor.wants:
        yield Against.MENTOR_NAMED_OTHERS


def _unknown(mentor: Applicant, mentee: Applicant) -> Iterator[Against]:
    if mentor.kind is None or mentee.kind is None:
        yield Against.KIND_UNKNOWN
    elif mentor.kind is mentee.kind is PersonKind.PUPIL and class_distance(mentor, mentee) is None:
        yield Against.CLASS_UNKNOWN


_UNKNOWN = 0.5
_SPEAKS_AGAINST = {
    Criterion.REQUEST: Against.NO_SHARED_TOPIC,
    Criterion.TIME: Against.NO_SHARED_TIME,
    Criterion.AGE: Against.OTHER_AGE,
    Criterion.INTERESTS: Against.NO_SHARED_INTERESTS,
    Criterion.FORMAT: Against.OTHER_FORMAT,
}
