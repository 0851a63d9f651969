"""Words that show that an agent did a step: thanks, sorrow, possible causes (S19 to S21)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def duty_words() -> Mapping[str, tuple[str, ...]]:
    """Pieces of words by step, in lower case."""
    found = tomllib.loads((files("bot.reading") / "dutywords.toml").read_text("utf-8"))
    return {step: tuple(words) for step, words in found.items()}
