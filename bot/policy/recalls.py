"""Reporting deadlines for dangerous goods: hints for the desk (R48)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.policy.calendar import add_working
from bot.policy.rules import Rules

FOOD: Final = (("food_class_1", 24), ("food_class_2", 48), ("food_class_3", 72))
"""By how many hours after the danger was known a recall of food has begun, class by class."""
GOODS_DAYS: Final = 2
"""Working days within which dangerous consumer goods are reported."""


@dataclass(frozen=True, slots=True)
class RecallClock:
    """One of them: its name, and when it has run out."""

    name: str
    due: datetime


def recall_clocks(rules: Rules, known_at: datetime, *, food: bool) -> tuple[RecallClock, ...]:
    """R48: food 24, 48, 72 hours by class, which people tell; other goods are reported in 2 working days."""
    if food:
        return tuple(RecallClock(name, known_at + timedelta(hours=hours)) for name, hours in FOOD)
    return (RecallClock("goods_report", add_working(rules, known_at, days=GOODS_DAYS)),)
