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
    """What the house asks about the brand's own accounts."""

    async def door_for(self, owner: UserId) -> int:
        """The door of this owner's account: always the same one, given out when it is first asked for."""
        ...

    async def accounts(self) -> list[Account]:
        """Every account that was ever connected, as a round wrote it last.

        Raises:
            RecordUnreadable: one is not what was written.
        """
        ...


def account_rows(accounts: Iterable[Account]) -> list[Row]:
    """What `accounts` holds: door, body; each door once, as it was last."""
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
