"""Numbers as people write them: 两千五, 1.8万, 5w, 3k, 壹仟贰佰."""

import re

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "w": 10_000, "k": 1000, "亿": 100_000_000}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\d\s,]")
_TEN, _HUNDRED = 10, 100
_ENGLISH = {
    word: value
    for value, word in enumerate(
        ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {
    "a": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_MOST = 1e12


class _Sum:
    """Adds up a Chinese numeral token by token; a last bare digit takes the next lower unit (两千五)."""

    def __init__(self) -> None:
        self.total = self.section = 0.0
        self.pending: float | None = None
        self.unit = 1
        self.zero_seen = False

    def digit(self, value: float) -> None:
        self.zero_seen = self.zero_seen or value == 0
        self.pending = (self.pending or 0) * _TEN + value if value < _TEN else value

    def small(self, unit: int) -> None:
        self.section += (1 if self.pending is None else self.pending) * unit
        self._next(unit)

    def large(self, unit: int) -> None:
        self.total = (self.total + self.section + (self.pending or 0)) * unit
        self.section = 0.0
        self._next(unit)

    def _next(self, unit: int) -> None:
        self.pending, self.unit, self.zero_seen = None, unit, False

    def result(self) -> float:
        tail = self.pending or 0
        short = self.unit > _TEN and 0 < tail < _TEN and not self.zero_seen
        return self.total + self.section + (tail * self.unit / _TEN if short else tail)


def number(written: str) -> float | None:
    """The value of one written numeral; None if it is none, or absurdly large."""
    value = _number(written)
    return value if value is not None and value <= _MOST else None


def _number(written: str) -> float | None:
    plain = written.replace(",", "").replace("个", "").strip()
    try:
        return float(plain)
    except ValueError:
        pass
    if plain.isascii() and plain[:1].isalpha() and len(plain) > 1:
        return _english(plain)
    whole, point, part = plain.partition("点")
    value = _value(whole)
    if value is None or not point:
        return value
    decimals = "".join(str(_DIGITS[char]) for char in part if char in _DIGITS)
    return value + float(f"0.{decimals}") if decimals else value


def _english(plain: str) -> float | None:
    """Two hundred, fifty, a thousand."""
    total = 0.0
    plain = re.sub(r"^a (?:couple(?: of)?|few)", "two", plain)
    for word in plain.replace("-", " ").replace(" and ", " ").split():
        value = _ENGLISH.get(word)
        if value is None:
            return None
        total = max(total, 1) * value if value >= _HUNDRED else total + value
    return total


def _value(plain: str) -> float | None:
    sums = _Sum()
    tokens = _TOKEN.findall(plain)
    for token in tokens:
        if token.isascii() and token[0].isdigit():
            sums.digit(float(token))
        elif token in _DIGITS:
            sums.digit(_DIGITS[token])
        elif token in _UNITS:
            sums.small(_UNITS[token])
        elif token in _LARGE:
            sums.large(_LARGE[token])
        else:
            return None
    return sums.result() if tokens else None
