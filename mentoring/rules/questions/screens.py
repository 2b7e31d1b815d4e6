"""What a door gets to draw."""

from dataclasses import dataclass

from mentoring.rules.questionnaire import (
    OptionView,
    QuestionView,
    ResponseState,
    ReviewRow,
    Screenful,
    ScreenKind,
)
from mentoring.rules.questions.definition import Answers, Definition, Question
from mentoring.rules.questions.kinds import KINDS, in_words, takes_several
from mentoring.rules.questions.path import REVIEW, Standing, visible_questions


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose screen it is: what the engine needs of a response besides its answers."""

    response_id: int
    state: ResponseState
    enrolment_id: int | None = None
    meeting_id: int | None = None
    pair_id: int | None = None
    campaign_id: int | None = None
    anonymous: bool = False


def screenful(definition: Definition, standing: Standing, sheet: Sheet) -> Screenful:
    visible = visible_questions(definition, standing.answers)
    kind = _screen_kind(standing, sheet)
    keys = [question.key for question in visible]
    place = keys.index(standing.position) if kind is ScreenKind.QUESTION else len(keys) - 1
    asked = visible[place] if kind is ScreenKind.QUESTION else None
    return Screenful(
        response_id=sheet.response_id,
        questionnaire_key=definition.key,
        title=definition.title,
        intro=definition.intro,
        minutes=definition.minutes,
        state=sheet.state,
        kind=kind,
        question=question_view(asked, standing.answers) if asked else None,
        number=place + 1,
        total=len(visible),
        may_go_back=_may_go_back(kind, standing, place),
        reviewing=standing.reviewing and kind is ScreenKind.QUESTION,
        review=() if asked else review_rows(definition, standing.answers),
        enrolment_id=sheet.enrolment_id,
        meeting_id=sheet.meeting_id,
        pair_id=sheet.pair_id,
        campaign_id=sheet.campaign_id,
        anonymous=sheet.anonymous,
    )


def question_view(question: Question, answers: Answers) -> QuestionView:
    value, kind = answers.get(question.key), KINDS[question.kind]
    chosen = frozenset() if value is None else kind.tokens(value)
    return QuestionView(
        key=question.key,
        kind=question.kind,
        text=question.text,
        hint=question.hint,
        options=tuple(
            OptionView(option.value, option.label, option.value in chosen) for option in kind.options(question)
        ),
        several=takes_several(question),
        low=question.low,
        high=question.high,
        optional=question.optional,
        curator_only=question.curator_only,
        personal=question.personal,
        limit=question.limit,
        answered=question.key in answers,
        answer=in_words(question, value),
    )


def review_rows(definition: Definition, answers: Answers) -> tuple[ReviewRow, ...]:
    return tuple(
        ReviewRow(
            number, question.key, question.text, in_words(question, answers.get(question.key)), question.curator_only
        )
        for number, question in enumerate(visible_questions(definition, answers), 1)
    )


def _screen_kind(standing: Standing, sheet: Sheet) -> ScreenKind:
    if sheet.state is ResponseState.SUBMITTED:
        return ScreenKind.SUBMITTED
    return ScreenKind.REVIEW if standing.position == REVIEW else ScreenKind.QUESTION


def _may_go_back(kind: ScreenKind, standing: Standing, place: int) -> bool:
    if kind is ScreenKind.QUESTION:
        return place > 0 or standing.reviewing
    return kind is ScreenKind.REVIEW
