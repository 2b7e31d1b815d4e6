"""A response as it stands between two acts: loaded, checked for who may touch it, put on the screen."""

from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import ResponseState, Screenful
from mentoring.rules.questions import path
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.path import Standing
from mentoring.rules.questions.screens import Sheet, screenful
from mentoring.use_cases.person_choices import with_people
from mentoring.use_cases.questionnaire_versions import definition_of
from mentoring.use_cases.rights import require_own_or_curator
from storage.queries.drafts import Draft, load_draft

ENDED = (EnrolmentStatus.LEFT, EnrolmentStatus.DECLINED)


def draft_of(session: Session, response_id: int, *, lock: bool = False) -> Draft:
    draft = load_draft(session, response_id, lock=lock)
    if draft is None:
        raise NotFound("response")
    return draft


def own_draft(session: Session, response_id: int, by: Actor) -> Draft:
    """Locked for the transaction. Another participant's response looks like none, and so does an anonymous one to
    everybody but the person."""
    draft = draft_of(session, response_id, lock=True)
    ensure_own(session, draft, by)
    return draft


def ensure_own(session: Session, draft: Draft, by: Actor) -> None:
    if by.person_id != draft.person_id and (by.person_id is not None or draft.anonymous):
        raise NotFound("response")
    require_own_or_curator(session, by, draft.person_id)


def ensure_open(draft: Draft) -> None:
    """A sent response is closed until the curator returns it; one who has left the programme answers nothing more."""
    if draft.state is ResponseState.SUBMITTED:
        raise OutOfDate("response", draft.state)
    if draft.enrolment_status in ENDED:
        raise OutOfDate("enrolment", draft.enrolment_status)


def ensure_may_send(draft: Draft, by: Actor) -> None:
    """When a campaign has closed, the draft waits for the curator to extend it. Answers on paper and an answer that
    the curator has returned are taken in all the same."""
    if draft.campaign_state is CampaignState.CANCELLED:
        raise OutOfDate("campaign", draft.campaign_state)
    closed = draft.campaign_state not in (None, CampaignState.OPEN)
    if closed and by.person_id is not None and draft.state is ResponseState.DRAFT:
        raise OutOfDate("campaign", str(draft.campaign_state))


def definition_for(session: Session, draft: Draft) -> Definition:
    """As the person answers it: with the people whom they may choose."""
    definition = definition_of(session, draft.version_id, draft.digest)
    return with_people(
        session, definition, person_id=draft.person_id, campaign_id=draft.campaign_id, answers=draft.answers
    )


def standing_of(definition: Definition, draft: Draft) -> Standing:
    return path.settled(definition, Standing(draft.answers, draft.position, draft.reviewing))


def screen_of(session: Session, draft: Draft) -> Screenful:
    definition = definition_for(session, draft)
    return screenful(definition, standing_of(definition, draft), sheet_of(draft))


def sheet_of(draft: Draft) -> Sheet:
    return Sheet(
        draft.response_id,
        draft.state,
        draft.enrolment_id,
        draft.meeting_id,
        draft.pair_id,
        draft.campaign_id,
        draft.anonymous,
    )
