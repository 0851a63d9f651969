"""The supervisor's page: a read-only Telegram Mini App."""

from bot.front.miniapp.door import PREFIX, Keeper, Turned, miniapp
from bot.front.miniapp.pace import Pace

__all__ = ["PREFIX", "Keeper", "Pace", "Turned", "miniapp"]
