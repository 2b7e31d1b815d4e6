"""``python -m bot.sandbox``: Telegram on this machine until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import signal
from pathlib import Path

from bot.sandbox.server import start_server
from bot.sandbox.telegram import Options


def main() -> None:
    asked = _arguments().parse_args()
    options = Options(
        token=asked.token,
        state_file=asked.state_file,
        clock_file=asked.clock_file,
        cast_file=asked.cast,
        zone=asked.zone,
        flood_limits=not asked.no_flood_limits,
    )
    asyncio.run(serve(options, asked.host, asked.port))


async def serve(options: Options, host: str, port: int, *, quiet: bool = False) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    try:
        server = await start_server(options, host, port)
    except OSError as fault:
        raise SystemExit(f"Песочница не запустилась на {host}:{port}: {fault.strerror}") from None
    if not quiet:
        print(f"Чат: http://{host}:{server.port}/", flush=True)
    await stop.wait()
    await server.stop()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="only this machine by default")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="42:SANDBOX", help="the one bot token that is accepted")
    parser.add_argument("--state-file", type=Path, default=Path("var/sandbox.db"))
    parser.add_argument("--clock-file", type=Path, default=Path("var/clock"))
    parser.add_argument("--cast", type=Path, default=Path("config/demo/cast.toml"))
    parser.add_argument("--zone", default="Europe/Moscow", help="the organisation's time zone, for the page's clock")
    parser.add_argument("--no-flood-limits", action="store_true", help="never answer 429 by itself")
    return parser


if __name__ == "__main__":
    main()
