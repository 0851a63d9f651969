"""The brand's own accounts."""

from typing import Final

from bot.complaint.doors import Account
from bot.complaint.ids import UserId
from bot.store.accounts import account_from
from bot.store.sqlite.cabinet import Cabinet

DOOR: Final = """
INSERT INTO accounts (owner) VALUES (?) ON CONFLICT (owner) DO UPDATE SET owner = excluded.owner RETURNING id
"""

ACCOUNT: Final = "UPDATE accounts SET body = ?2 WHERE id = ?1"

ACCOUNTS: Final = "SELECT body FROM accounts WHERE body IS NOT NULL ORDER BY id"


class AccountCabinet(Cabinet):
    """The store's calls about accounts."""

    async def door_for(self, owner: UserId) -> int:
        """See `Accounts.door_for`."""
        rows = await self._writer.run(lambda connection: connection.execute(DOOR, (owner,)).fetchall())
        return int(rows[0][0])

    async def accounts(self) -> list[Account]:
        """See `Accounts.accounts`."""
        return [account_from(body) for (body,) in await self._read(ACCOUNTS)]
