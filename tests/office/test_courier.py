"""The courier against a real store and a real Bot API server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.complaint.actions import Lane
from bot.complaint.errors import SettingsWrong, StoreUnusable
from bot.complaint.events import DeskMoved, TopicChanged, Undelivered
from bot.complaint.ids import CaseNo, ChatId, MessageId, MessageRef
from bot.complaint.letters import Key, LetterKind, Outcome
from bot.office.pacing import Limits
from bot.sandbox import Upload
from tests.office.courier_desk import Desk, desk_at

CASE = CaseNo("583-2716")


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


async def test_what_an_earlier_run_left_is_carried(tmp_path: Path) -> None:
    """Letters in the outbox at the start go without being posted again."""
    async with desk_at(tmp_path, start=False) as desk:
        alice = desk.customer()
        await desk.post(desk.letter(alice, "one"), desk.letter(alice, "two"))
        await desk.start()
        assert desk.said(alice) == ["one", "two"]


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
    await paced.settle()
    assert paced.said(alice) == ["yours"]
    assert len(paced.said(mallory)) == 3


async def test_a_group_gets_eighteen_a_minute_and_two_more_in_danger(paced: Desk) -> None:
    """Messages of all topics share the group's budget; its last two places are for the urgent."""
    group = paced.world.add_forum("desk").id
    await paced.post(*(paced.letter(group, f"{n}", lane=Lane.DESK) for n in range(25)))
    await paced.settle()
    assert len(paced.said(group)) == 18
    await paced.post(paced.letter(group, "danger", lane=Lane.URGENT, key="x"))
    await paced.settle()
    assert len(paced.said(group)) == 20
    await paced.later(61)
    assert len(paced.said(group)) == 26


async def test_the_overall_limit_serves_the_urgent_first(paced: Desk) -> None:
    """When not everybody can be served within the second, danger overtakes talk."""
    people = [paced.customer() for _ in range(40)]
    talk = [paced.letter(person, "talk") for person in people]
    await paced.post(*talk, paced.letter(people[-1], "danger", lane=Lane.URGENT))
    await paced.settle()
    # its own earlier letter borrows the lane, because order is kept inside a line
    assert (len(paced.served(people)), paced.said(people[-1])) == (30, ["talk"])
    await paced.later(1.03)
    assert paced.said(people[-1]) == ["talk", "danger"]
    assert len(paced.served(people)) == 40


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
    assert (await desk.store.topics([CASE]))[CASE].thread == topic.id


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
