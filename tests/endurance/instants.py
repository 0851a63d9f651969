"""Kills at chosen moments: around the two commits and the two effects of a message."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from tests.endurance.checkpoint import Snare
from tests.endurance.scene import Scene, Station

SENDS = frozenset({"sendmessage", "copymessage", "editmessagetext", "createforumtopic", "sendmediagroup"})
COMMIT_TAKES = 0.010
"""Seconds within which something that was handed over is being written down."""
MET_WITHIN = 60.0

Arm: TypeAlias = Callable[[Station, Snare], None]


def _updates_on_the_way(station: Station, snare: Snare) -> None:
    """Telegram gave them; the bot has not got them."""

    async def answered(what: str, body: bytes) -> bytes:
        if what.lower() == "getupdates" and _updates(body):
            await snare.hold()
        return body

    async def asked(_what: str, _body: bytes) -> None:
        await snare.hold()

    if station.door is None:
        station.line.answered = answered
    else:
        station.door.asked = asked


def _updates_being_written(station: Station, snare: Snare) -> None:
    """The bot has just got them: killed before, in or just after its commit."""

    async def answered(what: str, body: bytes) -> bytes:
        if what.lower() == "getupdates" and _updates(body):
            snare.caught.set()
        return body

    async def asked(_what: str, _body: bytes) -> None:
        snare.caught.set()

    if station.door is None:
        station.line.answered = answered
    else:
        station.door.asked = asked


def _updates_kept_and_not_confirmed(station: Station, snare: Snare) -> None:
    """The bot has them for good; Telegram has not heard so."""
    known: list[int] = []

    async def asked(what: str, body: bytes) -> None:
        if what.lower() != "getupdates":
            return
        offset = msgspec.json.decode(body).get("offset") or 0
        if known and offset > known[-1]:
            await snare.hold()
        known.append(offset)

    async def answered(_what: str, body: bytes) -> bytes:
        await snare.hold()
        return body

    if station.door is None:
        station.line.asked = asked
    else:
        station.door.answered = answered


def _reply_noted_and_not_sent(station: Station, snare: Snare) -> None:
    """Before the effect of a send."""

    async def asked(what: str, _body: bytes) -> None:
        if what.lower() in SENDS:
            await snare.hold()

    station.line.asked = asked


def _reply_sent_and_not_heard_of(station: Station, snare: Snare) -> None:
    """After the effect of a send, which nobody can know."""

    async def answered(what: str, body: bytes) -> bytes:
        if what.lower() in SENDS:
            await snare.hold()
        return body

    station.line.answered = answered


def _receipt_being_written(station: Station, snare: Snare) -> None:
    """The bot has just heard that a reply was taken."""

    async def answered(what: str, body: bytes) -> bytes:
        if what.lower() in SENDS:
            snare.caught.set()
        return body

    station.line.answered = answered


INSTANTS: tuple[Arm, ...] = (
    _updates_on_the_way,
    _updates_being_written,
    _updates_kept_and_not_confirmed,
    _reply_noted_and_not_sent,
    _reply_sent_and_not_heard_of,
    _receipt_being_written,
)


def _updates(body: bytes) -> object:
    return msgspec.json.decode(body).get("result")


async def kill_at(scene: Scene, arm: Arm) -> None:
    """Kill the bot that comes to this instant first."""
    await scene.open_all()
    snares = [(station, Snare()) for station in scene.stations]
    for station, snare in snares:
        arm(station, snare)
    try:
        victim = await _first(snares)
        if arm in (_updates_being_written, _receipt_being_written):
            await scene.rest(0.0, COMMIT_TAKES)
        await scene.kill(victim)
    finally:
        for station, snare in snares:
            station.line.let_pass()
            if station.door is not None:
                station.door.let_pass()
            snare.release()


async def _first(snares: list[tuple[Station, Snare]]) -> Station:
    waits = {asyncio.create_task(snare.caught.wait()): station for station, snare in snares}
    done, others = await asyncio.wait(waits, timeout=MET_WITHIN, return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        other.cancel()
    if not done:
        raise AssertionError("nobody came to this instant")
    return waits[done.pop()]
