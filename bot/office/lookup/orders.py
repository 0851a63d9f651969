"""The brand's order book: whether an order exists, and what was paid for it (R35: no remedy without it)."""

import csv
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Protocol

from bot.complaint.case import Order
from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import Cents, bare_code

_SHORTEST_TAIL = 4
_COLUMNS = ("order_no", "product", "price", "bought_on", "store")
_NEEDED = _COLUMNS[:3]


class OrderBook(Protocol):
    """The interface of an order book. A brand with a shop system implements it."""

    async def find(self, order_no: str) -> Order | None:
        """The one order that this number names, or None if there is none or it could be several."""
        ...


class ListedOrders:
    """An order book held in memory: loaded once, asked often.

    People copy numbers with spaces, in lower case or full width, or give the last four digits or more: a tail
    counts only if a single order has it.
    """

    def __init__(self, orders: Iterable[Order]) -> None:
        """Index the orders by their folded number.

        Raises:
            ValueError: two orders have the same number.
        """
        self._orders: dict[str, Order] = {}
        self._tails: dict[str, list[Order]] = {}
        for order in orders:
            key = bare_code(order.order_no)
            if key in self._orders:
                raise ValueError(f'order_no "{order.order_no}" stands there twice')
            self._orders[key] = order
            self._tails.setdefault(key[-_SHORTEST_TAIL:], []).append(order)

    async def find(self, order_no: str) -> Order | None:
        """The order with this number; else the only one that ends with it."""
        key = bare_code(order_no)
        if key in self._orders:
            return self._orders[key]
        if len(key) < _SHORTEST_TAIL or not key[-_SHORTEST_TAIL:].isdigit():
            return None
        candidates = self._tails.get(key[-_SHORTEST_TAIL:], ())
        ends = [order for order in candidates if bare_code(order.order_no).endswith(key)]
        return ends[0] if len(ends) == 1 else None


class NoOrders:
    """The order book of a brand without one: nothing can be verified, so people decide."""

    async def find(self, order_no: str) -> Order | None:  # noqa: ARG002 - the port names it
        """None, whatever is asked."""
        return None


def open_order_book(spec: str | Path | None) -> OrderBook:
    """Open the order book that `spec` names: a CSV file, or an SQLite file with a table `orders`.

    Both have the columns order_no, product, price (in whole units: 89 or 89.00), and perhaps bought_on and
    store. None or empty: there is no order book.

    Raises:
        SettingsWrong: it cannot be read; the message names file, line and column.
    """
    if not spec:
        return NoOrders()
    path = Path(str(spec).removeprefix("sqlite:///"))
    if not path.is_file():
        raise SettingsWrong(f"Order book {path}: there is no such file. Name a CSV or SQLite file.")
    try:
        rows = _from_sqlite(path) if _is_sqlite(path) else _from_csv(path)
        return ListedOrders(_order(row, line) for line, row in rows)
    except (ValueError, csv.Error, sqlite3.Error, OSError) as wrong:
        raise SettingsWrong(f"Order book {path}: {wrong}.") from wrong


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _from_csv(path: Path) -> list[tuple[int, Mapping[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"column {missing[0]} is missing: the first line names the columns")
        return [(rows.line_num, {key: value or "" for key, value in row.items() if key}) for row in rows]


def _from_sqlite(path: Path) -> list[tuple[int, Mapping[str, str]]]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as book:
        held = {str(row[1]) for row in book.execute("PRAGMA table_info(orders)")}
        missing = [name for name in _NEEDED if name not in held]
        if missing:
            raise ValueError(f"table orders has no column {missing[0]}")
        names = [name for name in _COLUMNS if name in held]
        found = book.execute(f"SELECT {', '.join(names)} FROM orders").fetchall()  # noqa: S608 - our own names
    texts = [["" if value is None else str(value) for value in row] for row in found]
    return [(number, dict(zip(names, row, strict=True))) for number, row in enumerate(texts, 1)]


def _order(row: Mapping[str, str], line: int) -> Order:
    number = row["order_no"].strip()
    if not bare_code(number):
        raise ValueError(f"line {line}: order_no is empty")
    return Order(
        order_no=number,
        product=row["product"].strip(),
        price=_cents(row["price"], line),
        bought_on=row.get("bought_on", "").strip(),
        store=row.get("store", "").strip(),
    )


def _cents(text: str, line: int) -> Cents:
    try:
        amount = Decimal(text.strip().lstrip("¥￥").replace(",", ""))
    except InvalidOperation:
        raise ValueError(f'line {line}: price "{text}" is no number; write it like 89.00') from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(f'line {line}: price "{text}" is no price; write it like 89.00')
    return Cents(int((amount * 100).to_integral_value()))
