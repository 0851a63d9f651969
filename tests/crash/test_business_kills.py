"""kill -9 in the middle of talks through a business account: no word is lost, none is said twice unmarked."""

import asyncio
from collections import Counter

import pytest

from bot.complaint.letters import Outcome
from tests.outpost import LittleTelegram, Post

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

PEOPLE = 10
SAID = ("上周买的电热壶不通电", "订单号找不到了", "我要退款", "多久能退")


async def test_talks_through_an_account_survive_being_killed(post: Post, telegram: LittleTelegram) -> None:
    """Five kills while ten customers write: every word is in its case once, in order; what was deleted is marked."""
    owner = (await telegram.do("add_user", first_name="小店", role="owner"))["id"]
    await telegram.do("connect", person_id=owner)
    people = [await telegram.new_customer(f"客户{number}") for number in range(PEOPLE)]
    chats = {
        one: (await telegram.do("account_chat", owner_id=owner, customer_id=one))["chat_id"] for one in people
    }
    for words in SAID:
        running = await post.open()
        for one in people:
            await telegram.do("say", person_id=one, chat_id=chats[one], text=words)
            await telegram.breathe(0.02)
        await running.kill()
    gone = next(m for m in await telegram.history(chats[people[0]]) if m["text"] == SAID[1])
    await telegram.do("delete", chat_id=chats[people[0]], message_id=gone["message_id"])
    await post.open()
    async with asyncio.timeout(180):
        while True:
            cases = await post.export()
            if _heard(cases) == {one: list(SAID) for one in people} and _settled(cases):
                break
            await telegram.breathe(0.5)

    doubtful = {Outcome.MAYBE_TWICE.value, Outcome.WAITING.value}
    for case in cases:
        person = case["customer"]["telegram_id"]
        said = Counter(one["text"] for one in await telegram.said_by_bot(chats[person]))
        marked = any(one.get("delivery") in doubtful for one in case["messages"])
        assert marked or max(said.values()) == 1, said
        assert not await telegram.said_by_bot(person)
    own = next(case for case in cases if case["customer"]["telegram_id"] == people[0])
    (deleted,) = [one for one in own["messages"] if one["deleted"]]
    assert (deleted["text"], deleted["message_id"], deleted["door"]) == (SAID[1], gone["message_id"], 1)


def _heard(cases: list[dict[str, object]]) -> dict[object, list[str]]:
    heard: dict[object, list[str]] = {}
    for case in cases:
        customer, messages = case["customer"], case["messages"]
        assert isinstance(customer, dict)
        assert isinstance(messages, list)
        words = [one["text"] for one in messages if one["from"] == "customer"]
        heard.setdefault(customer["telegram_id"], []).extend(words)
    return heard


def _settled(cases: list[dict[str, object]]) -> bool:
    """Whether the deletion has come through."""
    return any(one["deleted"] for case in cases for one in case["messages"])  # type: ignore[attr-defined]
