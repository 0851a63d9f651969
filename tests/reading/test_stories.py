"""Danger told in people's own words, and harmless talk that sounds like it."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.complaint.reading import Family, Reading

_STORIES = tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))
_DANGERS = (Family.INJURY, Family.SELF_HARM, Family.EXTORTION)
_TOLD = [(family, said) for family in _DANGERS for said in _STORIES[family.value]]


@pytest.mark.practice("R27", "S54")
@pytest.mark.parametrize(("family", "said"), _TOLD)
def test_danger_is_heard_however_it_is_told(read: Callable[..., Reading], family: Family, said: str) -> None:
    """Injury, despair and blackmail are recognised in plain speech, not only in the words of a table."""
    assert read(said).shows(family)


@pytest.mark.parametrize("said", _STORIES["harmless"])
def test_harmless_talk_raises_no_alarm(read: Callable[..., Reading], said: str) -> None:
    """Jokes, metaphors, lawful claims and tired feet wake nobody at night."""
    reading = read(said)
    assert not [family for family in _DANGERS if reading.shows(family)]
