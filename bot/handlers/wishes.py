"""A pause, an end, another pair: asked of the curator from the pair's own screen, in one tap or in words."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import Screen, show
from bot.screens import wishes as screens
from bot.screens.pairs import among
from config.clock import Clock
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.pair_wishes import pass_on_wish
from mentoring.use_cases.pairs import my_pairs


def router() -> Router:
    found = Router(name="wishes")
    found.callback_query.register(on_choose, act.ChooseWish.filter())
    found.callback_query.register(on_ask, act.AskWish.filter())
    found.callback_query.register(on_send, act.SendWish.filter())
    return found


async def on_choose(
    query: CallbackQuery, callback_data: act.ChooseWish, database: BotDatabase, visitor: Visitor
) -> None:
    found = await turn_to(database, visitor, my_pairs, visitor.person_id)
    await show(query, screens.choose_wish(among(found, callback_data.pair_id)))


async def on_ask(query: CallbackQuery, callback_data: act.AskWish, database: BotDatabase, visitor: Visitor) -> None:
    pair_id, wish = callback_data.pair_id, screens.Wish(callback_data.wish)
    among(await database.read(my_pairs, visitor.person_id), pair_id)
    await database.write(expect(visitor, Awaited.WISH, pair_id=pair_id, wish=wish))
    await show(query, screens.ask_wish(pair_id, wish))


async def on_send(
    query: CallbackQuery, callback_data: act.SendWish, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    wish = screens.Wish(callback_data.wish)
    await show(query, await passed_on(callback_data.pair_id, wish, "", database, visitor, clock))


async def passed_on(
    pair_id: int, wish: screens.Wish, words: str, database: BotDatabase, visitor: Visitor, clock: Clock
) -> Screen:
    pair = among(await database.read(my_pairs, visitor.person_id), pair_id)
    letter, by = screens.wish_letter(pair, wish, words), Actor.person(visitor.person_id)
    await carry_out(database, visitor, pass_on_wish, pair_id, visitor.person_id, letter, by=by, now=clock())
    return screens.wish_sent()
