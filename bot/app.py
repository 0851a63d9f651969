"""The composition root: builds every part, connects them, starts them, and shuts them down in order."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId
from bot.config import Settings
from bot.office.bell import Bell
from bot.office.booking.ledger import Ledger
from bot.office.clock import Clock, WallClock
from bot.office.duty import Duty, Work
from bot.office.evidence.archive import Archivist
from bot.office.evidence.transcribing import scribe_of
from bot.office.fittings import Fittings
from bot.office.groups import Groups
from bot.office.heartbeat import Heartbeat
from bot.office.house import House
from bot.office.incoming.polling import PollingIntake
from bot.office.incoming.receiving import Receiving
from bot.office.incoming.tray import tray_for
from bot.office.incoming.webhook import WebhookIntake
from bot.office.introducing import introduce
from bot.office.lookup.numbers import random_digits
from bot.office.lookup.reading_room import Reads
from bot.office.outage import Outage, steady
from bot.office.outgoing.courier import Courier
from bot.office.outgoing.couriers import Couriers
from bot.office.outgoing.pacing import Limits
from bot.office.outgoing.second_look import SecondLook
from bot.office.phrases import load_catalogue
from bot.office.reports.reports import Reports
from bot.office.standby import Standby, Words
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
from bot.store import Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.parsing import Identity
from bot.telegram.premises import Premises
from bot.wording.catalogue import Catalogue

if TYPE_CHECKING:
    from bot.front import Front, Meters

__all__ = ["OWN_SEAMS", "House", "Seams", "open_house"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seams:
    """What tests may replace: clock, rate limits, random numbers; and what several bots in one process share."""

    clock: Clock = field(default_factory=WallClock)
    limits: Limits | None = None
    digits: Callable[[], int] = random_digits
    jitter: Callable[[], float] = random.random
    catalogue: Catalogue | None = None
    reader: Reads | None = None


OWN_SEAMS: Final = Seams()


@asynccontextmanager
async def open_house(settings: Settings, rules: Rules, seams: Seams = OWN_SEAMS) -> AsyncIterator[House]:
    """Build and connect all parts; at the end, close the store and all connections.

    Raises:
        SettingsWrong: a setting, the brand file, a reply or the desk is wrong; the message says what to do.
        StoreUnusable: the database cannot be opened.
    """
    catalogue = seams.catalogue or load_catalogue(rules, settings.replies)
    reader = seams.reader or Reader(built_in_cues())
    vitals = Vitals(seams.clock, meters := _meters(settings))
    address, outage = Address(settings.api_url, settings.needed_token), Outage(seams.clock)
    async with (
        _home(settings.database, address.bot_id) as store,
        Telegram(address, listens=vitals) as telegram,
        second_opinion(reader, settings, rules.clock, seams.clock.now) as second,
    ):
        desk, now, worked = settings.needed_desk, seams.clock.now, partial(_has_worked, store)
        us, found = await introduce(telegram, desk, catalogue, rules, now, worked)
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
        given = _Given(settings, seams, vitals, meters, second, store, standby)
        house = _build(given, fittings, telegram, us, *fittings.counter(rules, catalogue))
        try:
            yield house
        finally:
            house.shut()


@asynccontextmanager
async def _home(database: str, bot: int) -> AsyncIterator[Store]:
    """The database, in which no other bot works; closed in the end."""
    store = await open_store(database)
    try:
        await store.move_in(bot)
        yield store
    finally:
        await store.close()


async def _has_worked(store: Store) -> bool:
    """Whether there is any case."""
    async for _ in store.cases():
        return True
    return False


def _meters(settings: Settings) -> "Meters | None":
    """The metrics, if anything listens."""
    if not settings.listens:
        return None
    from bot.front import Meters  # noqa: PLC0415 - who listens nowhere needs none of it

    return Meters()


@dataclass(frozen=True, slots=True)
class _Given:
    """What the parts are built from."""

    settings: Settings
    seams: Seams
    vitals: Vitals
    meters: "Meters | None"
    ahead: ReadsAhead | None
    store: Store
    """The plain store, which reports an outage at once."""
    standby: Standby


def _build(
    given: _Given, fittings: Fittings, telegram: Telegram, us: Identity, counter: Counter, ledger: Ledger
) -> House:
    """All parts, connected: each wakes the next. The clerk is built late, so it is woken through a lambda."""
    store, groups, clock = fittings.store, fittings.groups, given.seams.clock
    couriers = _couriers(given, fittings, telegram, lambda: clerk.wake())  # noqa: PLW0108
    watch = Watch(store, clock, lambda: clerk.wake())  # noqa: PLW0108
    scribe = scribe_of(fittings.in_force.rules.voice, store, clock)
    archivist = Archivist(store, telegram, clock, scribe=scribe, on_arrival=lambda: clerk.wake())  # noqa: PLW0108
    bell = Bell(couriers, watch, archivist, given.vitals)
    move, written, reports = partial(_move, fittings.premises, groups), bell.written, fittings.reports
    tray = tray_for(store, telegram, clock, brought=given.settings.webhook_url is not None)
    clerk = Clerk(store, counter, couriers, us, clock, tray, written, move, given.ahead, reports)
    reports.wake = clerk.wake
    intake = _intake(given, telegram, clerk)
    given.standby.outage.on_change(bell.look_round)
    brought = intake if isinstance(intake, WebhookIntake) else None
    hook = (lambda: brought.hook) if brought is not None else (lambda: None)
    caretaker = Caretaker(given.store, couriers, ledger, groups, clock, hook)
    still = Stillness(given.store, clock, caretaker.letters, couriers.post)
    at_once = (watch.run, archivist.run, caretaker.run, SecondLook(store, couriers, clock).run, still.run)
    return House(
        store=given.store,
        telegram=telegram,
        intake=intake,
        clerk=clerk,
        watch=watch,
        courier=couriers,
        archivist=archivist,
        caretaker=caretaker,
        standby=given.standby,
        duties=_duties(given, store, couriers, at_once, intake),
        heartbeat=Heartbeat(telegram, given.vitals, groups, us.bot_id, clock),
        hear=partial(bell.heard, clerk),
        front=_front(given, fittings, clerk, brought),
        fittings=fittings,
    )


def _duties(
    given: _Given,
    store: Store,
    couriers: Couriers,
    at_once: tuple[Work, ...],
    intake: PollingIntake | WebhookIntake,
) -> tuple[Duty, ...]:
    """What one replica at a time does: sending and, unless Telegram brings the updates, polling."""
    clock, back = given.seams.clock, given.standby.kept
    carrying = Duty(store, clock, "courier", at_once, last=couriers.work, heard=back)
    given.standby.leads = lambda: carrying.on
    if isinstance(intake, WebhookIntake):
        return (carrying,)
    polling = Duty(store, clock, "poller", (intake.run,), alone=intake.run, heard=back, beside=carrying)
    return (carrying, polling)


def _couriers(given: _Given, fittings: Fittings, telegram: Telegram, wake: Callable[[], None]) -> Couriers:
    groups, store, clock, jitter = fittings.groups, fittings.store, given.seams.clock, given.seams.jitter
    limits = given.seams.limits or replace(Limits(), per_second=given.settings.messages_per_second)

    def courier(telegram: Telegram) -> Courier:
        return Courier(store, telegram, limits, clock, jitter=jitter, on_arrival=wake, groups=groups)

    return Couriers(courier, telegram)


def _intake(given: _Given, telegram: Telegram, clerk: Clerk) -> PollingIntake | WebhookIntake:
    """Intake by webhook if the operator named its address, else by polling."""
    clock, came, standby = given.seams.clock, given.vitals.came, given.standby
    receiving = Receiving(given.store, telegram, clock, clerk.wake, came=came, standby=standby)
    url, secret = given.settings.webhook_url, given.settings.webhook_secret
    if url is None or secret is None:
        return PollingIntake(receiving)
    return WebhookIntake(receiving, url=url, secret=secret)


def _front(given: _Given, fittings: Fittings, clerk: Clerk, intake: WebhookIntake | None) -> "Front | None":
    """The HTTP front, if anything listens."""
    if given.meters is None:
        return None
    from bot.office import reception  # noqa: PLC0415 - as in `_meters`

    it, on, token = given.settings, given.settings.listen, given.settings.needed_token
    address = reception.Address(on.host, on.port, it.webhook_secret, token, it.api_url)
    parts = partial(reception.open_front, meters=given.meters, address=address, intake=intake)
    return parts(given.store, clerk, given.vitals, given.seams.clock, fittings=fittings)


def _move(premises: Premises, groups: Groups, old: ChatId, new: ChatId) -> None:
    premises.move(old, new)
    groups.move(old, new)
