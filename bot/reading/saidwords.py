"""Chooses a customer's own words that can be said back, and compares the names of things."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from bot.reading.folding import fold

_CLAUSE: Final = re.compile(r"[\s，。！？；、,.!?;]+")
_LONGEST_NAME: Final = 4
_SIGNS: Final = re.compile(r"[\u4e00-\u9fff]|[a-z]{3,}")
_AT_HAND: Final = 256
"""Names of things whose signs are at hand: the same few come again and again."""


def said_back(story: Iterable[str], about: Sequence[str], thing: str) -> str:
    """The clause that tells of one of the words in `about` (of any trouble without), `thing` before it.

    >>> said_back(["昨天买的，拉杆箱轮子掉了"], ["掉了"], "拉杆箱")
    '拉杆箱轮子掉了'
    """
    points = tuple(story)
    several = troubles(points, thing)
    if len(several) > 1:
        return "、".join(several)
    clauses = [one for point in points for one in _CLAUSE.split(point) if _fits(one, named=bool(thing))]
    telling = next((one for one in clauses if not about or any(word in one for word in about)), "")
    if not telling:
        return ""
    raw = _raw()
    before = "" if thing in telling else thing
    said = (before + _pattern("lead").sub("", telling)).replace(raw["me"], raw["you"])
    return said if len(said) <= raw["longest"] else ""


def troubles(story: Iterable[str], thing: str = "") -> tuple[str, ...]:
    """The separate troubles that are told, each in a clause of their own words; at most as many as can be said.

    >>> troubles(["空气炸锅不热了 快递员态度特别差 少发了一个烤盘"])
    ('空气炸锅不热了', '快递员态度特别差', '少发了一个烤盘')
    >>> troubles(["电热壶不通电，我要退款"])
    ('电热壶不通电',)
    """
    raw = _raw()
    found: list[str] = []
    for clause in (one for point in story for one in _joined(_CLAUSE.split(point), thing)):
        said = _pattern("tie").sub("", _pattern("lead").sub("", clause)).replace(raw["me"], raw["you"])
        told = _pattern("fault").findall(clause)
        fits = raw["briefest"] <= len(said) <= raw["longest"] and not _pattern("unsayable").search(clause)
        if (
            told
            and fits
            and not any(said in one or set(_pattern("fault").findall(one)) >= set(told) for one in found)
        ):
            found.append(said if found or not thing or thing in said or _names_own(said) else thing + said)
        if len(found) == raw["most"]:
            break
    return tuple(found)


def _joined(clauses: Sequence[str], thing: str) -> list[str]:
    """The clauses, a fault of two characters behind its thing: "买了壶 漏水" is a kettle that leaks."""
    joined: list[str] = []
    named = thing
    for clause in clauses:
        named = _named_in(clause) or named
        alone = len(clause) < _raw()["briefest"] and _pattern("fault").match(clause)
        joined.append(named + clause if alone and not clause.startswith("没") else clause)
    return joined


def _named_in(clause: str) -> str:
    """The thing of a clause that tells no more than what was bought."""
    bought = _pattern("bought").match(clause)
    name = clause[bought.end() :] if bought else ""
    tells = _pattern("fault").search(name) or _pattern("unsayable").search(name)
    return "" if tells or len(name) > _LONGEST_NAME else name


def without_tail(words: str) -> str:
    """The words without the small ones at their end: "shard in my" is a shard."""
    return _pattern("tail").sub("", words)


def past_measure(text: str, end: int) -> int:
    """Where a thing ends whose name stands until `end`: farther, if that only tells the size of another.

    >>> past_measure("吃出一截指甲盖大的玻璃", 6)
    11
    """
    measure = _pattern("measure").match(text, end)
    return measure.end() if measure else end


def _names_own(clause: str) -> bool:
    """Whether a clause names what it speaks of."""
    return _pattern("own").search(clause) is not None


def names_same_thing(told: str, names: Iterable[str]) -> bool:
    """Whether a thing is of the kind that one of these names says: an electric pan is no electric kettle."""
    called = {sign for name in names for sign in _signs(name)}
    signs = _signs(told)
    if signs and not signs[0].isascii():
        signs = tuple(one for one in signs if one not in _raw()["endings"])[-1:] or signs
    return not called.isdisjoint(signs)


@lru_cache(maxsize=_AT_HAND)
def _signs(name: str) -> tuple[str, ...]:
    """Chinese text by character, other text by word."""
    return tuple(_SIGNS.findall(fold(name)))


def _fits(clause: str, *, named: bool) -> bool:
    """Whether a clause tells of a trouble and can be said back; with the name of the thing it may be shorter."""
    raw = _raw()
    sayable = raw["briefest" if named else "shortest"] <= len(clause) <= raw["longest"]
    return sayable and bool(_pattern("trouble").search(clause)) and not _pattern("unsayable").search(clause)


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "saidwords.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_raw()[name])
