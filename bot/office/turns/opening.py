"""Opens rows of the inbox: each holds events, or something that cannot be read."""

from bot.complaint.errors import ComplaintError
from bot.complaint.events import Event
from bot.complaint.records import InboxRow
from bot.office.incoming.post import EventUnreadable, decode_event
from bot.office.incoming.shielding import shielded
from bot.telegram.parsing import Identity, UpdateUnreadable, parse

Opened = tuple[InboxRow, list[Event] | ComplaintError]
"""A row with the events that it holds, or with what is wrong with it."""


def events_in(row: InboxRow, us: Identity) -> list[Event] | ComplaintError:
    """What a row holds, or what is wrong with it."""
    arrival = row.arrival
    try:
        if arrival.source == "telegram":
            return [shielded(one) for one in parse(arrival.body, us=us, at=arrival.at)]
        return [shielded(decode_event(arrival.body))]
    except (UpdateUnreadable, EventUnreadable) as error:
        return error
