"""`export` and `migrate`: everything that was said, in three forms, and harmless in every one."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from tests.commands.conftest import Run
from tests.outpost import LittleTelegram, posted

WORDS = '=HYPERLINK("http://evil.example","点我") 上周买的电热壶不通电，我要退款'
FIELDS = {
    *("case_no", "status", "control", "severity", "queue", "flags", "language", "category", "opened_at"),
    *("closed_at", "customer", "messages", "remedies_requested", "offers", "agreement", "promises"),
    *("escalations", "fulfilments", "surveys"),
}
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
async def complaint(tmp_path: Path, telegram: LittleTelegram) -> AsyncIterator[int]:
    """Somebody with a dangerous name has written something that looks like a formula; the bot has stopped since."""
    person = await telegram.new_customer("+cmd|' /C calc'!A0")
    async with posted(tmp_path, telegram) as post:
        running = await post.open()
        await telegram.do("say", person_id=person, text=WORDS)
        await telegram.waits_for(person)
        await running.stop()
        yield person


async def test_every_case_is_a_line_with_everything_that_belongs_to_it(run: Run, complaint: int) -> None:
    """JSONL has the fields of the contract, words as they were written, times with their zone."""
    ended = await run("export", token=None, desk=None)
    (case,) = [msgspec.json.decode(line) for line in ended.out.splitlines()]
    assert (ended.code, ended.err) == (0, "")
    assert set(case) >= FIELDS
    assert case["customer"] == {"telegram_id": complaint, "name": "+cmd|' /C calc'!A0"}
    assert (case["messages"][0]["from"], case["messages"][0]["text"]) == ("customer", WORDS)
    assert case["messages"][1]["from"] == "bot"
    assert case["opened_at"].endswith("+00:00")
    alone = await run("export", "--case", case["case_no"])
    assert alone.out == ended.out


async def test_a_table_calculates_nothing(run: Run, complaint: int, tmp_path: Path) -> None:
    """In CSV and Excel a cell that begins like a formula is text, and the words are all there."""
    ended = await run("export", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ended.out.decode("utf-8-sig")))
    assert row["first_words"] == f"'{WORDS}"
    assert row["customer_name"].startswith("'+cmd")
    assert row["customer_id"] == str(complaint)
    assert not any(cell[:1] in ("=", "+", "-", "@") for cell in row.values())
    assert (await run("export", "--format", "xlsx", "--out", "cases.xlsx")).code == 0
    cells, formulas = _sheet(tmp_path / "cases.xlsx")
    assert formulas == 0
    assert f"'{WORDS}" in cells
    assert row["case_no"] in cells


def _sheet(file: Path) -> tuple[list[str], int]:
    """The texts of a workbook, and how many cells would calculate something."""
    with zipfile.ZipFile(file) as book:
        texts = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - as above
    return [one.text or "" for one in texts.iter(f"{CELL}t")], len(list(sheet.iter(f"{CELL}f")))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "xlsx"), "--out"),
        (("--case", "999-9999"), "999-9999"),
        (("--out", "/nowhere/cases.jsonl"), "/nowhere"),
        (("--format", "xlsx", "--out", "/nowhere/cases.xlsx"), "/nowhere"),
    ],
)
async def test_what_cannot_be_exported_is_one_line(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """A place that cannot be written, a case that is not there: one line, exit code 2."""
    assert (await run("migrate")).code == 0
    ended = await run("export", *arguments)
    assert (ended.code, len(ended.lines), ended.out) == (2, 1, b"")
    assert words in ended.err


async def test_a_database_that_is_not_there_is_not_made_by_looking_at_it(run: Run, tmp_path: Path) -> None:
    """`export` of a wrong path says so and leaves no empty file behind; `migrate` makes one, twice alike."""
    ended = await run("export")
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert "COMPLAINT_BOT_DATABASE" in ended.err
    assert not (tmp_path / "complaints.db").exists()
    first, second = await run("migrate"), await run("migrate")
    assert (first.code, first.out) == (second.code, second.out)
    assert (await run("export")).out == b""
