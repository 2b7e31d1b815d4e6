"""Faults by rule: the next calls of a method fail as networks and Telegram do."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["flood", "error", "drop", "cut", "slow"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(slots=True)
class Fault:
    """``drop`` does the work and cuts the connection, ``cut`` cuts before it, ``slow`` answers ``seconds`` after it.

    Slow answers leave at once when the faults are cleared.
    """

    method: str
    kind: Kind
    times: int = 1
    seconds: float = 1
    code: int = 500
    description: str = "Internal Server Error"
    chat_id: int | None = None

    def hits(self, method: str, chat_id: object) -> bool:
        same_chat = self.chat_id is None or str(self.chat_id) == str(chat_id)
        return self.times > 0 and self.method in ("*", method) and same_chat


class Faults:
    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self._cleared = asyncio.Event()

    def add(self, fault: Fault) -> None:
        self.rules.append(fault)

    def clear(self) -> None:
        self.rules.clear()
        self._cleared.set()
        self._cleared = asyncio.Event()

    async def hold_back(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._cleared.wait(), seconds)

    def take(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        """The fault that meets this call, spent by one; ``*`` means every method but getUpdates."""
        for fault in self.rules:
            if fault.hits(method, arguments.get("chat_id")) and not (fault.method == "*" and method == "getUpdates"):
                fault.times -= 1
                return fault
        return None
