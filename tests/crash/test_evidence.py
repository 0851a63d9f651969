"""Evidence and sudden ends: a picture that was taken in is fetched, whenever the program dies."""

import asyncio
import sqlite3
from base64 import b64encode
from contextlib import closing
from hashlib import sha256

import pytest

from bot.office.evidence.archive import TOGETHER
from tests.crash.people import FIRST
from tests.outpost import LittleTelegram, Post
from tests.processes import PATIENCE

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

PICTURES = 6


def _states(post: Post) -> list[str]:
    with closing(sqlite3.connect(post.database)) as reader:
        return [state for (state,) in reader.execute("SELECT state FROM files")]


@pytest.mark.practice("S32")
async def test_files_that_waited_when_it_was_killed_are_fetched_by_the_next(
    post: Post, telegram: LittleTelegram
) -> None:
    """Power fails while Telegram hesitates to give them: after the restart each is there, with its hash."""
    running = await post.open()
    person = telegram.customer
    await telegram.do("say", person_id=person, text=FIRST)
    await telegram.waits_for(person)
    await telegram.do("delay_next", method="getFile", seconds=300, times=TOGETHER)
    for number in range(PICTURES):
        data = b64encode(bytes([number])).decode()
        await telegram.do("send_file", person_id=person, kind="photo", data=data)
    async with asyncio.timeout(PATIENCE):
        while [one["method"] for one in await telegram.see("calls")].count("getFile") < TOGETHER:
            await telegram.breathe(0.05)
    await running.kill()
    assert "kept" not in _states(post)
    running = await post.open()
    async with asyncio.timeout(PATIENCE):
        while _states(post) != ["kept"] * PICTURES:
            await telegram.breathe(0.1)
    assert (await running.stop()).code == 0
    (case,) = await post.export()
    hashes = [sha256(bytes([number])).hexdigest() for number in range(PICTURES)]
    assert [one["sha256"] for one in case["evidence"]] == hashes
