"""A day at the desk, in its short form; the whole day is `python -m tests.day`."""

from pathlib import Path

import pytest

from tests.day.whole import a_day


@pytest.mark.practice("S2", "S53", "R4", "S89")
async def test_a_busy_morning_keeps_every_promise(tmp_path: Path) -> None:
    """Of the customers of a busy morning each is answered at once, each promise is kept, no limit is broken."""
    day = await a_day(tmp_path, cases=30, hours=2, seed=5)
    assert day.findings == ()
    assert day.cases >= 30
