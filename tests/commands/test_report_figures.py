"""`report`: the small world out of a real database, through the command, in every form."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from bot.complaint.case import Facts
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.complaint.records import Round
from bot.insight.figures import Around, report
from bot.store import open_store
from tests.commands.conftest import Run
from tests.contract.store import NOW
from tests.insight.small import ACTIVE, CASES, MARCH, SHIPPED, at, case, facts, timeline

FORMULA = "=1+1"
SHIPMENTS = "product,batch,date,units\n" + "".join(
    f"{one.product},{one.batch},{one.day},{one.units}\n" for one in SHIPPED
)
USERS = "date,active\n" + "".join(f"{one.day},{one.users}\n" for one in ACTIVE)
BY_THE_BRANDS_CLOCK = (
    "sla",
    "first_reply_human",
    "hand_off_wait_worked",
)
"""The small world has hours and deadlines of its own."""


@pytest.fixture(name="kept")
async def _kept(tmp_path: Path) -> Path:
    """Its twelve cases and their timelines, in the database that the settings name; and its CSV files."""
    await written(f"sqlite:///{tmp_path / 'complaints.db'}")
    (tmp_path / "shipped.csv").write_text(SHIPMENTS, "utf-8")
    (tmp_path / "users.csv").write_text(USERS, "utf-8")
    return tmp_path


async def written(address: str) -> None:
    """The small world, in this database."""
    store = await open_store(address)
    lines = [
        replace(line.entry, case_no=one.no)
        for one in CASES
        for line in timeline(one)
        if line.arrived or line.entry.who == "customer"
    ]
    await store.write(Round(at=NOW, cases=list(CASES), entries=lines))
    await store.close()


async def told(run: Run, *more: str, **settings: object) -> dict[str, Any]:
    """What the command answers another program about March."""
    asked = ("report", "--period", "2026-03", "--format", "json", *more)
    ended = await run(*asked, token=None, desk=None, **settings)
    assert (ended.code, ended.err) == (0, ended.err)
    found: dict[str, Any] = msgspec.json.decode(ended.out)
    return found


def named(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Its figures by name."""
    return {"|".join((one["name"], *one["of"])): one for one in found["figures"]}


VOLUMES = ("--shipments", "shipped.csv", "--users", "users.csv")


@pytest.mark.usefixtures("kept")
async def test_the_command_tells_what_the_hand_computed_world_tells(run: Run) -> None:
    """Figure by figure, with its n; what is of too few is null."""
    ours = named(await told(run, *VOLUMES))
    around = Around(shipped=SHIPPED, active=ACTIVE)
    compared = 0
    for one in report(facts(), MARCH, around).figures:
        if one.name.startswith(BY_THE_BRANDS_CLOCK):
            continue
        theirs = ours["|".join((one.name, *one.of))]
        assert (theirs["value"], theirs["n"]) == (one.value, one.n), one.name
        compared += 1
    assert compared > 80
    assert (ours["opened"]["value"], ours["closed"]["value"]) == (10, 5)
    assert ours["opened_by_product|tea"]["value"] == 6
    assert (ours["nps"]["value"], ours["nps"]["too_few"]) == (None, True)


@pytest.mark.practice("S67", "S68", "S79")
@pytest.mark.usefixtures("kept")
async def test_what_is_above_its_limit_is_named_with_its_cases(run: Run) -> None:
    """Tea is at 300 in a million shipped, above the brand's limit; its cases come in the order in which they began."""
    found = await told(run, *VOLUMES)
    tea = next(one for one in found["alerts"] if one["of"] == ["tea"])
    assert (tea["ppm"], tea["limit"], tea["cases"]) == (300.0, 100.0, ["A", "C", "J", "K", "L", "B"])
    assert named(found)["complainants_per_ten_thousand"]["value"] == 2.5


@pytest.mark.usefixtures("kept")
async def test_filters_leave_cases_and_shipments_out(run: Run) -> None:
    """Of jam there is one case, and only jam was shipped; of another channel there is none."""
    jam = named(await told(run, "--product", "jam", *VOLUMES))
    assert (jam["opened"]["value"], jam["ppm_all"]["n"]) == (1, 20_000)
    assert named(await told(run, "--channel", "store"))["opened"]["value"] == 0
    assert named(await told(run, "--category", "quality"))["opened"]["value"] == 2


@pytest.mark.usefixtures("kept")
async def test_the_period_before_stands_beside_it(run: Run) -> None:
    """Of the second half of March the fortnight before is compared, up to the day before its first."""
    ended = await run("report", "--since", "2026-03-16", "--until", "2026-03-31", "--format", "json")
    found = msgspec.json.decode(ended.out)
    assert found["period"] == {"first": "2026-03-16", "until": "2026-04-01"}
    assert found["before"] == {"first": "2026-02-28", "until": "2026-03-16"}
    opened = named(found)["opened"]
    assert (opened["value"], opened["before"]) == (1, 9)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("投诉报告", "新投诉", "样本太少 n=", "少数要害")),
        ("en", ("Complaints report", "too few n=", "Promises")),
    ],
)
@pytest.mark.usefixtures("kept")
async def test_people_read_it_at_a_terminal(run: Run, lang: str, words: tuple[str, ...]) -> None:
    """In either language, every figure with its n, and nothing of anybody's."""
    ended = await run("report", "--period", "2026-03", "--lang", lang, token=None, desk=None)
    text = ended.out.decode()
    assert ended.code == 0
    for one in words:
        assert one in text
    assert not any(one in text for one in ("王小明", "瓶子的盖子", "wang"))


@pytest.mark.usefixtures("kept")
async def test_rows_that_were_made_once_are_only_read(run: Run, kept: Path) -> None:
    """The first report makes them, the second finds nothing to make."""
    await told(run)
    store = await open_store(f"sqlite:///{kept / 'complaints.db'}")
    try:
        assert await store.unbooked_count(NOW.replace(year=2099)) == 0
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--period", "soon"), "--period: “soon” is no period"),
        (("--period", "week", "--since", "2026-03-01"), "leave --since and --until away"),
        (("--since", "2026-03-02", "--until", "2026-03-01"), "lies after --until"),
        (("--shipments", "bad.csv"), "--shipments: bad.csv, line 3: units 'x' is not a whole number"),
        (("--users", "bad.csv"), "--users: bad.csv, line 1: no column active"),
        (("--users", "none.csv"), "--users: none.csv cannot be read"),
        (("--out", "no/such/page.html"), "--out: no/such/page.html cannot be written"),
        (("--xlsx", "no/such/file.xlsx"), "--xlsx: no/such/file.xlsx cannot be written"),
    ],
)
async def test_what_is_wrong_is_one_line(run: Run, kept: Path, options: tuple[str, ...], words: str) -> None:
    """It names the option, and in a CSV file the line."""
    (kept / "bad.csv").write_text("product,batch,date,units\ntea,T1,2026-03-01,5\ntea,T1,2026-03-02,x\n")
    ended = await run("report", *options)
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert words in ended.err


async def test_the_excel_file_has_a_sheet_for_each_table_and_no_formula(run: Run, kept: Path) -> None:
    """Figures are numbers with their n beside them; a product that looks like a formula is a word."""
    store = await open_store(f"sqlite:///{kept / 'complaints.db'}")
    await store.write(Round(at=NOW, cases=[case("M", 11, at(15, 9), facts=Facts(product=FORMULA))]))
    await store.close()
    ended = await run("report", "--period", "2026-03", *VOLUMES, "--lang", "en", "--xlsx", "f.xlsx")
    assert (ended.code, ended.out) == (0, b"")
    book = load_workbook(kept / "f.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert FORMULA in [cell.value for cell in cells]
    overview = {row[0].value: row[1].value for row in book["Overview Key figures"].iter_rows(min_row=2)}
    assert overview["New cases"] == 11
    ppm = next(one for one in book if "ppm" in one.title.lower() or "shipments" in one.title)
    assert [cell.value for cell in next(ppm.iter_rows(min_row=2))][:7] == [
        *("All", "", 40_000),
        *(75, 40_000),
        *(200, 40_000),
    ]
    assert len(book.sheetnames) > 15


async def test_the_page_stands_alone(run: Run, kept: Path) -> None:
    """One file, nothing fetched, and what a customer typed cannot run in it."""
    store = await open_store(f"sqlite:///{kept / 'complaints.db'}")
    evil = "</script><script>alert(1)</script>"
    await store.write(Round(at=NOW, cases=[case("M", 11, at(15, 9), facts=Facts(product=evil))]))
    await store.close()
    assert (await run("report", "--period", "2026-03", "--out", "page.html")).code == 0
    page = (kept / "page.html").read_text("utf-8")
    assert evil not in page
    assert page.count("</script>") == 3
    assert "src=" not in page.split("<script>")[0]
    assert "王小明" not in page


async def test_case_numbers_are_ours(kept: Path) -> None:
    """The small world is written whole."""
    store = await open_store(f"sqlite:///{kept / 'complaints.db'}")
    numbers = {found.no async for found, _ in store.cases()}
    await store.close()
    assert numbers == {CaseNo(one.no) for one in CASES}


@pytest.mark.usefixtures("kept")
async def test_one_brand_of_several_can_be_asked_for(run: Run, tmp_path: Path) -> None:
    """By any of its names; a name that none has is told with those that there are."""
    own = 'name = { zh = "禾穗", en = "Hesui" }\nhotline = "400-111-2222"\n'
    moon = 'name = { zh = "月亮茶铺", en = "Moon Tea" }\nhotline = "400-333-4444"\n'
    (tmp_path / "moon.toml").write_text(moon, "utf-8")
    accounts = '[[accounts]]\nowner = 77\nbrand = "moon.toml"\n'
    (tmp_path / "brand.toml").write_text(own + accounts, "utf-8")
    both = {"brand": tmp_path / "brand.toml"}
    found = [
        named(await told(run, "--brand", name, **both))["opened"]["value"] for name in ("Hesui", "月亮茶铺")
    ]
    assert found == [10, 0]

    wrong = await run("report", "--brand", "Sun Tea", token=None, desk=None, **both)
    assert (wrong.code, wrong.out) == (2, b"")
    assert "Write one of: Hesui, Moon Tea." in wrong.err


@pytest.mark.practice("R16")
async def test_a_report_is_for_nobody_but_its_user(run: Run, kept: Path) -> None:
    """It tells how each colleague works, and the numbers of cases."""
    ended = await run("report", "--period", "2026-03", *VOLUMES, "--out", "f.html", "--xlsx", "f.xlsx")
    assert ended.code == 0, ended.err
    assert [(kept / name).stat().st_mode & 0o077 for name in ("f.html", "f.xlsx")] == [0, 0]
