"""What is wrong with a file before its words are read: no Word file, too large, with macros, with somebody's edits."""

import re
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from mentoring.document_repair import TEXTS
from mentoring.rules.documents import Fault, FaultKind

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
LARGEST_TEXT = 10 * 1024 * 1024
"""Of what is read as text: a tree of it takes ten times as much memory."""
MOST_FILES = 400


def faults_of_file(body: bytes) -> Iterator[Fault]:
    """At most those of one kind of trouble: each makes the next checks senseless."""
    if len(body) > LARGEST:
        yield Fault(FaultKind.TOO_LARGE)
        return
    try:
        with ZipFile(BytesIO(body)) as archive:
            yield from _of_the_parts(archive)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, UnicodeDecodeError):
        yield Fault(FaultKind.NOT_WORD)


def _of_the_parts(archive: ZipFile) -> Iterator[Fault]:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "word/document.xml" not in names or _TYPES not in names:
        yield Fault(FaultKind.NOT_WORD)
    elif len(parts) > MOST_FILES or _is_large(parts):
        yield Fault(FaultKind.TOO_LARGE)
    elif any("vbaproject" in name.casefold() for name in names) or _says(
        archive, "[Content_Types].xml", "macroEnabled"
    ):
        yield Fault(FaultKind.MACROS)
    elif any(name.startswith(("word/embeddings/", "word/activeX/")) for name in names) or _reaches_out(archive):
        yield Fault(FaultKind.OUTSIDE)
    elif any(_says(archive, name, "<!DOCTYPE") for name in names if name.endswith((".xml", ".rels"))):
        yield Fault(FaultKind.NOT_WORD)
    else:
        yield from _of_the_editing(archive, names)


def _of_the_editing(archive: ZipFile, names: Collection[str]) -> Iterator[Fault]:
    """A paper must not print what was crossed out, nor what colleagues wrote on the margin."""
    read = {name: archive.read(name).decode("utf-8", "replace") for name in names if TEXTS.fullmatch(name)}
    if any(_EDITED.search(text) for text in read.values()):
        yield Fault(FaultKind.EDITED)
    if "word/comments.xml" in names and _says(archive, "word/comments.xml", "<w:comment "):
        yield Fault(FaultKind.COMMENTED)


def _is_large(parts: Iterable[ZipInfo]) -> bool:
    sizes = [(part.file_size, part.filename.endswith((".xml", ".rels"))) for part in parts]
    return sum(size for size, _ in sizes) > LARGEST_UNPACKED or sum(size for size, text in sizes if text) > LARGEST_TEXT


def _says(archive: ZipFile, name: str, words: str) -> bool:
    return words in archive.read(name).decode("utf-8", "replace")


def _reaches_out(archive: ZipFile) -> bool:
    """A picture or a template from elsewhere; a hyperlink is only text until somebody presses it."""
    for name in archive.namelist():
        if name.endswith(".rels"):
            links = re.findall(r"<Relationship\b[^>]*>", archive.read(name).decode("utf-8", "replace"))
            if any('TargetMode="External"' in one and "/hyperlink" not in one for one in links):
                return True
    return False


_TYPES = "[Content_Types].xml"
_EDITED = re.compile(r"<w:(?:ins|del|moveFrom|moveTo|\w+Change)[ />]")
