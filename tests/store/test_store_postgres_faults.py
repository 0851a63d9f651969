"""PostgreSQL restarted, killed and full of errors: what is told, what stays, and that it goes on by itself."""

import asyncio
import io
import signal
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from bot.complaint.boards import Board, Filter
from bot.complaint.case import Person
from bot.complaint.errors import ComplaintError, RecordRefused, SomeoneWasFirst, StoreUnusable
from bot.complaint.ids import UserId
from bot.complaint.records import Round
from bot.store import News, Store, open_store
from bot.store.postgres import watchman
from bot.store.postgres.book import Book
from bot.store.postgres.connecting import Connector
from bot.store.postgres.troubles import told
from tests.contract.servers import Server
from tests.contract.store import (
    CHAT,
    NO,
    NOW,
    a_case,
    a_letter,
    a_line,
    arrival,
    at_home,
    case_of,
    opened,
    pending_keys,
    until,
)
from tests.processes import PATIENCE


@pytest.fixture(name="mortal")
def _mortal() -> Iterator[Server]:
    """A server that writes through to its disk, and may be killed."""
    server = Server(durable=True)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(name="desk")
async def _desk(server: Server, database: str) -> AsyncIterator[Store]:
    """A store on PostgreSQL."""
    store = await open_store(server.address(database))
    yield store
    await store.close()


async def _kept(store: Store, key: str) -> int | None:
    try:
        return await store.keep([arrival(key)])
    except StoreUnusable:
        return None


@pytest.mark.crash
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
async def test_a_restarted_server_is_found_again_and_nothing_is_lost(
    mortal: Server, how: signal.Signals
) -> None:
    """In order, or as if the power had failed: what was kept is there, and the store goes on by itself."""
    async with at_home(mortal.address("postgres")) as store:
        news: list[News] = []
        await store.listen(news.append)
        post = await store.hold("poller")
        assert post is not None
        assert await store.keep([arrival("1")]) == 1
        assert await pending_keys(store) == ["1"]
        mortal.stop(how)
        with pytest.raises(StoreUnusable, match=r"PostgreSQL says|cannot be reached"):
            await store.keep([arrival("2")])
        with pytest.raises(StoreUnusable):
            await store.pending(9, now=NOW)
        assert post.lost.is_set()
        heard = len(news)
        mortal.start()
        assert await until(lambda: _kept(store, "2"), PATIENCE) == 1
        assert await until(lambda: pending_keys(store), PATIENCE) == ["1", "2"]
        assert await until(lambda: store.hold("poller"), PATIENCE) is not post
        # it may have missed something, and says so
        assert len(news) > heard


async def test_sessions_ended_by_an_operator_cost_one_call_at_most(
    server: Server, database: str, desk: Store
) -> None:
    """Reading goes on as if nothing had been; a write that was not begun goes by a new connection."""
    await desk.keep([arrival("1")])
    assert await pending_keys(desk) == ["1"]
    await server.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")  # noqa: S608 - a name of our own
    assert (await desk.counts())["inbox_pending"] == 1
    assert await until(lambda: _kept(desk, "2"), PATIENCE) in (0, 1)
    assert (await desk.counts())["inbox_pending"] == 2


async def test_a_long_outage_is_one_line_of_the_log(
    server: Server, database: str, desk: Store, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is tried: a day of them would fill the disk."""
    monkeypatch.setattr(watchman, "BEAT", 0.001)
    connector, me = Connector(server.address(database)), f"datname = '{database}'"
    await desk.hold("poller")
    await server.do(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    await server.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {me}")  # noqa: S608 - as above
    for _ in range(20):
        with pytest.raises(StoreUnusable):
            await desk.hold("poller")
    await server.do(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    await (await connector.connect()).close()
    await until(lambda: desk.hold("poller"), PATIENCE)
    # the first may be that the connection broke
    assert 1 <= log.getvalue().count('"store_out_of_reach"') <= 2


async def test_a_server_that_does_not_answer_at_the_start_is_waited_for(
    server: Server, database: str, desk: Store
) -> None:
    """Who moves in then is at home once it answers, and another bot finds it there."""
    await server.do(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    await desk.move_in(1)
    await server.do(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    await until(lambda: desk.hold("poller"), PATIENCE)
    async with at_home(server.address(database)) as beside:
        await beside.move_in(1)
    async with at_home(server.address(database)) as stranger:
        with pytest.raises(StoreUnusable, match="another bot works on it"):
            await stranger.move_in(2)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (asyncpg.DiskFullError("could not extend file"), "make room"),
        (asyncpg.TooManyConnectionsError("sorry"), "max_connections"),
        (asyncpg.ReadOnlySQLTransactionError("cannot execute INSERT"), "only reads"),
        (asyncpg.InsufficientPrivilegeError("permission denied"), "owner"),
        (asyncpg.DataCorruptedError("invalid page"), "restore"),
        (asyncpg.UndefinedTableError("relation does not exist"), "migrate"),
        (TimeoutError(), "does not answer"),
        (ConnectionRefusedError("refused"), "cannot be reached"),
    ],
)
def test_every_trouble_says_what_to_do(error: Exception, said: str) -> None:
    """Nobody has to know PostgreSQL to bring the desk back."""
    found = told(error)
    assert isinstance(found, StoreUnusable)
    assert said in found.detail


@pytest.mark.parametrize("error", [asyncpg.SerializationError("x"), asyncpg.DeadlockDetectedError("x")])
def test_two_in_each_others_way_are_told_so(error: Exception) -> None:
    """The round is read anew and written again."""
    assert isinstance(told(error), SomeoneWasFirst)


async def test_what_is_refused_quotes_nobody(desk: Store) -> None:
    """A value that no database can hold is not repeated in an error: it may be a customer's words."""
    words = "我的身份证 \ud83d 110101199003070000"
    round_ = Round(at=NOW, cases=[a_case()], entries=[a_line(text=words)])
    with pytest.raises(RecordRefused) as caught:
        await desk.write(round_)
    seen: BaseException | None = caught.value
    while seen is not None:
        assert "1101" not in f"{seen} {seen!r}"
        seen = seen.__cause__ or seen.__context__


async def test_the_one_character_that_it_cannot_hold_is_shown_for_what_it_is(desk: Store) -> None:
    """NUL in a line, a reason, a name: nothing is lost over it, and the search goes on."""
    customer = Person(id=UserId(CHAT), name="王\0明")
    await opened(desk, a_case(customer=customer), a_case("000-0002", chat=2))
    await desk.write(Round(at=NOW, entries=[a_line(text="坏\0了"), a_line("000-0002", text="坏\0了")]))
    await desk.keep([arrival("1", body=b"\0")])
    (row,) = await desk.pending(1, now=NOW)
    await desk.put_off(row.id, NOW, "a\0b")
    assert await case_of(desk) == a_case(customer=customer, version=1)
    lines = [line.entry.text async for _, rows in desk.cases() for line in rows]
    assert lines == ["坏␀了"] * 2
    for words, count in (("坏", 2), ("王明", 1), ("坏\0了", 2)):
        hits = await desk.search(Filter(board=Board.FIND, words=words), offset=0, limit=9)
        assert hits.total == count


@pytest.fixture(name="book")
async def _book(server: Server, database: str) -> AsyncIterator[Book]:
    """The connection that writes, with one table."""
    await server.do("CREATE TABLE notes (n int PRIMARY KEY)", database)
    connector = Connector(server.address(database))
    book = Book(connector, await connector.connect())
    yield book
    await book.close()


async def _note(book: Book, number: int, log: list[int] | None = None) -> int:
    async def work(connection: asyncpg.Connection) -> int:
        await connection.execute("INSERT INTO notes VALUES ($1)", number)
        if log is not None:
            log.append(await connection.fetchval("SELECT pg_current_xact_id()::text::bigint"))
        if number < 0:
            raise SomeoneWasFirst
        return number

    return await book.run(work)


async def _notes(book: Book) -> list[int]:
    return [number for (number,) in await book.change("SELECT n FROM notes ORDER BY n")]


async def test_writers_that_wait_share_a_transaction(book: Book) -> None:
    """One flush to the disk for all of them."""
    transactions: list[int] = []
    await asyncio.gather(*(_note(book, number, transactions) for number in range(50)))
    assert await _notes(book) == list(range(50))
    assert len(set(transactions)) <= 2


async def test_one_that_fails_takes_nobody_with_it(book: Book) -> None:
    """It is undone alone, and each hears its own."""
    wanted = [1, 2, -3, 2, 4]
    found = await asyncio.gather(*(_note(book, number) for number in wanted), return_exceptions=True)
    assert [type(one) for one in found] == [int, int, SomeoneWasFirst, RecordRefused, int]
    assert await _notes(book) == [1, 2, 4]


async def test_a_writer_that_gives_up_takes_nobody_with_it(book: Book) -> None:
    """Cancelled in the middle of a trip: the others still hear only of what is durable."""
    writers = [asyncio.create_task(_note(book, number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    writers[0].cancel()
    assert await asyncio.gather(*writers[1:]) == [2, 3]
    assert {2, 3} <= set(await _notes(book))


async def test_a_fault_of_our_own_is_heard_and_keeps_nobody_waiting(book: Book) -> None:
    """An error that nobody foresaw ends whoever made it, loudly; those beside and behind them are written."""

    async def faulty(_connection: asyncpg.Connection) -> None:
        raise ZeroDivisionError

    async with asyncio.timeout(60):
        found = await asyncio.gather(_note(book, 1), book.run(faulty), _note(book, 2), return_exceptions=True)
        assert [type(one) for one in found] == [int, ZeroDivisionError, int]
        with pytest.raises(ZeroDivisionError):
            await book.run(faulty)
        assert await _notes(book) == [1, 2]


async def test_a_bad_round_does_not_undo_its_neighbours(desk: Store) -> None:
    """The clerk's mistake costs no update."""
    bad = desk.write(Round(at=NOW, entries=[a_line("999-9999")]))
    found = await asyncio.gather(
        desk.keep([arrival("1")]), bad, desk.keep([arrival("2")]), return_exceptions=True
    )
    assert [type(one) for one in found] == [int, RecordRefused, int]
    assert isinstance(found[1], ComplaintError)
    assert await pending_keys(desk) == ["1", "2"]


async def test_a_letter_replaced_in_its_own_round_says_by_which(
    server: Server, database: str, desk: Store
) -> None:
    """What the outbox tells afterwards is the same as with every other kind of database."""
    await opened(desk, a_case())
    await desk.write(Round(at=NOW, letters=[a_letter(1, key="k"), a_letter(2, key="k"), a_letter(3)]))
    connection = await asyncpg.connect(server.address(database))
    found = [
        tuple(row) for row in await connection.fetch("SELECT id, outcome, reason FROM outbox ORDER BY id")
    ]
    await connection.close()
    assert found == [(1, "replaced", "replaced by 2"), (2, "waiting", ""), (3, "waiting", "")]
    assert await case_of(desk, NO) is not None
