"""`complaint-bot status`: beside a running bot or without one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot.complaint.ids import CaseNo, ChatId
from bot.complaint.records import Arrival, Done, Round
from bot.store import open_store
from tests.contract.store import a_case
from tests.processes import clean_environment, command


async def furnish(folder: Path, *, trouble: bool) -> str:
    """A database with a case, and perhaps something that could not be used."""
    address = f"sqlite:///{folder / 'desk.db'}"
    store, now = await open_store(address), datetime.now(UTC)
    await store.write(Round(at=now, cases=[a_case()]))
    if trouble:
        await store.keep([Arrival(source="telegram", key="1", chat=ChatId(7), body=b"{}", at=now)])
        (row,) = await store.pending(1, now=now)
        reason = "UpdateUnreadable: 王小明 13812345678"
        await store.write(Round(at=now, done=[Done(row=row.id, outcome="set_aside", reason=reason)]))
    await store.close()
    return address


def files_in(folder: Path) -> list[str]:
    """What lies there."""
    return [one.name for one in folder.iterdir()]


async def test_a_house_that_is_well_needs_nobody(tmp_path: Path) -> None:
    """Exit code 0, and one object with every figure."""
    env = clean_environment(database=await furnish(tmp_path, trouble=False))
    text = await command("status", cwd=tmp_path, env=env)
    told = msgspec.json.decode((await command("status", "--format", "json", cwd=tmp_path, env=env)).out)

    assert (text.code, text.err) == (0, "")
    assert "nothing needs a person" in text.out.decode()
    assert told["needs_a_person"] == []
    assert [one["count"] for one in told["open_cases"]] == [1]
    assert told["telegram"] is None


async def test_what_could_not_be_used_needs_a_person(tmp_path: Path) -> None:
    """Exit code 1; the sort of fault is told, and nothing of what it was about."""
    env = clean_environment(database=await furnish(tmp_path, trouble=True))
    text = await command("status", cwd=tmp_path, env=env)
    told = await command("status", "--format", "json", cwd=tmp_path, env=env)

    assert (text.code, told.code) == (1, 1)
    assert "1 arrivals could not be used" in text.out.decode()
    assert msgspec.json.decode(told.out)["set_aside"][0]["reason"] == "UpdateUnreadable"
    for ended in (text, told):
        assert "王小明" not in ended.out.decode()
        assert "13812345678" not in ended.out.decode()


@pytest.mark.practice("R17")
async def test_what_has_had_its_time_is_counted(tmp_path: Path) -> None:
    """Cases that the next round makes anonymous, and those that something holds longer."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    store, now = await open_store(address), datetime.now(UTC)
    old, cases = now - timedelta(days=2000), [a_case(CaseNo(f"100-000{n}"), 70 + n) for n in range(4)]
    closed = [one.evolve(closed_at=old, promises=(), legal_hold=n == 3) for n, one in enumerate(cases) if n]
    await store.write(Round(at=now, cases=[cases[0], *closed]))
    await store.close()
    env = clean_environment(database=address)
    text = await command("status", cwd=tmp_path, env=env)
    told = msgspec.json.decode((await command("status", "--format", "json", cwd=tmp_path, env=env)).out)

    assert told["retention"] == {"due": 2, "held": 1}
    assert "2 cases become anonymous next, 1 are held longer" in text.out.decode()


async def test_without_a_database_it_says_so_in_one_line(tmp_path: Path) -> None:
    """And makes none."""
    env = clean_environment(database=f"sqlite:///{tmp_path / 'none.db'}")
    ended = await command("status", cwd=tmp_path, env=env)

    assert ended.code == 2
    assert [line.partition(": ")[0] for line in ended.lines] == ["complaint-bot"]
    assert "COMPLAINT_BOT_DATABASE" in ended.err
    assert files_in(tmp_path) == []
