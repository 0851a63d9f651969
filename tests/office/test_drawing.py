"""The drawing room: a process of its own that may break, and nobody with it."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.insight.rows import body_of
from bot.office.reports.drawing import DrawingRoom, NotDrawn
from bot.office.reports.easel_orders import Answer, Order
from tests.insight import small
from tests.insight.test_pictures import words


def order(kind: str = "report") -> Order:
    """March of the small world."""
    said = words("zh")
    return Order(
        kind=kind,
        first=date(2026, 3, 1),
        until=date(2026, 4, 1),
        zone="Asia/Shanghai",
        now=datetime(2026, 3, 31, 4, tzinfo=UTC),
        texts=dict(said.texts),
        names={group: dict(names) for group, names in said.names.items()},
    )


async def rows(*more: str) -> AsyncIterator[list[str]]:
    """The rows of the small world, in two pages."""
    bodies = [*map(body_of, small.facts()), *more]
    yield bodies[:4]
    yield bodies[4:]


async def drawn(room: DrawingRoom, kind: str = "report", *more: str) -> Answer:
    """What the easel makes of them."""
    return await room.draw(order(kind), rows(*more))


async def test_one_easel_serves_many_orders() -> None:
    """Pictures, digests and pictures again come from the same process, which ends with its room."""
    room = DrawingRoom()
    first, digest, again = await drawn(room), await drawn(room, "daily"), await drawn(room)
    easel = room._easel
    await room.close()

    assert [one.name for one in first.pictures] == ["volume", "keeping", "ends", "causes"]
    assert first.pictures == again.pictures
    assert (digest.cases, digest.digest["came"], digest.pictures) == (10, 10, [])
    assert easel is not None
    assert easel.returncode is not None


async def test_a_damaged_row_spoils_no_other() -> None:
    """What cannot be read is left out of the pictures."""
    room = DrawingRoom()
    answer = await drawn(room, "report", '{"no":"X","opened_at":"yesterday"}')
    await room.close()

    assert answer.cases == 10


async def test_an_easel_that_breaks_is_told_and_another_set_up() -> None:
    """Killed in the middle it fails this order, and the next is served by a new process."""
    room = DrawingRoom()
    await drawn(room)
    easel = room._easel
    assert easel is not None

    async def broken() -> AsyncIterator[list[str]]:
        yield [body_of(small.facts()[0])]
        easel.kill()
        await easel.wait()
        yield [body_of(small.facts()[1])]

    with pytest.raises(NotDrawn):
        await room.draw(order(), broken())
    assert (await drawn(room)).cases == 10
    await room.close()


@pytest.mark.practice("S41")
async def test_a_digest_tells_what_is_missed_due_and_in_danger() -> None:
    """The numbers of the small world's March, counted by hand."""
    room = DrawingRoom()
    told = (await drawn(room, "weekly")).digest
    await room.close()

    assert (told["came"], told["closed"]) == (10, 5)
    assert (told["danger"], told["danger_count"]) == (["I"], 1)
    assert told["missed"] == 2
    assert "I" not in told["quotable"]
