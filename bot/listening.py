"""What a person's next typed words mean. It is kept in their chat's row, so that a restart forgets nothing."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from bot.database import BotDatabase, together
from mentoring.use_cases.chats import Visitor, expect_words, expected_words

P = ParamSpec("P")
T = TypeVar("T")

Expecting = dict[str, Any]


class Awaited(StrEnum):
    """The ``act`` of what is expected; beside it stand the ids that the act needs."""

    ANSWER = "answer"  # to a question of response_id; ``said``: the message that was the last typed answer
    LETTER = "letter"
    LETTER_ANSWER = "letter_answer"  # letter_id
    STATEMENT = "statement"  # minor_id, field
    DECLINE_REASON = "decline_reason"  # pair_id
    WISH = "wish"  # pair_id, wish
    PLACE = "place"  # pair_id, at, place
    NEW_PLACE = "new_place"  # meeting_id
    CANCEL_REASON = "cancel_reason"  # meeting_id
    TOPIC = "topic"  # pair_id, at, minutes
    PLAN_GOAL = "plan_goal"  # pair_id
    PLAN_GOAL_CHANGE = "plan_goal_change"  # pair_id, place, mark
    PLAN_ITEM = "plan_item"  # pair_id, section
    PLAN_ITEM_WORDS = "plan_item_words"  # item_id
    PLAN_DUE = "plan_due"  # item_id, adding
    PLAN_PLANNED = "plan_planned"  # item_id, adding
    PLAN_RESULT = "plan_result"  # item_id
    PLAN_MARK = "plan_mark"  # item_id, mark
    PLAN_NOTE = "plan_note"  # pair_id, key
    PLAN_TERM = "plan_term"  # pair_id


def expect(visitor: Visitor, act: Awaited, **facts: Any) -> Callable[[Session], None]:
    """A step for `bot.database.together`."""
    return partial(expect_words, account_id=visitor.account_id, expecting={"act": act, **facts})


def expect_nothing(visitor: Visitor) -> Callable[[Session], None]:
    return partial(expect_words, account_id=visitor.account_id, expecting=None)


async def carry_out(
    database: BotDatabase,
    visitor: Visitor,
    use_case: Callable[Concatenate[Session, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do what was asked, in one transaction with listening to nothing any more."""

    def act(session: Session) -> T:
        return use_case(session, *args, **kwargs)

    return await database.write(together, act, expect_nothing(visitor))


async def turn_to(
    database: BotDatabase,
    visitor: Visitor,
    query: Callable[Concatenate[Session, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Look at something else: what was to be typed before is not awaited any more."""

    if await database.read(expected_words, visitor.account_id):
        return await carry_out(database, visitor, query, *args, **kwargs)
    return await database.read(query, *args, **kwargs)
