"""Our own events as bytes for the inbox, named by their class."""

from typing import Final

import msgspec

from bot.complaint import events
from bot.complaint.errors import ComplaintError
from bot.complaint.events import Event


class EventUnreadable(ComplaintError):
    """These bytes are no event of ours."""


class _Envelope(msgspec.Struct):
    event: str
    body: msgspec.Raw


def _kinds(kind: type[Event]) -> dict[str, type[Event]]:
    found = {kind.__name__: kind}
    for narrower in kind.__subclasses__():
        found |= _kinds(narrower)
    return found


_KINDS: Final = {name: kind for name, kind in _kinds(Event).items() if kind.__module__ == events.__name__}
_envelopes: Final = msgspec.json.Decoder(_Envelope)
_bodies: Final = {name: msgspec.json.Decoder(kind) for name, kind in _KINDS.items()}


def encode_event(event: Event) -> bytes:
    """An event as bytes for the inbox."""
    body = msgspec.Raw(msgspec.json.encode(event))
    return msgspec.json.encode(_Envelope(type(event).__name__, body))


def decode_event(body: bytes) -> Event:
    """The event that `encode_event` wrote.

    Raises:
        EventUnreadable: these bytes are no event of ours.
    """
    try:
        envelope = _envelopes.decode(body)
        return _bodies[envelope.event].decode(envelope.body)
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, ValueError) as error:
        raise EventUnreadable(str(error)) from None
