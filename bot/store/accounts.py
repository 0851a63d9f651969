"""The store's part on the brand's own accounts: its interface, and rows both databases share."""

from collections.abc import Iterable
from typing import Final, Protocol

import msgspec

from bot.complaint.doors import Account
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import UserId
from bot.store.rows import Row, json_text

_account: Final = msgspec.json.Decoder(Account)


class Accounts(Protocol):
    """The store's calls about the brand's own accounts."""

    async def door_for(self, owner: UserId) -> int:
        """The door number of this owner's account; assigned on the first call, and the same ever after."""
        ...

    async def accounts(self) -> list[Account]:
        """Every account that was ever connected, in its latest state.

        Raises:
            RecordUnreadable: one is not what was written.
        """
        ...


def account_rows(accounts: Iterable[Account]) -> list[Row]:
    """Rows of `accounts`: door, body; each door once, in its latest state."""
    last = {one.door: one for one in accounts}
    return [(door, json_text(one)) for door, one in sorted(last.items())]


def account_from(body: str) -> Account:
    """The account as it was written.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    try:
        return _account.decode(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordUnreadable(f"an account: {error}") from error
