"""Parses the brand's CSV files of units shipped and active users."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

T = TypeVar("T")

SHIPMENT_COLUMNS: Final = ("product", "batch", "date", "units")
USER_COLUMNS: Final = ("date", "active")


class WrongLine(ValueError):
    """A CSV file holds something that cannot be meant; the sentence begins with the number of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """So many units of a product that left on a day; `batch` may be empty."""

    product: str
    batch: str
    day: date
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    """How many users were active, as counted on a day."""

    day: date
    users: int


def shipments(lines: Iterable[str]) -> list[Shipment]:
    """The shipments of a CSV text with the columns product, batch, date and units, in any order.

    Raises:
        WrongLine: a column is missing, or a line cannot be read.
    """
    return [_shipment(number, row) for number, row in _rows(lines, SHIPMENT_COLUMNS)]


def users(lines: Iterable[str]) -> list[Active]:
    """The active users of a CSV text with the columns date and active.

    Raises:
        WrongLine: a column is missing, or a line cannot be read.
    """
    return [
        Active(day=_day(number, row["date"]), users=_whole(number, "active", row["active"]))
        for number, row in _rows(lines, USER_COLUMNS)
    ]


def _shipment(number: int, row: dict[str, str]) -> Shipment:
    if not row["product"]:
        raise WrongLine(f"line {number}: product is empty")
    return Shipment(
        product=row["product"],
        batch=row["batch"],
        day=_day(number, row["date"]),
        units=_whole(number, "units", row["units"]),
    )


def _rows(lines: Iterable[str], columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        # a spreadsheet may put a byte order mark before the first name
        head = [name.strip().lstrip("\ufeff").lower() for name in next(reader, [])]
        missing = [name for name in columns if name not in head]
        if missing:
            raise WrongLine(f"line 1: no column {', '.join(missing)}; wanted are {', '.join(columns)}")
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(head):
                raise WrongLine(f"line {reader.line_num}: {len(cells)} cells, and {len(head)} columns")
            yield reader.line_num, {name: cell.strip() for name, cell in zip(head, cells, strict=True)}
    except csv.Error as error:
        raise WrongLine(f"line {reader.line_num}: {error}") from error


def _day(number: int, text: str) -> date:
    return _read(number, "date", text, date.fromisoformat, "a day such as 2026-03-31")


def _whole(number: int, name: str, text: str) -> int:
    whole = _read(number, name, text, int, "a whole number without separators")
    if whole < 0:
        raise WrongLine(f"line {number}: {name} {text} is below zero")
    return whole


def _read(number: int, name: str, text: str, read: Callable[[str], T], wanted: str) -> T:
    try:
        return read(text)
    except ValueError as error:
        raise WrongLine(f"line {number}: {name} {text!r} is not {wanted}") from error
