"""All surveys that are compared before and after, each with how many there are to compare."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mentoring.use_cases.before_after import Survey, surveys
from storage.queries.comparable import answered_both
from storage.queries.questionnaire_newest import newest_questionnaires, sent_by_questionnaire


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """``before`` and ``after``: how many were sent; ``both``: people who sent both in one pair."""

    survey: Survey
    before: int
    after: int
    both: int


def survey_list(session: Session) -> tuple[SurveyLine, ...]:
    """Four queries at any size."""
    ids = {one.key: one.questionnaire_id for one in newest_questionnaires(session)}
    known, sent = surveys(session), sent_by_questionnaire(session)
    firsts, lasts = [ids[one.before_key] for one in known], [ids[one.after_key] for one in known]
    both = answered_both(session, firsts, lasts)
    return tuple(
        SurveyLine(survey, sent.get(first, (0, None))[0], sent.get(last, (0, None))[0], both.get((first, last), 0))
        for survey, first, last in zip(known, firsts, lasts, strict=True)
    )
