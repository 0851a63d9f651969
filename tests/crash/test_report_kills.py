"""The program dies while a digest or a report is drawn, committed or sent: it comes in the end, and comes once."""

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.complaint.reading import Category
from bot.complaint.records import Round
from bot.store import open_store
from tests.contract.store import a_case
from tests.crash.brand import quick_brand
from tests.furniture import the_rules
from tests.outpost import LittleTelegram, Post, posted
from tests.processes import PATIENCE, Running

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

ALBUM = ("volume", "keeping", "ends", "causes")

Moment = Callable[[Post, Running], bool]


def _due() -> datetime:
    """Twelve hours ago, where the brand is: whenever the test runs, no other digest comes due meanwhile."""
    return datetime.now(the_rules().clock) - timedelta(hours=12)


def _brand(folder: Path, due: datetime) -> Path:
    """The quick brand at work every day, holidays too, whose digest was due then."""
    file = quick_brand(folder)
    text = file.read_text(encoding="utf-8").replace(
        "weekdays = [1, 2, 3, 4, 5]", "weekdays = [1, 2, 3, 4, 5, 6, 7]"
    )
    text, lists = re.subn(r"^holidays = \[.*?\]$", "holidays = []", text, flags=re.DOTALL | re.MULTILINE)
    if not lists:
        raise AssertionError("the demo brand has no holidays any more")
    file.write_text(f'{text}\n[digest]\ndaily = "{due:%H:%M}"\n', encoding="utf-8")
    return file


async def _the_day_before(post: Post, due: datetime) -> None:
    """Two complaints of the day before this moment, in a database that no house has opened yet."""
    when = due - timedelta(days=1)
    store = await open_store(f"sqlite:///{post.database}")
    cases = [
        a_case(f"000-000{n}", chat=n, opened_at=when, category=Category.QUALITY, at_desk=False)
        for n in (1, 2)
    ]
    await store.write(Round(at=when, cases=cases))
    await store.close()


TWICE = "SELECT count(*) FROM outbox WHERE body LIKE '%日报%' AND outcome = 'maybe_twice'"
MARKED = "SELECT message FROM outbox WHERE outcome = 'maybe_twice'"


def _counted(post: Post, query: str) -> int:
    with closing(sqlite3.connect(post.database)) as reader:
        return int(reader.execute(query).fetchone()[0])


def _marked(post: Post) -> set[int]:
    """The messages that say of themselves that they may have come before."""
    with closing(sqlite3.connect(post.database)) as reader:
        return {message for (message,) in reader.execute(MARKED)}


def _row_is_kept(post: Post, _running: Running) -> bool:
    return _counted(post, "SELECT count(*) FROM inbox WHERE source = 'report'") > 0


def _is_drawn(_post: Post, running: Running) -> bool:
    """Whether the easel, a process of its own, is there."""
    pid = running.process.pid
    return bool(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())


def _letter_is_kept(post: Post, _running: Running) -> bool:
    return _counted(post, "SELECT count(*) FROM outbox WHERE body LIKE '%日报%'") > 0


async def _comes(telegram: LittleTelegram, moment: Moment, post: Post, running: Running) -> None:
    async with asyncio.timeout(PATIENCE):
        while not moment(post, running):
            await telegram.breathe(0.002)


async def _digests(telegram: LittleTelegram) -> list[str]:
    said = await telegram.said_by_bot(telegram.desk)
    return [one["text"] for one in said if one.get("text", "").startswith("日报")]


async def _pictures(telegram: LittleTelegram) -> list[dict[str, object]]:
    return [one for one in await telegram.said_by_bot(telegram.desk) if one.get("media")]


@pytest.mark.practice("S41")
@pytest.mark.parametrize("moment", [_row_is_kept, _is_drawn, _letter_is_kept])
async def test_a_digest_outlives_a_sudden_end(
    tmp_path: Path, telegram: LittleTelegram, moment: Moment
) -> None:
    """Killed as its row is committed, while it is drawn, and as its letter is committed: the desk reads one.

    A letter may be under way by the time that it is seen; what then comes again is marked.
    """
    due = _due()
    async with posted(tmp_path, telegram, brand=_brand(tmp_path, due)) as post:
        await _the_day_before(post, due)
        running = await post.start()
        await _comes(telegram, moment, post, running)
        await running.kill()
        running = await post.open()
        async with asyncio.timeout(PATIENCE):
            while not await _digests(telegram):
                await telegram.breathe(0.1)
        await telegram.breathe(2)
        assert (await running.stop()).code == 0

        told = await _digests(telegram)
        assert 1 <= len(told) <= 1 + _counted(post, TWICE)
        assert all("来了 2 件" in one for one in told)


async def test_a_digest_whose_sending_was_cut_comes_twice_at_most_and_is_marked(
    tmp_path: Path, telegram: LittleTelegram
) -> None:
    """Telegram had taken it and had not said so when the program died: what comes again is counted as such."""
    due = _due()
    async with posted(tmp_path, telegram, brand=_brand(tmp_path, due)) as post:
        await _the_day_before(post, due)
        await telegram.do("delay_next", method="sendMessage", seconds=3, chat_id=telegram.desk)
        running = await post.start()
        async with asyncio.timeout(PATIENCE):
            while not await _digests(telegram):
                await telegram.breathe(0.02)
        await running.kill()
        running = await post.open()
        waits = "SELECT count(*) FROM outbox WHERE body LIKE '%日报%' AND outcome = 'waiting'"
        async with asyncio.timeout(PATIENCE):
            while _counted(post, waits):
                await telegram.breathe(0.1)
        assert (await running.stop()).code == 0

        assert len(await _digests(telegram)) <= 1 + _counted(post, TWICE)


async def test_pictures_outlive_a_sudden_end(tmp_path: Path, telegram: LittleTelegram) -> None:
    """Killed while they are drawn: each of them comes once, in answer to the same command.

    On a busy machine the first may be under way before the kill; what then comes again is marked.
    """
    brand, manager = quick_brand(tmp_path), telegram.agents[0]
    with brand.open("a", encoding="utf-8") as file:
        file.write(f'\n[[people]]\nid = {manager}\nname = "陈岚"\nrole = "manager"\n')
    async with posted(tmp_path, telegram, brand=brand) as post:
        await _the_day_before(post, _due())
        running = await post.open()
        await telegram.do("say", person_id=manager, chat_id=telegram.desk, text="/report")
        await _comes(telegram, _is_drawn, post, running)
        await running.kill()
        running = await post.open()
        async with asyncio.timeout(PATIENCE):
            while len({one["text"] for one in await _pictures(telegram)}) < len(ALBUM):
                await telegram.breathe(0.1)
        await telegram.breathe(2)
        assert (await running.stop()).code == 0

        pictures = await _pictures(telegram)
        came = Counter(one["text"] for one in pictures)
        marked = {one["text"] for one in pictures if one["message_id"] in _marked(post)}
        assert len(came) == len(ALBUM)
        assert {line for line, times in came.items() if times > 1} <= marked
