"""`complaint-bot backup`: one file that holds the desk, made while it works, and nothing half done."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.commands.copying import content, furnish, look, names, rights, run, spoil, told_by
from tests.contract.servers import Server
from tests.contract.store import (
    LASTING,
    POSTGRES,
    arrival,
    at_home,
)


@pytest.mark.practice("R36")
@pytest.mark.parametrize("start", sorted(LASTING))
@pytest.mark.parametrize("goal", sorted(LASTING))
async def test_a_desk_comes_back_as_it_was_from_either_kind_to_either_kind(
    tmp_path: Path, server: Server, start: str, goal: str
) -> None:
    """Cases, talks, the audit with its seals, files with their hashes, letters, timers, the inbox."""
    async with AsyncExitStack() as stack:
        homes = [
            server.address(await stack.enter_async_context(server.database()))
            if kind == POSTGRES
            else f"sqlite:///{tmp_path / name}"
            for kind, name in ((start, "one.db"), (goal, "other.db"))
        ]
        async with at_home(homes[0]) as store:
            await furnish(store)
        before = await told_by(homes[0])
        copied = await run(tmp_path, homes[0], "backup", "desk.copy")
        restored = await run(tmp_path, homes[1], "restore", "desk.copy")
        after = await told_by(homes[1])
        async with at_home(homes[1]) as store:
            doubtful = [one.attempted_at is not None for one in await store.waiting()]
            (number,) = store.letter_ids(1)
            assert await store.keep([arrival("3")]) == 1

    assert (copied.code, restored.code) == (0, 0), copied.err + restored.err
    assert after == before
    assert doubtful == [True, True]
    assert number > 3
    for ended in (copied, restored):
        assert (
            "1 cases, 1 lines of talks, 1 files, 2 lines of the audit, 2 letters that wait"
            in ended.out.decode()
        )
    assert "each goes once more" in restored.out.decode()
    assert rights(tmp_path / "desk.copy") & 0o077 == 0
    assert [one for one in names(tmp_path) if ".part" in one] == []


async def test_a_copy_of_this_name_is_replaced_only_when_told_so(tmp_path: Path, copy: Path) -> None:
    """A slip of the finger costs no older copy; and a folder that is missing is named."""
    address, before = f"sqlite:///{tmp_path / 'desk.db'}", content(copy)
    refused = await run(tmp_path, address, "backup", "desk.copy")
    nowhere = await run(tmp_path, address, "backup", "none/desk.copy")
    kept = content(copy)
    replaced = await run(tmp_path, address, "backup", "desk.copy", "--force")

    assert (refused.code, nowhere.code, replaced.code) == (2, 2, 0)
    assert "desk.copy exists" in refused.err
    assert "The folder of none/desk.copy does not exist" in nowhere.err
    assert kept == before


async def test_a_copy_is_of_one_moment_though_the_desk_goes_on_writing(tmp_path: Path) -> None:
    """While it is made, two rows at a time are written: the copy has both or neither of each pair."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    async with at_home(address) as store:
        await furnish(store)
        over, wrote = asyncio.Event(), asyncio.Event()

        async def write() -> int:
            number = 0
            while not over.is_set():
                pair = [arrival(f"{side}{number}", body=b"x" * 20_000) for side in "ab"]
                number += await store.keep(pair) // 2
                wrote.set()
            return number

        writing = asyncio.create_task(write())
        await wrote.wait()
        ended = await run(tmp_path, address, "backup", "desk.copy")
        # the first of these may have been under way when the copy was made
        for _ in range(2):
            wrote.clear()
            await wrote.wait()
        over.set()
        written = await writing

    assert ended.code == 0, ended.err
    ((left,), (right,)) = look(
        tmp_path / "desk.copy",
        "SELECT count(*) FROM inbox WHERE key GLOB 'a*' UNION ALL SELECT count(*) FROM inbox WHERE key GLOB 'b*'",
    )
    assert left == right
    assert 0 < left < written  # type: ignore[operator]


@pytest.mark.usefixtures("copy")
async def test_a_flaw_of_the_desk_itself_is_told_when_it_is_copied(tmp_path: Path) -> None:
    """The copy is made all the same, and the exit code is 1."""
    spoil(tmp_path / "desk.db", "DELETE FROM blobs")
    ended = await run(tmp_path, f"sqlite:///{tmp_path / 'desk.db'}", "backup", "second.copy")

    assert ended.code == 1
    assert "1 of 1 files are missing" in ended.err
    assert "second.copy" in names(tmp_path)


async def test_a_place_that_takes_no_file_is_one_line(tmp_path: Path, copy: Path) -> None:
    """Something stands where the copy is made, as a folder without the right to write in it would."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    copy.with_name("new.copy.part").mkdir()
    ended = await run(tmp_path, address, "backup", "new.copy")
    assert ended.code == 2
    assert [one for one in ended.lines if "new.copy" in one and one.startswith("complaint-bot: ")]
    assert [one for one in ended.lines if "Traceback" in one or "crashed" in one] == []


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize("name", ["desk.db", "./desk.db", "linked.db", "desk.db-wal", "desk.db-shm"])
async def test_no_copy_takes_the_place_of_the_desk_itself(tmp_path: Path, name: str) -> None:
    """A bot at work would go on writing into a file without a name, and all of that would be lost."""
    desk = tmp_path / "desk.db"
    (tmp_path / "linked.db").symlink_to(desk)
    async with at_home(f"sqlite:///{desk}") as store:
        before = desk.stat().st_ino
        ended = await run(tmp_path, f"sqlite:///{desk}", "backup", name, "--force")
        await store.keep([arrival("later")])

    assert ended.code == 2
    assert "the database itself" in ended.err
    assert desk.stat().st_ino == before
    assert look(desk, "SELECT count(*) FROM inbox WHERE key = 'later'") == [(1,)]
