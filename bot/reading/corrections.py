"""What a message puts right: "不是壶，是锅", "订单号错了，是8842", "no, it was the blue one"."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.complaint.reading import Fix
from bot.reading.folding import fold
from bot.reading.numbers import number

_REFERENCE: Final = re.compile(r"<<(\w+)>>")
_MAY: Final = re.compile(
    r"不是|并非|错|不对|有误|改[成为]|更正|口误|应[该是为]|不[,，]|那一?单|那个单|那个订单"
    r"|\b(?:not|wrong|incorrect|meant?|no|nope|sorry|correct|right|typo|actually)\b"
)
"""Without one of these nothing is put right, and no form has to be tried."""
_EDGE: Final = " \t,，.。:：;；!！~、\"'“”"
_MONEY: Final = re.compile(r"[元块钱¥$\s]|rmb|cny|yuan|usd|dollars?")
_BARE_NUMBER: Final = re.compile(r"\d{4,20}")
"""What is put right without a word for it, without a unit, and without what stood there: an order's number."""
_MOST: Final = 3
_CODES: Final = ("order_no", "phone", "bought")


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "corrections.toml").read_text(encoding="utf-8"))


def _either(words: list[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


def _written(name: str) -> str:
    tables = _tables()
    if name in tables["piece"]:
        return str(tables["piece"][name])
    if name in {"noun", "code"}:
        chosen = tables["noun"] if name == "noun" else _CODES
        return _either([word for kind in chosen for word in tables["noun"][kind]])
    return _either(tables["words"][name])


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    rows = (*_tables()["forms"]["zh"], *_tables()["forms"]["en"])
    return tuple(re.compile(_REFERENCE.sub(lambda found: _written(found[1]), row)) for row in rows)


@cache
def _nouns() -> dict[str, str]:
    return {word: name for name, words in _tables()["noun"].items() for word in words}


def read_fixes(folded: str, text: str) -> tuple[Fix, ...]:
    """Every correction in a text, in the customer's own letters; which fact it is about only where a word says so.

    >>> read_fixes("订单号错了,是8842", "订单号错了，是8842")
    (Fix(now='8842', was='', field='order_no'),)
    """
    if not _MAY.search(folded):
        return ()
    found: dict[int, Fix] = {}
    for form in _forms():
        for match in form.finditer(folded):
            fix = _fix(match, text)
            if fix is not None:
                found.setdefault(match.start("now"), fix)
    return tuple(found.values())[:_MOST]


def amount_in(words: str) -> float | None:
    """The sum that these words name and nothing besides; None if they name none.

    >>> amount_in("200块"), amount_in("¥1.5k"), amount_in("电饭锅")
    (200.0, 1500.0, None)
    """
    return number(_MONEY.sub("", fold(words)).strip())


def _fix(match: re.Match[str], text: str) -> Fix | None:
    groups = match.groupdict()
    now = _value(text[slice(*match.span("now"))])
    was = _value(text[slice(*match.span("was"))]) if groups.get("was") else ""
    field = _nouns().get(groups.get("noun") or "", "")
    if not field and not was and _BARE_NUMBER.fullmatch(now):
        field = "order_no"
    if not now or now == was or _tells(now) or _tells(was):
        return None
    return Fix(now=now, was=was, field=field)


def _tells(words: str) -> bool:
    """Whether these words tell something, and name nothing ("你们质量差", "底座的问题")."""
    never, plain = _tables()["never"], fold(words)
    return plain.startswith(tuple(never["starts"])) or plain.endswith(tuple(never["ends"]))


def _value(words: str) -> str:
    """The value without trailing particles."""
    value = words.strip(_EDGE)
    for tail in _tables()["tail"]["words"]:
        value = value.removesuffix(tail).rstrip(_EDGE) or value
    return value
