"""Regular calls to Telegram in replicas that do not poll, to notice what the polling one would."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from bot.complaint.errors import ComplaintError
from bot.complaint.ids import ChatId
from bot.office.clock import Clock
from bot.office.groups import Groups
from bot.office.vitals import Vitals
from bot.telegram.delivery import Telegram
from bot.telegram.premises import Premises

LOOK: Final = timedelta(seconds=30)
SILENT: Final = timedelta(minutes=1)
"""After this time without an answer from Telegram, ask who we are."""

_log = structlog.get_logger(__name__)


class Heartbeat:
    """Makes regular calls in replicas that do not poll.

    Args:
        telegram: is asked.
        vitals: knows when it was heard last.
        groups: one that was shut may have been opened again, and only one replica was told.
        bot_id: who we are.
        clock: tells the time and waits for it.
    """

    def __init__(self, telegram: Telegram, vitals: Vitals, groups: Groups, bot_id: int, clock: Clock) -> None:
        self._telegram = telegram
        self._vitals = vitals
        self._groups = groups
        self._bot_id = bot_id
        self._clock = clock
        self._never = asyncio.Event()

    async def run(self) -> None:
        """Look until cancelled. What fails here fails elsewhere too, where it is told."""
        while True:
            self._never.clear()
            await self._clock.wait(self._clock.now() + LOOK, self._never)
            try:
                await self.look()
            except ComplaintError as error:
                _log.debug("out_of_touch", reason=type(error).__name__)

    async def look(self) -> None:
        """One look.

        Raises:
            Unreachable: Telegram does not answer.
        """
        heard = self._vitals.telegram_at
        if heard is None or self._clock.now() - heard > SILENT:
            await self._telegram.me()
        for group in self._groups.all_shut:
            await self._look_into(group)

    async def _look_into(self, group: ChatId) -> None:
        if not await Premises(self._telegram, group, self._clock.now).findings(self._bot_id):
            _log.info("group_open_again", desk=group)
            self._groups.reopened(group)
