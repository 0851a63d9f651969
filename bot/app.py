"""The composition root: builds every part, connects them, starts them, and shuts them down in order."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import ChatId
from bot.config import Settings
from bot.office.bell import Bell
from bot.office.booking.ledger import Ledger
from bot.office.clock import Clock, WallClock
from bot.office.duty import Duty
from bot.office.evidence.archive import Archivist
from bot.office.evidence.transcribing import scribe_of
from bot.office.fittings import Fittings
from bot.office.groups import Groups
from bot.office.incoming.doorstep import Doorstep
from bot.office.incoming.intake import Intake
from bot.office.incoming.tray import tray_for
from bot.office.introducing import hang_menus, introduce
from bot.office.lookup.lookup import random_digits
from bot.office.lookup.reading_room import Reads
from bot.office.outage import Outage, steady
from bot.office.outgoing.courier import Courier
from bot.office.outgoing.couriers import Couriers
from bot.office.outgoing.pacing import Limits
from bot.office.outgoing.second_look import SecondLook
from bot.office.phrases import load_catalogue as load_catalogue  # noqa: PLC0414 - asked for here
from bot.office.reports.reports import Reports
from bot.office.standby import Standby, Words
from bot.office.touch import Touch
from bot.office.turns.ahead import ReadsAhead
from bot.office.turns.clerk import Clerk
from bot.office.turns.counter import Counter
from bot.office.turns.opinions import second_opinion
from bot.office.vitals import Vitals
from bot.office.watching.caretaker import Caretaker
from bot.office.watching.stillness import Stillness
from bot.office.watching.watch import Watch
from bot.policy.rules import Rules
from bot.reading import Reader, built_in_cues
from bot.store import News, Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.parsing import Identity
from bot.telegram.premises import Premises
from bot.wording.catalogue import Catalogue

if TYPE_CHECKING:
    from bot.front import Front, Meters

STOP_WITHIN = 5.0
"""Seconds that letters under way get when the house closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The running parts. `run` works until it is cancelled or a part fails."""

    store: Store
    telegram: Telegram
    intake: Intake | Doorstep
    clerk: Clerk
    watch: Watch
    courier: Couriers
    archivist: Archivist
    caretaker: Caretaker
    standby: Standby
    duties: tuple[Duty, ...]
    touch: Touch
    hear: Callable[[News], None]
    front: "Front | None"
    fittings: Fittings

    async def run(self) -> None:
        """Open for customers; if one part stops, all stop, and the first fault is told."""
        front = () if self.front is None else (self.front,)
        brings = (self.intake,) if isinstance(self.intake, Doorstep) else ()
        shared = (self.touch,) if self.store.shared else ()
        try:
            await self.fittings.store.listen(self.hear)
            async with asyncio.TaskGroup() as parts:
                always = (*self.duties, self.clerk, self.standby, self.fittings.reports)
                for part in (*always, *front, *brings, *shared):
                    parts.create_task(part.run(), name=type(part).__name__)
        except BaseExceptionGroup as group:
            raise _first(group) from None

    async def close(self) -> None:
        """Take nothing new in, finish what is under way, write down what came of it."""
        if self.front is not None:
            await self.front.stop()
        self.standby.outage.give_up()
        await self.courier.stop(STOP_WITHIN)

    def shut(self) -> None:
        """Whoever came by the front has gone."""
        if self.front is not None:
            self.front.close()

    async def renew(self, rules: Rules, catalogue: Catalogue) -> None:
        """Serve by these rules and words from the next row on; what is under way ends as it began.

        Raises:
            SettingsWrong: they name other groups of the desk, which takes a restart, or no usable order book.
            Unreachable: the new rules are in use, but Telegram did not take the menus.
        """
        if rules.desks() != self.fittings.desks:
            raise SettingsWrong(
                "COMPLAINT_BOT_BRAND: the queues have other groups than before. Restart the bot for that."
            )
        counter, ledger = await asyncio.to_thread(self.fittings.counter, rules, catalogue)
        self.clerk.adopt(counter)
        self.caretaker.adopt(ledger)
        self.standby.adopt(Words.of(catalogue, rules.languages))
        await hang_menus(self.telegram, catalogue, rules, self.fittings.groups)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    one: BaseException = group
    while isinstance(one, BaseExceptionGroup):
        one = one.exceptions[0]
    return one


def limits_for(settings: Settings) -> Limits:
    """What we hold ourselves to, at this bot's overall limit."""
    return replace(Limits(), per_second=settings.messages_per_second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seams:
    """Where a house touches what it does not decide: time, chance, pace, and what several houses may share."""

    clock: Clock = field(default_factory=WallClock)
    limits: Limits | None = None
    digits: Callable[[], int] = random_digits
    jitter: Callable[[], float] = random.random
    catalogue: Catalogue | None = None
    reader: Reads | None = None


OWN_SEAMS: Final = Seams()


@asynccontextmanager
async def open_house(settings: Settings, rules: Rules, seams: Seams = OWN_SEAMS) -> AsyncIterator[House]:
    """Furnish every room and connect them; closes the store and all connections at the end.

    Raises:
        SettingsWrong: a setting, the brand file, a reply or the desk is wrong; the message says what to do.
        StoreUnusable: the database cannot be opened.
    """
    catalogue = seams.catalogue or load_catalogue(rules, settings.replies)
    reader = seams.reader or Reader(built_in_cues())
    vitals = Vitals(seams.clock, meters := _meters(settings))
    store, outage = await open_store(settings.database), Outage(seams.clock)
    try:
        async with (
            Telegram(Address(settings.api_url, settings.needed_token), listens=vitals) as telegram,
            second_opinion(reader, settings, rules.clock, seams.clock.now) as second,
        ):
            us, found = await introduce(telegram, settings.needed_desk, catalogue, rules, seams.clock.now)
            await store.keep(found.arrivals)
            fittings = Fittings(
                store=(kept := steady(store, outage)),
                premises=vitals.tells(Premises(telegram, us.desk, seams.clock.now)),
                groups=found.groups,
                reader=second or reader,
                digits=seams.digits,
                desks=rules.desks(),
                bot_name=us.bot_name,
                page=us.page if settings.listens else "",
                reports=Reports(kept, found.groups, seams.clock),
                token=settings.needed_token,
            )
            words = Words.of(catalogue, rules.languages)
            standby = Standby(telegram, outage, words, lambda: found.groups.common, seams.clock)
            parts = _Parts(settings, seams, vitals, meters, second, store, standby)
            house = _furnish(parts, fittings, telegram, us, *fittings.counter(rules, catalogue))
            try:
                yield house
            finally:
                house.shut()
    finally:
        await store.close()


def _meters(settings: Settings) -> "Meters | None":
    """Counters, where somebody can look at them."""
    if not settings.listens:
        return None
    from bot.front import Meters  # noqa: PLC0415 - who listens nowhere needs none of it

    return Meters()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the furnishing of one house goes by."""

    settings: Settings
    seams: Seams
    vitals: Vitals
    meters: "Meters | None"
    ahead: ReadsAhead | None
    store: Store
    """The plain store, which reports an outage at once."""
    standby: Standby


def _furnish(
    by: _Parts, fittings: Fittings, telegram: Telegram, us: Identity, counter: Counter, ledger: Ledger
) -> House:
    """The parts that run, each waking the next: the clerk comes last and is named first."""
    store, groups, clock, back = fittings.store, fittings.groups, by.seams.clock, by.standby.kept
    couriers = _couriers(by, fittings, telegram, lambda: clerk.wake())  # noqa: PLW0108
    watch = Watch(store, clock, lambda: clerk.wake())  # noqa: PLW0108
    scribe = scribe_of(fittings.in_force.rules.voice, store, clock)
    archivist = Archivist(store, telegram, clock, scribe=scribe, on_arrival=lambda: clerk.wake())  # noqa: PLW0108
    bell = Bell(couriers, watch, archivist, by.vitals)
    move, written, reports = _mover(fittings.premises, groups), bell.written, fittings.reports
    tray, ahead = tray_for(store, telegram, clock, brought=by.settings.webhook_url is not None), by.ahead
    clerk = Clerk(store, counter, couriers, us, clock, tray, written, move, ahead, reports)
    reports.wake = clerk.wake
    intake = _intake(by, telegram, clerk)
    by.standby.outage.on_change(bell.look_round)
    brought = intake if isinstance(intake, Doorstep) else None
    hook = (lambda: brought.hook) if brought is not None else (lambda: None)
    caretaker = Caretaker(by.store, couriers, ledger, groups, clock, hook)
    still = Stillness(by.store, clock, caretaker.letters, couriers.post)
    at_once = (watch.run, archivist.run, caretaker.run, SecondLook(store, couriers, clock).run, still.run)
    carrying = Duty(store, clock, "courier", at_once, last=couriers.work, heard=back)
    polling = Duty(store, clock, "poller", (intake.run,), alone=intake.run, heard=back, beside=carrying)
    by.standby.leads = lambda: carrying.on
    return House(
        store=by.store,
        telegram=telegram,
        intake=intake,
        clerk=clerk,
        watch=watch,
        courier=couriers,
        archivist=archivist,
        caretaker=caretaker,
        standby=by.standby,
        duties=(carrying, polling) if brought is None else (carrying,),
        touch=Touch(telegram, by.vitals, groups, us.bot_id, clock),
        hear=partial(bell.heard, clerk),
        front=_front(by, fittings, clerk, brought),
        fittings=fittings,
    )


def _couriers(by: _Parts, fittings: Fittings, telegram: Telegram, wake: Callable[[], None]) -> Couriers:
    seams, groups, store = by.seams, fittings.groups, fittings.store
    limits = seams.limits or limits_for(by.settings)

    def courier(telegram: Telegram) -> Courier:
        return Courier(
            store, telegram, limits, seams.clock, jitter=seams.jitter, on_arrival=wake, groups=groups
        )

    return Couriers(courier, telegram)


def _intake(by: _Parts, telegram: Telegram, clerk: Clerk) -> Intake | Doorstep:
    """Updates are brought where the operator named an address for that, and fetched elsewhere."""
    settings, clock, came, standby = by.settings, by.seams.clock, by.vitals.came, by.standby
    if settings.webhook_url is None or settings.webhook_secret is None:
        return Intake(by.store, telegram, clock, clerk.wake, came=came, standby=standby)
    url, secret = settings.webhook_url, settings.webhook_secret
    return Doorstep(by.store, telegram, clock, clerk.wake, url=url, secret=secret, came=came, standby=standby)


def _front(by: _Parts, fittings: Fittings, clerk: Clerk, doorstep: Doorstep | None) -> "Front | None":
    """What listens, where anything does."""
    if by.meters is None:
        return None
    from bot.office import reception  # noqa: PLC0415 - as in `_meters`

    it, on, token = by.settings, by.settings.listen, by.settings.needed_token
    address = reception.Address(on.host, on.port, it.webhook_secret, token, it.api_url)
    parts = partial(reception.open_front, meters=by.meters, address=address, doorstep=doorstep)
    return parts(by.store, clerk, by.vitals, by.seams.clock, fittings=fittings)


def _mover(premises: Premises, groups: Groups) -> Callable[[ChatId, ChatId], None]:
    def move(old: ChatId, new: ChatId) -> None:
        premises.move(old, new)
        groups.move(old, new)

    return move
