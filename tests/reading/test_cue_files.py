"""The little language of cues, and cue files that a brand adds."""

import re

import pytest

from bot.complaint.reading import Family
from bot.reading import Reader, built_in_cues, cues_from
from bot.reading.pattern import BadCueError, parse


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("退(货|款)", "退款"),
        ("吃完~拉肚子", "吃完面就拉肚子"),
        ("赔#倍", "赔十倍"),
        ("burn*", "burned"),
        ("^好的$", "好的，就这样"),
        ("[上下]架", "下架"),
        ("a\\|b", "a|b"),
    ],
)
def test_a_cue_finds_its_text(cue: str, text: str) -> None:
    """Alternatives, gaps, numbers, classes, edges and open ends mean what the file head says."""
    pattern = parse(cue)
    found = (
        re.search(pattern.regex, text) if pattern.regex else any(words in text for words in pattern.anchors)
    )
    assert found
    assert any(anchor in text for anchor in pattern.anchors)


@pytest.mark.parametrize("cue", ["", " 退款", "~", "#", "(退款", "退款)", "(a|)", "[退"])
def test_a_cue_that_means_nothing_is_refused(cue: str) -> None:
    """A malformed or boundless cue fails when the bot starts, not when a customer writes."""
    with pytest.raises(BadCueError):
        parse(cue)


def test_every_cue_of_ours_is_sound() -> None:
    """No cue file of ours holds a cue that cannot be understood."""
    for label in built_in_cues().labels.values():
        for cue in (*label.strong, *label.weak, *label.never):
            parse(cue)


def test_a_brand_adds_cues_without_python() -> None:
    """A brand's own goods and words extend the built-in ones."""
    more = '[goods.names]\nstrong = ["雪顶酥"]\n[risk.injury]\nstrong = ["扎嘴"]\nnever = ["不太扎嘴"]'
    reader = Reader(built_in_cues(more))
    reading = reader.read("雪顶酥扎嘴")
    assert reading.slots.product == ("雪顶酥",)
    assert reading.shows(Family.INJURY)
    assert not reader.read("雪顶酥不太扎嘴").shows(Family.INJURY)


def test_an_unknown_key_in_a_cue_file_is_named() -> None:
    """A typing slip in a cue file is reported with its place."""
    with pytest.raises(ValueError, match=r"risk\.injury: unknown stong"):
        cues_from(['[risk.injury]\nstong = ["烫伤"]'])


def test_english_cues_are_whole_words() -> None:
    """No lawsuit is read into a tissue."""
    assert not Reader().read("the tissue box was fine").shows(Family.LEGAL)


@pytest.mark.parametrize("text", ["my kettle doesnt work", "my kettle doesn't work", "it wont turn on"])
def test_a_missing_apostrophe_hides_nothing(text: str) -> None:
    """On a phone many leave it out; what is wrong is read all the same."""
    assert Reader().read(text).issue
