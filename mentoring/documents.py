"""Facts -> DOCX by a Word template. A template can print fields, ask «if» and repeat rows, and nothing else.

The library is imported inside: the panel must not carry it before somebody makes a paper.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

STAMP = (2020, 1, 1, 0, 0, 0)
"""Of every file inside, so that the same facts make the same bytes."""


def render(template: bytes, facts: Mapping[str, Any]) -> bytes:
    """Raises jinja2.TemplateError where the template names what ``facts`` do not hold, ValueError where the paper would
    be damaged."""
    from docx.oxml import parse_xml
    from docxtpl import DocxTemplate

    class StrictTemplate(DocxTemplate):  # type: ignore[misc]
        """The library mends a damaged paper silently, and loses words with it."""

        def fix_tables(self, xml: str) -> Any:
            try:
                parse_xml(xml)
            except SyntaxError as error:
                raise ValueError(str(error)) from error
            return _closed(super().fix_tables(xml))

        def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
            """They are left as they stand in the template."""

    paper = StrictTemplate(BytesIO(template))
    paper.render(clean(facts), language(), autoescape=True)
    made = BytesIO()
    paper.save(made)
    return _repacked(made)


def language() -> "SandboxedEnvironment":
    """Without functions, other files and attributes of Python: a template comes from a person."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, optimized=False)
    environment.globals.clear()
    return environment


def clean(value: Any) -> Any:
    """Without signs that a Word file cannot hold, or that mean a page or a paragraph to the library."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign in "\n\t" or _may_stand(sign))
    if isinstance(value, Mapping):
        return {key: clean(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [clean(one) for one in value]
    return "" if value is None else value


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of finished papers by their names."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(_entry(name), body)
    return made.getvalue()


def _closed(body: Any) -> Any:
    """Word calls a file damaged in which a cell, emptied by a condition, does not end with a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in body.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))
    return body


def _may_stand(sign: str) -> bool:
    return sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"


def _repacked(made: BytesIO) -> bytes:
    with ZipFile(made) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, STAMP)
    entry.compress_type = ZIP_DEFLATED
    return entry
