"""Papers and links, and sudden ends: what was asked for comes, once or marked, and a case is never in two chats."""

import asyncio
import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any

import pytest

from tests.crash.people import FIRST
from tests.outpost import LittleTelegram, Post
from tests.processes import PATIENCE

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

PAPERS = 2


async def _until(telegram: LittleTelegram, chat: int, words: str) -> dict[str, Any]:
    """The newest message of the bot's there with these words."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = [one for one in await telegram.said_by_bot(chat) if words in one.get("text", "")]
            if found:
                return found[-1]
            await telegram.breathe(0.1)


def _papers(post: Post) -> dict[int | None, str]:
    """What became of the letters that carry the papers, by the message that each is in the end."""
    with closing(sqlite3.connect(post.database)) as reader:
        letters = "SELECT message, outcome FROM outbox WHERE kind = 'document'"
        return dict(reader.execute(letters).fetchall())


@pytest.mark.practice("R50")
async def test_papers_that_were_asked_for_outlive_sudden_ends(post: Post, telegram: LittleTelegram) -> None:
    """Killed while the first is under way, and again at once: both papers come; what may have come twice is marked."""
    running = await post.open()
    person = telegram.customer
    await telegram.do("say", person_id=person, text=FIRST)
    await telegram.waits_for(person)
    await telegram.do("delay_next", method="sendDocument", seconds=20)
    await telegram.do("say", person_id=person, text="/pack")
    await telegram.sees_call("sendDocument")
    await running.kill()
    running = await post.open()
    await running.kill()
    running = await post.open()
    async with asyncio.timeout(PATIENCE):
        while len(done := _papers(post)) < PAPERS or "waiting" in done.values():
            await telegram.breathe(0.1)
    assert (await running.stop()).code == 0
    assert len(done) == PAPERS
    assert set(done.values()) <= {"sent", "maybe_twice"}
    papers = [one for one in await telegram.said_by_bot(person) if "media" in one]
    came = Counter(one["media"]["file_name"] for one in papers)
    assert {name.rpartition(".")[2] for name in came} == {"pdf", "txt"}
    marked = {one["media"]["file_name"] for one in papers if done.get(one["message_id"]) == "maybe_twice"}
    assert {name for name, times in came.items() if times > 1} <= marked


@pytest.mark.practice("S120")
async def test_a_case_that_comes_into_a_chat_is_in_one_alone(post: Post, telegram: LittleTelegram) -> None:
    """Killed right after the colleague's yes: the case is in the chat or still waits for it, and then is, told once."""
    running = await post.open()
    agent, person, desk = telegram.agents[0], telegram.customer, telegram.desk
    log = "/log 电话 王女士 13812345678 上周买的电热壶不通电，要求退款"
    await telegram.do("say", person_id=agent, chat_id=desk, text=log)
    said = await _until(telegram, desk, "前打电话告诉")
    thread = said["thread_id"]
    await telegram.do("say", person_id=agent, chat_id=desk, thread_id=thread, text="/link")
    given = await _until(telegram, desk, "start=")
    found = re.search(r"start=([\w-]+)", given["text"])
    assert found is not None
    await telegram.do("say", person_id=person, text=f"/start {found[1]}")
    asked = await _until(telegram, desk, "🔗")
    place = {"chat_id": desk, "message_id": asked["message_id"], "text": "是本人，接上"}
    await telegram.do("press", person_id=agent, **place)
    await running.kill()
    running = await post.open()
    await running.kill()
    running = await post.open()
    await _until(telegram, person, "接上了")
    await telegram.do("say", person_id=person, text="订单号8841")
    await telegram.breathe(2.0)
    assert (await running.stop()).code == 0
    with closing(sqlite3.connect(post.database)) as reader:
        cases = reader.execute("SELECT chat, customer FROM cases").fetchall()
        strays = reader.execute("SELECT count(*) FROM conversations WHERE chat >= ?", (2**52,)).fetchone()
        timers = reader.execute("SELECT count(*) FROM timers WHERE chat >= ?", (2**52,)).fetchone()
        marked = reader.execute("SELECT count(*) FROM outbox WHERE outcome = 'maybe_twice'").fetchone()
    assert (cases, strays, timers) == ([(person, person)], (0,), (0,))
    told = sum("接上了" in one.get("text", "") for one in await telegram.said_by_bot(person))
    assert told == 1 or marked[0]
