"""Looks up who is called to danger; a turn without any reads nothing."""

from datetime import datetime

from bot.complaint.actions import Turn
from bot.desk import alarms, summoned
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet


async def with_alarms(turn: Turn, lookup: Lookup, sheet: Worksheet, at: datetime) -> Turn:
    """The turn whose lines about danger call people by name."""
    if not alarms(turn):
        return turn
    return summoned(turn, (await lookup.with_roster(sheet, at)).roster)
