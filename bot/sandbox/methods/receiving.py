"""How the bot gets its updates: by polling or by a webhook."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.messages import Body
from bot.sandbox.refusals import bad_request
from bot.sandbox.schema import Args
from bot.sandbox.telegram import Telegram

_SECRET = re.compile(r"^[A-Za-z0-9_-]{1,256}$")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


async def get_updates(telegram: Telegram, args: Args) -> list[Body]:
    with telegram.store.transaction():
        telegram.updates.allow(args.get("allowed_updates"))
    limit = min(max(args.get("limit", 100), 1), 100)
    return await telegram.updates.poll(args.get("offset", 0), limit, max(args.get("timeout", 0), 0))


def set_webhook(telegram: Telegram, args: Args) -> bool:
    """Only https, as for Telegram; plain http is taken for this machine, as a local Bot API server does."""
    url = args.get("url", "")
    _check_url(url)
    if not _SECRET.match(args.get("secret_token", "x")):
        raise bad_request("secret token contains unallowed characters")
    if args.get("drop_pending_updates"):
        telegram.updates.forget_all()
    telegram.updates.allow(args.get("allowed_updates"))
    telegram.store.keep_setting("webhook", _webhook(args) if url else None)
    telegram.updates.end_poll()
    telegram.changes.wake()
    return True


def delete_webhook(telegram: Telegram, args: Args) -> bool:
    return set_webhook(telegram, {"drop_pending_updates": args.get("drop_pending_updates", False)})


def get_webhook_info(telegram: Telegram, _: Args) -> Body:
    webhook = telegram.store.setting("webhook") or {}
    info = {"url": "", "has_custom_certificate": False} | {
        name: value for name, value in webhook.items() if name != "secret_token"
    }
    allowed = telegram.updates.allowed()
    return info | {"pending_update_count": telegram.updates.count()} | ({"allowed_updates": allowed} if allowed else {})


def log_out(telegram: Telegram, _: Args) -> bool:
    telegram.updates.end_poll()
    return True


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if url and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _webhook(args: Args) -> Body:
    return {
        "url": args["url"],
        "secret_token": args.get("secret_token", ""),
        "max_connections": min(max(args.get("max_connections", 40), 1), 100),
    }


METHODS: dict[str, Callable[[Telegram, Args], Any]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": log_out,
}
