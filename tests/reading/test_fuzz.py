"""The fuzzer's texts in a short, seeded form: whatever they hold, what must hold of a reading holds."""

import random

import pytest

from bot.reading import Reader
from tests.reading.fuzz.holding import read_and_hold
from tests.reading.fuzz.texts import cue_words, made_of


@pytest.mark.parametrize("seed", range(100))
def test_no_mixture_of_scripts_signs_and_cues_breaks_the_reader(reader: Reader, seed: int) -> None:
    """Spans quote the text, the outside form is valid, and reading twice says the same, for any mixture."""
    data = random.Random(seed).randbytes(4 * (seed % 30) + 1)  # noqa: S311 - seeded, so that it can be made again
    text, asked = made_of(data)
    read_and_hold(reader, text, asked)


def test_every_cue_as_written_is_read_without_harm(reader: Reader) -> None:
    """The cues themselves, with all the signs of their small language, are texts like any other."""
    words = cue_words()
    assert len(words) > 3000
    for first in range(0, len(words), 120):
        read_and_hold(reader, "，".join(words[first : first + 120]))


def test_the_same_bytes_make_the_same_text() -> None:
    """What the fuzzer found can be made again."""
    data = bytes(range(200))
    assert made_of(data) == made_of(data)
    assert made_of(b"") == ("", None)


@pytest.mark.parametrize("wall", ["\uffff", "（", " ", "不", "1", "31081", "。", "“", "a "])
def test_a_wall_before_a_hundred_sums_is_read(reader: Reader, wall: str) -> None:
    """A wall of one sign before many sums: once it took a quarter of a minute; the test's own limit would tell."""
    read_and_hold(reader, (wall * 6000)[:6000] + "按10x赔" + "几百块 12[3]15 ¥1,299.00 " * 40)
