"""Campaigns and their recipients, counted."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import RecipientState
from storage.models.campaign import CampaignRecipient


def answers_count(session: Session, campaign_id: int) -> tuple[int, int]:
    """How many answered, of how many asked; those released are not counted."""
    rows = session.execute(
        select(CampaignRecipient.state, func.count())
        .where(CampaignRecipient.campaign_id == campaign_id)
        .group_by(CampaignRecipient.state)
    )
    counted = {state: count for state, count in rows}
    answered = counted.get(RecipientState.ANSWERED, 0)
    return answered, answered + counted.get(RecipientState.WAITING, 0)
