"""A server of PostgreSQL's dies for good, and its standby takes its place: the bots go there by themselves."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.postgres import open_postgres
from bot.store.postgres.connecting import PATIENCE
from tests.contract.servers import Server
from tests.contract.standby import Standby, address_of, can_follow, server_and_standby
from tests.crash.findings import look_through
from tests.crash.ordeal import Report
from tests.crash.people import People, chance_of, few
from tests.crash.replicas import POLLING, WEBHOOK, replicas, undergo
from tests.outpost import LittleTelegram
from tests.stopwatch import Stopwatch

pytestmark = [
    pytest.mark.crash,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not can_follow(), reason="these binaries of PostgreSQL's have no pg_basebackup"),
]

LOAD = 3.0
"""Seconds for which people write before the blow, and after it."""
AWAY = 2.0
"""Seconds until somebody promotes the standby."""


@pytest.fixture(name="servers")
async def _servers() -> AsyncIterator[tuple[Server, Standby]]:
    async with server_and_standby() as both:
        yield both


@pytest.mark.parametrize("mode", [POLLING, WEBHOOK])
async def test_a_promoted_standby_has_every_word_that_was_taken(
    mode: str, servers: tuple[Server, Standby], tmp_path: Path, telegram: LittleTelegram
) -> None:
    """SIGKILL to the server that writes, under load: two bots go on with the other, nothing lost or doubled."""
    first, second = servers
    await first.do("CREATE DATABASE desk")
    address = address_of(first, second, name="desk")
    async with replicas(tmp_path, telegram, [address] * 2, mode, messages_per_second=1000) as pair:
        people = People(telegram, chance_of(6), at_once=3, most_for_a_person=1, most_customers=few)
        await pair.open()

        async def blow() -> Report:
            await pair.running(0).works_for(LOAD)
            await asyncio.to_thread(first.stop, signal.SIGKILL)
            await pair.running(0).works_for(AWAY)
            await second.promote()
            await pair.running(0).works_for(LOAD)
            return Report()

        report = await undergo(pair, people, blow)
        found = await look_through(pair.posts[0], telegram, people)
    assert people.words > 10
    assert found.figures["words recorded"] == people.words
    assert found.wrong + report.faults == []
    assert report.stops == [0, 0]


async def test_a_server_that_is_silent_leaves_patience_for_the_other(
    servers: tuple[Server, Standby],
) -> None:
    """The first address leads into the dark, the second to a server that only reads, the third to the right one."""
    first, second = servers
    await first.do("CREATE DATABASE desk")
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        ports = (int(silent.getsockname()[1]), second.port, first.port)
        watch = Stopwatch()
        store = await open_postgres(address_of(name="desk", ports=ports))
        took = watch.seconds()
        await store.close()
    assert took < PATIENCE
