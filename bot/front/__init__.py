"""HTTP: Telegram's webhook, the operator's views and the supervisor's page. Imports neither telegram nor office."""

from bot.front.door import Door, Views, front_door
from bot.front.meters import Family, Meters
from bot.front.server import Front

__all__ = ["Door", "Family", "Front", "Meters", "Views", "front_door"]
