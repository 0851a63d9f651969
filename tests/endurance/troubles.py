"""The faults of the endurance runs."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from tests.crash.ordeal import EARLY, STARTS, WORKS
from tests.endurance.checkpoint import Refused
from tests.endurance.instants import INSTANTS, kill_at
from tests.endurance.scene import Scene, Setup
from tests.endurance.turning import mix

GIVES_UP = 20.0
"""Seconds after which the bot counts a call as of unknown outcome."""
ERRORS = (500, 502, 503, 504)
GATEWAYS = (502, 504)
BOTH = 0.1
"""How many of the kills take all replicas at once."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault; how often it comes in the long and in the short form, and where there is such a thing."""

    name: str
    inflict: Callable[[Scene, int], Awaitable[None]]
    times: int
    quick: int
    fits: Callable[[Setup], bool] = lambda _: True


async def random_kills(scene: Scene, times: int) -> None:
    """Killed 20 to 400 ms after it opened, or while it still starts."""
    for _ in range(times):
        if scene.time_is_up:
            return
        victim = scene.chance.choice(scene.stations)
        if scene.chance.random() < EARLY:
            for station in scene.stations:
                if station.running is None:
                    await station.post.start()
                    scene.report.starts += 1
            await scene.rest(*STARTS)
            scene.report.early += 1
        else:
            await scene.open_all()
            await scene.rest(*WORKS)
        victims = scene.stations if scene.chance.random() < BOTH else [victim]
        for one in victims:
            await scene.kill(one)
            scene.inflicted += 1


async def exact_kills(scene: Scene, times: int) -> None:
    """Killed at each of the chosen instants in turn."""
    for number in range(times):
        if scene.time_is_up:
            return
        await kill_at(scene, INSTANTS[number % len(INSTANTS)])
        scene.inflicted += 1


async def outages(scene: Scene, times: int) -> None:
    """Nothing listens where Telegram was, for some seconds."""
    for _ in range(times):
        await scene.rest(0.5, 2.0)
        for station in scene.stations:
            await station.gate.cut()
        await scene.rest(0.5, 4.0)
        for station in scene.stations:
            await station.gate.mend()
        scene.inflicted += 1


async def server_errors(scene: Scene, times: int) -> None:
    """Every call is answered with one of 500 to 504, for a second or three."""
    for _ in range(times):
        code = scene.chance.choice(ERRORS)
        answer = {"ok": False, "error_code": code, "description": HTTPStatus(code).phrase}
        # a gateway in Telegram's place speaks no JSON
        body = b"<html></html>" if code in GATEWAYS else msgspec.json.encode(answer)
        await scene.rest(0.3, 1.5)
        await _refuse_all(scene, Refused(code, body), 1.0, 3.0)


async def _refuse_all(scene: Scene, refusal: Refused, least: float, most: float) -> None:
    async def asked(_what: str, _body: bytes) -> None:
        scene.inflicted += 1
        raise refusal

    for station in scene.stations:
        station.line.asked = asked
    await scene.rest(least, most)
    for station in scene.stations:
        station.line.let_pass()


async def resets_before(scene: Scene, times: int) -> None:
    """The line breaks before a call has had its effect."""
    await _resets(scene, times, after_effect=False)


async def resets_after(scene: Scene, times: int) -> None:
    """The line breaks after a call has had its effect: nobody can know that it did."""
    await _resets(scene, times, after_effect=True)


async def _resets(scene: Scene, times: int, *, after_effect: bool) -> None:
    for _ in range(times):
        method = scene.chance.choice(("sendMessage", "sendMessage", "getUpdates", "*"))
        await scene.telegram.do("reset_next", method=method, after_effect=after_effect)
        scene.inflicted += 1
        await scene.rest(0.1, 0.5)


async def time_outs(scene: Scene, times: int) -> None:
    """Answers come later than anybody waits for them; what was asked happens all the same."""
    for _ in range(times):
        await scene.telegram.do("delay_next", method="sendMessage", seconds=GIVES_UP + 3)
        scene.inflicted += 1
        await scene.rest(0.2, 1.0)
    await asyncio.sleep(GIVES_UP + 3)


async def storms(scene: Scene, times: int) -> None:
    """429 for everybody, for the desk, and for one customer for long."""
    for _ in range(times):
        await scene.rest(0.5, 1.5)
        wait = scene.chance.randint(1, 3)
        if scene.people.said:
            person = scene.chance.choice(list(scene.people.said))
            await scene.telegram.do("pause_chat", chat_id=person, seconds=5)
        await scene.telegram.do("pause_chat", chat_id=scene.telegram.desk, seconds=3)
        answer = {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {wait}",
            "parameters": {"retry_after": wait},
        }
        await _refuse_all(scene, Refused(429, msgspec.json.encode(answer)), 0.5, 1.5)


async def mixed_updates(scene: Scene, times: int) -> None:
    """Updates come twice, come again later, and come out of their order."""
    async with mix(scene) as mixing:
        while mixing.count < times:
            await scene.rest(0.2, 0.4)
        scene.inflicted += mixing.count


async def stops(scene: Scene, times: int) -> None:
    """Told to stop in the middle of work, and started again."""
    for _ in range(times):
        await scene.open_all()
        await scene.rest(0.1, 0.8)
        await scene.stop(scene.chance.choice(scene.stations))
        scene.inflicted += 1


async def pauses(scene: Scene, times: int) -> None:
    """Stood still for seconds, as a machine that is suspended or starved, and then goes on as if nothing was."""
    for _ in range(times):
        await scene.open_all()
        await scene.rest(0.3, 1.0)
        station = scene.chance.choice(scene.stations)
        running = station.running
        if running is None:
            last = station.post.running.err[-3:] if station.post.running is not None else []
            raise AssertionError(f"it ended by itself: {last}")
        os.kill(running.process.pid, signal.SIGSTOP)
        await scene.rest(1.0, 9.0)
        os.kill(running.process.pid, signal.SIGCONT)
        scene.inflicted += 1


async def restarts_of_postgres(scene: Scene, times: int) -> None:
    """The database goes away, in order or as by a loss of power, and comes back after a while."""
    if scene.server is None:
        raise AssertionError("there is no server")
    for _ in range(times):
        await scene.rest(0.5, 2.0)
        how = scene.chance.choice((signal.SIGINT, signal.SIGQUIT))
        await asyncio.to_thread(scene.server.stop, how)
        await scene.rest(0.0, 3.0)
        await asyncio.to_thread(scene.server.start)
        scene.inflicted += 1
    await scene.rest(0.5, 1.0)


def _with_postgres(setup: Setup) -> bool:
    return setup.postgres


TROUBLES = (
    Trouble("killed at random", random_kills, 40, 3),
    Trouble("killed at chosen instants", exact_kills, 24, 6),
    Trouble("told to stop under load", stops, 12, 1),
    Trouble("stood still and went on", pauses, 6, 1),
    Trouble("Telegram cannot be reached", outages, 6, 1),
    Trouble("5xx", server_errors, 8, 1),
    Trouble("reset before the effect", resets_before, 50, 4),
    Trouble("reset after the effect", resets_after, 50, 4),
    Trouble("time-outs", time_outs, 20, 0),
    Trouble("429 storms", storms, 8, 1),
    Trouble("updates doubled and out of order", mixed_updates, 150, 15),
    Trouble("PostgreSQL restarted", restarts_of_postgres, 8, 1, _with_postgres),
)
