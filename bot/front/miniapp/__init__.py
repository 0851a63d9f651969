"""The supervisor's page: a Telegram Mini App. It reads; whatever changes a case is done in the chat."""

from bot.front.miniapp.door import PREFIX, Keeper, Turned, miniapp
from bot.front.miniapp.pace import Pace

__all__ = ["PREFIX", "Keeper", "Pace", "Turned", "miniapp"]
