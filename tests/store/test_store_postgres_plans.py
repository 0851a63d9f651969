"""No question walks through a whole table of PostgreSQL's, not even by a plan made while all was empty."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot.complaint.boards import Board, Filter
from bot.complaint.records import Round
from bot.store import open_store
from bot.store.postgres import (
    accounts,
    audit,
    boards,
    casework,
    changes,
    condition,
    figures,
    files,
    inbox,
    incidents,
    joining,
    keeping,
    learning,
    ledger,
    moving,
    outbox,
    overview,
    posts,
    retiring,
    roster,
)
from bot.store.postgres.bundle import Part
from bot.store.postgres.connecting import Connection, Connector
from tests.contract.servers import Server
from tests.contract.store import NOW, a_case

MODULES = (
    accounts,
    audit,
    boards,
    casework,
    changes,
    condition,
    figures,
    files,
    inbox,
    incidents,
    joining,
    keeping,
    learning,
    ledger,
    moving,
    outbox,
    overview,
    posts,
    retiring,
    roster,
)

WORDS = ("SELECT", "UPDATE", "DELETE", "WITH", "INSERT")


def _queries() -> Iterator[tuple[str, str]]:
    for module in MODULES:
        for name, value in vars(module).items():
            text = value.text if isinstance(value, Part) else value
            if (
                name[0] != "_"
                and name.isupper()
                and isinstance(text, str)
                and text.split()[0] in WORDS
                and " FROM " in f"{text} "
            ):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", text
    for table, part, _ in changes.REGISTERS:
        yield f"changes.{table}", part.text


QUERIES = dict(_queries())

WHOLE = {
    # a few dozen people, accounts and lessons
    "accounts.ACCOUNTS",
    "learning.LESSONS",
    "roster.COLLEAGUES",
    # once in the life of a group, when its number changes
    *(name for name in QUERIES if name.startswith("moving.")),
    # counts of what is open or waits, and of timers and topics
    *(f"condition.{name}" for name in ("FIGURES", "REMAINS", "OPEN_CASES", "LANES")),
    "figures.COUNTS",
    # from one end to the first row that stays
    "inbox.PURGE",
}
"""Questions that may look at all of something."""

ENDS = {
    "inbox.PENDING",
    "audit.LAST",
    "boards.FIND",
    "boards.CUSTOMERS",
    "inbox.NEXT_DUE",
    "keeping.ON_THE_LIST",
}
"""From one end, as far as a limit says."""


@pytest.fixture(name="connection")
async def _connection(server: Server, database: str) -> AsyncIterator[Connection]:
    """One as the store makes them, to a database in which nothing is."""
    connection = await Connector(server.address(database)).connect()
    yield connection
    await connection.close()


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _steps(part)


async def _plan(connection: Connection, text: str) -> list[dict[str, Any]]:
    count = max((int(place) for place in re.findall(r"\$(\d+)", text)), default=0)
    await connection.execute(f"PREPARE asked AS {text}")
    given = f"({', '.join(['NULL'] * count)})" if count else ""
    said = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked{given}")
    await connection.execute("DEALLOCATE asked")
    return list(_steps(json.loads(said)[0]["Plan"]))


def _walks(steps: list[dict[str, Any]], partial: set[str]) -> list[str]:
    """What is walked through: tables, and whole indexes of everything."""
    return [
        step.get("Relation Name") or step["Index Name"]
        for step in steps
        if step["Node Type"] == "Seq Scan"
        or (
            "Index" in step["Node Type"]
            and "Index Name" in step
            and "Index Cond" not in step
            and step["Index Name"] not in partial
        )
    ]


async def test_no_question_reads_a_whole_table(connection: Connection) -> None:
    """The ten-thousandth case costs what the first did: every search has its index, and something to look for."""
    partial = {
        name
        for (name,) in await connection.fetch("SELECT indexname FROM pg_indexes WHERE indexdef ~ ' WHERE '")
    }
    walked = {name: _walks(await _plan(connection, text), partial) for name, text in QUERIES.items()}
    assert {name: where for name, where in walked.items() if where and name not in WHOLE | ENDS} == {}


async def test_a_report_passes_over_what_has_been_at_rest_for_long(connection: Connection) -> None:
    """Rows of figures are found by their last news: the years before the report's time cost it nothing."""
    steps = await _plan(connection, keeping.BOOKED)
    (found,) = [step for step in steps if "Index Name" in step]
    assert (found["Index Name"], "last_at" in found["Index Cond"]) == ("facts_by_last", True)
    assert not [step for step in steps if step["Node Type"] == "Sort"]


async def test_a_search_of_many_cases_never_fails_for_being_worked_by_several(
    server: Server, database: str
) -> None:
    """A large desk makes the server share the work out; reading a body that may be damaged allows no sharing."""
    for name in ("parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size"):
        await server.do(f"ALTER DATABASE {database} SET {name} = 0")
    await server.do(f"ALTER DATABASE {database} SET min_parallel_index_scan_size = 0")
    store = await open_store(server.address(database))
    try:
        await store.write(Round(at=NOW, cases=[a_case(f"000-{number:04}") for number in range(1, 400)]))
        await server.do("UPDATE cases SET body = 'spoilt' WHERE case_no = '000-0007'", database)
        await server.do("ANALYZE", database)
        hits = await store.search(Filter(board=Board.FIND, words="王小明"), offset=0, limit=10)
        assert hits.total == 398
        assert await store.customers_called("@zhou") == []
    finally:
        await store.close()


async def test_the_check_itself_sees_a_walk(connection: Connection) -> None:
    """Where there is no index, it shows."""
    assert _walks(await _plan(connection, "SELECT text FROM timeline WHERE message = $1"), set()) == [
        "timeline"
    ]
    assert _walks(await _plan(connection, "SELECT case_no FROM cases ORDER BY opened_at"), set()) == ["cases"]


async def test_statements_are_known_to_the_server(connection: Connection) -> None:
    """All of them are understood: none waits for its first use to fail."""
    for number, text in enumerate(QUERIES.values()):
        await connection.prepare(text, name=f"known{number}")
    assert len(QUERIES) > 50
