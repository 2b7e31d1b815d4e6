"""Delivers updates to the bot's webhook: in order for each person, again with growing pauses until a 2xx.

Facts: Bot API #setwebhook; ``WebhookActor.cpp`` 355–522 of tdlib/telegram-bot-api (first retry at once, then 2, 4,
8 … seconds up to a minute; ``Retry-After`` honoured up to an hour).
"""

import asyncio
import contextlib
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.sandbox.bot_api import METHODS, run_method
from bot.sandbox.refusals import Refusal
from bot.sandbox.telegram import Telegram
from bot.sandbox.update_queue import PendingUpdate

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_PAUSE = 60.0
MAX_RETRY_AFTER = 3600.0


class WebhookSender:
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._chats: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Gives each person with waiting updates a task of their own; runs until cancelled."""
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            try:
                while True:
                    self._start_tasks(session)
                    await self._telegram.changes.until(self._has_new_chat, timeout=5)
            finally:
                await self._stop_tasks()

    def _start_tasks(self, session: ClientSession) -> None:
        self._chats = {chat_id: task for chat_id, task in self._chats.items() if not task.done()}
        for chat_id in self._new_chats():
            self._chats[chat_id] = asyncio.create_task(self._serve(session, chat_id))

    def _new_chats(self) -> list[int]:
        webhook = self._telegram.store.setting("webhook")
        if not webhook:
            return []
        waiting = dict.fromkeys(update.chat_id for update in self._telegram.updates.pending())
        free = webhook["max_connections"] - len(self._chats)
        return [chat_id for chat_id in waiting if chat_id not in self._chats][:free]

    def _has_new_chat(self) -> bool:
        return bool(self._new_chats()) or any(task.done() for task in self._chats.values())

    async def _serve(self, session: ClientSession, chat_id: int) -> None:
        failures = 0
        while update := self._first(chat_id):
            retry_after = await self._deliver(session, update)
            failures = 0 if retry_after is None else failures + 1
            if retry_after is not None:
                await asyncio.sleep(retry_after or _pause(failures))
        self._telegram.changes.wake()

    def _first(self, chat_id: int) -> PendingUpdate | None:
        if not self._telegram.store.setting("webhook"):
            return None
        return next((u for u in self._telegram.updates.pending() if u.chat_id == chat_id), None)

    async def _deliver(self, session: ClientSession, update: PendingUpdate) -> float | None:
        """Nothing if the bot took the update, else the seconds it asked to wait (0 if it did not say)."""
        webhook = self._telegram.store.setting("webhook")
        headers = {SECRET_HEADER: webhook["secret_token"]} if webhook["secret_token"] else {}
        try:
            async with session.post(
                webhook["url"], json=update.body, headers=headers, allow_redirects=False
            ) as response:
                return await self._settle(update, response)
        except (ClientError, TimeoutError, OSError) as error:
            self._note_failure(str(error) or type(error).__name__)
            return 0.0

    async def _settle(self, update: PendingUpdate, response: ClientResponse) -> float | None:
        if 200 <= response.status < 300:
            with self._telegram.store.transaction():
                self._telegram.updates.forget(update.update_id)
            await self._run_answer(response)
            return None
        self._note_failure(f"Wrong response from the webhook: {response.status} {response.reason}")
        asked = response.headers.get("Retry-After", "")
        return min(float(asked), MAX_RETRY_AFTER) if asked.isdigit() else 0.0

    async def _run_answer(self, response: ClientResponse) -> None:
        """A method in the answer is done; its result and its failure are never known to the bot."""
        answer: Any = None
        with contextlib.suppress(ValueError, ClientError):
            answer = await response.json(content_type=None)
        if not isinstance(answer, dict) or answer.get("method") not in METHODS:
            return
        method = answer.pop("method")
        call = self._telegram.begin_call(method, answer)
        try:
            await run_method(self._telegram, method, answer, {})
            self._telegram.end_call(call, 200)
        except Refusal as refusal:
            self._telegram.end_call(call, refusal.code, refusal.description)

    def _note_failure(self, text: str) -> None:
        webhook = self._telegram.store.setting("webhook")
        if webhook:
            failure = {"last_error_date": self._telegram.clock.now(), "last_error_message": text}
            self._telegram.store.keep_setting("webhook", webhook | failure)

    async def _stop_tasks(self) -> None:
        for task in self._chats.values():
            task.cancel()
        await asyncio.gather(*self._chats.values(), return_exceptions=True)


def _pause(failures: int) -> float:
    """Seconds before the next try: none after the first failure, then 2, 4, 8 …"""
    return 0.0 if failures <= 1 else min(2.0 ** (failures - 1), MAX_PAUSE)
