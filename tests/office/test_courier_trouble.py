"""The courier in trouble: floods, outages, crashes, refusals, and being stopped."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.errors import SettingsWrong, StoreUnusable
from bot.complaint.events import Undelivered
from bot.complaint.letters import Outcome
from tests.office.courier_desk import Desk, desk_at


@pytest.fixture(params=[False, True], ids=["first calls", "open connections"])
async def desk(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path, warm=request.param) as desk:
        yield desk


async def test_what_an_earlier_run_left_is_carried(tmp_path: Path) -> None:
    """Letters in the outbox at the start go without being posted again."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
        await desk.start()
        assert desk.said(alice) == ["one", "two"]


async def test_after_a_429_the_chat_waits_and_the_wait_outlives_the_process(desk: Desk) -> None:
    """The pause that Telegram asks for is kept, is written down, and holds for this chat only."""
    alice, bob = desk.customer(), desk.customer()
    desk.world.fail_next("sendMessage", code=429, retry_after=7, chat_id=alice)
    await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"), desk.letter(bob, "his"))
    await desk.settle()
    assert (desk.said(alice), desk.said(bob)) == ([], ["his"])
    (first, _) = await desk.waiting()
    assert first.not_before is not None
    assert (first.not_before - desk.clock.now()).total_seconds() == 7
    await desk.later(6.9)
    assert desk.said(alice) == []
    await desk.later(0.2)
    assert desk.said(alice) == ["one", "two"]


async def test_two_429s_in_different_chats_slow_everyone(desk: Desk) -> None:
    """When Telegram complains about several chats at once it means the bot."""
    alice, bob, carol = desk.customer(), desk.customer(), desk.customer()
    for chat in (alice, bob):
        desk.world.fail_next("sendMessage", code=429, retry_after=3, chat_id=chat)
        await desk.post(desk.letter(chat, "hello"))
    await desk.settle()
    await desk.post(desk.letter(carol, "hers"))
    await desk.settle()
    assert desk.said(carol) == []
    await desk.later(3.1)
    assert desk.said(carol) == ["hers"]


@pytest.mark.parametrize("code", [500, 502])
async def test_trouble_at_the_server_is_waited_out(desk: Desk, code: int) -> None:
    """A refusal without effect is tried again with growing pauses, and nothing is doubled."""
    alice = desk.customer()
    desk.world.fail_next("sendMessage", code=code, times=4)
    await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
    await desk.later(20)
    assert desk.said(alice) == ["one", "two"]
    assert await desk.outcomes() == [Outcome.SENT, Outcome.SENT]


async def test_a_break_after_the_effect_is_sent_once_more_and_marked(desk: Desk) -> None:
    """When nobody knows whether a message arrived, it goes once more, and the receipt says so."""
    alice = desk.customer()
    desk.world.reset_next("sendMessage", after_effect=True)
    await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
    await desk.later(5)
    assert desk.said(alice) == ["one", "one", "two"]
    assert await desk.outcomes() == [Outcome.MAYBE_TWICE, Outcome.SENT]


async def test_a_line_that_breaks_again_and_again_before_the_effect_costs_no_reply(desk: Desk) -> None:
    """Whether a message arrived cannot be known; five breaks in a row delay it, and it comes."""
    alice = desk.customer()
    for _ in range(5):
        desk.world.reset_next("sendMessage", after_effect=False)
    await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
    await desk.later(60)
    assert desk.said(alice) == ["one", "two"]
    assert await desk.outcomes() == [Outcome.MAYBE_TWICE, Outcome.SENT]


async def test_an_attempt_without_a_receipt_is_marked_at_the_next_start(tmp_path: Path) -> None:
    """A process that died between call and receipt leaves a letter that perhaps arrived."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        letter = desk.letter(alice, "one")
        await desk.post(letter)
        await desk.store.attempting([letter.id], desk.clock.now())
        desk.renew()
        await desk.start()
        assert desk.said(alice) == ["one"]
        assert await desk.outcomes() == [Outcome.MAYBE_TWICE]


async def test_what_another_attempted_is_marked_though_it_is_posted_as_it_was_written(tmp_path: Path) -> None:
    """A clerk whose commit was confirmed late posts a letter that the courier before had in its hands meanwhile."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        letter, later = desk.letter(alice, "one"), desk.letter(alice, "two")
        await desk.post(letter)
        await desk.store.attempting([letter.id], desk.clock.now())
        await desk.post(later)
        assert desk.courier.waiting == 2
        await desk.start()
        assert desk.said(alice) == ["one", "two"]
        assert await desk.outcomes() == [Outcome.MAYBE_TWICE, Outcome.SENT]


@pytest.mark.parametrize(("ends", "seconds"), [(2, 1), (3, 2), (10, 8)])
async def test_what_ends_again_and_again_goes_later_at_every_start_and_is_marked(
    tmp_path: Path, ends: int, seconds: float
) -> None:
    """Who was killed ten times may never have reached Telegram; one that dies at once says it no more."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        letter = desk.letter(alice, "one")
        await desk.post(letter)
        for _ in range(ends):
            await desk.store.attempting([letter.id], desk.clock.now())
        await desk.start()
        await desk.later(seconds - 0.1)
        assert desk.said(alice) == []
        await desk.later(0.2)
        assert desk.said(alice) == ["one"]
        assert await desk.outcomes() == [Outcome.MAYBE_TWICE]


async def test_nothing_leaves_while_telegram_cannot_be_reached(desk: Desk) -> None:
    """An outage is noticed once and waited out by a harmless question; then everything goes, in order."""
    people = [desk.customer() for _ in range(5)]
    desk.world.fail_next("*", code=502, times=8)
    await desk.post(*(desk.letter(person, f"{n}") for person in people for n in range(3)))
    await desk.later(60)
    assert [desk.said(person) for person in people] == [["0", "1", "2"]] * 5


async def test_a_blocked_bot_tells_the_desk(desk: Desk) -> None:
    """A letter that can never arrive leaves a receipt and an event for the clerk."""
    alice = desk.customer()
    desk.world.block(alice)
    letter = desk.letter(alice, "one")
    await desk.post(letter)
    await desk.settle()
    (event,) = await desk.events()
    assert isinstance(event, Undelivered)
    assert (event.letter, event.outcome, event.chat) == (letter.id, "blocked", alice)
    assert "blocked by the user" in event.reason
    assert await desk.waiting() == []
    assert desk.arrivals == [1]


async def test_a_sentence_that_we_do_not_know_is_tried_again_and_then_told(desk: Desk) -> None:
    """The unknown is never dropped silently."""
    alice = desk.customer()
    desk.world.fail_next("sendMessage", code=400, times=100)
    await desk.post(desk.letter(alice, "one"))
    await desk.later(10)
    assert await desk.events() == []
    assert desk.attempts("sendMessage") > 2
    await desk.later(600)
    (event,) = await desk.events()
    assert isinstance(event, Undelivered)
    assert event.outcome == "refused"


async def test_stopping_writes_down_what_is_under_way(desk: Desk) -> None:
    """A letter whose answer comes within the grace has its receipt, so it is not sent again."""
    alice = desk.customer()
    desk.world.delay_next("sendMessage", seconds=0.05)
    await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
    await desk.world.wait_until(lambda: desk.said(alice))
    await desk.stop()
    assert await desk.outcomes() == [Outcome.SENT, Outcome.WAITING]


async def test_being_cancelled_writes_down_what_has_arrived(desk: Desk) -> None:
    """When another part fails and all stop at once, receipts that are there are kept."""
    alice = desk.customer()
    await desk.post(desk.letter(alice, "one"))
    await desk.world.wait_until(lambda: desk.said(alice))
    await desk.settle()
    await desk.cancel()
    assert await desk.outcomes() == [Outcome.SENT]
    await desk.courier.stop()


async def test_a_wrong_token_stops_the_courier_with_advice(desk: Desk) -> None:
    """Letters wait in the outbox until the setting is corrected."""
    alice = desk.customer()
    desk.world.fail_next("sendMessage", code=401)
    await desk.post(desk.letter(alice, "one"))
    with pytest.raises(SettingsWrong, match="COMPLAINT_BOT_TOKEN"):
        await desk.fallen()
    assert await desk.outcomes() == [Outcome.WAITING]


async def test_a_store_that_fails_stops_the_courier(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without receipts nothing more is sent."""

    async def broken(*_: object) -> None:
        raise StoreUnusable("the disk is full")

    alice = desk.customer()
    monkeypatch.setattr(desk.store, "settle", broken)
    await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
    with pytest.raises(StoreUnusable, match="disk is full"):
        await desk.fallen()
    assert desk.said(alice) == ["one"]


async def test_what_takes_longer_than_the_grace_is_left_marked_as_attempted(desk: Desk) -> None:
    """Nobody waits for ever at closing time, and the next start knows that the letter perhaps arrived."""
    alice = desk.customer()
    desk.world.delay_next("sendMessage", seconds=300)
    await desk.post(desk.letter(alice, "one"))
    await desk.world.wait_until(lambda: desk.said(alice))
    await desk.courier.stop(0.01)
    await desk.fallen()
    (letter,) = await desk.waiting()
    assert letter.attempted_at is not None
