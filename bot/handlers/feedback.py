"""After a meeting: did it take place, and how was it."""

from datetime import datetime
from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.questionnaires import listened
from bot.screen import show
from bot.screens import meetings as meeting_screens
from bot.screens import questionnaires as screens
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.rules.questionnaire import Screenful
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.meetings import meeting_card, say_it_took_place
from mentoring.use_cases.questionnaires import start_response


def router() -> Router:
    found = Router(name="feedback")
    found.callback_query.register(on_outcome, act.SayTookPlace.filter())
    found.callback_query.register(on_feedback, act.GiveFeedback.filter())
    return found


async def on_outcome(
    query: CallbackQuery, callback_data: act.SayTookPlace, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    step = await database.write(_said, callback_data.meeting_id, callback_data.took_place, visitor, clock())
    if step is None:
        card = await database.read(meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
        await show(query, meeting_screens.outcome(card))
    else:
        asked = screens.step(step)
        await show(query, asked if callback_data.took_place else meeting_screens.why_asked(asked))


async def on_feedback(
    query: CallbackQuery, callback_data: act.GiveFeedback, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    card = await database.read(meeting_card, callback_data.meeting_id, visitor.person_id, now=clock())
    if card.feedback_key and not card.may_say_outcome:
        begin = _begun(card.feedback_key, card.meeting_id, visitor, clock())
        await show(query, screens.step(await database.write(listened, visitor, begin)))
    else:
        await show(query, meeting_screens.before_feedback(card, visitor.time_zone))


def _said(session: Session, meeting_id: int, took_place: bool, visitor: Visitor, now: datetime) -> Screenful | None:
    """The feedback begins at once, or why there was no meeting, if there is anything to ask."""
    by = Actor.person(visitor.person_id)
    said = say_it_took_place(session, meeting_id, visitor.person_id, took_place, by=by, now=now)
    if said.feedback_key is None:
        return None
    return listened(session, visitor, _begun(said.feedback_key, meeting_id, visitor, now))


def _begun(key: str, meeting_id: int, visitor: Visitor, now: datetime) -> partial[Screenful]:
    by = Actor.person(visitor.person_id)
    return partial(start_response, key=key, person_id=visitor.person_id, meeting_id=meeting_id, by=by, now=now)
