"""One line an event on stderr, without tokens and without what people wrote.

Journals are kept for years and read by strangers, so an exception's own words are left out unless they can only name
code, files and addresses (or LOG_LEVEL is DEBUG): «value 'Иванов' is wrong» is personal data.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from config.settings import Settings

TOKEN = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
HIDDEN = "<token>"
HARMLESS = (OSError, ImportError, AttributeError, NameError, TypeError)
NOISY = ("aiohttp.access", "aiogram.event", "alembic", "apscheduler", "waitress.queue")
BEATS = "apscheduler.scheduler"  # warns of each second in which the last one's job still works: an evening in a crowd


def start_logging(settings: Settings, *, as_json: bool = False) -> None:
    """Replaces whatever was set up before; uncaught exceptions go the same way."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((JsonLine if as_json else TextLine)(token, wordy=settings.log_level == "DEBUG"))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))
    logging.getLogger(BEATS).setLevel(logging.ERROR)
    sys.excepthook = _log_uncaught


class TextLine(logging.Formatter):
    """``2026-11-23T09:00:00Z INFO bot.inbox what happened``."""

    def __init__(self, token: str = "", *, wordy: bool = False) -> None:
        super().__init__()
        self._token = token
        self._wordy = wordy

    def format(self, record: logging.LogRecord) -> str:
        event = self.event(record)
        return self.tokenless(f"{self.at(record)} {record.levelname} {record.name} {event}")

    def event(self, record: logging.LogRecord) -> str:
        parts = [record.getMessage()]
        if record.exc_info and record.exc_info[1]:
            parts.append(told(record.exc_info[1], wordy=self._wordy))
        return " ".join(" ".join(parts).split())

    def at(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def tokenless(self, line: str) -> str:
        if self._token:
            line = line.replace(self._token, HIDDEN)
        return TOKEN.sub(HIDDEN, line)


class JsonLine(TextLine):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.at(record),
            "level": record.levelname,
            "logger": record.name,
            "event": self.tokenless(self.event(record)),
        }
        return json.dumps(line, ensure_ascii=False)


def told(error: BaseException, *, wordy: bool = False) -> str:
    """``ValueError at rules/people.py:40 < bot/handlers/menu.py:12``: what broke and where, innermost first."""
    name = type(error).__name__
    words = f": {error}" if wordy or isinstance(error, HARMLESS) else ""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-8:])
    places = " < ".join(f"{_short(frame.filename)}:{frame.lineno}" for frame in frames)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    because = f" because of {told(cause, wordy=wordy)}" if cause else ""
    return f"{name}{words} at {places or 'an unknown place'}{because}"


def _short(filename: str) -> str:
    return "/".join(filename.split("/")[-3:])


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("product").critical("stopped by an error", exc_info=(kind, error, trace))
