"""Lookups for lists at the desk: a page, a case, a customer with their history."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.complaint.actions import Situation
from bot.complaint.boards import Hit, Hits
from bot.complaint.case import Case, Queue
from bot.complaint.colleagues import Specialty
from bot.complaint.deskwork import SealedDeed
from bot.complaint.events import Event
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, ThreadRef, UserId
from bot.complaint.records import Topic
from bot.desk.cases.privacy import EXPORT, MOST, SHOWN
from bot.desk.overview.enquiries import LISTS, NOTHING, PAGE, Ask, Found, asked, filter_of, number_in
from bot.office.groups import Groups
from bot.office.incoming.wishes import keep_wanted
from bot.office.lookup.lookup import IsMember
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules
from bot.reading.privacy import masked
from bot.store.port import Store
from bot.telegram.troubles import Unreachable

EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Before the first case of anybody."""


@dataclass(frozen=True, slots=True)
class Boards:
    """Looks up what was requested. Permission is checked before."""

    store: Store
    rules: Rules
    groups: Groups
    is_member: IsMember

    async def look_up(self, event: Event, situation: Situation, here: Case | None, sheet: Worksheet) -> Found:
        """What is asked to be seen, if anything is and by one of us; `here` is the case in whose topic it was asked."""
        ask = asked(event) if situation.colleague is not None else None
        if ask is None:
            await keep_wanted(self.store, event, situation, self.rules)
            return NOTHING
        if ask.kind in LISTS:
            return without_own(await self._list(ask, sheet, situation), self._lookers(ask, situation))
        if ask.kind == "case":
            return without_own(await self._one(ask, here, sheet), self._lookers(ask, situation))
        if ask.kind == "customer":
            return without_own(await self._customer(ask, here, sheet), self._lookers(ask, situation))
        if ask.kind == "access":
            return await self._access(ask, here, situation)
        return NOTHING

    @staticmethod
    def _lookers(ask: Ask, situation: Situation) -> frozenset[UserId]:
        """Who asked, and who turned the page."""
        return frozenset({ask.asker, situation.colleague.id if situation.colleague else ask.asker})

    async def _access(self, ask: Ask, here: Case | None, situation: Situation) -> Found:
        """Who looked at a case, or whom a colleague looked at; in a topic without words at its case."""
        number = number_in(ask.argument) if ask.argument else (here.no if here is not None else None)
        if number is not None:
            return Found(deeds=await self._seen_by(number))
        people = situation.roster.named(ask.argument) if ask.argument else ()
        if len(people) != 1:
            return Found(known=False)
        return Found(deeds=tuple(await self.store.last_deeds(by=people[0].id, acts=SHOWN, limit=MOST)))

    async def _seen_by(self, number: CaseNo) -> tuple[SealedDeed, ...]:
        """Who looked at a case, and who has taken out all cases since it was there: that is a line of none."""
        lines = await self.store.last_deeds(case_no=number, acts=SHOWN, limit=MOST)
        case = (await self.store.state(chats=[], cases=[number], threads=[])).cases.get(number)
        if case is None:
            return tuple(lines)
        outside = await self.store.last_deeds(by=UserId(0), acts=[EXPORT], limit=MOST)
        since = (one for one in outside if one.deed.case_no is None and one.deed.at >= case.opened_at)
        both = sorted((*lines, *since), key=lambda one: one.number, reverse=True)
        return tuple(both[:MOST])

    async def _list(self, ask: Ask, sheet: Worksheet, situation: Situation) -> Found:
        wanted = filter_of(ask, self.rules)
        if wanted is None:
            return Found()
        if wanted.person is None:
            wanted = replace(wanted, hidden=await self._hidden(ask.asker))
        own = dict.fromkeys(
            [no for one in self._lookers(ask, situation) for no in await self.store.about(one)]
        )
        wanted = replace(wanted, besides=tuple(own))
        trades = situation.roster.of(ask.asker).specialties
        wanted = replace(wanted, legal=Specialty.LEGAL in trades)
        page = ask.page
        hits = await self.store.search(wanted, offset=page * PAGE, limit=PAGE)
        if page and not hits.rows:
            # the list has become shorter since: its last page
            first = await self.store.search(wanted, offset=0, limit=PAGE)
            page = max(0, (first.total - 1) // PAGE)
            hits = await self.store.search(wanted, offset=page * PAGE, limit=PAGE) if page else first
        numbers = {one.case_no for one in hits.rows}
        hits = replace(hits, rows=tuple(_harmless(one) for one in hits.rows))
        cases = await self._cases(numbers, sheet)
        return Found(hits=hits, page=page, cases=cases, places=await self._places(cases))

    async def _hidden(self, asker: UserId) -> tuple[Queue, ...]:
        """The queues whose groups this colleague does not belong to."""
        own = {one: self.groups.desk_of(self.rules, one) for one in Queue}
        away = set()
        for group in {one for one in own.values() if one is not None}:
            try:
                belongs = await self.is_member(asker, group)
            except Unreachable:
                belongs = False
            if not belongs:
                away.add(group)
        return tuple(queue for queue, group in own.items() if group in away)

    async def _one(self, ask: Ask, here: Case | None, sheet: Worksheet) -> Found:
        number = number_in(ask.argument)
        case = (await self._cases({number}, sheet)).get(number) if number else None
        if not ask.argument:
            case = here
        if case is None:
            return Found()
        history = tuple(await self.store.cases_of(case.customer.id, EVER))
        places = await self._places({case.no: case})
        return Found(case=case, places=places, history=history[:PAGE], blocked=await self._blocked(case))

    async def _customer(self, ask: Ask, here: Case | None, sheet: Worksheet) -> Found:
        customers = await self._called(ask, here, sheet)
        if not customers:
            return Found()
        history = tuple(await self.store.cases_of(customers[0], EVER))
        newest = sheet.cases.get(history[0].no, history[0]) if history else None
        if newest is None:
            return Found()
        shown = history[ask.page * PAGE : (ask.page + 1) * PAGE]
        places = await self._places({one.no: one for one in shown})
        total = Hits(total=len(history))
        return Found(
            hits=total,
            page=ask.page if shown else 0,
            case=newest,
            history=shown or history[:PAGE],
            places=places,
            blocked=await self._blocked(newest),
        )

    async def _called(self, ask: Ask, here: Case | None, sheet: Worksheet) -> list[UserId]:
        """The customers that a case number, phone number or name stands for; without words the topic's."""
        if not ask.argument:
            return [here.customer.id] if here is not None else []
        number = number_in(ask.argument)
        case = (await self._cases({number}, sheet)).get(number) if number else None
        return [case.customer.id] if case is not None else await self.store.customers_called(ask.argument)

    async def _blocked(self, case: Case) -> bool:
        state = await self.store.state(chats=[case.chat], cases=[], threads=[])
        talk = state.conversations.get(case.chat)
        return talk is not None and talk.blocked

    async def _cases(self, numbers: Collection[CaseNo], sheet: Worksheet) -> dict[CaseNo, Case]:
        """The cases in their current state, changes of this round included."""
        if not numbers:
            return {}
        state = await self.store.state(chats=[], cases=numbers, threads=[])
        return {no: sheet.cases.get(no, case) for no, case in state.cases.items()}

    async def _places(self, cases: Mapping[CaseNo, Case]) -> dict[CaseNo, ThreadRef]:
        """Where the topic of each case is: in the group that has it now."""
        return places_of(cases, await self.store.topics(list(cases)), self.groups) if cases else {}


def without_own(found: Found, lookers: frozenset[UserId]) -> Found:
    """What was found without the cases that are about one of these people: for them there are none (R7, R58)."""
    own = {no for no, case in found.cases.items() if not lookers.isdisjoint(case.about)}
    history = tuple(one for one in found.history if lookers.isdisjoint(one.about))
    case = found.case
    if case is not None and not lookers.isdisjoint(case.about):
        # of a customer another case tells as much; the case that was asked for has no other
        return Found()
    if not own and len(history) == len(found.history):
        return found
    rows = tuple(one for one in found.hits.rows if one.case_no not in own)
    counts = dict(found.hits.by_queue)
    for no in own:
        queue = found.cases[no].queue
        counts[queue] = counts.get(queue, 1) - 1
    fewer = len(found.hits.rows) - len(rows) + len(found.history) - len(history)
    left = {queue: count for queue, count in counts.items() if count > 0}
    hits = replace(found.hits, rows=rows, total=max(0, found.hits.total - fewer), by_queue=left)
    kept = {no: one for no, one in found.cases.items() if no not in own}
    return replace(found, hits=hits, cases=kept, history=history)


def places_of(
    cases: Mapping[CaseNo, Case], topics: Mapping[tuple[CaseNo, ChatId], Topic], groups: Groups
) -> dict[CaseNo, ThreadRef]:
    """The current topic of each case."""
    places: dict[CaseNo, ThreadRef] = {}
    for (no, _), topic in topics.items():
        group = groups.now(topic.chat)
        if no in cases and (no not in places or group == groups.place(cases[no].desk)):
            places[no] = ThreadRef(group, topic.thread)
    return places


def _harmless(hit: Hit) -> Hit:
    """Text without identity numbers, cards and passwords (R26)."""
    return replace(hit, words=masked(hit.words).text) if hit.words else hit
