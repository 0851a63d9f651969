import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.complaint.errors import RecordRefused, SomeoneWasFirst, StoreUnusable
from bot.complaint.records import Round
from bot.store.sqlite import open_sqlite
from bot.store.sqlite.book import Book
from tests.contract.store import NOW, a_case, a_line, arrival, pending_keys


@pytest.fixture(name="book")
async def _book(tmp_path: Path) -> AsyncIterator[Book]:
    """A connection to a file with one table."""
    book = await Book.open(str(tmp_path / "book.db"), writes=True, busy_seconds=0.05)
    await book.run(
        lambda connection: connection.execute("CREATE TABLE notes (n INTEGER PRIMARY KEY)").close()
    )
    yield book
    await book.close()


def _notes(connection: sqlite3.Connection) -> list[int]:
    return [number for (number,) in connection.execute("SELECT n FROM notes ORDER BY n")]


async def _note(book: Book, number: int) -> int:
    """Write a number down; gives the count of commits so far as the file knows them."""

    def work(connection: sqlite3.Connection) -> int:
        connection.execute("INSERT INTO notes VALUES (?)", (number,))
        if number < 0:
            raise SomeoneWasFirst
        return number

    return await book.run(work)


async def test_writers_that_wait_share_a_trip_and_each_hears_its_own(book: Book) -> None:
    """One that fails is undone alone; the others are kept."""
    wanted = [1, 2, -3, 2, 4]
    found = await asyncio.gather(*(_note(book, number) for number in wanted), return_exceptions=True)
    assert [type(one) for one in found] == [int, int, SomeoneWasFirst, RecordRefused, int]
    assert await book.run(_notes) == [1, 2, 4]


async def test_who_comes_while_a_trip_is_under_way_takes_the_next(book: Book) -> None:
    """Nobody hears of success before their own work is done."""
    loop, begun, gate = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def linger(_: sqlite3.Connection) -> bool:
        loop.call_soon_threadsafe(begun.set)
        return gate.wait(10)

    first = asyncio.create_task(book.run(linger))
    await begun.wait()
    wave = [asyncio.create_task(_note(book, number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    gate.set()
    assert await first
    assert await asyncio.gather(*wave) == [1, 2, 3]


async def test_fifty_writers_cost_a_handful_of_commits(tmp_path: Path) -> None:
    """A flush to the disk is dear on real disks: who waits meanwhile shares the next."""
    store = await open_sqlite(str(tmp_path / "store.db"))
    commits = 0

    def count(statement: str) -> None:
        nonlocal commits
        commits += statement == "COMMIT"

    # Only the connection itself knows how often it commits.
    await store._writer._connection.set_trace_callback(count)
    await asyncio.gather(*(store.keep([arrival(str(number))]) for number in range(50)))
    assert await pending_keys(store) == [str(number) for number in range(50)]
    assert commits <= 3
    await store.close()


async def test_a_writer_that_gives_up_takes_nobody_with_it(book: Book) -> None:
    """Cancelled in the middle of a trip: the others still hear only of what is durable."""
    writers = [asyncio.create_task(_note(book, number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    writers[0].cancel()
    assert await asyncio.gather(*writers[1:]) == [2, 3]
    assert {2, 3} <= set(await book.run(_notes))


async def test_a_bad_round_does_not_undo_its_neighbours(tmp_path: Path) -> None:
    """The clerk's mistake costs no update."""
    store = await open_sqlite(str(tmp_path / "store.db"))
    bad = store.write(Round(at=NOW, entries=[a_line("999-9999")]))
    found = await asyncio.gather(
        store.keep([arrival("1")]), bad, store.keep([arrival("2")]), return_exceptions=True
    )
    assert [type(one) for one in found] == [int, RecordRefused, int]
    assert await pending_keys(store) == ["1", "2"]
    await store.close()


async def test_a_file_held_by_another_program_is_told_and_waited_for(tmp_path: Path) -> None:
    """Nothing is lost over it: the same call works when the other has let go."""
    file = tmp_path / "store.db"
    store = await open_sqlite(str(file), busy_seconds=0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable, match="Another program holds it"):
            await store.write(Round(at=NOW, cases=[a_case()]))
        assert (await store.counts())["open_cases"] == 0
        other.execute("ROLLBACK")
    await store.write(Round(at=NOW, cases=[a_case()]))
    assert (await store.counts())["open_cases"] == 1
    await store.close()


async def test_a_full_disk_is_told_and_nothing_half_written_stays(book: Book) -> None:
    """The sentence says to make room."""
    await book.plainly("PRAGMA max_page_count = 3;")
    with pytest.raises(StoreUnusable, match="The disk is full; make room"):
        await asyncio.gather(*(book.run(_fill) for _ in range(3)))
    assert await book.run(_notes) == []


def _fill(connection: sqlite3.Connection) -> None:
    connection.executemany("INSERT INTO notes VALUES (?)", [(None,) for _ in range(5000)])
