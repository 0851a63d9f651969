"""Reloads brand file and replies on SIGHUP; if they are wrong, says why and keeps the old ones."""

import asyncio
from dataclasses import dataclass, field

import structlog

from bot.app import House
from bot.commands.checking import at_home
from bot.complaint.errors import ComplaintError
from bot.config import Settings, load_rules
from bot.office.phrases import load_catalogue
from bot.policy.rules import Rules
from bot.telegram.troubles import Unreachable
from bot.wording.catalogue import Catalogue

_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Reload:
    """Renews a house as often as it is asked to, one time after another."""

    settings: Settings
    _asked: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self) -> None:
        """Brand file or replies have changed."""
        self._asked.set()

    async def run(self, house: House) -> None:
        """Renew whenever it is asked for, until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._renew(house)

    async def _renew(self, house: House) -> None:
        try:
            found = await asyncio.to_thread(_read, self.settings)
            if isinstance(found, list):
                _log.error("renewal_refused", findings=found)
                return
            await house.renew(*found)
        except Unreachable as error:
            _log.warning("menus_not_renewed", reason=error.detail)
        except ComplaintError as error:
            _log.error("renewal_refused", findings=[error.detail or str(error)])
            return
        _log.info("renewed")


def _read(settings: Settings) -> tuple[Rules, Catalogue] | list[str]:
    """Rules and words as they now are, or what is wrong with them, by the rules of `check`."""
    home = at_home(settings)
    if home.lines:
        return home.lines
    rules = load_rules(settings.brand)
    return rules, home.catalogue or load_catalogue(rules, settings.replies)
