"""Lines that mention people by name, so that they are notified."""

from typing import Final

from bot.complaint.actions import Lane, Tell
from bot.complaint.case import Severity
from bot.complaint.colleagues import Colleague
from bot.desk.sheet import Sheet

MOST: Final = 4
"""More names in a line make nobody feel meant."""


def summon(sheet: Sheet, line: str, who: tuple[Colleague, ...], **fields: object) -> None:
    """One line in the topic that mentions these people, each once."""
    once = tuple({one.id: one for one in who}.values())
    lane = Lane.URGENT if sheet.case.severity is Severity.SEV1 else Lane.DESK
    sheet.add(Tell(name=line, fields=fields, calls=once[:MOST], lane=lane))
