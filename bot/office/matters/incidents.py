"""Finds incidents: compares each case with others, tells the desk, and adds cases."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.complaint.actions import Action, Situation, Turn
from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.doors import OWN_CHAT
from bot.complaint.events import Due
from bot.complaint.evolving import replace
from bot.complaint.incidents import Incident, IncidentNo, IncidentState, Linked, Sighting
from bot.complaint.records import Timer
from bot.desk.incidents.cards import called_for, shown
from bot.desk.incidents.declaring import AGAIN, PART
from bot.desk.incidents.gathering import GATHER, called, line_of_waiting, with_waiting
from bot.desk.incidents.orders import Affair
from bot.desk.incidents.parts import incident_of
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Booked, Occasion
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.incident_facts import is_food, title_of
from bot.office.matters.incident_noticing import WEIGH
from bot.office.matters.incident_showing import SHOW, caught_up, line_is_due, shown_later, stale
from bot.office.matters.known import Known
from bot.policy.brand import product_key
from bot.policy.card_edits import grown
from bot.policy.clusters import (
    DAY,
    KEPT_SKETCHES,
    LONG,
    WEEK,
    Cluster,
    cluster,
    home_of,
    may_be_grave,
    sighting_of,
)
from bot.policy.rules import Rules
from bot.store.port import Store

ONCE_MORE: Final = "weigh_again"
"""The key of the timer by which it is weighed a second time."""
MEANWHILE: Final = timedelta(minutes=1)
"""The delay of a second comparison: two replicas that compare at the same moment miss each other's case."""
KINDS: Final = frozenset({WEIGH, AGAIN, GATHER, SHOW})


class Incidents:
    """Compares cases, and keeps incidents.

    Args:
        store: what cases have in common, and the incidents.
        lookup: who could be called.
        ledger: words and books.
        rules: the brand's rules.
    """

    def __init__(self, store: Store, lookup: Lookup, ledger: Ledger, rules: Rules) -> None:
        self.store = store
        self._lookup = lookup
        self._ledger = ledger
        self._rules = rules
        self._known = Known(store, rules.incidents.quiet_days)

    async def in_time(self, event: Due, sheet: Worksheet, arrived: datetime) -> None:
        """Timers: compare a case, or ask again about an incident that was put off."""
        case = sheet.case(event.case_no)
        if case is None:
            return
        situation = await self._lookup.in_time(case, sheet, arrived)
        if event.kind == AGAIN:
            await self._ask_again(event, sheet, situation)
        elif event.kind == GATHER:
            await self._gather(case, event, sheet, situation)
        elif event.kind == SHOW:
            await self._catch_up(event, sheet, situation)
        elif not await self._weigh(case, sheet, situation) and event.key != ONCE_MORE and self.store.shared:
            again = Timer(
                case_no=case.no, kind=WEIGH, key=ONCE_MORE, due=situation.now + MEANWHILE, chat=case.chat
            )
            sheet.keep(Booked(timers={(case.no, ONCE_MORE): again}))

    async def beside(self, situation: Situation, event: Due, sheet: Worksheet) -> Situation:
        """The situation with the incident that the timer's key names."""
        number = incident_of(event.key) if event.kind.startswith("incident_") else None
        return situation if number is None else replace(situation, incident=await self.known(number, sheet))

    async def known(self, number: int, sheet: Worksheet) -> Incident | None:
        """The incident of this number, as it now is."""
        if number not in sheet.incidents:
            for one in await self.store.incidents(numbers=[IncidentNo(number)]):
                sheet.incidents[one.no] = one
        return sheet.incidents.get(IncidentNo(number))

    async def live(self, sheet: Worksheet, now: datetime) -> list[Incident]:
        """Live incidents, and those dismissed lately."""
        return await self._known.live(sheet, now)

    async def next_number(self, sheet: Worksheet) -> IncidentNo:
        """The number of the next incident."""
        return IncidentNo(max(await self.store.last_incident(), *sheet.incidents, 0) + 1)

    async def _weigh(self, case: Case, sheet: Worksheet, situation: Situation) -> bool:
        """Compare a case with others; whether it is part of an incident, or has nothing in common with any."""
        mine = await self.sighting(case)
        if mine is None:
            return True
        sheet.keep_sighting(mine)
        now = situation.now
        if case.incident is not None or await self._known.is_part(case.no, sheet):
            return True
        home = home_of(mine, await self.live(sheet, now), self._rules.incidents, now)
        if home is not None and home.live:
            danger = await self._makes_grave(mine, home, sheet, now)
            self._join(home, case, mine, sheet, situation, danger=danger)
            return True
        rules = self._rules.incidents if home is None else self._rules.incidents.doubled()
        found = cluster(mine, await self._others(mine, sheet, now), rules, now)
        if found is not None:
            await self._propose(found, case, sheet, situation)
        return found is not None

    async def _makes_grave(self, mine: Sighting, home: Incident, sheet: Worksheet, now: datetime) -> bool:
        """Whether a matter that is known would be grave with this case, if nobody had known of it yet.

        In a flood all join one matter: the others are looked at only where they could make it graver.
        """
        if home.severity is Severity.SEV1 or not may_be_grave(mine):
            return False
        others = await self._others(mine, sheet, now)
        theirs = [replace(one, incident=None) for one in others if one.incident == home.no]
        found = cluster(mine, theirs, self._rules.incidents, now)
        return found is not None and found.severity is Severity.SEV1

    async def _others(self, mine: Sighting, sheet: Worksheet, now: datetime) -> list[Sighting]:
        """Similar cases in the store and in this round."""
        found = await self.store.sightings(mine, since=now - WEEK - DAY, harmed_since=now - LONG)
        seen, parts = {one.case_no: one for one in found} | sheet.changes.sightings, sheet.parts
        return [replace(one, incident=parts[no]) if no in parts else one for no, one in seen.items()]

    def _join(
        self,
        home: Incident,
        case: Case,
        mine: Sighting,
        sheet: Worksheet,
        situation: Situation,
        *,
        danger: bool,
    ) -> None:
        """Add a case to a known incident. A second injury makes it grave, and calls people.

        So does `danger`: what would be grave if nobody had known of it yet.
        """
        after = home.joined(case.no, harmed=mine.harmed)
        if mine.words and len(after.sketches) < KEPT_SKETCHES:
            after = after.evolve(sketches=(*after.sketches, mine.words))
        graver = after.severity > Severity.SEV1 and (danger or after.harmed >= self._rules.incidents.harmed)
        if graver:
            after = after.evolve(severity=Severity.SEV1, shown=after.count)
            calls = called_for(after, situation.roster)
            card = shown(after, Affair(), self._rules, situation.now, calls=calls)
            self.keep(sheet, situation, (card,), after, [mine], [case])
            return
        grave = after.severity is Severity.SEV1
        at_once = after.harmed > home.harmed or grown(home.shown, after.count, grave=grave)
        after = after.evolve(shown=after.count) if at_once else self._later(after, case, sheet, situation.now)
        self.keep(sheet, situation, (), after, [mine], [case])
        if at_once:
            show = partial(self._show_grown, after.no, len(sheet.changes.letters), sheet, situation)
            sheet.say_at_end(f"incident:{after.no}", show)

    async def _catch_up(self, event: Due, sheet: Worksheet, situation: Situation) -> None:
        """Card and line are edited, as far as they tell of fewer than there are."""
        incident = await self._named(event, sheet)
        if incident is not None:
            actions = stale(incident, sheet.cases, self._rules, situation.now)
            self._say(actions, sheet, situation)
            sheet.keep_incident(caught_up(incident))

    def _show_grown(self, number: IncidentNo, before: int, sheet: Worksheet, situation: Situation) -> None:
        """The card once for all that joined, which in a flood are hundreds a round; unless it was shown since."""
        incident = sheet.incidents[number]
        card = shown(incident, Affair(), self._rules, situation.now)
        sheet.keep_incident(incident.evolve(shown=incident.count))
        if all(letter.key != card.key for letter in sheet.changes.letters[before:]):
            self._say((card,), sheet, situation)

    async def _propose(self, found: Cluster, case: Case, sheet: Worksheet, situation: Situation) -> None:
        """Propose an incident to the desk once; danger calls its specialists."""
        now = situation.now
        numbers = [one.case_no for one in found.cases if one.case_no != case.no]
        state = await self.store.state(chats=(), cases=numbers, threads=()) if numbers else None
        cases = [*(sheet.cases.get(no, one) for no, one in (state.cases if state else {}).items()), case]
        incident = Incident(
            no=await self.next_number(sheet),
            matter=found.matter,
            alarm=found.alarm,
            opened_at=now,
            severity=found.severity,
            title=title_of(case, self._rules),
            food=is_food(case, self._rules),
        )
        for one in found.cases:
            incident = incident.joined(one.case_no, harmed=one.harmed)
        incident = incident.evolve(
            sketches=tuple(one.words for one in found.cases if one.words)[:KEPT_SKETCHES],
            shown=incident.count,
        )
        calls = called_for(incident, situation.roster)
        card = shown(incident, Affair(), self._rules, now, calls=calls)
        self.keep(sheet, situation, (card,), incident, found.cases, cases)

    async def _ask_again(self, event: Due, sheet: Worksheet, situation: Situation) -> None:
        incident = await self._named(event, sheet)
        if incident is None or incident.state is not IncidentState.LATER:
            return
        after = incident.evolve(state=IncidentState.PROPOSED, again_at=None)
        card = shown(after, Affair(), self._rules, situation.now, calls=called_for(after, situation.roster))
        # where it stood before, nobody looks again: it comes anew
        anew = replace(card, place=None, key=f"incident_again:{after.no}")
        self.keep(sheet, situation, (card, anew), after, (), ())

    async def _gather(self, case: Case, event: Due, sheet: Worksheet, situation: Situation) -> None:
        """Something came due in a case without a topic: it stands on its incident's line."""
        incident = await self._named(event, sheet)
        if incident is None or case.incident != incident.no:
            return
        after = with_waiting(incident, (case.no,), sheet.cases)
        if not line_is_due(after):
            sheet.keep_incident(self._later(after, case, sheet, situation.now))
            return
        calls = called_for(after, situation.roster) or called(situation.roster)
        self._say((line_of_waiting(after, sheet.cases, situation.now, calls),), sheet, situation)
        sheet.keep_incident(after.evolve(shown_unanswered=len(after.unanswered)))

    def _later(self, incident: Incident, case: Case, sheet: Worksheet, now: datetime) -> Incident:
        """The incident with a timer that will edit its card and line, unless one runs."""
        after, timer = shown_later(incident, case, self._rules, now)
        if timer is not None:
            sheet.keep(Booked(timers={(case.no, timer.key): timer}))
        return after

    async def _named(self, event: Due, sheet: Worksheet) -> Incident | None:
        number = incident_of(event.key)
        return await self.known(number, sheet) if number is not None else None

    def _say(self, actions: tuple[Action, ...], sheet: Worksheet, situation: Situation) -> None:
        """In General of the common desk."""
        turn = Turn(conversation=None, case=None, actions=actions)
        self.book(turn, sheet, replace(situation, where=sheet.desk))

    def keep(
        self,
        sheet: Worksheet,
        situation: Situation,
        actions: tuple[Action, ...],
        incident: Incident,
        joined: Sequence[Sighting],
        cases: Sequence[Case],
    ) -> None:
        """Store the incident: its cases, its card in General, and the timers that tell the cases."""
        now = situation.now
        self._say(actions, sheet, situation)
        sheet.keep_incident(incident)
        for one in joined:
            sheet.link(Linked(incident=incident.no, case_no=one.case_no, at=now))
        if incident.state is IncidentState.DECLARED or incident.severity is Severity.SEV1:
            key = f"{PART}:{incident.no}"
            timers = (Timer(case_no=one.no, kind=PART, key=key, due=now, chat=one.chat) for one in cases)
            sheet.keep(Booked(timers={(one.case_no, one.key): one for one in timers}))

    def book(self, turn: Turn, sheet: Worksheet, situation: Situation) -> None:
        """Words and rows of a turn that is about no case."""
        on = Occasion(
            turn=turn, before=None, at=situation.now, where=situation.where or None, by=situation.colleague
        )
        sheet.keep(self._ledger.book(on, situation))
        sheet.changes.deeds += turn.deeds

    async def sighting(self, case: Case) -> Sighting | None:
        """What the case may have in common with others of its brand; None if there is nothing."""
        rules = self._rules
        if rules.branches and case.door != OWN_CHAT:
            owners = {one.door: one.owner for one in await self.store.accounts()}
            rules = rules.branches.get(owners.get(case.door, 0), rules)
        return sighting_of(case, partial(product_key, rules.products), rules.branch)
