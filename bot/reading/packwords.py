"""Recognises a request for the evidence pack."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def asks_for_pack(text: str) -> bool:
    """Whether these few words ask for it, and for nothing else.

    >>> asks_for_pack("给我一份投诉材料"), asks_for_pack("这个材料很差")
    (True, False)
    """
    raw = _raw()
    if not 0 < len(text) <= raw["longest"] or _any("never").search(text):
        return False
    return _any("says").search(text) is not None


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "packwords.toml").read_text(encoding="utf-8"))


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_raw()[name]), re.IGNORECASE)
