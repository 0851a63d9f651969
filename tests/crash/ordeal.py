"""A crash run: the bot is killed at random moments while people write, and started again."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from tests.crash.books import rows
from tests.crash.people import People, chance_of
from tests.outpost import LittleTelegram, Post

EARLY = 0.12
"""How many of the kills come while the bot is still starting."""
WORKS = (0.020, 0.400)
"""Seconds of work after which it is killed."""
STARTS = (0.0, 1.2)
"""Seconds after its start, when it is killed before it is open."""
SOON = timedelta(seconds=2)
LEFT = """
SELECT (SELECT count(*) FROM inbox WHERE outcome IS NULL), (SELECT count(*) FROM timers WHERE due <= '{soon}'),
    (SELECT count(*) FROM outbox WHERE outcome = 'waiting')
"""
STUCK = 20
"""Looks without progress after which the bot is stopped and started: its desk may be out of messages."""


@dataclass(slots=True)
class Report:
    """What an ordeal was like."""

    kills: int = 0
    early: int = 0
    starts: int = 0
    stops: list[int] = field(default_factory=list)
    """Exit codes of those that were told to stop."""
    killing: float = 0.0
    draining: float = 0.0
    """Seconds that each took."""
    faults: list[str] = field(default_factory=list)
    """Lines of the logs that tell of a fault."""


async def kill_again_and_again(post: Post, kills: int, chance: Random) -> Report:
    """Start and kill the bot until it has been killed so many times."""
    report = Report()
    while report.kills < kills:
        running = await post.start()
        report.starts += 1
        if chance.random() < EARLY:
            report.early += await running.works_for(chance.uniform(*STARTS))
        else:
            await running.logged("open")
            await running.works_for(chance.uniform(*WORKS))
        ended = await running.kill()
        report.kills += ended.code == -9
        report.faults += faults_in(ended.lines)
        if ended.code != -9:
            raise AssertionError(f"it ended by itself with {ended.code}:\n{ended.err}")
    return report


class Left(NamedTuple):
    """What is still to be done: updates with Telegram, rows of the inbox, timers that come soon, letters."""

    updates: int
    rows: int
    timers: int
    letters: int

    @property
    def only_letters(self) -> bool:
        """Whether all is thought through, and waits only to be sent."""
        return self[:3] == (0, 0, 0)


async def drain(post: Post, telegram: LittleTelegram, report: Report) -> None:
    """Let the bot work until nothing is left to do, stopping it cleanly in the end.

    The desk's group takes 20 messages a minute; a bot that waits only for that is stopped and started, which
    is one more thing that must lose nothing.
    """
    await _open(post, report)
    least, since = await left_to_do(post, telegram), 0
    while any(left := await left_to_do(post, telegram)):
        since = 0 if left < least else since + 1
        least = min(left, least)
        if since > STUCK and left.only_letters:
            await _stop(post, report)
            await _open(post, report)
            since = 0
        if post.running is not None and post.running.process.returncode is not None:
            raise AssertionError("\n".join(post.running.err[-20:]))
        await telegram.breathe()
    await _stop(post, report)


async def _open(post: Post, report: Report) -> None:
    await post.open()
    report.starts += 1


async def _stop(post: Post, report: Report) -> None:
    if post.running is None:
        raise AssertionError("nothing runs")
    ended = await post.running.stop()
    report.stops.append(ended.code)
    report.faults += faults_in(ended.lines)


async def left_to_do(post: Post, telegram: LittleTelegram) -> Left:
    """What is still to be done."""
    updates = (await telegram.see("counts"))["waiting_updates"]
    soon = (datetime.now(UTC) + SOON).isoformat(timespec="microseconds")
    (counts,) = await rows(post, LEFT.format(soon=soon))
    return Left(updates, *counts)


def faults_in(lines: list[str]) -> list[str]:
    """The lines of a log that tell of a fault."""
    marks = (
        '"level":"error"',
        '"level":"critical"',
        "Traceback",
        "row_failed",
        "round_refused",
        "row_set_aside",
    )
    return [line for line in lines if any(mark in line for mark in marks)]


async def undergo(post: Post, telegram: LittleTelegram, people: People, kills: int, seed: int) -> Report:
    """People write, the bot is killed; then it drains."""
    started = time.monotonic()
    people.begin()
    try:
        report = await kill_again_and_again(post, kills, chance_of(seed))
    finally:
        await people.end()
    report.killing = time.monotonic() - started
    async with asyncio.timeout(600):
        await drain(post, telegram, report)
    report.draining = time.monotonic() - started - report.killing
    return report
