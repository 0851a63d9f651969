"""One fault on one set-up, from an empty desk to the counting of every word."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.endurance.scene import Setup, scene_of
from tests.endurance.tally import Row, row_of
from tests.endurance.troubles import Trouble

CASES_FOR_PEOPLE = 3
"""At least; one more for every ten faults, since a group takes only twenty messages a minute."""


async def endure(
    setup: Setup, troubles: Sequence[tuple[Trouble, int]], *, name: str, seed: int, at_once: int = 6
) -> Row:
    """Let people write, inflict each of these so many times, let it end, and count."""
    with tempfile.TemporaryDirectory(prefix="complaint-bot-endurance-") as folder:
        people = max(CASES_FOR_PEOPLE, sum(times for _, times in troubles) // 10)
        async with scene_of(setup, Path(folder), seed=seed, at_once=at_once, for_a_person=people) as scene:
            await scene.open_all()
            scene.people.begin()
            try:
                for trouble, times in troubles:
                    await trouble.inflict(scene, times)
                    await scene.open_all()
            finally:
                await scene.people.end()
            await scene.drain()
            return row_of(scene, name, await scene.look_through())
