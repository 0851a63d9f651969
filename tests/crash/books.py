"""Read-only access to a bot's database, of either kind."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from tests.outpost import Post


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """The file of a database."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10.0)) as connection:
        yield connection


async def rows(post: Post, statement: str) -> list[tuple[Any, ...]]:
    """What this bot's database answers, be it SQLite or PostgreSQL."""
    address = post.env["COMPLAINT_BOT_DATABASE"]
    if not address.startswith("postgresql:"):
        with opened(post.database) as connection:
            return connection.execute(statement).fetchall()
    connection = await asyncpg.connect(address)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()
