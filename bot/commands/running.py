"""`complaint-bot run`: starts the bot, and stops it cleanly on SIGTERM or SIGINT."""

import asyncio
import gc
import os
import signal
import threading
from typing import Final

import structlog

from bot.app import House, open_house
from bot.commands.reloading import Reload
from bot.config import Settings
from bot.policy.rules import Rules

YOUNG: Final = 20_000
"""Objects after which the collector looks at the youngest."""
CLOSES_WITHIN: Final = 6.0
"""Seconds for requests and letters under way, and for writing down what came of them."""
LAST_WORDS: Final = 0.5
"""Seconds for the parts to end after that."""
AT_THE_LATEST: Final = 9.0
"""Seconds after which the process ends, whatever hangs: each commit is whole, and the next start goes on from it."""

_log = structlog.get_logger(__name__)


async def run_until_told(settings: Settings, rules: Rules) -> None:
    """Work until SIGTERM or SIGINT, then stop within ten seconds; nothing that came in is lost."""
    told, is_open = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    reload = Reload(settings=settings)
    serving = loop.create_task(_serve(settings, rules, told, is_open, reload))

    def stop() -> None:
        if not told.is_set():
            end_at_the_latest(AT_THE_LATEST)
        told.set()
        if not is_open.is_set():
            # Telegram could not be reached yet: there is nothing to close
            serving.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, reload.ask)
    try:
        await serving
    except asyncio.CancelledError:
        _log.info("stopped_before_opening")


async def _serve(
    settings: Settings, rules: Rules, told: asyncio.Event, is_open: asyncio.Event, reload: Reload
) -> None:
    async with open_house(settings, rules) as house:
        is_open.set()
        _keep_furniture()
        _log.info("open", counts=await house.store.counts())
        renewing = asyncio.create_task(reload.run(house))
        try:
            await work_until(house, told)
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
    _log.info("closed")


def end_at_the_latest(seconds: float) -> None:
    """End the process after this time: a name that is looked up, or a disk, may hold a thread for minutes."""

    def end() -> None:
        _log.warning("stop_cut_short")
        os._exit(0)

    deadline = threading.Timer(seconds, end)
    deadline.daemon = True
    deadline.start()


def _keep_furniture() -> None:
    """Take cues, replies and rules out of garbage collection, and collect less often.

    And it looks less often at what is young; nearly all of that is gone by itself when its row is done.
    Together 7 to 10 per cent of the CPU of a reply.
    """
    gc.freeze()  # without a collection before: a start leaves next to no garbage, and customers wait for its end
    gc.set_threshold(YOUNG, 20, 100)


async def work_until(house: House, told: asyncio.Event) -> None:
    """Run the bot until the event is set; raise the error of a part that fails."""
    loop = asyncio.get_running_loop()
    working, waiting = loop.create_task(house.run()), loop.create_task(told.wait())
    await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        if not working.done():
            async with asyncio.timeout(CLOSES_WITHIN):
                await house.close()
    except TimeoutError:
        _log.warning("closing_cut_short")
    finally:
        working.cancel()
        await asyncio.wait({working}, timeout=LAST_WORDS)
    if working.done():
        await asyncio.gather(working, return_exceptions=told.is_set())
