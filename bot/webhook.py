"""The other way in: Telegram brings updates to us. 200 is said only after the update is in the inbox."""

import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.inbox import Inbox
from bot.screen import ScreenBot
from bot.updates import TAKEN

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE = 4 * 1024 * 1024


async def ask_for_webhook(bot: ScreenBot, url: str, secret: str) -> None:
    await bot.set_webhook(url, secret_token=secret, allowed_updates=list(TAKEN), max_connections=40)


async def serve_webhook(
    inbox: Inbox, *, url: str, secret: str, host: str, port: int, in_contact: Callable[[], None]
) -> web.AppRunner:
    """Starts to listen; ``cleanup()`` of the result stops. Whoever does not know the secret is turned away."""

    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=403)
        await inbox.room()
        await inbox.take_in([await request.json()])
        in_contact()
        return web.Response()

    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_post(urlsplit(url).path or "/", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
