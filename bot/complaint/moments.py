"""Moments with a time zone; time is a parameter everywhere, and naive times are refused."""

from datetime import UTC, datetime


def aware(moment: datetime) -> datetime:
    """The moment itself; refused if it has no time zone.

    Raises:
        ValueError: the moment carries no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment


def from_unix(seconds: float) -> datetime:
    """Telegram's seconds since 1970 as an aware moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
