"""A proposal is answered; a pair is looked at."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import callbacks as act
from bot.database import BotDatabase
from bot.handlers.refusals import ProposalInstead
from bot.listening import Awaited, carry_out, expect, turn_to
from bot.screen import show
from bot.screens import pairs as screens
from bot.screens import proposals
from config.clock import Clock
from mentoring.rules.pairs import DeclineReason
from mentoring.rules.people import Actor
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.pairs import answer_proposal, my_pairs, proposal_for


def router() -> Router:
    found = Router(name="pairs")
    found.callback_query.middleware(ProposalInstead())
    found.callback_query.register(on_proposal, act.ShowProposal.filter())
    found.callback_query.register(on_accept, act.AcceptProposal.filter())
    found.callback_query.register(on_ask_reason, act.AskDeclineReason.filter())
    found.callback_query.register(on_other_reason, act.WriteDeclineReason.filter())
    found.callback_query.register(on_decline, act.DeclineProposal.filter())
    found.callback_query.register(on_my_pairs, act.ShowMyPairs.filter())
    found.callback_query.register(on_pair, act.ShowPair.filter())
    return found


async def on_proposal(
    query: CallbackQuery, callback_data: act.ShowProposal, database: BotDatabase, visitor: Visitor
) -> None:
    seen = await turn_to(database, visitor, proposal_for, callback_data.pair_id, visitor.person_id)
    await show(query, proposals.proposal(seen, visitor.time_zone))


async def on_accept(
    query: CallbackQuery, callback_data: act.AcceptProposal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    answered = await carry_out(
        database,
        visitor,
        answer_proposal,
        callback_data.pair_id,
        visitor.person_id,
        True,
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    await show(query, proposals.accepted(answered.role))


async def on_ask_reason(
    query: CallbackQuery, callback_data: act.AskDeclineReason, database: BotDatabase, visitor: Visitor
) -> None:
    seen = await turn_to(database, visitor, proposal_for, callback_data.pair_id, visitor.person_id)
    await show(query, proposals.decline_reasons(seen))


async def on_other_reason(
    query: CallbackQuery, callback_data: act.WriteDeclineReason, database: BotDatabase, visitor: Visitor
) -> None:
    await database.write(expect(visitor, Awaited.DECLINE_REASON, pair_id=callback_data.pair_id))
    await show(query, proposals.write_decline_reason(callback_data.pair_id))


async def on_decline(
    query: CallbackQuery, callback_data: act.DeclineProposal, database: BotDatabase, visitor: Visitor, clock: Clock
) -> None:
    answered = await carry_out(
        database,
        visitor,
        answer_proposal,
        callback_data.pair_id,
        visitor.person_id,
        False,
        reason=DeclineReason(callback_data.reason),
        by=Actor.person(visitor.person_id),
        now=clock(),
    )
    await show(query, proposals.declined(answered.role))


async def on_my_pairs(query: CallbackQuery, database: BotDatabase, visitor: Visitor) -> None:
    await show(query, screens.pairs(await turn_to(database, visitor, my_pairs, visitor.person_id), visitor.time_zone))


async def on_pair(query: CallbackQuery, callback_data: act.ShowPair, database: BotDatabase, visitor: Visitor) -> None:
    found = await turn_to(database, visitor, my_pairs, visitor.person_id)
    await show(query, screens.pair(screens.among(found, callback_data.pair_id), visitor.time_zone))
