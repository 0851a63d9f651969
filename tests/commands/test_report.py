"""`report`: how right the bot read, from the cases of a real database, and nothing personal in it."""

from pathlib import Path

import msgspec
import pytest

from bot.complaint.case import Case, Correction, MachineReading
from bot.complaint.corrections import ReadField
from bot.complaint.ids import UserId
from bot.complaint.reading import Category, Language
from bot.complaint.records import Round
from bot.store import open_store
from tests.commands.conftest import Run
from tests.contract.store import NOW, a_case, a_line

FIXED = Correction(
    field=ReadField.CATEGORY,
    read="quality",
    now="delivery",
    by=UserId(11),
    name="李秘密",
    at=NOW,
    why="顾客电话13812345678说是快递摔的",
)


def cases() -> list[Case]:
    """Thirty read right and closed by a person, two read wrong, one from before readings were kept."""
    machine = MachineReading(category=Category.QUALITY, confidence=0.9)
    right = [
        a_case(f"100-00{n:02}", machine=machine, closed_at=NOW, held_before=UserId(11)) for n in range(30)
    ]
    wrong = [
        a_case(f"200-000{n}", machine=machine, corrections=(FIXED,), language=Language.EN) for n in range(2)
    ]
    return [*right, *wrong, a_case("300-0000")]


@pytest.fixture
async def kept(tmp_path: Path) -> None:
    """They are in the database that the settings name."""
    store = await open_store(f"sqlite:///{tmp_path / 'complaints.db'}")
    await store.write(Round(at=NOW, cases=cases(), entries=[a_line("300-0000", text="我是王小明")]))
    await store.close()


@pytest.mark.usefixtures("kept")
async def test_the_confusion_table_is_made_of_real_cases(run: Run) -> None:
    """Each field has its number of cases, its share, its languages, and what was taken for what."""
    ended = await run("report", "--reading", "--format", "json", token=None, desk=None)
    found = msgspec.json.decode(ended.out)
    assert (ended.code, found["cases"], found["judged"], found["unread"]) == (0, 33, 32, 1)
    category = next(one for one in found["tables"] if one["field"] == "category")
    assert (category["n"], category["right"], category["share"]) == (32, 30, 30 / 32)
    assert category["said"] == {"n": 2, "right": 0, "share": None}
    assert category["by_language"]["en"] == {"n": 2, "right": 0, "share": None}
    assert category["confusions"] == [{"machine": "quality", "people": "delivery", "n": 2}]


@pytest.mark.usefixtures("kept")
async def test_people_read_the_same_at_a_terminal_and_nothing_personal(run: Run) -> None:
    """N stands beside every share, small ones say so, and neither form names anybody."""
    text = await run("report", "--reading", token=None, desk=None)
    words = text.out.decode()
    assert "category  n=32, right 30, 93.8%" in words
    assert "en             n=2, right 0, too few" in words
    assert "2 ×  read quality, is delivery" in words
    for out in (words, (await run("report", "--reading", "--format", "json")).out.decode()):
        assert not any(one in out for one in ("王小明", "李秘密", "138", "100-00", "电话"))


@pytest.mark.usefixtures("kept")
async def test_only_cases_since_a_day_are_counted(run: Run) -> None:
    """The day begins at midnight where the brand is; after it there is nothing yet."""
    day = NOW.date().isoformat()
    assert (await run("report", "--reading", "--since", day)).out.startswith(b"33 cases")
    assert (await run("report", "--reading", "--since", "2099-01-01")).out.startswith(b"0 cases")
    assert (await run("report", "--reading", "--since", "yesterday")).code == 2


async def test_a_database_that_is_not_there_is_one_line(run: Run) -> None:
    """It is not made by asking for figures."""
    ended = await run("report", "--reading")
    assert (ended.code, len(ended.lines)) == (2, 1)
    assert "COMPLAINT_BOT_DATABASE" in ended.err


@pytest.mark.practice("S38")
@pytest.mark.usefixtures("kept")
async def test_the_export_has_both_readings(run: Run) -> None:
    """What the machine read, and every correction with who, when and why."""
    ended = await run("export", "--case", "200-0000", token=None, desk=None)
    case = msgspec.json.decode(ended.out)
    assert (case["machine_reading"]["category"], case["machine_reading"]["confidence"]) == ("quality", 0.9)
    (one,) = case["corrections"]
    assert (one["field"], one["read"], one["now"], one["name"]) == (
        "category",
        "quality",
        "delivery",
        "李秘密",
    )
