"""One ordered line of letters, and the lines that share a chat's rate limit."""

from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import LetterId, MessageId
from bot.complaint.letters import Letter
from bot.office.outgoing.costs import cost_of
from bot.office.outgoing.merging import joined

AHEAD: Final = Lane.ALARM - 1
"""The rank of letters that cost nothing."""


@dataclass(slots=True)
class Pending:
    """A letter in its line, with those merged into it and its earlier failures."""

    letter: Letter
    held_until: float = 0.0
    merged: list[LetterId] = field(default_factory=list)
    """Letters whose words this one carries too."""
    unknown: int = 0
    """Attempts whose outcome is unknown."""
    failures: int = 0
    messages: tuple[MessageId, ...] = ()
    """What an earlier trip already made, when only the rest is still to be sent."""

    def past(self, now: float) -> bool:
        """Whether it is of no use any more."""
        return self.letter.expires_at is not None and self.letter.expires_at.timestamp() <= now

    @property
    def ids(self) -> list[LetterId]:
        """Every letter that goes with this trip."""
        return [self.letter.id, *self.merged]


class At(Enum):
    """The state of a line or chat."""

    REST = auto()
    READY = auto()
    HELD = auto()
    AWAY = auto()


@dataclass(slots=True, eq=False)
class OneLine:
    """Letters in order; while the line is AWAY, its first is under way."""

    name: str
    chat: "ChatLines"
    waiting: deque[Pending] = field(default_factory=deque)
    lanes: list[int] = field(default_factory=lambda: [0] * len(Lane))
    """How many letters wait in each lane; the alarm's stand last."""
    at: At = At.REST
    ticket: int = 0
    """Entries in heaps with another number are stale."""

    @property
    def rank(self) -> int:
        """The line's urgency: that of its most urgent letter; what costs nothing goes first."""
        first = self.waiting[0].letter
        if cost_of(first) == 0:
            return AHEAD
        if len(self.waiting) == 1:
            return first.lane
        return next(lane for lane in Lane if self.lanes[lane])

    @property
    def standing(self) -> tuple[int, int]:
        """What its place in the schedule depends on: the first letter's number, and the urgency."""
        return (self.waiting[0].letter.id, self.rank) if self.waiting else (0, 0)

    def insert(self, newcomer: Pending) -> None:
        """By number; letters nearly always come in order, so this looks from the end."""
        place, first = len(self.waiting), 1 if self.at is At.AWAY else 0
        while place > first and self.waiting[place - 1].letter.id > newcomer.letter.id:
            place -= 1
        self.waiting.insert(place, newcomer)
        self.lanes[newcomer.letter.lane] += 1

    def remove(self, pending: Pending) -> None:
        """Take one out."""
        self.waiting.remove(pending)
        self.lanes[pending.letter.lane] -= 1

    def join(self, now: float) -> Pending:
        """The first, carrying as many of the next as may go with it."""
        first = self.waiting[0]
        while len(self.waiting) > 1 and not first.unknown:
            follower = self.waiting[1]
            if follower.held_until > now or follower.unknown or first.past(now) or follower.past(now):
                break
            letter = joined(first.letter, follower.letter)
            if letter is None:
                break
            self.remove(follower)
            first.letter = letter
            first.merged += follower.ids
        return first


@dataclass(slots=True, eq=False)
class ChatLines:
    """The lines that share a chat's rate limit."""

    key: str
    ready: list[tuple[int, int, OneLine]] = field(default_factory=list)
    at: At = At.REST
    rank: int = 0
    ticket: int = 0
    lines: int = 0
