"""Puts one person's messages, which a webhook may deliver out of order, back into order."""

from collections.abc import Sequence
from itertools import pairwise

from bot.complaint.ids import ChatId, MessageId
from bot.complaint.records import Entry
from bot.store.answers import TimelineRow

PEOPLE = ("customer", "agent")


def as_they_said_it(lines: Sequence[TimelineRow]) -> list[TimelineRow]:
    """Reorder one person's messages of a chat by their numbers; everything else stays in place."""
    told = list(lines)
    places: dict[tuple[str, ChatId], list[tuple[int, MessageId]]] = {}
    for place, line in enumerate(lines):
        entry = line.entry
        if entry.who in PEOPLE and entry.message is not None and not entry.edit and not _points(entry):
            places.setdefault((entry.who, entry.chat), []).append((place, entry.message))
    for those in places.values():
        if all(one <= other for (_, one), (_, other) in pairwise(those)):
            continue
        by_number = sorted(those, key=lambda one: one[1])
        for (place, _), (found, _) in zip(those, by_number, strict=True):
            told[place] = lines[found]
    return told


def _points(entry: Entry) -> bool:
    """Reactions and presses bear the number of the message that they are about."""
    return (entry.media or {}).get("kind") in ("reaction", "press")
