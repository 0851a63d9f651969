"""What one failed call means for all others: pauses, outages, moved groups."""

import asyncio

import structlog

from bot.complaint.ids import ChatId
from bot.complaint.letters import Letter
from bot.office.outgoing.fates import Conclusion
from bot.office.outgoing.pacing import Pace
from bot.office.outgoing.reachability import Reachability
from bot.telegram.delivery import Delivered
from bot.telegram.failures import Fate

_log = structlog.get_logger(__name__)


class Consequences:
    """Applies them. `moved` maps old ids of upgraded groups to new ones."""

    def __init__(self, pace: Pace, reachability: Reachability, moved: dict[ChatId, ChatId]) -> None:
        self._pace = pace
        self._reachability = reachability
        self._moved = moved

    def apply(
        self,
        letter: Letter,
        delivered: Delivered,
        conclusion: Conclusion,
        now: float,
        group: asyncio.TaskGroup | None,
    ) -> None:
        """Apply the outcome of one call to pace, pauses and groups."""
        fate = delivered.fate
        if fate in (Fate.DONE, Fate.DONE_ALREADY):
            return
        side = "desk" if letter.chat < 0 else "private"
        wait = delivered.verdict.wait.total_seconds()
        _log.warning(
            "letter_not_sent", letter=letter.id, kind=letter.kind, side=side, fate=fate.name, wait=wait
        )
        if fate is Fate.FLOOD:
            self._pace.flooded(letter.chat, conclusion.chat_rests, now)
        elif conclusion.chat_rests:
            self._pace.pause(letter.chat, now + conclusion.chat_rests)
        elif fate in (Fate.LATER, Fate.UNKNOWN) and group is not None:
            self._reachability.doubt(group)
        elif fate is Fate.MIGRATED and delivered.verdict.new_chat is not None and letter.chat < 0:
            self._moved[letter.chat] = delivered.verdict.new_chat
