"""The front: what is heard and shown over HTTP. It knows neither Telegram nor the office, only who takes what comes."""

from bot.front.door import Door, Views, front_door
from bot.front.meters import Family, Meters
from bot.front.server import Front

__all__ = ["Door", "Family", "Front", "Meters", "Views", "front_door"]
