"""A post that passed on: what the courier before and the courier after may still write."""

import asyncio

from bot.complaint.ids import LetterId
from bot.complaint.letters import Outcome, Receipt
from bot.complaint.records import Round
from bot.store import Store
from tests.contract.store import (
    NOW,
    SOON,
    a_letter,
    arrival,
    pending_keys,
    sent,
    waiting_ids,
)


async def _taken_over(pair: tuple[Store, Store]) -> None:
    """The first holds the courier's post and attempts letter 1; then the second has the post."""
    one, other = pair
    post = await one.hold("courier")
    assert post is not None
    await one.write(Round(at=NOW, letters=[a_letter(1), a_letter(2)]))
    assert await one.attempting([LetterId(1)], NOW) == {1}
    await one.resign(post)
    assert await other.hold("courier") is not None


async def test_who_lost_the_couriers_post_attempts_nothing(pair: tuple[Store, Store]) -> None:
    """A courier that stood still and wakes up must not send what the next one sends."""
    one, other = pair
    await _taken_over(pair)
    assert await one.attempting([LetterId(2)], NOW) == frozenset()
    assert await other.attempting([LetterId(1), LetterId(2)], SOON) == {1, 2}


async def test_a_receipt_that_comes_after_the_post_passed_on_still_counts(pair: tuple[Store, Store]) -> None:
    """The next courier has not attempted the letter yet: it is sent, and must not be sent again."""
    one, other = pair
    await _taken_over(pair)
    await one.settle([sent(1, 10)])
    assert await other.attempting([LetterId(1)], SOON) == frozenset()
    assert await waiting_ids(other) == [2]


async def test_a_receipt_for_what_another_courier_attempted_changes_nothing(
    pair: tuple[Store, Store],
) -> None:
    """Both have sent it: what the second says is kept, since that is where it is marked as said twice."""
    one, other = pair
    await _taken_over(pair)
    assert await other.attempting([LetterId(1)], SOON) == {1}
    late = Receipt(letter=LetterId(1), outcome=Outcome.WAITING, at=NOW, retry_at=NOW)
    for receipt in (sent(1, 10), late):
        await one.settle([receipt], [arrival(f"{receipt.outcome}", source="courier")])
    (first, _) = await other.waiting()
    assert (first.id, first.attempted_at) == (1, SOON)
    assert len(await pending_keys(other)) == 2
    await other.settle([sent(1, 11, outcome=Outcome.MAYBE_TWICE)])
    assert await waiting_ids(other) == [2]


async def test_of_a_receipt_and_an_attempt_at_once_one_counts(pair: tuple[Store, Store]) -> None:
    """A courier wakes up and says that a letter was sent: the next finds it sent, or sends it and says so itself."""
    one, other = pair
    numbers = [LetterId(number) for number in range(1, 101)]
    post = await one.hold("courier")
    assert post is not None
    await one.write(Round(at=NOW, letters=[a_letter(number) for number in numbers]))
    assert await one.attempting(numbers, NOW) == set(numbers)
    await one.resign(post)
    assert await other.hold("courier") is not None
    attempts = [other.attempting([number], SOON) for number in numbers]
    receipts = [one.settle([sent(number, number)]) for number in numbers]
    found = await asyncio.gather(*(work for both in zip(attempts, receipts, strict=True) for work in both))
    attempted = frozenset[LetterId]().union(*(one for one in found if one))
    left = {letter.id: letter.attempted_at for letter in await other.waiting()}
    assert left == dict.fromkeys(attempted, SOON)


async def test_an_attempt_that_is_being_noted_is_waited_for(pair: tuple[Store, Store]) -> None:
    """Whoever takes the post reads afterwards what waits, and so sees every attempt of the one before."""
    one, other = pair
    post = await one.hold("courier")
    assert post is not None
    await one.write(Round(at=NOW, letters=[a_letter(number) for number in range(1, 300)]))
    attempts = [asyncio.create_task(one.attempting([LetterId(number)], NOW)) for number in range(1, 300)]
    await attempts[0]
    await one.resign(post)
    assert await other.hold("courier") is not None
    seen = {letter.id for letter in await other.waiting() if letter.attempted_at}
    noted = set().union(*(await asyncio.gather(*attempts)))
    assert noted == seen


async def test_whoever_holds_the_post_settles_what_an_earlier_courier_attempted(
    pair: tuple[Store, Store],
) -> None:
    """A letter that nobody needs any more is over, though it was another who tried to send it."""
    one, other = pair
    await _taken_over(pair)
    expired = Receipt(letter=LetterId(1), outcome=Outcome.EXPIRED, at=SOON)
    await other.settle([expired])
    assert await waiting_ids(one) == [2]
