"""Sums of money in a text, with bounds and currency."""

import re
from dataclasses import dataclass

from bot.reading.numbers import HAN_DIGITS, HAN_UNITS, number

_HAN = rf"[{HAN_DIGITS}{HAN_UNITS}]"
_NUM = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_HAN})(?:\s?个?(?:{_HAN}|[wk](?![a-z0-9])|\d)+)*(?:点{_HAN}+)?"
_BEFORE = {
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "us$": "USD", "usd": "USD", "$": "USD", "£": "GBP",
    "gbp": "GBP", "€": "EUR", "eur": "EUR", "hk$": "HKD", "hkd": "HKD", "nt$": "TWD", "a$": "AUD", "₹": "INR",
    "rs.": "INR",
}  # fmt: skip
_AFTER = {
    "元": "CNY", "块": "CNY", "圆": "CNY", "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "人民币": "CNY", "美元": "USD",
    "美金": "USD", "刀": "USD", "usd": "USD", "dollars": "USD", "dollar": "USD", "bucks": "USD", "buck": "USD",
    "欧元": "EUR", "欧": "EUR", "euros": "EUR", "eur": "EUR", "€": "EUR", "英镑": "GBP", "pounds": "GBP", "quid": "GBP",
    "gbp": "GBP", "港币": "HKD", "港元": "HKD", "蚊": "HKD", "hkd": "HKD", "台币": "TWD", "rupees": "INR", "大洋": "CNY",
    "$": "USD",
}  # fmt: skip
_CHANGE = {"毛": 0.1, "角": 0.1, "分": 0.01}


def _either(table: dict[str, str]) -> str:
    return "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))


_SUM = re.compile(
    rf"(?P<pre>{_either(_BEFORE)})?\s?"
    rf"(?P<vague>几|好几|上)?(?<![0-9a-z.])(?P<low>{_NUM}|(?<=[几上])[十百千万]+|grand)"
    rf"(?P<odd>[来多几])?(?P<round>把)?(?P<odd2>[百千万]+)?"
    rf"(?:\s?(?:-|~|到|至|to|and)\s?(?P<mark>[$£€¥])?(?P<high>{_NUM})(?P<odd3>[来多])?)?"
    rf"\s?(?:(?P<large>grand|lakhs?|thousand|million|k(?![a-z]))\s?)?"
    rf"(?P<unit>{_either(_AFTER)})?(?:(?<=[块元])钱?(?P<cents>[{HAN_DIGITS}\d])(?![\d{HAN_DIGITS}{HAN_UNITS}个天次件只条位年月人张包袋份台]))?"
    rf"(?P<change>[毛角分](?!钟|之|店|享|数|手))?(?P<qian>钱)?",
)
_LARGE = {"grand": 1000, "lakh": 100_000, "lakhs": 100_000, "thousand": 1000, "million": 1_000_000, "k": 1000}
_COUNTED = re.compile(
    r"\s?(?:[天日号月年点时秒分次个件只条位人张包袋份台瓶箱盒斤克岁周楼层星级度层寸码颗盘碗套双根桶%％折成倍名户号遍家通封部页集批款种代]|"
    r"小时|公里|毫升|公斤|ml|kg|g\b|days?|hours?|hrs?|weeks?|months?|years?|times?|people|minutes?|mins?|stars?|%|x\b|st\b|nd\b|rd\b|th\b|am\b|pm\b|miles|percent)"
)


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
    """Every sum in a folded text, bare numbers included, in order."""
    found = []
    for match in _SUM.finditer(text):
        money = _money(text, match)
        if money:
            found.append(money)
    return found


def _money(text: str, match: re.Match[str]) -> Money | None:
    pre, unit = match["pre"], match["unit"]
    bounds = _bounds(match)
    if bounds is None:
        return None
    change = match["change"]
    bare = not (pre or unit or (change and match["qian"]) or (change in {"毛", "角"}) or match["large"] == "grand")
    bare = bare and match["low"] != "grand"
    if bare and (_COUNTED.match(text, match.end()) or _glued(text, match)):
        return None
    if change and not unit:
        bounds = (bounds[0] * _CHANGE[change], bounds[1] * _CHANGE[change])
    currency = _BEFORE[pre] if pre else _AFTER[unit] if unit else "CNY" if change else None
    if currency is None and (match["large"] == "grand" or match["low"] == "grand"):
        currency = "USD"
    return Money(match.start(), match.end(), *bounds, currency, bare)


def _glued(text: str, match: re.Match[str]) -> bool:
    """Part of a longer code or word (A1027, 3.5mm, 12-15-3)."""
    first, last = match.start("low"), match.end()
    before = text[first - 1] if first else ""
    after = text[last] if last < len(text) else ""
    return (before.isascii() and (before.isalnum() or before in {"-", "_", "#", "/", ".", "@"})) or (
        after.isascii() and (after.isalpha() or after in {"-", "_", "/", "@"})
    )


def _bounds(match: re.Match[str]) -> tuple[float, float] | None:
    low = 1.0 if match["low"] == "grand" else number(match["low"])
    if low is None:
        return None
    low *= _LARGE["grand"] if match["low"] == "grand" else 1
    high = _high(match, low)
    if high is None:
        low, high = _rough(match, low)
    large = _LARGE.get(match["large"] or "", 1)
    cents = number(match["cents"]) if match["cents"] else 0
    change = (cents or 0) / 10
    return round(low * large + change, 2), round(high * large + change, 2)


def _high(match: re.Match[str], low: float) -> float | None:
    high = number(match["high"]) if match["high"] else None
    return high if high is not None and high > low else None


def _rough(match: re.Match[str], low: float) -> tuple[float, float]:
    """几百 is 200 to 900; 八百多 up to 900; 千把 and 百来 are about that much."""
    if match["vague"] in {"几", "好几"}:
        return low * 2, low * 9
    if match["odd"] in {"来", "多", "几"} and low >= 10:
        step = 10 ** (len(str(int(low))) - 1)
        return low, low + step if match["odd"] != "来" else low
    return low, low
