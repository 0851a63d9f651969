"""One fault on one set-up, from an empty desk to the counting of every word."""

import tempfile
import time
from collections.abc import Sequence
from math import inf
from pathlib import Path

from tests.endurance.scene import Setup, scene_of
from tests.endurance.tally import Row, row_of
from tests.endurance.troubles import Trouble

CASES_FOR_PEOPLE = 2
"""Customers who ask for a person; a case costs its group seven messages, and it takes twenty a minute."""


async def endure(
    setup: Setup,
    troubles: Sequence[tuple[Trouble, int]],
    *,
    name: str,
    seed: int,
    at_once: int = 3,
    seconds: float = inf,
) -> Row:
    """Let people write, inflict each of these so many times, let it end, and count; kills end after `seconds`."""
    with tempfile.TemporaryDirectory(prefix="complaint-bot-endurance-") as folder:
        place = Path(folder)
        async with scene_of(setup, place, seed=seed, at_once=at_once, for_a_person=CASES_FOR_PEOPLE) as scene:
            await scene.open_all()
            scene.people.begin()
            scene.until = time.monotonic() + seconds
            try:
                for trouble, times in troubles:
                    await trouble.inflict(scene, times)
                    await scene.open_all()
            finally:
                await scene.people.end()
            await scene.drain()
            return row_of(scene, name, await scene.look_through())
