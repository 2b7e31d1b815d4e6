"""A template is refused by the name of what is wrong, and a good one prints awkward words as they are."""

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
from mentoring.document_checks import LARGEST, check_template, example, fields_in
from mentoring.document_preview import blocks_of
from mentoring.documents import clean, render
from mentoring.rules.document_fields import FIELDS
from mentoring.rules.document_numbers import clean_number, next_free
from mentoring.rules.documents import DocumentKind, Fault, FaultKind

KIND = DocumentKind.ORDER_CURATOR


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
