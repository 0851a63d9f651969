"""Matches typed words to a button: its label, words with the same meaning, or its number."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final
from unicodedata import normalize

_EDGES: Final = " \t\n,，.。!！~、\"'“”‘’[]【】〔〕"
_LEAD_IN: Final = (
    r"(?:(?:hm+|um+|okay|ok|no|wait|actually|well|then|i'll take|i'll go (?:with|for)|let's (?:do|take|go with)|"
    r"嗯|那就|那|还是|我选|我要|要|算了|不|等等)[ ,，.]{0,2}){0,3}"
)
_NUMBER: Final = re.compile(
    _LEAD_IN + r"(?:第|选|方案|就|option |number |the )?(\d|[一二三四五]|first|second|third)(?:个|号|种|项)?"
    r"(?:吧|好了| one)?(?:,? ?(?:please|thanks|谢谢))?"
)
_COUNTED: Final = {
    **{sign: number for number, sign in enumerate("一二三四五", 1)},
    **{name: number for number, name in enumerate(("first", "second", "third"), 1)},
}


def plainly(words: str) -> str:
    """Words without their case, width and edges."""
    return " ".join(normalize("NFKC", words).casefold().split()).strip(_EDGES)


def means(words: str, act: str, value: str = "") -> bool:
    """Whether the words mean exactly the button with this act."""
    plain = plainly(words)
    if act == "option" and (found := _NUMBER.fullmatch(plain)) is not None:
        return value == str(_COUNTED.get(found[1], found[1]))
    known = _table()
    return plain in known.get(f"{act} {value}", ()) or plain in known.get(act, ())


@cache
def _table() -> dict[str, frozenset[str]]:
    raw = tomllib.loads((files("bot.reading") / "typedwords.toml").read_text(encoding="utf-8"))
    return {name: frozenset(plainly(one) for one in words) for name, words in raw.items()}
