"""The front over real HTTP: what it takes, what it refuses, and what it shows to whom."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO

import aiohttp
import pytest

from bot.front import Family, Front, Meters, Views, Webhook, application
from bot.front.routes import LARGEST, SECRET_HEADER

SECRET = "s3cret_-"
JSON = {"Content-Type": "application/json", SECRET_HEADER: SECRET}


@dataclass
class House:
    """Whoever stands behind the front: takes or not, and is well or not."""

    taken: list[bytes] = field(default_factory=list)
    takes: bool = True
    strangers: int = 0
    unwell: list[str] = field(default_factory=list)
    holds: asyncio.Event | None = None
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, body: bytes) -> bool:
        """As it is told."""
        self.entered.set()
        if self.holds is not None:
            await self.holds.wait()
        if self.takes:
            self.taken.append(body)
        return self.takes

    def stranger(self) -> None:
        """Count them."""
        self.strangers += 1

    async def reasons(self) -> list[str]:
        """As it was told."""
        return self.unwell

    async def metrics(self) -> bytes:
        """One figure."""
        return b"up 1\n"


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def front(house: House) -> AsyncIterator[Front]:
    views = Views(reasons=house.reasons, metrics=house.metrics)
    webhook = Webhook(secret=SECRET, take=house.take, strangers=house.stranger)
    front = Front(application(views, webhook), "127.0.0.1", 0, grace=60)
    front.bind()
    serving = asyncio.create_task(front.run())
    yield front
    await front.stop()
    await serving


@pytest.fixture
async def http(front: Front) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{front.port}") as session:
        yield session


async def test_an_update_with_the_secret_is_taken_under_any_path(
    house: House, http: aiohttp.ClientSession
) -> None:
    """A proxy in front may change the path; the secret is the key."""
    for path in ("/", "/hook", "/bots/complaint"):
        async with http.post(path, data=b'{"update_id":1}', headers=JSON) as answer:
            assert (answer.status, await answer.read()) == (200, b"")

    assert house.taken == [b'{"update_id":1}'] * 3
    assert house.strangers == 0


@pytest.mark.parametrize(
    "shown", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "S3CRET_-"}, {SECRET_HEADER: "ключ"}]
)
async def test_who_does_not_know_the_secret_is_refused_unread(
    house: House, http: aiohttp.ClientSession, shown: dict[str, str]
) -> None:
    """No byte of a stranger's body is kept."""
    headers = {"Content-Type": "application/json", **shown}
    async with http.post("/hook", data=b"{}", headers=headers) as answer:
        assert answer.status == 403

    assert (house.taken, house.strangers) == ([], 1)


async def test_other_methods_and_kinds_of_content_are_refused(
    house: House, http: aiohttp.ClientSession
) -> None:
    """An update is a POST of JSON."""
    async with http.get("/hook", headers=JSON) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    async with http.post("/hook", data=b"{}", headers={**JSON, "Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    async with http.post(
        "/hook", data=b"{}", headers={**JSON, "Content-Type": "application/json; charset=utf-8"}
    ) as answer:
        assert answer.status == 200

    assert house.taken == [b"{}"]


async def _in_parts(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 65_536):
        yield b" " * 65_536


async def test_a_body_that_is_too_large_is_refused_by_its_length_or_on_the_way(
    house: House, http: aiohttp.ClientSession
) -> None:
    """One megabyte is taken, more is not, whether its length was told or not."""
    async with http.post("/hook", data=BytesIO(b" " * LARGEST), headers=JSON) as answer:
        assert answer.status == 200
    async with http.post("/hook", data=BytesIO(b" " * (LARGEST + 1)), headers=JSON) as answer:
        assert answer.status == 413
    async with http.post("/hook", data=_in_parts(LARGEST + 65_536), headers=JSON) as answer:
        assert answer.status == 413

    assert [len(one) for one in house.taken] == [LARGEST]


async def test_what_cannot_be_kept_is_left_with_telegram(house: House, http: aiohttp.ClientSession) -> None:
    """503 with Retry-After: the update comes again."""
    house.takes = False
    async with http.post("/hook", data=b"{}", headers=JSON) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


async def test_a_request_under_way_is_finished_when_the_house_closes(house: House, front: Front) -> None:
    """From that moment nobody new is let in, and who is inside gets their answer."""
    house.holds = asyncio.Event()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{front.port}") as http:
        asking = asyncio.create_task(_status(http))
        await house.entered.wait()
        stopping = asyncio.create_task(front.stop())
        await asyncio.sleep(0)
        with pytest.raises(aiohttp.ClientConnectionError):
            await _status(http)
        house.holds.set()
        assert await asking == 200
        await stopping

    assert house.taken == [b"{}"]


async def _status(http: aiohttp.ClientSession) -> int:
    async with http.post("/hook", data=b"{}", headers=JSON) as answer:
        return answer.status


async def test_the_views_tell_how_the_house_is(house: House, http: aiohttp.ClientSession) -> None:
    """Alive is whoever answers; ready is who has no reason against it."""
    async with http.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "alive\n")
    async with http.get("/readyz") as answer:
        assert (answer.status, await answer.text()) == (200, "ready\n")
    house.unwell = ["The clerk stands still.", "Telegram has not answered lately."]
    async with http.get("/readyz") as answer:
        assert answer.status == 503
        assert await answer.text() == "The clerk stands still.\nTelegram has not answered lately.\n"
    async with http.get("/metrics") as answer:
        assert (answer.status, await answer.text()) == (200, "up 1\n")


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
@pytest.mark.parametrize(
    "header",
    [
        *("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"),
        *("CF-Connecting-IP", "True-Client-IP", "X-Envoy-External-Address", "X-Client-IP", "CDN-Loop"),
    ],
)
async def test_what_a_proxy_passes_on_sees_no_figures(
    http: aiohttp.ClientSession, path: str, header: str
) -> None:
    """The proxy that brings updates from outside would show them to anybody, whichever header it adds."""
    async with http.get(path, headers={header: "198.51.100.7"}) as answer:
        assert answer.status == 404


def test_counters_and_what_is_counted_at_the_moment_stand_on_one_sheet() -> None:
    """Prometheus reads both, and two houses in one process keep apart."""
    meters, other = Meters(), Meters()
    meters.came("message", 3)
    meters.called("sendMessage", "flood")
    meters.shared(0.004)
    cases = Family(
        name="complaint_bot_open_cases", meaning="Open", rows=[({"queue": "care", "severity": "2"}, 7)]
    )
    text = meters.exposition([cases]).decode()

    assert 'complaint_bot_updates_total{kind="message"} 3.0' in text
    assert 'complaint_bot_too_many_requests_total{method="sendMessage"} 1.0' in text
    assert 'complaint_bot_own_share_seconds_bucket{le="0.005"} 1.0' in text
    assert 'complaint_bot_open_cases{queue="care",severity="2"} 7.0' in text
    assert "sendMessage" not in other.exposition([]).decode()


def test_the_webhook_does_not_show_its_secret() -> None:
    """Neither a log nor a traceback can."""
    assert SECRET not in repr(Webhook(secret=SECRET, take=House().take))
