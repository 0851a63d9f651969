"""`complaint-bot report`: computes the figures of a period from the database."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.commands.progress import Progress
from bot.commands.report_words import wording_of
from bot.complaint.errors import SettingsWrong
from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from bot.config import Settings
from bot.insight import volumes
from bot.insight.facts import CaseFacts
from bot.insight.figures import Around, report
from bot.insight.frame import Only, Period, Unit
from bot.insight.measures import Measures
from bot.insight.overview import course, volume
from bot.insight.periods import NoPeriod, period_before, period_of
from bot.insight.ppm import Fix, crossings
from bot.insight.samples import MARKED_LATER, week_of
from bot.insight.told import Told
from bot.insight.volumes import Active, Shipment, WrongLine
from bot.insight.worded import Wording
from bot.office.booking.bookkeeping import facts_between, measures_of
from bot.office.reports.report_orders import brands, read_volumes
from bot.policy.brand import product_key
from bot.policy.limits import PpmLimits
from bot.policy.rules import Rules
from bot.store import Store, open_store

DEFAULT_DAYS: Final = 30
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the report is about."""

    since: date | None = None
    until: date | None = None
    """The last day that counts."""
    period: str | None = None
    only: Only = field(default_factory=Only)
    shipments: Path | None = None
    users: Path | None = None
    brand: str | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The report, and the settings it was computed with."""

    told: Told
    period: Period
    before: Period
    only: Only
    made_at: datetime
    words: Wording
    language: Language
    brand: str


async def answer(settings: Settings, rules: Rules, asked: Asked, now: datetime) -> Answer:
    """Bring the rows of facts up to date, read those of the period, and compute the figures.

    Raises:
        SettingsWrong: a period, a filter or a CSV file is wrong; the sentence names it.
        StoreUnusable: the database cannot be read.
    """
    # nothing of this goes before the program does, and looking for what might takes a third of the time
    gc.disable()
    period = _period(asked, now.astimezone(rules.clock).date(), rules)
    own = _brand(asked, rules)
    whose = (own,) if asked.brand else brands(rules)
    around = _around(asked, whose)
    language = asked.language or rules.languages[0]
    only = replace(asked.only, product=asked.only.product and product_key(own.products, asked.only.product))
    only = replace(only, brand=own.brand(Language.EN) if asked.brand else None)
    before = period_before(period)
    store = await open_store(settings.database, create=False)
    try:
        measures = await measures_of(store, rules, now)
        around = replace(around, **await _learned(store, period))
        facts = await _read(store, measures, before.start, period.end)
        agents = await _agents(store, rules)
    finally:
        await store.close()
    return Answer(
        told=reckoned(facts, period, before, around, only, own.ppm),
        period=period,
        before=before,
        only=only,
        made_at=now.astimezone(rules.clock),
        words=wording_of(whose, language, settings.replies, agents),
        language=language,
        brand=own.brand(language),
    )


def _brand(asked: Asked, rules: Rules) -> Rules:
    """Whose rules count: those of the brand that is asked for, else the common ones."""
    own = rules.called(asked.brand) if asked.brand else rules
    if own is None:
        known = ", ".join(sorted({one.brand(Language.EN) for one in brands(rules)}))
        raise SettingsWrong(f"--brand: there is no {asked.brand}. Write one of: {known}.")
    return own


async def _agents(store: Store, rules: Rules) -> dict[str, str]:
    """The names of colleagues: as the brand file has them, and as the desk saw them last."""
    named = {str(one.id): one.name for one in rules.people}
    return named | {str(one.id): one.name for one in await store.roster() if one.name}


async def _learned(store: Store, period: Period) -> dict[str, Any]:
    """What was mended and since when, and how cases of the weekly samples were handled."""
    fixes = [
        Fix(product=one.product, cause=one.cause, since=one.in_force)
        for one in await store.lessons()
        if one.in_force is not None and one.product
    ]
    # a sample is scored in the weeks after its own
    days = range(-MARKED_LATER, (period.until - period.first).days)
    weeks = {week_of(period.first + timedelta(days=day)) for day in days}
    return {"fixes": fixes, "marks": await store.marks(sorted(weeks))}


async def _read(store: Store, measures: Measures, since: datetime, until: datetime) -> list[CaseFacts]:
    progress = Progress("facts")
    try:
        return await facts_between(store, measures, since, until, progress.told)
    finally:
        progress.done()


def reckoned(
    facts: Sequence[CaseFacts], period: Period, before: Period, around: Around, only: Only, limits: PpmLimits
) -> Told:
    """All figures of a period and of the one before it."""
    counted, around = only.of(facts), _of_product(around, only)
    now, then = report(counted, period, around), report(counted, before, around)
    products = {one.product for one in around.shipped}
    above = [one for one in now.figures if one.unit is Unit.PER_MILLION and one.name == "ppm_all"]
    return Told(
        report=now,
        before=then,
        volume=volume(counted, period),
        volume_before=volume(counted, before),
        course=course(counted, period),
        crossings=tuple(crossings(counted, above, {one: limits.of(one) for one in products}, period)),
        limits={one: limits.of(one) for one in products},
        shipped=_shipped(around.shipped, period),
    )


def _of_product(around: Around, only: Only) -> Around:
    return replace(around, shipped=[one for one in around.shipped if only.product in (None, one.product)])


def _shipped(shipped: Sequence[Shipment], period: Period) -> dict[tuple[str, ...], int]:
    units: Counter[tuple[str, ...]] = Counter()
    for one in shipped:
        if period.has_day(one.day):
            units[()] += one.units
            units[(one.product,)] += one.units
            if one.batch:
                units[(one.product, one.batch)] += one.units
    return dict(units)


def _period(asked: Asked, today: date, rules: Rules) -> Period:
    if asked.period is not None:
        if asked.since or asked.until:
            raise SettingsWrong("--period says all: leave --since and --until away.")
        try:
            return period_of(asked.period, today, rules.clock)
        except NoPeriod as wrong:
            raise SettingsWrong(f"--period: {wrong}") from None
    last = asked.until or max(today, asked.since or today)
    first = asked.since or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        raise SettingsWrong(f"--since {first} lies after --until {last}: give the earlier day first.")
    return Period(first=first, until=last + timedelta(days=1), zone=rules.clock)


def _around(asked: Asked, whose: Sequence[Rules]) -> Around:
    """What was shipped and who uses it: out of the files named now, else out of those that the brand files name."""
    shipped: list[Shipment] = _csv("--shipments", asked.shipments, volumes.shipments)
    active: list[Active] = _csv("--users", asked.users, volumes.users)
    theirs = [read_volumes(one) for one in whose]
    if asked.shipments is None:
        shipped = [one for each in theirs for one in each.shipped]
    if asked.users is None:
        active = [one for each in theirs for one in each.active]
    named = [replace(one, product=product_key(whose[0].products, one.product)) for one in shipped]
    return Around(shipped=named, active=active)


def _csv(option: str, path: Path | None, read: Callable[[Iterable[str]], list[T]]) -> list[T]:
    if path is None:
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return read(lines)
    except WrongLine as wrong:
        raise SettingsWrong(f"{option}: {path}, {wrong}") from None
    except UnicodeDecodeError:
        raise SettingsWrong(f"{option}: {path} is not UTF-8; save it as “CSV UTF-8”.") from None
    except OSError as wrong:
        raise SettingsWrong(f"{option}: {path} cannot be read ({wrong.strerror}).") from None
