"""What the runtime needs from the chat's words: a seam, so that the runtime is tested without them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiogram import Router

from bot.database import BotDatabase
from bot.screen import Screen
from config.clock import Clock
from mentoring.rules.errors import MentoringError
from mentoring.use_cases.chats import Visitor
from mentoring.use_cases.notices import NoticeToSend


@dataclass(frozen=True, slots=True)
class Conversation:
    """``current_screen``: where a person stands now. ``broken``: what they see when we failed. Texts are HTML."""

    routers: Callable[[], Sequence[Router]]
    current_screen: Callable[[BotDatabase, Visitor | None, Clock], Awaitable[Screen]]
    explain: Callable[[MentoringError], str]
    broken: Callable[[], Screen]
    render: Callable[[NoticeToSend], Screen]
