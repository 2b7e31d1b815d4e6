"""One vocabulary for what a mentee asks for and what a mentor offers, so that the two can be compared.

Source: methodology.md §2.12, e2 (two closed lists, of pupils and of young teachers). The values are the options of the
questions named below in ``config/questionnaires/mentor_entry.toml`` and ``mentee_request.toml``; the labels live there.
"""

from enum import StrEnum

from mentoring.rules.questions.definition import Answers

REQUEST_KEYS = ("request", "request_teacher")
OFFER_KEYS = ("can_help", "can_help_teacher")


class Topic(StrEnum):
    STUDY = "study"  # subjects and exams
    ADAPTATION = "adaptation"
    CONFIDENCE = "confidence"  # talking to people
    LEADERSHIP = "leadership"
    PROJECTS = "projects"  # and contests, olympiads
    CAREER = "career"
    SPORT_ART = "sport_art"
    # of young teachers
    METHODS = "methods"
    SUBJECT = "subject"
    CLASS_TEACHER = "class_teacher"
    DIGITAL = "digital"
    PAPERWORK = "paperwork"
    PARENTS = "parents"
    ATTESTATION = "attestation"
    SUPPORT = "support"  # so as not to burn out


def topics_in(answers: Answers, keys: tuple[str, ...]) -> frozenset[Topic]:
    """Words that are no topics (an organisation may add options of its own) are left out."""
    known = {topic.value for topic in Topic}
    chosen = (answers.get(key) for key in keys)
    words = {word for value in chosen for word in (value if isinstance(value, list) else [value])}
    return frozenset(Topic(word) for word in words if word in known)


def topics_in_common(request: Answers, offer: Answers) -> frozenset[Topic]:
    return topics_in(request, REQUEST_KEYS) & topics_in(offer, OFFER_KEYS)
