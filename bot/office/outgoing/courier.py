"""The courier: delivers letters to Telegram in order, as fast as Telegram allows, and loses none.

A letter is marked as attempted in the store (many in one commit), its address is looked up (topic, mirror, place),
it is delivered, and its receipt is stored (many in one commit). Only then does the next letter of its line go, so
that a crash can neither lose a letter nor reorder two of one line.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.complaint.errors import SettingsWrong
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter
from bot.office.clock import Clock
from bot.office.groups import Groups
from bot.office.outgoing.consequences import Consequences
from bot.office.outgoing.costs import cost_of
from bot.office.outgoing.detours import Detours
from bot.office.outgoing.fates import Conclusion, conclude, expired
from bot.office.outgoing.flights import Flights, Trip
from bot.office.outgoing.line import OneLine, Pending
from bot.office.outgoing.lines import Lines
from bot.office.outgoing.memory import take_up, take_up_letters
from bot.office.outgoing.pacing import Limits, Pace
from bot.office.outgoing.reachability import Reachability
from bot.office.outgoing.spots import Found, Guide
from bot.office.outgoing.topics import Forum
from bot.office.outgoing.typing_sign import TypingSign
from bot.store.port import NO_LETTER, Store
from bot.telegram.delivery import Delivered, Telegram
from bot.telegram.failures import Fate
from bot.telegram.troubles import TOKEN_REFUSED

FLIGHTS: Final = (100, 250)
"""The fewest and the most calls under way at once; in between, a quarter of a second's worth."""

_log = structlog.get_logger(__name__)


class Courier:
    """Sends letters.

    Args:
        store: the outbox, and where receipts go.
        telegram: who takes the letters.
        limits: what Telegram allows.
        clock: tells the time and waits for it.
        jitter: a fresh number between 0 and 1 each time, so that what was paused together comes back apart.
        on_arrival: called when a receipt put an event into the inbox; it wakes the clerk.
        groups: where the desk's groups are; what is for one that is shut goes to the common desk.
    """

    def __init__(
        self,
        store: Store,
        telegram: Telegram,
        limits: Limits,
        clock: Clock,
        *,
        jitter: Callable[[], float],
        on_arrival: Callable[[], None] = lambda: None,
        groups: Groups | None = None,
    ) -> None:
        self._store = store
        self._telegram = telegram
        self._clock = clock
        self._jitter = jitter
        self._on_arrival = on_arrival
        self._most_flights = min(FLIGHTS[1], max(FLIGHTS[0], int(limits.per_second / 4)))
        self._pace = Pace(limits)
        self._lines = Lines(self._pace, opened=False)
        self._moved: dict[ChatId, ChatId] = {}
        groups = groups or Groups(ChatId(0))
        groups.on_reopening(self._relieve)
        self._detours = Detours(groups, clock)
        self._guide = Guide(store, self._moved, clock)
        self._forum = Forum(store, telegram, clock, lambda chat: self._pace.note(chat, self._seconds()))
        self._reachability = Reachability(telegram, clock, self._stir)
        self._consequences = Consequences(self._pace, self._reachability, self._moved)
        self._typing_sign = TypingSign(telegram, self._pace, clock)
        self._flights = Flights(self._landed_at, self._seconds, self._stir)
        self._landed: list[tuple[OneLine, Pending, Conclusion]] = []
        self._settling = False
        self._group: asyncio.TaskGroup | None = None
        self._wake, self._landing, self._quiet = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._running = self._stopping = False
        self._recollects: LetterId | None = None
        self._grace = 0.0
        self._over = asyncio.Event()

    def post(self, letters: Iterable[Letter]) -> None:
        """Accept letters that were committed to the outbox."""
        now = self._seconds()
        for letter in letters:
            self._lines.post(letter, now)
        self._stir()

    def _relieve(self, chat: ChatId) -> None:
        """The group is usable again: send what waited for it."""
        now = self._seconds()
        self._pace.release(chat)
        self._lines.release(chat, now)
        self._stir()

    def recollect(self, after: LetterId = NO_LETTER) -> None:
        """Read new letters from the outbox: another replica wrote some, or notifications may be lost."""
        self._recollects = after if self._recollects is None else min(after, self._recollects)
        self._stir()

    def typing(self, chat: ChatId, door: int = 0) -> None:
        """Show "typing"; dropped if there are letters to send."""
        busy = self._stopping or self._reachability.bad or len(self._flights) > self._most_flights // 2
        if not busy and self._group is not None and self._typing_sign.due(chat, self._clock.now()):
            self._flights.begin(self._typing_sign.show(chat, door, self._store))

    async def run(self) -> None:
        """Send letters until `stop`.

        Raises:
            StoreUnusable: receipts cannot be written, so nothing may be sent.
            SettingsWrong: Telegram does not know the token.
        """
        self._running = True
        try:
            await take_up(self._store, self._lines, self._pace, self._clock)
            async with asyncio.TaskGroup() as self._group:
                listening = self._flights.open(self._group)
                settling = self._group.create_task(self._settle_landed())
                await self._dispatch()
                self._reachability.close()
                await self._flights.land(self._grace)
                listening.cancel()
                self._landing.set()
                await settling
            await self._settle()
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        except asyncio.CancelledError:
            # what has arrived is written down, whoever stops us
            self._group = None
            self._flights.close()
            await self._settle()
            raise
        finally:
            self._running = False
            self._group = None
            self._over.set()

    async def stop(self, grace: float = 5.0) -> None:
        """Start nothing new, give calls under way `grace` seconds, and record their outcome."""
        self._grace = grace
        self._stopping = True
        self._stir()
        if self._running:
            await self._over.wait()

    async def idle(self) -> None:
        """Return when everything that can be sent now is sent."""
        self._stir()
        await self._quiet.wait()

    @property
    def waiting(self) -> int:
        """Letters that wait or are under way."""
        return len(self._lines)

    async def _dispatch(self) -> None:
        while not self._stopping:
            self._wake.clear()
            if self._recollects is not None:
                after, self._recollects = self._recollects, None
                await take_up_letters(self._store, self._lines, self._clock, after)
            trips = [] if self._reachability.bad else self._take()
            if trips:
                await self._depart(trips)
                continue
            if self._nothing_to_do():
                self._quiet.set()
            await self._clock.wait(self._next_moment(), self._wake)

    def _nothing_to_do(self) -> bool:
        under_way = self._flights or self._landed or self._settling
        return not under_way and (not self._reachability.bad or self._reachability.resting)

    def _take(self) -> list[tuple[OneLine, Pending]]:
        now = self._clock.now()
        trips: list[tuple[OneLine, Pending]] = []
        while len(self._flights) + len(trips) < self._most_flights:
            trip = self._lines.take(now.timestamp())
            if trip is None:
                break
            letter = trip[1].letter
            if letter.expires_at is None or letter.expires_at > now:
                trips.append(trip)
                continue
            self._pace.give_back(letter.chat, cost_of(letter))
            self._landed.append((*trip, Conclusion((expired(letter, now),))))
            self._landing.set()
        return trips

    def _next_moment(self) -> datetime | None:
        if self._reachability.bad or len(self._flights) >= self._most_flights:
            return None
        moment = self._lines.next_at(self._seconds())
        # a clock counts whole microseconds: just before the moment is too early
        return None if moment is None else datetime.fromtimestamp(moment, UTC) + timedelta(microseconds=1)

    async def _depart(self, trips: list[tuple[OneLine, Pending]]) -> None:
        """Record the attempts in one commit, look up addresses, and start the calls."""
        may_go = await self._store.attempting([one for _, p in trips for one in p.ids], self._clock.now())
        going = []
        for line, pending in trips:
            if pending.letter.id in may_go:
                going.append((line, pending))
            else:
                # replaced by a newer one while it waited
                self._pace.give_back(pending.letter.chat, cost_of(pending.letter))
                self._lines.done(line, pending, self._seconds())
        spots = await self._guide.find([self._detours.addressed(pending.letter) for _, pending in going])
        for (line, pending), found in zip(going, spots, strict=True):
            letter = self._detours.addressed(pending.letter)
            if letter.chat in self._moved:
                letter = letter.evolve(chat=self._moved[letter.chat])
            trip = Trip(line=line, pending=pending, letter=letter, left=self._seconds())
            if not self._flights.hand(trip, partial(self._forum.hand, letter, found)):
                self._flights.begin(self._carry(trip, found))

    async def _carry(self, trip: Trip, found: Found) -> None:
        delivered = await self._forum.deliver(trip.letter, found)
        self._landed_at(trip, delivered, self._seconds())

    def _landed_at(self, trip: Trip, delivered: Delivered, landed: float) -> None:
        """Draw the conclusions from an answer; they are recorded with those of others."""
        line, pending, letter = trip.line, trip.pending, trip.letter
        cost = cost_of(letter)
        self._pace.land(pending.letter.chat, cost, trip.left, landed)
        if letter.chat != pending.letter.chat:
            self._pace.note(letter.chat, trip.left, cost)
            delivered = replace(delivered, chat=letter.chat)
        if delivered.fate is Fate.TOKEN_WRONG:
            raise SettingsWrong(TOKEN_REFUSED)
        if delivered.rest is not None:
            pending.letter, pending.messages = delivered.rest, delivered.messages
        conclusion = self._detours.shut_out(letter, pending, delivered) or conclude(
            pending, delivered, self._clock.now(), self._jitter()
        )
        sent = self._detours.addressed(pending.letter)
        self._consequences.apply(sent, delivered, conclusion, self._seconds(), self._group)
        self._landed.append((line, pending, conclusion))
        self._landing.set()

    async def _settle_landed(self) -> None:
        while self._landed or self._flights or not self._stopping:
            await self._landing.wait()
            self._landing.clear()
            await self._settle()

    async def _settle(self) -> None:
        """Record the outcomes of finished calls in one commit, and release their lines."""
        landed = self._landed.copy()
        if not landed:
            return
        self._settling = True
        arrivals = [arrival for _, _, conclusion in landed for arrival in conclusion.arrivals]
        receipts = [receipt for _, _, conclusion in landed for receipt in conclusion.receipts]
        if receipts or arrivals:
            await self._store.settle(receipts, arrivals)
        # not before: whoever is stopped in the middle writes them again, which changes nothing
        del self._landed[: len(landed)]
        self._settling = False
        now = self._seconds()
        for line, pending, conclusion in landed:
            if conclusion.again_at is None:
                self._lines.done(line, pending, now)
            else:
                pending.held_until = conclusion.again_at.timestamp()
                self._lines.back(line, now)
        if arrivals:
            self._on_arrival()
        self._stir()

    def _stir(self) -> None:
        self._quiet.clear()
        self._wake.set()

    def _seconds(self) -> float:
        return self._clock.now().timestamp()
