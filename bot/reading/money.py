"""Sums of money in a text, with bounds and currency."""

import re
from dataclasses import dataclass
from itertools import islice

from bot.reading.grammar import currencies, form
from bot.reading.numbers import number

_SUM, _COUNTED, _ABOUT = form("sum"), form("counted"), form("about")
_BEFORE, _AFTER = currencies("before"), currencies("after")
_MOST_NUMBERS, _MOST_SUMS = 400, 100
_LEAST_BARE, _MOST_BARE = 10, 9_999_999
_ROUND_FROM = 10
_CHANGE = {"毛": 0.1, "角": 0.1, "分": 0.01}
_LARGE = {"grand": 1000, "lakh": 100_000, "lakhs": 100_000, "thousand": 1000, "million": 1_000_000, "k": 1000}
_GLUE_BEFORE, _GLUE_AFTER = frozenset("-_#/.@"), frozenset("-_/@")
_GROUPS = re.compile(r"\d{3} \d{3}")
_ONE_PIECE = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum named at `start`..`end`: `low` to `high` (the same when exact), with the currency when it is said."""

    start: int
    end: int
    low: float
    high: float
    currency: str | None
    bare: bool
    """Only a number: whether it is money depends on what stands around it."""

    @property
    def exact(self) -> bool:
        """Whether one sum is meant, not a range."""
        return self.low == self.high


def sums(text: str) -> list[Money]:
    """Every sum in a folded text, bare numbers included, in order; of a wall of numbers only the first hundred."""
    found = []
    for match in islice(_SUM.finditer(text), _MOST_NUMBERS):
        if money := _money(text, match):
            found.append(money)
            if len(found) == _MOST_SUMS:
                break
    return found


def _money(text: str, match: re.Match[str]) -> Money | None:
    bounds = _bounds(match)
    if bounds is None:
        return None
    change, unit = match["change"], match["unit"]
    if not match["qian"] and (change == "分" or (unit == "块" and bounds == _ONE_PIECE)):
        return None  # 一分 a little, 一块 a piece
    grand = "grand" in {match["large"], match["low"]}
    bare = not (match["pre"] or unit or change or grand)
    if bare and not _may_be_money(text, match, bounds[1]):
        return None
    if change and not unit:
        bounds = (bounds[0] * _CHANGE[change], bounds[1] * _CHANGE[change])
    currency = _currency(match, grand=grand)
    return Money(match.start(), match.end(), *bounds, currency, bare)


def _may_be_money(text: str, match: re.Match[str], value: float) -> bool:
    """A bare number: of a likely size, not a count of things, not part of a code (A1027, 3.5mm, 12-15-3)."""
    if not _LEAST_BARE <= value <= _MOST_BARE or _COUNTED.match(text, match.end()):
        return False
    first, last = match.start("low"), match.start() + len(match[0].rstrip())
    before = text[first - 1] if first else ""
    after = text[last] if last < len(text) else ""
    if _GROUPS.search(match["low"]):
        return False  # 3015 7782 6649
    glued_before = before.isascii() and (before.isalnum() or before in _GLUE_BEFORE)
    return not (glued_before or (after.isascii() and (after.isalpha() or after in _GLUE_AFTER)))


def _currency(match: re.Match[str], *, grand: bool) -> str | None:
    if match["pre"]:
        return _BEFORE[match["pre"]]
    if match["unit"]:
        return _AFTER[match["unit"]]
    if match["change"]:
        return "CNY"
    return "USD" if grand else None


def _bounds(match: re.Match[str]) -> tuple[float, float] | None:
    if about := _ABOUT.fullmatch(match["low"]):
        return number(about["low"] + about["unit"]) or 0, number(about["high"] + about["unit"]) or 0
    low = float(_LARGE["grand"]) if match["low"] == "grand" else number(match["low"])
    if low is None:
        return None
    high = number(match["high"]) if match["high"] else None
    low, high = (low, high) if high is not None and high > low else _rough(match, low)
    large = _LARGE.get(match["large"] or "", 1) * (number(f"一{match['odd2']}") or 1 if match["odd2"] else 1)
    change = (number(match["cents"]) or 0) / 10 if match["cents"] else 0
    return round(low * large + change, 2), round(high * large + change, 2)


def _rough(match: re.Match[str], low: float) -> tuple[float, float]:
    """几百 is 200 to 900; 八百多 up to 900; 千把 and 百来 are about that much."""
    if match["vague"] in {"几", "好几"}:
        return low * 2, low * 9
    if match["odd"] in {"多", "几"} and low >= _ROUND_FROM:
        return low, low + 10 ** (len(str(int(low))) - 1)
    return low, low
