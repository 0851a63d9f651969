"""Finds identity cards and bank cards among figures by their own checksums, however they are typed.

People put blanks, dots and strokes between figures, phones put signs that nobody sees, and some write figures out;
none of it keeps a number from being one.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from bot.reading.folding import fold

_SEAMS: Final = str.maketrans(
    dict.fromkeys(
        "\u00ad\u034f\u061c\u115f\u1160\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2061\u2062\u2063\u2064"
        "\u2066\u2067\u2068\u2069\u20e3\u2800\u3164\ufe0e\ufe0f\uffa0\u0000",
        " ",
    )
    | dict.fromkeys("‧•∙⋅・･", "·")
    | {"х": "x", "Х": "x", "×": "x", "\u2043": "-", "﹘": "-"}
)
"""Signs that nobody sees become blanks; all dots of the middle are one; what looks like the X of a check digit."""
GAP: Final = r"[ \t\r\n.,\-·/_、|+*~:;=#()\[\]\\]{0,4}"
_RUN: Final = re.compile(rf"\d(?:{GAP}\d){{13,}}(?:{GAP}x)?")
_FOREIGN: Final = re.compile(r"[^\D0-9]")
"""Figures of other scripts."""
_GROUP: Final = re.compile(r"\d+")
_LAST: Final = re.compile(rf"{GAP}(x)")
_SPELT: Final = re.compile("[零〇一二三四五六七八九幺]{14}")
_SPELLING: Final = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_CARD: Final = re.compile(
    r"3[0468]\d{12}|3[47]\d{13}|(?:4\d|5[1-5]|2[2-7]|35|60|62|64|65)\d{14}|6[02]\d{15,17}"
)
"""Diners, American Express, the sixteen digits of most, UnionPay's longer ones: barcodes and order numbers begin
otherwise."""
_REGION: Final = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)\d{4}"
"""How the numbers of China's provinces begin: shops' numbers with a day in them mostly begin otherwise."""
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
BORN: Final = rf"{_REGION}(?:19\d\d|20[01]\d){_DAY}"
"""The first seventeen figures of the identity card of somebody who is grown or half grown."""
_BORN: Final = re.compile(rf"{_REGION}(?:18|19|20)\d\d{_DAY}")
"""The first seventeen figures of an identity card, with the day of birth in them."""
_ID_DIGITS: Final = 17
_FEWEST: Final = 14
_MOST: Final = 19
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_PRINTED: Final = frozenset({(4, 6, 5), (4, 6, 4), (6, 13), (6, 10), (8, 8)})
"""How figures stand in groups on cards, besides fours."""
_DATES: Final = frozenset({(2, 2, 4), (4, 2, 2)})
"""How figures stand in groups in dates."""
_ORDERS_TAIL: Final = 15
"""The figures behind the stroke of an order's number, as one great shop makes them."""


class Place(NamedTuple):
    """Where a number stands, from and up to, and what it is: `id_card` or `bank_card`."""

    start: int
    end: int
    kind: str


def flat(text: str) -> str:
    """The text in half width, small and simplified letters, unseen signs as blanks; no character is moved."""
    folded = fold(text)
    if folded.isascii():
        return folded
    return _FOREIGN.sub(lambda one: str(unicodedata.decimal(one[0])), folded.translate(_SEAMS))


def numbers_in(flattened: str) -> list[Place]:
    """The identity and bank cards in a text made by `flat`."""
    found = _found(flattened)
    if not found and _SPELT.search(flattened) is not None:
        found = _found(flattened.translate(_SPELLING))
    return found


def is_id_card(number: str) -> bool:
    """Whether eighteen characters are a resident identity number: birth date and check digit fit."""
    plain = _plain(number)
    digits, check = plain[:_ID_DIGITS], plain[_ID_DIGITS:].upper()
    if _BORN.fullmatch(digits) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECK[total % 11] == check


def is_bank_card(number: str) -> bool:
    """Whether a number has the beginning and length of a payment card, and passes Luhn's check."""
    plain = _plain(number)
    if _CARD.fullmatch(plain) is None or len(set(plain)) == 1:
        return False
    digits = [int(one) for one in plain]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _found(text: str) -> list[Place]:
    return [place for run in _RUN.finditer(text) for place in _in_run(text, *run.span())]


def _in_run(text: str, start: int, end: int) -> Iterable[Place]:
    """Every card in a row of figures and gaps: beside it may stand others, such as its three secret digits."""
    groups = [group.span() for group in _GROUP.finditer(text, start, end)]
    free = start
    for at, (first, _) in enumerate(groups):
        if first < free or _is_fraction(text, first):
            continue
        found = _longest(text, groups[at : at + _MOST])
        if found is not None and not _is_tail(text, found):
            free = found.end
            yield found


def _longest(text: str, groups: list[tuple[int, int]]) -> Place | None:
    """The longest card that begins with the first of these groups of figures."""
    best, digits, start = None, "", groups[0][0]
    for place, (first, end) in enumerate(groups, 1):
        digits += text[first:end]
        if len(digits) > _MOST:
            break
        if len(digits) < _FEWEST:
            continue
        last = _LAST.match(text, end) if len(digits) == _ID_DIGITS else None
        if last is not None and is_id_card(f"{digits}x"):
            return Place(start, last.end(1), "id_card")
        if len(digits) == _ID_DIGITS + 1 and is_id_card(digits):
            return Place(start, end, "id_card")
        if _CARD.fullmatch(digits) and _as_printed(text, groups[:place]) and is_bank_card(digits):
            best = Place(start, end, "bank_card")
    return best


def _is_fraction(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] == "." and text[start - 2].isdigit()


def _is_tail(text: str, place: Place) -> bool:
    """Whether it stands in one piece behind other figures and a stroke: then all of it is an order's number."""
    start, end, _ = place
    short = end - start <= _ORDERS_TAIL and text[start:end].isdigit()
    return short and text[start - 1 : start] == "-" and text[start - 2 : start - 1].isdigit()


def _as_printed(text: str, groups: list[tuple[int, int]]) -> bool:
    """Whether figures stand together as on a card; single blanks and strokes may stand anywhere."""
    gaps = {text[one[1] : other[0]] for one, other in pairwise(groups)}
    sizes = tuple(end - start for start, end in groups)
    if gaps <= {" ", "-"}:
        return not any(sizes[at : at + 3] in _DATES for at in range(len(sizes)))
    return set(sizes) == {1} or set(sizes[:-1]) == {4} or sizes in _PRINTED


def _plain(number: str) -> str:
    """Without gaps, in half width, however it was typed."""
    return "".join(one for one in flat(number) if one.isalnum())
