"""Every kind of letter against the sandbox: what Telegram then shows, and what comes back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId, MessageId, MessageRef, ThreadId, UserId
from bot.complaint.letters import Key, Letter, LetterKind
from bot.complaint.reading import Language
from bot.sandbox import SandboxServer, Upload, World
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.failures import Fate
from bot.telegram.premises import Premises, set_commands
from bot.telegram.troubles import AnotherIntake, Refused, TooBig, Unreachable

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEYS = ((Key(label="退款", data="wish:refund"), Key(label="官网", url="https://example.com/")),)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Telegram]:
    async with SandboxServer(world) as server, Telegram(Address(server.base_url, world.token)) as telegram:
        yield telegram


@pytest.fixture
def alice(world: World) -> int:
    person = world.add_user("Alice")
    world.say(person.id, "/start")
    return person.id


def letter(kind: LetterKind, chat: int, html: str = "", **more: Any) -> Letter:  # noqa: ANN401 - a letter's fields
    return Letter(
        id=LetterId(1), kind=kind, chat=ChatId(chat), lane=Lane.TALK, written_at=AT, html=html, **more
    )


async def test_text_keeps_its_form_its_buttons_and_what_it_answers(
    world: World, telegram: Telegram, alice: int
) -> None:
    """HTML, buttons and the reply arrive; an answer to a message that is gone arrives without it."""
    asked = world.say(alice, "?").id
    text = letter(LetterKind.TEXT, alice, "<b>好</b> &amp; done https://example.com", keys=KEYS)
    done = await telegram.deliver(text, reply_to=MessageId(asked))
    (message,) = world.from_bot(alice)
    assert (done.fate, done.message) == (Fate.DONE, message.id)
    assert message.text == "好 & done https://example.com"
    assert message.body["reply_to_message"]["message_id"] == asked
    (row,) = message.body["reply_markup"]["inline_keyboard"]
    assert row == [
        {"text": "退款", "callback_data": "wish:refund"},
        {"text": "官网", "url": "https://example.com/"},
    ]
    assert world.calls[-1].params["link_preview_options"] == {"is_disabled": True}
    assert (await telegram.deliver(text, reply_to=MessageId(999))).fate is Fate.DONE


async def test_the_contact_button_comes_and_goes(world: World, telegram: Telegram, alice: int) -> None:
    """It is asked for once under the text field, and taken away by the next letter."""
    rows = ((Key(label="发送我的号码", contact=True),), (Key(label="不用了"),))
    await telegram.deliver(letter(LetterKind.TEXT, alice, "number?", keys=rows))
    asked = world.calls[-1].params["reply_markup"]
    assert asked["keyboard"] == [[{"text": "发送我的号码", "request_contact": True}], [{"text": "不用了"}]]
    assert asked["one_time_keyboard"]
    await telegram.deliver(letter(LetterKind.TEXT, alice, "thanks", drop_keyboard=True))
    assert world.calls[-1].params["reply_markup"] == {"remove_keyboard": True}


async def test_media_are_copied_with_or_without_new_words(
    world: World, telegram: Telegram, alice: int
) -> None:
    """The caption stays unless the letter brings one."""
    group = world.add_forum("desk").id
    photo = world.send_file(
        alice, "photo", Upload(name="a.jpg", data=b"x", mime="image/jpeg"), caption="裂了"
    )
    source = MessageRef(ChatId(alice), MessageId(photo.id))
    await telegram.deliver(letter(LetterKind.COPY, group, source=source))
    await telegram.deliver(letter(LetterKind.COPY, group, "<b>Alice</b>: 裂了", source=source, quiet=True))
    assert [m.body["caption"] for m in world.from_bot(group)] == ["裂了", "Alice: 裂了"]
    world.delete(alice, photo.id)
    gone = await telegram.deliver(letter(LetterKind.COPY, group, source=source))
    assert gone.fate is Fate.TARGET_GONE
    assert (await telegram.deliver(letter(LetterKind.COPY, group))).fate is Fate.TARGET_GONE


async def test_an_album_stays_one_and_its_words_follow(world: World, telegram: Telegram, alice: int) -> None:
    """All copies come back in order; if only the words fail, only the words are left to send."""
    group = world.add_forum("desk").id
    files = [("photo", Upload(name=f"{n}.jpg", data=b"x", mime="image/jpeg")) for n in range(3)]
    sources = tuple(MessageRef(ChatId(alice), MessageId(m.id)) for m in world.send_album(alice, files))
    album = letter(LetterKind.ALBUM, group, "<i>Alice</i>", sources=sources)
    done = await telegram.deliver(album)
    *copies, words = world.from_bot(group)
    assert done.messages == tuple(copy.id for copy in copies)
    assert len({copy.body["media_group_id"] for copy in copies}) == 1
    assert (words.text, words.body["reply_to_message"]["message_id"]) == ("Alice", copies[0].id)
    world.fail_next("sendMessage", code=500)
    half = await telegram.deliver(album)
    assert (half.fate, len(half.messages)) == (Fate.LATER, 3)
    assert half.rest is not None
    assert (half.rest.kind, half.rest.html) == (LetterKind.TEXT, "<i>Alice</i>")


async def test_changes_are_done_and_doing_them_again_is_done_already(
    world: World, telegram: Telegram, alice: int
) -> None:
    """Edits, buttons, reactions and deletions may be repeated without harm."""
    sent = await telegram.deliver(letter(LetterKind.TEXT, alice, "one", keys=KEYS))
    target = sent.message
    edit = letter(LetterKind.EDIT, alice, "two", keys=KEYS)
    assert (await telegram.deliver(edit, edit=target)).fate is Fate.DONE
    assert (await telegram.deliver(edit, edit=target)).fate is Fate.DONE_ALREADY
    strip = letter(LetterKind.BUTTONS, alice)
    assert (await telegram.deliver(strip, edit=target)).fate is Fate.DONE
    assert (await telegram.deliver(strip, edit=target)).fate is Fate.DONE_ALREADY
    (message,) = world.from_bot(alice)
    assert message.text == "two"
    assert "reply_markup" not in message.body
    theirs = MessageId(world.say(alice, "thanks").id)
    for emoji in ("👍", ""):
        assert (
            await telegram.deliver(letter(LetterKind.REACT, alice, emoji=emoji), edit=theirs)
        ).fate is Fate.DONE
    assert (await telegram.deliver(letter(LetterKind.DELETE, alice), edit=target)).fate is Fate.DONE
    assert (await telegram.deliver(letter(LetterKind.DELETE, alice), edit=target)).fate is Fate.DONE_ALREADY
    assert (await telegram.deliver(edit, edit=target)).fate is Fate.TARGET_GONE
    assert (await telegram.deliver(edit)).fate is Fate.TARGET_GONE


async def test_topics_open_close_and_open_again(world: World, telegram: Telegram) -> None:
    """The name is plain text however it was escaped, and a topic that is gone is told apart."""
    group = world.add_forum("desk").id
    opened = await telegram.deliver(letter(LetterKind.OPEN_TOPIC, group, "583-2716 A &amp; B" + "x" * 200))
    (topic,) = world.topics(group)
    assert opened.thread == topic.id
    assert topic.name.startswith("583-2716 A & Bx")
    text = letter(LetterKind.TEXT, group, "hello")
    close, reopen = letter(LetterKind.CLOSE_TOPIC, group), letter(LetterKind.REOPEN_TOPIC, group)
    assert (await telegram.deliver(close, thread=opened.thread)).fate is Fate.DONE
    assert (await telegram.deliver(close, thread=opened.thread)).fate is Fate.DONE_ALREADY
    assert (await telegram.deliver(text, thread=opened.thread)).fate is Fate.TOPIC_CLOSED
    assert (await telegram.deliver(reopen, thread=opened.thread)).fate is Fate.DONE
    assert (await telegram.deliver(text, thread=opened.thread)).fate is Fate.DONE
    assert (await telegram.deliver(text, thread=ThreadId(999))).fate is Fate.TOPIC_GONE
    assert (await telegram.deliver(close)).fate is Fate.TARGET_GONE


async def test_a_press_is_answered_with_a_notice(world: World, telegram: Telegram, alice: int) -> None:
    """Notices are plain and short; a press that Telegram forgot does no harm."""
    await telegram.deliver(letter(LetterKind.TEXT, alice, "?", keys=KEYS))
    (message,) = world.from_bot(alice)
    query = world.press(alice, alice, message.id, data="wish:refund")
    notice = letter(LetterKind.ANSWER_PRESS, alice, "Yours &amp; noted", query=query.id, alert=True)
    assert (await telegram.deliver(notice)).fate is Fate.DONE
    assert query.answer is not None
    assert (query.answer["text"], query.answer["show_alert"]) == ("Yours & noted", True)
    assert (await telegram.deliver(notice.evolve(query="0"))).fate is Fate.QUERY_TOO_OLD


async def test_updates_come_byte_for_byte(world: World, telegram: Telegram, alice: int) -> None:
    """What is kept is what Telegram wrote, unreadable updates included."""
    assert alice in world.people
    world.poison(b'{"update_id": 77,  "hologram": {"x":  1.50}}')
    updates = dict(await telegram.get_updates(0, wanted=("message",), wait=0))
    assert updates[77] == b'{"update_id": 77,  "hologram": {"x":  1.50}}'
    texts = [msgspec.json.decode(raw).get("message", {}).get("text") for raw in updates.values()]
    assert texts[0] == "/start"


async def test_a_second_intake_is_told_so(world: World, telegram: Telegram) -> None:
    """Two pollers of one bot would steal each other's updates."""
    world.fail_next("getUpdates", code=409)
    with pytest.raises(AnotherIntake):
        await telegram.get_updates(0, wanted=("message",), wait=0)
    world.fail_next("getUpdates", code=429, retry_after=9)
    with pytest.raises(Unreachable) as caught:
        await telegram.get_updates(0, wanted=("message",), wait=0)
    assert caught.value.wait == timedelta(seconds=9)


async def test_what_keeps_a_group_from_being_a_desk_is_found(world: World, telegram: Telegram) -> None:
    """The finding says what to do; a sound desk has none."""

    async def findings(group: int) -> str:
        return " ".join(await Premises(telegram, ChatId(group), lambda: AT).findings(world.bot.id))

    assert await findings(world.add_forum("desk").id) == ""
    assert "right to manage topics" in await findings(world.add_forum("d", bot_rights=()).id)
    assert "administrator" in await findings(world.add_forum("d", bot_rights=None).id)
    assert "Turn on Topics" in await findings(world.add_group("d").id)
    assert "not in this group" in await findings(-100999)


async def test_the_menu_hangs_in_both_languages(world: World, telegram: Telegram) -> None:
    """A complainant sees the commands in the app's own language."""
    await set_commands(telegram, {"status": "查询进度"}, Language.ZH)
    await set_commands(telegram, {"status": "Where my case stands"}, None)
    sent = [call.params for call in world.calls if call.method == "setMyCommands"]
    assert [(p.get("language_code"), p["commands"][0]["description"]) for p in sent] == [
        ("zh", "查询进度"),
        (None, "Where my case stands"),
    ]


async def test_a_file_can_be_fetched(world: World, telegram: Telegram, alice: int) -> None:
    """Evidence is kept as it was sent."""
    sent = world.send_file(alice, "document", Upload(name="发票.pdf", data=b"%PDF", mime="application/pdf"))
    assert await telegram.download(sent.body["document"]["file_id"]) == b"%PDF"
    with pytest.raises(Refused):
        await telegram.download("nothing")


async def test_a_file_that_is_too_big_or_gone_is_told_apart_from_an_outage(
    world: World, telegram: Telegram, alice: int
) -> None:
    """Each needs something else: none of them is a fault of the token's."""
    file = world.send_file(alice, "document", Upload(name="a.pdf", data=b"%PDF")).body["document"]["file_id"]
    with pytest.raises(TooBig, match="too big"):
        await telegram.download(file, 3)
    world.fail_next("getFile", code=500)
    with pytest.raises(Unreachable):
        await telegram.download(file)
    world.files.by_path.clear()
    with pytest.raises(Refused, match="no longer there") as caught:
        await telegram.download(file)
    assert not isinstance(caught.value, TooBig)


async def test_membership_is_remembered_for_a_while_and_a_no_is_not(world: World, telegram: Telegram) -> None:
    """Who joins may act at once; who leaves may act no longer than the memory lasts."""
    group = world.add_forum("desk").id
    carol, dave = world.add_user("Carol"), world.add_user("Dave")
    world.join(carol.id, group)
    now = AT
    premises = Premises(telegram, ChatId(group), lambda: now)
    assert await premises.is_member(UserId(carol.id), ChatId(group))
    assert not await premises.is_member(UserId(dave.id), ChatId(group))
    world.leave(carol.id, group)
    world.join(dave.id, group)
    assert await premises.is_member(UserId(carol.id), ChatId(group))
    assert await premises.is_member(UserId(dave.id), ChatId(group))
    now += timedelta(seconds=61)
    assert not await premises.is_member(UserId(carol.id), ChatId(group))
    world.fail_next("getChatMember", code=502, times=2)
    assert await premises.is_member(UserId(dave.id), ChatId(group))
    with pytest.raises(Unreachable):
        await premises.is_member(UserId(carol.id), ChatId(group))


async def test_when_somebody_came_or_went_everybody_is_asked_about_anew(
    world: World, telegram: Telegram
) -> None:
    """Who was taken out of the group may act no longer, though a moment ago they could."""
    group, carol = world.add_forum("desk").id, world.add_user("Carol")
    world.join(carol.id, group)
    premises = Premises(telegram, ChatId(group), lambda: AT)
    assert await premises.is_member(UserId(carol.id), ChatId(group))
    world.leave(carol.id, group)
    assert await premises.is_member(UserId(carol.id), ChatId(group))
    premises.forget()
    assert not await premises.is_member(UserId(carol.id), ChatId(group))
