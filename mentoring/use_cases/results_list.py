"""All questionnaires, each with how much there is to look at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage.queries.questionnaire_newest import (
    newest_questionnaires,
    sent_by_questionnaire,
    sheets_by_questionnaire,
)


@dataclass(frozen=True, slots=True)
class ResultsLine:
    """``n``: how many answers may be looked at, with a name and without."""

    key: str
    title: str
    use: str
    form: str
    role: str
    moment: str
    n: int
    last_at: datetime | None


def results_list(session: Session) -> tuple[ResultsLine, ...]:
    """Every questionnaire that was ever published. Three queries."""
    named, nameless = sent_by_questionnaire(session), sheets_by_questionnaire(session)
    return tuple(
        ResultsLine(
            key=one.key,
            title=one.title,
            use=one.use or "other",
            form=one.form,
            role=one.role,
            moment=one.moment,
            n=named.get(one.questionnaire_id, (0, None))[0] + nameless.get(one.questionnaire_id, 0),
            last_at=named.get(one.questionnaire_id, (0, None))[1],
        )
        for one in newest_questionnaires(session)
    )
