"""Updates in the order in which they happened: a webhook may bring them out of it."""

from collections.abc import Iterable
from itertools import pairwise

from bot.complaint.ids import ChatId
from bot.complaint.records import InboxRow


def as_they_happened(rows: Iterable[InboxRow]) -> list[InboxRow]:
    """Telegram's updates of a chat change places among themselves until their numbers rise; others stay."""
    told = list(rows)
    places: dict[ChatId, list[int]] = {}
    for place, row in enumerate(told):
        if row.arrival.source == "telegram" and row.arrival.key.isdigit():
            places.setdefault(row.arrival.chat, []).append(place)
    for those in places.values():
        updates = [told[place] for place in those]
        if all(_number(one) < _number(other) for one, other in pairwise(updates)):
            continue
        for place, row in zip(those, sorted(updates, key=_number), strict=True):
            told[place] = row
    return told


def _number(row: InboxRow) -> int:
    return int(row.arrival.key)
