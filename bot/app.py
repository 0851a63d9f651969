"""The one place that wires: it furnishes the rooms, opens the house, and closes it again."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog

from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import ChatId
from bot.complaint.reading import Language
from bot.complaint.records import Round
from bot.config import Settings
from bot.office.archive import Archivist
from bot.office.clerk import Clerk, ReadsAhead
from bot.office.clock import Clock, WallClock
from bot.office.counter import Counter, Reads
from bot.office.courier import Courier
from bot.office.groups import Groups
from bot.office.intake import Intake
from bot.office.ledger import Ledger
from bot.office.lookup import Lookup, random_digits
from bot.office.orders import open_order_book
from bot.office.pacing import Limits
from bot.office.surveying import Survey, survey
from bot.office.watch import Watch
from bot.policy.rules import Rules
from bot.reading import Reader, built_in_cues
from bot.store import Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.parsing import House as Doorplate
from bot.telegram.premises import Premises, address_of, set_commands
from bot.telegram.troubles import Unreachable
from bot.wording.catalogue import Catalogue, our_replies
from bot.wording.voice import Voice

STOP_WITHIN = 5.0
"""Seconds that letters under way get when the house closes."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The running parts. `run` works until it is cancelled or a part fails."""

    store: Store
    telegram: Telegram
    intake: Intake
    clerk: Clerk
    watch: Watch
    courier: Courier
    archivist: Archivist

    async def run(self) -> None:
        """Open for customers; if one part stops, all stop, and the first fault is told."""
        try:
            async with asyncio.TaskGroup() as parts:
                for part in (self.courier, self.clerk, self.watch, self.archivist, self.intake):
                    parts.create_task(part.run(), name=type(part).__name__)
        except BaseExceptionGroup as group:
            raise _first(group) from None

    async def close(self) -> None:
        """Take nothing new in, finish what is under way, write down what came of it."""
        await self.courier.stop(STOP_WITHIN)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    one: BaseException = group
    while isinstance(one, BaseExceptionGroup):
        one = one.exceptions[0]
    return one


def voice_of(rules: Rules) -> Voice:
    """The brand's own words, as every reply may use them."""
    spoken = (Language.ZH, Language.EN)
    hours = {language.value: rules.hotline_times(language) for language in spoken}
    names = {language.value: rules.brand(language) for language in spoken}
    return Voice(brand=names, hotline=rules.hotline, hours=hours, zone=rules.zone, currency=rules.currency)


def load_catalogue(rules: Rules, override: Path | None) -> Catalogue:
    """Every reply: the brand's own folder first, ours behind it."""
    folders = [override, our_replies()] if override is not None else [our_replies()]
    return Catalogue.load(folders, voice_of(rules))


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


class _SecondReader(Reads, ReadsAhead, Protocol):
    """Reads, and reads ahead."""


@asynccontextmanager
async def _second_reader(
    first: Reads, settings: Settings, rules: Rules, now: Callable[[], datetime]
) -> AsyncIterator[_SecondReader | None]:
    """A model beside the built-in reader, where one is named; its rooms are entered only then."""
    if settings.model_url is None or settings.model is None:
        yield None
        return
    from bot.model import Endpoint  # noqa: PLC0415 - who names no model needs none of it
    from bot.office.second_reader import open_second_reader  # noqa: PLC0415 - as above

    endpoint = Endpoint(
        url=settings.model_url, model=settings.model, key=settings.model_key, seconds=settings.model_seconds
    )
    async with open_second_reader(first, endpoint, settings.model_daily, rules.clock, now) as second:
        yield second


@asynccontextmanager
async def open_house(settings: Settings, rules: Rules, seams: Seams | None = None) -> AsyncIterator[House]:
    """Furnish every room and connect them; closes the store and all connections at the end.

    Raises:
        SettingsWrong: a setting, the brand file, a reply or the desk is wrong; the message says what to do.
        StoreUnusable: the database cannot be opened.
    """
    seams = seams or Seams()
    catalogue = seams.catalogue or load_catalogue(rules, settings.replies)
    reader = seams.reader or Reader(built_in_cues())
    orders = open_order_book(rules.orders)
    address = Address(settings.api_url, settings.needed_token)
    store = await open_store(settings.database)
    try:
        async with (
            Telegram(address) as telegram,
            _second_reader(reader, settings, rules, seams.clock.now) as second,
        ):
            plate, found = await _introduce(telegram, settings.needed_desk, catalogue, rules, seams.clock.now)
            await store.keep(found.arrivals)
            premises, groups = Premises(telegram, plate.desk, seams.clock.now), found.groups
            ledger = Ledger(catalogue, rules, groups, store.letter_ids)
            lookup = Lookup(store, orders, rules, premises.is_member, seams.digits, premises.is_creator)
            counter = Counter(store, second or reader, lookup, ledger, rules, groups)

            yield _furnish(
                store,
                telegram,
                counter,
                plate,
                groups=groups,
                move=_mover(premises, groups),
                ahead=second,
                limits=seams.limits or limits_for(settings),
                seams=seams,
            )
    finally:
        await store.close()


def _mover(premises: Premises, groups: Groups) -> Callable[[ChatId, ChatId], None]:
    def move(old: ChatId, new: ChatId) -> None:
        premises.move(old, new)
        groups.move(old, new)

    return move


def _furnish(  # noqa: PLR0913 - all that the parts are made of
    store: Store,
    telegram: Telegram,
    counter: Counter,
    plate: Doorplate,
    *,
    groups: Groups,
    move: Callable[[ChatId, ChatId], None],
    ahead: ReadsAhead | None,
    limits: Limits,
    seams: Seams,
) -> House:
    """The parts that run, each waking the next: the clerk comes last and is named first."""
    clock = seams.clock
    courier = Courier(
        store,
        telegram,
        limits,
        clock,
        jitter=seams.jitter,
        on_arrival=lambda: clerk.wake(),  # noqa: PLW0108
        groups=groups,
    )
    watch = Watch(store, clock, lambda: clerk.wake())  # noqa: PLW0108
    archivist = Archivist(store, telegram, clock)
    on_written = partial(_wake, watch, archivist)
    clerk = Clerk(store, counter, courier, plate, clock, on_written=on_written, moved=move, ahead=ahead)
    return House(
        store=store,
        telegram=telegram,
        intake=Intake(store, telegram, clock, clerk.wake),
        clerk=clerk,
        watch=watch,
        courier=courier,
        archivist=archivist,
    )


def _wake(watch: Watch, archivist: Archivist, written: Round) -> None:
    """Who has work by what the clerk has written."""
    if written.timers:
        watch.look()
    if written.files:
        archivist.wake()


async def _introduce(
    telegram: Telegram, desk: ChatId, catalogue: Catalogue, rules: Rules, now: Callable[[], datetime]
) -> tuple[Doorplate, Survey]:
    """Ask who we are, look whether the desk can work, hang up the menu; waits for Telegram as long as it takes."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await _look_around(telegram, desk, catalogue, rules, now)
        except Unreachable as error:
            if pause == FIRST_PAUSE:
                _log.warning("telegram_unreachable", api=telegram.address.api_url, reason=error.detail)
            await asyncio.sleep(max(pause, error.wait.total_seconds()))
            pause = min(pause * 2, LONGEST_PAUSE)


async def _look_around(
    telegram: Telegram, desk: ChatId, catalogue: Catalogue, rules: Rules, now: Callable[[], datetime]
) -> tuple[Doorplate, Survey]:
    bot_id, name = await telegram.me()
    named, desk = desk, await address_of(telegram, desk)
    problems = await Premises(telegram, desk, now).findings(bot_id)
    if problems:
        raise SettingsWrong(f"COMPLAINT_BOT_DESK: {' '.join(problems)}")
    found = await survey(telegram, desk, rules, bot_id, now)
    groups = {found.groups.place(one) for one in rules.desks()} - {desk}
    for language in (*rules.languages, None):
        spoken = language or rules.languages[0]
        await set_commands(telegram, catalogue.commands(spoken), language)
        for group in (desk, *groups):
            await set_commands(telegram, catalogue.commands(spoken, desk=True), language, group)
    others = {named, *rules.desks(), *(found.groups.now(one) for one in rules.desks())}
    plate = Doorplate(desk=desk, bot_id=bot_id, bot_name=name, other_desks=frozenset(others - {desk}))
    return plate, found
