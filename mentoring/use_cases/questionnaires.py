"""Someone answers a questionnaire: begin, answer, go back, change, correct.

Everything is rows at once, so a restart in the middle finds the person at the same question (`current_step`).
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.phones import phone_number
from mentoring.rules.errors import AnswerRefused, NotFound
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Problem, Raw, ResponseState, Screenful, Shared, Typed
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Answers, Definition
from mentoring.rules.questions.path import Standing
from mentoring.rules.questions.screens import screenful
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.beginnings import About, begun, printed_version, response_about
from mentoring.use_cases.drafts import (
    definition_for,
    draft_of,
    ensure_open,
    ensure_own,
    own_draft,
    screen_of,
    sheet_of,
    standing_of,
)
from mentoring.use_cases.questionnaire_versions import Published as Published
from mentoring.use_cases.questionnaire_versions import latest_version
from mentoring.use_cases.questionnaire_versions import publish_questionnaire as publish_questionnaire
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.person import Person
from storage.models.questionnaire import Response
from storage.queries.drafts import Draft, change_response, drop_answers, move_draft, put_answers


def start_response(
    session: Session,
    key: str,
    *,
    person_id: int,
    enrolment_id: int | None = None,
    meeting_id: int | None = None,
    pair_id: int | None = None,
    campaign_id: int | None = None,
    version_id: int | None = None,
    by: Actor,
    now: datetime,
) -> Screenful:
    """Where the one response about this subject stands; begun with what is known of the person, if there is none.

    ``version_id``: the version that was printed; without it one begins with the latest. Raises ConsentsMissing (no
    question before the consents) and OutOfDate (left the programme, no meeting was held, the campaign is not open).
    """
    require_own_or_curator(session, by, person_id)
    person = session.get(Person, person_id, with_for_update=True)  # two first taps make one response
    if person is None:
        raise NotFound("person")
    about = About(enrolment_id, meeting_id, pair_id, campaign_id)
    response = response_about(session, key, person_id, about)
    if response is None:
        version = printed_version(session, key, version_id) if version_id else latest_version(session, key)
        response = begun(session, version, person, about, by=by, now=now)
    draft = draft_of(session, response.id)
    ensure_own(session, draft, by)
    return screen_of(session, draft)


def current_step(session: Session, response_id: int, *, person_id: int) -> Screenful:
    draft = draft_of(session, response_id)
    if draft.person_id != person_id:
        raise NotFound("response")
    return screen_of(session, draft)


def answer_question(
    session: Session, response_id: int, question_key: str, raw: Raw, *, by: Actor, now: datetime
) -> Screenful:
    """Raises AnswerRefused, and OutOfDate for a press on a question that is no longer on the screen.

    A repeated press changes nothing. Days of birth are judged by the UTC date, which never refuses a real one.
    """

    def answered(definition: Definition, before: Standing) -> Standing:
        real = _with_real_phone(definition, question_key, raw)
        return path.answered(definition, before, question_key, real, now.date())

    return _moved(session, response_id, answered, by, now)


def go_back(session: Session, response_id: int, question_key: str, *, by: Actor, now: datetime) -> Screenful:
    """``question_key``: the question on the screen, empty on the review page."""
    return _moved(session, response_id, lambda definition, at: path.gone_back(definition, at, question_key), by, now)


def jump_to(session: Session, response_id: int, question_key: str, *, by: Actor, now: datetime) -> Screenful:
    """To the question that is to be changed, from the review page."""
    return _moved(session, response_id, lambda definition, at: path.jumped(definition, at, question_key), by, now)


def reopen_response(session: Session, response_id: int, *, by: Actor, now: datetime) -> Screenful:
    """Back to the person for correction; what was sent stays as a `Submission`. An open one stays as it is."""
    require_curator(session, by)
    draft = own_draft(session, response_id, by)
    if draft.state is ResponseState.SUBMITTED:
        change_response(session, draft, state=ResponseState.RETURNED, position=path.REVIEW, reviewing=False)
        record(session, "response.returned", session.get_one(Response, response_id), by=by, now=now)
    return screen_of(session, draft_of(session, response_id))


Move = Callable[[Definition, Standing], Standing]


def _moved(session: Session, response_id: int, move: Move, by: Actor, now: datetime) -> Screenful:
    draft = own_draft(session, response_id, by)
    ensure_open(draft)
    definition = definition_for(session, draft)
    before = standing_of(definition, draft)
    after = move(definition, before)
    if after != before:
        _write_answers(session, draft, before.answers, after.answers, now)
        move_draft(session, draft, position=after.position, reviewing=after.reviewing, now=now)
    return screenful(definition, after, sheet_of(draft))


def _write_answers(session: Session, draft: Draft, before: Answers, after: Answers, now: datetime) -> None:
    changed = {key: value for key, value in after.items() if key not in before or before[key] != value}
    put_answers(session, draft, changed, now=now)
    drop_answers(session, draft, [key for key in before if key not in after])


def _with_real_phone(definition: Definition, key: str, raw: Raw) -> Raw:
    question = definition.question(key)
    if question is None or question.kind != "phone" or not isinstance(raw, Typed | Shared):
        return raw
    number = phone_number(raw.text if isinstance(raw, Typed) else raw.phone)
    if number is None:
        raise AnswerRefused(Problem.NOT_A_PHONE)
    return Typed(number)
