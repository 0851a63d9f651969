"""The clerk: takes rows from the inbox, has each one worked, and writes the round in one transaction.

Order is kept within a chat, and many chats share a round. A row that cannot be worked spoils nothing but
itself: it is put off, and after a few tries set aside with its reason, and the desk is told.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from bot.complaint.errors import ComplaintError, SomeoneWasFirst, StoreUnusable
from bot.complaint.events import DeskMoved, Event
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.complaint.letters import LetterKind
from bot.complaint.records import Done, InboxRow, Round
from bot.office.bearings import RowAtHand
from bot.office.clock import Clock
from bot.office.incoming.tray import Tray
from bot.office.lookup.worksheet import Worksheet
from bot.office.outgoing.couriers import Carries
from bot.office.turns.ahead import Draws, ReadsAhead
from bot.office.turns.counter import Counter
from bot.office.turns.in_step import Begun, Steps, in_files, work_abreast
from bot.office.turns.opening import Opened, events_in
from bot.office.turns.shares import Company, fair
from bot.office.turns.shortage import is_shortage
from bot.store.port import Store
from bot.telegram.parsing import Identity
from bot.telegram.troubles import Unreachable

ROUND: Final = 200
"""Rows worked in one round, and one transaction."""
SHARED_ROUND: Final = 64
"""The same with several replicas: shorter rounds leave work for the others."""
TOGETHER: Final = 64
"""Rows whose messages are read in one batch; fewer than the reader remembers."""
MOST_LEFT: Final = 1000
"""The most rows of flooding chats that are skipped to reach other chats."""
TRIES: Final = 5
MOST_CONFLICTS: Final = 5
"""How often in a row another replica may win before the round fails."""
FIRST_PAUSE: Final = timedelta(seconds=1)
MOST_DOUBLINGS: Final = 6

_log = structlog.get_logger(__name__)


class Clerk:
    """Works the inbox until cancelled.

    Args:
        store: where everything is kept.
        counter: thinks an event through and books it.
        courier: is given the letters once they are committed.
        us: who the bot is, and which chats are its desks.
        clock: tells the time and waits for it.
        tray: tells what can be worked now.
        on_written: called with every round that is committed; it wakes those who have work by it.
        moved: called when Telegram moved the desk to another chat.
        ahead: reads ahead, if there is somebody who does.
        draws: draws what rows wish for.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that it works with
        self,
        store: Store,
        counter: Counter,
        courier: Carries,
        us: Identity,
        clock: Clock,
        tray: Tray,
        on_written: Callable[[Round], None] = lambda _round: None,
        moved: Callable[[ChatId, ChatId], None] = lambda _old, _new: None,
        ahead: ReadsAhead | None = None,
        draws: Draws | None = None,
    ) -> None:
        self._store = store
        self._counter = counter
        self._courier = courier
        self._us = replace(us, doors=tray.doors.known)
        self._clock = clock
        self._moved = moved
        self._on_written = on_written
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._never = asyncio.Event()
        self._limit = SHARED_ROUND if store.shared else ROUND
        self._company = Company()
        self._ahead = ahead
        self._draws = draws
        self._tray = tray
        self._left_waiting = self._conflicts = 0
        self._next_counter = counter
        self.turned_at = clock.now()
        """When it last looked whether there is anything to do."""

    def adopt(self, counter: Counter) -> None:
        """Use another counter from the next round on."""
        self._next_counter = counter

    def others_write(self) -> None:
        """Another replica wrote letters that this one has to send."""
        self._company.heard(self._clock.now())

    def wake(self) -> None:
        """The inbox has new rows."""
        self._idle.clear()
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled. A failing database stops the clerk: nothing may be half done."""
        self.wake()
        while True:
            self._wake.clear()
            self._counter, self.turned_at = self._next_counter, self._clock.now()
            worked = await self.work_round()
            if worked and (until := self._company.rest(self.turned_at, self._clock.now())) is not None:
                self._never.clear()
                await self._clock.wait(until, self._never)
            if worked == 0:
                if not self._left_waiting:
                    self._idle.set()
                await self._clock.wait(self._tray.rest(self._clock.now() + FIRST_PAUSE), self._wake)

    async def idle(self) -> None:
        """Wait until the inbox is empty."""
        await self._idle.wait()

    async def work_round(self) -> int:
        """Work the oldest rows in one round; the number of rows finished."""
        waiting = await self._store.pending(self._limit + self._left_waiting, now=self._clock.now())
        rows = self._ready(await self._tray.ready(waiting, self.wake), len(waiting))
        if not rows:
            return 0
        try:
            return await self._work(rows)
        except SomeoneWasFirst:
            return await self._in_halves(rows)
        except StoreUnusable:
            raise
        except ComplaintError as error:
            _log.warning("round_refused", reason=type(error).__name__, rows=len(rows))
            return await self._in_halves(rows)

    def _ready(self, rows: list[InboxRow], count: int) -> list[InboxRow]:
        """A fair selection of rows; chats whose messages a model is reading are left out.

        `count` were in the inbox.
        """
        draws = self._draws
        if draws is not None:
            rows = [row for row in rows if not draws.waits(row, self.wake)]
        if self._ahead is None:
            ready = fair(rows)
            self._left_waiting = max(0, min(MOST_LEFT, count - len(ready)))
            return ready
        chats: dict[ChatId, list[Event]] = {}
        for row in rows:
            found = events_in(row, self._us)
            chats.setdefault(row.arrival.chat, []).extend([] if isinstance(found, ComplaintError) else found)
        waiting = {chat for chat, events in chats.items() if self._ahead.waits(events, self.wake)}
        ready = fair(row for row in rows if row.arrival.chat not in waiting)
        self._left_waiting = max(0, count - len(ready))
        return ready

    async def _in_halves(self, rows: list[InboxRow]) -> int:
        """Split a refused round until the row at fault is found, which is put off.

        What comes behind that row is left for the next round: some of it may be of the same chat.
        """
        middle = len(rows) // 2
        worked = 0
        for part in (rows[:middle], rows[middle:]):
            try:
                worked += await self._work(part) if part else 0
            except StoreUnusable:
                raise
            except ComplaintError as error:
                if len(part) > 1:
                    return worked + await self._in_halves(part)
                await self._overtaken(part[0], error)
                return worked + 1
        return worked

    async def _overtaken(self, row: InboxRow, error: ComplaintError) -> None:
        """Another replica changed the same rows: start the round again from the new state."""
        self._conflicts = self._conflicts + 1 if isinstance(error, SomeoneWasFirst) else MOST_CONFLICTS
        if self._conflicts >= MOST_CONFLICTS:
            self._conflicts = 0
            await self._put_off(row, error)

    async def _work(self, rows: list[InboxRow]) -> int:
        mail = self._until_a_move(rows)
        us, numbers = self._us, self._counter.lookup.numbers
        sheet = await Worksheet.lay_out(self._store, _events(mail), us.desk, numbers, us.other_desks)
        await self._counter.lookup.for_round(sheet, self._clock.now())
        round_ = Round(at=self._clock.now())
        for first in range(0, len(mail), TOGETHER):
            together = mail[first : first + TOGETHER]
            self._counter.reading_room.ahead(_events(together), sheet)
            for abreast in in_files(together):
                await self._work_abreast(sheet, round_, abreast)
        sheet.fill(round_)
        await self._store.write(round_)
        self._after(sheet, round_)
        for row, error in sheet.changes.later:
            await self._put_off(row, error)
        return len(mail)

    def _until_a_move(self, rows: list[InboxRow]) -> list[Opened]:
        """The parsed rows up to a move of the desk; later ones must be parsed with its new id."""
        mail: list[Opened] = []
        for row in rows:
            found = events_in(row, self._us)
            mail.append((row, found))
            if not isinstance(found, ComplaintError) and any(isinstance(one, DeskMoved) for one in found):
                break
        return mail

    async def _work_abreast(self, sheet: Worksheet, round_: Round, rows: list[Opened]) -> None:
        late = {row.arrival.chat for row, _ in sheet.changes.later}
        begun: list[Begun] = []
        for row, found in rows:
            if row.arrival.chat in late:
                # its chat waits for a row that was put off: order is kept
                continue
            if isinstance(found, ComplaintError):
                await self._set_aside(sheet, round_, row, found)
            else:
                begun.append((row, found, Steps(self._serve(row, found, sheet))))
        await work_abreast(sheet, begun, partial(self._work_row, sheet, round_))

    async def _serve(self, row: InboxRow, events: list[Event], sheet: Worksheet) -> list[bool]:
        return [await self._counter.serve(event, sheet, row.arrival.at) for event in events]

    async def _work_row(
        self, sheet: Worksheet, round_: Round, row: InboxRow, events: list[Event], steps: Steps
    ) -> bool:
        """Work a row to the end of a step; whether there is more of it. An error affects only this row."""
        try:
            with sheet.row(), RowAtHand(row, events, sheet):
                if await steps.stops():
                    return True
        except StoreUnusable:
            raise
        except Unreachable as error:
            # nothing is wrong with the row: it waits for Telegram, however long that takes
            sheet.changes.later.append((row, error))
            return False
        except Exception as error:  # noqa: BLE001 - the one catcher: the row is kept, the rest goes on
            with RowAtHand(row, events, sheet):
                _log.exception("row_failed", attempts=row.attempts)
            if row.attempts + 1 >= TRIES and not is_shortage(error):
                await self._set_aside(sheet, round_, row, error)
            else:
                sheet.changes.later.append((row, error))
            return False
        useful = any(steps.outcomes) or not steps.outcomes
        round_.done.append(Done(row=row.id, outcome="done" if useful else "skipped"))
        return False

    async def _set_aside(self, sheet: Worksheet, round_: Round, row: InboxRow, error: Exception) -> None:
        _log.error("row_set_aside", row=row.id, source=row.arrival.source, reason=type(error).__name__)
        round_.done.append(
            Done(row=row.id, outcome="set_aside", reason=f"{type(error).__name__}: {error}"[:500])
        )
        self._counter.report(sheet, row, error)

    async def _put_off(self, row: InboxRow, error: Exception) -> None:
        pause = FIRST_PAUSE * 2 ** min(row.attempts, MOST_DOUBLINGS)
        await self._store.put_off(row.id, self._clock.now() + pause, f"{type(error).__name__}: {error}"[:500])

    def _after(self, sheet: Worksheet, round_: Round) -> None:
        self._courier.post(round_.letters)
        # a message ends the sign, so where one goes out now there is nothing to show
        spoken_to = {letter.chat for letter in round_.letters if letter.kind is LetterKind.TEXT}
        for chat in sheet.changes.typing:
            if chat not in spoken_to:
                self._courier.typing(chat, sheet.talk(chat).door)
        self._on_written(round_)
        if round_.desk_moved is not None:
            self.relocated(*round_.desk_moved)

    def relocated(self, old: ChatId, new: ChatId) -> None:
        """Telegram moved one of the desk's groups."""
        main = new if self._us.desk == old else self._us.desk
        others = self._us.other_desks | {old, new}
        self._us = replace(self._us, desk=main, other_desks=others - {main})
        self._moved(old, new)


def _events(mail: Iterable[Opened]) -> list[Event]:
    return [event for _, found in mail if not isinstance(found, ComplaintError) for event in found]
