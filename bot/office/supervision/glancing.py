"""The figures of the supervisor's page, computed at most once a minute."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.insight.frame import Figure, Period
from bot.insight.glance import Glance, glance
from bot.office.booking.bookkeeping import facts_between, measures_of
from bot.office.clock import Clock
from bot.policy.rules import Rules
from bot.store.port import Store

FRESH: Final = timedelta(minutes=1)
SPANS: Final = (7, 30)
"""Days, today among them."""


@dataclass(slots=True)
class Glances:
    """Caches the figures; requests during a computation share its result."""

    store: Store
    clock: Clock
    _made: dict[int, tuple[datetime, Mapping[str, Any]]] = field(default_factory=dict)
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, days: int, rules: Rules) -> Mapping[str, Any]:
        """The figures of the last days.

        Raises:
            StoreUnusable: the database cannot be read.
        """
        async with self._making:
            now = self.clock.now()
            known = self._made.get(days)
            if known is not None and timedelta(0) <= now - known[0] < FRESH:
                return known[1]
            until = now.astimezone(rules.clock).date() + timedelta(days=1)
            period = Period(first=until - timedelta(days=days), until=until, zone=rules.clock)
            measures = await measures_of(self.store, rules, now)
            since = period.start - timedelta(days=days)
            facts = await facts_between(self.store, measures, since, period.end)
            made = {"now": now, **_told(await asyncio.to_thread(glance, facts, period), days)}
            self._made[days] = (now, made)
            return made


def _told(seen: Glance, days: int) -> Mapping[str, Any]:
    return {
        "days": days,
        "figures": [_figure(now, then) for now, then in seen.figures],
        "by_day": [{"day": day, "opened": opened, "closed": closed} for day, opened, closed in seen.days],
        "categories": [{"name": one.name, "cases": one.cases, "vital": one.vital} for one in seen.categories],
        "promises": [{"name": name, "count": number} for name, number in seen.fates],
    }


def _figure(now: Figure, then: Figure | None) -> dict[str, Any]:
    return {
        "name": now.name,
        "value": now.value,
        "n": now.n,
        "few": now.hidden,
        "unit": now.unit.value,
        "before": then.value if then is not None else None,
    }
