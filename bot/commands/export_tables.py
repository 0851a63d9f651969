"""Writers for the export formats: JSON Lines, CSV and Excel, one line at a time."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

import msgspec
import xlsxwriter

Record = dict[str, Any]
LONGEST_CELL: Final = 32_767
"""Characters in a cell of a table, as Excel has it …"""
MOST_ROWS: Final = 1_048_576
"""… and rows in a sheet."""
_CALCULATES: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""Characters with which spreadsheets begin a formula; some also take their full-width forms."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML, and so Excel, cannot hold."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, and how a line becomes a row of it."""

    columns: tuple[str, ...]
    shown: Callable[[Record], Record]

    def row(self, line: Record) -> list[Any]:
        """The cells, harmless."""
        shown = self.shown(line)
        return [harmless(shown[name]) for name in self.columns]


def harmless(value: Any) -> Any:  # noqa: ANN401 - a cell
    """A cell that spreadsheets neither calculate nor truncate: no formulas, and no longer than a cell may be."""
    if not isinstance(value, str):
        return value
    cell = _NO_XML.sub("", value)
    begins = cell.lstrip(" \u00a0\u3000\ufeff")[:1]
    cell = f"'{cell}" if begins in _CALCULATES and begins else cell
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"


class Writer(Protocol):
    """Takes one line after the other."""

    def write(self, line: Record) -> None:
        """One line more."""
        ...

    def close(self) -> None:
        """That was all."""
        ...


class JsonLines:
    """A line of JSON for each."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def write(self, line: Record) -> None:
        """See `Writer`."""
        self._sink.write(msgspec.json.encode(line) + b"\n")

    def close(self) -> None:
        """See `Writer`."""


class Csv:
    """A table that spreadsheet programs take for UTF-8."""

    def __init__(self, sink: BinaryIO, table: Table) -> None:
        self._sink = sink
        self._table = table
        self._put("\ufeff", table.columns)

    def write(self, line: Record) -> None:
        """See `Writer`."""
        self._put("", self._table.row(line))

    def close(self) -> None:
        """See `Writer`."""

    def _put(self, mark: str, cells: Sequence[Any]) -> None:
        text = io.StringIO(newline="")
        text.write(mark)
        csv.writer(text).writerow(cells)
        self._sink.write(text.getvalue().encode())


class Workbook:
    """A workbook whose rows wait on the disk, not in memory; a full sheet is followed by another."""

    def __init__(self, path: Path, table: Table, *, most: int = MOST_ROWS) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._bold = self._book.add_format({"bold": True})
        self._table = table
        self._most = most
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet("cases" if self._sheets == 1 else f"cases {self._sheets}")
        self._sheet.write_row(0, 0, self._table.columns, self._bold)
        self._sheet.freeze_panes(1, 0)
        self._next = 1

    def write(self, line: Record) -> None:
        """See `Writer`."""
        if self._next == self._most:
            self._begin()
        self._sheet.write_row(self._next, 0, self._table.row(line))
        self._next += 1

    def close(self) -> None:
        """See `Writer`."""
        self._book.close()
