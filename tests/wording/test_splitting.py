import html as entities
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording import plain, split
from bot.wording.space import TAG

LEAVES = st.text(alphabet="问题ab<>&\"'。.，! \n😀\u200d❤\ufe0f", max_size=30).map(entities.escape)
LINK = '<a href="https://x.cn/?a=1&amp;b=2">'


def wrapped(pair: tuple[str, list[str]]) -> str:
    name, inner = pair
    return f"{LINK if name == 'a' else f'<{name}>'}{''.join(inner)}</{name}>"


MARKUP = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.sampled_from(["b", "i", "blockquote", "a"]), st.lists(inner, max_size=4)).map(
        wrapped
    ),
    max_leaves=12,
)


def balanced(html: str) -> bool:
    opened: list[str] = []
    for tag in TAG.findall(html):
        name = re.findall(r"[a-z]+", tag)[0]
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


@given(MARKUP, st.integers(min_value=1, max_value=40))
def test_every_part_is_whole_and_fits_and_nothing_is_lost(html: str, limit: int) -> None:
    """Whatever message and limit: parts fit, their tags are balanced, and together they say it all."""
    parts = split(html, limit)
    assert all(0 < len(plain(part)) <= limit for part in parts)
    assert all(balanced(part) for part in parts)
    assert "".join("".join(plain(part).split()) for part in parts) == "".join(plain(html).split())


@given(MARKUP)
def test_a_message_that_fits_is_one_part(html: str) -> None:
    """What Telegram takes whole is not cut."""
    assert len(split(html, 4096)) == (1 if plain(html).strip() else 0)


def test_a_cut_prefers_the_end_of_a_paragraph_then_of_a_sentence() -> None:
    """Readers see whole thoughts."""
    assert split("一二三四五六。\n\n七八九十。", 10) == ["一二三四五六。", "七八九十。"]
    assert split("一二三四五六。七八九十。", 10) == ["一二三四五六。", "七八九十。"]
    assert split("one two three four", 9) == ["one two", "three", "four"]


def test_an_entity_counts_as_one_sign_and_is_never_cut() -> None:
    """`&amp;` is one sign to Telegram."""
    assert split("&amp;" * 6, 4) == ["&amp;" * 4, "&amp;" * 2]


def test_a_link_goes_on_in_the_next_part() -> None:
    """Tags that are open at the cut are opened again, with their attributes."""
    assert split('<a href="u"><b>一二三四</b></a>', 2) == [
        '<a href="u"><b>一二</b></a>',
        '<a href="u"><b>三四</b></a>',
    ]


def test_an_emoji_stays_with_what_modifies_it() -> None:
    """A family or a skin tone is not torn."""
    assert split("好好👍🏽", 3) == ["好好", "👍🏽"]


def test_a_limit_without_room_is_refused() -> None:
    """Zero is not a length."""
    with pytest.raises(ValueError, match="room"):
        split("一", 0)
