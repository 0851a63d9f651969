"""The base of the store's parts: a connection that writes and one that reads."""

from collections.abc import Mapping, Sequence

from bot.complaint.ids import LetterId
from bot.store.port import Post
from bot.store.rows import Row
from bot.store.sqlite.book import Book


class Cabinet:
    """The two connections; for a database in memory they are one."""

    def __init__(self, writer: Book, reader: Book) -> None:
        self._writer = writer
        self._reader = reader
        self._posts: dict[str, Post] = {}
        self._traceless: set[LetterId] = set()
        """Of the waiting letters that were written here, those that leave nothing behind: nobody has to look."""

    async def _read(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """All rows of one query."""
        return await self._reader.run(lambda connection: connection.execute(query, values).fetchall())
