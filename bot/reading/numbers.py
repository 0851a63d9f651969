"""Numbers as people write them: 两千五, 1.8万, 5w, 3k, 壹仟贰佰, a couple grand."""

import re

_DIGITS = {char: value for value, chars in enumerate(("零〇", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
           for char in chars}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "w": 10_000, "k": 1000, "亿": 100_000_000}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\d\s,]")

HAN_DIGITS = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖俩仨"
HAN_UNITS = "十百千万亿拾佰仟"


class _Sum:
    """Adds up one numeral, token by token. A last bare digit takes the unit below the last one (两千五)."""

    def __init__(self) -> None:
        self.total = self.section = 0.0
        self.pending: float | None = None
        self.unit = 1
        self.after_zero = False

    def digit(self, value: float) -> None:
        self.after_zero = value == 0
        if value or self.pending is None:
            self.pending = value if self.pending in (None, 0) else (self.pending or 0) * 10 + value

    def small(self, unit: int) -> None:
        self.section += (1 if self.pending is None else self.pending) * unit
        self.pending, self.unit, self.after_zero = None, unit, False

    def large(self, unit: int) -> None:
        self.total = (self.total + self.section + (self.pending or 0)) * unit
        self.section, self.pending, self.unit, self.after_zero = 0.0, None, unit, False

    def result(self, *, zero_seen: bool) -> float:
        tail = self.pending or 0
        short = self.unit > 10 and 0 < tail < 10 and not zero_seen
        return self.total + self.section + (tail * self.unit / 10 if short else tail)


def number(written: str) -> float | None:
    """The value of one written numeral; None if it is none."""
    plain = written.replace(",", "").replace("个", "").strip()
    try:
        return float(plain)
    except ValueError:
        pass
    whole, point, part = plain.partition("点")
    value = _value(whole)
    if value is None or not point:
        return value
    decimals = "".join(str(_DIGITS[char]) for char in part if char in _DIGITS)
    return value + float(f"0.{decimals}") if decimals else value


def _value(plain: str) -> float | None:
    sums = _Sum()
    zero_seen = False
    tokens = _TOKEN.findall(plain)
    for token in tokens:
        if token[0].isdigit() and token.isascii():
            sums.digit(float(token))
        elif token in _DIGITS:
            zero_seen = zero_seen or _DIGITS[token] == 0
            sums.digit(_DIGITS[token])
        elif token in _UNITS:
            sums.small(_UNITS[token])
            zero_seen = False
        elif token in _LARGE:
            sums.large(_LARGE[token])
            zero_seen = False
        else:
            return None
    return sums.result(zero_seen=zero_seen) if tokens else None
