"""The intake against a real store and the sandbox: nothing is forgotten before it is kept."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import msgspec
import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.complaint.errors import SettingsWrong, StoreUnusable
from bot.complaint.records import Arrival
from bot.office.incoming.polling import PollingIntake
from bot.office.incoming.receiving import MOST_PENDING, Receiving
from bot.sandbox import SandboxServer, World
from bot.store import Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.hook import hook_of, set_hook
from tests.contract.store import until
from tests.office.courier_desk import HandClock, closing
from tests.processes import PATIENCE

NOWHERE = "http://127.0.0.1:9/hook"
"""Nobody listens there."""


@contextmanager
def all_logs() -> Iterator[list[EventDict]]:
    """What is logged, however quiet the suite is otherwise."""
    quiet = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs() as logs:
            yield logs
    finally:
        structlog.configure(wrapper_class=quiet)


class Inbox:
    """What the tests look at."""

    def __init__(self, world: World, store: Store, telegram: Telegram) -> None:
        self.world = world
        self.store = store
        self.telegram = telegram
        self.clock = HandClock()
        self.kept = asyncio.Event()

    def intake(self, most_pending: int = MOST_PENDING) -> PollingIntake:
        """A fresh intake, as after a start."""
        return PollingIntake(
            Receiving(self.store, self.telegram, self.clock, self.kept.set, most_pending), wait=1
        )

    @asynccontextmanager
    async def running(self, most_pending: int = MOST_PENDING) -> AsyncIterator[asyncio.Task[None]]:
        """An intake that runs until the block ends."""
        task = asyncio.create_task(self.intake(most_pending).run())
        try:
            yield task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def texts(self) -> list[str]:
        """The words in the inbox, in order."""
        rows = await self.store.pending(1000, now=self.clock.now())
        return [msgspec.json.decode(row.arrival.body)["message"]["text"] for row in rows]

    async def until(self, count: int) -> None:
        """Wait for so many rows."""
        self.kept.clear()
        while len(await self.store.pending(1000, now=self.clock.now())) < count:
            await self.kept.wait()
            self.kept.clear()

    async def asked(self, calls: int) -> None:
        """Wait until Telegram was asked so often."""
        await self.world.wait_until(lambda: len(self.polls()) >= calls)

    async def failure(self) -> str | None:
        """Why the webhook's last delivery failed."""
        return (await hook_of(self.telegram)).error or None

    def polls(self) -> list[int]:
        """The codes with which Telegram answered."""
        return [call.code for call in self.world.calls if call.method == "getUpdates"]


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[Inbox]:
    world = World()
    async with (
        closing(await open_store(f"sqlite:///{tmp_path / 'inbox.db'}")) as store,
        SandboxServer(world) as server,
        Telegram(Address(server.base_url, world.token)) as telegram,
    ):
        yield Inbox(world, store, telegram)


async def test_what_comes_is_kept_in_order_and_then_forgotten_by_telegram(inbox: Inbox) -> None:
    """Telegram is told to forget an update only by the call after the commit."""
    alice = inbox.world.add_user("Alice")
    for n in range(150):
        inbox.world.say(alice.id, f"{n}")
    async with inbox.running():
        await inbox.until(150)
        assert await inbox.texts() == [f"{n}" for n in range(150)]
        await inbox.world.wait_until(lambda: not inbox.world.pending())


async def test_after_a_crash_before_the_offset_nothing_is_lost_or_doubled(inbox: Inbox) -> None:
    """Kept but not yet confirmed updates come again, and are known."""
    alice = inbox.world.add_user("Alice")
    inbox.world.say(alice.id, "one")
    updates = await inbox.telegram.get_updates(0, wanted=("message",), wait=0)
    await inbox.intake()._keep(updates)
    inbox.world.say(alice.id, "two")
    async with inbox.running():
        await inbox.until(2)
        await inbox.world.wait_until(lambda: not inbox.world.pending())
    assert await inbox.texts() == ["one", "two"]


async def test_an_unreadable_update_is_kept_and_stops_nobody(inbox: Inbox) -> None:
    """The clerk sets it aside later; the ones after it come in."""
    alice = inbox.world.add_user("Alice")
    inbox.world.poison()
    inbox.world.say(alice.id, "after")
    async with inbox.running():
        await inbox.until(2)
    rows = await inbox.store.pending(10, now=inbox.clock.now())
    assert [row.arrival.chat for row in rows] == [0, alice.id]


async def test_a_store_that_cannot_keep_stops_the_intake_loudly(inbox: Inbox) -> None:
    """No update is fetched into nowhere."""

    class Full:
        async def keep(self, arrivals: Sequence[Arrival]) -> int:
            raise StoreUnusable(f"no room for {len(arrivals)}")

    alice = inbox.world.add_user("Alice")
    inbox.world.say(alice.id, "one")
    receiving = Receiving(Full(), inbox.telegram, inbox.clock, inbox.kept.set)  # type: ignore[arg-type]
    intake = PollingIntake(receiving, wait=1)
    with pytest.raises(StoreUnusable, match="no room for 1"):
        await intake.run()
    assert len(inbox.world.pending()) == 1


async def test_an_outage_is_waited_out_with_growing_pauses_and_one_line_of_log(inbox: Inbox) -> None:
    """Nobody's log fills up while Telegram is away."""
    inbox.world.fail_next("getUpdates", code=502, times=3)
    with all_logs() as logs:
        async with inbox.running():
            for failed, pause in ((1, 0.5), (2, 1.0), (3, 2.0)):
                await inbox.asked(failed)
                assert await inbox.clock.waited_for() == pause
                inbox.clock.move(pause)
            alice = inbox.world.add_user("Alice")
            inbox.world.say(alice.id, "back")
            await inbox.until(1)
    assert [entry["event"] for entry in logs] == ["telegram_unreachable", "telegram_back"]


async def test_another_intake_is_named_in_the_log(inbox: Inbox) -> None:
    """Whoever runs two reads why neither works."""
    inbox.world.fail_next("getUpdates", code=409)
    with all_logs() as logs:
        async with inbox.running():
            await inbox.asked(1)
            await inbox.clock.waited_for()
    assert logs[0]["event"] == "another_intake"


async def test_updates_are_taken_back_from_a_webhook_that_leads_nowhere(inbox: Inbox) -> None:
    """Another bot of this token took them and is gone: nobody would hear the customer until somebody looks."""
    alice = inbox.world.add_user("Alice")
    with all_logs() as logs:
        async with inbox.running():
            await inbox.asked(1)
            await set_hook(inbox.telegram, NOWHERE, "s" * 32)
            inbox.world.say(alice.id, "anybody there?")
            await until(inbox.failure, PATIENCE)
            await inbox.clock.waited_for()
            inbox.clock.move(0.5)
            await inbox.until(1)
    assert await inbox.texts() == ["anybody there?"]
    assert [entry["event"] for entry in logs] == ["another_intake", "webhook_dropped", "telegram_back"]


async def test_a_webhook_that_is_served_is_left_alone(inbox: Inbox) -> None:
    """Two that take updates from each other would help nobody."""
    async with inbox.running():
        await inbox.asked(1)
        await set_hook(inbox.telegram, NOWHERE, "s" * 32)
        for polls in (2, 3, 4):
            await inbox.clock.waited_for()
            inbox.clock.move(5)
            await inbox.asked(polls)
    assert inbox.world.webhook["url"] == NOWHERE


async def test_a_wrong_token_ends_the_intake_with_advice(inbox: Inbox) -> None:
    """It will not get better by trying."""
    wrong = Address(inbox.telegram.address.api_url, "5:wrong")
    async with Telegram(wrong) as stranger:
        with pytest.raises(SettingsWrong, match="BotFather"):
            await PollingIntake(Receiving(inbox.store, stranger, inbox.clock, inbox.kept.set)).run()


async def test_with_too_much_on_the_table_telegram_keeps_the_rest(inbox: Inbox) -> None:
    """An inbox that nobody empties does not grow without end."""
    alice = inbox.world.add_user("Alice")
    for n in range(250):
        inbox.world.say(alice.id, f"{n}")
    async with inbox.running(most_pending=150):
        await inbox.until(200)
        await inbox.clock.waited_for()
        # the second hundred is kept; only the first is confirmed until there is room
        assert len(await inbox.texts()) == 200
        assert len(inbox.polls()) == 2


async def test_reactions_are_asked_for(inbox: Inbox) -> None:
    """Telegram sends them only to who names them."""
    async with inbox.running():
        await inbox.asked(1)
        (first, *_) = [call for call in inbox.world.calls if call.method == "getUpdates"]
    assert "message_reaction" in first.params["allowed_updates"]
