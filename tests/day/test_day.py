"""A day at the desk, in its short form; the whole day is `python -m tests.day`."""

from pathlib import Path

import pytest

from tests.day.whole import Form, a_day


@pytest.mark.practice("S2", "S53", "R4", "S89")
async def test_a_busy_morning_keeps_every_promise(tmp_path: Path) -> None:
    """Each is answered at once, each promise kept, no limit broken, nobody's authority exceeded, nothing leaked."""
    day = await a_day(tmp_path, Form(cases=18, hours=1, seed=5))
    assert day.findings == ()
    assert day.cases >= 18
