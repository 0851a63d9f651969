"""Parses what agents write behind `/offer`: remedies with their sums, and what nobody may offer."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.complaint.ids import Cents
from bot.complaint.reading import RemedyKind
from bot.reading.folding import fold
from bot.reading.numbers import number

_SUM: Final = re.compile(
    r"[¥$]?\s*(?<![\d.])(?P<sum>\d[\d,]*(?:\.\d{1,2})?(?:万|w|k)?|[零〇一二两三四五六七八九十百千万]+(?=元|块|倍|x|$|\s))"
)
_JOINT: Final = re.compile(r"\s*(?:[+;；&\n、]|，|,(?!\d{3}(?!\d)))\s*")
_AS_PUT: Final = re.compile(
    r"(?:[退假]一[赔罚](?=.)|(?=\d+ ?x(?![a-z0-9])))(?P<times>[\d一二两三四五六七八九十]+)"
)
_DULL: Final = " \t,，.。:：;；!！~"
_MOST: Final = 1_000_000_00
"""No offer of a consumer brand is larger: a slip of the finger is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One part as written: kind, amount in cents, multiple of the price, and other words."""

    kind: RemedyKind
    cents: Cents | None = None
    times: float | None = None
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRead:
    """A parsed offer. `never` names what nobody may promise; `unclear` is the part not understood."""

    parts: tuple[Asked, ...] = ()
    unclear: str = ""
    never: str = ""


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("bot.reading") / "cues" / "offers.toml").read_text(encoding="utf-8"))


@cache
def _cues() -> tuple[tuple[str, RemedyKind], ...]:
    """Every word for a remedy, the longest first."""
    rows = [(fold(word), RemedyKind(kind)) for kind, words in _tables()["kinds"].items() for word in words]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def read_offer(text: str) -> OfferRead:
    """Parse an offer; all of it is rejected if one part is not understood.

    >>> [(one.kind.value, one.cents) for one in read_offer("退款 89 + 券 30").parts]
    [('refund_partial', 8900), ('voucher', 3000)]
    """
    folded = fold(text)
    for name, words in _tables()["never"].items():
        if any(_found(fold(word), folded) >= 0 for word in words):
            return OfferRead(never=name)
    parts: list[Asked] = []
    for piece in _pieces(folded):
        found = _read(piece)
        if not found:
            return OfferRead(unclear=piece)
        parts += found
    kinds = [one.kind for one in parts]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    return OfferRead(unclear=text.strip()) if twice else OfferRead(parts=tuple(parts))


def accepts(text: str) -> bool:
    """Whether these words, and nothing besides, take an offer in so many words (S95)."""
    plain = " ".join(fold(text).strip(_DULL).split())
    return plain in _tables()["accepts"]["words"]


def _pieces(folded: str) -> Iterator[str]:
    for piece in _JOINT.split(folded):
        yield from (one for one in _between().split(piece) if one.strip(_DULL))


@cache
def _between() -> re.Pattern[str]:
    words = sorted(_tables()["between"]["words"], key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z]){one}(?![a-z])" if one.isascii() else one for one in words))


def _read(piece: str) -> list[Asked]:
    """The remedies of one piece; empty if it is not understood."""
    put = _AS_PUT.search(piece)
    if put is not None:
        return [Asked(kind=RemedyKind.MULTIPLE, times=number(put["times"]))]
    kinds, rest = _kinds(piece)
    sums = list(_SUM.finditer(rest))
    if not kinds or len(sums) > 1 or (sums and len(kinds) > 1 and RemedyKind.RETURN not in kinds):
        return []
    amount = number(sums[0]["sum"]) if sums else None
    item = _item(_SUM.sub(" ", rest))
    if RemedyKind.MULTIPLE in kinds:
        return [Asked(kind=RemedyKind.MULTIPLE, times=amount)] if amount else []
    if amount is not None and not 0 < amount * 100 <= _MOST:
        return []
    cents = Cents(round(amount * 100)) if amount is not None else None
    return [
        Asked(kind=kind, cents=None if kind is RemedyKind.RETURN else cents, item=item if not place else "")
        for place, kind in enumerate(kinds)
    ]


def _kinds(piece: str) -> tuple[list[RemedyKind], str]:
    """The remedies that a piece names, in their order, and the piece without their words."""
    places: dict[int, RemedyKind] = {}
    rest = piece
    for word, kind in _cues():
        place = _found(word, rest)
        if place >= 0:
            rest = rest[:place] + " " * len(word) + rest[place + len(word) :]
            if kind not in places.values():
                places[place] = kind
    kinds = [kind for _, kind in sorted(places.items())]
    if RemedyKind.MULTIPLE in kinds:
        return [RemedyKind.MULTIPLE], rest  # 三倍赔偿 is one thing
    money = RemedyKind.COMPENSATION
    return [kind for kind in kinds if kind is not money or len(kinds) == 1], rest


def _found(word: str, text: str) -> int:
    """Where a word stands; Latin ones as whole words."""
    if not word.isascii():
        return text.find(word)
    match = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text)
    return match.start() if match else -1


def _item(rest: str) -> str:
    """What is left when nothing but filling words is taken away."""
    empty = {fold(word) for word in _tables()["empty"]["words"]}
    words = [one.strip(_DULL) for one in rest.split()]
    return " ".join(one for one in words if one and one not in empty)[:60]
