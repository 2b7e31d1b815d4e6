"""What a trial lacks: two meetings, and a word of each member after them."""

from mentoring.rules.meetings import MeetingKind
from mentoring.rules.people import Role
from mentoring.rules.trials import GoOn, Lack, Lacking, Said, lacking

FIRST, TRIAL = MeetingKind.FIRST, MeetingKind.TRIAL
BOTH = frozenset({FIRST, TRIAL})


def said(person_id: int, *sent: MeetingKind, **words: GoOn) -> Said:
    role = Role.MENTOR if person_id == 1 else Role.MENTEE
    go_on = {MeetingKind(kind): word for kind, word in words.items()}
    return Said(person_id, f"участник {person_id}", role, frozenset(sent), go_on)


def lacks(held: frozenset[MeetingKind], *members: Said) -> list[tuple[Lack, int]]:
    return [(one.lack, one.person_id) for one in lacking(held, members)]


def test_before_any_meeting_both_meetings_are_lacking_and_nobody_is_asked_for_words() -> None:
    assert lacking(frozenset(), (said(1), said(2))) == (Lacking(Lack.FIRST_MEETING), Lacking(Lack.TRIAL_MEETING))


def test_after_the_first_meeting_those_are_named_who_have_not_told_of_it() -> None:
    assert lacks(frozenset({FIRST}), said(1, FIRST, first=GoOn.YES), said(2)) == [
        (Lack.TRIAL_MEETING, 0),
        (Lack.FIRST_FORM, 2),
    ]


def test_after_the_trial_meeting_only_its_form_is_asked_for() -> None:
    assert lacks(BOTH, said(1, FIRST), said(2)) == [(Lack.FORM, 1), (Lack.FORM, 2)]


def test_all_that_belongs_to_a_trial_leaves_nothing_to_wait_for() -> None:
    assert lacks(BOTH, said(1, FIRST, TRIAL, first=GoOn.UNSURE, trial=GoOn.YES), said(2, TRIAL)) == []


def test_the_newest_word_of_each_counts() -> None:
    turned = said(1, FIRST, TRIAL, first=GoOn.YES, trial=GoOn.UNSURE)
    against = said(2, FIRST, TRIAL, first=GoOn.UNSURE, trial=GoOn.NO)

    assert lacks(BOTH, turned, against) == [(Lack.DOUBT, 1), (Lack.WANTS_OTHER, 2)]


def test_a_doubt_after_the_first_meeting_stands_until_the_trial_one() -> None:
    assert lacks(BOTH, said(1, FIRST, first=GoOn.NO)) == [(Lack.FORM, 1), (Lack.WANTS_OTHER, 1)]
