import base64
from typing import Any

import aiohttp
import msgspec
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import Demo, World
from bot.sandbox.control_actions import DEEDS
from bot.sandbox.control_views import SIGHTS
from tests.sandbox.conftest import picture


async def _do(http: aiohttp.ClientSession, deed: str, **given: object) -> Any:  # noqa: ANN401 - JSON
    async with http.post(f"/sandbox/{deed}", json=given) as answer:
        body = await answer.json()
        assert body["ok"], body
        return body["result"]


async def _see(http: aiohttp.ClientSession, sight: str, **query: Any) -> Any:  # noqa: ANN401 - as above
    async with http.get(f"/sandbox/{sight}", params=query) as answer:
        body = await answer.json()
        assert body["ok"], body
        return body["result"]


async def test_a_conversation_can_be_driven_from_another_process(
    bot: Bot, demo: Demo, http: aiohttp.ClientSession
) -> None:
    """Saying, pressing, sending files, reading and waiting are all plain HTTP."""
    person = (await _do(http, "add_user", first_name="陈静"))["id"]
    said = await _do(http, "say", person_id=person, text="坏了")
    await _do(http, "edit", person_id=person, chat_id=person, message_id=said["message_id"], text="坏了两次")
    photo = base64.b64encode(picture()).decode()
    sent = await _do(http, "send_file", person_id=person, kind="photo", data=photo, caption="看")
    await _do(http, "send_album", person_id=person, items=[{"data": photo}, {"data": photo}])
    await _do(http, "share_contact", person_id=person, phone="+8613900000000")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("换新", callback_data="new")]])
    offer = await bot.send_message(person, "<b>换新</b>可以吗", parse_mode="HTML", reply_markup=buttons)
    press = await _do(
        http, "press", person_id=person, chat_id=person, message_id=offer.message_id, text="换新"
    )

    messages = await _see(http, "messages", chat_id=person)
    assert [one["text"] for one in messages] == [
        "坏了两次",
        "看",
        "",
        "",
        "",
        "<b>换新</b>可以吗"[3:5] + "可以吗",
    ]
    assert messages[0]["edited"]
    assert messages[-1]["html"] == "<b>换新</b>可以吗"
    assert messages[-1]["buttons"][0][0]["callback_data"] == "new"
    assert press["answer"] is None
    found = await _see(http, "wait", chat_id=person, text="可以吗")
    assert found["message_id"] == offer.message_id
    async with http.get(sent["media"]["url"]) as file:
        assert (await file.read(), file.content_type) == (picture(), "image/png")
    assert (await _see(http, "counts"))["messages"] == len(demo.world.messages)


async def test_the_desk_can_be_watched_and_its_agents_played(
    bot: Bot, world: World, desk: int, agent: int, http: aiohttp.ClientSession
) -> None:
    """Topics with their newest words; agents write, react and close."""
    thread = (await bot.create_forum_topic(desk, "CB-1")).message_thread_id
    said = await _do(http, "say", person_id=agent, chat_id=desk, thread_id=thread, text="我来")
    await _do(http, "react", person_id=agent, chat_id=desk, message_id=said["message_id"], emoji="👍")
    await _do(http, "close_topic", person_id=agent, chat_id=desk, thread_id=thread)

    (topic,) = await _see(http, "topics", chat_id=desk)
    assert (topic["name"], topic["closed"], topic["last"]["text"]) == ("CB-1", True, "我来")
    state = await _see(http, "state")
    assert {one["role"] for one in state["people"]} == {"customer", "agent", "stranger"}
    assert world.history(desk, thread_id=thread)[1].reactions == {agent: ["👍"]}


async def test_trouble_can_be_ordered_from_outside(
    bot: Bot, world: World, customer: int, desk: int, http: aiohttp.ClientSession
) -> None:
    """Every kind of fault is a deed too."""
    thread = (await bot.create_forum_topic(desk, "一")).message_thread_id
    world.say(customer, "在吗")
    await _do(http, "fail_next", method="sendMessage", code=429, retry_after=2)
    await _do(http, "delay_next", seconds=0.1)
    await _do(http, "reset_next", after_effect=True)
    await _do(http, "pause_chat", chat_id=customer, seconds=3)
    await _do(http, "delete_topic", chat_id=desk, thread_id=thread)
    await _do(http, "repeat_update", update_id=(await _see(http, "pending"))[0]["update_id"])
    await _do(http, "poison")
    await _do(http, "block", person_id=customer)
    await _do(http, "limits", per_second=30)
    await _do(http, "upgrade_group", chat_id=desk)

    assert len(world.faults.coming) == 3
    assert world.topics(desk) == []
    assert world.chats[customer].blocked
    assert world.pace.limits.per_second == 30
    assert (await _see(http, "calls"))[0]["method"] == "getMe"


async def test_what_cannot_be_done_is_said_plainly(http: aiohttp.ClientSession) -> None:
    """400 with a sentence, 404 for an unknown deed, 403 for another web page."""
    async with http.post("/sandbox/say", json={"person_id": 5, "text": "x"}) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "nobody has the id 5")
    async with http.post("/sandbox/say", json={"words": "x"}) as answer:
        assert answer.status == 400
    async with http.post("/sandbox/fly") as answer:
        assert answer.status == 404
    foreign = {"Origin": "http://elsewhere.example"}
    async with http.post("/sandbox/say", json={}, headers=foreign) as answer:
        assert answer.status == 403


async def test_the_page_hears_what_happens(
    bot: Bot, world: World, customer: int, http: aiohttp.ClientSession
) -> None:
    """Server-sent events tell of messages, typing and ticks as they come."""
    async with http.get("/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")
        world.say(customer, "在吗")
        await bot.send_chat_action(customer, "typing")
        await bot.get_updates(offset=world.pending()[0]["update_id"] + 1)
        lines = [await stream.content.readuntil(b"\n\n") for _ in range(3)]

    events = [msgspec.json.decode(one.removeprefix(b"data: ")) for one in lines]
    assert [one["kind"] for one in events] == ["message", "action", "taken"]
    assert events[0]["message"]["text"] == "在吗"


async def test_the_command_menu_is_that_of_the_persons_language(
    bot: Bot, customer: int, http: aiohttp.ClientSession
) -> None:
    """The narrowest scope wins, and within it the person's own language."""
    await bot.set_my_commands([("status", "查进度")])
    await bot.set_my_commands([("status", "Progress")], language_code="en")

    english = await _see(http, "commands", language="en-GB", chat_id=customer)
    other = await _see(http, "commands", language="fr", chat_id=customer)
    assert [one["description"] for one in (*english, *other)] == ["Progress", "查进度"]


async def test_the_page_is_served_with_its_words_in_both_languages(http: aiohttp.ClientSession) -> None:
    """Both languages have the same words; nothing outside the page's folder can be fetched."""
    async with http.get("/words.json") as answer:
        words = await answer.json()
    async with http.get("/") as answer:
        assert "main.js" in await answer.text()
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    async with http.get("/%2e%2e/demo.py") as answer:
        assert answer.status == 404
    assert words["zh"].keys() == words["en"].keys()
    assert all(words["zh"].values())


def test_every_deed_and_sight_has_a_plain_name() -> None:
    """The two lists do not overlap, so a GET never changes anything."""
    assert not DEEDS.keys() & SIGHTS.keys()
