"""Finds a drop in complaints, which may mean that nobody gets through (S104)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from statistics import median
from typing import Final

HOUR: Final = timedelta(hours=1)
WEEKS: Final = 4
"""The number of past weeks whose same hours define the usual number."""
WINDOW: Final = 6
"""Hours that are looked at together."""
UNLIKELY: Final = 0.001
"""The highest probability of so few by chance that counts as a drop."""
SHARE: Final = 0.3
"""Above this share of the usual number there is no drop, however unlikely it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A drop in complaints: since when, how many came, and how many are usual."""

    since: datetime
    came: int
    usual: float


def dropped(opened: Mapping[datetime, int], now: datetime) -> Drop | None:
    """Whether the last whole hours brought far fewer cases than the same hours of the weeks before.

    `opened` counts cases by the beginning of the hour in which they were opened; hours without any may be left
    out. What is usual is the median of four weeks; so few as came must be unlikely by chance (Poisson).
    """
    end = now.replace(minute=0, second=0, microsecond=0)
    hours = [end - HOUR * back for back in range(1, WINDOW + 1)]
    weeks = [timedelta(weeks=back) for back in range(1, WEEKS + 1)]
    if not opened or min(opened) > end - weeks[-1]:
        # not yet so long in use: nothing is usual
        return None
    came = sum(opened.get(hour, 0) for hour in hours)
    usual = float(median(sum(opened.get(hour - week, 0) for hour in hours) for week in weeks))
    if came > usual * SHARE or at_most(came, usual) >= UNLIKELY:
        return None
    return Drop(since=hours[-1], came=came, usual=usual)


def at_most(count: int, mean: float) -> float:
    """The probability of so few or fewer, with this mean (Poisson)."""
    term = total = exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return total
