"""Surveys that wait for a person are listed and begun."""

from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.questionnaires import listened, standing
from bot.handlers.refusals import SurveyInstead
from bot.listening import turn_to
from bot.screen import show
from bot.screens import surveys as screens
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.chats import Visitor


def router() -> Router:
    found = Router(name="surveys")
    found.callback_query.middleware(SurveyInstead())
    found.callback_query.register(on_list, act.ShowSurveys.filter())
    found.callback_query.register(on_start, act.StartSurvey.filter())
    return found


async def on_list(query: CallbackQuery, database: BotDatabase, visitor: Visitor, clock: Clock) -> None:
    waiting = await turn_to(database, visitor, open_surveys, visitor.person_id, now=clock())
    await show(query, screens.listed(waiting, visitor.time_zone))


async def on_start(
    query: CallbackQuery, callback_data: act.StartSurvey, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    by, now = Actor.person(visitor.person_id), clock()
    begin = partial(begin_survey, recipient_id=callback_data.recipient_id, by=by, now=now)
    step = await database.write(listened, visitor, begin)
    await show(query, await standing(step, database, visitor, clock))
