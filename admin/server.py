"""The panel under waitress, until it is asked to stop."""

import signal
import threading
from typing import Any

from waitress import create_server
from waitress.server import BaseWSGIServer

from admin.app import create_app
from admin.last_pages import finish
from config.memory import give_back, part_with_large_blocks
from config.settings import Settings
from storage.database import SyncDatabase

THREADS = 4  # a school has a few curators; each thread keeps its own memory
SECONDS_TO_FINISH = 10
SECONDS_BETWEEN_CLEANINGS = 60.0  # of memory


def serve(settings: Settings) -> None:
    """Blocks until SIGTERM or SIGINT; pages in work are finished first."""
    part_with_large_blocks()
    database = SyncDatabase(settings.database_url)
    server = create_server(create_app(settings, database), **_options(settings))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker = threading.Thread(target=_work, args=(server, stop), name="panel", daemon=True)
    worker.start()
    while not stop.wait(SECONDS_BETWEEN_CLEANINGS):
        give_back()
    finish(server, worker, SECONDS_TO_FINISH)
    database.close()


def _work(server: BaseWSGIServer, stop: threading.Event) -> None:
    try:
        server.run()
    finally:
        stop.set()  # a server that broke ends the process too, so that the supervisor notices


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "host": settings.panel_host,
        "port": settings.panel_port,
        "threads": THREADS,
        "ident": None,
        "clear_untrusted_proxy_headers": True,
    }
    if settings.trusted_proxies:
        options["trusted_proxy"] = "*"
        options["trusted_proxy_count"] = settings.trusted_proxies
        options["trusted_proxy_headers"] = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return options
