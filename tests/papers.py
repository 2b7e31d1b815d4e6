"""``python -m tests.papers [folder]``: every paper with awkward names, one row and two hundred, as LibreOffice sees it.

Writes the Word files, and next to them PDF where LibreOffice is installed, to be looked at as pages.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from config.document_templates import own_template
from mentoring.documents import render
from mentoring.rules.documents import DocumentKind
from tests.document_samples import empty_facts, sample_facts

PATIENCE = 600  # seconds for all of them


def main() -> int:
    """1 if LibreOffice did not open one of them, or complained."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="papers-"))
    folder.mkdir(parents=True, exist_ok=True)
    papers = _written(folder)
    print(f"{len(papers)} papers are written to {folder}")
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not installed here: nobody has opened them")
        return 0
    complaints = _opened(office, folder, papers)
    faults = [*complaints, *(_fault(paper) for paper in papers)]
    for fault in filter(None, faults):
        print(fault)
    return int(any(faults))


def _written(folder: Path) -> list[Path]:
    made = []
    for kind in DocumentKind:
        facts = {rows: sample_facts(kind, rows=rows) for rows in (1, 200)}
        for name, said in (("empty", empty_facts(kind)), ("one", facts[1]), ("two hundred", facts[200])):
            file = folder / f"{kind}, {name}.docx"
            file.write_bytes(render(own_template(kind), said))
            made.append(file)
    return made


def _opened(office: str, folder: Path, papers: list[Path]) -> list[str]:
    with tempfile.TemporaryDirectory() as profile:
        asked = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        done = subprocess.run(
            [*asked, "--outdir", str(folder), *map(str, papers)], capture_output=True, text=True, timeout=PATIENCE
        )
    return [line for line in done.stderr.splitlines() if re.search("error|could not|damaged", line, re.IGNORECASE)]


def _fault(paper: Path) -> str:
    """Says how many pages a good one has."""
    seen = paper.with_suffix(".pdf")
    if not seen.exists():
        return f"{paper.name}: LibreOffice did not open it"
    pages = len(re.findall(rb"/Type\s*/Page[^s]", seen.read_bytes()))
    print(f"{paper.stem}: {pages or '?'} pages")
    return ""


if __name__ == "__main__":
    raise SystemExit(main())
