"""The product's own Word templates, one file a kind of paper."""

from pathlib import Path

FOLDER = Path(__file__).parent / "documents"


def own_template(kind: str) -> bytes:
    """``kind`` is a word of `mentoring.rules.documents.DocumentKind`. Raises FileNotFoundError."""
    return (FOLDER / f"{kind}.docx").read_bytes()
