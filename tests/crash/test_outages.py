"""Telegram away: at the start, in the middle, and with errors of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crash.findings import look_through
from tests.crash.gate import Gate, gate_to
from tests.crash.ordeal import Report, drain
from tests.crash.people import FIRST, People, chance_of, few
from tests.crash.stops import stopped
from tests.outpost import LittleTelegram, Post, posted
from tests.processes import PATIENCE

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


@pytest.fixture
async def gate(telegram: LittleTelegram) -> AsyncIterator[Gate]:
    """The line to the little Telegram."""
    async with gate_to(telegram.url) as line:
        yield line


@pytest.fixture
async def far_post(tmp_path: Path, telegram: LittleTelegram, gate: Gate, brand: Path) -> AsyncIterator[Post]:
    """A bot that reaches Telegram through the gate only."""
    async with posted(tmp_path, telegram, api_url=gate.url, brand=brand) as place:
        yield place


async def test_it_waits_for_a_telegram_that_is_not_there_yet(
    far_post: Post, telegram: LittleTelegram, gate: Gate
) -> None:
    """Started before Telegram can be reached, it says so, tries again, and then serves who has written."""
    await gate.cut()
    await telegram.do("say", person_id=telegram.customer, text=FIRST)
    running = await far_post.start()
    await running.logged("telegram_unreachable")
    await gate.mend()
    await running.logged("open")
    await telegram.waits_for(telegram.customer)
    assert (await running.stop()).code == 0


async def test_a_line_that_breaks_again_and_again_loses_nothing(
    far_post: Post, telegram: LittleTelegram, gate: Gate
) -> None:
    """The line is cut in the middle of polling and sending, three times; every word and reply still comes."""
    people = People(telegram, chance_of(5), at_once=4, most_for_a_person=1, most_customers=few)
    running = await far_post.open()
    people.begin()
    for cut in range(1, 4):
        mark = (await telegram.see("state"))["mark"]
        await telegram.see("wait", after=mark, timeout=PATIENCE)
        await gate.cut()
        await running.until(
            lambda cut=cut: sum('"telegram_unreachable"' in line for line in running.err) >= cut  # type: ignore[misc]
        )
        await gate.mend()
        await running.until(lambda cut=cut: sum('"telegram_back"' in line for line in running.err) >= cut)  # type: ignore[misc]
    await people.end()
    assert (await running.stop()).code == 0
    report = Report()
    await drain(far_post, telegram, report)
    found = await look_through(far_post, telegram, people)
    assert found.wrong + report.faults == []


async def test_a_telegram_that_comes_up_anew_is_told_everything(post: Post, telegram: LittleTelegram) -> None:
    """Errors of Telegram's own (502, 500, 429) for every call delay the answers, and lose or double none."""
    running = await post.open()
    people = People(telegram, chance_of(3), at_once=3, most_for_a_person=1, most_customers=few)
    for method, code in (
        ("sendMessage", 502),
        ("getUpdates", 502),
        ("sendMessage", 500),
        ("sendMessage", 429),
    ):
        await telegram.do("fail_next", method=method, code=code, times=3)
    people.begin()
    for _ in range(6):
        mark = (await telegram.see("state"))["mark"]
        await telegram.see("wait", after=mark, timeout=PATIENCE)
    await people.end()
    stop = await stopped(post, running)
    assert stop.ended.code == 0
    report = Report()
    await drain(post, telegram, report)
    found = await look_through(post, telegram, people)
    assert found.wrong + report.faults == []
    # but for what a machine that stood still would not let it hear
    assert found.figures["doubled and marked"] <= (stop.doubts if stop.held_up else 0)
