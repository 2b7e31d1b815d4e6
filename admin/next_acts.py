"""What is useful to do next for a person: the buttons at the top of their page, the most useful first."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from mentoring.rules.consents import ConsentKind, Giver
from mentoring.rules.enrolment import EnrolmentStatus, Step
from mentoring.rules.pairs import OPEN, STANDING, PairState
from mentoring.use_cases.people import EnrolmentLine, PersonStory


@dataclass(frozen=True, slots=True)
class Act:
    """``post``: the button changes something at once; otherwise it leads to a page."""

    label: str
    url: str
    post: bool = False


def next_acts(story: PersonStory) -> tuple[Act, ...]:
    if story.card.erased_at:
        return ()
    found = dict.fromkeys([*_urgent(story), *_of_enrolments(story)])
    return tuple(found)


def _urgent(story: PersonStory) -> Iterator[Act]:
    person_id = story.card.person_id
    if story.erasure_request_id:
        yield Act("Удалить данные", url_for("person.erase", person_id=person_id))
    if any(not letter.from_curator and letter.answered_at is None for letter in story.letters):
        yield Act("Ответить на письмо", url_for("messages.thread", person_id=person_id))
    for pair in story.pairs:
        if pair.state is PairState.AGREED:
            yield Act("Подтвердить пару", url_for("pairs.page", pair_id=pair.pair_id))


def _of_enrolments(story: PersonStory) -> Iterator[Act]:
    for line in story.enrolments:
        yield from _of_step(story, line)
        if line.status is EnrolmentStatus.APPROVED:
            yield from _of_pairs(story, line)


def _of_step(story: PersonStory, line: EnrolmentLine) -> Iterator[Act]:
    person_id = story.card.person_id
    if line.step is Step.REVIEW and line.response_id:
        yield Act("Прочитать анкету", url_for("responses.page", response_id=line.response_id))
    if line.step is Step.GUARDIAN_CONSENT:
        yield Act("Письмо родителю", url_for("person.make_guardian_letter", person_id=person_id), post=True)
    if line.step is Step.QUESTIONNAIRE and not story.card.channel:
        yield Act("Ввести ответы с бумаги", url_for("paper.sheet", enrolment_id=line.enrolment_id))
    if line.step in (Step.OWN_CONSENT, Step.GUARDIAN_CONSENT):
        for gap in story.missing:
            yield Act(
                _accept(gap.giver), url_for("person.paper_consent", person_id=person_id, kind=ConsentKind(gap.kind))
            )
    if line.step in _AWAITED and story.card.channel:
        yield Act("Напомнить", url_for("person.remind", person_id=person_id), post=True)


def _of_pairs(story: PersonStory, line: EnrolmentLine) -> Iterator[Act]:
    open_pairs = [pair for pair in story.pairs if pair.own_role is line.role and pair.state in OPEN]
    for pair in open_pairs:
        if pair.state in STANDING:
            yield Act("Открыть пару", url_for("pairs.page", pair_id=pair.pair_id))
    if len(open_pairs) < line.capacity:
        yield Act("Подобрать пару", url_for("pairs.propose", enrolment_id=line.enrolment_id))


def _accept(giver: str) -> str:
    return "Принять бумагу от родителя" if giver == Giver.GUARDIAN else "Принять бумажное согласие"


_AWAITED = (Step.AGE, Step.OWN_CONSENT, Step.GUARDIAN_CONSENT, Step.QUESTIONNAIRE, Step.CORRECTION)
