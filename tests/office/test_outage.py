"""An outage of the database is waited out by whoever asks, whole answers and answers in pieces alike."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.complaint.case import Case
from bot.complaint.errors import StoreUnusable
from bot.complaint.ids import CaseNo
from bot.office.clock import WallClock
from bot.office.outage import Outage, steady
from bot.store import Store
from tests.contract.store import NO, a_case, at_home, by_hand, case_of, opened


@pytest.fixture(name="address")
def _address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture(name="store")
async def _store(address: str) -> AsyncIterator[Store]:
    """A store with one case."""
    async with at_home(address) as store:
        await opened(store, a_case())
        yield store


async def _by_number(store: Store) -> list[Case]:
    case = await case_of(store)
    return [] if case is None else [case]


async def _piece_by_piece(store: Store) -> list[Case]:
    return [case async for case, _ in store.cases(case_no=CaseNo(NO))]


ASKED = pytest.mark.parametrize("ask", [_by_number, _piece_by_piece])


@ASKED
@pytest.mark.practice("R36")
async def test_who_asks_during_an_outage_is_answered_when_it_is_over(
    ask: Callable[[Store], Awaitable[list[Case]]], store: Store, address: str
) -> None:
    """Nobody's work falls because a case could not be read at that moment."""
    outage, begun = Outage(WallClock()), asyncio.Event()
    outage.on_change(begun.set)
    await by_hand(address, "ALTER TABLE cases RENAME TO away")
    asking = asyncio.ensure_future(ask(steady(store, outage)))
    await begun.wait()
    await by_hand(address, "ALTER TABLE away RENAME TO cases")
    assert [case.no for case in await asking] == [NO]
    assert outage.since is None


@ASKED
async def test_who_asks_while_the_house_closes_is_told_at_once(
    ask: Callable[[Store], Awaitable[list[Case]]], store: Store, address: str
) -> None:
    """A house that closes does not wait for a database that may never come back."""
    outage = Outage(WallClock())
    outage.give_up()
    await by_hand(address, "ALTER TABLE cases RENAME TO away")
    with pytest.raises(StoreUnusable):
        await ask(steady(store, outage))
