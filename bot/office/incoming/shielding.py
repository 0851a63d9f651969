"""Masks identity cards, bank cards and passwords as they arrive; no other part sees them (R26)."""

from typing import Final

from bot.complaint.events import (
    CAPTION,
    WHOLE,
    Commanded,
    CustomerEdited,
    CustomerWrote,
    Event,
    Media,
    Transcribed,
)
from bot.complaint.evolving import replace
from bot.complaint.squares import PublicMessage
from bot.reading.privacy import masked

_POINTS: Final = ("location", "venue")
"""Media whose detail is a place's two numbers, and nobody's."""


def shielded(event: Event) -> Event:
    """The event with sensitive numbers masked, and marked if any were."""
    match event:
        case CustomerWrote() | CustomerEdited():
            text, media = masked(event.text), _thing(event.media)
            if not text.found and media == event.media:
                return event
            return replace(event, text=text.text, media=_captioned(media, text.found), html="", secret=True)
        case PublicMessage():
            return replace(event, text=masked(event.text).text, media=_thing(event.media))
        case Commanded() if event.argument:
            return replace(event, argument=masked(event.argument).text)
        case Transcribed():
            return replace(event, text=masked(event.text).text)
        case _:
            return event


def _thing(media: Media | None) -> Media | None:
    """What came, with what stands on it masked; then no copy of it is to be shown."""
    if media is None or not (media.name or media.detail or media.more):
        return media
    detail = media.detail if media.kind in _POINTS else masked(media.detail).text
    seen = replace(media, name=masked(media.name).text, detail=detail, more=masked(media.more).text)
    return media if seen == media else replace(seen, veiled=WHOLE)


def _captioned(media: Media | None, found: frozenset[str]) -> Media | None:
    if media is None or media.veiled or not found:
        return media
    return replace(media, veiled=CAPTION)
