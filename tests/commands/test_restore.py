"""`complaint-bot restore`: a desk made of a whole copy, of either kind, or nothing at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.migrations import migrations
from bot.store.rows import case_row
from tests.commands.copying import content, fill, look, names, run, spoil, told_by
from tests.contract.servers import Server
from tests.contract.store import (
    NO,
    NOW,
    a_case,
    arrival,
    at_home,
)


async def test_what_is_no_whole_copy_is_not_restored(tmp_path: Path, copy: Path) -> None:
    """A file of something else, one that is cut off, one of a newer program: each with its reason, and nothing made."""
    goal = f"sqlite:///{tmp_path / 'new' / 'desk.db'}"
    (tmp_path / "new").mkdir()
    whole = content(copy)
    strange, short, newer = (tmp_path / name for name in ("strange", "short", "newer"))
    for file, what in ((strange, b"buy milk\n" * 500), (short, whole[: len(whole) // 2]), (newer, whole)):
        fill(file, what)
    spoil(newer, "INSERT INTO schema_version VALUES (9999, 'future', 'later')")
    other = tmp_path / "other"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE recipes (name TEXT)")
    said = {
        one: await run(tmp_path, goal, "restore", one)
        for one in ("strange", "short", "newer", "other", "none")
    }

    assert {one: ended.code for one, ended in said.items()} == dict.fromkeys(said, 2)
    assert "not an SQLite database" in said["strange"].err
    assert "damaged" in said["short"].err
    assert "another copy" in said["short"].err
    assert "restore COPY" not in said["short"].err
    assert "newer program" in said["newer"].err
    assert "no copy of a desk" in said["other"].err
    assert "no file none" in said["none"].err
    assert names(tmp_path / "new") == []


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (("DROP TRIGGER deeds_stand", "UPDATE deeds SET act = 'refund' WHERE id = 2"), "from its line 2 on"),
        (
            ("UPDATE blobs SET bytes = zeroblob(9) WHERE place = 0",),
            "1 of 1 files are missing or not as they were",
        ),
    ],
)
async def test_a_copy_whose_evidence_or_audit_was_changed_is_restored_only_when_told_so(
    tmp_path: Path, copy: Path, statements: tuple[str, ...], said: str
) -> None:
    """It says what is wrong; a desk with a flaw may still be better than none."""
    goal = f"sqlite:///{tmp_path / 'new.db'}"
    for statement in statements:
        spoil(copy, statement)
    refused = await run(tmp_path, goal, "restore", "desk.copy")
    absent = "new.db" not in names(tmp_path)
    forced = await run(tmp_path, goal, "restore", "desk.copy", "--force")

    assert (refused.code, forced.code) == (2, 0)
    assert said in refused.err
    assert said in forced.err
    assert absent


@pytest.mark.usefixtures("copy")
async def test_a_desk_that_is_used_or_not_empty_is_not_written_over(tmp_path: Path) -> None:
    """Forced, what was there is set aside whole; while a program uses it not even that."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    async with at_home(address) as store:
        await store.keep([arrival("later")])
        used = await run(tmp_path, address, "restore", "desk.copy", "--force")
    full = await run(tmp_path, address, "restore", "desk.copy")
    forced = await run(tmp_path, address, "restore", "desk.copy", "--force")
    (aside,) = (tmp_path / one for one in names(tmp_path) if one.startswith("desk.db.before-"))

    assert (used.code, full.code, forced.code) == (2, 2, 0)
    assert "stop the bot first" in used.err
    assert "is not empty" in full.err
    assert look(aside, "SELECT count(*) FROM inbox WHERE key = 'later'") == [(1,)]
    assert look(tmp_path / "desk.db", "SELECT count(*) FROM inbox WHERE key = 'later'") == [(0,)]


@pytest.mark.usefixtures("copy")
async def test_a_damaged_desk_is_replaced_by_its_copy(tmp_path: Path) -> None:
    """`run` says that the file is damaged and names the way out; the way out works."""
    desk = tmp_path / "desk.db"
    fill(desk, content(desk)[:4096].ljust(len(content(desk)), b"\0"))
    told = await run(tmp_path, f"sqlite:///{desk}", "status")
    done = await run(tmp_path, f"sqlite:///{desk}", "restore", "desk.copy", "--force")

    assert "damaged" in told.err
    assert "restore" in told.err
    assert done.code == 0, done.err
    assert (await told_by(f"sqlite:///{desk}"))["broken"] is None


@pytest.mark.usefixtures("copy")
async def test_a_server_that_is_used_or_not_empty_takes_no_copy(tmp_path: Path, server: Server) -> None:
    """On PostgreSQL nothing is set aside, so nothing is forced: a new database is named instead."""
    async with server.database() as name:
        address = server.address(name)
        async with at_home(address) as store:
            await store.pending(1, now=NOW)
            used = await run(tmp_path, address, "restore", "desk.copy")
        async with at_home(address) as store:
            await store.keep([arrival("1")])
        full = await run(tmp_path, address, "restore", "desk.copy", "--force")

    assert (used.code, full.code) == (2, 2)
    assert "is in use" in used.err
    assert "not empty" in full.err


async def test_an_older_copy_is_brought_to_the_schema_of_today(tmp_path: Path, server: Server) -> None:
    """A copy is good for as long as the program knows how its schema grew."""
    first = migrations("sqlite")[0]
    with closing(sqlite3.connect(tmp_path / "old.copy")) as old, old:
        old.executescript(first.script)
        old.execute("INSERT INTO schema_version VALUES (1, 'foundation', 'then')")
        row = case_row(a_case())
        columns = (
            "case_no, chat, customer, status, control, severity, queue, holder, opened_at, closed_at, body"
        )
        old.execute(f"INSERT INTO cases ({columns}, version) VALUES ({', '.join('?' * 11)}, 1)", row)  # noqa: S608
    async with server.database() as name:
        for address in (f"sqlite:///{tmp_path / 'new.db'}", server.address(name)):
            ended = await run(tmp_path, address, "restore", "old.copy")
            assert ended.code == 0, ended.err
            async with at_home(address) as store:
                assert [case.no async for case, _ in store.cases()] == [NO]


async def test_each_desk_that_is_set_aside_keeps_a_name_of_its_own(tmp_path: Path, copy: Path) -> None:
    """Restored again within the same second, it does not write over what was set aside before."""
    desk = tmp_path / "desk.db"
    for _ in range(3):
        assert (await run(tmp_path, f"sqlite:///{desk}", "restore", copy.name, "--force")).code == 0
    asides = [one for one in names(tmp_path) if one.startswith("desk.db.before-")]
    assert len(asides) == 3


@pytest.mark.parametrize("lost", [1, 100, 4095])
async def test_a_copy_that_lacks_its_last_bytes_is_not_restored(
    tmp_path: Path, copy: Path, lost: int
) -> None:
    """SQLite reads what is missing of the last page as zeros, and may find nothing wrong with it."""
    fill(copy, content(copy)[:-lost])
    ended = await run(tmp_path, f"sqlite:///{tmp_path / 'new.db'}", "restore", copy.name)

    assert ended.code == 2
    assert "is damaged; take another copy" in ended.err
    assert "new.db" not in names(tmp_path)


async def test_a_file_that_a_bot_left_is_no_copy(tmp_path: Path, copy: Path) -> None:
    """Part of it stands beside it, and would be missing without a word."""
    fill(tmp_path / "desk.copy-wal", b"the last words")
    ended = await run(tmp_path, f"sqlite:///{tmp_path / 'new.db'}", "restore", copy.name)

    assert ended.code == 2
    assert "desk.copy-wal" in ended.err
    assert "backup" in ended.err
    assert "new.db" not in names(tmp_path)
