"""The letters that wait, in lines: who goes next. No clock, no awaiting; time comes in as seconds since 1970.

Order is kept inside a line, and a line has one trip under way at most. Lines of one chat share that chat's
pace; chats that may go take turns, the most urgent lane first. A trip costs a few steps in heaps, however
many lines there are.
"""

import heapq
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId, MessageId
from bot.complaint.letters import Letter, LetterKind
from bot.office.courier_costs import cost_of
from bot.office.courier_merging import joined
from bot.office.pacing import Pace

AHEAD: Final = -1
"""The rank of what costs nothing."""


@dataclass(slots=True)
class Pending:
    """A letter in its line, with those that were joined to it and what earlier trips have taught."""

    letter: Letter
    held_until: float = 0.0
    merged: list[LetterId] = field(default_factory=list)
    """Letters whose words this one carries too."""
    unknown: int = 0
    """Trips whose outcome is unknown."""
    failures: int = 0
    messages: tuple[MessageId, ...] = ()
    """What an earlier trip already made, when only the rest is still to be sent."""

    @property
    def ids(self) -> list[LetterId]:
        """Every letter that goes with this trip."""
        return [self.letter.id, *self.merged]


class _At(Enum):
    REST = auto()
    READY = auto()
    HELD = auto()
    AWAY = auto()


@dataclass(slots=True, eq=False)
class OneLine:
    """Letters that keep their order; while it is AWAY the first is under way."""

    name: str
    chat: "_Chat"
    waiting: deque[Pending] = field(default_factory=deque)
    lanes: list[int] = field(default_factory=lambda: [0] * len(Lane))
    """How many letters wait in each lane."""
    at: _At = _At.REST
    ticket: int = 0
    """Entries in heaps with another number are stale."""

    @property
    def rank(self) -> int:
        """The most urgent letter lends its lane to those before it; what costs nothing goes ahead of all."""
        if cost_of(self.waiting[0].letter) == 0:
            return AHEAD
        return next(lane for lane, count in enumerate(self.lanes) if count)

    @property
    def standing(self) -> tuple[int, int]:
        """What decides its turn: who is first, and how urgent it is."""
        return (self.waiting[0].letter.id, self.rank) if self.waiting else (0, 0)

    def insert(self, newcomer: Pending) -> None:
        """By number; letters nearly always come in order, so this looks from the end."""
        place, first = len(self.waiting), 1 if self.at is _At.AWAY else 0
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
            if follower.held_until > now or follower.unknown:
                break
            letter = joined(first.letter, follower.letter)
            if letter is None:
                break
            self.remove(follower)
            first.letter = letter
            first.merged += follower.ids
        return first


@dataclass(slots=True, eq=False)
class _Chat:
    """Lines that share a chat's pace."""

    key: str
    ready: list[tuple[int, int, OneLine]] = field(default_factory=list)
    at: _At = _At.REST
    rank: int = 0
    ticket: int = 0
    lines: int = 0


class Lines:
    """All letters that wait."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._lines: dict[str, OneLine] = {}
        self._chats: dict[str, _Chat] = {}
        self._ready: list[tuple[int, int, _Chat]] = []
        self._timed: list[tuple[float, int, OneLine | _Chat]] = []
        self._known: set[LetterId] = set()
        self._tickets = 0

    def __len__(self) -> int:
        """How many letters wait or are under way."""
        return len(self._known)

    def add(self, letter: Letter, now: float) -> list[LetterId]:
        """Put a letter into its line, by its number; the waiting letters that it replaces are given back."""
        if letter.id in self._known:
            return []
        self._known.add(letter.id)
        line = self._lines.get(letter.line) or self._new_line(letter)
        before = line.standing
        replaced = self._replaced(line, letter) if letter.key is not None else []
        held = letter.not_before.timestamp() if letter.not_before else 0.0
        line.insert(Pending(letter=letter, held_until=held))
        # a line keeps its turn, however many come in behind
        if line.at is not _At.AWAY and line.standing != before:
            self._put(line, now)
        return replaced

    def _replaced(self, line: OneLine, letter: Letter) -> list[LetterId]:
        older = [
            pending
            for place, pending in enumerate(line.waiting)
            if pending.letter.key == letter.key
            and pending.letter.id < letter.id
            and not (place == 0 and line.at is _At.AWAY)
            and not (pending.unknown or pending.letter.attempted_at)
        ]
        for pending in older:
            line.remove(pending)
            self._known.discard(pending.letter.id)
        return [pending.letter.id for pending in older]

    def take(self, now: float) -> tuple[OneLine, Pending] | None:
        """The next that may start now; its costs are charged. None: nothing may go yet."""
        self._wake(now)
        while self._ready:
            _, ticket, chat = self._ready[0]
            line = self._front(chat) if chat.ticket == ticket and chat.at is _At.READY else None
            if line is None:
                heapq.heappop(self._ready)
                if chat.ticket == ticket:
                    chat.at = _At.REST
                continue
            if self._free_at(line, now) > now:
                # a pause was asked for since it became ready
                heapq.heappop(self._ready)
                chat.at = _At.REST
                self._schedule(chat, now)
                continue
            if cost_of(line.waiting[0].letter) and self._pace.all_free_at(now) > now:
                return None
            heapq.heappop(self._ready)
            return line, self._start(line, now)
        return None

    def next_at(self, now: float) -> float | None:
        """When `take` may have something again; None: not before something is added or done."""
        moments = [self._pace.all_free_at(now)] if self._ready else []
        if self._timed:
            moments.append(self._timed[0][0])
        return min(moments, default=None)

    def done(self, line: OneLine, pending: Pending, now: float) -> None:
        """A trip is over for good: its letters leave, and the line goes on."""
        self._known.difference_update(pending.ids)
        line.remove(pending)
        self.back(line, now)

    def back(self, line: OneLine, now: float) -> None:
        """A trip is over; what is first in the line goes when its `held_until` has come."""
        line.at = _At.REST
        if line.waiting:
            self._put(line, now)
            return
        del self._lines[line.name]
        line.chat.lines -= 1
        if line.chat.lines == 0:
            del self._chats[line.chat.key]

    def release(self, chat: ChatId, now: float) -> None:
        """What waited for this chat may go at once."""
        for line in [one for one in self._lines.values() if one.chat.key == str(chat)]:
            for pending in line.waiting:
                pending.held_until = min(pending.held_until, now)
            if line.at is not _At.AWAY:
                self._put(line, now)
            line.chat.at = _At.REST
            self._schedule(line.chat, now)

    def _new_line(self, letter: Letter) -> OneLine:
        # a press is answered outside the pace of its chat
        key = letter.line if letter.kind is LetterKind.ANSWER_PRESS else str(letter.chat)
        chat = self._chats.get(key)
        if chat is None:
            chat = self._chats[key] = _Chat(key=key)
        chat.lines += 1
        line = self._lines[letter.line] = OneLine(name=letter.line, chat=chat)
        return line

    def _put(self, line: OneLine, now: float) -> None:
        """Place a line where it belongs: ready in its chat, or held until its first letter may go."""
        until = line.waiting[0].held_until
        line.ticket = self._ticket()
        if until > now:
            line.at = _At.HELD
            heapq.heappush(self._timed, (until, line.ticket, line))
            return
        line.at = _At.READY
        heapq.heappush(line.chat.ready, (line.rank, line.ticket, line))
        self._schedule(line.chat, now)

    def _schedule(self, chat: _Chat, now: float) -> None:
        """Place a chat where it belongs: ready, or held until its pace lets its best line go."""
        line = self._front(chat)
        if line is None:
            chat.at = _At.REST
            return
        rank = line.rank
        if chat.at is _At.READY and chat.rank <= rank:
            # keeps its turn
            return
        chat.ticket, chat.rank = self._ticket(), rank
        free = self._free_at(line, now)
        if free > now:
            chat.at = _At.HELD
            heapq.heappush(self._timed, (free, chat.ticket, chat))
        else:
            chat.at = _At.READY
            heapq.heappush(self._ready, (rank, chat.ticket, chat))

    def _free_at(self, line: OneLine, now: float) -> float:
        letter = line.waiting[0].letter
        if letter.kind is LetterKind.ANSWER_PRESS:
            return now
        return self._pace.free_at(letter.chat, Lane(max(0, line.rank)), cost_of(letter), now)

    def _front(self, chat: _Chat) -> OneLine | None:
        """The line of a chat that is next, stale entries dropped."""
        while chat.ready:
            _, ticket, line = chat.ready[0]
            if line.ticket == ticket and line.at is _At.READY:
                return line
            heapq.heappop(chat.ready)
        return None

    def _start(self, line: OneLine, now: float) -> Pending:
        heapq.heappop(line.chat.ready)
        line.at = _At.AWAY
        pending = line.join(now)
        self._pace.take(pending.letter.chat, cost_of(pending.letter), now)
        line.chat.at = _At.REST
        self._schedule(line.chat, now)
        return pending

    def _wake(self, now: float) -> None:
        while self._timed and self._timed[0][0] <= now:
            _, ticket, held = heapq.heappop(self._timed)
            if held.ticket != ticket or held.at is not _At.HELD:
                continue
            if isinstance(held, OneLine):
                self._put(held, now)
            else:
                held.at = _At.REST
                self._schedule(held, now)

    def _ticket(self) -> int:
        self._tickets += 1
        return self._tickets
