"""What `export` may be asked for: which cases, in how many files, with whose names; and what is left when it breaks."""

import csv
import io
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import msgspec
import pytest

from bot.commands.export_lines import CASES
from bot.commands.export_tables import Workbook
from bot.commands.users import whoever_asks
from bot.complaint.case import Case, Facts, Person, Queue, Status
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.reading import Category
from bot.complaint.records import Round
from bot.store import open_store
from tests.contract.store import NOW, a_case, a_line
from tests.processes import Ended, clean_environment, command

EMMA, LIN = Person(id=UserId(7100071), name="Emma Stone"), Person(id=UserId(7200072), name="林女士")
SECRETS = ("Emma Stone", "林女士", "7100071", "7200072", "13812345678", "HS260621-8841", "不通电", "000-0001")


def _case(number: int, whose: Person, **changes: object) -> Case:
    facts = Facts(product="电热壶", order_no="HS260621-8841", phone="13812345678", issue=("不通电",))
    at = NOW + timedelta(days=number)
    return a_case(
        f"000-000{number}",
        chat=ChatId(number),
        customer=whose,
        facts=facts,
        category=Category.QUALITY,
        opened_at=at,
    ).evolve(**changes)


@pytest.fixture(name="desk")
async def _desk(tmp_path: Path) -> Path:
    """A desk with four cases of two customers, a day between them."""
    store = await open_store(f"sqlite:///{tmp_path / 'desk.db'}")
    cases = [
        _case(1, EMMA),
        _case(2, LIN, queue=Queue.QUALITY),
        _case(3, EMMA, status=Status.CLOSED, closed_at=NOW + timedelta(days=5)),
        _case(4, LIN, facts=Facts(product="轻音破壁机")),
    ]
    lines = [a_line(case_no=one.no, text="壶不通电，我电话13812345678") for one in cases]
    await store.write(Round(at=NOW, cases=cases, entries=lines))
    await store.close()
    return tmp_path


async def export(desk: Path, *arguments: str) -> Ended:
    """Run it in this folder."""
    env = clean_environment(database=f"sqlite:///{desk / 'desk.db'}")
    return await command("export", *arguments, cwd=desk, env=env)


def names_in(folder: Path) -> list[str]:
    """What lies there."""
    return sorted(one.name for one in folder.iterdir())


def numbers(out: bytes) -> list[str]:
    """Which cases these lines are of."""
    return [msgspec.json.decode(line)["case_no"] for line in out.splitlines()]


async def test_only_the_cases_that_were_asked_for_are_written(desk: Path) -> None:
    """By day, queue, status, product under any of its names, and customer."""
    day = (NOW + timedelta(days=2)).date().isoformat()
    wanted = {
        ("--since", day): ["000-0002", "000-0003", "000-0004"],
        ("--until", day): ["000-0001", "000-0002"],
        ("--queue", "quality", "--status", "assessing"): [],
        ("--status", "closed"): ["000-0003"],
        ("--product", "kettle"): ["000-0001", "000-0002", "000-0003"],
        ("--customer", "7200072"): ["000-0002", "000-0004"],
    }
    for arguments, expected in wanted.items():
        ended = await export(desk, *arguments)
        assert (ended.code, numbers(ended.out)) == (0, expected), arguments
        assert ("no case is like that" in ended.err) == (not expected)


@pytest.mark.practice("R16", "R53")
async def test_an_export_of_one_customer_is_noted_on_each_case_without_their_number(desk: Path) -> None:
    """Who looks at a case's record finds it; the audit stays for ever, and so names nobody but who took it out."""
    assert (await export(desk, "--customer", "7200072")).code == 0
    store = await open_store(f"sqlite:///{desk / 'desk.db'}")
    lines = [one.deed async for one in store.deeds()]
    await store.close()
    assert [(one.act, one.case_no) for one in lines] == [("export", "000-0002"), ("export", "000-0004")]
    assert "7200072" not in repr(lines)


async def test_each_customer_and_each_case_gets_a_file_of_its_own(desk: Path) -> None:
    """A customer's file holds all of theirs, and nobody else's."""
    assert (await export(desk, "--split", "customer", "--out", "theirs")).code == 0
    found = {one.name: numbers(one.read_bytes()) for one in (desk / "theirs").iterdir()}
    assert found == {
        "customer-7100071.jsonl": ["000-0001", "000-0003"],
        "customer-7200072.jsonl": ["000-0002", "000-0004"],
    }
    assert (await export(desk, "--split", "case", "--format", "xlsx", "--out", "each")).code == 0
    names = sorted(one.name for one in (desk / "each").iterdir())
    assert names == [f"case-000-000{one}.xlsx" for one in range(1, 5)]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
@pytest.mark.practice("R17")
async def test_a_set_for_analysis_names_nobody(desk: Path, kind: str) -> None:
    """No number, name, phone, order, day or word; who has several cases is one token, which another set has not."""
    first, second = await export(desk, "--anonymous", "--format", kind), await export(desk, "--anonymous")
    assert first.code == 0
    text = first.out.decode()
    assert [one for one in SECRETS if one in text] == []
    assert NOW.date().isoformat()[:7] not in text
    assert "4 of 4 cases share week" in first.err
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(first.out.decode("utf-8-sig"))))
    else:
        rows = [msgspec.json.decode(line) for line in first.out.splitlines()]
    customers = [one["customer"] for one in rows]
    assert customers[0] == customers[2] != customers[1] == customers[3]
    assert [one["product"] for one in rows] == ["kettle"] * 3 + ["blender"]
    others = [msgspec.json.decode(line)["customer"] for line in second.out.splitlines()]
    assert not set(others) & set(customers)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--split", "case"), "--out FOLDER"),
        (("--anonymous", "--split", "case", "--out", "x"), "leave"),
        (("--anonymous", "--customer", "7100071"), "contradict"),
        (("--since", "2026-07-09", "--until", "2026-07-01"), "earlier day first"),
        (("--split", "case", "--out", "desk.db"), "is there already"),
        (("--case", "000-0001", "--queue", "quality"), "000-0001"),
    ],
)
async def test_what_does_not_go_together_is_one_line(
    desk: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Exit code 2, what to do, and nothing is written."""
    before = names_in(desk)
    ended = await export(desk, *arguments)
    assert (ended.code, len(ended.lines), ended.out) == (2, 1, b"")
    assert words in ended.err
    assert names_in(desk) == before


async def test_a_case_that_cannot_be_read_leaves_a_file_that_says_it_lacks_something(desk: Path) -> None:
    """The readable ones are there, under another name; what stood under the final one stays as it was."""
    with closing(sqlite3.connect(desk / "desk.db")) as writer, writer:
        writer.execute("UPDATE cases SET body = '{' WHERE case_no = '000-0002'")
    (desk / "cases.jsonl").write_bytes(b"yesterday")
    ended = await export(desk, "--out", "cases.jsonl")
    assert ended.code == 2
    assert "cases.jsonl.incomplete" in ended.err
    assert numbers((desk / "cases.jsonl.incomplete").read_bytes()) == ["000-0001", "000-0003", "000-0004"]
    assert (desk / "cases.jsonl").read_bytes() == b"yesterday"
    assert not [one for one in names_in(desk) if one.endswith(".part")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
async def test_a_full_disk_is_one_line(desk: Path) -> None:
    """What was meant to be written is not there, and nobody reads a traceback."""
    (desk / "full").symlink_to("/dev/full")
    ended = await export(desk, "--out", "full")
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert "cannot be written" in ended.err


def test_a_sheet_that_is_full_is_followed_by_another(tmp_path: Path) -> None:
    """Excel takes so many rows and no more: nothing is left out."""
    line: dict[str, object] = dict.fromkeys(CASES.columns, "")
    line |= {"customer": {"telegram_id": 1, "name": "x"}, "agreement": None}
    line |= {"flags": [], "messages": [], "remedies_requested": [], "promises": []}
    line |= {"notices": [], "came_by": [], "consent": {"on_behalf_of": None, "words": None, "at": None}}
    line |= {"links": {"merged_into": None}}
    book = Workbook(tmp_path / "many.xlsx", CASES, most=3)
    for number in range(5):
        book.write({**line, "case_no": CaseNo(f"000-000{number}")})
    book.close()
    with ZipFile(tmp_path / "many.xlsx") as packed:
        sheets = sorted(one for one in packed.namelist() if "worksheets/sheet" in one)
        rows = [packed.read(one) for one in sheets]
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    counts = [len(list(ET.fromstring(one).iter(f"{space}row"))) for one in rows]  # noqa: S314 - our own file
    assert counts == [3, 3, 2]


@pytest.mark.practice("R16")
@pytest.mark.parametrize("kind", ["jsonl", "csv", "xlsx"])
async def test_what_is_written_is_for_nobody_but_its_user(desk: Path, kind: str) -> None:
    """It holds names, numbers and words, like the database that it comes from."""
    one = await export(desk, "--format", kind, "--out", "cases")
    many = await export(desk, "--format", kind, "--split", "case", "--out", "folder")
    assert (one.code, many.code) == (0, 0), one.err + many.err
    assert {name: (desk / name).stat().st_mode & 0o077 for name in ("cases", "folder")} == {
        "cases": 0,
        "folder": 0,
    }


def test_a_user_without_a_name_is_noted_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers may run as a number that the system knows by no name; the audit says which."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert whoever_asks() == f"uid {os.getuid()}"
