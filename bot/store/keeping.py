"""The store's part on facts, of which figures are made: which cases to renew, and the rows."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.complaint.case import Case
from bot.complaint.ids import CaseNo
from bot.store.answers import TimelineRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbooked:
    """A case whose row of facts is missing or out of date, with everything for a new one."""

    no: CaseNo
    mark: int
    """Changes with every write to the case: a row made of an older state does not strike it off."""
    case: Case | None
    """None where it cannot be read."""
    lines: Sequence[TimelineRow] = ()
    body: str | None = None
    """The row as it is now, if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsRow:
    """The row of facts of a case, opaque to the store."""

    no: CaseNo
    mark: int
    opened_at: datetime
    last_at: datetime
    """The last moment of anything that a figure counts."""
    form: str
    """The format it was made with; rows of another format are out of date."""
    body: str | None
    """JSON; None where the case has no row of its own."""
    again_at: datetime | None = None
    """From when it is to be made anew, though nobody writes to the case."""


class Keeping(Protocol):
    """The store's calls about facts.

    Every write to a case or its timeline puts the case on a list; whoever has made its row strikes it off.
    """

    async def unbooked(self, now: datetime, limit: int) -> list[Unbooked]:
        """Cases on the list whose moment has come by now, in the order of their numbers."""
        ...

    async def book(self, rows: Sequence[FactsRow]) -> None:
        """Write rows, and take their cases off the list unless they changed meanwhile."""
        ...

    async def unbook_others(self, form: str) -> int:
        """Put every case on the list whose row has another format; how many."""
        ...

    def booked(self, since: datetime, until: datetime) -> AsyncIterator[list[str]]:
        """The bodies of all cases opened before `until` of which anything happened since, a page at a time."""
        ...

    async def unbooked_count(self, now: datetime) -> int:
        """How many cases are on the list whose moment has come by now."""
        ...

    async def facts_key(self) -> bytes:
        """The secret for pseudonyms of complainants; made on the first call."""
        ...
