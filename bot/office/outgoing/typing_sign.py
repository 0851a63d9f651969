"""The "typing" sign: best effort, never stored."""

from datetime import datetime
from typing import Final

from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId, LetterId
from bot.complaint.letters import Letter, LetterKind
from bot.office.clock import Clock
from bot.office.outgoing.pacing import Pace
from bot.store.port import Store
from bot.telegram.delivery import Telegram
from bot.telegram.failures import Fate

EVERY: Final = 4.0
"""Seconds; Telegram shows the sign about that long."""


class TypingSign:
    """Shows "typing"."""

    def __init__(self, telegram: Telegram, pace: Pace, clock: Clock) -> None:
        self._telegram = telegram
        self._pace = pace
        self._clock = clock
        self._shown: dict[ChatId, float] = {}

    def due(self, chat: ChatId, moment: datetime) -> bool:
        """Whether the sign may be shown there now; then it counts as shown."""
        now = moment.timestamp()
        self._shown = {one: at for one, at in self._shown.items() if now - at < EVERY}
        if chat in self._shown or self._pace.free_at(chat, Lane.REST, 0, now) > now:
            return False
        self._shown[chat] = now
        return True

    async def show(self, chat: ChatId, door: int, store: Store) -> None:
        """Show it; if Telegram asks for a pause, the chat's letters heed it too."""
        account = next((one for one in await store.accounts() if one.door == door), None) if door else None
        if door and (account is None or not account.speaks):
            return
        now = self._clock.now()
        sign = Letter(id=LetterId(0), kind=LetterKind.TYPING, chat=chat, lane=Lane.REST, written_at=now)
        delivered = await self._telegram.deliver(sign, connection=account.connection if account else "")
        if delivered.fate is Fate.FLOOD:
            self._pace.pause(chat, (self._clock.now() + delivered.verdict.wait).timestamp())
