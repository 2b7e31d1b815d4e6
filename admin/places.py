"""Where to go next, never outside the panel."""

from urllib.parse import urlsplit

from flask import request


def local_path(address: str | None) -> str | None:
    """The address if it is a path of this panel; None for anything that a browser could read as another host."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(ord(letter) < 32 for letter in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None


def came_from(otherwise: str) -> str:
    """The page on which the button was pressed."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return otherwise
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return local_path(path) or otherwise
