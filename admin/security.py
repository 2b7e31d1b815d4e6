"""Headers on every answer, a token in every form, and kind pages for what goes wrong."""

import logging
from traceback import format_tb
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from admin.places import came_from
from admin.texts import words
from admin.texts.errors import sentence
from mentoring.document_files import LARGEST
from mentoring.rules.errors import MentoringError, NotFound

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FILES = {"document_templates.kind": LARGEST + 64 * 1024}
"""Pages that take a file: how large the whole request may be."""
NEVER_SHOWN_AGAIN = frozenset({"csrf_token", "password", "current", "new", "again"})

log = logging.getLogger(__name__)


def protect(app: Flask, *, https: bool) -> None:
    app.before_request(_let_files_in)
    CSRFProtect(app)
    app.after_request(_https_headers if https else _headers)
    app.register_error_handler(CSRFError, _token_missing)
    app.register_error_handler(MentoringError, _refused)
    app.register_error_handler(HTTPException, _wrong)
    app.log_exception = _note  # type: ignore[method-assign]


def typed_words() -> list[str]:
    """What the person typed into the form that could not be taken, so that it can be copied from the page."""
    if _cross_site():
        return []
    fields = ((name, value.strip()) for name, value in request.form.items(multi=True))
    return [value for name, value in fields if value and name not in NEVER_SHOWN_AGAIN and not value.isdecimal()]


def _let_files_in() -> None:
    """Before the form is read for its token; whoever is not signed in has been turned away already."""
    if request.endpoint in FILES:
        request.max_content_length = FILES[request.endpoint]


def _headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _https_headers(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return _headers(response)


def _token_missing(_: CSRFError) -> ResponseReturnValue:
    return render_template("stale.html", typed=typed_words(), fields=_fields()), 400


def _refused(error: MentoringError) -> ResponseReturnValue:
    """A use-case said no: back to the page with a sentence; a record that is not there is a page of its own."""
    if isinstance(error, NotFound):
        return _page(404), 404
    if request.method == "GET":
        return render_template("wrong.html", title=words.REFUSED, advice=sentence(error)), 409
    flash(sentence(error), "bad")
    return redirect(came_from(url_for("today.index")), 303)


def _wrong(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if 300 <= code < 400:
        return error
    return _page(code), code


def _note(exc_info: Any) -> None:
    """Where it broke, without the words of the exception: a database quotes there what it was about to write."""
    kind, _, place = exc_info
    log.error("a page failed: %s at %s\n%s", kind.__name__, request.endpoint, "".join(format_tb(place)))


def _page(code: int) -> str:
    title, advice = words.WRONG.get(code, words.WRONG[500])
    return render_template("wrong.html", title=title, advice=advice)


def _fields() -> list[tuple[str, str]]:
    """The form as it was sent, to be sent again with a fresh token; never for a form that came from another site."""
    if _cross_site():
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_SHOWN_AGAIN]


def _cross_site() -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return True
    return urlsplit(request.referrer or "").netloc != request.host
