import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import ApiError
from bot.sandbox.markup import found_entities, parse_html, trimmed
from bot.sandbox.rendering import to_html

TAGS = ("b", "i", "u", "s", "code", "blockquote")


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>您好</b>", "您好", [("bold", 0, 2)]),
        ("😀<i>a</i>", "😀a", [("italic", 2, 1)]),
        (
            "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>",
            "abcd",
            [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)],
        ),
        ("<u><s>x</s></u>", "x", [("strikethrough", 0, 1), ("underline", 0, 1)]),
        ("a &lt;b&gt; &amp; &quot;&#39;&#x41;", "a <b> & \"'A", []),
        ("&nbsp;&copy;", "&nbsp;&copy;", []),
        (
            "<tg-spoiler>x</tg-spoiler><span class='tg-spoiler'>y</span>",
            "xy",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Offsets are counted in UTF-16 units, as Telegram counts them."""
    got, found = parse_html(source)

    assert got == text
    assert sorted((one["type"], one["offset"], one["length"]) for one in found) == sorted(entities)


def test_a_link_keeps_its_address_and_a_listing_its_language() -> None:
    """What a tag carries besides its words survives."""
    _, (link,) = parse_html('<a href="https://a.b/?x=1&amp;y=2">hier</a>')
    _, (listing,) = parse_html('<pre><code class="language-python">x = 1</code></pre>')

    assert link["url"] == "https://a.b/?x=1&y=2"
    assert (listing["type"], listing["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("您<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_malformed_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    """A template with a broken tag fails here as it would fail there."""
    with pytest.raises(ApiError) as caught:
        parse_html(source)

    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


@st.composite
def nested_html(draw: st.DrawFn, depth: int = 3) -> str:
    words = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6))
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if depth == 0 or draw(st.booleans()):
        return safe
    tag = draw(st.sampled_from(TAGS))
    return f"{safe}<{tag}>{draw(nested_html(depth=depth - 1))}</{tag}>{draw(nested_html(depth=0))}"


@given(nested_html())
def test_reading_what_was_written_gives_the_same(source: str) -> None:
    """HTML to entities and back to HTML loses nothing that can be seen."""
    text, entities = parse_html(source)

    assert parse_html(to_html(text, entities)) == (text, entities)


def test_white_space_at_both_ends_goes_and_entities_move() -> None:
    """Telegram trims a text; its formatting stays on the same words."""
    text, entities = trimmed(*parse_html("\n  <b>您好</b> \n"))

    assert text == "您好"
    assert entities == [{"type": "bold", "offset": 0, "length": 2}]


def test_commands_mentions_and_links_are_marked_by_telegram_itself() -> None:
    """A bot finds commands by their entities, so people's messages carry them."""
    found = {
        one["type"]: one["offset"] for one in found_entities("/start 看 https://a.b/c 问 @demo_bot 或 a@b.cn")
    }

    assert found == {"bot_command": 0, "url": 9, "mention": 25, "email": 37}
