"""``/sandbox/…``: people's acts, chats, the log, faults and the clock, for the web chat and for tests.

Never under ``/bot``: the bot cannot reach or notice it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.sandbox import acts
from bot.sandbox.acts import CannotAct
from bot.sandbox.bot_api import TELEGRAM
from bot.sandbox.chats import chat_view, clock_view, state_view
from bot.sandbox.clock import TimeRunsForward
from bot.sandbox.faults import KINDS, Fault
from bot.sandbox.files import picture_type
from bot.sandbox.links import start_payload
from bot.sandbox.people import Person
from bot.sandbox.refusals import Refusal
from bot.sandbox.telegram import Telegram
from bot.sandbox.uploads import Upload, read_request

Act = Callable[[Telegram, Person, dict[str, Any], dict[str, Upload]], object]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application) -> None:
    app.router.add_get("/sandbox/state", show_state)
    app.router.add_get("/sandbox/events", show_events)
    app.router.add_post("/sandbox/people", add_person)
    app.router.add_get("/sandbox/people/{key}/chat", show_chat)
    app.router.add_post("/sandbox/people/{key}/{act}", do_act)
    app.router.add_get("/sandbox/files/{file_id}", show_file)
    app.router.add_get("/sandbox/calls", show_calls)
    app.router.add_get("/sandbox/callbacks", show_callbacks)
    app.router.add_get("/sandbox/faults", show_faults)
    app.router.add_post("/sandbox/faults", add_fault)
    app.router.add_delete("/sandbox/faults", clear_faults)
    app.router.add_post("/sandbox/limits", set_limits)
    app.router.add_get("/sandbox/clock", show_clock)
    app.router.add_post("/sandbox/clock", move_clock)


@web.middleware
async def explain_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What a person cannot do comes back as 409 with the reason in Russian; the Bot API explains its own refusals."""
    if not request.path.startswith("/sandbox/"):
        return await handler(request)
    try:
        return await handler(request)
    except CannotAct as reason:
        return _told(409, str(reason))
    except TimeRunsForward:
        return _told(409, "Время идёт только вперёд")
    except Refusal as refusal:
        return _told(refusal.code, refusal.description)
    except (KeyError, TypeError, ValueError) as mistake:
        return _told(400, f"Не понимаю запрос: {mistake!r}")


async def show_state(request: web.Request) -> web.StreamResponse:
    return web.json_response(state_view(request.app[TELEGRAM]))


async def show_chat(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    return web.json_response(chat_view(telegram, _person(request, telegram)))


async def add_person(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    asked = await request.json()
    name = " ".join(asked.get("first_name", "").split())
    if not name:
        raise CannotAct("Впишите имя")
    with telegram.store.transaction():
        person = telegram.people.add_newcomer(name[:64], asked.get("last_name") or None, asked.get("username") or None)
    telegram.changes.tell({"kind": "people"})
    return web.json_response(person.as_json())


async def do_act(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    act = _ACTS.get(request.match_info["act"])
    if not act:
        raise web.HTTPNotFound
    arguments, uploads = await read_request(request)
    done = act(telegram, _person(request, telegram), arguments, uploads)
    return web.json_response({"done": done})


async def show_file(request: web.Request) -> web.StreamResponse:
    """Pictures are shown, everything else is only ever downloaded, so that no uploaded page runs in the chat."""
    file = request.app[TELEGRAM].files.find(request.match_info["file_id"])
    if not file:
        raise web.HTTPNotFound
    kind = "inline" if file.kind == "photo" else "attachment"
    mime = picture_type(file.data) if file.kind == "photo" else "application/octet-stream"
    headers = {"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name)}"}
    return web.Response(body=file.data, content_type=mime, headers=headers)


async def show_calls(request: web.Request) -> web.StreamResponse:
    since = int(request.query.get("since", 0))
    calls = [asdict(call) for call in request.app[TELEGRAM].activity.calls if call.number > since]
    return web.json_response(calls)


async def show_callbacks(request: web.Request) -> web.StreamResponse:
    return web.json_response([asdict(callback) for callback in request.app[TELEGRAM].callbacks.all()])


async def show_faults(request: web.Request) -> web.StreamResponse:
    return web.json_response([asdict(rule) for rule in request.app[TELEGRAM].faults.rules])


async def add_fault(request: web.Request) -> web.StreamResponse:
    fault = Fault(**await request.json())
    if fault.kind not in KINDS:
        raise ValueError(fault.kind)
    request.app[TELEGRAM].faults.add(fault)
    return await show_faults(request)


async def clear_faults(request: web.Request) -> web.StreamResponse:
    request.app[TELEGRAM].faults.clear()
    return await show_faults(request)


async def set_limits(request: web.Request) -> web.StreamResponse:
    limits = request.app[TELEGRAM].limits
    limits.enabled = bool((await request.json())["flood"])
    return web.json_response({"flood": limits.enabled})


async def show_clock(request: web.Request) -> web.StreamResponse:
    return web.json_response(clock_view(request.app[TELEGRAM]))


async def move_clock(request: web.Request) -> web.StreamResponse:
    """``{"forward": seconds}`` or ``{"to": "2026-12-01T09:00"}``, local to the organisation's zone if it names none."""
    telegram = request.app[TELEGRAM]
    asked = await request.json()
    if "to" in asked:
        telegram.clock.move_to(_moment(asked["to"], telegram.options.zone))
    else:
        telegram.clock.forward(int(asked["forward"]))
    telegram.changes.tell({"kind": "clock"})
    return await show_clock(request)


async def show_events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: what on the page has to be drawn anew."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    with request.app[TELEGRAM].changes.listening() as events:
        while True:
            try:
                event = await asyncio.wait_for(events.get(), timeout=15)
                await response.write(f"data: {json.dumps(event)}\n\n".encode())
            except TimeoutError:
                await response.write(b": still here\n\n")


def _told(status: int, reason: str) -> web.StreamResponse:
    return web.json_response({"error": reason}, status=status)


def _person(request: web.Request, telegram: Telegram) -> Person:
    person = telegram.people.by_key(request.match_info["key"])
    if not person:
        raise web.HTTPNotFound
    return person


def _moment(text: str, zone: str) -> int:
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).timestamp())


def _open(telegram: Telegram, person: Person, asked: dict[str, Any], _: dict[str, Upload]) -> object:
    if "link" not in asked:
        return acts.open_link(telegram, person, asked.get("payload", ""))
    payload = start_payload(asked["link"])
    if payload is None:
        raise CannotAct("Это не ссылка-приглашение: в ней должно быть ?start=…")
    return acts.open_link(telegram, person, payload)


def _document(telegram: Telegram, person: Person, asked: dict[str, Any], uploads: dict[str, Upload]) -> object:
    file = uploads["file"]
    return acts.send_document(telegram, person, file.name, file.mime, file.data, asked.get("caption", ""))


def _photo(telegram: Telegram, person: Person, asked: dict[str, Any], uploads: dict[str, Upload]) -> object:
    picture = uploads["file"].data if "file" in uploads else acts.CANNED_PICTURE
    return acts.send_photo(telegram, person, picture, asked.get("caption", ""))


_ACTS: dict[str, Act] = {
    "start": _open,
    "text": lambda telegram, person, asked, _: acts.say(telegram, person, asked["text"], asked.get("reply_to")),
    "contact": lambda telegram, person, asked, _: acts.share_contact(telegram, person, asked.get("phone", "")),
    "document": _document,
    "photo": _photo,
    "voice": lambda telegram, person, *_: acts.send_voice(telegram, person),
    "sticker": lambda telegram, person, *_: acts.send_sticker(telegram, person),
    "edit": lambda telegram, person, asked, _: acts.edit_message(telegram, person, asked["text"], asked.get("id")),
    "press": lambda telegram, person, asked, _: acts.press(telegram, person, int(asked["id"]), asked["data"]),
    "block": lambda telegram, person, *_: acts.block(telegram, person),
    "unblock": lambda telegram, person, *_: acts.unblock(telegram, person),
}
