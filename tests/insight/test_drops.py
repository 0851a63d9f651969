"""Silence is bad news too: when far fewer complain than usual."""

from datetime import datetime, timedelta
from math import isclose

import pytest

from bot.insight.incidents import Drop, at_most, dropped
from tests.handclock import START as NOW

HOUR = timedelta(hours=1)


def weeks(usual: int, last: int, hours: int = 6) -> dict[datetime, int]:
    """Five weeks in which every hour brought so many, but for the last few hours."""
    opened = {NOW - back * HOUR: usual for back in range(5 * 7 * 24)}
    return opened | {NOW - back * HOUR: last for back in range(1, hours + 1)}


@pytest.mark.practice("S104")
def test_a_sudden_drop_is_told_with_what_is_usual() -> None:
    """24 in six hours are usual, one came: told. Half as many are a quiet day."""
    assert dropped(weeks(4, 0), NOW) == Drop(since=NOW - 6 * HOUR, came=0, usual=24.0)
    assert dropped(weeks(4, 2), NOW) is None
    assert dropped(weeks(4, 4), NOW) is None


def test_few_complaints_are_never_too_few() -> None:
    """Where six hours bring three, none at all may be chance."""
    opened = {NOW - back * HOUR: 1 for back in range(6, 5 * 7 * 24, 2)}
    assert dropped(opened, NOW) is None


def test_a_new_desk_has_nothing_usual() -> None:
    """Before four weeks have passed nobody knows how many are usual; a holiday among them changes little."""
    opened = weeks(4, 0)
    assert dropped({}, NOW) is None
    assert dropped({at: count for at, count in opened.items() if at > NOW - timedelta(weeks=3)}, NOW) is None
    quiet = {
        at: 0 if NOW - timedelta(days=8) < at < NOW - timedelta(days=6) else n for at, n in opened.items()
    }
    assert dropped(quiet, NOW) is not None


def test_chance_is_reckoned_right() -> None:
    """The Poisson sum, by hand: none of three is e⁻³, one or none four times that."""
    assert isclose(at_most(0, 3), 0.049787, rel_tol=1e-4)
    assert isclose(at_most(1, 3), 4 * 0.049787, rel_tol=1e-4)
