"""Being told to stop: within ten seconds, with exit code 0, and nothing that was under way is lost."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.running import AT_THE_LATEST
from bot.office.house import STOP_WITHIN
from tests.contract.servers import Server
from tests.crash.books import opened
from tests.crash.findings import look_through
from tests.crash.ordeal import Report, drain
from tests.crash.people import FIRST, People, chance_of, few
from tests.crash.stops import silent, stopped
from tests.outpost import LittleTelegram, Post, posted
from tests.ports import free_port
from tests.processes import PATIENCE, STOPS_WITHIN, Running, clean_environment
from tests.stopwatch import STANDSTILL

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

HALF = (
    b"POST /hook HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: of_no_worth\r\n"
    b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
)
"""The beginning of an update."""


def test_letters_under_way_leave_half_of_the_time_to_the_rest() -> None:
    """However busy the machine is: closing waits no longer for them."""
    assert STOP_WITHIN <= STOPS_WITHIN / 2


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_in_the_middle_of_work_and_loses_nothing(
    post: Post, telegram: LittleTelegram, told: signal.Signals
) -> None:
    """Told to stop while people write, it ends with 0; the next one goes on where it stopped.

    Nothing is in doubt then, but where the machine stood still until the time for it was over.
    """
    people = People(telegram, chance_of(11), at_once=4, most_for_a_person=1, most_customers=few)
    report, doubts = Report(), 0
    people.begin()
    for _ in range(2):
        mark = (await telegram.see("state"))["mark"]
        running = await post.open()
        await telegram.see("wait", after=mark, timeout=PATIENCE)
        stop = await stopped(post, running, told)
        assert stop.ended.code == 0, stop.ended.err
        assert "Traceback" not in stop.ended.err
        assert stop.doubts == 0 or stop.held_up
        doubts += stop.doubts
    await people.end()
    await drain(post, telegram, report)
    found = await look_through(post, telegram, people)
    assert found.wrong + report.faults == []
    assert found.figures["doubled and marked"] <= doubts


async def test_a_reply_under_way_is_waited_for(post: Post, telegram: LittleTelegram) -> None:
    """A reply that Telegram is about to confirm is waited for, so it is neither doubled nor in doubt."""
    running = await post.open()
    await telegram.do("delay_next", method="sendMessage", seconds=3)
    await telegram.do("say", person_id=telegram.customer, text=FIRST)
    await telegram.waits_for(telegram.customer)
    stop = await stopped(post, running)
    assert stop.ended.code == 0
    assert stop.doubts == 0 or stop.held_up
    outcomes = _outcomes(post)
    # the answer that follows the first words may have been written meanwhile: it waits for the next start, or was
    # in time
    assert outcomes.pop("waiting", 0) <= 1 + stop.doubts
    said = await telegram.said_by_bot(telegram.customer)
    assert set(outcomes) <= {"sent"}
    assert len(said) - stop.doubts <= outcomes.get("sent", 0) <= len(said)
    assert len({one["text"] for one in said}) == len(said)


async def test_a_reply_that_hangs_does_not_hold_it_up_and_is_marked_when_it_is_sent_again(
    post: Post, telegram: LittleTelegram
) -> None:
    """With an answer that does not come, it stops within ten seconds; the reply goes again, marked as doubtful."""
    running = await post.open()
    await telegram.do("delay_next", method="sendMessage", seconds=300)
    await telegram.do("say", person_id=telegram.customer, text=FIRST)
    await telegram.waits_for(telegram.customer)
    stop = await stopped(post, running)
    assert stop.ended.code == 0
    assert stop.doubts == 1 or stop.held_up
    report = Report()
    await drain(post, telegram, report)
    outcomes = _outcomes(post)
    assert outcomes["maybe_twice"] == stop.doubts
    assert set(outcomes) == {"maybe_twice", "sent"}


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    """A PostgreSQL."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def test_with_telegram_silent_on_both_ways_it_is_gone_in_its_time(
    tmp_path: Path, telegram: LittleTelegram, brand: Path
) -> None:
    """An update that comes in by halves and replies that nobody confirms: ten seconds, and every word is answered.

    Whoever starts us (systemd, a container) kills after its grace. Each wait of ours is shorter than that, and all
    of them together must be: their sum is what this measures, not the machine.
    """
    port = free_port()
    async with posted(
        tmp_path,
        telegram,
        brand=brand,
        webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_secret="of_no_worth",
        listen=f"127.0.0.1:{port}",
    ) as post:
        running = await post.open()
        await telegram.do("delay_next", method="sendMessage", seconds=300)
        await telegram.do("say", person_id=telegram.customer, text=FIRST)
        await telegram.waits_for(telegram.customer)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HALF)
        await writer.drain()
        ended, seconds = await running.stopped_in()
        last = ended.lines[-1]
        # a machine that stood still may cut it short, and then nothing more is said to anybody
        if "closed" in last:
            assert await reader.readline() == b"HTTP/1.1 503 Service Unavailable\r\n"
        writer.close()

        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
        assert "closed" in last or ("stop_cut_short" in last and seconds < AT_THE_LATEST - STANDSTILL)
        assert seconds < STOPS_WITHIN
        report = Report()
        await drain(post, telegram, report)
        assert report.faults == []
        assert set(_outcomes(post)) == {"maybe_twice", "sent"}


async def test_with_a_database_that_does_not_answer_it_is_gone_in_its_time(
    tmp_path: Path, telegram: LittleTelegram, brand: Path, server: Server
) -> None:
    """A server that stands still refuses nothing, so every call would wait; what was not kept is fetched again."""
    async with (
        server.database() as name,
        posted(tmp_path, telegram, brand=brand, database=server.address(name)) as post,
    ):
        running = await post.open()
        await telegram.do("say", person_id=telegram.customer, text=FIRST)
        first = await telegram.waits_for(telegram.customer)
        with silent(server):
            await telegram.do("say", person_id=telegram.customer, text="转人工")
            await running.logged("store_out_of_reach")
            ended, seconds = await running.stopped_in()
        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
        assert seconds < STOPS_WITHIN
        await post.open()
        await telegram.waits_for(telegram.customer, after=first["seq"])


async def test_a_thread_that_hangs_in_the_system_does_not_keep_the_process(tmp_path: Path) -> None:
    """A name that nobody resolves holds a thread for minutes; what the bot waits for in the end has its limit."""
    hangs = (
        "import time, threading\n"
        "from bot.commands.running import end_at_the_latest\n"
        "end_at_the_latest(0.1)\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
    )
    running = await Running.start("-c", hangs, cwd=tmp_path, env=clean_environment())
    ended = await running.ended()
    assert ended.code == 0
    assert b"stop_cut_short" in ended.out


def _outcomes(post: Post) -> dict[str, int]:
    with opened(post.database) as connection:
        return dict(connection.execute("SELECT outcome, count(*) FROM outbox GROUP BY outcome").fetchall())
