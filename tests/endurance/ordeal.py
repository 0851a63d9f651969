"""One fault in one set-up, from an empty database to counting every word."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from math import inf
from pathlib import Path

from tests.endurance.scene import Scene, Setup, scene_of
from tests.endurance.tally import Row, row_of
from tests.endurance.troubles import Trouble

CASES_FOR_PEOPLE = 2
"""Customers who ask for a person; a case costs its group seven messages, and it takes twenty a minute."""


async def endure(  # noqa: PLR0913 - all that makes a row
    setup: Setup,
    troubles: Sequence[tuple[Trouble, int]],
    *,
    name: str,
    seed: int,
    at_once: int = 3,
    seconds: float = inf,
    within: float | None = None,
    logs: Path | None = None,
) -> Row:
    """Let people write, inflict each of these so many times, let it end, and count; kills end after `seconds`.

    With findings, what the bots wrote into their logs is kept in the folder `logs`.

    Raises:
        AssertionError: it was not over `within` so many seconds, or a part of it not in its own time; says what
            was waited for.
    """
    with tempfile.TemporaryDirectory(prefix="complaint-bot-endurance-") as folder:
        place = Path(folder)
        async with scene_of(setup, place, seed=seed, at_once=at_once, for_a_person=CASES_FOR_PEOPLE) as scene:
            scene.until = time.monotonic() + seconds
            row = None
            try:
                async with asyncio.timeout(within):
                    row = await _endured(scene, troubles, name)
            except TimeoutError as error:
                raise AssertionError(f"not in time: waited for {scene.waits_for}. {error}") from error
            finally:
                if logs is not None and (row is None or row.wrong):
                    _keep(scene, logs / f"{setup.name}, {name}, {seed}.log")
            return row


async def _endured(scene: Scene, troubles: Sequence[tuple[Trouble, int]], name: str) -> Row:
    scene.waits_for = "a beginning"
    await scene.open_all()
    scene.people.begin()
    try:
        for trouble, times in troubles:
            scene.waits_for = f"the end of: {trouble.name}"
            await trouble.inflict(scene, times)
            await scene.open_all()
        scene.waits_for = "everybody to end their sentence"
    finally:
        await scene.people.end()
    await scene.drain()
    scene.waits_for = "the counting"
    return row_of(scene, name, await scene.look_through())


def _keep(scene: Scene, file: Path) -> None:
    scene.keep_the_rest()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(scene.diary), encoding="utf-8")
