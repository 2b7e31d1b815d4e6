"""The starting texts of consents, one file a kind: front matter, an empty line, the document."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "consents"


@dataclass(frozen=True, slots=True)
class ConsentSource:
    """``kind`` is a word of `mentoring.rules.consents.ConsentKind`. Texts hold
    {organisation}, {short_name}, {address}, {contact}, {site}."""

    kind: str
    title: str
    summary: str
    body: str


def consent_sources() -> tuple[ConsentSource, ...]:
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md")))


def _read(path: Path) -> ConsentSource:
    head, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return ConsentSource(fields["kind"], fields["title"], fields["summary"], body.strip() + "\n")
