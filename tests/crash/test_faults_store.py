"""The database away under a bot that works, by the real thing: locked, the disk full, the server stopped.

The customer hears one fixed line and later the answer; the desk hears once that it began and once that it is over;
the log says `store_unusable` and `store_back`; the process goes on, and every word is worked once.
"""

import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.contract.servers import Server
from tests.crash.books import rows
from tests.outpost import LittleTelegram, Post, posted
from tests.processes import command

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

DOWN = "恢复后我们按顺序看"
DESK_DOWN = "数据库用不了"
DESK_BACK = "数据库恢复了"
WORDS = "上周买的电热壶不通电，要求退款"
ENGLISH = "Hello, my kettle is broken"


@contextmanager
def locked(post: Post) -> Iterator[None]:
    """Another program holds the file."""
    with closing(sqlite3.connect(post.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def no_room(post: Post) -> Iterator[None]:
    """The process may write no byte beyond the first thousand of a file."""
    assert post.running is not None
    pid = post.running.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def through_an_outage(
    post: Post, telegram: LittleTelegram, away: Callable[[Post], AbstractContextManager[None]]
) -> None:
    """Two customers write while the store is away; what they and the desk hear, and what is kept in the end."""
    other = await telegram.new_customer("Li")
    running = await post.open()
    await telegram.sees_call("getWebhookInfo")
    with away(post):
        await telegram.do("say", person_id=telegram.customer, text="我要投诉")
        await telegram.do("say", person_id=telegram.customer, text=WORDS)
        await telegram.do("say", person_id=other, text=ENGLISH)
        first = await telegram.waits_for(telegram.customer, DOWN)
        there = await telegram.waits_for(other, "in order once we're back")
        await telegram.waits_for(telegram.desk, DESK_DOWN)
        assert len(await telegram.said_by_bot(telegram.customer)) == 1
    await running.logged("store_back")
    await telegram.waits_for(telegram.customer, after=first["seq"])
    await telegram.waits_for(other, after=there["seq"])
    await telegram.waits_for(telegram.desk, DESK_BACK)
    ended = await running.stop()

    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    said = [
        text for (text,) in await rows(post, "SELECT text FROM timeline WHERE who = 'customer' ORDER BY id")
    ]
    assert sorted(said) == sorted([WORDS, ENGLISH, "我要投诉"])
    assert said.index("我要投诉") < said.index(WORDS)
    for chat, words in ((telegram.customer, DOWN), (telegram.desk, DESK_DOWN), (telegram.desk, DESK_BACK)):
        assert sum(words in one["text"] for one in await telegram.said_by_bot(chat)) == 1
    outcomes = {outcome for (outcome,) in await rows(post, "SELECT DISTINCT outcome FROM outbox")}
    assert outcomes <= {"sent", "merged", "replaced", "waiting"}


@pytest.mark.practice("R36")
@pytest.mark.parametrize("away", [locked, no_room])
async def test_while_nothing_can_be_kept_customers_hear_it_once_and_are_served_later(
    post: Post, telegram: LittleTelegram, away: Callable[[Post], AbstractContextManager[None]]
) -> None:
    """Held by another program, or without room on the disk: one line to each who writes, and then the answers."""
    await through_an_outage(post, telegram, away)


@pytest.mark.practice("R36")
async def test_a_server_of_postgresql_that_stops_and_comes_back_loses_nothing(
    tmp_path: Path, telegram: LittleTelegram, brand: Path
) -> None:
    """Stopped as by a loss of power, and started again: as with a file."""
    server = Server(durable=True)

    @contextmanager
    def stopped(_: Post) -> Iterator[None]:
        server.stop()
        yield
        server.start()

    try:
        server.start()
        async with (
            server.database() as name,
            posted(tmp_path, telegram, brand=brand, database=server.address(name)) as post,
        ):
            await through_an_outage(post, telegram, stopped)
    finally:
        server.remove()


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes; only root may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["/bin/mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    made = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - the system's own
    if made.returncode:
        pytest.skip("no disk can be mounted here; the limit on the size of files stands for it")
    try:
        yield disk
    finally:
        subprocess.run(["/bin/umount", "-l", str(disk)], check=True)  # noqa: S603 - as above


@contextmanager
def filled(post: Post) -> Iterator[None]:
    """Somebody else's file takes all the room that is left."""
    filler = post.folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    yield
    filler.unlink()


@pytest.mark.practice("R36")
async def test_a_disk_that_is_full_and_is_emptied_loses_nothing(
    small_disk: Path, telegram: LittleTelegram, brand: Path
) -> None:
    """The database lies on a disk without a byte left: as when it is held by another program."""
    async with posted(small_disk, telegram, brand=brand) as post:
        await through_an_outage(post, telegram, filled)


async def test_a_full_disk_needs_a_person(small_disk: Path, telegram: LittleTelegram, brand: Path) -> None:
    """`status` says so, though nothing waits in the database itself: all that comes is left with Telegram."""
    async with posted(small_disk, telegram, brand=brand) as post:
        running = await post.open()
        with filled(post):
            await telegram.do("say", person_id=telegram.customer, text=WORDS * 200)
            await running.logged("store_unusable")
            ended = await command("status", cwd=small_disk, env=post.env)
        await running.logged("store_back")

    assert ended.code == 1
    assert "the database takes no writes: The disk is full; make room" in ended.out.decode()
