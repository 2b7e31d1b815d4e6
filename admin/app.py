"""The panel, put together: Flask, Flask-Admin with our own look, the desk and the doors."""

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import Flask, url_for
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_babel import Babel

from admin import auth, health, security
from admin.chips import asked_words
from admin.desk import Desk, stop_reading
from admin.menu import MENU
from admin.texts import days, labels, lists
from admin.texts.phones import phone
from config.clock import Clock, clock_for, system_clock
from config.settings import Settings
from storage.database import SyncDatabase

LARGEST_REQUEST = 1024 * 1024


def create_app(
    settings: Settings,
    database: SyncDatabase | None = None,
    clock: Clock | None = None,
    session_clock: Clock = system_clock,
) -> Flask:
    app = Flask("admin", static_url_path="/static")
    https = (settings.public_url or "").startswith("https://")
    app.config.from_mapping(_config(settings, https=https))
    app.extensions["desk"] = Desk(
        database or SyncDatabase(settings.database_url),
        clock or clock_for(settings.clock_file),
        settings.time_zone,
        session_clock,
    )
    Babel(app, default_locale="ru", default_timezone=settings.time_zone)
    auth.guard(app)
    security.protect(app, https=https)
    health.expose(app)
    _teach_templates(app)
    _hang_views(app)
    app.teardown_appcontext(stop_reading)
    return app


def _config(settings: Settings, *, https: bool) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SESSION_COOKIE_NAME": "__Host-nastavnik" if https else "nastavnik",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as the session: a long letter is never refused for its age
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        "RATELIMIT_HEADERS_ENABLED": False,
    }


def _teach_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=_asset, plural=days.plural, labels=labels, lists=lists, asked_words=asked_words)
    app.jinja_env.tests["whole"] = days.is_whole
    for said in (
        days.ago,
        days.day,
        days.day_and_time,
        days.clock_time,
        days.short_date,
        days.machine,
        labels.word,
        phone,
    ):
        app.jinja_env.filters[said.__name__] = said


def _hang_views(app: Flask) -> None:
    today, *others = (view() for view in MENU)
    admin = Admin(
        app,
        name="Наставник",
        url="/",
        index_view=today,
        static_url_path="/flask-admin-static",  # given so that Flask-Admin's own assets are not served: we use none
        theme=Bootstrap4Theme(base_template="admin/base.html"),
    )
    admin.add_views(*others)


def _asset(name: str) -> str:
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((Path(__file__).parent / "static" / name).read_bytes()).hexdigest()[:10]
