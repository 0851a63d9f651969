"""`report` and `export` over PostgreSQL: the same world tells the same, whichever database it lies in."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.store import open_store
from tests.commands.conftest import Run
from tests.commands.test_report_figures import SHIPMENTS, USERS, VOLUMES, told, written
from tests.contract.servers import Server

NEVER_THE_SAME = {"made_at"}
"""What names the moment of the command itself."""


@pytest.fixture(name="addresses")
async def _addresses(tmp_path: Path, server: Server) -> AsyncIterator[tuple[str, str]]:
    """The small world in a file and in a server's database."""
    (tmp_path / "shipped.csv").write_text(SHIPMENTS, "utf-8")
    (tmp_path / "users.csv").write_text(USERS, "utf-8")
    async with server.database() as name:
        found = f"sqlite:///{tmp_path / 'complaints.db'}", server.address(name)
        for address in found:
            await written(address)
        yield found


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """The answer without what no two commands share."""
    return {name: value for name, value in found.items() if name not in NEVER_THE_SAME}


async def test_the_report_is_the_same_on_both(run: Run, addresses: tuple[str, str]) -> None:
    """Every figure, share and card of the hand-computed world, to the last digit."""
    one, other = [plain(await told(run, *VOLUMES, database=address)) for address in addresses]

    assert len(one["figures"]) > 100
    assert one == other


async def test_the_export_is_the_same_on_both(run: Run, addresses: tuple[str, str]) -> None:
    """Every case with all that belongs to it, in the same order; and that it was taken out is in the audit of both."""
    lines = []
    for address in addresses:
        ended = await run("export", database=address, token=None, desk=None)
        assert (ended.code, ended.err) == (0, "")
        lines.append([msgspec.json.decode(line) for line in ended.out.splitlines()])
        store = await open_store(address, create=False)
        assert "export" in {one.deed.act async for one in store.deeds()}
        await store.close()

    assert len(lines[0]) == 12
    assert lines[0] == lines[1]
