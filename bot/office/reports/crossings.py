"""The daily look for products above their limit of complaints in a million shipped.

A look is a row of the inbox with the day as its key, so there is one per day, however many replicas look. What was
reported is stored on its incident, in the same transaction as the message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.actions import Situation, Tell
from bot.complaint.case import Case
from bot.complaint.events import ReportWanted
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId
from bot.complaint.incidents import Crossed, Incident, IncidentNo, Sighting
from bot.complaint.records import Arrival
from bot.desk.incidents.cards import called_for, shown
from bot.desk.incidents.orders import Affair
from bot.desk.overview.reporting import LIMITS
from bot.office.incoming.wishes import arrival_of
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.office.matters.incidents import Incidents
from bot.policy.clusters import KEPT_SKETCHES, over_limit
from bot.policy.limits import free_of, home_for, is_news, looks_at
from bot.policy.rules import Rules

LOOKED_BACK: Final = 200
"""So many of the newest incidents tell what was told before."""


def look_due(rules: Rules, now: datetime, chat: ChatId) -> Arrival | None:
    """Today's look, once its time has come; None before it, and where nobody tells what was shipped."""
    local = now.astimezone(rules.clock)
    if not rules.shipments or local.time() < looks_at(rules.digest, rules.hours):
        return None
    day = timedelta(days=1)
    until = local.date() + day
    wanted = ReportWanted(
        at=now, chat=chat, kind=LIMITS, first=until - rules.ppm.days * day, until=until, brand=rules.branch
    )
    key = f"{LIMITS}/{local.date().isoformat()}"
    return arrival_of(wanted, f"{key}/{rules.branch}" if rules.branch else key)


@dataclass(slots=True)
class _News:
    """An incident that this look changes, with its new sightings and cases."""

    incident: Incident
    seen: list[Sighting] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


@dataclass(slots=True)
class _Known:
    """The known incidents during one look."""

    incidents: dict[IncidentNo, Incident]
    parts: dict[CaseNo, IncidentNo]
    news: dict[IncidentNo, _News] = field(default_factory=dict)

    def all(self) -> list[Incident]:
        """Each as it now is."""
        changed = {no: one.incident for no, one in self.news.items()}
        return list({**self.incidents, **changed}.values())


class Crossings:
    """Tells the desk of crossed limits.

    Args:
        incidents: keeps incidents, and knows which live.
        lookup: who could be called.
        rules: the brand's rules.
    """

    def __init__(self, incidents: Incidents, lookup: Lookup, rules: Rules) -> None:
        self._incidents = incidents
        self._lookup = lookup
        self._rules = rules

    async def serve(self, found: Sequence[Crossed], sheet: Worksheet, arrived: datetime) -> None:
        """Report each new crossing once, on the card of its incident."""
        if not found:
            return
        situation = await self._lookup.with_roster(sheet, arrived)
        known = await self._known(sheet, situation.now)
        for one in found:
            if is_news(one, known.all(), self._of(one).ppm, situation.now):
                await self._take(one, known, sheet, situation)
        for news in known.news.values():
            self._tell(news, sheet, situation)

    async def _known(self, sheet: Worksheet, now: datetime) -> _Known:
        """The newest incidents, those that live, and which cases they have. What was dismissed has none."""
        store = self._incidents.store
        last = await store.last_incident()
        newest = [IncidentNo(no) for no in range(max(1, last - LOOKED_BACK + 1), last + 1)]
        found = {one.no: one for one in await store.incidents(numbers=newest)} if newest else {}
        found |= {one.no: one for one in await self._incidents.live(sheet, now)}
        lately = now - timedelta(days=self._rules.ppm.days)
        parts = {
            case: no
            for no, one in found.items()
            if one.live or (one.closed_at is not None and one.closed_at > lately)
            for case in await store.linked(no)
        }
        return _Known(found, parts)

    async def _take(self, one: Crossed, known: _Known, sheet: Worksheet, situation: Situation) -> None:
        live = [each for each in known.all() if each.live]
        home = home_for(one, live, known.parts, self._of(one).ppm)
        numbers = free_of(one, known.parts)
        if home is None and not numbers:
            # all of it was an incident that is closed by now
            return
        cases = await self._cases(numbers, sheet)
        seen = {case.no: mine for case in cases if (mine := await self._incidents.sighting(case))}
        if home is None:
            home = await self._proposed(one, list(seen.values()), sheet, situation)
        joining = _same_matter(home, one, seen.values())
        news = known.news.setdefault(home.no, _News(home))
        for mine in joining:
            news.incident = news.incident.joined(mine.case_no, harmed=mine.harmed)
            known.parts[mine.case_no] = home.no
        told = replace(one, cases=(), at=situation.now)
        sketches = (*news.incident.sketches, *(mine.words for mine in joining if mine.words))
        news.incident = news.incident.evolve(
            crossed=(*news.incident.crossed, told), sketches=sketches[:KEPT_SKETCHES]
        )
        news.seen += joining
        news.cases += [case for case in cases if case.no in {mine.case_no for mine in joining}]
        sheet.keep_incident(news.incident)

    async def _cases(self, numbers: Sequence[CaseNo], sheet: Worksheet) -> list[Case]:
        if not numbers:
            return []
        state = await self._incidents.store.state(chats=(), cases=numbers, threads=())
        return [sheet.cases.get(no, one) for no, one in state.cases.items()]

    async def _proposed(
        self, one: Crossed, seen: Sequence[Sighting], sheet: Worksheet, situation: Situation
    ) -> Incident:
        rules = self._of(one)
        found = over_limit(one.product, one.batch, seen, one.brand)
        product = next((each for each in rules.products if each.key == one.product), None)
        return Incident(
            no=await self._incidents.next_number(sheet),
            matter=found.matter,
            alarm=found.alarm,
            opened_at=situation.now,
            severity=found.severity,
            title=rules.product_name(one.product, rules.languages[0]),
            food=product is not None and product.food,
        )

    def _of(self, one: Crossed) -> Rules:
        """The rules of the brand whose limit it is."""
        return (self._rules.called(one.brand) if one.brand else None) or self._rules

    def _tell(self, news: _News, sheet: Worksheet, situation: Situation) -> None:
        """The card; one that stood there before comes anew, at the end where it is seen."""
        incident, rules, now = news.incident, self._rules, situation.now
        calls = called_for(incident, situation.roster) if not incident.version else ()
        card = shown(incident, Affair(), rules, now, calls=calls)
        cards: tuple[Tell, ...] = (card,)
        if incident.version:
            cards = (card, replace(card, place=None, key=f"incident_again:{incident.no}"))
        self._incidents.keep(sheet, situation, cards, incident, news.seen, news.cases)


def _same_matter(home: Incident, one: Crossed, seen: Iterable[Sighting]) -> list[Sighting]:
    """Who joins: all of the batch or product that the incident is about; nobody joins one about less."""
    if home.matter.batch and not one.batch:
        return []
    return sorted(seen, key=lambda mine: (mine.at, mine.case_no))
