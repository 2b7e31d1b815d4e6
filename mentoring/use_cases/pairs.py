"""Who goes with whom: the curator proposes, the two answer one after the other, the curator decides."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.rules.errors import ValueWrong
from mentoring.rules.forms import Form
from mentoring.rules.people import Actor
from mentoring.use_cases import accounts
from mentoring.use_cases.audit import record
from mentoring.use_cases.candidates import Candidate as Candidate
from mentoring.use_cases.candidates import possible_mentees as possible_mentees
from mentoring.use_cases.candidates import possible_mentors as possible_mentors
from mentoring.use_cases.pair_ends import end_for_enrolment as end_for_enrolment
from mentoring.use_cases.pair_ends import end_for_person as end_for_person
from mentoring.use_cases.pair_ends import end_pair as end_pair
from mentoring.use_cases.pair_ends import part_pair as part_pair
from mentoring.use_cases.pair_groups import add_mentees as add_mentees
from mentoring.use_cases.pair_groups import remove_mentee as remove_mentee
from mentoring.use_cases.pair_notices import give_notice as give_notice
from mentoring.use_cases.pair_notices import put_off_end as put_off_end
from mentoring.use_cases.pair_notices import take_back_notice as take_back_notice
from mentoring.use_cases.pair_orders import fix_pairs as fix_pairs
from mentoring.use_cases.pair_pauses import pause_pair as pause_pair
from mentoring.use_cases.pair_pauses import resume_pair as resume_pair
from mentoring.use_cases.pair_proposals import PairProposed as PairProposed
from mentoring.use_cases.pair_proposals import ProposalAnswered as ProposalAnswered
from mentoring.use_cases.pair_proposals import answer_proposal as answer_proposal
from mentoring.use_cases.pair_proposals import form_between
from mentoring.use_cases.pair_proposals import propose_group as propose_group
from mentoring.use_cases.pair_proposals import propose_pair as propose_pair
from mentoring.use_cases.pair_proposals import withdraw_proposal as withdraw_proposal
from mentoring.use_cases.pair_rows import PairChanged as PairChanged
from mentoring.use_cases.pair_rows import changed, locked_pair
from mentoring.use_cases.pair_timeline import PairTimeline as PairTimeline
from mentoring.use_cases.pair_timeline import pair_timeline as pair_timeline
from mentoring.use_cases.pair_trials import confirm_pair as confirm_pair
from mentoring.use_cases.pair_trials import start_trial as start_trial
from mentoring.use_cases.pair_trials import trial_view as trial_view
from mentoring.use_cases.pair_views import PairView as PairView
from mentoring.use_cases.pair_views import ProposalView as ProposalView
from mentoring.use_cases.pair_views import my_pairs as my_pairs
from mentoring.use_cases.pair_views import proposal_for as proposal_for


def set_pair_form(
    session: Session, pair_id: int, form: str, role_model: str, *, by: Actor, now: datetime
) -> PairChanged:
    """``form``: a word of `mentoring.rules.forms.Form`, empty for what the two are. Surveys and reports go by it."""
    accounts.require_curator(session, by)
    if form and form not in list(Form):
        raise ValueWrong("form")
    pair = locked_pair(session, pair_id)
    pair.form, pair.role_model = form or form_between(pair.present), role_model.strip()
    record(session, "pair.form_set", pair, by=by, now=now, form=pair.form)
    return changed(pair)
