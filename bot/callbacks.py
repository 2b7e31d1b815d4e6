"""One class for each thing that a button does. Packed data holds ids and words of the rules, at most 64 bytes.

A button that depends on a state carries what it saw (the question's key, the meeting's revision), so that an old
button is known to be old.
"""

from aiogram.filters.callback_data import CallbackData


class ShowMenu(CallbackData, prefix="m"):
    pass


class ShowHelp(CallbackData, prefix="h"):
    pass


class ShowPrivacy(CallbackData, prefix="pv"):
    pass


class ChooseAge(CallbackData, prefix="ag"):
    group: str


class ShowConsent(CallbackData, prefix="cs"):
    """``person_id``: whose data."""

    person_id: int
    kind: str


class ReadConsent(CallbackData, prefix="cr"):
    person_id: int
    kind: str


class DecideConsent(CallbackData, prefix="cd"):
    text_id: int
    person_id: int
    decision: str


class ShowMyConsents(CallbackData, prefix="mc"):
    pass


class AskWithdrawal(CallbackData, prefix="cw"):
    consent_id: int


class WithdrawConsent(CallbackData, prefix="cx"):
    consent_id: int


class ShowGuardianLink(CallbackData, prefix="gl"):
    pass


class ShowChild(CallbackData, prefix="ch"):
    person_id: int


class ShowMyData(CallbackData, prefix="md"):
    pass


class DownloadMyData(CallbackData, prefix="mf"):
    pass


class AskErasure(CallbackData, prefix="er"):
    pass


class OrderErasure(CallbackData, prefix="ex"):
    pass


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


class ContinueStatement(CallbackData, prefix="ss"):
    minor_id: int


class StateRelation(CallbackData, prefix="sr"):
    """Who the guardian is to the child; the words of `bot.texts.guardians.RELATIONS`."""

    minor_id: int
    relation: str


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


class ShowProposal(CallbackData, prefix="pr"):
    pair_id: int


class AcceptProposal(CallbackData, prefix="pa"):
    pair_id: int


class AskDeclineReason(CallbackData, prefix="pd"):
    pair_id: int


class DeclineProposal(CallbackData, prefix="pn"):
    pair_id: int
    reason: str


class WriteDeclineReason(CallbackData, prefix="pw"):
    pair_id: int


class ShowMyPairs(CallbackData, prefix="mp"):
    pass


class ShowPair(CallbackData, prefix="ps"):
    pair_id: int


class ChooseWish(CallbackData, prefix="wp"):
    pair_id: int


class AskWish(CallbackData, prefix="wa"):
    """``wish``: a word of `bot.screens.wishes.Wish`."""

    pair_id: int
    wish: str


class SendWish(CallbackData, prefix="ws"):
    pair_id: int
    wish: str


class ChoosePairForMeeting(CallbackData, prefix="lw"):
    pass


class PlanMeeting(CallbackData, prefix="ml"):
    pair_id: int


class PlanDay(CallbackData, prefix="ld"):
    """``day`` as yymmdd."""

    pair_id: int
    day: str


class PlanTime(CallbackData, prefix="lt"):
    """``at`` as seconds since the epoch."""

    pair_id: int
    at: int


class PlanPlace(CallbackData, prefix="lp"):
    pair_id: int
    at: int
    place: str


class ConfirmPlan(CallbackData, prefix="lc"):
    pair_id: int
    at: int
    place: str


class ShowMyMeetings(CallbackData, prefix="mm"):
    pass


class ShowMeeting(CallbackData, prefix="mt"):
    meeting_id: int


class ReplyToMeeting(CallbackData, prefix="re"):
    meeting_id: int
    revision: int
    reply: str


class ConfirmTomorrow(CallbackData, prefix="so"):
    meeting_id: int
    revision: int


class MoveMeeting(CallbackData, prefix="vm"):
    meeting_id: int


class MoveDay(CallbackData, prefix="vd"):
    meeting_id: int
    day: str


class MoveTime(CallbackData, prefix="vt"):
    meeting_id: int
    at: int


class AskCancelReason(CallbackData, prefix="cn"):
    meeting_id: int


class CancelMeeting(CallbackData, prefix="cc"):
    meeting_id: int
    reason: str


class WriteCancelReason(CallbackData, prefix="cv"):
    meeting_id: int


class AddPlace(CallbackData, prefix="ap"):
    meeting_id: int


class GetCalendarFile(CallbackData, prefix="ic"):
    meeting_id: int


class SayTookPlace(CallbackData, prefix="tp"):
    meeting_id: int
    took_place: bool


class LogMeeting(CallbackData, prefix="lg"):
    pair_id: int


class LogDay(CallbackData, prefix="gd"):
    pair_id: int
    day: str


class LogTime(CallbackData, prefix="gt"):
    pair_id: int
    at: int


class LogMinutes(CallbackData, prefix="gm"):
    pair_id: int
    at: int
    minutes: int


class LogWithoutTopic(CallbackData, prefix="gx"):
    pair_id: int
    at: int
    minutes: int


class WriteToCurator(CallbackData, prefix="wc"):
    pass


class AnswerLetter(CallbackData, prefix="al"):
    letter_id: int


class ShowDigest(CallbackData, prefix="dg"):
    pass


class ShowPlan(CallbackData, prefix="ka"):
    pair_id: int


class ShowGoals(CallbackData, prefix="kb"):
    pair_id: int


class AddGoal(CallbackData, prefix="kc"):
    pair_id: int


class TakeGoal(CallbackData, prefix="kd"):
    """``mark``: of the suggestion that was on the screen."""

    pair_id: int
    mark: str


class ShowGoal(CallbackData, prefix="ke"):
    """``number`` from 0; ``mark``: of the goal that was on the screen, so that no other is taken for it."""

    pair_id: int
    number: int
    mark: str


class ChangeGoal(CallbackData, prefix="kf"):
    pair_id: int
    number: int
    mark: str


class DropGoal(CallbackData, prefix="kg"):
    pair_id: int
    number: int
    mark: str


class AddPlanItem(CallbackData, prefix="kh"):
    pair_id: int


class WritePlanItem(CallbackData, prefix="ki"):
    pair_id: int
    section: str


class TakePlanItem(CallbackData, prefix="kj"):
    pair_id: int
    section: str
    mark: str


class ShowPlanItem(CallbackData, prefix="kk"):
    item_id: int


class ChooseDue(CallbackData, prefix="kl"):
    """``adding``: the item has just been added, so that its planned result is asked for next."""

    item_id: int
    adding: bool


class SetDue(CallbackData, prefix="km"):
    """``day`` is empty for an item without a day."""

    item_id: int
    day: str
    adding: bool


class WritePlanned(CallbackData, prefix="kn"):
    item_id: int


class ChangePlanItem(CallbackData, prefix="ko"):
    item_id: int


class DropPlanItem(CallbackData, prefix="kp"):
    item_id: int


class RestorePlanItem(CallbackData, prefix="kq"):
    item_id: int


class TellResult(CallbackData, prefix="kr"):
    item_id: int


class ResultWithoutWords(CallbackData, prefix="ks"):
    item_id: int


class MarkPlanItem(CallbackData, prefix="kt"):
    """``mark``: a word of `mentoring.rules.plans.ItemState`."""

    item_id: int
    mark: str


class SendPlan(CallbackData, prefix="ku"):
    pair_id: int


class WriteNote(CallbackData, prefix="kv"):
    """``key``: of the explanatory note's paragraph in the template."""

    pair_id: int
    key: str


class ShowNotes(CallbackData, prefix="kw"):
    pair_id: int


class ChooseTerm(CallbackData, prefix="kx"):
    pair_id: int


class SetTerm(CallbackData, prefix="ky"):
    pair_id: int
    day: str
