"""The store's part on replicas that share a database."""

from collections.abc import Callable, Collection
from typing import Protocol

from bot.complaint.records import InboxRow
from bot.store.answers import News, Others, Post


class Sharing(Protocol):
    """Posts and notifications. A single program holds every post and hears nothing."""

    shared: bool
    """Whether other replicas may use the database beside this one."""

    async def move_in(self, bot: int) -> None:
        """Say that this program works here from now on, until `close`, as the bot of this id.

        Raises:
            StoreUnusable: another program does that cannot share the database: any other on a file, and another
                bot's anywhere.
        """
        ...

    async def hold(self, name: str) -> Post | None:
        """Take a post; None if another replica holds it. Try again every second.

        Asked again, it gives the post that is held already.
        """
        ...

    async def resign(self, post: Post) -> None:
        """Give a post up at once."""
        ...

    async def others(self) -> Others:
        """The other live replicas. One that ends in any way disappears with its posts."""
        ...

    async def listen(self, callback: Callable[[News], None]) -> None:
        """Call back with every commit of another replica, until `close`.

        After a break of the connection it is called as if everything had changed: something may have.
        """
        ...

    async def kept(self, updates: Collection[int]) -> dict[int, InboxRow | None]:
        """Those of these updates of Telegram's that have come; with its row, if one waits and was not put off."""
        ...
