"""The supervisor's page: a read-only Telegram Mini App."""

from bot.front.miniapp.pace import Pace
from bot.front.miniapp.routes import PREFIX, Keeper, Turned, miniapp

__all__ = ["PREFIX", "Keeper", "Pace", "Turned", "miniapp"]
