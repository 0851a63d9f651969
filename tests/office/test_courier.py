"""The courier against a real store and a real Bot API server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.office.courier_desk import Desk, desk_at


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path) as desk:
        yield desk


async def test_a_letter_arrives_and_is_settled(desk: Desk) -> None:
    """What is posted reaches the complainant once, and the outbox holds nothing more."""
    alice = desk.world.add_user("Alice")
    desk.world.say(alice.id, "/start")
    await desk.post(desk.letter(alice.id, "one"), desk.letter(alice.id, "two"))
    await desk.settle()
    assert desk.said(alice.id) == ["one", "two"]
    assert await desk.waiting() == []
