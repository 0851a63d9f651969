"""What the reader read of a case, and people's corrections of it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.complaint.axes import Severity
from bot.complaint.ids import UserId
from bot.complaint.reading import Category, RemedyKind


class ReadField(StrEnum):
    """What the machine reads and people may correct."""

    CATEGORY = "category"
    SEVERITY = "severity"
    REMEDY = "remedy"


class MachineReading(Struct, frozen=True, kw_only=True):
    """What the machine made of a case by itself; people's corrections never touch it."""

    category: Category = Category.NONE
    """The first grievance that it read."""
    confidence: float = 0.0
    """0 to 1: how sure it was of that category."""
    severity: Severity = Severity.SEV4
    """The gravest that its triage gave, until a person decided."""
    remedy: tuple[RemedyKind, ...] = ()
    """The kinds of the newest wish that it read in words; empty where none was read."""


class Correction(Struct, frozen=True, kw_only=True):
    """What a person says the machine should have read; the same value twice says that it read right.

    Values are plain: `quality`, `2`, or the kinds of a remedy with `+` between. Nothing of the complainant's stands
    in them.
    """

    field: ReadField
    read: str
    """What the machine had read; empty where it read nothing."""
    now: str
    by: UserId
    name: str
    at: datetime
    why: str = ""
