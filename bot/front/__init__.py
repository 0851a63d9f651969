"""HTTP: Telegram's webhook, the operator's views and the supervisor's page. Imports neither telegram nor office."""

from bot.front.meters import Family, Meters
from bot.front.routes import Views, Webhook, application
from bot.front.server import Front

__all__ = ["Family", "Front", "Meters", "Views", "Webhook", "application"]
