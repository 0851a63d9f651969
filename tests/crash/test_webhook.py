"""The whole bot with its updates brought to it: a complaint, kills, changes of the way, and the operator's views."""

import asyncio
import os
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot.front.routes import SECRET_HEADER
from tests.crash.books import opened
from tests.crash.ordeal import Report, drain
from tests.outpost import LittleTelegram, Post, posted
from tests.ports import free_port
from tests.processes import PATIENCE

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

SECRET = "s3cret_of_the_hook"
COMPLAINT = "上周买的电热壶不通电，要求退款"


@pytest.fixture
def port() -> int:
    """A port that is free."""
    return free_port()


@pytest.fixture
async def post(tmp_path: Path, telegram: LittleTelegram, brand: Path, port: int) -> AsyncIterator[Post]:
    """A bot's place whose updates are brought."""
    async with posted(
        tmp_path,
        telegram,
        brand=brand,
        webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_secret=SECRET,
        listen=f"127.0.0.1:{port}",
    ) as place:
        yield place


def polling(post: Post) -> None:
    """From the next start on, updates are fetched."""
    del post.env["COMPLAINT_BOT_WEBHOOK_URL"]


def bring(post: Post, port: int) -> None:
    """From the next start on, updates are brought."""
    post.env["COMPLAINT_BOT_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/hook"


def as_it_is(brand: Path) -> str:
    """What the brand file says."""
    return brand.read_text(encoding="utf-8")


def becomes(brand: Path, text: str) -> None:
    """The brand file says something else."""
    brand.write_text(text, encoding="utf-8")


def heard(post: Post) -> list[str]:
    """Every word of customers that was kept, in order."""
    with opened(post.database) as connection:
        rows = connection.execute("SELECT body FROM inbox WHERE source = 'telegram' ORDER BY id").fetchall()
    updates = [msgspec.json.decode(body) for (body,) in rows]
    return [one["message"]["text"] for one in updates if "message" in one and "text" in one["message"]]


def missing(figures: str) -> list[str]:
    """What the metrics must say of a talk once all of it is counted, and do not yet."""
    wanted = (
        # the opening of the topic is one
        'complaint_bot_updates_total{kind="message"} 4.0',
        'outcome="done"',
        # at once to the first words, and at once to the wish for a person
        "complaint_bot_first_reply_seconds_count 2.0",
    )
    return [one for one in wanted if one not in figures]


async def seen(http: aiohttp.ClientSession, path: str) -> str:
    """What an operator sees there."""
    async with http.get(path) as answer:
        return await answer.text()


async def test_a_complaint_is_heard_and_answered_over_the_webhook(
    post: Post, telegram: LittleTelegram, port: int
) -> None:
    """From the first words to the desk's card, with the views beside it; it ends within ten seconds."""
    running = await post.open()
    await telegram.do("say", person_id=telegram.customer, text="我要投诉")
    first = await telegram.waits_for(telegram.customer)
    await telegram.do("say", person_id=telegram.customer, text=COMPLAINT)
    await telegram.waits_for(telegram.customer, after=first["seq"])
    await telegram.do("say", person_id=telegram.customer, text="转人工")
    await telegram.waits_for(telegram.desk)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        async with http.get("/readyz") as answer:
            assert (answer.status, await answer.text()) == (200, "ready\n")
        async with asyncio.timeout(PATIENCE):
            while missing(figures := await seen(http, "/metrics")):
                await telegram.breathe(0.1)
    ended = await running.stop()

    assert heard(post) == ["我要投诉", COMPLAINT, "转人工"]
    assert ended.code == 0, ended.err
    for private in ("电热壶", "退款", SECRET, str(telegram.customer), "我要投诉"):
        assert private not in ended.err
        assert private not in figures


async def test_killed_between_ways_of_taking_updates_nothing_is_lost(
    post: Post, telegram: LittleTelegram, port: int
) -> None:
    """Brought, killed, fetched, killed, brought again: every word is kept once and in order."""
    words = [f"第{n}句：电热壶坏了" for n in range(12)]
    for number in range(3):
        if number == 1:
            polling(post)
        else:
            bring(post, port)
        mine = words[number * 4 : number * 4 + 4]
        await telegram.do("say", person_id=telegram.customer, text=mine[0])
        running = await post.open()
        for text in mine[1:3]:
            await telegram.do("say", person_id=telegram.customer, text=text)
        await running.kill()
        await telegram.do("say", person_id=telegram.customer, text=mine[3])
    report = Report()
    await drain(post, telegram, report)

    assert heard(post) == words
    assert report.faults == []
    assert set(report.stops) == {0}


async def test_killed_after_the_commit_and_before_the_answer_it_is_kept_once(
    post: Post, telegram: LittleTelegram, port: int
) -> None:
    """Telegram has heard no 200 and brings the same update to the next one: one row, one first answer."""
    said = {"id": telegram.customer, "is_bot": False, "first_name": "小明"}
    chat = {"id": telegram.customer, "type": "private", "first_name": "小明"}
    message = {"message_id": 900, "date": 1_790_000_000, "chat": chat, "from": said, "text": COMPLAINT}
    update = msgspec.json.encode({"update_id": 4242, "message": message})
    headers = {"Content-Type": "application/json", SECRET_HEADER: SECRET}
    await telegram.do("say", person_id=telegram.customer, text="你好")
    for _ in range(3):
        running = await post.open()
        await telegram.waits_for(telegram.customer)
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"http://127.0.0.1:{port}/hook", data=update, headers=headers) as answer,
        ):
            assert answer.status == 200
        await running.kill()
    await drain(post, telegram, Report())

    assert heard(post).count(COMPLAINT) == 1


async def test_a_new_brand_file_is_used_from_the_next_message_and_a_wrong_one_never(
    post: Post, telegram: LittleTelegram, brand: Path
) -> None:
    """SIGHUP reads it again; what is wrong is named in the log, and the old one stays."""
    good = as_it_is(brand)
    running = await post.open()
    becomes(brand, good.replace("quiet_seconds", "quite_seconds"))
    os.kill(running.process.pid, signal.SIGHUP)
    await running.logged("renewal_refused")
    assert any("quite_seconds" in line for line in running.err)
    named = next(line for line in good.splitlines() if line.startswith("name = {"))
    becomes(brand, good.replace(named, 'name = { zh = "新月家电", en = "Newmoon" }'))
    os.kill(running.process.pid, signal.SIGHUP)
    await running.logged("renewed")
    await telegram.do("say", person_id=telegram.customer, text="我要投诉")
    first = await telegram.waits_for(telegram.customer)
    ended = await running.stop()

    assert "新月家电" in first["text"]
    assert ended.code == 0, ended.err


async def test_a_locked_database_is_told_by_readyz(post: Post, port: int) -> None:
    """503 with the reason while another program holds it, 200 again afterwards; alive all the time."""
    running = await post.open()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        with closing(sqlite3.connect(post.database, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            async with http.get("/readyz") as answer:
                assert answer.status == 503
                assert "database" in await answer.text()
            async with http.get("/healthz") as answer:
                assert answer.status == 200
            other.execute("ROLLBACK")
        status = 503
        while status != 200:
            async with http.get("/readyz") as answer:
                status = answer.status
    assert (await running.stop()).code == 0


async def test_an_address_that_is_taken_is_told_in_one_line(post: Post, port: int) -> None:
    """It names the variable, and the bot does not begin."""
    with closing(socket.create_server(("127.0.0.1", port))):
        ended = await (await post.start()).ended()

    assert ended.code == 2
    assert ended.lines[-1].startswith(
        f"complaint-bot: COMPLAINT_BOT_LISTEN: nothing can listen on 127.0.0.1:{port}"
    )


async def test_whoever_fetches_updates_shows_the_views_only_where_an_address_is_named(
    post: Post, port: int
) -> None:
    """There is no door then: whoever posts something is sent away."""
    polling(post)
    running = await post.open()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        async with http.get("/readyz") as answer:
            assert answer.status == 200
        async with http.post("/hook", data=b"{}", headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 404
    await running.stop()
    del post.env["COMPLAINT_BOT_LISTEN"]
    running = await post.open()
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectorError):
            await http.get(f"http://127.0.0.1:{port}/healthz")
    assert (await running.stop()).code == 0
