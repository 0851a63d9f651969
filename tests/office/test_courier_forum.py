"""The courier at the desk: topics, cards, copies of the other side."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from pathlib import Path

import pytest

from bot.complaint.events import DeskMoved, TopicChanged
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef
from bot.complaint.letters import LetterKind, Outcome
from bot.office.outgoing.merging import LONGEST
from bot.sandbox import Upload
from tests.office.courier_desk import Desk, desk_at

CASE = CaseNo("583-2716")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(tmp_path) as desk:
        yield desk


async def test_a_case_gets_a_topic_a_card_and_its_letters(desk: Desk) -> None:
    """Opening, card and relay find each other, and the card is edited in place ever after."""
    group = await desk.forum(CASE)
    await desk.post(
        desk.letter(group, "Emma: <b>brakes</b>", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE),
        desk.letter(group, "card 1", topic=CASE, case_no=CASE, place="card"),
        desk.letter(group, "relay", topic=CASE, case_no=CASE),
        desk.letter(group, "card 2", topic=CASE, case_no=CASE, place="card"),
    )
    await desk.settle()
    (topic,) = desk.world.topics(group)
    assert desk.said(group, topic.id) == ["card 2", "relay"]
    assert (await desk.store.topics([CASE]))[CASE, ChatId(group)].thread == topic.id


@pytest.mark.practice("R31")
async def test_the_talk_stays_whole_under_a_card_that_is_edited(desk: Desk) -> None:
    """An edit changes the card and keeps the talk under it to the last letter; a card that is too long is cut."""
    group, talk = await desk.forum(CASE), "it is broken, " * 100 + "help"
    card = {"topic": CASE, "case_no": CASE, "place": "card"}
    await desk.post(
        desk.letter(group, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE),
        desk.letter(group, "card 1", below=f"<blockquote expandable>{talk}</blockquote>", **card),
    )
    await desk.settle()
    (topic,) = desk.world.topics(group)
    assert desk.said(group, topic.id) == [f"card 1\n\n{talk}"]
    await desk.post(desk.letter(group, "card 2", **card))
    await desk.settle()
    assert desk.said(group, topic.id) == [f"card 2\n\n{talk}"]
    await desk.post(desk.letter(group, "long " * 800, **card))
    await desk.settle()
    (said,) = desk.said(group, topic.id)
    assert (said.startswith("long long"), said.endswith(f"\n\n{talk}")) == (True, True)
    assert LONGEST - 100 < len(said) <= LONGEST


async def test_a_topic_deleted_by_hand_is_opened_anew(desk: Desk) -> None:
    """The letter gets there all the same, and the clerk hears that the card is gone."""
    group = await desk.forum(CASE)
    await desk.post(
        desk.letter(group, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE),
        desk.letter(group, "card", topic=CASE, case_no=CASE, place="card"),
    )
    await desk.settle()
    (old,) = desk.world.topics(group)
    desk.world.delete_topic(group, old.id)
    await desk.post(desk.letter(group, "relay", topic=CASE, case_no=CASE))
    await desk.settle()
    (new,) = desk.world.topics(group)
    assert (new.name, desk.said(group, new.id)) == ("Emma", ["relay"])
    (event,) = await desk.events()
    assert isinstance(event, TopicChanged)
    assert (event.thread, event.change) == (new.id, "recreated")
    assert await desk.store.places(["card"]) == {}
    assert await desk.waiting() == []


async def test_a_topic_opened_anew_after_a_restart_has_its_old_name(tmp_path: Path) -> None:
    """The name is in the store, not only in the courier's head."""
    async with desk_at(tmp_path) as desk:
        group = await desk.forum(CASE)
        await desk.post(desk.letter(group, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE))
        await desk.settle()
        await desk.stop()
        (old,) = desk.world.topics(group)
        desk.world.delete_topic(group, old.id)
        desk.renew()
        await desk.start()
        await desk.post(desk.letter(group, "relay", topic=CASE, case_no=CASE))
        await desk.settle()
        (new,) = desk.world.topics(group)
        assert (new.name, desk.said(group, new.id)) == ("Emma", ["relay"])


async def test_reactions_and_buttons_find_the_copy_on_the_other_side(desk: Desk) -> None:
    """A relayed message is known by its original: to answer, to react, to change."""
    alice = desk.customer()
    group = desk.world.add_forum("desk").id
    original = MessageRef(ChatId(alice), MessageId(desk.world.say(alice, "裂了").id))
    await desk.post(desk.letter(group, "裂了", source=original))
    await desk.settle()
    await desk.post(
        desk.letter(group, "it broke", kind=LetterKind.EDIT, target_of=original),
        desk.letter(group, "and again", reply_to=original),
        desk.letter(group, "", kind=LetterKind.REACT, target_of=original, emoji="👍"),
    )
    await desk.settle()
    changed, answer = desk.world.from_bot(group)
    assert changed.text == "it broke"
    assert answer.body["reply_to_message"]["message_id"] == changed.id
    assert await desk.outcomes() == [Outcome.SENT] * 4


async def test_a_change_of_a_message_that_has_no_copy_is_gone_and_holds_nobody_up(desk: Desk) -> None:
    """What cannot be found is settled, and the next letter goes."""
    alice = desk.customer()
    nowhere = MessageRef(ChatId(-5), MessageId(1))
    await desk.post(
        desk.letter(alice, "", kind=LetterKind.REACT, target_of=nowhere, emoji="👍"),
        desk.letter(alice, "next"),
    )
    await desk.settle()
    assert desk.said(alice) == ["next"]
    assert await desk.outcomes() == [Outcome.GONE, Outcome.SENT]


async def test_a_half_sent_album_sends_only_the_rest(desk: Desk) -> None:
    """The pictures are not doubled because their words met trouble."""
    alice = desk.customer()
    group = desk.world.add_forum("desk").id
    files = [("photo", Upload(name=f"{n}.jpg", data=b"x", mime="image/jpeg")) for n in range(2)]
    sources = tuple(MessageRef(ChatId(alice), MessageId(m.id)) for m in desk.world.send_album(alice, files))
    desk.world.fail_next("sendMessage", code=500)
    await desk.post(desk.letter(group, "Alice", kind=LetterKind.ALBUM, sources=sources))
    await desk.later(5)
    one, two, words = desk.world.from_bot(group)
    assert words.text == "Alice"
    mirrors = await desk.store.mirrors(sources)
    assert [mirrors[ref].message for ref in sources] == [one.id, two.id]


async def test_a_closed_topic_is_reopened_for_a_letter(desk: Desk) -> None:
    """A customer who writes again is heard, even if the topic was closed."""
    group = await desk.forum(CASE)
    await desk.post(desk.letter(group, "Emma", kind=LetterKind.OPEN_TOPIC, topic=CASE, case_no=CASE))
    await desk.post(desk.letter(group, "", kind=LetterKind.CLOSE_TOPIC, topic=CASE, case_no=CASE))
    await desk.settle()
    (topic,) = desk.world.topics(group)
    assert topic.closed
    await desk.post(desk.letter(group, "again", topic=CASE, case_no=CASE))
    await desk.settle()
    assert desk.said(group, topic.id) == ["again"]
    assert not topic.closed


async def test_a_burst_is_one_message_at_the_desk(tmp_path: Path) -> None:
    """Words that wait for the same line go as one, and every original has its mirror."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        group = desk.world.add_forum("desk").id
        sources = [MessageRef(ChatId(alice), MessageId(n)) for n in (11, 12, 13)]
        await desk.post(
            *(desk.letter(group, f"line {ref.message}", mergeable=True, source=ref) for ref in sources)
        )
        await desk.start()
        (message,) = desk.world.from_bot(group)
        assert message.text == "line 11\nline 12\nline 13"
        assert await desk.outcomes() == [Outcome.SENT, Outcome.MERGED, Outcome.MERGED]
        mirrors = await desk.store.mirrors(sources)
        assert {ref.message for ref in mirrors.values()} == {message.id}


async def test_an_upgraded_desk_is_followed(desk: Desk) -> None:
    """When Telegram gives the group a new id, the letter goes there and the clerk is told."""
    group = desk.world.add_group("desk", kind="group")
    new = desk.world.upgrade_group(group.id)
    await desk.post(desk.letter(group.id, "hello"))
    await desk.settle()
    assert desk.said(new.id) == ["hello"]
    (event,) = await desk.events()
    assert event == DeskMoved(at=event.at, chat=ChatId(group.id), new_chat=ChatId(new.id))


async def test_a_desk_that_shut_the_bot_out_loses_no_letter(desk: Desk) -> None:
    """What is for the desk waits until somebody lets the bot back in."""
    group = desk.world.add_forum("desk")
    desk.world.leave(desk.world.bot.id, group.id)
    await desk.post(desk.letter(group.id, "hello"))
    await desk.later(30)
    assert [letter.html for letter in await desk.waiting()] == ["hello"]
    desk.world.join(desk.world.bot.id, group.id)
    await desk.later(300)
    assert desk.said(group.id) == ["hello"]


async def test_a_topic_is_not_opened_anew_by_whoever_lost_the_post(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store refuses the attempt, so the call is not made: it is the next courier's, with the letter."""
    group = await desk.forum(CASE)
    attempting, asked = desk.store.attempting, []

    async def refused(letters: Collection[LetterId], at: datetime) -> frozenset[LetterId]:
        asked.append(1)
        return frozenset() if len(asked) > 1 else await attempting(letters, at)

    monkeypatch.setattr(desk.store, "attempting", refused)
    await desk.post(desk.letter(group, "relay", topic=CASE, case_no=CASE))
    await desk.settle()
    assert len(asked) == 2
    assert desk.world.topics(group) == []
    assert desk.attempts("createForumTopic") == 0
