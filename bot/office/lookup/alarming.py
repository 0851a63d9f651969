"""Looks up who is called to danger; a turn without any reads nothing."""

from datetime import datetime

from bot.complaint.actions import Situation, Turn
from bot.desk import accuses, alarms, summoned, without_accused
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules


async def with_alarms(turn: Turn, lookup: Lookup, sheet: Worksheet, at: datetime) -> Turn:
    """The turn whose lines about danger call people by name."""
    if not alarms(turn):
        return turn
    return summoned(turn, (await lookup.with_roster(sheet, at)).roster)


async def unaccused(turn: Turn, lookup: Lookup, sheet: Worksheet, situation: Situation, rules: Rules) -> Turn:
    """The turn after which nobody has a case in which they are accused themselves."""
    if not accuses(turn.case):
        return turn
    roster = (await lookup.with_roster(sheet, situation.now)).roster
    return without_accused(turn, roster, rules, situation)
