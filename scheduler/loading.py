"""What the bot's process loads before it may begin, while the database is still being prepared."""

import gc
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bot.lean_aiogram import import_aiogram
from config.settings import Settings


def load_bot() -> Callable[[Settings], Coroutine[Any, Any, int]]:
    """Gives `scheduler.app.run` with the product's own words; nobody's first press waits for an import after it."""
    gc.disable()  # half a second of the imports goes into looking for garbage among what stays for good
    import_aiogram()
    from bot.sender import build_ahead
    from scheduler.app import run
    from scheduler.runtime import our_conversation

    build_ahead()
    conversation = our_conversation()
    gc.freeze()
    gc.enable()
    return partial(run, conversation=conversation)
