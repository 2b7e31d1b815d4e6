"""An interview, a training and a worker's agreement of Anna: rows that the season does not tell of."""

from datetime import date

from sqlalchemy import select

from mentoring.rules.selection import Verdict
from storage.database import SyncDatabase
from storage.models.selection import Interview, LabourAgreement, Training, TrainingRecord
from tests.admin.season import Season
from tests.conftest import NOW


def selection_of(database: SyncDatabase, season: Season) -> dict[str, int]:
    """Ids by the names that addresses use. Asked again, they are the same."""
    owned = {"organisation_id": season.organisation_id}
    with database.writers.begin() as session:
        interview = session.scalar(select(Interview).filter_by(**owned))
        training = session.scalar(select(Training).filter_by(**owned))
        agreement = session.scalar(select(LabourAgreement).filter_by(**owned))
        if interview is None:
            interview = Interview(
                enrolment_id=season.anna_enrolment,
                held_on=date(2026, 11, 10),
                interviewer="педагог-психолог",
                verdict=Verdict.RECOMMENDED,
                notes="Спокойна, умеет слушать.",
                created_at=NOW,
                **owned,
            )
            training = Training(
                programme_id=season.programme_id,
                title="Как разговаривать и слушать",
                topic="talking",
                starts_on=date(2026, 11, 14),
                hours=4,
                created_at=NOW,
                **owned,
            )
            agreement = LabourAgreement(enrolment_id=season.anna_enrolment, created_at=NOW, **owned)
            session.add_all([interview, training, agreement])
            session.flush()
            record = {"training_id": training.id, "enrolment_id": season.igor_enrolment, "noted_at": NOW}
            session.add(TrainingRecord(**record, **owned))
        assert training is not None
        assert agreement is not None
        return {"interview_id": interview.id, "training_id": training.id, "agreement_id": agreement.id}
