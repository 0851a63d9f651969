"""Intake by webhook: a real store, the sandbox as Telegram, and a real server between them."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot.complaint.errors import SettingsWrong
from bot.front import Front, Views, Webhook, application
from bot.front.routes import SECRET_HEADER
from bot.office.incoming.polling import PollingIntake
from bot.office.incoming.receiving import MOST_PENDING, Receiving
from bot.office.incoming.webhook import LOOK, WebhookIntake
from bot.sandbox import SandboxServer, World
from bot.store import Store
from bot.store.sqlite import open_sqlite
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.hook import hook_of, set_hook
from tests.contract.store import until
from tests.handclock import HandClock
from tests.office.courier_desk import closing as closing_later
from tests.processes import PATIENCE

SECRET = "s3cret"


async def _no_reasons() -> list[str]:
    return []


async def _no_figures() -> bytes:
    return b""


class Entrance:
    """An intake with its front, and the Telegram that brings updates to it."""

    def __init__(self, world: World, store: Store, telegram: Telegram, database: Path) -> None:
        self.world = world
        self.store = store
        self.telegram = telegram
        self.database = database
        self.clock = HandClock()
        self.kept = asyncio.Event()
        self.url = ""
        self.refused = asyncio.Event()

    def receiving(self, most: int = MOST_PENDING) -> Receiving:
        """What an intake works with here."""
        return Receiving(self.store, self.telegram, self.clock, self.kept.set, most)

    async def _take(self, intake: WebhookIntake, body: bytes) -> bool:
        taken = await intake.take(body)
        if not taken:
            self.refused.set()
        return taken

    def _stranger(self, intake: WebhookIntake) -> None:
        self.refused.set()
        intake.stranger()

    async def failure(self) -> str | None:
        """Why the last delivery failed."""
        return (await hook_of(self.telegram)).error or None

    @asynccontextmanager
    async def open(self, secret: str = SECRET, most: int = 100) -> AsyncIterator[WebhookIntake]:
        """Both at work until the block ends."""
        views = Views(reasons=_no_reasons, metrics=_no_figures)
        bound: list[WebhookIntake] = []
        webhook = Webhook(
            secret=secret,
            take=lambda body: self._take(bound[0], body),
            strangers=lambda: self._stranger(bound[0]),
        )
        front = Front(application(views, webhook), "127.0.0.1", 0)
        front.bind()
        self.url = f"http://127.0.0.1:{front.port}/hook"
        bound.append(WebhookIntake(self.receiving(most), url=self.url, secret=secret))
        tasks = [asyncio.create_task(front.run()), asyncio.create_task(bound[0].run())]
        try:
            yield bound[0]
        finally:
            await front.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def post(self, body: bytes, secret: str = SECRET) -> int:
        """Bring something; the status."""
        headers = {"Content-Type": "application/json", SECRET_HEADER: secret}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url, data=body, headers=headers) as answer,
        ):
            return answer.status

    async def texts(self) -> list[str]:
        """The words in the inbox, in order."""
        rows = await self.store.pending(1000, now=self.clock.now())
        return [msgspec.json.decode(row.arrival.body)["message"]["text"] for row in rows]

    async def taken(self) -> None:
        """Wait until Telegram has nothing left."""
        await self.world.wait_until(lambda: not self.world.pending())

    def called(self, method: str) -> int:
        """How often the bot called this method."""
        return sum(call.method == method for call in self.world.calls)

    async def until_called(self, method: str, times: int = 1) -> None:
        """Wait until it did."""
        await self.world.wait_until(lambda: self.called(method) >= times)


@pytest.fixture
async def entrance(tmp_path: Path) -> AsyncIterator[Entrance]:
    world = World()
    database = tmp_path / "inbox.db"
    async with (
        closing_later(await open_sqlite(str(database), busy_seconds=0.05)) as store,
        SandboxServer(world) as server,
        Telegram(Address(server.base_url, world.token)) as telegram,
    ):
        server.webhook.pauses = (0.0, 0.02)
        yield Entrance(world, store, telegram, database)


async def test_updates_are_brought_and_kept_in_order(entrance: Entrance) -> None:
    """What waited before the webhook was set comes too."""
    alice = entrance.world.add_user("Alice")
    entrance.world.say(alice.id, "one")
    async with entrance.open():
        for n in range(20):
            entrance.world.say(alice.id, f"{n}")
        await entrance.taken()

    assert await entrance.texts() == ["one", *(f"{n}" for n in range(20))]
    assert entrance.kept.is_set()


async def test_the_same_update_again_is_kept_once(entrance: Entrance) -> None:
    """A bot that dies after the commit and before the answer gets it again; it is known."""
    async with entrance.open():
        update = b'{"update_id":77,"message":{"chat":{"id":5,"type":"private"},"text":"hi"}}'
        assert [await entrance.post(update) for _ in range(3)] == [200, 200, 200]

    assert (await entrance.store.counts())["inbox_pending"] == 1


@pytest.mark.parametrize(
    "body",
    [
        b"no json \xff\x00",
        b"[]",
        b'{"update_id":"seven"}',
        b'{"message":{"chat":{"id":1}}}',
        b'{"update_id":5,"message":{"chat":{"id":9223372036854775808}}}',
        b'{"update_id":99999999999999999999999}',
        b"",
    ],
)
async def test_what_is_no_update_is_kept_once_and_never_comes_again(entrance: Entrance, body: bytes) -> None:
    """Refused, it would come again for a day and hold back what is behind it; kept, the clerk sets it aside."""
    async with entrance.open():
        assert [await entrance.post(body) for _ in range(2)] == [200, 200]
        (row,) = await entrance.store.pending(10, now=entrance.clock.now())

    assert row.arrival.body == body
    assert row.arrival.source == "telegram"


async def test_while_the_database_is_locked_telegram_keeps_the_update(entrance: Entrance) -> None:
    """503 until it can be kept; then it comes exactly once, and in order."""
    alice = entrance.world.add_user("Alice")
    async with entrance.open():
        await entrance.until_called("setWebhook")
        with closing(sqlite3.connect(entrance.database, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            entrance.world.say(alice.id, "one")
            entrance.world.say(alice.id, "two")
            await entrance.refused.wait()
            assert len(entrance.world.pending()) == 2
            other.execute("ROLLBACK")
        await entrance.taken()

    assert await entrance.texts() == ["one", "two"]


async def test_with_too_much_on_the_table_the_rest_stays_with_telegram(entrance: Entrance) -> None:
    """503 above the limit; when the clerk has caught up the rest is taken."""
    bob = [entrance.world.add_user(f"Bob {n}") for n in range(5)]
    async with entrance.open(most=3):
        for one in bob:
            entrance.world.say(one.id, "hi")
        await entrance.world.wait_until(lambda: len(entrance.world.pending()) == 2)
        await entrance.refused.wait()
        assert len(await entrance.texts()) == 3
        with closing(sqlite3.connect(entrance.database)) as clerk:
            clerk.execute("UPDATE inbox SET outcome = 'done'")
            clerk.commit()
        entrance.clock.move(timedelta(seconds=2))
        await entrance.taken()

    assert len(await entrance.texts()) == 2


async def test_the_webhook_is_set_only_where_it_is_not(entrance: Entrance) -> None:
    """A second start finds it as it should be."""
    async with entrance.open():
        await entrance.until_called("setWebhook")
        hook = await hook_of(entrance.telegram)
        assert hook.is_set(entrance.url)
        entrance.clock.move(LOOK)
        await entrance.until_called("getWebhookInfo", 3)
    assert entrance.called("setWebhook") == 1


async def test_a_new_secret_reaches_telegram_by_itself(entrance: Entrance) -> None:
    """Telegram never tells the secret: that it shows another one is seen when it comes with it."""
    alice = entrance.world.add_user("Alice")
    async with entrance.open(secret="new"):
        await entrance.until_called("setWebhook")
        await set_hook(entrance.telegram, entrance.url, "old")
        entrance.clock.move(timedelta(seconds=10))
        entrance.world.say(alice.id, "hi")
        await entrance.taken()

    assert entrance.called("setWebhook") == 3
    assert await entrance.texts() == ["hi"]


async def test_a_webhook_that_another_took_over_is_left_to_it(entrance: Entrance) -> None:
    """Two that fight for the same updates would lose both."""
    async with entrance.open():
        await entrance.until_called("setWebhook")
        await set_hook(entrance.telegram, "http://127.0.0.1:9/other", "x")
        entrance.clock.move(LOOK)
        await entrance.until_called("getWebhookInfo", 2)
        assert entrance.called("setWebhook") == 2


async def test_a_webhook_that_another_took_over_and_left_is_taken_back(entrance: Entrance) -> None:
    """Nobody would hear the customer until somebody starts this bot anew."""
    alice = entrance.world.add_user("Alice")
    async with entrance.open():
        await entrance.until_called("setWebhook")
        await set_hook(entrance.telegram, "http://127.0.0.1:9/other", "x")
        entrance.world.say(alice.id, "anybody there?")
        await until(entrance.failure, PATIENCE)
        entrance.clock.move(LOOK)
        await entrance.taken()
    assert await entrance.texts() == ["anybody there?"]


async def test_an_address_that_telegram_refuses_is_told_in_a_line(entrance: Entrance) -> None:
    """It names the variable and says what to write."""
    intake = WebhookIntake(entrance.receiving(), url="ftp://x", secret=SECRET)
    with pytest.raises(SettingsWrong, match=r"COMPLAINT_BOT_WEBHOOK_URL: .*https://"):
        await intake.run()


async def test_from_webhook_to_polling_and_back_no_update_is_lost(entrance: Entrance) -> None:
    """What comes while nobody listens waits with Telegram, whichever way it goes on."""
    alice = entrance.world.add_user("Alice")
    async with entrance.open():
        entrance.world.say(alice.id, "brought")
        await entrance.taken()
    entrance.world.say(alice.id, "nobody there")
    fetching = asyncio.create_task(PollingIntake(entrance.receiving(), wait=1).run())
    entrance.world.say(alice.id, "fetched")
    await entrance.taken()
    fetching.cancel()
    with suppress(asyncio.CancelledError):
        await fetching
    entrance.world.say(alice.id, "nobody there again")
    async with entrance.open():
        entrance.world.say(alice.id, "brought again")
        await entrance.taken()

    wanted = ["brought", "nobody there", "fetched", "nobody there again", "brought again"]
    assert await entrance.texts() == wanted
    dropped = [call for call in entrance.world.calls if call.method == "deleteWebhook"]
    assert len(dropped) == 1
