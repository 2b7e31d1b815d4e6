"""A bare Bot API client, so that no library smooths what goes over the wire."""

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass
class Refused(Exception):
    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Api:
    base: str
    token: str = "42:SANDBOX"

    def call(self, method: str, **arguments: Any) -> Any:
        return self.post(method, json.dumps(arguments).encode(), "application/json")

    def form(self, method: str, **arguments: str) -> Any:
        return self.post(method, urllib.parse.urlencode(arguments).encode(), "application/x-www-form-urlencoded")

    def upload(self, method: str, files: dict[str, tuple[str, bytes]], **arguments: str) -> Any:
        body, kind = multipart(arguments, files)
        return self.post(method, body, kind)

    def post(self, method: str, body: bytes, kind: str) -> Any:
        request = urllib.request.Request(f"{self.base}/bot{self.token}/{method}", body, {"Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)["result"]
        except urllib.error.HTTPError as error:
            answer = json.load(error)
            told = answer["error_code"] if not answer["ok"] and answer["error_code"] == error.code else 0
            raise Refused(told, answer["description"], answer.get("parameters", {})) from None

    def updates(self, offset: int = 0, **arguments: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("getUpdates", offset=offset, **arguments)
        return found

    def download(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.base}/file/bot{self.token}/{path}", timeout=60) as response:
            return bytes(response.read())


@contextmanager
def refused(code: int, description: str) -> Iterator[None]:
    """Holds when exactly that is answered."""
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.code, caught.value.description) == (code, description)


def multipart(arguments: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    edge = secrets.token_hex(8)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in arguments.items()
    ]
    for name, (filename, data) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
