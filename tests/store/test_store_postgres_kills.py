"""Replicas that are killed or cut off: what they had passes on, and what they wrote is whole."""

import asyncio
import json
import sys

import pytest

from bot.complaint.errors import StoreUnusable
from bot.office.duty import ASK
from bot.store import Store, open_store
from bot.store.postgres.watchman import BEAT, DOUBT, LEASE
from tests.contract.cable import laid
from tests.contract.servers import Server
from tests.contract.store import arrival, pending_keys, until, waiting_ids
from tests.processes import BUSY, PATIENCE
from tests.stopwatch import Stopwatch

TAKEOVER = 5.0
"""Seconds after which what a replica held that was killed or cut off is another's."""
WITHIN = TAKEOVER + BUSY


def test_a_lease_and_a_question_are_shorter_than_a_takeover() -> None:
    """Whatever the machine is busy with: who is silent gives up first, then is taken for dead, then somebody asks."""
    assert 2 * BEAT < DOUBT < LEASE
    assert LEASE + 2 * ASK.total_seconds() < TAKEOVER


@pytest.mark.crash
async def test_what_a_killed_replica_had_is_anothers_within_seconds(
    server: Server, database: str, pair: tuple[Store, Store]
) -> None:
    """SIGKILL: its chats and its post pass on, and nothing of them is lost."""
    store, _ = pair
    await store.keep([arrival("1"), arrival("2", chat=8)])
    command = (sys.executable, "-m", "tests.contract.replica", server.address(database))
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert child.stdout is not None
    assert json.loads(await child.stdout.readline()) == [["1", "2"], True]
    assert await pending_keys(store) == []
    assert await store.hold("courier") is None
    child.kill()
    watch = Stopwatch()
    await until(lambda: store.hold("courier"), PATIENCE)
    assert await until(lambda: pending_keys(store), PATIENCE) == ["1", "2"]
    assert watch.seconds() < WITHIN
    await child.wait()


@pytest.mark.crash
@pytest.mark.parametrize("rounds", [1, 7, 30])
async def test_a_replica_killed_while_it_writes_leaves_whole_rounds(
    server: Server, database: str, pair: tuple[Store, Store], rounds: int
) -> None:
    """What it told of is there, with all that belongs to it; of the round it died in, all or nothing."""
    command = (sys.executable, "-m", "tests.contract.replica", server.address(database), "write")
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert child.stdout is not None
    for _ in range(rounds):
        await child.stdout.readline()
    child.kill()
    rest = await child.stdout.read()
    await child.wait()
    told = rounds + len(rest.splitlines())
    lines = [len(lines) async for _, lines in pair[0].cases()]
    assert lines == [1] * len(lines)
    assert told <= len(lines) <= told + 1
    assert len(await waiting_ids(pair[0])) == len(lines)
    assert len([deed async for deed in pair[0].deeds()]) == len(lines)
    assert await pair[0].broken_seal() is None


@pytest.mark.crash
async def test_what_a_replica_had_that_is_cut_off_is_anothers_within_seconds(
    server: Server, database: str, pair: tuple[Store, Store]
) -> None:
    """Nothing comes through and nobody is told: it knows that its post is lost before anybody has it."""
    store, _ = pair
    await store.keep([arrival("1")])
    async with laid(server.port) as cable:
        far = await open_store(server.far_address(database, port=cable.port))
        assert await pending_keys(far) == ["1"]
        post = await far.hold("courier")
        assert post is not None
        cable.cut()
        watch = Stopwatch()
        taken = await until(lambda: store.hold("courier"), PATIENCE)
        assert post.lost.is_set()
        assert await until(lambda: pending_keys(store), PATIENCE) == ["1"]
        assert watch.seconds() < WITHIN
        assert taken.name == "courier"
    with pytest.raises(StoreUnusable):
        await far.keep([arrival("2")])
    await far.close()
