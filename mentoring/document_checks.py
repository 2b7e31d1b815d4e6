"""What is wrong with a template that a curator uploads: said by name and place, before it can spoil an order."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mentoring.document_files import faults_of_file
from mentoring.rules.document_field import Field
from mentoring.rules.document_fields import FIELDS
from mentoring.rules.documents import DocumentKind, Fault, FaultKind

if TYPE_CHECKING:
    from jinja2 import nodes

SHOWN = 90
"""Letters of the paragraph that is shown beside a fault."""

Tree = dict[str, Any]
"""Names by their first part; under `ROW` what one row of a list holds. An empty one is printed."""

ROW = "[]"
ANYTHING: Tree = {"*": {}}


def check_template(body: bytes, kind: DocumentKind) -> tuple[Fault, ...]:
    """Empty for a template that may be used."""
    if faults := tuple(faults_of_file(body)):
        return faults
    try:
        sources = _sources(body)
    except Exception:  # a damaged file fails anywhere in two libraries
        return (Fault(FaultKind.NOT_WORD),)
    faults = tuple(dict.fromkeys(fault for source in sources for fault in _of_the_tags(source, kind)))
    return faults or tuple(_of_a_trial(body, kind))


def fields_in(body: bytes) -> tuple[str, ...]:
    """Names that the template prints or asks, as they stand in it, rows by the name of the list."""
    found: dict[str, None] = {}
    for source in _sources(body):
        for match in _TAG.finditer(source):
            found.update(dict.fromkeys(_DOTTED.findall(re.sub(r"""(["']).*?\1""", "", match[0]))))
    return tuple(name for name in found if name.split(".")[0] not in _WORDS)


def _sources(body: bytes) -> list[str]:
    """Of the body, the headers, the footers: a line for each paragraph, tags whole."""
    from docxtpl import DocxTemplate

    paper = DocxTemplate(BytesIO(body))
    paper.render_init()
    found = [paper.get_xml()]
    for place in (paper.HEADER_URI, paper.FOOTER_URI):
        found.extend(paper.get_part_xml(part) for _, part in paper.get_headers_footers(place))
    return [re.sub(r"<w:p([ >])", r"\n<w:p\1", paper.patch_xml(one)) for one in found]


def _of_the_tags(source: str, kind: DocumentKind) -> Iterator[Fault]:
    from jinja2 import TemplateSyntaxError

    from mentoring.documents import language

    try:
        parsed = language().parse(source)
    except TemplateSyntaxError as error:
        yield Fault(FaultKind.BROKEN, error.message or "", _line(source, error.lineno))
        return
    for fault, line in _Reader(tree_of(FIELDS[kind])).read(parsed):
        yield Fault(fault.kind, fault.name, _line(source, line))


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", "", lines[number - 1]) if 0 < number <= len(lines) else ""
    return " ".join(text.split())[:SHOWN]


def _of_a_trial(body: bytes, kind: DocumentKind) -> Iterator[Fault]:
    from docx import Document
    from jinja2 import TemplateError

    from mentoring.documents import render

    try:
        Document(BytesIO(render(body, example(FIELDS[kind]))))
    except (TemplateError, TypeError, ValueError, KeyError) as error:
        yield Fault(FaultKind.FAILS, str(error)[:SHOWN])


def example(fields: tuple[Field, ...]) -> Tree:
    """Facts for a trial: two rows of everything."""
    made: Tree = {}
    for field in fields:
        *path, last = field.name.split(".")
        place = made
        for part in path:
            place = place.setdefault(part, {})
        rows = [example(field.rows), example(field.rows)]
        place[last] = rows if field.rows else 2 if last in _NUMBERS or "totals" in path else "Пример"
    return made


def tree_of(fields: tuple[Field, ...]) -> Tree:
    made: Tree = {}
    for field in fields:
        place = made
        for part in field.name.split("."):
            place = place.setdefault(part, {})
        if field.rows:
            place[ROW] = tree_of(field.rows)
    return made


class _Reader:
    """Walks a parsed template with what each name stands for at that place. Nothing is run or folded before that."""

    def __init__(self, tree: Tree) -> None:
        self._scopes: list[Mapping[str, Tree]] = [tree]
        self._found: list[tuple[Fault, int]] = []

    def read(self, parsed: "nodes.Template") -> list[tuple[Fault, int]]:
        for node in parsed.body:
            self._visit(node)
        return self._found

    def _visit(self, node: "nodes.Node") -> None:
        from jinja2 import nodes

        if isinstance(node, nodes.For):
            self._repeat(node)
        elif isinstance(node, nodes.Output):
            for one in node.nodes:
                self._print(one)
        elif isinstance(node, nodes.Assign):
            self._scopes[-1] = {**self._scopes[-1], **dict.fromkeys(_targets(node.target), self._stands_for(node.node))}
        elif isinstance(node, nodes.Expr):
            self._stands_for(node)
        elif isinstance(node, (nodes.If, nodes.CondExpr)):
            for child in node.iter_child_nodes():
                self._visit(child)
        else:
            self._say(FaultKind.FORBIDDEN, type(node).__name__.casefold(), node)

    def _repeat(self, node: "nodes.For") -> None:
        whole = self._stands_for(node.iter)
        rows = whole.get(ROW, ANYTHING if whole is ANYTHING else None)
        if rows is None:
            self._say(FaultKind.UNKNOWN, _dotted(node.iter), node)
            rows = ANYTHING
        self._scopes.append({**dict.fromkeys(_targets(node.target), rows), "loop": ANYTHING})
        for child in (*node.body, *node.else_):
            self._visit(child)
        if node.test is not None:
            self._stands_for(node.test)
        self._scopes.pop()

    def _print(self, node: "nodes.Expr") -> None:
        from jinja2 import nodes

        if isinstance(node, nodes.TemplateData):
            self._found.extend((Fault(FaultKind.STRAY), node.lineno + line) for line in _braces(node.data))
            return
        stands_for = self._stands_for(node)
        if stands_for and stands_for is not ANYTHING:
            self._say(FaultKind.WHOLE, _dotted(node), node)

    def _stands_for(self, node: "nodes.Node") -> Tree:
        """Empty for words and numbers."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return self._named(node)
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            return self._part(node)
        if isinstance(node, nodes.Filter):
            return self._filtered(node)
        if isinstance(node, (nodes.Call, nodes.Mul, nodes.Pow, nodes.Mod, nodes.List, nodes.Dict)):
            self._say(FaultKind.FORBIDDEN, _dotted(node), node)
            return ANYTHING
        for child in node.iter_child_nodes():
            self._stands_for(child)
        return {}

    def _named(self, node: "nodes.Name") -> Tree:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        self._say(FaultKind.UNKNOWN, node.name, node)
        return ANYTHING

    def _part(self, node: "nodes.Getattr | nodes.Getitem") -> Tree:
        from jinja2 import nodes

        whole = self._stands_for(node.node)
        if whole is ANYTHING:
            return ANYTHING
        name = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
        if isinstance(name, int) and ROW in whole:
            return dict[str, Any](whole[ROW])
        if name not in whole or name == ROW:
            self._say(FaultKind.UNKNOWN, _dotted(node), node)
            return ANYTHING
        return dict[str, Any](whole[name])

    def _filtered(self, node: "nodes.Filter") -> Tree:
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self._stands_for(one)
        whole = self._stands_for(node.node) if node.node is not None else {}
        if node.name in _SAME:
            return whole
        if node.name in ("first", "last"):
            return dict[str, Any](whole.get(ROW, whole))
        if node.name not in _WORDS_OF_WORDS:
            self._say(FaultKind.FORBIDDEN, node.name, node)
        return ANYTHING if whole else {}

    def _say(self, kind: FaultKind, name: str, node: "nodes.Node") -> None:
        self._found.append((Fault(kind, name), node.lineno))


def _braces(text: str) -> Iterator[int]:
    """Lines, from the first, in whose words a brace was left."""
    for number, line in enumerate(text.split("\n")):
        if re.search(r"[{}]", re.sub(r"<[^>]*>", "", line)):
            yield number


def _targets(node: "nodes.Node") -> list[str]:
    from jinja2 import nodes

    return [one.name for one in (node, *node.find_all(nodes.Name)) if isinstance(one, nodes.Name)]


def _dotted(node: "nodes.Node") -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_dotted(node.node)}.{_constant(node.arg)}"
    inner = getattr(node, "node", None)
    return _dotted(inner) if inner is not None else type(node).__name__.casefold()


def _constant(node: "nodes.Node") -> Any:
    return getattr(node, "value", "?")


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_DOTTED = re.compile(r"[a-z_]\w*(?:\.\w+)*")
_SAME = frozenset({"sort", "list", "reverse", "unique", "selectattr", "rejectattr", "select", "reject", "default", "d"})
_WORDS_OF_WORDS = frozenset(
    {"upper", "lower", "capitalize", "title", "trim", "join", "length", "count", "int", "string"}
)
"""Filters that make words of words; the others could fill the memory («center») or show what is no field («attr»)."""
_NUMBERS = frozenset({"number", "hours", "total", "meetings", "pairs"})
_WORDS = frozenset(
    ["for", "in", "if", "else", "elif", "endif", "endfor", "set", "not", "and", "or", "is", "loop", "true", "false"]
)
