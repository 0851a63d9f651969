"""Reports: what is asked to be drawn waits in the inbox, and is drawn beside the clerk; digests come at their time.

A wish is a row of the inbox like any other. The clerk leaves it until its pictures are there, and books them with the
row in one transaction: after a crash it is drawn once more, and shown once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

import structlog

from bot.complaint.errors import ComplaintError, SettingsWrong
from bot.complaint.events import ReportWanted
from bot.complaint.ids import CaseNo
from bot.complaint.lessons import Mark
from bot.complaint.reading import Language
from bot.complaint.records import Arrival, InboxRow
from bot.desk.reporting import LIMITS, MISSED, OWN, REPORT, Shown, Sketch
from bot.desk.voices import voices
from bot.insight.digest import LOOKED_BACK
from bot.insight.samples import MARKED_LATER, week_of
from bot.insight.volumes import Active, Shipment, WrongLine, shipments, users
from bot.office.bookkeeping import bring_up_to_date, measures_of, product_key
from bot.office.clock import Clock
from bot.office.crossings import look_due
from bot.office.drawing import DrawingRoom, NotDrawn
from bot.office.easel_orders import Answer, Order
from bot.office.groups import Groups
from bot.office.in_force import InForce
from bot.office.post import EventUnreadable, decode_event
from bot.office.wishes import SOURCE, arrival_of
from bot.policy.digests import DigestDue, missed_before, next_digest, overdue_digests
from bot.policy.rules import Rules
from bot.store.port import Store

COMPARED: Final = 92
"""Periods of so many days, or fewer, are compared with the time before."""
KEPT: Final = 8
"""Sketches that are kept, should the round that shows them have to be worked once more."""
TRIES: Final = 2
LOOK: Final = timedelta(minutes=1)
"""It looks at least so often: the clock may be set, and the times of digests too."""

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """What was shipped and who uses it, as the brand's files tell."""

    shipped: Sequence[Shipment] = ()
    active: Sequence[Active] = ()


class Reports:
    """Draws what waits, and keeps the times of digests, until cancelled.

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
        """Digests that are known to be rows."""
        self._looked = ""
        """The look at limits that is known to be one."""

    @property
    def drawing(self) -> bool:
        """Whether anything is being drawn."""
        return bool(self._under_way)

    # -- for the clerk

    def waits(self, row: InboxRow, then: Callable[[], None]) -> bool:
        """Whether this row has to wait until its pictures are drawn; `then` is called when they are."""
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
        """What was drawn for this wish."""
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
            measures = await measures_of(self._store, self.in_force.rules, now)
            await bring_up_to_date(self._store, measures)
            order = await self._order(wanted, now)
            answer = await self._room.draw(order, self._pages(wanted, order))
            more, said = await self._standing(answer, now), await self._voices(answer)
        except ComplaintError as error:
            _log.warning("report_not_drawn", reason=str(error), kind=wanted.kind)
            return Sketch(failed=True)
        pictures = tuple(
            Shown(name=one.name, content=one.png, numbers=one.numbers) for one in answer.pictures
        )
        return Sketch(
            cases=answer.cases,
            pictures=pictures,
            digest={**answer.digest, **more},
            voices=said,
            crossed=tuple(answer.crossed),
        )

    def _pages(self, wanted: ReportWanted, order: Order) -> AsyncIterator[list[str]]:
        zone = self.in_force.rules.clock
        first = datetime.combine(wanted.first, datetime.min.time(), zone)
        until = datetime.combine(wanted.until, datetime.min.time(), zone)
        length = until - first if order.compared else timedelta(0)
        since = first - (length if wanted.kind in (REPORT, OWN) else LOOKED_BACK)
        return self._store.booked(since, until)

    async def _order(self, wanted: ReportWanted, now: datetime) -> Order:
        rules, language = self.in_force.rules, wanted.language or self.in_force.rules.languages[0]
        catalogue = self.in_force.catalogue
        if catalogue is None:
            raise NotDrawn("nothing is in force yet")
        terms = catalogue.shelf(language, desk=True).lexicon.terms
        volumes = await asyncio.to_thread(volumes_of, rules)
        names = {**_names(terms), **_brand_names(rules, language)} if wanted.kind != LIMITS else {}

        def called(product: str) -> str:
            key = product_key(rules, product)
            return str(names.get("product", {}).get(key, key))

        return Order(
            kind=wanted.kind,
            first=wanted.first,
            until=wanted.until,
            zone=rules.zone,
            now=now,
            texts=_words(terms, "picture"),
            names=names,
            currency=catalogue.shelf(language).spelling.amount(0).removesuffix("0"),
            brand=rules.brand(language),
            product=wanted.product,
            agent=wanted.asker or 0,
            shipped=[replace(one, product=called(one.product)) for one in volumes.shipped],
            active=list(volumes.active),
            marks=await self._marks(wanted),
            limit=rules.ppm.limit,
            limits={called(key): limit for key, limit in rules.ppm.products.items()},
            compared=(wanted.until - wanted.first).days <= COMPARED,
        )

    async def _marks(self, wanted: ReportWanted) -> list[Mark]:
        """How cases of the samples of these days were handled, as far as it was told since (S103)."""
        days = range(-MARKED_LATER, (wanted.until - wanted.first).days)
        return await self._store.marks(sorted({week_of(wanted.first + timedelta(days=one)) for one in days}))

    async def _standing(self, answer: Answer, now: datetime) -> dict[str, int]:
        """For a digest: what is open and overdue at this moment, however old it is."""
        if not answer.digest:
            return {}
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
                due = next_digest(self.in_force.rules.digest, self.in_force.rules.hours, self._local(now))
                await self._clock.wait(min(due or now + LOOK, now + LOOK), self._changed)
        finally:
            for one in self._under_way.values():
                one.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)
            await self._room.close()

    async def _keep_due(self) -> None:
        """Every digest and look whose time has come becomes a row; there is one, whoever looks and however often."""
        now = self._clock.now()
        due = overdue_digests(self.in_force.rules.digest, self.in_force.rules.hours, self._local(now))
        for one in due:
            if one.key not in self._kept:
                first = await self._since(one)
                if await self._store.keep([self._digest(one, one.kind.value, first)]):
                    self.wake()
        self._kept = frozenset(one.key for one in due)
        look = look_due(self.in_force.rules, now, self._groups.common)
        if look is not None and look.key != self._looked and await self._store.keep([look]):
            self.wake()
        self._looked = look.key if look is not None else ""

    async def _since(self, due: DigestDue) -> date:
        """From which day on it tells: those that never came while the house was down are told with it.

        They leave rows that say nothing. Where none of a week is known, the house is new, and has missed none.
        """
        first = due.first
        for one in missed_before(due, self.in_force.rules.digest, self.in_force.rules.hours):
            if not await self._store.keep([self._digest(one, MISSED, one.first)]):
                return first
            first = one.first
        return due.first

    def _digest(self, due: DigestDue, kind: str, first: date) -> Arrival:
        now, chat = self._clock.now(), self._groups.common
        return arrival_of(ReportWanted(at=now, chat=chat, kind=kind, first=first, until=due.until), due.key)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.in_force.rules.clock)


def volumes_of(rules: Rules) -> Volumes:
    """What the brand's files tell of what was shipped and who uses it; a file that is wrong tells nothing."""
    try:
        return read_volumes(rules)
    except SettingsWrong as error:
        _log.warning("volumes_unusable", reason=str(error))
        return Volumes()


def read_volumes(rules: Rules) -> Volumes:
    """What the brand's files tell of what was shipped and who uses it.

    Raises:
        SettingsWrong: a file cannot be read; the message names file and line.
    """
    return Volumes(shipped=_read(rules.shipments, shipments), active=_read(rules.users, users))


def _read(file: str, read: Callable[[list[str]], list[T]]) -> Sequence[T]:
    try:
        return read(Path(file).read_text(encoding="utf-8-sig").splitlines()) if file else ()
    except (WrongLine, OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"{file}: {error}") from None


def _words(terms: Mapping[str, object], group: str) -> dict[str, str]:
    found = terms.get(group, {})
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, Mapping) else {}


def _names(terms: Mapping[str, object]) -> dict[str, dict[str, str]]:
    return {group: _words(terms, group) for group in ("category", "month", "month_short")}


def _brand_names(rules: Rules, language: Language) -> dict[str, Any]:
    """What the brand calls its causes and products, by every name that a case may know them by."""
    products = {
        known: rules.product_name(one.key, language)
        for one in rules.products
        for known in (*one.words, one.key, *one.names.values())
    }
    return {"cause": {one.code: one.name(language) for one in rules.causes}, "product": products}
