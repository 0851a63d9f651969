"""Fixtures for the command-line tests."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.commands import copying
from tests.contract.servers import Server
from tests.contract.store import at_home
from tests.outpost import LittleTelegram, little_telegram
from tests.processes import TOKEN, Ended, clean_environment, command

Run = Callable[..., Awaitable[Ended]]


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[LittleTelegram]:
    """A Bot API server with a desk."""
    async with little_telegram(tmp_path) as there:
        yield there


@pytest.fixture
def settings(tmp_path: Path, telegram: LittleTelegram) -> dict[str, object]:
    """Settings in which nothing is wrong."""
    return {
        "token": TOKEN,
        "api_url": telegram.url,
        "desk": telegram.desk,
        "database": f"sqlite:///{tmp_path / 'complaints.db'}",
    }


@pytest.fixture
def run(tmp_path: Path, settings: dict[str, object]) -> Run:
    """Run a command with these settings, some of them changed (None: left out), and see its end."""

    async def go(*arguments: str, given: bytes = b"", **changed: object) -> Ended:
        left = {name: value for name, value in (settings | changed).items() if value is not None}
        return await command(*arguments, cwd=tmp_path, env=clean_environment(**left), given=given)

    return go


@pytest.fixture(scope="module", name="server")
def _server() -> Iterator[Server]:
    """A server of PostgreSQL's."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(name="copy")
async def _copy(tmp_path: Path) -> Path:
    """A copy of a desk; the desk itself is `desk.db` beside it."""
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    async with at_home(address) as store:
        await copying.furnish(store)
    assert (await copying.run(tmp_path, address, "backup", "desk.copy")).code == 0
    return tmp_path / "desk.copy"
