"""Opening a database of PostgreSQL's: its schema, its address, and what is said when it cannot be had."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator

import asyncpg
import pytest

from bot.complaint.errors import StoreUnusable
from bot.complaint.records import Round
from bot.store import open_store
from bot.store.migrations import latest, migrations
from bot.store.postgres.numbers import BLOCK
from tests.contract.servers import PASSWORD, Server
from tests.contract.store import (
    NO,
    NOW,
    a_case,
    a_letter,
    arrival,
    at_home,
    by_hand,
    case_of,
    opened,
    waiting_ids,
)

SCHEMA = """
SELECT 'column', table_name || '.' || column_name, concat_ws(' ', data_type, collation_name, is_nullable,
    column_default, identity_generation)
FROM information_schema.columns WHERE table_schema = $1
UNION ALL SELECT 'index', indexname, replace(indexdef, schemaname || '.', '') FROM pg_indexes WHERE schemaname = $1
UNION ALL SELECT 'constraint', conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = $1::regnamespace
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = $1::regnamespace
UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = $1::regnamespace
UNION ALL SELECT 'storage', relname, concat_ws(' ', relkind, relpersistence, reloptions) FROM pg_class
    WHERE relnamespace = $1::regnamespace
"""


@pytest.fixture(name="bare")
async def _bare(server: Server) -> AsyncIterator[str]:
    """A database with nothing in it."""
    async with server.database(empty=True) as name:
        yield name


async def _complaint(url: str, *, create: bool = True) -> str:
    """What is said when the store cannot be opened."""
    with pytest.raises(StoreUnusable) as caught:
        await open_store(url, create=create)
    for told in (str(caught.value), repr(caught.value), repr(caught.value.__cause__)):
        assert PASSWORD not in told
    return caught.value.detail


async def _shape(connection: asyncpg.Connection, schema: str, scripts: list[str]) -> list[tuple[str, ...]]:
    await connection.execute(f"CREATE SCHEMA {schema}; SET search_path TO {schema}")
    for script in scripts:
        await connection.execute(script)
    found = [
        tuple(str(part).replace(f"{schema}.", "") for part in row)
        for row in await connection.fetch(SCHEMA, schema)
    ]
    return sorted(found)


async def test_the_steps_of_the_schema_add_up_to_the_whole(server: Server, bare: str) -> None:
    """A new database and one that grew up are alike."""
    connection = await asyncpg.connect(server.address(bare))
    try:
        whole = await _shape(connection, "whole", [latest("postgres")])
        grown = await _shape(connection, "grown", [step.script for step in migrations("postgres")])
    finally:
        await connection.close()
    assert whole == grown
    assert len(whole) > 100


def test_the_steps_are_numbered_without_a_gap() -> None:
    """A step that is skipped would never be applied."""
    versions = [step.version for step in migrations("postgres")]
    assert versions == list(range(1, len(versions) + 1))


def test_both_kinds_hold_the_same_tables_and_columns() -> None:
    """A desk can be moved from one kind to the other row by row; only replicas need more."""
    shapes = [
        {
            table: sorted(re.findall(r'(?m)^    "?(\w+)"? (?!KEY)', columns))
            for table, columns in re.findall(
                r"CREATE (?:UNLOGGED )?TABLE (\w+) \((.*?)\n\)", latest(kind), re.DOTALL
            )
        }
        for kind in ("sqlite", "postgres")
    ]
    assert shapes[0]
    shapes[1]["outbox"].remove("fence")
    assert {table: shapes[1].get(table) for table in shapes[0]} == shapes[0]
    assert shapes[1].keys() - shapes[0].keys() == {"replicas", "claims", "posts"}


async def test_replicas_that_start_at_once_make_one_schema(server: Server, bare: str) -> None:
    """Whoever comes second waits, and finds it done."""
    stores = await asyncio.gather(*(open_store(server.address(bare)) for _ in range(4)))
    for number, store in enumerate(stores):
        await store.keep([arrival(str(number), chat=number + 1)])
    assert (await stores[0].counts())["inbox_pending"] == 4
    for store in stores:
        await store.close()
    applied = await by_hand(server.address(bare), "SELECT * FROM schema_version")
    assert applied == len(migrations("postgres"))


async def test_an_older_schema_is_brought_up_to_date_but_not_by_a_reader(server: Server, bare: str) -> None:
    """`export` does not change a database; `run` and `migrate` do."""
    address = server.address(bare)
    assert "migrate" in await _complaint(address, create=False)
    await (await open_store(address)).close()
    await (await open_store(address, create=False)).close()


async def test_a_newer_schema_is_left_alone(server: Server, database: str) -> None:
    """A program that was rolled back must not write what it does not understand."""
    await by_hand(server.address(database), "INSERT INTO schema_version VALUES (9999, 'future', 'later')")
    assert "newer" in await _complaint(server.address(database))


@pytest.mark.parametrize("table", ["schema_version (version int, script text)", "cases (id int)"])
async def test_another_programs_database_is_left_alone(server: Server, bare: str, table: str) -> None:
    """Our tables do not go among somebody else's of the same names."""
    await server.do(f"CREATE TABLE {table}", bare)
    assert "another program" in await _complaint(server.address(bare))
    assert await by_hand(server.address(bare), "SELECT * FROM pg_tables WHERE schemaname = 'public'") == 1


async def test_a_database_of_another_encoding_is_refused(server: Server, bare: str) -> None:
    """It could not hold what people write."""
    await server.do(f"CREATE DATABASE {bare}_latin TEMPLATE template0 ENCODING 'SQL_ASCII'")
    try:
        assert "UTF8" in await _complaint(server.address(f"{bare}_latin"))
    finally:
        await server.do(f"DROP DATABASE {bare}_latin WITH (FORCE)")


async def test_what_is_wrong_with_an_address_is_told_without_its_password(
    server: Server, database: str
) -> None:
    """The wrong password, a database that is not there, nobody at home: each with what to do."""
    wrong = await _complaint(server.far_address(database, password=f"{PASSWORD}!"))
    assert wrong.startswith(
        f"postgresql://postgres@127.0.0.1:{server.port}/{database}: The user or the password"
    )
    assert "createdb" in await _complaint(server.far_address("nowhere"))
    assert "cannot be reached" in await _complaint(server.far_address(database, port=1))
    assert "postgresql://user:password@host/name" in await _complaint(
        f"postgresql://u:{PASSWORD}@host:port/x"
    )
    assert "postgresql://user:password@host/name" in await _complaint(f"postgresql://u:{PASSWORD}@[/x")
    for slip in ("?@h/x", "/@h/x", "#@h/x", "@@h/x", "", "@h:x/y?password=", "@h/x?sslmode="):
        assert "PostgreSQL" in await _complaint(
            f"postgresql://u:{PASSWORD}{slip}{PASSWORD * slip.endswith('d=')}"
        )


async def test_a_store_shows_nobody_its_password(server: Server, database: str) -> None:
    """Neither the store nor its parts, however they are printed."""
    async with at_home(server.far_address(database)) as store:
        parts = [store, *vars(store).values()]
        assert PASSWORD not in " ".join(repr(part) for part in parts)


def test_without_its_package_the_sentence_says_how_to_get_it() -> None:
    """PostgreSQL is an extra; SQLite needs nothing."""
    script = (
        "import sys, asyncio; sys.modules['asyncpg'] = None\n"
        "from bot.complaint.errors import StoreUnusable\n"
        "from bot.store import open_store\n"
        "async def main():\n"
        "    await (await open_store('sqlite://')).close()\n"
        "    try: await open_store('postgresql://localhost/x')\n"
        "    except StoreUnusable as error: print(error.detail)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert "pip install complaint-bot[postgres]" in done.stdout


async def test_letters_that_came_from_elsewhere_are_numbered_on(server: Server, database: str) -> None:
    """After a move from another kind of database, numbers go on above all that were given there."""
    async with at_home(server.address(database)) as store:
        await opened(store, a_case())
        await store.write(Round(at=NOW, letters=[a_letter(50 * BLOCK + 7)]))
    async with at_home(server.address(database)) as store:
        numbers = store.letter_ids(1)
        await store.state(chats=[], cases=[NO], threads=[])
        numbers += store.letter_ids(1)
        assert [50 * BLOCK + 7, *numbers] == sorted({50 * BLOCK + 7, *numbers})
        assert len(await waiting_ids(store)) == 1
        assert await case_of(store) is not None
