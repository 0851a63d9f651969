"""Who is at the desk. Asked for every press and command there, so the answer is kept for a few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.complaint.ids import ChatId, UserId
from bot.telegram.account import Account
from bot.telegram.troubles import Unreachable


class Premises:
    """Membership of one desk's group.

    Args:
        account: the bot, which must be an administrator there to be told.
        desk: the group.
        seconds: for how long an answer holds. Somebody who left may act so long; somebody new waits for nothing
            but the first answer, because a "no" is never kept.
        now: tells the time.
    """

    def __init__(
        self, account: Account, desk: ChatId, *, seconds: float, now: Callable[[], datetime]
    ) -> None:
        self._account = account
        self._desk = desk
        self._keep = timedelta(seconds=seconds)
        self._now = now
        self._inside_until: dict[UserId, datetime] = {}

    async def is_member(self, user: UserId) -> bool:
        """Whether this person is at the desk.

        Raises:
            Unreachable: Telegram cannot be asked, and this person was never known to be inside.
        """
        now = self._now()
        until = self._inside_until.get(user)
        if until is not None and now < until:
            return True
        try:
            inside = await self._account.is_inside(self._desk, user)
        except Unreachable:
            if until is None:
                raise
            # an outage is no reason to lock the desk's people out
            return True
        if inside:
            self._inside_until[user] = now + self._keep
        else:
            self._inside_until.pop(user, None)
        return inside
