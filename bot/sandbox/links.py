"""Addresses as Telegram reads them."""

import re
from urllib.parse import parse_qs, quote, urlsplit

_HOST = re.compile(r"^(?:[^\s/.:@]+\.)+[^\s/.:@]{1,63}$")
_PAYLOAD = re.compile(r"^[A-Za-z0-9_-]{0,64}$")


def telegram_url(address: str) -> str | None:
    """The address made whole (``school.ru`` is ``http://school.ru/``), or nothing if Telegram sees no link in it."""
    return (
        address if address.startswith(("tg://", "mailto:")) else (_web_url(address) if not url_fault(address) else None)
    )


def url_fault(address: str) -> str | None:
    """Why TDLib's ``check_link`` refuses the address; a host without a dot, such as localhost, is refused too."""
    address = address.strip()
    scheme, separator, _ = address.partition("://")
    if separator and scheme.lower() not in ("http", "https", "tg", "ton", "tonsite"):
        return "Unsupported URL protocol"
    if scheme.lower() in ("tg", "ton", "tonsite") and separator:
        return None
    try:
        host = urlsplit(_web_url(address)).hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    return None if _HOST.match(host) and not re.search(r"\s", address) else "Wrong HTTP URL"


def start_payload(link: str) -> str | None:
    """What a deep link (``…?start=payload``) carries; nothing if it is no such link."""
    values = parse_qs(urlsplit(link).query, keep_blank_values=True).get("start")
    return values[0] if values and is_payload(values[0]) else None


def is_payload(text: str) -> bool:
    """Up to 64 characters of A–Z a–z 0–9 _ - (Bot features, "Deep linking")."""
    return _PAYLOAD.match(text) is not None


def _web_url(address: str) -> str:
    address = address.strip()
    whole = address if "://" in address else f"http://{address}"
    parts = urlsplit(whole)
    return whole if parts.path or parts.query else f"{whole}/"


def safe_href(address: str) -> str:
    """The address for an HTML attribute of the page; anything but a web, mail or phone link leads nowhere."""
    allowed = address.lower().startswith(("http://", "https://", "mailto:", "tel:"))
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~-._") if allowed else "#"
