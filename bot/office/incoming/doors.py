"""Maps connections to the brand's own accounts, before updates about those accounts are read."""

from collections.abc import Callable, Sequence

import structlog

from bot.complaint.doors import Account
from bot.complaint.events import AccountChanged
from bot.complaint.ids import ChatId
from bot.complaint.records import Arrival, InboxRow
from bot.office.clock import Clock
from bot.office.incoming.post import encode_event
from bot.store.port import Store
from bot.telegram.business import MARK, Entrance, account_of, connection_in, connection_of
from bot.telegram.delivery import Telegram
from bot.telegram.troubles import Refused, Unreachable

_log = structlog.get_logger(__name__)


class Doors:
    """Learns which account each connection leads to. A connection never changes its owner.

    Args:
        store: which owner has which door.
        telegram: asked for a connection whose update was overtaken by a message.
        clock: tells the time.
    """

    def __init__(self, store: Store, telegram: Telegram, clock: Clock) -> None:
        self._store = store
        self._telegram = telegram
        self._clock = clock
        self.known: dict[str, Entrance] = {}

    async def readable(self, rows: Sequence[InboxRow], wake: Callable[[], None]) -> list[InboxRow]:
        """The rows that can be read now; rows of an unknown connection wait, with their chat's order kept.

        `wake` is called where they need to wait no longer than for the next round.
        """
        waiting: set[ChatId] = set()
        ready = []
        for row in rows:
            body, chat = row.arrival.body, row.arrival.chat
            if chat in waiting:
                continue
            if MARK in body and row.arrival.source == "telegram" and not await self._learnt(body, wake):
                waiting.add(chat)
                continue
            ready.append(row)
        return ready

    async def _learnt(self, body: bytes, wake: Callable[[], None]) -> bool:
        """Whether the connection of this update is known, or never will be."""
        name, owner = connection_in(body)
        if not name or name in self.known:
            return True
        if owner is not None:
            self.known[name] = Entrance(door=await self._store.door_for(owner), owner=owner)
            return True
        for account in await self._store.accounts():
            self._note(account)
        return name in self.known or await self._asked(name, wake)

    def _note(self, account: Account) -> None:
        entrance = Entrance(door=account.door, owner=account.owner)
        self.known |= dict.fromkeys((account.connection, *account.former), entrance)

    async def _asked(self, name: str, wake: Callable[[], None]) -> bool:
        """Ask Telegram about a connection, and put the answer into the inbox as an update.

        The row waits for the round in which that news is written: then answers know their way.
        """
        try:
            found = await connection_of(self._telegram, name)
        except Refused:
            _log.warning("connection_unknown")
            return True
        except Unreachable:
            return False
        account = account_of(found, 0)
        account = account.evolve(door=await self._store.door_for(account.owner))
        now = self._clock.now()
        event = AccountChanged(at=now, chat=ChatId(account.owner), account=account)
        news = Arrival(
            source="doors", key=f"{name}:{now.isoformat()}", chat=event.chat, body=encode_event(event), at=now
        )
        await self._store.keep([news])
        self._note(account)
        wake()
        return False
