"""What the bot's process loads before it may begin, while the database is still being prepared."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bot.lean_aiogram import import_aiogram
from config.settings import Settings


def load_bot() -> Callable[[Settings], Coroutine[Any, Any, int]]:
    """Gives `scheduler.app.run` with the product's own words; nobody's first press waits for an import after it."""
    import_aiogram()
    from bot.sender import build_ahead
    from scheduler.app import run
    from scheduler.runtime import our_conversation

    build_ahead()
    return partial(run, conversation=our_conversation())
