"""A campaign with a printed form, and a partner: rows that the season does not tell of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.campaigns import Audience, CampaignState, RecipientState
from mentoring.rules.matching import DraftState
from mentoring.rules.paper_codes import paper_code
from mentoring.rules.people import AgeGroup, PersonKind
from storage.database import SyncDatabase
from storage.models.campaign import Campaign, CampaignRecipient, PaperCode
from storage.models.matching import MatchingDraft
from storage.models.person import Person
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion
from tests.admin.season import Season
from tests.conftest import NOW
from tests.use_cases.school import days


def papers_of(database: SyncDatabase, season: Season) -> dict[str, int]:
    """Ids by the names that addresses use. Asked again, they are the same."""
    with database.writers.begin() as session:
        known = session.scalar(select(Campaign).where(Campaign.organisation_id == season.organisation_id))
        campaign = known or _campaign(session, season)
        recipient = session.scalars(select(CampaignRecipient).filter_by(campaign_id=campaign.id)).first()
        assert recipient is not None
        code = session.scalars(select(PaperCode).filter_by(recipient_id=recipient.id)).one()
        partner = session.scalars(
            select(Person).filter_by(organisation_id=season.organisation_id, kind=PersonKind.PARTNER)
        ).one()
        return {
            "campaign_id": campaign.id,
            "recipient_id": recipient.id,
            "code_id": code.id,
            "partner_id": partner.id,
            "held_id": season.held,
            "teller_id": season.anna,
            **_drafts(session, season),
        }


def _drafts(session: Session, season: Season) -> dict[str, int]:
    """Two drafts of the matching, to be compared."""
    owned = {"organisation_id": season.organisation_id}
    known = session.scalars(select(MatchingDraft.id).filter_by(**owned).order_by(MatchingDraft.id)).all()
    if not known:
        named = {"programme_id": season.programme_id, "state": DraftState.OPEN, "created_at": NOW}
        drafts = [MatchingDraft(name=name, **named, **owned) for name in ("Осенний подбор", "Что если")]
        session.add_all(drafts)
        session.flush()
        known = [draft.id for draft in drafts]
    return {"draft_id": known[0], "other_id": known[1]}


def _campaign(session: Session, season: Season) -> Campaign:
    owned = {"organisation_id": season.organisation_id}
    version = session.scalars(
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(QuestionnaireVersion.organisation_id == season.organisation_id, Questionnaire.key == "pulse_mentee")
    ).one()
    campaign = Campaign(
        programme_id=season.programme_id,
        questionnaire_id=version.questionnaire_id,
        title="Опрос месяца",
        audience={"audience": Audience.MENTEES},
        state=CampaignState.OPEN,
        opens_at=NOW,
        closes_at=NOW + days(7),
        created_at=NOW,
        **owned,
    )
    session.add(campaign)
    session.flush()
    recipient = CampaignRecipient(
        campaign_id=campaign.id,
        person_id=season.darya,
        pair_id=season.pair,
        subject=f"pair:{season.pair}",
        state=RecipientState.WAITING,
        asked_at=NOW,
        **owned,
    )
    session.add(recipient)
    session.flush()
    code = PaperCode(
        code=paper_code(1_234_567),
        person_id=season.darya,
        version_id=version.id,
        pair_id=season.pair,
        recipient_id=recipient.id,
        printed_at=NOW,
        **owned,
    )
    partner = Person(
        kind=PersonKind.PARTNER,
        age_group=AgeGroup.ADULT,
        last_name="Громов",
        first_name="Степан",
        place="Завод «Прибор»",
        created_at=NOW,
        **owned,
    )
    session.add_all([code, partner])
    return campaign
