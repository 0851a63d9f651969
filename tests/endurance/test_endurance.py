"""The short form of the endurance table; the long form is `python -m tests.endurance`."""

import pytest

from tests.endurance.ordeal import endure
from tests.endurance.scene import SETUPS, Setup
from tests.endurance.troubles import TROUBLES

WITHIN = 240.0
"""Seconds for one set-up, of which a quiet machine needs a twentieth; what it waits for then is told."""

pytestmark = [pytest.mark.crash, pytest.mark.timeout(WITHIN + 30)]

SHORT = {
    "polling, SQLite": {
        "killed at chosen instants": 6,
        "5xx": 1,
        "reset before the effect": 1,
        "reset after the effect": 1,
    },
    "webhook, SQLite": {
        "killed at chosen instants": 3,
        "told to stop under load": 1,
        "updates doubled and out of order": 8,
        "429 storms": 1,
    },
    "webhook, PostgreSQL": {"PostgreSQL restarted": 1, "killed at random": 1},
}


@pytest.mark.parametrize("setup", [one for one in SETUPS if one.name in SHORT], ids=lambda one: one.name)
async def test_every_fault_in_turn_loses_doubles_and_turns_nothing(setup: Setup) -> None:
    """Killed, stopped, cut off, refused and confused in one go, it keeps and answers every word, once and in order."""
    wanted = SHORT[setup.name]
    troubles = [(trouble, wanted[trouble.name]) for trouble in TROUBLES if trouble.name in wanted]
    row = await endure(setup, troubles, name="all in turn", seed=7, at_once=2, within=WITHIN)
    assert row.times >= len(troubles)
    assert row.recorded == row.sent > 10
    assert row.wrong == ()
