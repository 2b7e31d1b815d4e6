"""What we suggest to begin a plan with: by the form, by what the mentee asked for, by the role model."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from mentoring.rules.errors import NotFound, OutOfDate
from mentoring.rules.plan_templates import suggested
from mentoring.use_cases.plan_rows import mentees_of, plan_of_pair, template_for, template_named
from mentoring.use_cases.plans import goal_mark
from storage.models.pair import Pair
from storage.models.plan import Plan
from storage.queries.matching import NOTHING_SAID, profiles


def suggestions(session: Session, pair_id: int, section: str = "") -> tuple[str, ...]:
    """At most five that are not in the plan yet; for a goal without ``section``."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise NotFound("pair")
    plan = plan_of_pair(session, pair_id)
    template = template_named(plan.template) if plan else template_for(pair.form)
    return suggested(template, section, _topics(session, pair), pair.role_model, _taken(plan))


def suggestion_marked(session: Session, pair_id: int, section: str, mark: str) -> str:
    """The one whose button was pressed. Raises OutOfDate when the suggestions are others by now."""
    for one in suggestions(session, pair_id, section):
        if goal_mark(one) == mark:
            return one
    raise OutOfDate("plan", "changed")


def _topics(session: Session, pair: Pair) -> set[str]:
    enrolments = [member.enrolment_id for member in mentees_of(pair)]
    said = profiles(session, enrolments)
    return {topic for one in enrolments for topic in said.get(one, NOTHING_SAID).topics}


def _taken(plan: Plan | None) -> Iterable[str]:
    return (*plan.goals, *(item.text for item in plan.items)) if plan else ()
