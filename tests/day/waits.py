"""How long letters to the desk's groups waited for their turn, by lane: Telegram takes twenty events a minute."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bot.complaint.actions import Lane
from bot.complaint.letters import LetterKind
from bot.office.outgoing.costs import FREE_KINDS

SENT = """
SELECT kind, written_at, not_before, settled_at, json_extract(body, '$.lane') FROM outbox
WHERE chat < 0 AND outcome IN ('sent', 'maybe_twice', 'merged')
"""
ALL = "all"


class Waited(NamedTuple):
    """Seconds from when a letter could have left to when Telegram had it."""

    lane: str
    letters: int
    median: float
    ninety_nine: float
    """What 99 of 100 did not exceed."""
    longest: float


def waits(database: Path) -> tuple[Waited, ...]:
    """A line a lane, the most urgent first, and one for all; what costs the group nothing is left out."""
    by_lane: dict[str, list[float]] = defaultdict(list)
    with closing(sqlite3.connect(database)) as plain:
        rows = plain.execute(SENT).fetchall()
    for kind, written, held, settled, lane in rows:
        if LetterKind(kind) not in FREE_KINDS:
            ready = max(_moment(one) for one in (written, held) if one)
            seconds = (_moment(settled) - ready).total_seconds()
            by_lane[Lane(lane or 0).name.lower()].append(seconds)
            by_lane[ALL].append(seconds)
    names = [one.name.lower() for one in Lane]
    return tuple(_waited(lane, by_lane[lane]) for lane in (*names, ALL) if by_lane[lane])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _waited(lane: str, seconds: Sequence[float]) -> Waited:
    ordered = sorted(seconds)
    return Waited(
        lane=lane,
        letters=len(ordered),
        median=ordered[len(ordered) // 2],
        ninety_nine=ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)],
        longest=ordered[-1],
    )
