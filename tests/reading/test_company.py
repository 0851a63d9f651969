"""Which kinds of words stand together in a clause."""

import pytest

from bot.reading.company import company_of
from bot.reading.cuebook import built_in_cues
from bot.reading.finding import Finder
from bot.reading.folding import fold


def _company(text: str) -> frozenset[str]:
    return company_of(fold(text), {})


@pytest.mark.parametrize("text", ["嘴唇麻了", "膝蓋腫得厲害", "my gums are bleeding"])
def test_a_part_of_the_body_and_a_pain_keep_company(text: str) -> None:
    """Whatever the two words are, in either script and language."""
    assert "+body+hurt" in _company(text)


def test_what_another_clause_says_keeps_no_company() -> None:
    """Two words of different clauses say less of each other."""
    found = _company("嘴上说得好听，箱子裂了")
    assert {"+body", "+hurt"} <= found
    assert "+body+hurt" not in found


@pytest.mark.parametrize("text", ["手机不错", "a handbag for her", "口红很显白"])
def test_a_word_inside_another_counts_as_nothing(text: str) -> None:
    """A phone has no hand in it."""
    assert "+body" not in _company(text)


def test_a_sign_keeps_company_with_the_laugh_beside_it() -> None:
    """The learned reader sees that somebody laughs where a cue shows pain."""
    text = "哈哈哈，手上起泡了"
    found = Finder(built_in_cues()).find(text)
    assert "+laugh/risk.injury" in company_of(text, found)


def test_a_very_long_text_is_read_in_its_beginning() -> None:
    """No text takes long."""
    assert "+medical" not in _company("好" * 700 + "医院")
