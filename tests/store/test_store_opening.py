import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.complaint.errors import StoreUnusable
from bot.complaint.ids import ThreadId, ThreadRef
from bot.complaint.records import Round, Topic
from bot.store import open_store
from bot.store.migrations import latest, migrations
from bot.store.rows import case_row
from bot.store.sqlite import open_sqlite
from tests.contract.store import DESK, NO, NOW, a_case, arrival, at_home, ref


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
    # SQLite writes the name of a table that was renamed in quotes
    return [(kind, name, " ".join(sql.replace(f'"{name}"', name).split())) for kind, name, sql in rows]


async def _complaint(url: str, *, create: bool = True) -> str:
    """What is said when the store cannot be opened."""
    with pytest.raises(StoreUnusable) as caught:
        await open_store(url, create=create)
    return caught.value.detail


def test_the_steps_of_the_schema_add_up_to_the_whole() -> None:
    """A new database and one that grew up are alike."""
    with closing(sqlite3.connect(":memory:")) as whole, closing(sqlite3.connect(":memory:")) as grown:
        whole.executescript(latest("sqlite"))
        for step in migrations("sqlite"):
            grown.executescript(step.script)
        assert _schema(whole) == _schema(grown)


def test_the_steps_are_numbered_without_a_gap() -> None:
    """A step that is skipped would never be applied."""
    versions = [step.version for step in migrations("sqlite")]
    assert versions == list(range(1, len(versions) + 1))


async def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """Every step is applied once."""
    file = tmp_path / "store.db"
    for _ in range(2):
        await (await open_store(f"sqlite:///{file}")).close()
    with closing(sqlite3.connect(file)) as connection:
        applied = [version for (version,) in connection.execute("SELECT version FROM schema_version")]
        assert applied == [step.version for step in migrations("sqlite")]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_an_older_schema_is_brought_up_to_date_but_not_by_a_reader(tmp_path: Path) -> None:
    """`export` does not change a database; `run` and `migrate` do."""
    file = tmp_path / "store.db"
    sqlite3.connect(file).close()
    assert "migrate" in await _complaint(f"sqlite:///{file}", create=False)
    await (await open_store(f"sqlite:///{file}")).close()
    await (await open_store(f"sqlite:///{file}", create=False)).close()


async def test_a_grown_database_keeps_what_was_in_it(tmp_path: Path) -> None:
    """The desk's topics are moved to a table that knows several groups, with all that leads to them."""
    file = tmp_path / "store.db"
    foundation, _ = migrations("sqlite")[:2]
    with closing(sqlite3.connect(file)) as old, old:
        old.executescript(foundation.script)
        old.execute("INSERT INTO schema_version VALUES (1, 'foundation', 'then')")
        row = (*case_row(a_case(finding="x")), 3)
        names = "case_no, chat, customer, status, control, severity, queue, holder, opened_at, closed_at"
        old.execute(f"INSERT INTO cases ({names}, body, version) VALUES ({', '.join('?' * 12)})", row)  # noqa: S608 - names of our own
        old.execute("INSERT INTO topics VALUES (?, ?, 44, '王小明', 0)", (NO, DESK))
        old.execute("INSERT INTO places VALUES ('card', ?, 20, ?)", (DESK, NO))
    async with at_home(f"sqlite:///{file}") as store:
        thread = ThreadRef(DESK, ThreadId(44))
        topic = Topic(case_no=NO, chat=DESK, thread=ThreadId(44), open=False, name="王小明")
        state = await store.state(chats=[], cases=[], threads=[thread])
        assert state.cases == {NO: a_case(finding="x", version=3)}
        assert state.threads == {thread: topic}
        assert await store.topics([NO]) == {(NO, DESK): topic}
        assert await store.places(["card"]) == {"card": ref(DESK, 20)}
        await store.write(Round(at=NOW, cases=[a_case(finding="y", version=3)]))


async def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    """A program that was rolled back must not write what it does not understand."""
    file = tmp_path / "store.db"
    await (await open_store(f"sqlite:///{file}")).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (9999, 'future', 'later')")
    assert "newer" in await _complaint(f"sqlite:///{file}")


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The path may be a slip."""
    file = tmp_path / "notes.txt"
    file.write_text("buy milk\n" * 200, "utf-8")
    said = await _complaint(f"sqlite:///{file}")
    assert str(file) in said
    assert "not an SQLite database" in said
    assert file.read_text("utf-8") == "buy milk\n" * 200


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """Our tables do not go into somebody else's file."""
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute('CREATE TABLE "my ""recipes" (name TEXT)')
    assert "another program" in await _complaint(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert [name for _, name, _ in _schema(connection)] == ['my "recipes']


async def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """Better to stop than to write into ruins."""
    file = tmp_path / "store.db"
    store = await open_store(f"sqlite:///{file}")
    await store.keep([arrival(str(number), body=b"x" * 3000) for number in range(100)])
    await store.close()
    content = bytearray(file.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    file.write_bytes(content)
    assert "damaged" in await _complaint(f"sqlite:///{file}")


async def test_damage_in_a_large_file_is_found_while_it_is_already_used(tmp_path: Path) -> None:
    """A start takes no minute for gigabytes; and once damage is found, nothing more is read or written."""
    file = tmp_path / "store.db"
    store = await open_sqlite(str(file))
    await store.keep([arrival(str(number), body=b"x" * 3000) for number in range(100)])
    await store.close()
    content = bytearray(file.read_bytes())
    page = content.index(b"x" * 3000) // 4096 * 4096
    content[page : page + 64] = os.urandom(64)
    file.write_bytes(content)
    used = await open_sqlite(str(file), small=0, after=0)
    assert used.patrol is not None
    await used.patrol.over.wait()
    with pytest.raises(StoreUnusable, match="damaged"):
        await used.counts()
    with pytest.raises(StoreUnusable, match="damaged"):
        await used.keep([arrival("new")])
    await used.close()


async def test_a_sound_large_file_is_looked_through_and_nobody_notices(tmp_path: Path) -> None:
    """The look only reads: what is written meanwhile is kept, and closing does not wait for it."""
    file = tmp_path / "store.db"
    await (await open_sqlite(str(file))).close()
    used = await open_sqlite(str(file), small=0, after=0)
    assert used.patrol is not None
    assert await used.keep([arrival("new")]) == 1
    await used.patrol.over.wait()
    assert (await used.counts())["inbox_pending"] == 1
    await used.close()
    again = await open_sqlite(str(file), small=0, after=0)
    await again.close()


async def test_a_folder_that_is_missing_or_taken_for_a_file_is_named(tmp_path: Path) -> None:
    """What to do is said in the same line."""
    assert "does not exist" in await _complaint(f"sqlite:///{tmp_path / 'none' / 'store.db'}")
    assert "is a folder" in await _complaint(f"sqlite:///{tmp_path}")
    assert "no database" in await _complaint(f"sqlite:///{tmp_path / 'store.db'}", create=False)
    assert not (tmp_path / "store.db").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    """The usual slip of a first deployment."""
    os.chmod(tmp_path, 0o500)  # noqa: PTH101 - the loop has nothing else to do
    assert "may not be written" in await _complaint(f"sqlite:///{tmp_path / 'store.db'}")


async def test_a_place_where_nothing_can_be_written_is_named() -> None:
    """Even root cannot make files in /proc."""
    said = await _complaint("sqlite:////proc/self/store.db")
    assert said.startswith("/proc/self/store.db")


async def test_a_database_held_by_another_program_is_told(tmp_path: Path) -> None:
    """Two programs on one file would take turns at best."""
    file = tmp_path / "store.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnusable, match="Another program holds it"):
            await open_sqlite(str(file), busy_seconds=0.05)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://localhost/complaints", "PostgreSQL"),
        ("mysql://localhost/complaints", "mysql"),
        ("complaints.db", "complaints.db"),
        ("sqlite://complaints.db", "sqlite:///complaints.db"),
    ],
)
async def test_an_address_of_another_kind_is_explained(url: str, said: str) -> None:
    """The sentence shows what an address looks like."""
    assert said in await _complaint(url)


async def test_a_relative_address_is_a_file_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three slashes and a name."""
    monkeypatch.chdir(tmp_path)
    await (await open_store("sqlite:///complaints.db")).close()
    assert (tmp_path / "complaints.db").exists()


async def test_two_stores_in_memory_know_nothing_of_each_other() -> None:
    """`sqlite://` is private."""
    one, other = await asyncio.gather(open_store("sqlite://"), open_store("sqlite://"))
    await one.keep([arrival("1")])
    assert (await other.counts())["inbox_pending"] == 0
    await one.close()
    await other.close()


@pytest.mark.practice("R16")
async def test_a_new_file_is_for_nobody_but_its_user(tmp_path: Path) -> None:
    """Neither the file nor what SQLite lays beside it, whatever the user's usual rights are; those of old ones stay."""
    usual = os.umask(0o022)
    try:
        async with at_home(f"sqlite:///{tmp_path / 'desk.db'}") as store:
            await store.keep([arrival("1")])
            found = _rights(tmp_path, 0o077)
    finally:
        os.umask(usual)
    assert found == {"desk.db": 0, "desk.db-wal": 0, "desk.db-shm": 0}
    (tmp_path / "desk.db").chmod(0o640)
    async with at_home(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        await store.keep([arrival("2")])
    assert _rights(tmp_path, 0o777)["desk.db"] == 0o640


def _rights(folder: Path, mask: int) -> dict[str, int]:
    return {one.name: one.stat().st_mode & mask for one in folder.iterdir()}


@pytest.mark.parametrize("how", ["removed", "replaced"])
async def test_a_file_that_is_taken_from_under_the_store_is_noticed(tmp_path: Path, how: str) -> None:
    """What is written there has no name any more: nothing is kept, so that Telegram keeps it."""
    path = tmp_path / "desk.db"
    async with at_home(f"sqlite:///{path}") as store:
        await store.keep([arrival("1")])
        await store.condition(NOW)
        other = tmp_path / "other.db"
        await (await open_store(f"sqlite:///{other}")).close()
        if how == "removed":
            path.unlink()
        else:
            other.replace(path)
        with pytest.raises(StoreUnusable, match="removed or replaced"):
            await store.condition(NOW)
        with pytest.raises(StoreUnusable, match="start the bot again"):
            await store.keep([arrival("2")])
