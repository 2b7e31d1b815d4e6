"""The menu shows what this person can do now, the most urgent first, with counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot import callbacks as act
from bot.keyboards import Row, button, column, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.screens.consents import curator
from bot.texts import buttons, guardians
from bot.texts import menu as words
from bot.texts.wording import day, fill, paragraphs, until
from mentoring.rules.consents import ConsentKind
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.people import AgeGroup, PersonKind
from mentoring.use_cases.agenda import Agenda, AgendaItem, AgendaKind

NOW_SHOWN = 2


def menu(agenda: Agenda, hint: str = "") -> Screen:
    text = paragraphs(hint, _hello(agenda), *_now(agenda))
    return Screen(text, keyboard(*menu_rows(agenda)))


def menu_rows(agenda: Agenda) -> list[Row]:
    return [found for item in agenda.items for found in _rows(item)]


def survey_rows(agenda: Agenda) -> list[Row]:
    """Of one who takes no part but is asked: a curator."""
    return [_survey(item) for item in agenda.items if item.kind is AgendaKind.SURVEY]


def next_row(agenda: Agenda) -> Row:
    """The most urgent thing of all, as one button; none if nothing is awaited."""
    urgent = (found for item in agenda.items if _sentence(item, agenda.time_zone) for found in _rows(item))
    return next(urgent, [])


def age_rows() -> list[Row]:
    return column(button(buttons.AGE[group], act.ChooseAge(group=group)) for group in AgeGroup)


def help_page(agenda: Agenda | None, response_id: int = 0) -> Screen:
    """``response_id``: the form that was open, to go on with."""
    if agenda is None:
        return Screen(words.HELP)
    person = fill(words.HELP_CURATOR, curator=curator(agenda.curator_name, agenda.curator_contact))
    text = paragraphs(words.HELP, person if agenda.curator_name else "")
    again = only(response_id, buttons.CONTINUE_FORM, act.OpenResponse(response_id=response_id))
    return Screen(text, keyboard(again, menu_row()))


def with_hint(screen: Screen, hint: str) -> Screen:
    """The same screen, below a sentence that says what has happened."""
    return replace(screen, text=paragraphs(hint, screen.text))


def _hello(agenda: Agenda) -> str:
    outsider = words.HELLO_PARTNER if agenda.kind is PersonKind.PARTNER else words.HELLO_GUARDIAN
    known = words.HELLO if agenda.steps else outsider
    template = known if agenda.address else words.HELLO_NAMELESS
    return fill(template, address=agenda.address, organisation=agenda.organisation_name)


def _now(agenda: Agenda) -> list[str]:
    said = [sentence for item in agenda.items if (sentence := _sentence(item, agenda.time_zone))]
    return said[:NOW_SHOWN] or [_calm(agenda)]


def _calm(agenda: Agenda) -> str:
    """Nothing is awaited: where things stand."""
    pair = next((item for item in agenda.items if item.kind is AgendaKind.PAIR), None)
    if pair:
        return _pair_stands(pair)
    approved = any(step.status is EnrolmentStatus.APPROVED for step in agenda.steps)
    return words.PAIR_SOUGHT if approved else words.QUIET


def _pair_stands(item: AgendaItem) -> str:
    if item.data.get("paused"):
        until = item.data.get("paused_until")
        return fill(words.PAIR_PAUSED_UNTIL, day=day(date.fromisoformat(until))) if until else words.PAIR_PAUSED
    if last_day := item.data.get("ends_on"):
        return fill(words.PAIR_ENDS_ON, day=day(date.fromisoformat(last_day)))
    goes_on = words.PAIR_GOES_ON if item.count == 1 else words.PAIRS_GO_ON
    return words.TRIAL_GOES_ON if item.data.get("on_trial") else goes_on


def _sentence(item: AgendaItem, zone: str) -> str:
    if item.data.get("reconsider"):
        return ""
    if item.kind is AgendaKind.STOPPED:
        return words.STOPPED.get(item.data.get("because", ""), "")
    if item.kind is AgendaKind.QUESTIONNAIRE and item.data.get("answered"):
        return fill(words.CONTINUE_NOW, answered=item.data["answered"])
    if item.kind is AgendaKind.SURVEY:
        return _survey_sentence(item, zone)
    if item.kind is AgendaKind.PLAN:
        return words.PLAN[item.data["awaits"]]
    said = words.NOW.get(item.kind, "")
    remark = item.data.get("remark")
    return paragraphs(said, fill(words.REMARK, remark=remark)) if remark else said


def _survey_sentence(item: AgendaItem, zone: str) -> str:
    key = "several" if item.count > 1 else "begun" if item.data["begun"] else "one"
    closes = until(datetime.fromisoformat(item.data["closes_at"]), zone)
    return fill(words.SURVEY[key], title=item.data["title"], count=item.count, until=closes)


def _rows(item: AgendaItem) -> list[Row]:
    if item.kind is AgendaKind.AGE:
        return age_rows()
    found = _BUTTONS.get(item.kind)
    return [found(item)] if found else []


def _own_consent(item: AgendaItem) -> Row:
    decide = act.ShowConsent(person_id=item.data.get("person_id", 0), kind=item.data.get("consent", ""))
    return row(button(buttons.CHANGE_MY_MIND if item.data.get("reconsider") else buttons.READ_AND_DECIDE, decide))


def _child_consent(item: AgendaItem) -> Row:
    decide = act.ShowConsent(person_id=_id(item), kind=ConsentKind.GUARDIAN)
    return row(button(buttons.CHILD_CONSENT.format(count=item.count), decide))


def _statement(item: AgendaItem) -> Row:
    return row(button(buttons.INTRODUCE_YOURSELF, act.ContinueStatement(minor_id=_id(item))))


def _questionnaire(label: str) -> Callable[[AgendaItem], Row]:
    def made(item: AgendaItem) -> Row:
        begun = item.data.get("answered") and label == buttons.FILL_IN
        start = act.StartQuestionnaire(key=item.data.get("key", ""), enrolment_id=_id(item))
        return row(button(buttons.CONTINUE_FORM if begun else label, start))

    return made


def _proposal(item: AgendaItem) -> Row:
    return row(button(buttons.PROPOSAL.format(count=item.count), act.ShowProposal(pair_id=_id(item))))


def _meeting_reply(item: AgendaItem) -> Row:
    return row(button(buttons.REPLY_TO_MEETING.format(count=item.count), act.ShowMeeting(meeting_id=_id(item))))


def _feedback(item: AgendaItem) -> Row:
    return row(button(buttons.GIVE_FEEDBACK.format(count=item.count), act.GiveFeedback(meeting_id=_id(item))))


def _survey(item: AgendaItem) -> Row:
    if item.count > 1:
        return row(button(buttons.ANSWER_SURVEY.format(count=item.count), act.ShowSurveys()))
    label = buttons.CONTINUE_SURVEY if item.data["begun"] else buttons.ANSWER_SURVEY.format(count=1)
    return row(button(label, act.StartSurvey(recipient_id=_id(item))))


def _pair(item: AgendaItem) -> Row:
    one = buttons.MY_GROUP if item.data.get("group") else buttons.MY_PAIR
    label = one if item.count == 1 else buttons.MY_PAIRS.format(count=item.count)
    return row(button(label, act.ShowMyPairs()))


def _meetings(item: AgendaItem) -> Row:
    label = buttons.MEETINGS_COUNTED.format(count=item.count) if item.count else buttons.MEETINGS
    return row(button(label, act.ShowMyMeetings()))


def _child(item: AgendaItem) -> Row:
    name = item.data.get("name") or guardians.UNNAMED_CHILD
    return row(button(buttons.CHILD.format(name=name), act.ShowChild(person_id=_id(item))))


def _id(item: AgendaItem) -> int:
    return item.object_id or 0


_BUTTONS: dict[AgendaKind, Callable[[AgendaItem], Row]] = {
    AgendaKind.OWN_CONSENT: _own_consent,
    AgendaKind.CHILD_CONSENT: _child_consent,
    AgendaKind.GUARDIAN_STATEMENT: _statement,
    AgendaKind.GUARDIAN_LINK: lambda item: row(button(buttons.MESSAGE_FOR_PARENT, act.ShowGuardianLink())),
    AgendaKind.CORRECT: _questionnaire(buttons.CORRECT_FORM),
    AgendaKind.QUESTIONNAIRE: _questionnaire(buttons.FILL_IN),
    AgendaKind.MEETING_REPLY: _meeting_reply,
    AgendaKind.PROPOSAL: _proposal,
    AgendaKind.FEEDBACK: _feedback,
    AgendaKind.SURVEY: _survey,
    AgendaKind.PLAN: lambda item: row(button(buttons.OPEN_PLAN, act.ShowPlan(pair_id=_id(item)))),
    AgendaKind.PAIR: _pair,
    AgendaKind.MEETINGS: _meetings,
    AgendaKind.CHILD: _child,
    AgendaKind.MY_RESPONSES: lambda item: row(button(buttons.MY_RESPONSES, act.ShowMyResponses())),
    AgendaKind.MY_DATA: lambda item: row(button(buttons.MY_DATA, act.ShowMyData())),
    AgendaKind.WRITE_CURATOR: lambda item: row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())),
}
