"""The base of the store's parts: the writing connection, the readers, and the watchman."""

from bot.complaint.ids import ChatId
from bot.store.postgres.book import Book, Readers
from bot.store.postgres.bundle import Bundle
from bot.store.postgres.watchman import Watchman


class Cabinet:
    """Access to the database, shared by the store's parts."""

    def __init__(self, book: Book, readers: Readers, watchman: Watchman) -> None:
        self._book = book
        self._readers = readers
        self._watchman = watchman
        self._handed: dict[int, ChatId] = {}
        """The rows that the clerk was given last, and their chats."""

    async def _carry_out(self, bundle: Bundle) -> None:
        """Write all changes of the bundle, or none."""
        statement, values = bundle.statement()
        await self._book.change(statement, *values)
