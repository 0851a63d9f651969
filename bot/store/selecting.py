"""The store's part on exports: which cases are selected, and the cases themselves."""

from collections.abc import AsyncIterator, Sequence
from typing import Final, Protocol

from bot.complaint.boards import Selection
from bot.complaint.case import Case
from bot.complaint.ids import CaseNo, UserId
from bot.store.answers import TimelineRow
from bot.store.rows import json_text, stamp

FIRST: Final = ""
LAST: Final = "~"
"""Before and after every moment, as they are written."""


class Selecting(Protocol):
    """The store's calls for exports."""

    async def selected(self, wanted: Selection) -> list[tuple[CaseNo, UserId]]:
        """The numbers of these cases and whose they are, the oldest first."""
        ...

    def cases(
        self, *, case_no: CaseNo | None = None, numbers: Sequence[CaseNo] | None = None
    ) -> AsyncIterator[tuple[Case, list[TimelineRow]]]:
        """Every case with its timeline, the oldest first, a page at a time; or this one; or these, in their order.

        Raises:
            RecordUnreadable: at the very end, after all others: these cases could not be read.
        """
        ...


def asked_of(wanted: Selection) -> dict[str, object]:
    """The query's parameters; an empty one does not narrow it."""
    return {
        "since": stamp(wanted.since) if wanted.since else FIRST,
        "until": stamp(wanted.until) if wanted.until else LAST,
        "queue": wanted.queue.value if wanted.queue else "",
        "status": wanted.status.value if wanted.status else "",
        "customer": wanted.customer or 0,
        "products": json_text(wanted.products),
    }
