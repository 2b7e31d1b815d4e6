"""What Word does to a template behind the curator's back is put right before it is read."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate
from typing import Any
from zipfile import BadZipFile, ZipFile

from mentoring.documents import packed

SPACES = "\u00a0\u2007\u2009\u202f"
QUOTES = "«»„“”"
APOSTROPHES = "‘’‚"
TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")


def mended(body: bytes) -> bytes:
    """Tags typed with Word's own quotes and hard spaces become plain; the tie to a template on the curator's computer,
    which Word would look for at each opening, is cut. The same bytes where there is nothing to mend."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, RuntimeError, OSError):
        return body
    changed = dict(_mended(parts))
    return packed({**parts, **changed}) if changed else body


def _mended(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in parts.items():
        if TEXTS.fullmatch(name) and (plain := _plain_tags(content)) != content:
            yield name, plain
    if TIES in parts and (loose := _TIE.sub(b"", parts[TIES])) != parts[TIES]:
        yield TIES, loose
        if SETTINGS in parts:
            yield SETTINGS, _TIED.sub(b"", parts[SETTINGS])


def _plain_tags(content: bytes) -> bytes:
    """A sign for a sign, so that the pieces into which Word cuts a line keep their lengths."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    try:
        tree = parse_xml(content)
    except SyntaxError:
        return content
    touched = [_plain(list(paragraph.iter(qn("w:t")))) for paragraph in tree.iter(qn("w:p"))]
    if not any(touched):
        return content
    return serialize_part_xml(tree)


def _plain(pieces: list[Any]) -> bool:
    line = "".join(piece.text or "" for piece in pieces)
    plain = _TAG.sub(lambda tag: _typed(tag[0]), line)
    if plain == line:
        return False
    ends = list(accumulate(len(piece.text or "") for piece in pieces))
    for piece, start, end in zip(pieces, [0, *ends], ends, strict=False):
        piece.text = plain[start:end]
    return True


def _typed(tag: str) -> str:
    """Inside plain quotes the other quotes are words, and stay."""
    tag = tag.translate({ord(sign): " " for sign in SPACES})
    if '"' not in tag:
        tag = tag.translate({ord(sign): '"' for sign in QUOTES})
    return tag if "'" in tag else tag.translate({ord(sign): "'" for sign in APOSTROPHES})


TIES, SETTINGS = "word/_rels/settings.xml.rels", "word/settings.xml"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TIE = re.compile(rb"""<Relationship\b(?=[^>]*/attachedTemplate["'])(?![^>]*Target=["']https?:)[^>]*?/>""")
_TIED = re.compile(rb"<w:attachedTemplate\b[^>]*/>")
