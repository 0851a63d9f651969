"""Lookups for one event: orders, roster, other cases, places in the queue, fresh case numbers."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Situation
from bot.complaint.case import Case, Order, Person
from bot.complaint.colleagues import Colleague, Role, Roster
from bot.complaint.conversation import Conversation, Step
from bot.complaint.deskwork import Waiting
from bot.complaint.events import (
    AgentReacted,
    AgentWrote,
    Commanded,
    ContactChanged,
    CustomerWrote,
    Due,
    Event,
    Pressed,
    TopicChanged,
)
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, UserId
from bot.complaint.links import Link
from bot.complaint.reading import Reading
from bot.desk import named_number, stays_inside
from bot.dialogue.addressing import addressed, pointed_at
from bot.office.lookup.links import Links
from bot.office.lookup.numbers import CaseNumbers, random_digits
from bot.office.lookup.orders import OrderBook
from bot.office.lookup.readying import may_hand_over
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules
from bot.policy.several import OVER
from bot.reading.slots import number_alone
from bot.store.port import Store

DeskEvent = AgentWrote | AgentReacted | TopicChanged | Pressed
BARGAINING: Final = (Step.CLARIFYING, Step.WISH, Step.PROPOSING, Step.AGREEMENT)
LOOKED_BACK: Final = timedelta(days=730)
"""How far back a returning complainant's cases are looked up."""


def _calls_people(event: Event, case: Case | None) -> bool:
    """Whether colleagues may have to be mentioned, so that the roster is needed."""
    return case is not None and (isinstance(event, Due) or not case.is_open)


def _may_open(event: Event, talk: Conversation) -> bool:
    """Whether this event may open a second case in its chat."""
    if isinstance(event, Commanded):
        return event.name in ("new", "start") or talk.step in OVER
    if isinstance(event, Pressed):
        return event.data.startswith(("c|new|", "c|link_other|")) or talk.step in OVER
    return isinstance(event, CustomerWrote) and talk.step in OVER


def _answers_offer(event: Event) -> bool:
    """Whether this may accept an offer, so that all that was granted before is needed."""
    return isinstance(event, Pressed) and event.data.startswith("c|offer_")


IsMember = Callable[[UserId, ChatId], Awaitable[bool]]
"""Tells whether somebody belongs to one of the desk's groups."""


async def _nobody(_user: UserId, _chat: ChatId) -> bool:
    return False


class Lookup:
    """Looks things up, for a whole round at once where possible.

    Args:
        store: what is kept.
        orders: the brand's order book.
        rules: the brand's rules.
        is_member: tells whether somebody belongs to one of the desk's groups.
        digits: gives digits for new case numbers.
        is_creator: tells whether somebody made that group.
    """

    def __init__(
        self,
        store: Store,
        orders: OrderBook,
        rules: Rules,
        is_member: IsMember,
        digits: Callable[[], int] = random_digits,
        is_creator: IsMember | None = None,
    ) -> None:
        self._store = store
        self._orders = orders
        self._rules = rules
        self._case_numbers = CaseNumbers(digits)
        self.numbers = self._case_numbers.draw
        self.is_member = is_member
        self._is_creator = is_creator or _nobody
        self.page = ""
        """See `Situation.page`."""
        self.links, self.bot_name = Links(), ""

    async def for_round(self, sheet: Worksheet, now: datetime) -> None:
        """Look up for the whole round what bargaining needs."""
        self._case_numbers.looked_up(sheet.spares, lambda number: number in sheet.cases)
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
        """Everything that one event of a complainant needs."""
        link = self._link(event, talk)
        order = await self._order(event, reading, talk, link, case)
        line = await self._line(sheet) if may_hand_over(event, reading) else ()
        bargains = talk.step in BARGAINING or bool(reading and reading.remedy)
        used = await self._goodwill_used(case, sheet, arrived) if bargains and case is not None else 0
        return Situation(
            now=arrived,
            fresh_case_no=self._free_number(sheet),
            line=line,
            goodwill_used=used,
            desk=sheet.desk,
            order=order,
            link=link,
            other_cases=await self._others(event, talk, case, sheet),
            roster=await self._roster(sheet) if _calls_people(event, case) else Roster(),
        )

    async def _order(
        self, event: Event, reading: Reading | None, talk: Conversation, link: Link | None, case: Case | None
    ) -> Order | None:
        """The order that is named; or, while none is known, the one that a number standing alone fits."""
        order_no = link.order if link else next(iter(reading.order_numbers), None) if reading else None
        if order_no:
            return await self._orders.find(order_no)
        known = case is not None and case.facts.order is not None and talk.step not in OVER
        alone = number_alone(event.text) if isinstance(event, CustomerWrote) and not known else None
        return await self._orders.find(alone) if alone else None

    def _link(self, event: Event, talk: Conversation) -> Link | None:
        """The link that opened the chat, or an earlier one still to be assigned to a case."""
        if isinstance(event, Commanded) and event.name == "start":
            return self.links.read(event.argument)
        return talk.link if isinstance(event, Pressed) else None

    async def concerned(self, event: Event, sheet: Worksheet) -> list[CaseNo | None]:
        """The cases an event is about; blocking the bot concerns every open one."""
        talk = sheet.talk(event.chat)
        if isinstance(event, Due):
            return [event.case_no]
        if isinstance(event, ContactChanged):
            return [talk.case_no, *(one.case_no for one in talk.parked if one.step not in OVER)]
        place = pointed_at(event, talk)
        numbers = [one.case_no for one in (talk, *talk.parked) if one.case_no is not None]
        pointed = await self._store.case_of_message(place, numbers) if place is not None else None
        return [addressed(event, talk, pointed)]

    async def _others(
        self, event: Event, talk: Conversation, case: Case | None, sheet: Worksheet
    ) -> tuple[Case, ...]:
        """The complainant's other open cases; earlier ones too if a case may open."""
        if case is None or not (_may_open(event, talk) or talk.step is Step.OFFERED or _answers_offer(event)):
            return sheet.beside(talk, case)
        found = await self._store.cases_of(case.customer.id, event.at - LOOKED_BACK)
        for one in found:
            sheet.cases.setdefault(one.no, one)
        return tuple(sheet.cases[one.no] for one in found)

    async def at_desk(
        self, event: DeskEvent, case: Case | None, sheet: Worksheet, arrived: datetime
    ) -> Situation:
        """Everything that one event at the desk needs: the colleague, their rights, related cases."""
        roster = await self._roster(sheet)
        return Situation(
            now=arrived,
            fresh_case_no=CaseNo(""),
            desk=sheet.desk,
            where=event.chat,
            thread=getattr(event, "thread", None),
            colleague=await self._colleague(event, roster, sheet),
            roster=roster,
            page=self.page,
            other_cases=await self._other_cases(event, case, sheet),
            named_case=await self._named_case(event, sheet),
        )

    async def in_time(self, case: Case, sheet: Worksheet, arrived: datetime) -> Situation:
        """Everything that a timer of the desk needs."""
        roster = await self._roster(sheet)
        where = case.desk or sheet.desk
        return Situation(
            now=arrived,
            fresh_case_no=CaseNo(""),
            desk=sheet.desk,
            where=where,
            roster=roster,
            other_cases=sheet.beside(sheet.talk(case.chat), case),
        )

    async def with_roster(self, sheet: Worksheet, arrived: datetime) -> Situation:
        """The moment, the desk, and the roster."""
        return replace(self.bare(sheet, arrived), roster=await self._roster(sheet))

    async def _roster(self, sheet: Worksheet) -> Roster:
        """The roster: the brand file, changes set in the chat, and those of this round."""
        if sheet.roster is None:
            stored = {one.id: one for one in await self._store.roster()}
            sheet.roster = self._rules.roster().with_changes(stored)
        changed = sheet.changes.colleagues
        return sheet.roster.with_changes(changed) if changed else sheet.roster

    async def _colleague(self, event: DeskEvent, roster: Roster, sheet: Worksheet) -> Colleague | None:
        """The colleague who acts; None if they are not in the group.

        Whoever is seen for the first time is noted with their @name, so that others can name them. While nobody
        is a manager, the common desk's creator is: a fresh desk can give out its roles.
        """
        sender: Person | None = getattr(event, "sender", None)
        if sender is None or not await self.is_member(sender.id, event.chat):
            return None
        known = roster.of(sender.id)
        if not known.name or (sender.username and known.username != sender.username):
            known = replace(known, name=known.name or sender.name, username=sender.username or known.username)
            sheet.changes.colleagues[known.id] = known
        if not roster.at_least(Role.MANAGER) and await self._is_creator(sender.id, sheet.desk):
            return replace(known, role=Role.MANAGER)
        return known

    async def _named_case(self, event: DeskEvent, sheet: Worksheet) -> Case | None:
        """The case that a command or a button names beside its own, if there is one of that number."""
        number = named_number(event)
        if number is None or number in sheet.cases:
            return sheet.case(number)
        state = await self._store.state(chats=(), cases=(number,), threads=())
        sheet.cases |= state.cases
        return sheet.case(number)

    async def _other_cases(self, event: DeskEvent, case: Case | None, sheet: Worksheet) -> tuple[Case, ...]:
        """The complainant's cases that count towards generosity limits."""
        acts = isinstance(event, Pressed) or (isinstance(event, AgentWrote) and stays_inside(event.text))
        if case is None:
            return ()
        beside = {one.no: one for one in sheet.beside(sheet.talk(case.chat), case)}
        if acts:
            since = event.at - timedelta(days=self._rules.caps.goodwill_days)
            found = await self._store.cases_of(case.customer.id, since)
            beside |= {one.no: sheet.cases.get(one.no, one) for one in found if one.no != case.no}
        return tuple(sorted(beside.values(), key=lambda one: one.opened_at, reverse=True))

    def bare(self, sheet: Worksheet, arrived: datetime, case: Case | None = None) -> Situation:
        """The moment and the desk alone."""
        others = sheet.beside(sheet.talk(case.chat), case) if case is not None else ()
        return Situation(
            now=arrived, fresh_case_no=CaseNo(""), desk=sheet.desk, where=sheet.desk, other_cases=others
        )

    def _free_number(self, sheet: Worksheet) -> CaseNo:
        """A number that no case has; it stays the next one until a case takes it.

        Rows that are worked together get one each.
        """
        while sheet.spares and sheet.spares[0] in sheet.cases:
            del sheet.spares[0]
        if sheet.spares:
            if not sheet.together:
                return sheet.spares[0]
            sheet.promised.append(sheet.spares.pop(0))
            return sheet.promised[-1]
        # more were taken than were drawn; the store refuses a number that exists, and the row is tried again
        sheet.spares = self.numbers(len(sheet.spares) + 1)
        return self._free_number(sheet)

    async def _line(self, sheet: Worksheet) -> tuple[Waiting, ...]:
        if sheet.line is None:
            sheet.line = tuple(await self._store.waiting_for_people())
        return sheet.line

    async def _goodwill_used(self, case: Case, sheet: Worksheet, now: datetime) -> int:
        known = sheet.goodwill.get(case.customer.id)
        if known is not None:
            return known
        since = now - timedelta(days=self._rules.caps.goodwill_days)
        return await self._store.goodwill_since(case.customer.id, since)
