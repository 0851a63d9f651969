"""The store's part on replicas that share a database."""

from collections.abc import Callable
from typing import Protocol

from bot.store.answers import News, Others, Post


class Sharing(Protocol):
    """Posts that one replica holds, and news of what the others commit. Alone, one holds every post and hears none."""

    shared: bool
    """Whether other replicas may use the database beside this one."""

    async def hold(self, name: str) -> Post | None:
        """Take a post, if no other replica holds it: None if one does. To be tried again every second.

        Asked again, it gives the post that is held already.
        """
        ...

    async def resign(self, post: Post) -> None:
        """Let another replica have the post, at once."""
        ...

    async def others(self) -> Others:
        """The other replicas that are there now. One that ends, however it does, is gone with its posts."""
        ...

    async def listen(self, callback: Callable[[News], None]) -> None:
        """Call back with what other replicas commit, from now on until `close`.

        After a break of the connection it is called as if everything had changed: something may have.
        """
        ...
