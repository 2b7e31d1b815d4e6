"""A template is refused by the name of what is wrong, and a good one prints awkward words as they are."""

import random
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document as opened
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from config.document_templates import own_template
from mentoring.document_checks import check_template, example, fields_in
from mentoring.document_files import LARGEST
from mentoring.document_preview import blocks_of
from mentoring.document_repair import mended
from mentoring.documents import clean, render
from mentoring.rules.document_fields import FIELDS
from mentoring.rules.document_numbers import clean_number, next_free
from mentoring.rules.documents import DocumentKind, Fault, FaultKind

KIND = DocumentKind.ORDER_CURATOR
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def paper(*words: str) -> bytes:
    made: Document = opened()
    for one in words:
        made.add_paragraph(one)
    return saved(made)


def saved(made: Document) -> bytes:
    body = BytesIO()
    made.save(body)
    return body.getvalue()


def with_part(body: bytes, name: str, content: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(made, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return made.getvalue()


def part_of(body: bytes, name: str) -> str:
    with ZipFile(BytesIO(body)) as archive:
        return archive.read(name).decode()


def typed_in_word(body: bytes, before: str, after: str = "", *runs: str) -> bytes:
    """A paragraph as Word writes it: the line in pieces, with its own marks between them."""
    said = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{one}</w:t></w:r>" for one in runs or ("слово",))
    xml = part_of(body, "word/document.xml").replace("<w:sectPr", f"<w:p>{before}{said}{after}</w:p><w:sectPr", 1)
    return with_part(body, "word/document.xml", xml.encode())


def texts(body: bytes) -> list[str]:
    return [one.text for one in opened(BytesIO(body)).paragraphs]


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_our_own_templates_are_accepted(kind: DocumentKind) -> None:
    assert check_template(own_template(kind), kind) == ()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Директор {{ head.poste }}", Fault(FaultKind.UNKNOWN, "head.poste", "Директор {{ head.poste }}")),
        ("{{ salary }}", Fault(FaultKind.UNKNOWN, "salary", "{{ salary }}")),
        ("{% for one in team %}{{ one.person.age }}{% endfor %}", FaultKind.UNKNOWN),
        ("{% for one in nobody %}x{% endfor %}", FaultKind.UNKNOWN),
        ("{% if head.married %}x{% endif %}", FaultKind.UNKNOWN),
        ("Подпись: {{ head }}", Fault(FaultKind.WHOLE, "head", "Подпись: {{ head }}")),
        ("{{ team }}", FaultKind.WHOLE),
        ("{{ head.sign", FaultKind.BROKEN),
        ("{% if aim %}без конца", FaultKind.BROKEN),
        ("{{ head.sign|шрифт }}", FaultKind.FORBIDDEN),
        ("{{ range(9) }}", FaultKind.FORBIDDEN),
        ("{{ head.sign.upper() }}", FaultKind.FORBIDDEN),
        ("{{ ''.__class__ }}", FaultKind.UNKNOWN),
        ("{{ 'а' * 999999999 }}", FaultKind.FORBIDDEN),
        ("{{ 'а'|center(999999999) }}", FaultKind.FORBIDDEN),
        ("{{ '%999999999d' % 1 }}", FaultKind.FORBIDDEN),
        ("{% include 'x' %}", FaultKind.FORBIDDEN),
        ("Директор { { head.sign } }", Fault(FaultKind.STRAY, "", "Директор { { head.sign } }")),
        ("Директор { head.sign }", FaultKind.STRAY),
        ("{{ hеad.sign }}", Fault(FaultKind.UNKNOWN, "hеad", "{{ hеad.sign }}")),
    ],
)
def test_what_is_wrong_is_named(words: str, fault: Fault | FaultKind) -> None:
    found = check_template(paper("ПРИКАЗ", words), KIND)
    assert found
    assert (found[0] if isinstance(fault, Fault) else found[0].kind) == fault


def test_a_field_in_a_header_is_checked_too() -> None:
    made = opened()
    made.sections[0].header.paragraphs[0].text = "{{ organisation.nam }}"
    assert [one.name for one in check_template(saved(made), KIND)] == ["organisation.nam"]


@pytest.mark.parametrize(
    ("spoilt", "kind"),
    [
        (lambda body: b"not a file", FaultKind.NOT_WORD),
        (lambda body: body[:2000], FaultKind.NOT_WORD),
        (lambda body: body + b"0" * LARGEST, FaultKind.TOO_LARGE),
        (lambda body: with_part(body, "word/vbaProject.bin", b"macro"), FaultKind.MACROS),
        (lambda body: with_part(body, "word/embeddings/ole.bin", b"x"), FaultKind.OUTSIDE),
        (
            lambda body: with_part(
                body,
                "word/_rels/settings.xml.rels",
                b'<Relationships><Relationship Id="1" Type="x/attachedTemplate" Target="http://x/" '
                b'TargetMode="External"/></Relationships>',
            ),
            FaultKind.OUTSIDE,
        ),
        (lambda body: with_part(body, "word/bomb.xml", b"<!DOCTYPE a [<!ENTITY b 'b'>]><a/>"), FaultKind.NOT_WORD),
        (lambda body: with_part(body, "word/large.xml", b" " * 41_000_000), FaultKind.TOO_LARGE),
        (lambda body: with_part(body, "word/text.xml", b" " * 11_000_000), FaultKind.TOO_LARGE),
        (lambda body: with_part(body, "word/comments.xml", b"<c><w:comment w:id='1'/></c>"), FaultKind.COMMENTED),
        (lambda body: typed_in_word(body, "<w:ins w:id='1'>", "</w:ins>"), FaultKind.EDITED),
        (lambda body: typed_in_word(body, "<w:moveTo w:id='1'>", "</w:moveTo>"), FaultKind.EDITED),
    ],
)  # fmt: skip
def test_a_file_that_is_more_than_a_template_is_refused(spoilt: Callable[[bytes], bytes], kind: FaultKind) -> None:
    assert [one.kind for one in check_template(spoilt(paper("ПРИКАЗ")), KIND)] == [kind]


def test_awkward_words_are_printed_as_they_are() -> None:
    template = paper("{{ basis }}", "{% for one in duties %}{{ one.text }}; {% endfor %}")
    words = "«Ёж» & <b>сын</b> {{ head.sign }} {% if %} \"'“”"
    made = render(template, {"basis": words, "duties": [{"text": "раз\x07\x0cдва\x00"}]})
    assert texts(made) == [words, "раздва; "]


def test_a_field_that_is_not_there_stops_the_paper() -> None:
    with pytest.raises(UndefinedError):
        render(paper("{{ basis }}"), {})


def test_the_same_facts_make_the_same_bytes() -> None:
    facts = example(FIELDS[KIND])
    assert render(own_template(KIND), facts) == render(own_template(KIND), facts)


def test_the_names_that_a_template_uses_are_kept_with_it() -> None:
    template = paper("{{ head.sign }} {% if aim %}{{ aim }}{% endif %}{% for one in team %}{{ one.part }}{% endfor %}")
    assert {"head.sign", "aim", "team", "one.part"} <= set(fields_in(template))


def test_a_preview_counts_the_points_of_an_order() -> None:
    blocks = blocks_of(render(own_template(KIND), example(FIELDS[KIND])))
    said = [one.text for one in blocks]
    assert any(one.startswith("1. ") for one in said)
    assert any(one.startswith("2. ") for one in said)
    assert any(block.rows and block.lined for block in blocks)


@given(st.text())
def test_whatever_is_typed_can_stand_in_a_word_file(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    assert not any(sign < " " and sign not in "\n\t" for sign in kept)


@pytest.mark.parametrize(
    ("used", "free"),
    [((), "1"), (("46", "47"), "48"), (("9", "10"), "11"), (("47-о",), "48-о"), (("12/3", "б/н"), "13")],
)
def test_the_next_free_number_goes_on_with_the_largest(used: tuple[str, ...], free: str) -> None:
    assert next_free(used) == free
    assert clean_number(f" №  {free} ") == free


def test_tags_cut_in_pieces_by_word_and_typed_with_its_quotes_are_read() -> None:
    proof = "<w:proofErr w:type='spellStart'/><w:bookmarkStart w:id='0' w:name='_GoBack'/>"
    typed = typed_in_word(paper("ПРИКАЗ"), proof, "", "{", "{\u00a0bas", "is or «нет»", " }", "}")
    assert [one.kind for one in check_template(typed, KIND)] == [FaultKind.BROKEN]

    found = mended(typed)

    assert check_template(found, KIND) == ()
    assert texts(render(found, {"basis": ""}))[-1] == "нет"
    assert texts(render(found, {"basis": "«Устав»"}))[-1] == "«Устав»"
    assert mended(found) == found


def test_quotes_in_the_text_stay_as_they_are() -> None:
    plain = paper("Гимназия «Маяк» „Н“", '{{ aim or "«так»" }}')
    assert mended(plain) == plain
    assert mended(b"not a file") == b"not a file"


def test_a_row_that_word_repeats_with_a_hard_space_is_repeated() -> None:
    made = opened()
    table = made.add_table(3, 1)
    for row, words in zip(
        table.rows, ("{%tr\u00a0for one in duties %}", "{{ one.text }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = words
    found = mended(saved(made))
    assert check_template(found, KIND) == ()
    printed = opened(BytesIO(render(found, {"duties": [{"text": "раз"}, {"text": "два"}]})))
    assert [row.cells[0].text for row in printed.tables[0].rows] == ["раз", "два"]


def test_the_tie_to_a_template_on_the_curators_computer_is_cut() -> None:
    settings = part_of(paper("ПРИКАЗ"), "word/settings.xml")
    tied = with_part(
        paper("ПРИКАЗ"),
        "word/settings.xml",
        settings.replace("<w:zoom", '<w:attachedTemplate r:id="rId1"/><w:zoom', 1).encode(),
    )
    tie = '<Relationship Id="rId1" Type="http://x/attachedTemplate" Target="{}" TargetMode="External"/>'
    for target, faults in (
        ("file:///C:\\Users\\Zimina\\Normal.dotm", []),
        ("http://elsewhere/x.dotm", [FaultKind.OUTSIDE]),
    ):
        ties = f'<Relationships xmlns="{RELATIONSHIPS}">{tie.format(target)}</Relationships>'
        body = mended(with_part(tied, "word/_rels/settings.xml.rels", ties.encode()))
        assert [one.kind for one in check_template(body, KIND)] == faults
        assert ("attachedTemplate" in part_of(body, "word/settings.xml")) is bool(faults)


def test_fields_in_text_boxes_content_controls_and_footers_are_printed_and_checked() -> None:
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>{{ %s }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    control = "<w:sdt><w:sdtContent><w:r><w:t>{{ %s }}</w:t></w:r></w:sdtContent></w:sdt>"
    for place in (box, control):
        good, bad = (
            typed_in_word(paper("ПРИКАЗ"), place % name) for name in ("organisation.city", "organisation.town")
        )
        assert check_template(good, KIND) == ()
        assert [one.name for one in check_template(bad, KIND)] == ["organisation.town"]
        printed = render(good, {"organisation": {"city": "Приозёрный & Ко"}})
        assert "Приозёрный &amp; Ко" in part_of(printed, "word/document.xml")


def test_a_letterhead_with_a_logo_fits() -> None:
    logo = with_part(paper("ПРИКАЗ"), "word/media/logo.bin", random.Random(4).randbytes(4_000_000))
    assert check_template(logo, KIND) == ()
