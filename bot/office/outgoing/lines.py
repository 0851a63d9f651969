"""The scheduler of waiting letters: which goes next. Pure; time comes in as seconds since 1970.

Order is kept inside a line, which has at most one letter under way. Lines of one chat share its rate limit; chats
that may send take turns, the most urgent lane first. A send costs a few heap operations, however many lines exist.
"""

import heapq
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.office.outgoing.costs import cost_of
from bot.office.outgoing.line import AHEAD, At, ChatLines, OneLine, Pending
from bot.office.outgoing.pacing import Pace

LANES: Final = {AHEAD: Lane.ALARM} | {int(lane): lane for lane in Lane}
"""The lane of each rank."""


class Lines:
    """All waiting letters."""

    def __init__(self, pace: Pace, *, opened: bool = True) -> None:
        self._pace = pace
        self._lines: dict[str, OneLine] = {}
        self._chats: dict[str, ChatLines] = {}
        self._ready: list[tuple[int, int, ChatLines]] = []
        self._timed: list[tuple[float, int, OneLine | ChatLines]] = []
        self._known: set[LetterId] = set()
        self._tickets = 0
        self._early: list[Letter] | None = None if opened else []

    def __len__(self) -> int:
        """How many letters wait or are under way."""
        return len(self._known) + len(self._early or ())

    def post(self, letter: Letter, now: float) -> None:
        """Take a letter as it was when it was written; before `open` it is kept back."""
        if self._early is None:
            self.add(letter, now)
        else:
            self._early.append(letter)

    def open(self, now: float) -> None:
        """The letters of an earlier run are loaded: others may be taken from now on."""
        early, self._early = self._early, None
        for letter in early or ():
            self.add(letter, now)

    def add(self, letter: Letter, now: float, rests: float = 0.0) -> list[LetterId]:
        """Put a letter into its line, by its number; the waiting letters that it replaces are given back.

        It goes after `rests` seconds at the earliest.
        """
        if letter.id in self._known:
            return []
        self._known.add(letter.id)
        name = letter.line
        line = self._lines.get(name) or self._new_line(name, letter)
        before = line.standing
        replaced = self._replaced(line, letter) if letter.key is not None else []
        held = letter.not_before.timestamp() if letter.not_before else 0.0
        if rests:
            held = max(held, now + rests)
        line.insert(Pending(letter=letter, held_until=held))
        # a line keeps its turn, however many come in behind, and however often its letter is written anew
        same_turn = line.at is At.READY and bool(replaced) and line.standing[1] == before[1] and held <= now
        if line.at is not At.AWAY and line.standing != before and not same_turn:
            self._put(line, now)
        return replaced

    def _replaced(self, line: OneLine, letter: Letter) -> list[LetterId]:
        older = [
            pending
            for place, pending in enumerate(line.waiting)
            if pending.letter.key == letter.key
            and pending.letter.id < letter.id
            and not (place == 0 and line.at is At.AWAY)
            and not (pending.unknown or pending.letter.attempted_at)
        ]
        for pending in older:
            line.remove(pending)
            self._known.discard(pending.letter.id)
        return [pending.letter.id for pending in older]

    def take(self, now: float) -> tuple[OneLine, Pending] | None:
        """The next letter that may start now, its cost charged; None if none may."""
        self._wake(now)
        while self._ready:
            _, ticket, chat = self._ready[0]
            first = self._front(chat) if chat.ticket == ticket and chat.at is At.READY else None
            if first is None:
                heapq.heappop(self._ready)
                if chat.ticket == ticket:
                    chat.at = At.REST
                continue
            rank, line = first
            if self._free_at(line, rank, now) > now:
                # a pause was asked for since it became ready
                heapq.heappop(self._ready)
                chat.at = At.REST
                self._schedule(chat, now)
                continue
            if rank != AHEAD and self._pace.all_free_at(now, LANES[rank]) > now:
                return None
            heapq.heappop(self._ready)
            return line, self._start(line, now)
        return None

    def next_at(self, now: float) -> float | None:
        """When `take` may have something again; None: not before something is added or done."""
        moments = []
        if self._ready:
            moments.append(self._pace.all_free_at(now, LANES[self._ready[0][0]]))
        if self._timed:
            moments.append(self._timed[0][0])
        return min(moments, default=None)

    def done(self, line: OneLine, pending: Pending, now: float) -> None:
        """A call is finished for good: remove its letters, and go on with the line."""
        self._known.difference_update(pending.ids)
        line.remove(pending)
        self.back(line, now)

    def back(self, line: OneLine, now: float) -> None:
        """A call is to be repeated: the line waits until `held_until`."""
        line.at = At.REST
        if line.waiting:
            self._put(line, now)
            return
        del self._lines[line.name]
        line.chat.lines -= 1
        if line.chat.lines == 0:
            del self._chats[line.chat.key]

    def release(self, chat: ChatId, now: float) -> None:
        """Let everything that waits for this chat go at once."""
        for line in [one for one in self._lines.values() if one.chat.key == str(chat)]:
            for pending in line.waiting:
                pending.held_until = min(pending.held_until, now)
            if line.at is not At.AWAY:
                self._put(line, now)
            line.chat.at = At.REST
            self._schedule(line.chat, now)

    def _new_line(self, name: str, letter: Letter) -> OneLine:
        # a press is answered outside the pace of its chat
        key = name if letter.kind is LetterKind.ANSWER_PRESS else str(letter.chat)
        chat = self._chats.get(key)
        if chat is None:
            chat = self._chats[key] = ChatLines(key=key)
        chat.lines += 1
        line = self._lines[name] = OneLine(name=name, chat=chat)
        return line

    def _put(self, line: OneLine, now: float) -> None:
        """Place a line where it belongs: ready in its chat, or held until its first letter may go."""
        until = line.waiting[0].held_until
        line.ticket = self._ticket()
        if until > now:
            line.at = At.HELD
            heapq.heappush(self._timed, (until, line.ticket, line))
            return
        line.at = At.READY
        heapq.heappush(line.chat.ready, (line.rank, line.ticket, line))
        self._schedule(line.chat, now)

    def _schedule(self, chat: ChatLines, now: float) -> None:
        """Place a chat where it belongs: ready, or held until its pace lets its best line go."""
        first = self._front(chat)
        if first is None:
            chat.at = At.REST
            return
        rank, line = first
        if chat.at is At.READY and chat.rank <= rank:
            # keeps its turn
            return
        chat.ticket, chat.rank = self._ticket(), rank
        free = self._free_at(line, rank, now)
        if free > now:
            chat.at = At.HELD
            heapq.heappush(self._timed, (free, chat.ticket, chat))
        else:
            chat.at = At.READY
            heapq.heappush(self._ready, (rank, chat.ticket, chat))

    def _free_at(self, line: OneLine, rank: int, now: float) -> float:
        letter = line.waiting[0].letter
        if letter.kind is LetterKind.ANSWER_PRESS:
            return now
        return self._pace.free_at(letter.chat, LANES[rank], cost_of(letter), now)

    def _front(self, chat: ChatLines) -> tuple[int, OneLine] | None:
        """The rank and line of a chat that is next, stale entries dropped."""
        while chat.ready:
            rank, ticket, line = chat.ready[0]
            if line.ticket == ticket and line.at is At.READY:
                return rank, line
            heapq.heappop(chat.ready)
        return None

    def _start(self, line: OneLine, now: float) -> Pending:
        heapq.heappop(line.chat.ready)
        line.at = At.AWAY
        pending = line.join(now)
        self._pace.take(pending.letter.chat, cost_of(pending.letter), now)
        line.chat.at = At.REST
        self._schedule(line.chat, now)
        return pending

    def _wake(self, now: float) -> None:
        while self._timed and self._timed[0][0] <= now:
            _, ticket, held = heapq.heappop(self._timed)
            if held.ticket != ticket or held.at is not At.HELD:
                continue
            if isinstance(held, OneLine):
                self._put(held, now)
            else:
                held.at = At.REST
                self._schedule(held, now)

    def _ticket(self) -> int:
        self._tickets += 1
        return self._tickets
