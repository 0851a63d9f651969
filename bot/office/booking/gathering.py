"""Flood control: messages of a complainant who writes too fast reach the topic gathered, after all others.

A group takes about twenty messages a minute. One complainant who sends hundreds would use them all up. So messages
beyond the usual number go into a line of their own, after everybody else's: texts are held a little and sent as one
message, pictures one after another. What agents do in that topic does not wait for them.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import CaseNo
from bot.complaint.letters import Letter, LetterKind

USUAL: Final = 20
"""Messages of one case that reach the topic directly in a minute; an album counts as one."""
MINUTE: Final = timedelta(minutes=1)
APART: Final = timedelta(seconds=10)
"""Beyond that, the time between two messages to the topic, which leaves two thirds of the limit to others."""
LAG: Final = timedelta(minutes=1)
"""How far gathered messages may be behind; until then nothing of the case overtakes them."""
MANY: Final = 1_000


@dataclass(slots=True)
class _Tide:
    """The recent messages of one case, and when its gathered ones may be sent."""

    came: deque[datetime] = field(default_factory=lambda: deque(maxlen=USUAL + 1))
    leaves: datetime | None = None
    words: bool = False
    """Whether that newest is words, to which more can be added."""
    album: str | None = None
    """The album that came last."""


class Gathering:
    """Counts each case's messages of the last minute, in memory."""

    def __init__(self) -> None:
        self._tides: dict[CaseNo, _Tide] = {}

    def eased(
        self, letters: list[Letter], no: CaseNo, at: datetime, album: str | None = None
    ) -> list[Letter]:
        """The same letters; those of a flood delayed, in a line of their own. None is dropped."""
        tide = self._tides.get(no)
        if tide is None:
            self._tidy(at)
            tide = self._tides[no] = _Tide()
        goes_on = album is not None and album == tide.album
        tide.album = album
        if not goes_on:
            tide.came.append(at)
        floods = len(tide.came) > USUAL and at - tide.came[0] < MINUTE
        behind = tide.leaves is not None and tide.leaves + LAG > at
        return [_aside(one, tide, at, goes_on=goes_on) for one in letters] if floods or behind else letters

    def _tidy(self, at: datetime) -> None:
        if len(self._tides) >= MANY:
            kept = {no: one for no, one in self._tides.items() if (one.leaves or one.came[-1]) + LAG > at}
            self._tides = kept


def _aside(letter: Letter, tide: _Tide, at: datetime, *, goes_on: bool) -> Letter:
    words = letter.kind is LetterKind.TEXT and letter.part_of is None
    waits = tide.leaves is not None and tide.leaves > at
    if tide.leaves is None or not (waits and (goes_on or (words and tide.words))):
        tide.leaves = max(tide.leaves or at, at) + APART
    tide.words = words
    eased = letter.evolve(aside=True, not_before=tide.leaves, lane=Lane.REST)
    # what it answers is in the talk above; apart from the others it would cost the group a message of its own
    return eased.evolve(mergeable=True, reply_to=None) if words else eased
