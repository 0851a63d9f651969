"""The courier where groups change under it: the bot shut out, General closed, a topic needed twice at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.events import DeskStanding
from bot.complaint.ids import CaseNo, ChatId, MessageId, MessageRef, ThreadId
from bot.complaint.letters import LetterKind, Outcome
from bot.office.groups import Groups
from bot.office.outgoing.courier import Courier
from tests.office.courier_desk import UNHURRIED, Desk, desk_at

CASE = CaseNo("583-2716")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A courier that does not run yet."""
    async with desk_at(tmp_path, start=False) as desk:
        yield desk


async def _with_groups(desk: Desk) -> tuple[int, int, Groups]:
    """The common desk and the group of a queue, known to the courier; it runs from now on."""
    common, legal = desk.world.add_forum("desk").id, await desk.forum(CASE)
    groups = Groups(ChatId(common), [ChatId(legal)])
    desk.courier = Courier(
        desk.store, desk.telegram, UNHURRIED, desk.clock, jitter=lambda: 0.0, groups=groups
    )
    await desk.start()
    return common, legal, groups


async def test_what_is_for_a_shut_group_goes_to_the_common_desk(desk: Desk) -> None:
    """Topic, card and words arrive there in their order, mirrors lead there, and the clerk is told once."""
    common, legal, _ = await _with_groups(desk)
    desk.world.leave(desk.world.bot.id, legal)
    customer = MessageRef(ChatId(desk.customer()), MessageId(11))
    await desk.post(
        desk.letter(legal, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE),
        desk.letter(legal, "card", topic=CASE, case_no=CASE, place="card"),
        desk.letter(legal, "relay", topic=CASE, case_no=CASE, source=customer),
        desk.letter(legal, kind=LetterKind.CLOSE_TOPIC, topic=CASE, case_no=CASE),
    )
    await desk.settle()
    (topic,) = desk.world.topics(common)
    assert desk.said(common, topic.id) == ["card", "relay"]
    assert (await desk.store.topics([CASE]))[CASE, ChatId(common)].thread == topic.id
    assert (await desk.store.mirrors([customer]))[customer].chat == common
    assert (await desk.store.places(["card"]))["card"].chat == common
    (event,) = [one for one in await desk.events() if isinstance(one, DeskStanding)]
    assert (event.chat, event.able) == (legal, False)
    assert await desk.waiting() == []
    assert await desk.outcomes() == [Outcome.SENT] * 4


async def test_letters_that_overtake_each_other_open_one_topic(desk: Desk) -> None:
    """A letter on the detour and one that goes straight there need the same new topic at the same moment."""
    common, legal, groups = await _with_groups(desk)
    groups.shut(ChatId(legal))
    await desk.post(
        desk.letter(legal, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE),
        desk.letter(common, "straight", topic=CASE, case_no=CASE),
        desk.letter(legal, "detour", topic=CASE, case_no=CASE),
    )
    await desk.settle()
    (topic,) = desk.world.topics(common)
    assert sorted(desk.said(common, topic.id)) == ["detour", "straight"]


async def test_the_common_desk_that_is_open_again_gets_its_letters_at_once(desk: Desk) -> None:
    """Nobody waits for the end of a pause once the bot is let back in."""
    common, _, groups = await _with_groups(desk)
    desk.world.leave(desk.world.bot.id, common)
    await desk.post(desk.letter(common, "hello"))
    await desk.later(200)
    assert desk.said(common) == []
    desk.world.join(desk.world.bot.id, common)
    groups.reopened(ChatId(common))
    await desk.settle()
    assert desk.said(common) == ["hello"]


async def test_general_that_was_closed_by_hand_opens_for_a_call(desk: Desk) -> None:
    """Calls for people go to General, whoever closed it."""
    common, _, _ = await _with_groups(desk)
    desk.world.chats[common].general_closed = True
    await desk.post(desk.letter(common, "ring"))
    await desk.settle()
    assert desk.said(common) == ["ring"]


async def test_a_topic_of_the_groups_former_self_opens_anew_by_its_name(desk: Desk) -> None:
    """After a move the letter that needs it opens the topic again; the number of before is never written to."""
    common, legal, _ = await _with_groups(desk)
    await desk.post(desk.letter(legal, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE))
    await desk.settle()
    (old,) = desk.world.topics(legal)
    new = desk.world.upgrade_group(legal)
    other = desk.world.open_topic(desk.customer(), new.id, "tea")
    await desk.post(desk.letter(legal, "relay", topic=CASE, case_no=CASE))
    await desk.settle()
    (topic,) = [one for one in desk.world.topics(new.id) if one is not other]
    assert (topic.name, desk.said(new.id, topic.id)) == ("Emma", ["relay"])
    assert ThreadId(old.id) != topic.id or other.id != old.id
    assert desk.said(new.id, other.id) == []
    assert desk.said(common) == []
