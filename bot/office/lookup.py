"""What has to be known before the pure rooms are asked: orders, places in the queue, gestures, fresh numbers."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Situation
from bot.complaint.case import Case, Person
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import AgentReacted, AgentWrote, Event, Pressed, TopicChanged
from bot.complaint.ids import CaseNo, ChatId, UserId, case_no_from
from bot.complaint.reading import Reading
from bot.desk import stays_inside
from bot.office.counter_talks import may_hand_over
from bot.office.orders import OrderBook
from bot.office.worksheet import Worksheet
from bot.policy.calendar import waiting_minutes
from bot.policy.rules import Rules
from bot.store.port import Store

DeskEvent = AgentWrote | AgentReacted | TopicChanged | Pressed
BARGAINING: Final = (Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT)
CASE_NUMBERS: Final = 10_000_000
SPARES: Final = 2
"""Numbers drawn beyond those that a round can need: one or the other may be taken."""


def random_digits() -> int:
    """A number nobody can guess, below ten million."""
    return secrets.randbelow(CASE_NUMBERS)


IsMember = Callable[[UserId, ChatId], Awaitable[bool]]
"""Tells whether somebody belongs to one of the desk's groups."""


class Lookup:
    """Looks things up, for a round at once where it can.

    Args:
        store: what is kept.
        orders: the brand's order book.
        rules: the brand's rules.
        is_member: tells whether somebody belongs to one of the desk's groups.
        digits: gives digits for new case numbers.
    """

    def __init__(
        self,
        store: Store,
        orders: OrderBook,
        rules: Rules,
        is_member: IsMember,
        digits: Callable[[], int] = random_digits,
    ) -> None:
        self._store = store
        self._orders = orders
        self._rules = rules
        self._digits = digits
        self._is_member = is_member
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

    async def at_desk(
        self, event: DeskEvent, case: Case | None, sheet: Worksheet, arrived: datetime
    ) -> Situation:
        """All that one event at the desk needs: who acts with what rights, and what else concerns the case."""
        roster = await self._roster(sheet)
        return Situation(
            now=arrived,
            fresh_case_no=CaseNo(""),
            desk=sheet.desk,
            where=event.chat,
            thread=getattr(event, "thread", None),
            colleague=await self._colleague(event, roster),
            roster=roster,
            other_cases=await self._other_cases(event, case),
        )

    async def in_time(self, case: Case, sheet: Worksheet, arrived: datetime) -> Situation:
        """What a timer of the desk's needs: who could be called."""
        roster = await self._roster(sheet)
        where = case.desk or sheet.desk
        return Situation(now=arrived, fresh_case_no=CaseNo(""), desk=sheet.desk, where=where, roster=roster)

    async def _roster(self, sheet: Worksheet) -> Roster:
        """What the brand file says, what was set in the chat over it, and what this very round has set."""
        if sheet.roster is None:
            changed = {one.id: one for one in await self._store.roster()}
            sheet.roster = self._rules.roster().with_changes(changed)
        return sheet.roster.with_changes(sheet.colleagues) if sheet.colleagues else sheet.roster

    async def _colleague(self, event: DeskEvent, roster: Roster) -> Colleague | None:
        """Who acts; None if they do not belong to the group in which it happens."""
        sender: Person | None = getattr(event, "sender", None)
        if sender is None or not await self._is_member(sender.id, event.chat):
            return None
        known = roster.of(sender.id, sender.name)
        return known if known.name else replace(known, name=sender.name)

    async def _other_cases(self, event: DeskEvent, case: Case | None) -> tuple[Case, ...]:
        """The complainant's other cases of the period in which generosity is counted: asked for by acts alone."""
        acts = isinstance(event, Pressed) or (isinstance(event, AgentWrote) and stays_inside(event.text))
        if case is None or not acts:
            return ()
        since = event.at - timedelta(days=self._rules.caps.goodwill_days)
        return tuple(one for one in await self._store.cases_of(case.customer.id, since) if one.no != case.no)

    def bare(self, sheet: Worksheet, arrived: datetime) -> Situation:
        """The moment and the desk, where nothing else matters."""
        return Situation(now=arrived, fresh_case_no=CaseNo(""), desk=sheet.desk, where=sheet.desk)

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
