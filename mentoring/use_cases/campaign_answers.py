"""Answers in a campaign: begun from its asking, sent under a name or parted from it for good."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import CampaignState, RecipientState
from mentoring.rules.errors import NotAllowed, NotFound, OutOfDate
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import ResponseState, Screenful
from mentoring.rules.questions.definition import Value
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.questionnaires import start_response
from mentoring.use_cases.rights import require_own_or_curator
from storage.models.campaign import AnonymousSheet, Campaign, CampaignRecipient
from storage.models.questionnaire import Answer, Response, Submission
from storage.queries.drafts import Draft

SHEET_IDS = 2**53
"""Random ones, and few enough for JavaScript's numbers: no order tells who answered first."""


def begin_survey(session: Session, recipient_id: int, *, by: Actor, now: datetime) -> Screenful:
    """Where this person's questionnaire of the campaign stands, begun if it was not.

    Raises OutOfDate("survey", "answered" or "released") and OutOfDate("campaign", its state) when it is not open; a
    curator may still enter paper answers into one that has closed, but never into an anonymous one by this way
    (`keep_paper_sheet`). A response that the curator has returned is open again, whatever the campaign.
    """
    recipient = _locked(session, recipient_id)
    if by.person_id is not None and by.person_id != recipient.person_id:
        raise NotFound("survey")
    require_own_or_curator(session, by, recipient.person_id)
    _ensure_asked(session, recipient, by)
    screen = start_response(
        session,
        recipient.campaign.questionnaire.key,
        person_id=recipient.person_id,
        enrolment_id=None if recipient.pair_id else recipient.enrolment_id,
        pair_id=recipient.pair_id,
        campaign_id=recipient.campaign_id,
        by=by,
        now=now,
    )
    recipient.response_id = screen.response_id
    return screen


def survey_sent(session: Session, draft: Draft, *, now: datetime) -> None:
    """Nobody waits for this questionnaire any more. Raises OutOfDate("survey", "released")."""
    recipient = _recipient_of(session, draft)
    if recipient is None:
        return
    _ensure_not_released(recipient)
    recipient.response_id = draft.response_id
    recipient.state, recipient.answered_at = RecipientState.ANSWERED, recipient.answered_at or now


def anonymous_sent(session: Session, draft: Draft, answers: Mapping[str, Value]) -> None:
    """The answers go to a sheet without a name; all that tied them to the person, and to the time, is destroyed."""
    assert draft.campaign_id is not None
    recipient = _recipient_of(session, draft)
    if recipient is None:
        raise NotFound("survey")
    _ensure_not_released(recipient)
    _put_sheet(session, recipient, draft.version_id, answers)


def keep_paper_sheet(
    session: Session, recipient_id: int, version_id: int, answers: Mapping[str, Value], *, by: Actor
) -> None:
    """A curator copies a paper sheet of an anonymous campaign: checked answers of the questions that were asked.

    An unsent draft of the person is destroyed unread. Raises OutOfDate("survey", …) when the person has answered, and
    NotAllowed for a campaign under names.
    """
    require_curator(session, by)
    recipient = _locked(session, recipient_id)
    if not recipient.campaign.anonymous:
        raise NotAllowed("anonymous")
    _ensure_asked(session, recipient, by)
    _put_sheet(session, recipient, version_id, answers)


def drop_anonymous_drafts(session: Session, person_id: int) -> None:
    """Of somebody whose data are destroyed: what was not sent yet is still tied to the name."""
    drafts = select(Response.id).join(Campaign, Campaign.id == Response.campaign_id)
    for response_id in session.scalars(drafts.where(Response.person_id == person_id, Campaign.anonymous)).all():
        session.execute(
            update(CampaignRecipient).where(CampaignRecipient.response_id == response_id).values(response_id=None)
        )
        _destroy(session, response_id)


def _locked(session: Session, recipient_id: int) -> CampaignRecipient:
    recipient = session.get(CampaignRecipient, recipient_id, with_for_update=True)
    if recipient is None:
        raise NotFound("survey")
    return recipient


def _ensure_asked(session: Session, recipient: CampaignRecipient, by: Actor) -> None:
    if _is_returned(session, recipient):
        return
    if recipient.state is not RecipientState.WAITING:
        raise OutOfDate("survey", recipient.state)
    state = recipient.campaign.state
    late = state is CampaignState.CLOSED and by.account_id is not None
    if state is not CampaignState.OPEN and not late:
        raise OutOfDate("campaign", state)


def _is_returned(session: Session, recipient: CampaignRecipient) -> bool:
    response = session.get(Response, recipient.response_id) if recipient.response_id else None
    return response is not None and response.state is ResponseState.RETURNED


def _recipient_of(session: Session, draft: Draft) -> CampaignRecipient | None:
    """About a pair, or else about the part that somebody takes, or about nothing but the person."""
    found = select(CampaignRecipient).where(
        CampaignRecipient.campaign_id == draft.campaign_id,
        CampaignRecipient.person_id == draft.person_id,
        CampaignRecipient.pair_id.is_not_distinct_from(draft.pair_id),
    )
    if draft.pair_id is None:
        found = found.where(CampaignRecipient.enrolment_id.is_not_distinct_from(draft.enrolment_id))
    return session.scalar(found.with_for_update().execution_options(populate_existing=True))


def _ensure_not_released(recipient: CampaignRecipient) -> None:
    if recipient.state is RecipientState.RELEASED:
        raise OutOfDate("survey", recipient.state)


def _put_sheet(session: Session, recipient: CampaignRecipient, version_id: int, answers: Mapping[str, Value]) -> None:
    sheet = AnonymousSheet(
        id=secrets.randbelow(SHEET_IDS),
        organisation_id=recipient.organisation_id,
        campaign_id=recipient.campaign_id,
        version_id=version_id,
        answers=dict(answers),
    )
    session.add(sheet)
    draft_id, recipient.response_id = recipient.response_id, None
    recipient.state, recipient.answered_at = RecipientState.ANSWERED, None
    session.flush()
    if draft_id is not None:
        _destroy(session, draft_id)


def _destroy(session: Session, response_id: int) -> None:
    for table in (Answer, Submission):
        session.execute(delete(table).where(table.response_id == response_id))
    session.execute(delete(Response).where(Response.id == response_id))
