"""Files to take away: exactly what the page shows, under a Russian name with the day in it."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from tempfile import TemporaryFile
from zoneinfo import ZoneInfo

from flask import Response, send_file

from admin.desk import now, zone
from admin.texts.days import short_date
from mentoring.workbooks import Column, workbook, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(body: bytes, name: str, kind: str) -> Response:
    """``name`` without personal data: it stays in the list of downloads of a shared computer."""
    stem, _, ending = name.rpartition(".")
    return send_file(BytesIO(body), kind, as_attachment=True, download_name=f"{stem} {short_date(now())}.{ending}")


def send(body: bytes, name: str, kind: str) -> Response:
    """A file that has a name of its own."""
    return send_file(BytesIO(body), kind, as_attachment=True, download_name=name)


def download_workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Response:
    return download(workbook(title, columns, rows, zone=ZoneInfo(zone())), f"{title}.xlsx", XLSX)


def download_streamed(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Response:
    """By way of a file without a name, which is gone when it has been sent: memory stays as for a short table."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(file, title, columns, rows, zone=ZoneInfo(zone()))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=f"{title} {short_date(now())}.xlsx")


def download_text(name: str, text: str) -> Response:
    return send_file(BytesIO(text.encode()), "text/plain; charset=utf-8", as_attachment=True, download_name=name)
