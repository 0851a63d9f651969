"""The courier against a real store and a real Bot API server: order, pace, merging."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId
from bot.complaint.letters import Key, LetterKind, Outcome
from bot.office.outgoing.pacing import Limits
from bot.sandbox.pacing import TELEGRAM_LIMITS
from tests.office.courier_desk import Desk, desk_at


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path) as desk:
        yield desk


@pytest.fixture
async def paced(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path, limits=Limits()) as desk:
        yield desk


async def test_letters_arrive_in_order_and_once(desk: Desk) -> None:
    """What is posted reaches the complainant once, in order, and the outbox holds nothing more."""
    alice = desk.customer()
    await desk.post(*(desk.letter(alice, f"{n}") for n in range(20)))
    await desk.settle()
    assert desk.said(alice) == [f"{n}" for n in range(20)]
    assert await desk.waiting() == []


async def test_a_private_chat_gets_three_at_once_and_then_one_a_second(paced: Desk) -> None:
    """Short bursts pass; after that the chat's own pace holds."""
    alice = paced.customer()
    await paced.post(*(paced.letter(alice, f"{n}") for n in range(6)))
    await paced.settle()
    assert len(paced.said(alice)) == 3
    await paced.later(1.1)
    assert len(paced.said(alice)) == 4
    await paced.later(2.1)
    assert paced.said(alice) == [f"{n}" for n in range(6)]


async def test_a_flooding_line_delays_nobody_else(paced: Desk) -> None:
    """One chat with a thousand letters waits for itself alone."""
    mallory, alice = paced.customer(), paced.customer()
    await paced.post(*(paced.letter(mallory, f"{n}") for n in range(1000)))
    await paced.post(paced.letter(alice, "yours"))
    await paced.later(0.2)
    assert paced.said(alice) == ["yours"]
    assert len(paced.said(mallory)) == 3


async def test_a_group_gets_sixteen_a_minute_and_four_more_in_danger(paced: Desk) -> None:
    """Messages of all topics share the group's budget; its last places are for the urgent, and for alarms."""
    group = paced.world.add_forum("desk").id
    await paced.post(*(paced.letter(group, f"{n}", lane=Lane.DESK) for n in range(25)))
    await paced.later(1)
    assert len(paced.said(group)) == 16
    await paced.post(paced.letter(group, "danger", lane=Lane.URGENT, key="x"))
    await paced.settle()
    assert len(paced.said(group)) == 17
    await paced.later(61)
    assert len(paced.said(group)) == 26


@pytest.mark.practice("S54")
async def test_phones_ring_in_the_same_second_whatever_waits(paced: Desk) -> None:
    """An alarm passes all that waits for General; three ring at once, and more of them ring as one message."""
    group = paced.world.add_forum("desk").id
    await paced.post(*(paced.letter(group, f"{n}", lane=Lane.DESK) for n in range(40)))
    await paced.later(1)
    await paced.post(*(paced.letter(group, f"urgent {n}", lane=Lane.URGENT, aside=True) for n in range(5)))
    await paced.settle()
    for name in ("first", "second", "third"):
        await paced.post(paced.letter(group, name, lane=Lane.ALARM, mergeable=True))
        await paced.settle()
        assert paced.said(group)[-1] == name
    for name in ("fourth", "fifth"):
        await paced.post(paced.letter(group, name, lane=Lane.ALARM, mergeable=True))
    await paced.later(60.5)
    assert "fourth\nfifth" in paced.said(group)
    assert [call.code for call in paced.world.calls if not call.ok] == []


async def test_the_overall_limit_serves_the_urgent_first(paced: Desk) -> None:
    """When not everybody can be served within the second, danger overtakes talk."""
    people = [paced.customer() for _ in range(40)]
    talk = [paced.letter(person, "talk") for person in people]
    await paced.post(*talk, paced.letter(people[-1], "danger", lane=Lane.URGENT))
    await paced.settle()
    # its own earlier letter borrows the lane, because order is kept inside a line
    assert (len(paced.served(people)), paced.said(people[-1])) == (3, ["talk", "danger"])
    await paced.later(1.35)
    assert len(paced.served(people)) == 40


async def test_words_with_buttons_end_a_merged_message(tmp_path: Path) -> None:
    """Nothing is joined under buttons, and none get lost."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        yes = ((Key(label="Yes", data="yes"),),)
        await desk.post(
            desk.letter(alice, "a", mergeable=True),
            desk.letter(alice, "b", mergeable=True, keys=yes),
            desk.letter(alice, "c", mergeable=True),
        )
        await desk.start()
        assert desk.said(alice) == ["a\n\nb", "c"]


async def test_only_the_newest_of_a_key_is_sent(tmp_path: Path) -> None:
    """A card that changed while it waited is shown as it is now."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        await desk.post(desk.letter(alice, "old", key="card"))
        await desk.post(desk.letter(alice, "new", key="card"))
        await desk.start()
        assert desk.said(alice) == ["new"]
        assert await desk.outcomes() == [Outcome.REPLACED, Outcome.SENT]


async def test_a_letter_past_its_time_is_not_sent(desk: Desk) -> None:
    """What is of no use any more costs no message."""
    alice = desk.customer()
    await desk.post(desk.letter(alice, "late", expires_at=desk.clock.now()), desk.letter(alice, "fine"))
    await desk.settle()
    assert desk.said(alice) == ["fine"]
    assert await desk.outcomes() == [Outcome.EXPIRED, Outcome.SENT]


async def test_typing_is_shown_at_most_every_four_seconds(desk: Desk) -> None:
    """It is a courtesy, not a letter."""
    alice = desk.customer()
    desk.courier.typing(ChatId(alice))
    desk.courier.typing(ChatId(alice))
    await desk.settle()
    assert desk.attempts("sendChatAction") == 1


async def test_a_press_is_answered_although_the_chat_must_wait(paced: Desk) -> None:
    """Answering a press costs nothing, so it waits for nothing."""
    alice = paced.customer()
    await paced.post(*(paced.letter(alice, f"{n}") for n in range(9)))
    await paced.post(paced.letter(alice, "", kind=LetterKind.ANSWER_PRESS, query="q1"))
    await paced.settle()
    assert paced.attempts("answerCallbackQuery") == 1


async def test_a_groups_minute_goes_on_over_a_restart(paced: Desk) -> None:
    """What the run before sent in the last minute counts: a restart provokes no refusal, and no burst in chats."""
    paced.world.pace.set_limits(TELEGRAM_LIMITS)
    group, alice = paced.world.add_forum("desk").id, paced.customer()
    await paced.post(*(paced.letter(group, f"{n}", lane=Lane.DESK) for n in range(30)))
    await paced.post(*(paced.letter(alice, f"{n}") for n in range(6)))
    await paced.later(2)
    assert len(paced.said(group)) == 16
    await paced.stop()
    paced.renew(Limits())
    await paced.start()
    await paced.later(10)
    assert (len(paced.said(group)), len(paced.said(alice))) == (16, 6)
    await paced.later(52)
    assert len(paced.said(group)) == 30
    assert [call.code for call in paced.world.calls if not call.ok] == []
