"""Warns when a desk's group comes near a million messages, beyond which old topics die."""

from datetime import date, datetime
from typing import Final

from bot.complaint.actions import Tell
from bot.complaint.events import AgentWrote, Event, Pressed
from bot.complaint.ids import ChatId
from bot.policy.rules import Rules

NEARLY_FULL: Final = 900_000
"""The message number from which a group counts as nearly full: a busy desk then has weeks left."""


class Fullness:
    """Warns once a day and group, as far as memory goes."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._told: dict[ChatId, date] = {}

    def told(self, event: Event, at: datetime) -> Tell | None:
        """What General of this group is told, if it is nearly full and was not told today."""
        if not isinstance(event, AgentWrote | Pressed) or event.message < NEARLY_FULL or event.chat > 0:
            return None
        today = at.astimezone(self._rules.clock).date()
        if self._told.get(event.chat) == today:
            return None
        self._told[event.chat] = today
        own = event.chat in self._rules.desks()
        fields = {"count": int(event.message), "own": own}
        return Tell(name="group_full", fields=fields, general=True, chat=event.chat, key="group_full")
