"""``/bot<token>/<method>`` and ``/file/bot<token>/<path>``: what the bot sees of Telegram."""

import asyncio
import hmac
import inspect
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.methods import asking, editing, profile, receiving, sending
from bot.sandbox.refusals import Refusal, not_found, too_many_requests, unauthorized
from bot.sandbox.schema import Args, check_arguments, method_name
from bot.sandbox.telegram import Call, Telegram
from bot.sandbox.uploads import Upload, read_request

TELEGRAM = web.AppKey("telegram", Telegram)
METHODS = sending.METHODS | editing.METHODS | asking.METHODS | profile.METHODS | receiving.METHODS


def add_routes(app: web.Application) -> None:
    app.router.add_route("*", "/bot{token}/{method}", answer_method)
    app.router.add_get("/file/bot{token}/{path:.+}", answer_file)


async def answer_method(request: web.Request) -> web.StreamResponse:
    try:
        return await _answer(request)
    except Refusal as refusal:
        return web.json_response(refusal.as_json(), status=refusal.code)


async def answer_file(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    file = telegram.files.at(request.match_info["path"])
    if not _knows(telegram, request.match_info["token"]) or not file:
        refusal = not_found() if _knows(telegram, request.match_info["token"]) else unauthorized()
        return web.json_response(refusal.as_json(), status=refusal.code)
    return web.Response(body=file.data, content_type="application/octet-stream")


async def run_method(telegram: Telegram, method: str, arguments: Args, uploads: dict[str, Upload]) -> Any:
    """Does what the method does, in one transaction; getUpdates waits, so it keeps its own."""
    args = check_arguments(method, arguments, uploads)
    if inspect.iscoroutinefunction(handler := METHODS[method]):
        return await handler(telegram, args)
    with telegram.store.transaction():
        return handler(telegram, args)


async def _answer(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    if not _knows(telegram, request.match_info["token"]):
        raise unauthorized()
    if request.method not in ("GET", "POST"):
        raise Refusal(405, "Method Not Allowed")
    method = method_name(request.match_info["method"])
    arguments, uploads = await read_request(request)
    call = telegram.begin_call(method, arguments | {name: upload.name for name, upload in uploads.items()})
    return await _logged(request, telegram, call, arguments, uploads)


async def _logged(
    request: web.Request, telegram: Telegram, call: Call, arguments: Args, uploads: dict[str, Upload]
) -> web.StreamResponse:
    code, description = 0, "connection closed"
    try:
        fault = telegram.faults.take(call.method, arguments)
        _fail_before(request, fault)
        result = await run_method(telegram, call.method, arguments, uploads)
        code, description = 200, ""
        await _fail_after(request, fault)
        return web.json_response({"ok": True, "result": result})
    except Refusal as refusal:
        code, description = refusal.code, refusal.description
        raise
    finally:
        telegram.end_call(call, code, description)


def _fail_before(request: web.Request, fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.kind == "flood":
        raise too_many_requests(int(fault.seconds))
    if fault.kind == "error":
        raise Refusal(fault.code, fault.description)
    if fault.kind == "cut":
        _cut(request)


async def _fail_after(request: web.Request, fault: Fault | None) -> None:
    if fault and fault.kind == "slow":
        await request.app[TELEGRAM].faults.hold_back(fault.seconds)
    if fault and fault.kind == "drop":
        _cut(request)


def _cut(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()
    raise asyncio.CancelledError


def _knows(telegram: Telegram, token: str) -> bool:
    return hmac.compare_digest(token.encode(), telegram.options.token.encode())
