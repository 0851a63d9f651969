"""Folds insults away in what agents see; one tap shows them (S56)."""

import re
from collections.abc import Sequence

from bot.complaint.case import Case
from bot.complaint.ids import MessageId
from bot.complaint.reading import Family

Piece = dict[str, object]
"""A part of a message: its `text`, and whether it is `rude`."""


def insults_in(case: Case | None, message: MessageId) -> tuple[str, ...]:
    """The insults that were read in this message of the complainant's, the longest first."""
    if case is None:
        return ()
    cues = {one.cue for one in case.flags if one.family is Family.ABUSE and one.message == message}
    return tuple(sorted((one for one in cues if one.strip()), key=len, reverse=True))


def folded(text: str, insults: Sequence[str]) -> list[Piece]:
    """The text in pieces, in order and complete; empty if there is nothing to fold."""
    if not insults:
        return []
    rude = re.compile("|".join(re.escape(one) for one in insults), re.IGNORECASE)
    pieces: list[Piece] = []
    place = 0
    for found in rude.finditer(text):
        if found.start() > place:
            pieces.append({"text": text[place : found.start()], "rude": False})
        pieces.append({"text": found.group(), "rude": True})
        place = found.end()
    if not pieces:
        return []
    return [*pieces, *([{"text": text[place:], "rude": False}] if place < len(text) else [])]
