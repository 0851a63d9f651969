"""Serves the desk's commands about incidents."""

from collections.abc import Collection
from datetime import datetime

from bot.complaint.actions import Situation
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.ids import CaseNo, ThreadRef
from bot.complaint.incidents import Incident
from bot.desk.incidents import declaring as incidents
from bot.desk.incidents import gathering
from bot.desk.incidents import news as incident_news
from bot.desk.incidents import remedies as incident_remedies
from bot.desk.incidents.orders import Affair, Asking, Wanted, Work, wanted
from bot.office.booking.turns import Booked
from bot.office.groups import Groups
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.incidents import Incidents
from bot.policy.rules import Rules

_WAYS = {
    "list": incidents.show,
    "show": incidents.show,
    "how": incidents.show,
    "declare": incidents.decide,
    "not_one": incidents.decide,
    "later": incidents.decide,
    "new": incidents.make,
    "link": incidents.link,
    "unlink": incidents.unlink,
    "close": incidents.close,
    "update": incident_news.write,
    "send": incident_news.send,
    "drop": incident_news.send,
    "remedy": incident_remedies.propose,
    "give": incident_remedies.settle,
    "agree": incident_remedies.settle,
    "refuse": incident_remedies.settle,
    "open": gathering.open_topics,
}


class IncidentDesk:
    """Serves the desk's commands and buttons about incidents."""

    def __init__(self, incidents: Incidents, lookup: Lookup, rules: Rules, groups: Groups) -> None:
        self._incidents = incidents
        self._lookup = lookup
        self._rules = rules
        self._groups = groups

    @staticmethod
    def concerns(event: Event, sheet: Worksheet) -> bool:
        """Whether this is an order about incidents, or a press on the card of one."""
        return (
            isinstance(event, AgentWrote | Pressed)
            and event.chat in sheet.desks
            and wanted(event) is not None
        )

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        """Do it, if this colleague may."""
        if not isinstance(event, AgentWrote | Pressed):
            return
        asked = wanted(event)
        situation = await self._lookup.at_desk(event, None, sheet, arrived)
        if asked is None or situation.colleague is None:
            if isinstance(event, Pressed):
                self._incidents.book(incidents.strange(event), sheet, situation)
            return
        on = Asking(event=event, rules=self._rules, situation=situation)
        work = incidents.refused(asked, situation.colleague, on)
        if work is None:
            affair = await self._affair(asked, event, sheet, arrived)
            work = _WAYS[asked.what](asked, affair, situation.colleague, on)
        self._keep(work, sheet, situation)

    def _keep(self, work: Work, sheet: Worksheet, situation: Situation) -> None:
        self._incidents.book(work.turn, sheet, situation)
        for case in work.turn.others:
            sheet.keep_case(case)
        for one in work.incidents:
            sheet.keep_incident(one)
        for link in work.linked:
            sheet.link(link)
        timers = {(one.case_no, one.key): one for one in work.timers}
        sheet.keep(Booked(timers={**timers, **dict.fromkeys(work.cancelled)}))

    async def _affair(
        self, asked: Wanted, event: AgentWrote | Pressed, sheet: Worksheet, now: datetime
    ) -> Affair:
        """All that the order is about."""
        here = sheet.case_in(event.chat, event.thread)
        live = tuple(one for one in await self._incidents.live(sheet, now) if one.live)
        incident = await self._meant(asked, here, live, sheet)
        whole = asked.what not in ("list", "show", "how", "new", "close")
        pairs = await self._pairs(incident, sheet) if incident is not None and whole else ()
        named = await self._named(asked.cases, here, sheet) if asked.what in ("new", "link", "unlink") else ()
        seen = [await self._incidents.sighting(one) for one in named]
        return Affair(
            incident=incident,
            live=live,
            next_number=await self._incidents.next_number(sheet)
            if asked.what == "new"
            else Affair().next_number,
            pairs=pairs,
            named=named,
            seen=tuple(one for one in seen if one is not None),
            places=await self._places(incident) if incident is not None else {},
        )

    async def _meant(
        self, asked: Wanted, here: Case | None, live: tuple[Incident, ...], sheet: Worksheet
    ) -> Incident | None:
        """The incident named by number; else that of the topic's case, or the only live one."""
        if asked.what == "new":
            return None
        number = asked.number or (here.incident if here is not None else None)
        if number is not None:
            return await self._incidents.known(number, sheet)
        return live[0] if len(live) == 1 and asked.what != "list" else None

    async def _pairs(
        self, incident: Incident, sheet: Worksheet
    ) -> tuple[tuple[Case, Conversation | None], ...]:
        numbers = await self._incidents.store.linked(incident.no)
        numbers = [one for one in numbers if sheet.parts.get(one, incident.no) == incident.no]
        numbers += [no for no, part in sheet.parts.items() if part == incident.no and no not in numbers]
        cases = await self._cases(numbers, sheet)
        state = await self._incidents.store.state(chats={one.chat for one in cases}, cases=(), threads=())
        return tuple((one, sheet.talks.get(one.chat, state.conversations.get(one.chat))) for one in cases)

    async def _named(
        self, numbers: Collection[CaseNo], here: Case | None, sheet: Worksheet
    ) -> tuple[Case, ...]:
        if not numbers:
            return (here,) if here is not None else ()
        found = await self._cases(numbers, sheet)
        return tuple(one for one in found if one.merged_into is None and one.retired_at is None)

    async def _cases(self, numbers: Collection[CaseNo], sheet: Worksheet) -> list[Case]:
        """The cases as they now are, in this order."""
        if not numbers:
            return []
        state = await self._incidents.store.state(chats=(), cases=numbers, threads=())
        known = {no: sheet.cases.get(no, one) for no, one in state.cases.items()}
        return [known[no] for no in numbers if no in known]

    async def _places(self, incident: Incident) -> dict[CaseNo, ThreadRef]:
        """Where the topics of its newest cases are."""
        topics = await self._incidents.store.topics(incident.newest) if incident.newest else {}
        return {no: ThreadRef(self._groups.now(one.chat), one.thread) for (no, _), one in topics.items()}
