"""What a story is about where it is not about goods, and where it is stuck: for plans and remedies that fit."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from bot.reading.folding import fold

REMEMBERED = 1024


@lru_cache(maxsize=REMEMBERED)
def beside_goods(story: tuple[str, ...]) -> str:
    """`app` or `membership` where the fault is there; else empty.

    >>> beside_goods(("app一点就闪退",)), beside_goods(("积分怎么清零了",)), beside_goods(("鞋子开胶了",))
    ('app', 'membership', '')
    """
    told = fold("\n".join(story))
    return next((name for name, pattern in _patterns("matters").items() if pattern.search(told)), "")


def never_came(story: tuple[str, ...]) -> bool:
    """Whether the goods, or a part of them, never arrived: then nothing can be fetched back."""
    told = fold("\n".join(story))
    return _says("never_came", told) and not _says("wrong_one", told)


def awaits_refund(story: tuple[str, ...]) -> bool:
    """Whether a refund was granted before and has not arrived: then it is looked for, and not granted again."""
    return _says("refund_owed", fold("\n".join(story)))


def _says(name: str, told: str) -> bool:
    return _patterns("signs")[name].search(told) is not None


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads((files("bot.reading") / "matterwords.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{one})" for one in ways)) for name, ways in raw[table].items()}
