"""One flow that asks whatever the questionnaire engine gives next."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.refusals import SentInstead
from bot.listening import Awaited, carry_out, expect, expect_nothing, turn_to
from bot.screen import Screen, show
from bot.screens import meetings, surveys
from bot.screens import questionnaires as screens
from config.clock import Clock
from mentoring.rules.errors import OutOfDate
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Done, Picked, Raw, Screenful, ScreenKind, Skipped, Toggled
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.meetings import meeting_card
from mentoring.use_cases.questionnaires import answer_question, current_step, go_back, jump_to, start_response
from mentoring.use_cases.responses import my_responses, submit_response


def router() -> Router:
    found = Router(name="questionnaires")
    found.callback_query.middleware(SentInstead())
    found.callback_query.register(on_pick, act.PickOption.filter())
    found.callback_query.register(on_toggle, act.ToggleOption.filter())
    found.callback_query.register(on_finish, act.FinishChoice.filter())
    found.callback_query.register(on_skip, act.SkipQuestion.filter())
    found.callback_query.register(on_back, act.GoBack.filter())
    found.callback_query.register(on_page, act.TurnPage.filter())
    found.callback_query.register(on_start, act.StartQuestionnaire.filter())
    found.callback_query.register(on_open, act.OpenResponse.filter())
    found.callback_query.register(on_list, act.ListAnswers.filter())
    found.callback_query.register(on_change, act.ChangeAnswer.filter())
    found.callback_query.register(on_submit, act.SubmitResponse.filter())
    found.callback_query.register(on_pause, act.PauseResponse.filter())
    found.callback_query.register(on_my_responses, act.ShowMyResponses.filter())
    return found


async def on_start(
    query: CallbackQuery, callback_data: act.StartQuestionnaire, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    start = partial(
        start_response,
        key=callback_data.key,
        person_id=visitor.person_id,
        enrolment_id=callback_data.enrolment_id or None,
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    await show(query, screens.step(await database.write(listened, visitor, start)))


async def on_open(
    query: CallbackQuery, callback_data: act.OpenResponse, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    open_it = partial(current_step, response_id=callback_data.response_id, person_id=visitor.person_id)
    step = await database.write(listened, visitor, open_it)
    await show(query, await standing(step, database, visitor, clock))


async def on_pick(
    query: CallbackQuery, callback_data: act.PickOption, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    step = await database.write(_answered, callback_data, Picked(callback_data.option), visitor, clock())
    await show(query, await following(step, database, visitor, clock))


async def on_toggle(
    query: CallbackQuery, callback_data: act.ToggleOption, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    toggled = Toggled(callback_data.option, callback_data.chosen)
    step = await database.write(_answered, callback_data, toggled, visitor, clock())
    await show(query, screens.step(step, callback_data.page))


async def on_finish(
    query: CallbackQuery, callback_data: act.FinishChoice, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    step = await database.write(_answered, callback_data, Done(), visitor, clock())
    await show(query, await following(step, database, visitor, clock))


async def on_skip(
    query: CallbackQuery, callback_data: act.SkipQuestion, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    step = await database.write(_answered, callback_data, Skipped(), visitor, clock())
    await show(query, await following(step, database, visitor, clock))


async def on_back(
    query: CallbackQuery, callback_data: act.GoBack, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by, now = Actor.person(visitor.person_id), clock()
    back = partial(go_back, response_id=callback_data.response_id, question_key=callback_data.question, by=by, now=now)
    await show(query, screens.step(await database.write(listened, visitor, back)))


async def on_page(query: CallbackQuery, callback_data: act.TurnPage, database: BotDatabase, visitor: Visitor) -> None:
    step = await database.read(current_step, callback_data.response_id, person_id=visitor.person_id)
    await show(query, screens.page(step, callback_data.question, callback_data.page))


async def on_list(
    query: CallbackQuery, callback_data: act.ListAnswers, database: BotDatabase, visitor: Visitor
) -> None:
    step = await database.read(current_step, callback_data.response_id, person_id=visitor.person_id)
    await show(query, screens.choose_answer(step, callback_data.page))


async def on_change(
    query: CallbackQuery, callback_data: act.ChangeAnswer, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by, now = Actor.person(visitor.person_id), clock()
    change = partial(
        jump_to, response_id=callback_data.response_id, question_key=callback_data.question, by=by, now=now
    )
    await show(query, screens.step(await database.write(listened, visitor, change)))


async def on_submit(
    query: CallbackQuery, callback_data: act.SubmitResponse, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by = Actor.person(visitor.person_id)
    sent = await carry_out(database, visitor, submit_response, callback_data.response_id, by=by, now=clock())
    if sent.campaign_id is None:
        await show(query, screens.sent(again=sent.resubmitted))
    else:
        waiting = await database.read(open_surveys, visitor.person_id, now=clock())
        await show(query, surveys.sent(sent, waiting))


async def on_pause(
    query: CallbackQuery, callback_data: act.PauseResponse, database: BotDatabase, visitor: Visitor
) -> None:
    step = await turn_to(database, visitor, current_step, callback_data.response_id, person_id=visitor.person_id)
    await show(query, screens.paused(step))


async def on_my_responses(query: CallbackQuery, database: BotDatabase, visitor: Visitor) -> None:
    found = await turn_to(database, visitor, my_responses, visitor.person_id)
    await show(query, screens.listed(found, visitor.time_zone))


def listened(session: Session, visitor: Visitor, enter: Callable[[Session], Screenful]) -> Screenful:
    """A form comes on the screen: what is typed from now on answers it, unless it was sent already."""
    step = enter(session)
    if step.kind is ScreenKind.SUBMITTED:
        expect_nothing(visitor)(session)
    else:
        expect(visitor, Awaited.ANSWER, response_id=step.response_id)(session)
    return step


async def standing(step: Screenful, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    """Where a form that is come back to stands; a survey says again about whom it is and until when."""
    if step.campaign_id is None:
        return screens.step(step)
    waiting = await database.read(open_surveys, visitor.person_id, now=clock())
    survey = next((one for one in waiting if one.response_id == step.response_id), None)
    return surveys.begun(step, survey, visitor.time_zone)


async def following(step: Screenful, database: BotDatabase, visitor: Visitor, clock: Clock) -> Screen:
    """What comes after an answer: the next question, or after the last one of the shortest forms, the thanks."""
    if step.kind is not ScreenKind.SUBMITTED:
        return screens.step(step)
    if step.meeting_id is not None:
        return meetings.told(await database.read(meeting_card, step.meeting_id, visitor.person_id, now=clock()))
    return surveys.sent_at_once(step, await database.read(open_surveys, visitor.person_id, now=clock()))


Pressed = act.PickOption | act.ToggleOption | act.FinishChoice | act.SkipQuestion


def _answered(session: Session, pressed: Pressed, raw: Raw, visitor: Visitor, now: datetime) -> Screenful:
    """A question answered by a button needs no listening; one that is to be typed does, also after an old button."""
    by = Actor.person(visitor.person_id)
    step = answer_question(session, pressed.response_id, pressed.question, raw, by=by, now=now)
    if step.question and not step.question.options:
        expect(visitor, Awaited.ANSWER, response_id=step.response_id)(session)
    return finished(session, step, visitor, now)


def finished(session: Session, step: Screenful, visitor: Visitor, now: datetime) -> Screenful:
    """A feedback whose questions are all answered is sent at once: three taps are enough."""
    if step.kind is not ScreenKind.REVIEW or not screens.goes_at_once(step):
        return step
    try:
        submit_response(session, step.response_id, by=Actor.person(visitor.person_id), now=now)
    except OutOfDate:  # the campaign has closed meanwhile: the last answer is kept all the same
        return step
    expect_nothing(visitor)(session)
    return current_step(session, step.response_id, person_id=visitor.person_id)
