"""Masks identity cards, bank cards and passwords as they arrive; no other part sees them (R26)."""

from bot.complaint.events import Commanded, CustomerEdited, CustomerWrote, Event, Media
from bot.complaint.evolving import replace
from bot.reading.privacy import masked


def shielded(event: Event) -> Event:
    """The event with sensitive numbers masked, and marked if any were."""
    match event:
        case CustomerWrote() | CustomerEdited():
            text, media = masked(event.text), _thing(event.media)
            if not text.found and media == event.media:
                return event
            return replace(event, text=text.text, media=media, html="", secret=True)
        case Commanded() if event.argument:
            return replace(event, argument=masked(event.argument).text)
        case _:
            return event


def _thing(media: Media | None) -> Media | None:
    if media is None or not (media.name or media.detail):
        return media
    return replace(media, name=masked(media.name).text, detail=masked(media.detail).text)
