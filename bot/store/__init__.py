"""The store: inbox, cases, outbox, timers and figures. All SQL of the project is in this package."""

from bot.complaint.errors import StoreUnusable
from bot.store.port import Delivery, News, Post, State, Store, TimelineRow
from bot.store.sqlite import open_sqlite

__all__ = ["Delivery", "News", "Post", "State", "Store", "TimelineRow", "open_store"]


async def open_store(url: str, *, create: bool = True) -> Store:
    """Open the database at `url`, bring it to the current schema, and check that it is sound.

    `sqlite:///complaints.db` is a file in the working folder, `sqlite:////srv/complaints.db` an absolute
    path, `sqlite://` a private database in memory; `postgresql://user:password@host/name` is a database that
    several replicas may share. With `create` off nothing is made or migrated: a missing
    or older database is an error.

    Raises:
        StoreUnusable: it cannot be used; the sentence says what to do.
    """
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite":
        return await open_sqlite(_path(rest), create=create)
    if separator and scheme in ("postgresql", "postgres"):
        return await _open_postgres(f"postgresql://{rest}", create=create)
    raise StoreUnusable(f"{scheme!r} is no kind of database known here: use sqlite:///complaints.db.")


async def _open_postgres(url: str, *, create: bool) -> Store:
    try:
        from bot.store.postgres import open_postgres  # noqa: PLC0415 - what it stands on is an extra
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise StoreUnusable(
            "PostgreSQL needs one package more: pip install complaint-bot[postgres]"
        ) from None
    return await open_postgres(url, create=create)


def _path(rest: str) -> str | None:
    """The file that the part after `sqlite://` names; None is memory."""
    if rest in ("", "/", "/:memory:"):
        return None
    if not rest.startswith("/"):
        raise StoreUnusable(f"sqlite://{rest} lacks a slash: a file in this folder is sqlite:///{rest}.")
    return rest[1:]
