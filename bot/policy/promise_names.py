"""How a promise is called wherever the desk reads of it: by its kind, or, a colleague's own, by its words (S53)."""

import re
from typing import Final

from bot.complaint.case import Promise
from bot.complaint.shortening import cut

OWN_WORDS: Final = "own_words"
"""The kind of a promise that a colleague made in words of their own."""
_MOST: Final = 20
_MOST_LATIN: Final = 40
"""Two Latin letters take the room of one Chinese sign."""
_COLON: Final = re.compile(r"(?<!\d)[:：]\s*|[:：](?!\d)\s*")
"""No time of day has one of these."""
_COMMA: Final = re.compile(r"[,，]")


def called(promise: Promise) -> str:
    """The name of a promise: its kind; for free promises their words."""
    if promise.kind != OWN_WORDS or not promise.text:
        return promise.kind
    most = _MOST_LATIN if promise.text.isascii() else _MOST
    if promise.source is not None:
        # a colleague's own words, which have colons of their own
        return cut(promise.text, most)
    # the sentence that was said: "it is agreed: what, by when"
    said = _COLON.split(promise.text, maxsplit=1)[-1]
    return cut(_COMMA.split(said, maxsplit=1)[0], most)
