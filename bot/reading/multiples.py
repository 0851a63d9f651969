"""Multiples and parts of the price: 退一赔三, 10x the price, 打八折, 30 % back."""

import re
from typing import NamedTuple

from bot.complaint.reading import RemedyKind
from bot.reading.asking import taken_back
from bot.reading.finding import Found, Hit
from bot.reading.grammar import form, multipliers
from bot.reading.numbers import number

_RETURN_AND_PAY, _TIMES, _TWICE_BACK = form("return_and_pay"), form("times"), form("twice_back")
_PERCENT, _TENTHS_OFF, _TENTHS, _HALF = form("percent"), form("tenths_off"), form("tenths"), form("half")
_FRACTION = form("fraction")
_FRACTION_EN = form("fraction_en")
_PARTS = {
    "half": 0.5,
    "third": 0.333,
    "thirds": 0.333,
    "quarter": 0.25,
    "quarters": 0.25,
    "fifth": 0.2,
    "tenth": 0.1,
}
_MORE = {"two": 2, "three": 3}
_LOSS, _PRICE = form("of_loss"), form("of_price")
_STATUTE, _FOOD_STATUTE = form("of_statute"), form("food_statute")
_WORDS = multipliers()
_BY_FOOD_LAW, _BY_CONSUMER_LAW = 10.0, 3.0
_GIVES_SHARE = frozenset({RemedyKind.REFUND_FULL, RemedyKind.REFUND_PARTIAL})


class Times(NamedTuple):
    """So many times the `basis`: `price`, `loss`, `statute`, or None when unsaid."""

    value: float
    basis: str | None


def read_times(folded: str, found: Found) -> Times | None:
    """The multiple asked for. 退一赔三 is the price back and three times the price on top."""
    if not found.get("want.multiple"):
        return None
    if fixed := _RETURN_AND_PAY.search(folded):
        value = number(fixed["n"]) if fixed["n"] else _WORDS[fixed["py"]]
        return Times(value, _basis(folded) or "price") if value else None
    times = _TIMES.search(folded)
    if times is None:
        return Times(_BY_FOOD_LAW if _FOOD_STATUTE.search(folded) else _BY_CONSUMER_LAW, "statute")
    if _TWICE_BACK.search(folded):
        return Times(1.0, "price")  # the price itself is the refund
    return _named(folded, times)


def _named(folded: str, times: re.Match[str]) -> Times | None:
    said = times["word"] or times["n"] or times["x"] or times["fold"]
    value = _WORDS["double"] if said is None else _WORDS.get(said) or number(said)
    return Times(value, _basis(folded)) if value else None


def _basis(folded: str) -> str | None:
    if _STATUTE.search(folded):
        return "price" if _TIMES.search(folded) else "statute"
    if _LOSS.search(folded):
        return "loss"
    return "price" if _PRICE.search(folded) else None


def read_share(folded: str, wanted: dict[RemedyKind, Hit]) -> float | None:
    """The part of the price asked back. 打八折 pays eight tenths, so two tenths come back."""
    if half := _HALF.search(folded):
        return None if taken_back(folded, Hit(*half.span(), weak=False)) else 0.5
    if not _GIVES_SHARE & wanted.keys():
        return None
    return _part_of(folded)


def _part_of(folded: str) -> float | None:
    if percent := _PERCENT.search(folded):
        return (number(percent["en"] or percent["n"] or percent["zh"]) or 0) / 100
    if part := _FRACTION_EN.search(folded):
        words = (part["part"] or part["part2"]).split()
        return round(_PARTS[words[-1]] * _MORE.get(words[0], 1), 3)
    if part := _FRACTION.search(folded):
        return round((number(part["n"]) or 0) / (number(part["whole"]) or 1), 3)
    if off := _TENTHS_OFF.search(folded):
        paid = number(off["n"]) or 0
        return round(1 - paid / (10 if paid < 10 else 100), 3)  # noqa: PLR2004 - 七折, 七五折
    tenths = _TENTHS.search(folded)
    return (number(tenths["n"]) or 0) / 10 if tenths else None
