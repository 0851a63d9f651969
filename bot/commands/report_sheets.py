"""The report as an Excel file: one sheet per table, with its n beside each figure."""

import re
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bot.commands.private import private
from bot.commands.report_text import heads, only_told
from bot.commands.reporting import Answer
from bot.complaint.errors import SettingsWrong
from bot.insight.frame import FEWEST, Figure, Unit
from bot.insight.sections import sections
from bot.insight.told import Cell, Change, Part, Table
from bot.insight.worded import Wording

LONGEST_NAME: Final = 31
"""Characters in the name of a sheet, as Excel has it."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_FORMATS: Final = {
    Unit.SHARE: "0.0%",
    Unit.PERCENT: "0.0",
    Unit.POINTS: "+0;-0;0",
    Unit.MEAN: "0.00",
    Unit.SECONDS: "[h]:mm:ss",
    Unit.CENTS: "#,##0.00",
    Unit.CENTS_PER_CASE: "#,##0.00",
    Unit.PER_MILLION: "#,##0.0",
    Unit.PER_TEN_THOUSAND: "#,##0.00",
    Unit.TIMES: "0.00",
    Unit.COUNT: "#,##0",
}
_SCALES: Final = {Unit.SECONDS: 1 / 86_400, Unit.CENTS: 0.01, Unit.CENTS_PER_CASE: 0.01}
"""Excel counts time in days, and people count money in whole units."""
OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
WIDE, NARROW = 28, 14


def write_sheets(answer: Answer, out: Path) -> None:
    """Write the file.

    Raises:
        SettingsWrong: it cannot be written.
    """
    try:
        private(out)
        with xlsxwriter.Workbook(str(out), OPTIONS) as book:
            _Sheets(book, answer).write()
    except (OSError, FileCreateError) as wrong:
        raise SettingsWrong(f"--xlsx: {out} cannot be written ({_reason(wrong)}).") from None


def _reason(wrong: Exception) -> str:
    cause = wrong.args[0] if isinstance(wrong, FileCreateError) and wrong.args else wrong
    return (cause.strerror if isinstance(cause, OSError) else None) or type(cause).__name__


class _Sheets:
    def __init__(self, book: Any, answer: Answer) -> None:  # noqa: ANN401 - xlsxwriter is not typed
        self._book = book
        self._answer = answer
        self._words: Wording = answer.words
        self._names: set[str] = set()
        self._formats = {
            unit: book.add_format({"num_format": told, "align": "right"}) for unit, told in _FORMATS.items()
        }
        self._share = self._formats[Unit.SHARE]
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._grey = book.add_format({"font_color": "#777777", "align": "right"})

    def write(self) -> None:
        self._cover()
        for section in sections(self._answer.told):
            for table in section.tables:
                self._table(section.key, table)

    def _cover(self) -> None:
        sheet = self._sheet(self._words.say("title"))
        period, compared = heads(self._answer)
        sheet.set_column(0, 0, 80)
        sheet.write_string(0, 0, f"{self._answer.brand} · {self._words.say('title')}", self._title)
        told = (
            period,
            compared,
            only_told(self._answer),
            self._words.say("few_note", n=FEWEST),
            self._words.say("private_note"),
            self._words.say("made", at=f"{self._answer.made_at:%Y-%m-%d %H:%M}"),
        )
        for row, line in enumerate((one for one in told if one), 2):
            sheet.write_string(row, 0, line)

    def _sheet(self, wanted: str) -> Any:  # noqa: ANN401 - as above
        plain = _FORBIDDEN.sub(" ", wanted)[:LONGEST_NAME]
        name, number = plain, 2
        while name.lower() in self._names:
            name, number = f"{plain[: LONGEST_NAME - 4]} {number}", number + 1
        self._names.add(name.lower())
        return self._book.add_worksheet(name)

    def _table(self, section: str, table: Table) -> None:
        of, own = self._words.name("section", section), self._words.name("table", table.key)
        sheet = self._sheet(of if of == own else f"{of} {own}")
        wide = [any(isinstance(row[n], Figure) for row in table.rows) for n in range(len(table.columns))]
        column = 0
        for n, name in enumerate(table.columns):
            sheet.write_string(0, column, self._words.column(name), self._head)
            sheet.set_column(column, column, WIDE if n == 0 else NARROW)
            for row, cells in enumerate(table.rows, 1):
                self._cell(sheet, row, column, cells[n])
            column += 1
            if wide[n]:
                sheet.write_string(0, column, self._words.column("n"), self._head)
                for row, cells in enumerate(table.rows, 1):
                    self._n(sheet, row, column, cells[n])
                column += 1
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table.rows), column - 1)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:  # noqa: ANN401 - as above
        match cell:
            case Figure() if cell.value is not None:
                scaled = cell.value * _SCALES.get(cell.unit, 1)
                sheet.write_number(row, column, scaled, self._formats[cell.unit])
            case Part():
                sheet.write_number(row, column, cell.share, self._share)
            case int() | float() if not isinstance(cell, bool):
                sheet.write_number(row, column, cell, self._formats[Unit.COUNT])
            case Change() | Figure():
                sheet.write_string(row, column, self._words.cell(cell), self._grey)
            case _:
                sheet.write_string(row, column, self._words.cell(cell) if cell is not None else "")

    def _n(self, sheet: Any, row: int, column: int, cell: Cell) -> None:  # noqa: ANN401 - as above
        if isinstance(cell, Figure):
            sheet.write_number(row, column, cell.n, self._grey)
