"""Files that went through a chat, both ways."""

import base64
import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.sandbox.refusals import bad_request
from bot.sandbox.store import Row, Store, to_json

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
_PREFIX = {"document": "BQACAgI", "photo": "AgACAgI", "voice": "AwACAgI", "sticker": "CAACAgI"}
_FOLDER = {"document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """``facts``: the kind's own fields, such as width, height, duration."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    path: str
    facts: dict[str, Any]
    data: bytes

    def described(self) -> dict[str, Any]:
        """The fields that every Bot API file object has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, kind: str, name: str, mime: str, data: bytes, facts: dict[str, Any] | None = None) -> StoredFile:
        if not data:
            raise bad_request("file must be non-empty")
        number = self._store.next_number("file")
        mark = base64.urlsafe_b64encode(hashlib.sha256(f"{number}:{name}".encode()).digest()).decode().rstrip("=")
        name = PurePath(name.replace("\\", "/")).name or "file"
        path = f"{_FOLDER[kind]}/file_{number}{PurePath(name).suffix}"
        file = StoredFile(f"{_PREFIX[kind]}{mark}", f"Ag{mark[:12]}", kind, name, mime, path, facts or {}, data)
        self._store.execute(
            "insert into file values (?, ?, ?, ?, ?, ?, ?, ?)",
            file.file_id, file.unique_id, kind, name, mime, path, to_json(file.facts), data,
        )  # fmt: skip
        return file

    def find(self, file_id: str) -> StoredFile | None:
        row = self._store.row("select * from file where file_id = ?", file_id)
        return _file(row) if row else None

    def at(self, path: str) -> StoredFile | None:
        row = self._store.row("select * from file where path = ?", path)
        return _file(row) if row else None


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP (any size); nothing if it is no picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def picture_type(data: bytes) -> str:
    starts = {b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}
    return starts.get(data[:4], "image/jpeg")


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _file(row: Row) -> StoredFile:
    return StoredFile(
        file_id=row["file_id"],
        unique_id=row["unique_id"],
        kind=row["kind"],
        name=row["name"],
        mime=row["mime"],
        path=row["path"],
        facts=json.loads(row["facts"]),
        data=row["data"],
    )
