"""Journalists with inquiries, and people with a following on other platforms (S42, S72)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What somebody of the press wants, as far as they said; their own words."""

    name: str = ""
    outlet: str = ""
    questions: str = ""
    deadline: datetime | None = None
    """Until when they need the answer."""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A name on another platform, and how many follow it, both as they told it. It changes no amount (S9)."""

    handle: str = ""
    followers: str = ""
