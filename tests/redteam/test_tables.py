"""A table that somebody opens calculates nothing and calls no other program, whatever people have written."""

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.commands.export_lines import CASES, COLUMNS, export_line
from bot.commands.export_tables import LONGEST_CELL, Csv, Workbook
from tests.desk.desk_scene import quiet_case

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","x")',
    "＝1＋1",
    "\x00=1+1",
    "%0A=1",
]
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def line(text: str) -> dict[str, object]:
    """A case whose customer is called so."""
    case = quiet_case()
    return export_line(case.evolve(customer=case.customer.__class__(id=case.customer.id, name=text)), [])


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_of_csv_begins_with_nothing_that_calculates(text: str) -> None:
    """What a program would take for a formula begins with an apostrophe; the words are all there."""
    sink = io.BytesIO()
    Csv(sink, CASES).write(line(text))
    (row,) = csv.DictReader(io.StringIO(sink.getvalue().decode("utf-8-sig"), newline=""))
    assert row["customer_name"] == "'" + text.replace("\x00", "")


@pytest.mark.parametrize("text", [*FORMULAS, "x" * 40_000, "\x00\x01\x1f\ufffe坏", "</t></si>", "_x0041_"])
def test_a_sheet_can_be_read_and_holds_no_formula(tmp_path: Path, text: str) -> None:
    """Excel's own file is well-formed, without formulas, links and macros, and no cell is left out."""
    file = tmp_path / "cases.xlsx"
    book = Workbook(file, CASES)
    book.write(line(text))
    book.close()
    with zipfile.ZipFile(file) as packed:
        assert not [one for one in packed.namelist() if "vba" in one.lower() or "externalLink" in one]
        sheet = ET.fromstring(packed.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    assert not list(sheet.iter(f"{NAMESPACE}f"))
    assert not list(sheet.iter(f"{NAMESPACE}hyperlink"))
    words = ["".join(one.itertext()) for one in sheet.iter(f"{NAMESPACE}is")]
    assert all(len(one) <= LONGEST_CELL for one in words)
    assert len(list(sheet.iter(f"{NAMESPACE}row"))) == 2
    shown = [one for one in CASES.row(line(text)) if isinstance(one, str) and one]
    assert len(words) == len([*COLUMNS, *shown])
