"""What has to be known before the pure rooms are asked: orders, places in the queue, gestures, fresh numbers."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Situation
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import Event
from bot.complaint.ids import CaseNo, case_no_from
from bot.complaint.reading import Reading
from bot.office.counter_talks import may_hand_over
from bot.office.orders import OrderBook
from bot.office.worksheet import Worksheet
from bot.policy.calendar import waiting_minutes
from bot.policy.rules import Rules
from bot.store.port import Store

BARGAINING: Final = (Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT)
CASE_NUMBERS: Final = 10_000_000
SPARES: Final = 2
"""Numbers drawn beyond those that a round can need: one or the other may be taken."""


def random_digits() -> int:
    """A number nobody can guess, below ten million."""
    return secrets.randbelow(CASE_NUMBERS)


class Lookup:
    """Looks things up, for a round at once where it can.

    Args:
        store: what is kept.
        orders: the brand's order book.
        rules: the brand's rules.
        digits: gives digits for new case numbers.
    """

    def __init__(
        self, store: Store, orders: OrderBook, rules: Rules, digits: Callable[[], int] = random_digits
    ) -> None:
        self._store = store
        self._orders = orders
        self._rules = rules
        self._digits = digits
        self._drawn: dict[CaseNo, None] = {}

    def numbers(self, count: int) -> list[CaseNo]:
        """Numbers for so many new cases, and a few more; whether they are free is for the store to say.

        What was drawn and not used is drawn again.
        """
        while len(self._drawn) < count + SPARES:
            self._drawn.setdefault(case_no_from(self._digits()))
        return list(self._drawn)

    async def for_round(self, sheet: Worksheet, now: datetime) -> None:
        """Ask for the whole round what its bargaining needs: asked one by one, the asking costs most."""
        self._drawn = dict.fromkeys(sheet.spares)
        talks = [talk for talk in sheet.talks.values() if talk.case_no and talk.step in BARGAINING]
        cases = [sheet.cases[talk.case_no] for talk in talks if talk.case_no in sheet.cases]
        customers = list({case.customer.id for case in cases})
        since = now - timedelta(days=self._rules.caps.goodwill_days)
        used = await asyncio.gather(*(self._store.goodwill_since(one, since) for one in customers))
        sheet.goodwill.update(zip(customers, used, strict=True))

    async def situation(
        self,
        event: Event,
        reading: Reading | None,
        talk: Conversation,
        case: Case | None,
        sheet: Worksheet,
        arrived: datetime,
    ) -> Situation:
        """All that one event of a complainant's needs."""
        order_no = reading.slots.order_no[0] if reading and reading.slots.order_no else None
        order = await self._orders.find(order_no) if order_no else None
        ahead = await self._ahead(case) if may_hand_over(event, reading) else 0
        bargains = talk.step in BARGAINING or bool(reading and reading.remedy)
        used = await self._goodwill_used(case, sheet, arrived) if bargains and case is not None else 0
        return Situation(
            now=arrived,
            fresh_case_no=self._free_number(sheet),
            waiting_ahead=ahead,
            waiting_minutes=waiting_minutes(self._rules, ahead),
            goodwill_used=used,
            desk=sheet.desk,
            order=order,
        )

    def bare(self, sheet: Worksheet, arrived: datetime) -> Situation:
        """The moment and the desk, where nothing else matters."""
        return Situation(now=arrived, fresh_case_no=CaseNo(""), desk=sheet.desk)

    def _free_number(self, sheet: Worksheet) -> CaseNo:
        """A number that no case has; it stays the next one until a case takes it."""
        for number in sheet.spares:
            if number not in sheet.cases:
                return number
        # more were taken than were drawn; the store refuses a number that exists, and the row is tried again
        sheet.spares = self.numbers(len(sheet.spares) + 1)
        return self._free_number(sheet)

    async def _ahead(self, case: Case | None) -> int:
        waiting = await self._store.waiting_for_people()
        own = case.no if case is not None else None
        places = [number for number, _, _ in waiting]
        return places.index(own) if own in places else len(places)

    async def _goodwill_used(self, case: Case, sheet: Worksheet, now: datetime) -> int:
        known = sheet.goodwill.get(case.customer.id)
        if known is not None:
            return known
        since = now - timedelta(days=self._rules.caps.goodwill_days)
        return await self._store.goodwill_since(case.customer.id, since)
