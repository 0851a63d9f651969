"""Two bots on one PostgreSQL: a complaint goes its way, and whichever of them dies, nothing is lost."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.contract.cable import laid
from tests.contract.servers import Server
from tests.crash.findings import look_through
from tests.crash.ordeal import Report
from tests.crash.people import FIRST, People, chance_of, few
from tests.crash.replicas import (
    POLLING,
    WEBHOOK,
    Replicas,
    blow_after_blow,
    kill_one,
    replicas,
    stand_still_until_replaced,
    undergo,
)
from tests.outpost import LittleTelegram
from tests.processes import BUSY
from tests.stopwatch import Stopwatch

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

TAKEOVER = 5.0 + BUSY
"""Seconds after which another replica has the posts of one that was killed or cut off."""


@pytest.fixture(name="server", scope="module")
def _server() -> Iterator[Server]:
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(name="pair", params=[POLLING, WEBHOOK])
async def _pair(
    request: pytest.FixtureRequest, server: Server, tmp_path: Path, telegram: LittleTelegram
) -> AsyncIterator[Replicas]:
    """Two places on one fresh database."""
    async with server.database() as name:
        address = server.address(name)
        async with replicas(
            tmp_path, telegram, [address, address], request.param, messages_per_second=1000
        ) as group:
            yield group


async def answered(telegram: LittleTelegram, name: str) -> float:
    """Seconds until a new customer has a first answer, without those in which nobody of us had a processor."""
    customer = await telegram.new_customer(name)
    watch = Stopwatch()
    await telegram.do("say", person_id=customer, text=FIRST)
    await telegram.waits_for(customer)
    return watch.seconds()


async def test_another_takes_the_posts_of_one_that_is_killed(pair: Replicas) -> None:
    """SIGKILL to the holder: whoever writes then is answered by the other within seconds."""
    await pair.open()
    await answered(pair.telegram, "Wang")
    holder = pair.holder()
    assert holder is not None
    await pair.running(holder).kill()
    assert await answered(pair.telegram, "Li") < TAKEOVER
    assert pair.holder() == 1 - holder


async def test_another_takes_the_posts_of_one_that_stands_still(pair: Replicas) -> None:
    """SIGSTOP: the other works on; when the first wakes up it says that it lost its posts, and sends nothing twice."""
    await pair.open()
    await answered(pair.telegram, "Wang")
    first = pair.running(0)
    people = People(pair.telegram, chance_of(3), at_once=3, most_for_a_person=1, most_customers=few)

    async def blow() -> Report:
        await stand_still_until_replaced(pair, 0)
        await first.logged("post_lost")
        return Report()

    report = await undergo(pair, people, blow)
    found = await look_through(pair.posts[1], pair.telegram, people)
    assert found.wrong + report.faults == []
    assert pair.has_held(1)


async def test_another_takes_the_posts_of_one_that_is_cut_off(
    server: Server, tmp_path: Path, telegram: LittleTelegram
) -> None:
    """Nothing comes through to the database any more: the other answers within seconds."""
    async with server.database() as name, laid(server.port) as cable:
        addresses = [server.far_address(name, port=cable.port), server.address(name)]
        async with replicas(tmp_path, telegram, addresses) as pair:
            await pair.open()
            await answered(telegram, "Wang")
            cable.cut()
            took = await answered(telegram, "Li")
            assert took < TAKEOVER
            await pair.running(0).logged("post_lost")
            await pair.running(0).kill()


async def test_each_replica_does_one_of_fetching_and_sending(
    server: Server, tmp_path: Path, telegram: LittleTelegram
) -> None:
    """The first passes fetching on to the second; whichever dies, the other does both, and passes on again."""
    async with (
        server.database() as name,
        replicas(tmp_path, telegram, [server.address(name)] * 2) as pair,
    ):
        await pair.open()
        await pair.running(1).until(lambda: pair.holder("poller") == 1)
        assert pair.holder() == 0
        await kill_one(pair, 1, Report())
        assert await answered(telegram, "Wang") < TAKEOVER
        await pair.running(1).until(lambda: pair.holder("poller") == 1)
        await pair.running(0).kill()
        assert await answered(telegram, "Li") < TAKEOVER
        assert pair.holder() == 1


ONCE_MORE = """
INSERT INTO outbox (id, kind, chat, line, written_at, outcome, body)
SELECT newest + 1, kind, chat, line, written_at, 'waiting', replace(body, id::text, (newest + 1)::text)
FROM outbox, (SELECT max(id) AS newest FROM outbox) AS numbers
WHERE chat = {customer} AND kind = 'text' ORDER BY id LIMIT 1
"""
UNHEARD = 2.5 + BUSY
"""Seconds in which a letter is sent of which nobody was told, with what the test itself takes."""


async def test_a_letter_that_nobody_called_out_is_sent_all_the_same(
    server: Server, tmp_path: Path, telegram: LittleTelegram
) -> None:
    """A notification was lost: the courier looks every second while another replica may write letters for it."""
    async with (
        server.database() as name,
        replicas(tmp_path, telegram, [server.address(name)] * 2, quiet=600.0) as pair,
    ):
        await pair.open()
        await pair.running(1).until(lambda: pair.holder("poller") == 1)
        await answered(telegram, "Wang")
        customer = await telegram.new_customer("Li")
        await telegram.do("say", person_id=customer, text=FIRST)
        first = await telegram.waits_for(customer)
        watch = Stopwatch()
        await server.do(ONCE_MORE.format(customer=customer), name)
        again = await telegram.waits_for(customer, first["text"][:20], after=int(first["seq"]))
        assert watch.seconds() < UNHEARD
        assert again["text"] == first["text"]


async def test_kills_under_load_lose_nothing(pair: Replicas) -> None:
    """Holders and others are killed while people write: every word is kept, answered and in order.

    The long form is `python -m tests.crash --kills 200 --store postgres --replicas 2 --mode webhook`.
    """
    people = People(pair.telegram, chance_of(9), at_once=3, most_for_a_person=2, most_customers=few)
    await pair.open()
    report = await undergo(pair, people, lambda: blow_after_blow(pair, 5, chance_of(9)))
    found = await look_through(pair.posts[0], pair.telegram, people)
    assert report.kills == 5
    assert people.words > 20
    assert found.figures["letters sent"] > 20
    assert found.wrong + report.faults == []
    assert set(report.stops) == {0}


@pytest.fixture(name="durable")
def _durable() -> Iterator[Server]:
    """A server that writes through to the disk."""
    server = Server(durable=True)
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def test_a_server_that_loses_its_power_costs_no_word(
    durable: Server, tmp_path: Path, telegram: LittleTelegram
) -> None:
    """PostgreSQL is killed and started again while people write; the bots go on by themselves."""
    server = durable
    async with server.database() as name:
        address = server.address(name)
        async with replicas(tmp_path, telegram, [address] * 2, messages_per_second=1000) as pair:
            people = People(telegram, chance_of(4), at_once=3, most_for_a_person=1, most_customers=few)
            await pair.open()
            blows = partial(blow_after_blow, pair, 0, chance_of(4), server, restarts=2)
            report = await undergo(pair, people, blows)
            found = await look_through(pair.posts[0], telegram, people)
    assert found.wrong + report.faults == []
    assert set(report.stops) == {0}
