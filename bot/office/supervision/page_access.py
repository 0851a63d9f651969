"""Who may use the supervisor's page: signed by Telegram, and known to the desk's roster."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.complaint.colleagues import Colleague, Role
from bot.complaint.errors import StoreUnusable
from bot.complaint.ids import UserId
from bot.complaint.records import Round
from bot.desk.overview.overseeing import kept_out, refusal
from bot.front.miniapp import Pace, Turned
from bot.office.clock import Clock
from bot.office.groups import Groups
from bot.office.in_force import InForce
from bot.store.port import Store
from bot.telegram.launch import Launch, LaunchExpired, LaunchUnsigned, read_launch
from bot.telegram.premises import Premises
from bot.telegram.troubles import Unreachable

REFUSED_FOR: Final = timedelta(seconds=30)
"""How long a refusal is cached, since anybody on Telegram can open the page."""
MOST_REFUSED: Final = 10_000


@dataclass(slots=True)
class PageAccess:
    """Checks every request, so that lost rights take effect at once."""

    store: Store
    premises: Premises
    groups: Groups
    in_force: InForce
    token: str = field(repr=False)
    clock: Clock
    pace: Pace
    _away: dict[UserId, tuple[datetime, str]] = field(default_factory=dict)

    async def admit(self, signed: str) -> Colleague:
        """The colleague who asks.

        Raises:
            Turned: they may not, or it cannot be told now.
        """
        now = self.clock.now()
        try:
            launch = read_launch(signed, self.token, now)
        except LaunchUnsigned:
            raise Turned(401, "unsigned") from None
        except LaunchExpired:
            raise Turned(401, "expired") from None
        if not self.pace.may_ask(launch.user):
            raise Turned(429, "too_fast", retry_after=5)
        known = self._away.get(launch.user)
        if known is not None and now - known[0] < REFUSED_FOR:
            raise Turned(403, known[1])
        try:
            colleague = await self._standing(launch)
            await self._mind(launch.user, colleague, now)
        except (Unreachable, StoreUnusable):
            raise Turned(503, "unwell", retry_after=5) from None
        if colleague is None:
            raise Turned(403, "not_member")
        return colleague

    async def _mind(self, user: UserId, colleague: Colleague | None, now: datetime) -> None:
        """Refuse; a colleague's attempt goes into the audit."""
        why = refusal(colleague)
        if not why:
            return
        if len(self._away) >= MOST_REFUSED:
            self._away.clear()
        self._away[user] = (now, why)
        if colleague is not None:
            deed = kept_out(colleague, why, self.groups.common, now)
            await self.store.write(Round(at=now, deeds=[deed]))
        raise Turned(403, why)

    async def _standing(self, launch: Launch) -> Colleague | None:
        """What they are at the desk, as a command of theirs there would find it; None for a stranger."""
        if not await self._belongs(launch.user):
            return None
        changed = {one.id: one for one in await self.store.roster()}
        roster = self.in_force.rules.roster().with_changes(changed)
        known = roster.of(launch.user, launch.name)
        alone = not roster.at_least(Role.MANAGER)
        if alone and await self.premises.is_creator(launch.user, self.groups.common):
            return Colleague(
                id=known.id,
                name=known.name,
                role=Role.MANAGER,
                specialties=known.specialties,
                language=known.language,
            )
        return known

    async def _belongs(self, user: UserId) -> bool:
        """Whether they are in any of the desk's groups."""
        others = {self.groups.now(one) for one in self.in_force.rules.desks()} - {self.groups.common}
        for group in (self.groups.common, *sorted(others)):
            if await self.premises.is_member(user, group):
                return True
        return False
