"""The easel: a process of its own that computes figures and draws pictures.

Its input is an order as one line of JSON, then the rows of facts, one page of them per line, then an empty line. Its
answer is the length of a line of JSON, and that line. For many rows, two processes share the drawing.
"""

import gc
import multiprocessing
import sys
from base64 import b64encode
from collections.abc import Iterator
from math import inf
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

import msgspec

from bot.complaint.ids import UserId
from bot.insight.digest import digest
from bot.insight.facts import CaseFacts
from bot.insight.figures import Around
from bot.insight.frame import Cases, Period, closed_in, opened_in
from bot.insight.limits import above
from bot.insight.pictures import Picture, Words, album, colleague_card
from bot.insight.pictures.album import PAGES
from bot.insight.pictures.asked import Asked
from bot.insight.pictures.lean import lean_facts, rename
from bot.insight.samples import unscored
from bot.office.reports.easel_orders import HEAD, Answer, Drawn, Order

MANY: Final = 20_000
"""From this many cases on, two processes draw."""
HANDS: Final = 2
BY_WORK: Final = ("keeping", "ends", "causes", "shipped", "volume")
"""What takes longest is begun first."""

_orders: Final = msgspec.json.Decoder(Order)
_pages: Final = msgspec.json.Decoder(list[CaseFacts])
_rows: Final = msgspec.json.Decoder(list[msgspec.Raw])
_row: Final = msgspec.json.Decoder(CaseFacts)

_hand: dict[str, Asked] = {}
"""What those who draw find in their memory when they are made."""


def work(orders: BinaryIO, answers: BinaryIO) -> None:
    """Serve orders until the input ends."""
    while line := orders.readline():
        order = _orders.decode(line)
        facts = [one for page in iter(orders.readline, b"\n") for one in _read(page, order)]
        answer = msgspec.json.encode(_answer(order, facts))
        answers.write(f"{len(answer):{HEAD}d}".encode() + answer)
        answers.flush()
        del facts
        gc.collect()


def _read(page: bytes, order: Order) -> Iterator[CaseFacts]:
    """The rows of a page; one that is damaged spoils no other."""
    try:
        lean = order.kind == "report" and not order.only
        facts = lean_facts(page) if lean else _pages.decode(page)
    except msgspec.DecodeError:
        facts = [one for row in _rows.decode(page) for one in _readable(row)]
    if order.only:
        facts = [one for one in facts if one.brand == order.only]
    rename(facts, order.names.get("product", {}))
    return (one for one in facts if not order.product or one.product == order.product)


def _readable(row: msgspec.Raw) -> list[CaseFacts]:
    try:
        return [_row.decode(row)]
    except msgspec.DecodeError:
        return []


def _asked(order: Order, facts: list[CaseFacts]) -> Asked:
    return Asked(
        facts=Cases(facts),
        period=Period(first=order.first, until=order.until, zone=ZoneInfo(order.zone)),
        words=Words(texts=order.texts, names=order.names, currency=order.currency),
        brand=order.brand,
        product=order.product,
        around=Around(shipped=order.shipped, active=order.active, marks=order.marks, target=order.target),
        limit=order.limit,
        limits=order.limits,
        compared=order.compared,
    )


def _answer(order: Order, facts: list[CaseFacts]) -> Answer:
    asked = _asked(order, facts)
    if order.kind == "limits":
        limits = {one.product: order.limits.get(one.product, order.limit or inf) for one in order.shipped}
        crossed = above(facts, order.shipped, limits, asked.period)
        return Answer(cases=len(facts), pictures=[], digest={}, crossed=crossed)
    start, end = asked.period.moments()
    cases = sum(start <= one.opened_at < end for one in facts)
    if order.kind == "own":
        return _shown(cases, [colleague_card(asked, UserId(order.agent))])
    if order.kind == "report":
        return _shown(cases, _by_two(asked) if len(facts) >= MANY else album(asked))
    told = digest(facts, asked.period, order.now, asked.words.name)
    told["samples"] = len(unscored(facts, order.marks, order.now.astimezone(asked.period.zone)))
    return _shown(cases, album(asked, ("volume",)) if order.kind == "weekly" and cases else [], told)


def _shown(cases: int, pictures: list[Picture], told: dict[str, Any] | None = None) -> Answer:
    return Answer(cases=cases, pictures=[_drawn(one) for one in pictures], digest=told or {})


def _drawn(one: Picture) -> Drawn:
    return Drawn(name=one.name, png=b64encode(one.png).decode(), numbers=one.numbers)


def _by_two(asked: Asked) -> list[Picture]:
    """Draw all pictures in two forked processes that share the loaded cases."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return album(asked)
    # what both need is looked for once
    opened_in(asked.facts, asked.period)
    closed_in(asked.facts, asked.period)
    _hand["asked"] = asked
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(HANDS) as pool:
            found = {one.name: one for some in pool.map(_one, BY_WORK, chunksize=1) for one in some}
    finally:
        gc.unfreeze()
        _hand.clear()
    return [found[name] for name in PAGES if name in found]


def _one(name: str) -> list[Picture]:
    return album(_hand["asked"], (name,))


if __name__ == "__main__":
    # rows come and go as a whole: looking for circles among them takes longer than reading them
    gc.disable()
    work(sys.stdin.buffer, sys.stdout.buffer)
