"""Questionnaires, surveys and feedback: one question after another."""

from aiogram.filters.callback_data import CallbackData


class StartQuestionnaire(CallbackData, prefix="qs"):
    """Of an enrolment or about a person whom one stands for; zero where there is none."""

    key: str
    enrolment_id: int = 0


class StartSurvey(CallbackData, prefix="sv"):
    recipient_id: int


class ShowSurveys(CallbackData, prefix="sl"):
    pass


class GiveFeedback(CallbackData, prefix="fb"):
    meeting_id: int


class OpenResponse(CallbackData, prefix="qo"):
    response_id: int


class PickOption(CallbackData, prefix="qa"):
    response_id: int
    question: str
    option: str


class ToggleOption(CallbackData, prefix="t"):
    """``chosen`` is the state asked for, so that a double tap changes nothing."""

    response_id: int
    question: str
    option: str
    chosen: bool
    page: int = 0


class FinishChoice(CallbackData, prefix="qd"):
    response_id: int
    question: str


class SkipQuestion(CallbackData, prefix="qk"):
    response_id: int
    question: str


class TurnPage(CallbackData, prefix="qp"):
    response_id: int
    question: str
    page: int


class GoBack(CallbackData, prefix="qb"):
    response_id: int
    question: str


class ListAnswers(CallbackData, prefix="ql"):
    response_id: int
    page: int = 0


class ChangeAnswer(CallbackData, prefix="qc"):
    response_id: int
    question: str


class SubmitResponse(CallbackData, prefix="qx"):
    response_id: int


class PauseResponse(CallbackData, prefix="qz"):
    response_id: int


class ShowMyResponses(CallbackData, prefix="mr"):
    pass


class ShowResponse(CallbackData, prefix="qv"):
    response_id: int
