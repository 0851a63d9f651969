"""Chooses a customer's own words that can be said back, and compares the names of things."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.reading.folding import fold

_CLAUSE: Final = re.compile(r"[\s，。！？；、,.!?;]+")
_SIGNS: Final = re.compile(r"[\u4e00-\u9fff]|[a-z]{3,}")


def said_back(story: Iterable[str], about: Sequence[str], thing: str) -> str:
    """The clause that tells of one of the words in `about` (of any trouble without), `thing` before it.

    >>> said_back(["昨天买的，拉杆箱轮子掉了"], ["掉了"], "拉杆箱")
    '拉杆箱轮子掉了'
    """
    clauses = [one for point in story for one in _CLAUSE.split(point) if _fits(one)]
    telling = next((one for one in clauses if not about or any(word in one for word in about)), "")
    if not telling:
        return ""
    raw = _raw()
    before = "" if thing in telling else thing
    said = (before + _pattern("lead").sub("", telling)).replace(raw["me"], raw["you"])
    return said if len(said) <= raw["longest"] else ""


def names_same_thing(told: str, names: Iterable[str]) -> bool:
    """Whether a thing is of the kind that one of these names says: an electric pan is no electric kettle."""
    called = {sign for name in names for sign in _signs(name)}
    signs = _signs(told)
    if signs and not signs[0].isascii():
        signs = [one for one in signs if one not in _raw()["endings"]][-1:] or signs
    return not called.isdisjoint(signs)


def _signs(name: str) -> list[str]:
    """Chinese text by character, other text by word."""
    return _SIGNS.findall(fold(name))


def _fits(clause: str) -> bool:
    raw = _raw()
    sayable = raw["shortest"] <= len(clause) <= raw["longest"]
    return sayable and bool(_pattern("trouble").search(clause)) and not _pattern("unsayable").search(clause)


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "saidwords.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_raw()[name])
