"""What the cases of a round are compared with: in a flood hundreds ask the same, and the store is asked once."""

from datetime import datetime, timedelta

from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Incident, IncidentNo
from bot.office.lookup.worksheet import Worksheet
from bot.store.port import Store


class Known:
    """Incidents, and which cases belong to them, as they were when a round first asked.

    What the round itself changes stands on its sheet and goes before; a replica that changes the same is noticed
    when the round is written.

    Args:
        store: asked once for each round.
        quiet_days: for how long a dismissed incident is told of.
    """

    def __init__(self, store: Store, quiet_days: int) -> None:
        self._store = store
        self._quiet = timedelta(days=quiet_days)
        self._live_on: Worksheet | None = None
        self._live: dict[IncidentNo, Incident] = {}
        self._parts_on: Worksheet | None = None
        self._cases: frozenset[CaseNo] = frozenset()
        self._parts: dict[CaseNo, IncidentNo] = {}

    async def live(self, sheet: Worksheet, now: datetime) -> list[Incident]:
        """Live incidents, and those dismissed lately."""
        if self._live_on is not sheet:
            found = await self._store.incidents(dismissed_since=now - self._quiet)
            self._live_on, self._live = sheet, {one.no: one for one in found}
        return [one for _, one in sorted({**self._live, **sheet.incidents}.items())]

    async def is_part(self, case: CaseNo, sheet: Worksheet) -> bool:
        """Whether the case already counts in an incident."""
        linked = sheet.changes.links.get(case)
        if linked is not None:
            return linked.on
        if self._parts_on is not sheet or case not in self._cases:
            cases = frozenset((case, *sheet.cases))
            parts = await self._store.parts_of(cases)
            self._parts_on, self._cases, self._parts = sheet, cases, parts
        return case in self._parts
