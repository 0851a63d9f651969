"""The brand's own accounts."""

from typing import Final

from bot.complaint.doors import Account
from bot.complaint.ids import UserId
from bot.store.accounts import account_from
from bot.store.postgres.bundle import Part
from bot.store.postgres.cabinet import Cabinet

DOOR: Final = """
INSERT INTO accounts (owner) VALUES ($1) ON CONFLICT (owner) DO UPDATE SET owner = excluded.owner RETURNING id
"""

ACCOUNT: Final = Part("""
UPDATE accounts SET body = new.body FROM unnest($1::bigint[], $2::text[]) AS new (id, body)
WHERE accounts.id = ANY ($1::bigint[]) AND accounts.id = new.id
""")

ACCOUNTS: Final = "SELECT body FROM accounts WHERE body IS NOT NULL ORDER BY id"


class AccountCabinet(Cabinet):
    """The store's calls about accounts."""

    async def door_for(self, owner: UserId) -> int:
        """See `Accounts.door_for`."""
        return int((await self._book.change(DOOR, owner))[0][0])

    async def accounts(self) -> list[Account]:
        """See `Accounts.accounts`."""
        return [account_from(body) for (body,) in await self._readers.fetch(ACCOUNTS)]
