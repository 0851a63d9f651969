"""An update to all is under way when the program dies: each has it in the end, nobody twice unmarked."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, Post, posted
from tests.processes import PATIENCE

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

PEOPLE = 40
BATCH = "L20260701"
NEWS = "这一批已经下架，没开封的请先别吃。"
KILLS = 3


def _brand(folder: Path, manager: int) -> Path:
    """The quick brand with a manager, awake at all hours, whose cards tell every change at once."""
    file = quick_brand(folder)
    text = file.read_text(encoding="utf-8")
    for told, instead in (
        (r"begins = \d\d:00:00\nends = \d\d:00:00", "begins = 04:00:00\nends = 04:00:00"),
        (r"(?m)^waiting_seconds = \d+$", "waiting_seconds = 0"),
    ):
        text, times = re.subn(told, instead, text)
        assert times == 1
    text += f'\n[[people]]\nid = {manager}\nname = "陈岚"\nrole = "manager"\n'
    file.write_text(text, encoding="utf-8")
    return file


async def _in_general(telegram: LittleTelegram, words: str) -> dict[str, Any]:
    """What the bot says in General with these words in it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            said = await telegram.said_by_bot(telegram.desk)
            found = [one for one in said if words in one.get("text", "")]
            if found:
                return found[-1]
            await telegram.breathe(0.1)


def _letters(post: Post) -> list[tuple[int, str]]:
    """To whom there are letters of the update, and what became of each."""
    with closing(sqlite3.connect(post.database)) as reader:
        found = "SELECT chat, outcome FROM outbox WHERE chat > 0 AND body LIKE ?"
        return reader.execute(found, (f"%{NEWS}%",)).fetchall()


def _reached(post: Post) -> int:
    """How many of them went."""
    return sum(outcome in ("sent", "merged", "maybe_twice") for _, outcome in _letters(post))


@pytest.mark.practice("S71")
async def test_an_update_to_all_outlives_sudden_ends(tmp_path: Path, telegram: LittleTelegram) -> None:
    """Killed three times while forty are told: one letter for each, each sent; what came twice is marked as such."""
    manager = telegram.agents[0]
    async with posted(tmp_path, telegram, brand=_brand(tmp_path, manager)) as post:
        running = await post.open()
        people = [await telegram.new_customer(f"顾客{number}") for number in range(PEOPLE)]
        for one in people:
            await telegram.do("say", person_id=one, text=f"吐司有虫子，批号{BATCH}")
        card = await _in_general(telegram, f"· {PEOPLE} 件")
        await telegram.do(
            "press",
            person_id=manager,
            message_id=card["message_id"],
            chat_id=telegram.desk,
            text="确认是事件",
        )
        await _in_general(telegram, "已确认")
        await telegram.do("say", person_id=manager, chat_id=telegram.desk, text=f"/incident update 1 {NEWS}")
        draft = await _in_general(telegram, f"发给 {PEOPLE} 位")
        await telegram.do(
            "press",
            person_id=manager,
            message_id=draft["message_id"],
            chat_id=telegram.desk,
            text=f"发给 {PEOPLE} 位",
        )
        for kill in range(1, KILLS + 1):
            async with asyncio.timeout(PATIENCE):
                while _reached(post) < PEOPLE * kill // (KILLS + 2):
                    await telegram.breathe(0.05)
            await running.kill()
            running = await post.open()
        async with asyncio.timeout(PATIENCE):
            while _reached(post) < PEOPLE:
                await telegram.breathe(0.1)
        assert (await running.stop()).code == 0
        letters = _letters(post)
        assert len(letters) == _reached(post) == PEOPLE
        marked = {chat for chat, outcome in letters if outcome == "maybe_twice"}
        for person in people:
            heard = sum(NEWS in one.get("text", "") for one in await telegram.said_by_bot(person))
            assert heard == 1 or (heard > 1 and person in marked)
