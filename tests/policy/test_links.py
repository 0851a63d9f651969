"""Signed links bring along what they were made with, and nothing that anybody else wrote into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.evolving import replace
from bot.complaint.links import Link
from bot.policy.links import LONGEST, Keys, LinkTooLong, keys_from, read, sign

KEYS = keys_from(["a-secret-of-the-year-2026"], token="1:token")
SOLD = Link(product="kettle", batch="L20260618", store="SH-0012", order="202606210042")

short = st.text(st.characters(codec="utf-8"), max_size=6)
links = st.builds(Link, product=short, batch=short, store=short, order=short).filter(
    lambda one: bool(one) and len(f"{one.product}{one.batch}{one.store}{one.order}".encode()) <= 35
)


@pytest.mark.practice("S106")
def test_what_stands_on_a_receipt_fits() -> None:
    """Product, batch, store and order of usual lengths make a payload that Telegram takes."""
    payload = sign(SOLD, KEYS)
    assert len(payload) <= LONGEST
    assert payload.replace("-", "").replace("_", "").isalnum()
    assert payload.isascii()
    assert read(payload, KEYS) == SOLD


@given(links)
def test_a_link_says_what_it_was_made_with(link: Link) -> None:
    """Whatever the values are, they come back as they were."""
    assert read(sign(link, KEYS), KEYS) == link


@given(
    st.integers(0, 200), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
)
def test_one_changed_sign_makes_it_nobodys(place: int, sign_: str) -> None:
    """A payload of which any sign was changed says nothing."""
    payload = sign(SOLD, KEYS)
    place %= len(payload)
    changed = payload[:place] + sign_ + payload[place + 1 :]
    # the last sign may carry bits that mean nothing
    assert changed == payload or read(changed, KEYS) is None or place == len(payload) - 1


@given(st.text(max_size=80))
def test_any_words_are_no_link(words: str) -> None:
    """Whatever stands after `start=`, nothing breaks and nothing is taken for ours."""
    assert read(words, KEYS) is None


def test_a_new_key_signs_and_the_old_ones_are_read() -> None:
    """Keys are exchanged by adding a line: what is printed goes on working until its line is struck out."""
    old = sign(SOLD, keys_from(["the-first-secret-of-all"]))
    both = keys_from(["the-first-secret-of-all", "the-second-secret-of-all"])
    new = sign(SOLD, both)
    assert read(old, both) == read(new, both) == SOLD
    assert read(new, keys_from(["the-first-secret-of-all"])) is None
    struck = keys_from(["-", "the-second-secret-of-all"])
    assert (read(old, struck), read(new, struck)) == (None, SOLD)


def test_the_token_signs_where_there_is_no_file() -> None:
    """Without a file of keys links work at once, and a token that was revoked takes its links with it."""
    payload = sign(SOLD, keys_from([], token="1:token"))
    assert read(payload, keys_from([], token="1:token")) == SOLD
    assert read(payload, keys_from([], token="1:other")) is None


def test_a_file_with_a_line_that_is_no_key_is_refused() -> None:
    """The message names the line; too short a secret is none."""
    with pytest.raises(ValueError, match="line 2"):
        keys_from(["the-first-secret-of-all", "short"])
    with pytest.raises(ValueError, match="line 16"):
        keys_from(["x" * 20] * 16)


def test_a_long_value_goes_by_its_short_name() -> None:
    """A name in the brand file stands for what is too long; without one the error says how to give it one."""
    shop = Link(product="kettle", store="上海南京西路旗舰店一层家电区")
    with pytest.raises(LinkTooLong, match=r"links\.values"):
        sign(shop, KEYS)
    values = {"s1": shop.store}
    payload = sign(shop, KEYS, values)
    assert read(payload, KEYS, values) == shop
    assert read(payload, KEYS) is None


def test_too_much_together_is_told_with_the_longest_value() -> None:
    """Values that fit alone and not together: the error says by how much, and which is the longest."""
    with pytest.raises(LinkTooLong, match='By 4 bytes; the longest value is "202606210042"'):
        sign(replace(SOLD, source="pack"), KEYS)


def test_another_version_is_not_guessed_at() -> None:
    """A payload of a later version is no link for this one."""
    payload = sign(SOLD, KEYS)
    assert read("I" + payload[1:], KEYS) is None


def test_keys_do_not_show() -> None:
    """What is printed of the keys holds none of them."""
    assert repr(Keys({1: b"secret"})) == "Keys()"
