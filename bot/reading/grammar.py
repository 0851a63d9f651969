"""The patterns for numbers, sums, dates and codes, loaded from the grammar file and compiled once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_REFERENCE = re.compile(r"<<(\w+)>>")


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "cues" / "grammar.toml").read_text(encoding="utf-8"))


def _either(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _written(name: str) -> str:
    if name in {"before", "after"}:
        return _either(currencies(name))
    lines = str(_tables()["form"][name]).splitlines()
    return _REFERENCE.sub(lambda match: _written(match[1]), "".join(line.strip() for line in lines))


def form(name: str) -> re.Pattern[str]:
    """The compiled pattern of this name in the grammar file."""
    return re.compile(_written(name))


def letters(name: str) -> str:
    """The characters listed under this name."""
    return _written(name)


def currencies(side: str) -> dict[str, str]:
    """The words for money that stand `before` or `after` a number, each with its currency code."""
    return {word: code for code, words in _tables()[side].items() for word in words}


def multipliers() -> dict[str, float]:
    """Words for multiples (double, 翻), with their value."""
    return {word: float(value) for word, value in _tables()["times"].items()}


def listed(table: str) -> dict[str, list[str]]:
    """A table of plain words, by what they mean."""
    return {name: [str(word) for word in words] for name, words in _tables()[table].items()}
