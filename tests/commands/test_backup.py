"""`complaint-bot backup` and `restore`: one file that holds the desk, both ways, and nothing half done."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from hashlib import sha256
from pathlib import Path

import pytest

from bot.complaint.ids import LetterId
from bot.complaint.records import Round
from bot.store import Store
from bot.store.migrations import migrations
from bot.store.rows import case_row
from tests.contract.servers import Server
from tests.contract.store import (
    CHAT,
    LASTING,
    NO,
    NOW,
    POSTGRES,
    a_case,
    a_deed,
    a_file,
    a_letter,
    a_line,
    a_talk,
    a_timer,
    arrival,
    at_home,
    sent,
)
from tests.processes import Ended, clean_environment, command

PICTURE = b"\x89PNG" + b"\0\xff" * 200_000


async def run(folder: Path, address: str, *arguments: str) -> Ended:
    """The command, on this database."""
    return await command(*arguments, cwd=folder, env=clean_environment(database=address))


async def furnish(store: Store) -> None:
    """A desk with something in every corner."""
    await store.keep([arrival("1", body=b'{"update_id":1,"text":"\\u0000 \xe7\xa0\xb4"}'), arrival("2")])
    wanted = a_file(size=len(PICTURE))
    await store.write(
        Round(
            at=NOW,
            cases=[a_case()],
            conversations=[a_talk(case_no=NO)],
            entries=[a_line(text="电热壶 \0 坏了 🙂")],
            timers=[a_timer()],
            letters=[a_letter(1), a_letter(2), a_letter(3, chat=CHAT + 1)],
            deeds=[a_deed(), a_deed(act="note")],
            files=[wanted],
        )
    )
    await store.attempting([LetterId(1)], NOW)
    await store.settle([sent(1, 11)])
    await store.keep_file(wanted, sha256(PICTURE).hexdigest(), PICTURE, NOW)


async def told_by(address: str) -> dict[str, object]:
    """What a desk holds, asked as the bot asks."""
    async with at_home(address) as store:
        (_, lines), *_ = [one async for one in store.cases()]
        cases = [case async for case, _ in store.cases()]
        return {
            "cases": cases,
            "lines": [one.entry.text.replace("\0", "\N{SYMBOL FOR NULL}") for one in lines],
            "deeds": [one async for one in store.deeds()],
            "broken": await store.broken_seal(),
            "counts": await store.counts(),
            "picture": await store.file_bytes(sha256(PICTURE).hexdigest()),
            "letters": [one.id for one in await store.waiting()],
            "inbox": [(row.id, row.arrival) for row in await store.pending(10, now=NOW)],
        }


def names(folder: Path) -> list[str]:
    """What lies there."""
    return sorted(one.name for one in folder.iterdir())


def content(path: Path) -> bytes:
    """What stands in it."""
    return path.read_bytes()


def rights(path: Path) -> int:
    """Who may do what with it."""
    return path.stat().st_mode


def look(path: Path, query: str) -> list[tuple[object, ...]]:
    """What a copy answers."""
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute(query).fetchall()


def fill(path: Path, what: bytes) -> None:
    """Let this stand in it."""
    path.write_bytes(what)


def spoil(path: Path, statement: str) -> None:
    """Change something in a copy by hand."""
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute(statement)


@pytest.fixture(scope="module", name="server")
def _server() -> Iterator[Server]:
    """A server of PostgreSQL's."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(name="copy")
async def _copy(tmp_path: Path) -> Path:
    """A copy of a desk; the desk itself is `desk.db` beside it."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    async with at_home(address) as store:
        await furnish(store)
    assert (await run(tmp_path, address, "backup", "desk.copy")).code == 0
    return tmp_path / "desk.copy"


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
        over = asyncio.Event()

        async def write() -> int:
            number = 0
            while not over.is_set():
                pair = [arrival(f"{side}{number}", body=b"x" * 20_000) for side in "ab"]
                number += await store.keep(pair) // 2
            return number

        writing = asyncio.create_task(write())
        ended = await run(tmp_path, address, "backup", "desk.copy")
        over.set()
        written = await writing

    assert ended.code == 0, ended.err
    ((left,), (right,)) = look(
        tmp_path / "desk.copy",
        "SELECT count(*) FROM inbox WHERE key GLOB 'a*' UNION ALL SELECT count(*) FROM inbox WHERE key GLOB 'b*'",
    )
    assert left == right
    assert 0 < left < written  # type: ignore[operator]


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
async def test_a_flaw_of_the_desk_itself_is_told_when_it_is_copied(tmp_path: Path) -> None:
    """The copy is made all the same, and the exit code is 1."""
    spoil(tmp_path / "desk.db", "DELETE FROM blobs")
    ended = await run(tmp_path, f"sqlite:///{tmp_path / 'desk.db'}", "backup", "second.copy")

    assert ended.code == 1
    assert "1 of 1 files are missing" in ended.err
    assert "second.copy" in names(tmp_path)


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
