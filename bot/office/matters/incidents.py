"""Finds incidents: compares each case with others, tells the desk, and adds cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.complaint.actions import Action, SetTimer, Situation, Turn
from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.doors import OWN_CHAT
from bot.complaint.events import Due, Event
from bot.complaint.incidents import Incident, IncidentNo, IncidentState, Linked, Sighting
from bot.complaint.reading import Category
from bot.complaint.records import Timer
from bot.desk.incidents.cards import called_for, shown
from bot.desk.incidents.declaring import AGAIN, PART
from bot.desk.incidents.gathering import BRING, GATHER, called, gathered, line_of_waiting, with_waiting
from bot.desk.incidents.orders import Affair
from bot.desk.incidents.parts import incident_of
from bot.office.booking.ledger import Ledger
from bot.office.booking.turns import Booked, Occasion
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.known import Known
from bot.policy.brand import product_key
from bot.policy.clusters import (
    DAY,
    KEPT_SKETCHES,
    LONG,
    WEEK,
    Cluster,
    cluster,
    common_ground,
    comparable,
    home_of,
    may_be_grave,
    sighting_of,
)
from bot.policy.rules import Rules
from bot.store.port import Store

WEIGH: Final = "weigh"
"""The kind of the timer by which a case is weighed against others."""
SETTLES: Final = timedelta(seconds=20)
"""The delay of the comparison, since facts of a case come in bursts. Grave cases do not wait."""
ONCE_MORE: Final = "weigh_again"
"""The key of the timer by which it is weighed a second time."""
MEANWHILE: Final = timedelta(minutes=1)
"""The delay of a second comparison: two replicas that compare at the same moment miss each other's case."""
KINDS: Final = frozenset({WEIGH, AGAIN, GATHER})


def noticed(turn: Turn, before: Case | None, event: Event, now: datetime) -> Turn:
    """The turn with a timer to compare its case, if its comparable features changed.

    What only time brought about in a case that waits with others of an incident goes onto their common line.
    """
    if before is not None and isinstance(event, Due) and event.kind != BRING:
        turn = gathered(turn, before, now)
    case = turn.case
    if case is None or not comparable(case):
        return turn
    if before is not None and common_ground(before) == common_ground(case):
        return turn
    grave = case.severity is Severity.SEV1 or case.facts.batch_no is not None
    due = now if grave else now + SETTLES
    return replace(turn, actions=(*turn.actions, SetTimer(kind=WEIGH, key=WEIGH, due=due)))


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
        seen, parts = {one.case_no: one for one in found} | sheet.sightings, sheet.parts
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
            after = after.evolve(severity=Severity.SEV1)
        if graver:
            calls = called_for(after, situation.roster)
            card = shown(after, Affair(), self._rules, situation.now, calls=calls)
            self.keep(sheet, situation, (card,), after, [mine], [case])
        else:
            self.keep(sheet, situation, (), after, [mine], [case])
            show = partial(self._show_grown, after.no, len(sheet.letters), sheet, situation)
            sheet.say_at_end(f"incident:{after.no}", show)

    def _show_grown(self, number: IncidentNo, before: int, sheet: Worksheet, situation: Situation) -> None:
        """The card once for all that joined, which in a flood are hundreds a round; unless it was shown since."""
        card = shown(sheet.incidents[number], Affair(), self._rules, situation.now)
        if all(letter.key != card.key for letter in sheet.letters[before:]):
            turn = Turn(conversation=None, case=None, actions=(card,))
            self.book(turn, sheet, replace(situation, where=sheet.desk))

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
            title=_title(case, self._rules),
            food=self._is_food(case),
        )
        for one in found.cases:
            incident = incident.joined(one.case_no, harmed=one.harmed)
        incident = incident.evolve(
            sketches=tuple(one.words for one in found.cases if one.words)[:KEPT_SKETCHES]
        )
        calls = called_for(incident, situation.roster)
        card = shown(incident, Affair(), self._rules, now, calls=calls)
        self.keep(sheet, situation, (card,), incident, found.cases, cases)

    async def _ask_again(self, event: Due, sheet: Worksheet, situation: Situation) -> None:
        number = incident_of(event.key)
        incident = await self.known(number, sheet) if number is not None else None
        if incident is None or incident.state is not IncidentState.LATER:
            return
        after = incident.evolve(state=IncidentState.PROPOSED, again_at=None)
        card = shown(after, Affair(), self._rules, situation.now, calls=called_for(after, situation.roster))
        # where it stood before, nobody looks again: it comes anew
        anew = replace(card, place=None, key=f"incident_again:{after.no}")
        self.keep(sheet, situation, (card, anew), after, (), ())

    async def _gather(self, case: Case, event: Due, sheet: Worksheet, situation: Situation) -> None:
        """Something came due in a case without a topic: it stands on its incident's line."""
        number = incident_of(event.key)
        incident = await self.known(number, sheet) if number is not None else None
        if incident is None or case.incident != incident.no:
            return
        after = with_waiting(incident, (case.no,), sheet.cases)
        line = line_of_waiting(after, sheet.cases, situation.now, called(situation.roster))
        turn = Turn(conversation=None, case=None, actions=(line,))
        self.book(turn, sheet, replace(situation, where=sheet.desk))
        sheet.keep_incident(after)

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
        turn = Turn(conversation=None, case=None, actions=actions)
        self.book(turn, sheet, replace(situation, where=sheet.desk))
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
        sheet.deeds += turn.deeds

    def _is_food(self, case: Case) -> bool:
        key = product_key(self._rules.products, case.facts.product or "")
        known = any(one.food for one in self._rules.products if one.key == key)
        return known or case.category is Category.FOOD_SAFETY

    async def sighting(self, case: Case) -> Sighting | None:
        """What the case may have in common with others of its brand; None if there is nothing."""
        rules = self._rules
        if rules.branches and case.door != OWN_CHAT:
            owners = {one.door: one.owner for one in await self.store.accounts()}
            rules = rules.branches.get(owners.get(case.door, 0), rules)
        return sighting_of(case, partial(product_key, rules.products), rules.branch)


def _title(case: Case, rules: Rules) -> str:
    """Product and trouble, as the desk reads them."""
    product = rules.product_name(case.facts.product or "", rules.languages[0]) if case.facts.product else ""
    issue = case.facts.issue[0] if case.facts.issue else ""
    gap = " " if product[-1:].isascii() and issue[:1].isascii() else ""
    return f"{product}{gap}{issue}".strip()[:40]
