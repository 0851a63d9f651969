"""The store on PostgreSQL (asyncpg): one connection writes, a few read, one watches the other replicas."""

import asyncio
from contextlib import suppress
from typing import Final

from bot.complaint.errors import ComplaintError, StoreUnusable
from bot.store.postgres.accounts import AccountCabinet
from bot.store.postgres.audit import AuditCabinet
from bot.store.postgres.boards import BoardCabinet
from bot.store.postgres.book import Book, Readers
from bot.store.postgres.condition import ConditionCabinet
from bot.store.postgres.connecting import Connector
from bot.store.postgres.figures import Figures
from bot.store.postgres.files import FileCabinet
from bot.store.postgres.incidents import IncidentCabinet
from bot.store.postgres.keeping import KeepingCabinet
from bot.store.postgres.learning import LearningCabinet
from bot.store.postgres.ledger import Ledger
from bot.store.postgres.numbers import Numbers
from bot.store.postgres.opening import prepare
from bot.store.postgres.outbox import Outbox
from bot.store.postgres.overview import OverviewCabinet
from bot.store.postgres.posts import PostCabinet
from bot.store.postgres.retiring import RetiringCabinet
from bot.store.postgres.roster import RosterCabinet
from bot.store.postgres.troubles import OURS, advice
from bot.store.postgres.watchman import Watchman

CLOSING: Final = 1.5
"""Seconds to take leave of the server. One that does not answer finds out by itself that we are gone."""


class PostgresStore(
    Ledger,
    Outbox,
    Figures,
    RosterCabinet,
    AuditCabinet,
    FileCabinet,
    BoardCabinet,
    OverviewCabinet,
    ConditionCabinet,
    PostCabinet,
    RetiringCabinet,
    KeepingCabinet,
    IncidentCabinet,
    AccountCabinet,
    LearningCabinet,
):
    """`bot.store.port.Store` on a database of PostgreSQL's."""

    def __init__(self, book: Book, readers: Readers, watchman: Watchman, numbers: Numbers) -> None:
        super().__init__(book, readers, watchman)
        self._numbers = numbers

    async def close(self) -> None:
        """See `Store.close`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                await self._book.close()
                await self._watchman.close()
                await self._readers.close()
        for part in (self._book, self._watchman, self._readers):
            part.cut()


async def open_postgres(url: str, *, create: bool = True) -> PostgresStore:
    """Open the database at this address.

    Raises:
        StoreUnusable: it cannot be used; the sentence says what to do.
    """
    connector = Connector(url)
    connection = await connector.connect()
    try:
        block = await prepare(connection, create=create)
    except (ComplaintError, *OURS) as error:
        connection.terminate()
        reason = error.detail if isinstance(error, ComplaintError) else advice(error)
        raise StoreUnusable(f"{connector.name}: {reason}") from error
    return PostgresStore(Book(connector, connection), Readers(connector), Watchman(connector), Numbers(block))
