"""Shortens text to one line of a card or list."""

from typing import Final

from bot.complaint.signs import shown

LINE: Final = 120


def cut(text: str, longest: int = LINE) -> str:
    """The text on one line, and no longer than this."""
    flat = " ".join(shown(text).split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
