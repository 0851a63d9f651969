"""`export` and `migrate`: everything that was said, in three forms, and harmless in every one."""

import asyncio
import csv
import io
import sqlite3
import zipfile
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from bot.complaint.records import Round
from bot.store import open_store
from tests.commands.conftest import Run
from tests.contract.store import NOW, a_deed
from tests.outpost import LittleTelegram, posted
from tests.processes import PATIENCE

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
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    return [one.text or "" for one in sheet.iter(f"{CELL}t")], len(list(sheet.iter(f"{CELL}f")))


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


PICTURE = b"\x89PNG\r\n\x1a\n bread"


@pytest.fixture
async def evidence(tmp_path: Path, telegram: LittleTelegram) -> AsyncIterator[Path]:
    """A case with a picture and a receipt that were fetched, and its database; the bot has stopped since."""
    person = await telegram.new_customer("Emma")
    async with posted(tmp_path, telegram) as post:
        running = await post.open()
        await telegram.do("say", person_id=person, text=WORDS)
        await telegram.waits_for(person)
        for kind, name in (("photo", "a.png"), ("document", "../../发票.PDF")):
            data = b64encode(PICTURE).decode()
            await telegram.do("send_file", person_id=person, kind=kind, data=data, name=name)
        async with asyncio.timeout(PATIENCE):
            while _states(post.database) != ["kept", "kept"]:
                await telegram.breathe(0.05)
        await running.stop()
        yield post.database


def _states(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as reader:
        return [state for (state,) in reader.execute("SELECT state FROM files")]


def _tamper(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as writer, writer:
        for statement in statements:
            writer.execute(statement)


@pytest.mark.practice("S32")
@pytest.mark.usefixtures("evidence")
async def test_evidence_is_written_out_as_it_was_sent_under_its_hash(run: Run, tmp_path: Path) -> None:
    """Named by hash and ending: a sender's own name is told in the line, and leads nowhere."""
    ended = await run("export", "--files", str(tmp_path / "out" / "files"))
    case = msgspec.json.decode(ended.out)
    digest = sha256(PICTURE).hexdigest()
    assert (ended.code, ended.err) == (0, "")
    assert [(one["kind"], one["state"], one["sha256"]) for one in case["evidence"]] == [
        ("photo", "kept", digest),
        ("document", "kept", digest),
    ]
    files = sorted((tmp_path / "out" / "files").iterdir())
    assert [file.name for file in files] == [f"{digest}.jpg", f"{digest}.pdf"]
    assert {file.read_bytes() for file in files} == {PICTURE}
    assert [one.stat().st_mode & 0o077 for one in (*files, tmp_path / "out" / "files")] == [0, 0, 0]


@pytest.mark.practice("R16")
async def test_a_file_s_own_name_gives_the_terminal_no_orders(
    run: Run, evidence: Path, tmp_path: Path
) -> None:
    """Of a file that is lost the name is told, without the signs that clear a screen or feign a line."""
    _tamper(
        evidence,
        "UPDATE files SET state = 'lost', reason = 'gone', "
        "body = json_set(body, '$.name', 'a' || char(27) || '[2J' || char(10) || 'case 1: ' || char(8238) || 'fdp')",
    )
    ended = await run("export", "--files", str(tmp_path / "files"))
    assert ended.code == 0
    told = ended.err.splitlines()
    assert len(told) == 2, told
    assert all(one.startswith("case ") and one.isprintable() for one in told)


async def test_evidence_that_is_not_what_was_kept_is_told_and_the_rest_is_written(
    run: Run, evidence: Path, tmp_path: Path
) -> None:
    """A hash is there to be looked at: spoiled bytes are never handed on as evidence."""
    _tamper(evidence, "UPDATE blobs SET bytes = x'00'")
    ended = await run("export", "--files", str(tmp_path / "files"))
    assert ended.code == 2
    assert msgspec.json.decode(ended.out)["case_no"]
    assert "is not as it was kept" in ended.err
    assert not (tmp_path / "files").exists()
    _tamper(evidence, "DELETE FROM blobs")
    assert "is missing" in (await run("export", "--files", str(tmp_path / "files"))).err


@pytest.mark.usefixtures("evidence")
async def test_a_folder_for_evidence_that_cannot_be_made_is_one_line(run: Run, tmp_path: Path) -> None:
    """With what to do, and exit code 2."""
    (tmp_path / "taken").write_bytes(b"")
    ended = await run("export", "--files", str(tmp_path / "taken" / "files"))
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert "--files" in ended.err


async def _told_of_the_database(run: Run) -> list[str]:
    """What `check` finds about it."""
    ended = await run("check", token=None, desk=None)
    return [one for one in ended.out.decode().splitlines() if one.startswith("COMPLAINT_BOT_DATABASE")]


@pytest.mark.practice("S38")
async def test_check_proves_the_audit(run: Run, tmp_path: Path) -> None:
    """As it was written: nothing is said. A line changed in the file: its number, and what to do."""
    store = await open_store(f"sqlite:///{tmp_path / 'complaints.db'}")
    await store.write(Round(at=NOW, deeds=[a_deed(None), a_deed(None), a_deed(None)]))
    await store.close()
    assert await _told_of_the_database(run) == []
    _tamper(
        tmp_path / "complaints.db", "DROP TRIGGER deeds_stand", "UPDATE deeds SET body = '{}' WHERE id = 2"
    )
    (finding,) = await _told_of_the_database(run)
    assert "line 2 of the audit" in finding
    assert (await run("check", token=None, desk=None)).code == 1


async def test_check_says_nothing_of_a_database_that_is_not_there_or_not_ours_yet(
    run: Run, tmp_path: Path
) -> None:
    """Looking makes no file, and what `run` will migrate is no fault."""
    assert await _told_of_the_database(run) == []
    assert not (tmp_path / "complaints.db").exists()
    sqlite3.connect(tmp_path / "complaints.db").close()
    assert await _told_of_the_database(run) == []
