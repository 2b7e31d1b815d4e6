"""HTML to entities. Source of errors and offsets: TDLib ``MessageEntity.cpp`` ``parse_html`` and its own test."""

import pytest

from bot.sandbox.entities import formatted, to_html
from bot.sandbox.markup import parse_html
from bot.sandbox.refusals import Refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("Мила &lt;7 «Б»&gt; &amp; мама", "Мила <7 «Б»> & мама", []),
        ("<b>да</b> <strong>да</strong>", "да да", [("bold", 0, 2), ("bold", 3, 2)]),
        ("<i>а</i><em>б</em>", "аб", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>а</u><ins>б</ins>", "аб", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>а</s><strike>б</strike><del>в</del>", "абв", [("strikethrough", n, 1) for n in range(3)]),
        ("<tg-spoiler>а</tg-spoiler>", "а", [("spoiler", 0, 1)]),
        ("<span class='tg-spoiler'>а</span>", "а", [("spoiler", 0, 1)]),
        ("<blockquote>а</blockquote>", "а", [("blockquote", 0, 1)]),
        ("<blockquote expandable>а</blockquote>", "а", [("expandable_blockquote", 0, 1)]),
        ("<code>а</code><pre>б</pre>", "аб", [("code", 0, 1), ("pre", 1, 1)]),
        ("😀<b>😀</b>", "😀😀", [("bold", 2, 2)]),
        ("<b>а<i>б</i></b>", "аб", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B>а</b>", "а", [("bold", 0, 1)]),
        ("<b>а</>", "а", [("bold", 0, 1)]),
        ("а<b></b>", "а", []),
        ("&nbsp;&laquo;", "&nbsp;&laquo;", []),
        ("&#1078;&#x436;", "жж", []),
        ("<a>просто слово</a>", "просто слово", []),
    ],
)
def test_tags_become_entities_in_utf16_units(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = parse_html(source)
    assert plain == text
    assert [(each["type"], each["offset"], each["length"]) for each in found] == entities


def test_a_link_gets_its_address_whole() -> None:
    assert parse_html('<a href="mayak.ru">сайт</a>')[1] == [
        {"type": "text_link", "offset": 0, "length": 4, "url": "http://mayak.ru/"}
    ]


def test_code_with_a_language_in_pre_is_one_entity() -> None:
    assert parse_html('<pre><code class="language-python">1</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    ]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("я <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("я <3", "Unclosed start tag at byte offset 3"),
        ("я < 3 и >", 'Unsupported start tag "" at byte offset 3'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>я", 'Can\'t find end tag corresponding to start tag "b"'),
        ("я</b>", "Unexpected end tag at byte offset 2"),
        ("<b>я</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("<b>я</b ", "Unclosed end tag at byte offset 5"),
        ("<b =1>я</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=ab,>", "Unexpected end of name token at byte offset 8"),
        ('<a href="ab', "Unclosed start tag at byte offset 0"),
        ("<span>я</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<p>я</p>", 'Unsupported start tag "p" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_with_the_place(source: str, fault: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {fault}"


def test_links_mail_and_commands_are_found_in_plain_text() -> None:
    text, entities = formatted("/start https://mayak.ru/x, пишите school@mayak.ru и @mayak_bot", None, None)
    found = [(each["type"], text[each["offset"] : each["offset"] + each["length"]]) for each in entities]
    assert found == [
        ("bot_command", "/start"),
        ("url", "https://mayak.ru/x"),
        ("email", "school@mayak.ru"),
        ("mention", "@mayak_bot"),
    ]


def test_outer_white_space_goes_and_entities_move_with_the_text() -> None:
    assert formatted("  \n А <b>Б </b> ", "HTML", None) == ("А Б", [{"type": "bold", "offset": 2, "length": 1}])


def test_what_people_type_is_escaped_on_the_page() -> None:
    assert to_html("<script>alert(1)</script>", []) == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_entities_become_tags_and_nest() -> None:
    text, entities = parse_html("<blockquote>Это <b>важно</b> <i>очень</i></blockquote>!")
    assert to_html(text, entities) == "<blockquote>Это <b>важно</b> <i>очень</i></blockquote>!"


def test_a_link_to_a_script_leads_nowhere() -> None:
    entity = {"type": "text_link", "offset": 0, "length": 3, "url": "javascript:alert(1)"}
    assert to_html("тут", [entity]) == '<a href="#" target="_blank" rel="noopener">тут</a>'


def test_overlapping_entities_stay_well_formed() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}]
    assert to_html("абв", entities) == "<b>а<i>б</i></b><i>в</i>"
