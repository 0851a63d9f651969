"""Roles at the desk that were set in the chat."""

from bot.complaint.colleagues import Colleague
from bot.store.rows import colleague_from
from bot.store.sqlite.cabinet import Cabinet

COLLEAGUE = """
INSERT INTO colleagues (id, role, body) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET role = excluded.role, body = excluded.body
"""

COLLEAGUES = "SELECT body FROM colleagues ORDER BY id"


class RosterCabinet(Cabinet):
    """The roster, as far as it was changed in the chat."""

    async def roster(self) -> list[Colleague]:
        """See `Store.roster`."""
        return [colleague_from(body) for (body,) in await self._read(COLLEAGUES)]
