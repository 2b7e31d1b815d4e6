"""``python -m tests.bench.stub``: the least that can be called Telegram, and people who press the first button at once.

It answers every request from memory and measures, for each press, how long it took until the screen changed. In a
process of its own, so that what it costs is not counted as the bot's.
"""

import asyncio
import json
import random
import time
from collections import deque
from typing import Any

from aiohttp import web

ME = {"id": 42, "is_bot": True, "first_name": "Наставник", "username": "bench_bot"}
WAYS = ("qk:", "qb:", "qz:")  # buttons that skip, go back or put aside: where they come first, an answer is typed
LONGEST_POLL = 0.5  # seconds; short, so that a bot stops soon


class Player:
    """One person: presses a button, waits for the new screen, presses its first button, or types where none answers.

    ``pause``: seconds between a screen and the next press, on the average.
    """

    def __init__(self, chat_id: int, presses: int, pause: float) -> None:
        self.chat_id, self.left, self.pause = chat_id, presses, pause
        self.pressed_at, self.typed = 0.0, False


class Stub:
    def __init__(self) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.arrived = asyncio.Event()
        self.players: dict[int, Player] = {}
        self.latencies: list[float] = []
        self.typed: list[float] = []
        self.sent: list[float] = []
        self.finished = asyncio.Event()
        self.number = 0

    def press_later(self, player: Player, data: str) -> None:
        wait = random.uniform(0.5, 1.5) * player.pause
        asyncio.get_running_loop().call_later(wait, self.press, player, data)

    def press(self, player: Player, data: str) -> None:
        self.number += 1
        player.left -= 1
        player.pressed_at = time.perf_counter()
        player.typed = data.startswith(WAYS)
        self.updates.append((words if player.typed else tap)(self.number, player.chat_id, data))
        self.arrived.set()

    def screen_changed(self, chat_id: int, markup: dict[str, Any]) -> None:
        player = self.players.get(chat_id)
        if player is None or not player.pressed_at:
            return
        (self.typed if player.typed else self.latencies).append(time.perf_counter() - player.pressed_at)
        player.pressed_at = 0.0
        if player.left > 0:
            self.press_later(player, markup["inline_keyboard"][0][0]["callback_data"])
        elif all(each.left == 0 and not each.pressed_at for each in self.players.values()):
            self.finished.set()


STUB: web.AppKey[Stub] = web.AppKey("stub", Stub)


async def answer(request: web.Request) -> web.Response:
    stub, method = request.app[STUB], request.match_info["method"]
    asked = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if method == "getUpdates":
        return result(await poll(stub, int(asked.get("offset") or 0)))
    if method == "getMe":
        return result(ME)
    if method not in ("sendMessage", "editMessageText"):
        return result(True)
    if method == "sendMessage":
        stub.sent.append(time.perf_counter())
    chat_id = int(asked["chat_id"])
    stub.screen_changed(chat_id, json.loads(asked.get("reply_markup") or "{}"))
    stub.number += 1
    return result(message(int(asked.get("message_id") or stub.number), chat_id))


async def poll(stub: Stub, offset: int) -> list[dict[str, Any]]:
    while stub.updates and stub.updates[0]["update_id"] < offset:
        stub.updates.popleft()
    if not stub.updates:
        stub.arrived.clear()
        try:
            await asyncio.wait_for(stub.arrived.wait(), LONGEST_POLL)
        except TimeoutError:
            return []
    return list(stub.updates)[:100]


async def play(request: web.Request) -> web.Response:
    """``first``: chat → the data of its first press. Answers when everybody has pressed ``presses`` times."""
    stub, asked = request.app[STUB], await request.json()
    presses, pause = asked["presses"], asked["pause"]
    stub.players = {int(chat): Player(int(chat), presses, pause) for chat in asked["first"]}
    stub.latencies, stub.typed, stub.finished = [], [], asyncio.Event()
    began = time.perf_counter()
    for chat, data in asked["first"].items():
        stub.press_later(stub.players[int(chat)], data)
    await stub.finished.wait()
    seconds = time.perf_counter() - began
    return web.json_response({"seconds": seconds, "latencies": stub.latencies, "typed": stub.typed})


async def take_sent(request: web.Request) -> web.Response:
    """The moments of all messages sent since the last question."""
    stub = request.app[STUB]
    sent, stub.sent = stub.sent, []
    return web.json_response(sent)


def result(value: Any) -> web.Response:
    return web.json_response({"ok": True, "result": value})


def tap(number: int, chat_id: int, data: str) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Ученик"}
    query = {"id": str(number), "from": person, "chat_instance": "1", "data": data, "message": message(1, chat_id)}
    return {"update_id": number, "callback_query": query}


def words(number: int, chat_id: int, _: str) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Ученик"}
    said = message(number, chat_id) | {"from": person, "text": "Стало легче спрашивать"}
    return {"update_id": number, "message": said}


def message(message_id: int, chat_id: int) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "Ученик"}
    return {"message_id": message_id, "date": int(time.time()), "chat": chat, "from": ME, "text": "…"}


async def main() -> None:
    app = web.Application()
    app[STUB] = Stub()
    app.router.add_post("/play", play)
    app.router.add_post("/sent", take_sent)
    app.router.add_route("*", "/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
