"""Draws requested reports beside the clerk, and posts digests at their time.

A request is a row of the inbox like any other. The clerk leaves it until its pictures are ready, and books them with
the row in one transaction: after a crash they are drawn again, and posted once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from bot.complaint.axes import Queue
from bot.complaint.errors import ComplaintError
from bot.complaint.events import ReportWanted
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId
from bot.complaint.lessons import Mark
from bot.complaint.records import Arrival, InboxRow
from bot.desk.overview.reporting import MISSED, OWN, REPORT, Shown, Sketch
from bot.desk.overview.voices import voices
from bot.insight.digest import LOOKED_BACK
from bot.insight.samples import MARKED_LATER, week_of
from bot.office.booking.bookkeeping import bring_up_to_date, measures_of
from bot.office.clock import Clock
from bot.office.groups import Groups
from bot.office.in_force import InForce
from bot.office.incoming.post import EventUnreadable, decode_event
from bot.office.incoming.wishes import SOURCE, arrival_of
from bot.office.reports.crossings import look_due
from bot.office.reports.drawing import DrawingRoom, NotDrawn
from bot.office.reports.easel_orders import Answer, Order
from bot.office.reports.report_orders import brand_of, brands, order_of
from bot.policy.digests import DigestDue, missed_before, next_digest, overdue_digests
from bot.policy.rules import Rules
from bot.store.port import Store

KEPT: Final = 8
"""Results that are kept in case the round that posts them has to be repeated."""
TRIES: Final = 2
LOOK: Final = timedelta(minutes=1)
"""It looks at least so often: the clock may be set, and the times of digests too."""

_log = structlog.get_logger(__name__)


class Reports:
    """Draws what is requested, and schedules digests, until cancelled.

    Args:
        store: where rows and wishes are.
        groups: where the desk is.
        clock: tells the time and waits for it.
    """

    def __init__(self, store: Store, groups: Groups, clock: Clock) -> None:
        self._store = store
        self.in_force = InForce()
        self._groups = groups
        self._clock = clock
        self.wake: Callable[[], None] = lambda: None
        """Tells the clerk that there is a wish."""
        self._room = DrawingRoom()
        self._sketches: OrderedDict[ReportWanted, Sketch] = OrderedDict()
        self._under_way: dict[ReportWanted, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._kept: frozenset[str] = frozenset()
        """Digests and looks at limits that are known to be rows."""

    @property
    def drawing(self) -> bool:
        """Whether anything is being drawn."""
        return bool(self._under_way)

    # -- for the clerk

    def waits(self, row: InboxRow, then: Callable[[], None]) -> bool:
        """Whether this row must wait for its pictures; `then` is called when they are ready."""
        if row.arrival.source != SOURCE:
            return False
        try:
            wanted = decode_event(row.arrival.body)
        except EventUnreadable:
            return False
        if not isinstance(wanted, ReportWanted) or wanted.kind == MISSED or wanted in self._sketches:
            return False
        if wanted not in self._under_way:
            task = asyncio.create_task(self._sketch(wanted), name="drawing")
            task.add_done_callback(lambda _: then())
            self._under_way[wanted] = task
        return True

    def sketch(self, wanted: ReportWanted) -> Sketch:
        """What was drawn for this request."""
        return self._sketches.get(wanted, Sketch(failed=True))

    # -- drawing

    async def _sketch(self, wanted: ReportWanted) -> None:
        found = Sketch(failed=True)
        try:
            for _ in range(TRIES):
                found = await self._drawn(wanted)
                if not found.failed:
                    break
        finally:
            del self._under_way[wanted]
        self._sketches[wanted] = found
        while len(self._sketches) > KEPT:
            self._sketches.popitem(last=False)

    async def _drawn(self, wanted: ReportWanted) -> Sketch:
        now = self._clock.now()
        try:
            await self._room.set_up()
            measures = await measures_of(self._store, self.in_force.rules, now)
            await bring_up_to_date(self._store, measures)
            order = await self._order(wanted, now)
            answer = await self._room.draw(order, self._pages(wanted, order))
            more, said = await self._standing(wanted, answer, now), await self._voices(answer)
        except ComplaintError as error:
            _log.warning("report_not_drawn", reason=str(error), kind=wanted.kind)
            return Sketch(failed=True)
        brand = brand_of(wanted, self.in_force.rules).branch
        pictures = tuple(
            Shown(name=one.name, content=one.png, numbers=one.numbers) for one in answer.pictures
        )
        return Sketch(
            cases=answer.cases,
            pictures=pictures,
            digest={**answer.digest, **more},
            voices=said,
            crossed=tuple(replace(one, brand=brand) for one in answer.crossed),
        )

    def _pages(self, wanted: ReportWanted, order: Order) -> AsyncIterator[list[str]]:
        zone = self.in_force.rules.clock
        first = datetime.combine(wanted.first, datetime.min.time(), zone)
        until = datetime.combine(wanted.until, datetime.min.time(), zone)
        length = until - first if order.compared else timedelta(0)
        since = first - (length if wanted.kind in (REPORT, OWN) else LOOKED_BACK)
        return self._store.booked(since, until)

    async def _order(self, wanted: ReportWanted, now: datetime) -> Order:
        rules, catalogue = self.in_force.rules, self.in_force.catalogue
        if catalogue is None:
            raise NotDrawn("nothing is in force yet")
        return await order_of(wanted, rules, catalogue, await self._marks(wanted), now)

    async def _marks(self, wanted: ReportWanted) -> list[Mark]:
        """How cases of the samples of these days were handled, as far as it was told since (S103)."""
        days = range(-MARKED_LATER, (wanted.until - wanted.first).days)
        return await self._store.marks(sorted({week_of(wanted.first + timedelta(days=one)) for one in days}))

    async def _standing(self, wanted: ReportWanted, answer: Answer, now: datetime) -> dict[str, int]:
        """For a digest: what is open and overdue at this moment, however old it is."""
        if not answer.digest:
            return {}
        if wanted.brand:
            # it is known of the desk as a whole alone
            return {"open": 0, "overdue": 0}
        found = await self._store.condition(now)
        return {"open": sum(one.count for one in found.cases), "overdue": found.promises_overdue}

    async def _voices(self, answer: Answer) -> tuple[str, ...]:
        numbers = [CaseNo(one) for one in answer.digest.get("quotable", ())]
        if not numbers:
            return ()
        state = await self._store.state(chats=[], cases=numbers, threads=[])
        return voices(state.cases[one] for one in numbers if one in state.cases)

    # -- digests

    async def run(self) -> None:
        """Keep the times of digests until cancelled; then put the easel away."""
        try:
            while True:
                self._changed.clear()
                await self._keep_due()
                now = self._clock.now()
                times = (self._next(own, now) for own in brands(self.in_force.rules))
                await self._clock.wait(min([now + LOOK, *(one for one in times if one)]), self._changed)
        finally:
            for one in self._under_way.values():
                one.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)
            await self._room.close()

    async def _keep_due(self) -> None:
        """Every digest and look whose time has come becomes a row; there is one, whoever looks and however often."""
        of_each = [await self._keep_of(own) for own in brands(self.in_force.rules)]
        self._kept = frozenset().union(*of_each)

    async def _keep_of(self, own: Rules) -> set[str]:
        """The keys of the rows that are due of one brand, all of them kept."""
        due = overdue_digests(own.digest, own.hours, self._local(own))
        for one in due:
            if _key(one, own) not in self._kept:
                first = await self._since(one, own)
                await self._keep(self._digest(one, own, one.kind.value, first))
        look = look_due(own, self._clock.now(), self._chat(own))
        if look is not None and look.key not in self._kept:
            await self._keep(look)
        return {_key(one, own) for one in due} | ({look.key} if look is not None else set())

    async def _keep(self, row: Arrival) -> None:
        if await self._store.keep([row]):
            self.wake()

    async def _since(self, due: DigestDue, own: Rules) -> date:
        """The first day of a digest: it also covers daily ones missed while the bot was down.

        They leave rows that say nothing. Where none of a week is known, the house is new, and has missed none.
        """
        first = due.first
        for one in missed_before(due, own.digest, own.hours):
            if not await self._store.keep([self._digest(one, own, MISSED, one.first)]):
                return first
            first = one.first
        return due.first

    def _digest(self, due: DigestDue, own: Rules, kind: str, first: date) -> Arrival:
        wanted = ReportWanted(
            at=self._clock.now(),
            chat=self._chat(own),
            kind=kind,
            first=first,
            until=due.until,
            brand=own.branch,
        )
        return arrival_of(wanted, _key(due, own))

    def _chat(self, own: Rules) -> ChatId:
        """Where a brand reads its digest: at the desk of its own, if its common queue has one."""
        desk = own.queue(Queue.GENERAL).desk if own.branch else None
        return self._groups.now(desk) if desk is not None else self._groups.common

    def _next(self, own: Rules, now: datetime) -> datetime | None:
        return next_digest(own.digest, own.hours, now.astimezone(own.clock))

    def _local(self, own: Rules) -> datetime:
        return self._clock.now().astimezone(own.clock)


def _key(due: DigestDue, own: Rules) -> str:
    """One digest a day of each kind and each brand that has its own."""
    return f"{due.key}/{own.branch}" if own.branch else due.key
