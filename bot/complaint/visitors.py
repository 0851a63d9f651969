"""Journalists with inquiries, and people with a following on other platforms (S42, S72)."""

from datetime import datetime

from msgspec import Struct


class Inquiry(Struct, frozen=True, kw_only=True):
    """What a journalist wants, as far as they said; in their own words."""

    name: str = ""
    outlet: str = ""
    questions: str = ""
    deadline: datetime | None = None
    """Until when they need the answer."""
    contact: str = ""


class Following(Struct, frozen=True, kw_only=True):
    """A handle on another platform and its followers, as told. It never changes an amount (S9)."""

    handle: str = ""
    followers: str = ""
