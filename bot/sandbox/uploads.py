"""Reads a Bot API request: JSON, form or multipart, with the files it carries."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.refusals import Refusal, bad_request

MAX_UPLOAD = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


async def read_request(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Arguments of the address and of the body (the body wins), and the uploaded files by part name."""
    arguments: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        arguments |= _json_object(await request.text())
    elif request.content_type == "multipart/form-data":
        await _read_parts(request, arguments, uploads)
    elif request.content_type == "application/x-www-form-urlencoded":
        arguments |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return arguments, uploads


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected")
    return value


async def _read_parts(request: web.Request, arguments: dict[str, Any], uploads: dict[str, Upload]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            arguments[part.name] = await part.text()
        else:
            uploads[part.name] = await _read_file(part)


async def _read_file(part: BodyPartReader) -> Upload:
    data = bytearray()
    while chunk := await part.read_chunk(1 << 16):
        data += chunk
        if len(data) > MAX_UPLOAD:
            raise Refusal(413, "Request Entity Too Large")
    return Upload(part.filename or "file", part.headers.get("Content-Type", ""), bytes(data))
