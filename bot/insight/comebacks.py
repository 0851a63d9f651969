"""The report's table of corrective actions: complaints before and after each."""

from typing import Final

from bot.insight.told import Index, Name, Table

RECURRENCE: Final = ("recurrence_before", "recurrence_after", "recurrence_change")


def came_back(now: Index) -> Table:
    """A row for each corrective action: cases by a million shipped before it and after it."""
    return Table(
        key="recurrence",
        columns=("product", "cause", *(f"figure.{one}" for one in RECURRENCE)),
        rows=tuple(
            (
                Name(group="product", key=of[0]),
                Name(group="cause", key=of[1]),
                *(now[each, of] for each in RECURRENCE),
            )
            for name, of in now
            if name == "recurrence_change"
        ),
    )
