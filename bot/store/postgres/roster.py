"""Roles at the desk that were set in the chat."""

from bot.complaint.colleagues import Colleague
from bot.store.postgres.cabinet import Cabinet
from bot.store.rows import colleague_from

COLLEAGUES = "SELECT body FROM colleagues ORDER BY id"


class RosterCabinet(Cabinet):
    """The roster, as far as it was changed in the chat."""

    async def roster(self) -> list[Colleague]:
        """See `Store.roster`."""
        return [colleague_from(body) for (body,) in await self._readers.fetch(COLLEAGUES)]
