"""Opens connections to the server."""

import time
from contextlib import suppress
from typing import Any, Final
from weakref import WeakKeyDictionary

import asyncpg

from bot.complaint.errors import StoreUnusable
from bot.store.postgres.troubles import OURS, advice, spoken

PATIENCE: Final = 10.0
"""Seconds after which a call that was not answered has failed."""

REPLAN: Final = 60.0
"""Seconds for which a plan is good."""

OLDEST: Final = 14
"""The first with `idle_session_timeout`."""

Connection = Any
"""asyncpg's; it has no types of its own."""

SETTINGS: Final = {
    "application_name": "complaint-bot",
    # the work of one statement here is a fraction of what compiling it would cost
    "jit": "off",
    # nor is it worth sharing out; and reading a body that may be damaged forbids that, in an index too
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    # planned once: what a statement is about comes in arrays, so that no value changes the best plan
    "plan_cache_mode": "force_generic_plan",
    # every search has its index, also while a table is so young that nobody knows how it will grow
    "enable_seqscan": "off",
    # whoever is cut off in the middle of a transaction lets go of its rows
    "idle_in_transaction_session_timeout": "3s",
    "tcp_keepalives_idle": "2",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "4s",
}


def each_alone(url: str) -> list[str]:
    """The addresses of the servers that one comma-separated address names."""
    scheme, mark, rest = url.partition("://")
    end = min((rest.find(sign) for sign in "/?" if sign in rest), default=len(rest))
    who, at, hosts = rest[:end].rpartition("@")
    return [f"{scheme}{mark}{who}{at}{one}{rest[end:]}" for one in hosts.split(",")]


class Connector:
    """Makes connections to one database. Its address, with the password, is never shown.

    Where several servers are named, one of them writes, and another may do so tomorrow. Each gets its own share of
    our patience: one that is cut off must not use up that of all.
    """

    def __init__(self, url: str) -> None:
        self._urls = each_alone(url)
        self._planned: WeakKeyDictionary[Connection, float] = WeakKeyDictionary()
        self.name = spoken(url)

    async def connect(self, **settings: str) -> Connection:
        """A fresh connection; `settings` are the server's own, beside ours.

        Raises:
            StoreUnusable: it cannot be had; the sentence says what to do.
        """
        *others, last = self._urls
        for url in others:
            with suppress(StoreUnusable):
                return await self._connect_to(url, settings)
        return await self._connect_to(last, settings)

    async def _connect_to(self, url: str, settings: dict[str, str]) -> Connection:
        several = len(self._urls) > 1
        try:
            connection = await asyncpg.connect(
                url,
                timeout=PATIENCE / 2 / len(self._urls),
                command_timeout=PATIENCE,
                statement_cache_size=500,
                max_cached_statement_lifetime=0,
                server_settings=SETTINGS | settings,
                target_session_attrs="read-write" if several else None,
            )
        except OURS as error:
            raise StoreUnusable(f"{self.name}: {advice(error)}") from error
        except ValueError:
            # its text may hold the address
            raise StoreUnusable(f"{self.name} is no address of PostgreSQL's: {EXAMPLE}.") from None
        self._urls.sort(key=lambda one: one != url)
        if connection.get_server_version().major < OLDEST:
            await connection.close()
            raise StoreUnusable(
                f"{self.name}: this server is too old: PostgreSQL {OLDEST} or newer is needed."
            )
        self._planned[connection] = time.monotonic()
        return connection

    async def replan(self, connection: Connection) -> None:
        """Discard cached query plans once in a while, since tables grow."""
        now = time.monotonic()
        if now - self._planned[connection] > REPLAN:
            self._planned[connection] = now
            await connection.execute("DISCARD PLANS")


EXAMPLE: Final = "write postgresql://user:password@host/name"
