"""Faults beside the database's own outage: spoilt rows, poison, no files left, an older copy brought back."""

import asyncio
import os
import resource
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.front.routes import SECRET_HEADER
from tests.crash.books import rows
from tests.crash.ordeal import left_to_do
from tests.outpost import LittleTelegram, Post, posted
from tests.ports import free_port
from tests.processes import PATIENCE, command

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

SECRET = "s3cret_of_the_hook"
COMPLAINT = "上周买的电热壶不通电，要求退款"
POISON = (
    b"",
    b"\xff\xfe\x00",
    b"[]",
    b'{"update_id": 7001, "hologram": {"chat": {"id": 5}}}',
    b'{"update_id": 7002, "message": {"message_id": "one"}}',
    b'{"update_id": 7003, "message": ' + b'{"reply_to_message": ' * 9000 + b"1" + b"}" * 9000 + b"}",
    b'{"update_id": 99999999999999999999999999, "message": {"chat": {"id": 1e400}}}',
    b'{"update_id": 7004, "message": {"message_id": 1, "date": 99999999999999, "chat": {"id": 5, "type": "private"}}}',
)
"""Nothing that Telegram would write; of some the decoder's own limits are asked."""


async def complains(telegram: LittleTelegram, person: int, text: str = COMPLAINT) -> None:
    """Somebody writes, and is answered."""
    mark = (await telegram.see("state"))["mark"]
    await telegram.do("say", person_id=person, text=text)
    await telegram.waits_for(person, after=mark)


async def test_a_case_that_was_spoilt_on_the_disk_holds_up_nobody_else(
    post: Post, telegram: LittleTelegram
) -> None:
    """A byte of it flipped: what its customer writes is set aside and kept, the desk is told, all others are served."""
    other = await telegram.new_customer("Li")
    running = await post.open()
    await complains(telegram, telegram.customer)
    # a turn under way would write the case anew
    async with asyncio.timeout(PATIENCE):
        while any(await left_to_do(post, telegram)):
            await telegram.breathe(0.1)
    with closing(sqlite3.connect(post.database, timeout=10)) as by_hand, by_hand:
        by_hand.execute("UPDATE cases SET body = 'X' || substr(body, 2)")
    await telegram.do("say", person_id=telegram.customer, text="还在吗")
    await complains(telegram, other)
    await running.logged("row_set_aside")
    told = await telegram.waits_for(telegram.desk, "处理不了")
    ended = await running.stop()

    found = await rows(post, "SELECT reason FROM inbox WHERE outcome = 'set_aside' AND source = 'telegram'")
    assert ended.code == 0, ended.err
    assert [reason.partition(":")[0] for (reason,) in found] == ["Unreadable"]
    assert "还在吗" not in ended.err
    assert told["thread_id"] is None


async def test_poison_is_taken_kept_and_set_aside(
    tmp_path: Path, telegram: LittleTelegram, brand: Path
) -> None:
    """What is no update of Telegram's is answered 200, so that it does not come again; customers notice nothing.

    The desk reads of each that could not be used, and the log names its row, without a word of what it held.
    """
    port = free_port()
    hook: dict[str, Any] = {
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_secret": SECRET,
        "listen": f"127.0.0.1:{port}",
    }
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
    async with (
        posted(tmp_path, telegram, brand=brand, **hook) as post,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http,
    ):
        running = await post.open()
        said = []
        for body in POISON:
            async with http.post("/hook", data=body, headers=headers) as answer:
                said.append(answer.status)
        await complains(telegram, telegram.customer)
        async with asyncio.timeout(PATIENCE):
            while any(await left_to_do(post, telegram)):
                await telegram.breathe(0.1)
        told = [one["text"] for one in await telegram.said_by_bot(telegram.desk) if not one["thread_id"]]
        ended = await running.stop()
        left = await rows(post, "SELECT count(*) FROM inbox WHERE outcome IS NULL")
        kept = await rows(post, "SELECT count(*) FROM inbox WHERE source = 'telegram'")

    assert said == [200] * len(POISON)
    assert (ended.code, left, kept) == (0, [(0,)], [(len(POISON) + 1,)]), ended.err
    aside = sum('"row_set_aside"' in line for line in ended.lines)
    assert "\n".join(told).count("处理不了") == aside > 0
    assert not any(words in ended.err for words in ("hologram", "message_id", "Traceback"))


async def test_without_a_file_to_open_it_waits_and_goes_on(post: Post, telegram: LittleTelegram) -> None:
    """No descriptor is left: no new line to Telegram can be made; with some again every word is answered, once."""
    running = await post.open()
    await complains(telegram, telegram.customer)
    pid = running.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    others = [await telegram.new_customer(f"Kunde {number}") for number in range(8)]
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (len(os.listdir(f"/proc/{pid}/fd")), before[1]))  # noqa: PTH208
    for one in others:
        await telegram.do("say", person_id=one, text=COMPLAINT)
    await telegram.breathe(2.0)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    for one in others:
        await telegram.waits_for(one)
    ended = await running.stop()

    assert ended.code == 0, ended.err
    assert (await rows(post, "SELECT count(*) FROM timeline WHERE who = 'customer'")) == [(len(others) + 1,)]
    # nobody is alarmed: the desk has its topics alone, and the log says what had to wait
    assert not [one for one in await telegram.said_by_bot(telegram.desk) if not one["thread_id"]]
    loud = {msgspec.json.decode(line)["event"] for line in ended.lines if '"level":"info"' not in line}
    assert loud <= {"telegram_unreachable", "letter_not_sent", "row_failed"}, ended.err
    texts = [[line["text"] for line in await telegram.said_by_bot(one)] for one in others]
    assert all(len(said) == len(set(said)) for said in texts)


async def test_an_older_copy_brought_back_is_a_desk_that_works(post: Post, telegram: LittleTelegram) -> None:
    """What came after the copy is not in it; a letter that waited then goes once more, marked; customers are served."""
    running = await post.open()
    # it is there, and the bot does not hear of it
    await telegram.do("delay_next", method="sendMessage", chat_id=telegram.customer, seconds=300)
    await telegram.do("say", person_id=telegram.customer, text=COMPLAINT)
    await telegram.waits_for(telegram.customer)
    copied = await command("backup", "desk.copy", cwd=post.folder, env=post.env)
    await running.kill()
    restored = await command("restore", "desk.copy", "--force", cwd=post.folder, env=post.env)
    running = await post.open()
    await complains(telegram, telegram.customer, "还在吗")
    ended = await running.stop()

    assert (copied.code, restored.code, ended.code) == (0, 0, 0), copied.err + restored.err + ended.err
    outcomes = [outcome for (outcome,) in await rows(post, "SELECT outcome FROM outbox ORDER BY id")]
    assert outcomes[0] == "maybe_twice"
