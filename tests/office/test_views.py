"""The operator's views over a real store: why it cannot work, and its figures."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.records import Arrival, Round
from bot.front import Meters
from bot.office.views import Lookout
from bot.office.vitals import Vitals
from bot.store import Store, open_store
from bot.telegram.failures import Fate
from tests.handclock import HandClock
from tests.office.courier_desk import closing


class Turning:
    """A clerk that looked for work at this moment."""

    def __init__(self, clock: HandClock) -> None:
        self.turned_at = clock.now()


class House:
    """What is looked at."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = HandClock()
        self.clerk = Turning(self.clock)
        self.meters = Meters()
        self.vitals = Vitals(self.clock, self.meters)
        self.vitals.called("getMe", Fate.DONE)
        self.lookout = Lookout(store, self.clerk, self.vitals, self.clock, self.meters)

    def letter(self, number: int, lane: Lane = Lane.FIRST) -> Letter:
        """Words for a customer, written now."""
        return Letter(
            id=LetterId(number),
            kind=LetterKind.TEXT,
            chat=ChatId(7),
            lane=lane,
            written_at=self.clock.now(),
            html="…",
        )

    async def line(self, start: str) -> str:
        """The line of the figures that begins so."""
        text = (await self.lookout.metrics()).decode()
        return next(line for line in text.splitlines() if line.startswith(start))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with closing(await open_store(f"sqlite:///{tmp_path / 'house.db'}")) as store:
        yield House(store)


async def test_a_house_at_work_is_ready(house: House) -> None:
    """There is nothing against it."""
    assert await house.lookout.reasons() == []


async def test_each_reason_is_a_plain_sentence(house: House) -> None:
    """Telegram is silent, the clerk stands still, letters that people wait for do not go out."""
    await house.store.write(Round(at=house.clock.now(), letters=[house.letter(1)]))
    house.clock.move(timedelta(minutes=6))
    assert await house.lookout.reasons() == [
        "The courier is behind: letters that people wait for do not go out.",
        "Telegram has not answered lately.",
        "The clerk stands still.",
    ]
    house.vitals.called("sendMessage", Fate.UNKNOWN)
    assert "Telegram has not answered lately." in await house.lookout.reasons()
    house.vitals.called("sendMessage", Fate.FLOOD)
    house.clerk.turned_at = house.clock.now()
    assert len(await house.lookout.reasons()) == 1


async def test_a_bot_whose_updates_another_takes_is_not_ready(house: House) -> None:
    """It answers nobody, though all its parts work."""
    house.vitals.called("getUpdates", Fate.PUZZLING)
    house.vitals.called("getUpdates", Fate.LATER)
    house.vitals.called("sendMessage", Fate.DONE)
    assert await house.lookout.reasons() == ["Another program takes this bot's updates."]
    house.vitals.called("getUpdates", Fate.DONE)
    assert await house.lookout.reasons() == []


async def test_the_desks_letters_may_wait_for_the_groups_limit(house: House) -> None:
    """A group takes 20 a minute: a long line there is no reason to send people elsewhere."""
    await house.store.write(Round(at=house.clock.now(), letters=[house.letter(1, Lane.DESK)]))
    house.clock.move(timedelta(minutes=6))
    reasons = await house.lookout.reasons()

    assert not any("courier" in one for one in reasons)


async def test_figures_tell_what_waits_and_for_how_long(house: House) -> None:
    """Ages are counted at the moment of asking."""
    one = Arrival(source="telegram", key="1", chat=ChatId(7), body=b"{}", at=house.clock.now())
    await house.store.keep([one])
    await house.store.write(Round(at=house.clock.now(), letters=[house.letter(1, Lane.DESK)]))
    house.clock.move(timedelta(seconds=90))

    assert await house.line("complaint_bot_inbox_pending") == "complaint_bot_inbox_pending 1.0"
    assert await house.line("complaint_bot_inbox_lag") == "complaint_bot_inbox_lag_seconds 90.0"
    assert (await house.line('complaint_bot_outbox_waiting{lane="desk"}')).endswith(" 1.0")
    assert (await house.line('complaint_bot_outbox_lag_seconds{lane="desk"}')).endswith(" 90.0")
    assert (await house.line('complaint_bot_outbox_waiting{lane="urgent"}')).endswith(" 0.0")
    assert (await house.line("complaint_bot_store_up")).endswith(" 1.0")


async def test_how_long_an_answer_took_is_counted_from_what_it_answers(house: House) -> None:
    """Our own share until it is handed over, the whole way until it is taken; the desk's letters count in neither."""
    letter, desk = house.letter(1), house.letter(2).evolve(chat=ChatId(-1001))
    house.clock.move(timedelta(seconds=0.04))
    for one in (letter, desk):
        house.vitals.handing(one)
    house.clock.move(timedelta(seconds=0.4))
    for one in (letter, desk):
        house.vitals.handed(one, Fate.DONE)

    assert (
        await house.line("complaint_bot_own_share_seconds_sum") == "complaint_bot_own_share_seconds_sum 0.04"
    )
    assert (await house.line("complaint_bot_first_reply_seconds_sum")).endswith(" 0.44")
    assert (await house.line("complaint_bot_letters_total")).endswith('{kind="text",outcome="done"} 2.0')
