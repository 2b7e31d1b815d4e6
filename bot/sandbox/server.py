"""The sandbox as one HTTP server: the Bot API for the bot, the web chat and its control for people and tests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.sandbox import bot_api, control
from bot.sandbox.bot_api import TELEGRAM
from bot.sandbox.telegram import Options, Telegram
from bot.sandbox.webhooks import WebhookSender

_STATIC = Path(__file__).with_name("static")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class RunningServer:
    telegram: Telegram
    runner: web.AppRunner
    port: int

    async def stop(self) -> None:
        await self.runner.cleanup()


def create_server(options: Options) -> web.Application:
    app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[control.explain_refusals])
    app[TELEGRAM] = Telegram(options)
    bot_api.add_routes(app)
    control.add_routes(app)
    app.router.add_get("/", _page)
    app.router.add_static("/static/", _STATIC)
    app.on_response_prepare.append(_set_headers)
    app.cleanup_ctx.append(_send_webhooks)
    return app


async def start_server(options: Options, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Starts in the running loop; port 0 takes a free one. A poller that hangs up stops waiting at once."""
    app = create_server(options)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, host, port, reuse_address=True).start()
    return RunningServer(app[TELEGRAM], runner, int(runner.addresses[0][1]))


async def _page(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(_STATIC / "index.html")


async def _set_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


async def _send_webhooks(app: web.Application) -> AsyncIterator[None]:
    telegram = app[TELEGRAM]
    sender = asyncio.create_task(WebhookSender(telegram).run())
    yield
    sender.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sender
    telegram.close()
