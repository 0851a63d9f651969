"""Recognises medical and bank data by the words of a message (R52)."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def sensitive_in(text: str, *, of_file: bool = False) -> str:
    """`medical`, `bank`, or empty. Under a file the words say what is on it; else they have to hold the data."""
    folded = text.casefold()
    if not of_file and not any(hint in folded for hint in _raw()["hints"]["words"]):
        return ""
    rows = _forms()["file" if of_file else "words"]
    return next((what for what, form in rows.items() if form.search(text)), "")


def kind_called(word: str) -> str:
    """What a colleague means by this word: `medical`, `bank`, or empty."""
    plain = word.strip().casefold()
    return next((what for what, words in _raw()["called"].items() if plain in words), "")


@cache
def _raw() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("bot.reading") / "sensitivewords.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        place: {what: re.compile(form) for what, form in _raw()[place].items()} for place in ("file", "words")
    }
