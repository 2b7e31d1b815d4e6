"""Telegram's flood limits, as far as they are known.

Telegram publishes "about 30 messages a second" for all and "about one a second, short bursts allowed" for one chat
(Bot FAQ). The sandbox takes 30 in any one second, and for a chat a burst of 20 that refills at one a second.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.refusals import too_many_requests

MESSAGES_A_SECOND = 30
CHAT_BURST = 20


class FloodLimits:
    def __init__(self, *, enabled: bool = True, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._monotonic = monotonic
        self._sent: deque[float] = deque()
        self._chats: dict[int, tuple[float, float]] = {}

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Counts the messages, or refuses with 429 and the whole seconds to wait."""
        if not self.enabled:
            return
        now = self._monotonic()
        self._check_all(now, messages)
        self._check_chat(chat_id, now, messages)
        self._sent.extend([now] * messages)

    def _check_all(self, now: float, messages: int) -> None:
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if len(self._sent) + messages > MESSAGES_A_SECOND:
            raise too_many_requests(max(1, math.ceil(self._sent[0] + 1 - now)))

    def _check_chat(self, chat_id: int, now: float, messages: int) -> None:
        left, since = self._chats.get(chat_id, (float(CHAT_BURST), now))
        left = min(CHAT_BURST, left + now - since)
        if left < messages:
            raise too_many_requests(max(1, math.ceil(messages - left)))
        self._chats[chat_id] = (left - messages, now)
