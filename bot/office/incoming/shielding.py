"""Masks identity cards, bank cards and passwords as they arrive; no other part sees them (R26).

What somebody else wrote and a colleague passes on is no command, either.
"""

import re
from typing import Final

from bot.complaint.case import Person
from bot.complaint.events import (
    CAPTION,
    WHOLE,
    AgentWrote,
    Commanded,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Event,
    Media,
    Pressed,
    Transcribed,
    Wrote,
)
from bot.complaint.evolving import replace
from bot.complaint.squares import PublicMessage
from bot.desk.notes import is_note, order_of
from bot.reading.privacy import masked

_READ_OUT: Final = frozenset({
    *("say", "resolve", "unaccepted", "deadlock", "upheld", "partly", "notupheld", "undetermined"),
    *("offer", "promise", "postpone", "keep", "done", "adopted", "idea", "incident"),
})  # fmt: skip
"""Commands whose words a complainant reads, a voucher's code among them: those are the colleague's own."""
_LINK: Final = re.compile(r"(?=.*[a-z])[\w-]{1,64}", re.IGNORECASE | re.ASCII)
"""What a link brings: chance spells "pwd" among its signs, and with one of them masked it leads nowhere."""
_POINTS: Final = ("location", "venue")
"""Media whose detail is a place's two numbers, and nobody's."""


def shielded(event: Event) -> Event:
    """The event with sensitive numbers masked, and marked if any were."""
    match event:
        case Wrote(sender=by) | Commanded(sender=by) | Pressed(sender=by) | CustomerReacted(sender=by):
            named = masked(by.name)
            event = replace(event, sender=replace(by, name=named.text)) if named.found else event
        case PublicMessage(sender=Person() as by):
            event = replace(event, sender=replace(by, name=masked(by.name).text))
        case _:
            pass
    return _shielded(_not_ordered(event))


def _not_ordered(event: Event) -> Event:
    """Somebody else's words that a colleague passes on give no order with the colleague's rights: they are a note."""
    if not isinstance(event, AgentWrote) or not event.forwarded or order_of(event.text) is None:
        return event
    return replace(event, text=f"//{event.text.lstrip()}", html="")


def _shielded(event: Event) -> Event:
    match event:
        case CustomerWrote() | CustomerEdited():
            return _wrote(event)
        case AgentWrote() if _stays_here(event.text):
            text = masked(event.text)
            return replace(event, text=text.text, html="", secret=True) if text.found else event
        case PublicMessage():
            return replace(event, text=masked(event.text).text, media=_thing(event.media))
        case Commanded() if not _is_link(event):
            return replace(event, name=masked(event.name).text, argument=masked(event.argument).text)
        case Transcribed():
            return replace(event, text=masked(event.text).text)
        case _:
            return event


def _wrote(event: CustomerWrote | CustomerEdited) -> Event:
    text, media = masked(event.text), _thing(event.media)
    if not text.found and media == event.media:
        return event
    return replace(event, text=text.text, media=_captioned(media, text.found), html="", secret=True)


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


def _is_link(event: Commanded) -> bool:
    return event.name == "start" and _LINK.fullmatch(event.argument) is not None


def _stays_here(text: str) -> bool:
    """Whether a colleague writes down what stays at the desk; their words to a complainant are their own."""
    order = order_of(text)
    return is_note(text) if order is None else order.name not in _READ_OUT
