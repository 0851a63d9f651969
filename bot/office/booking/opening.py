"""What a case's topic opens with: its name, and the card with the talk so far under it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from bot.complaint.case import Case
from bot.complaint.events import Media
from bot.complaint.ids import MessageRef
from bot.complaint.letters import Letter, LetterKind
from bot.desk import topic_name
from bot.wording.space import plain
from bot.wording.spelling import Spelling

LONGEST: Final = 4096
"""Characters of a message, counted without its tags."""
WITHOUT_STAMP: Final = LONGEST - 60
"""Of a card without the time at which it was made."""
SPARE: Final = 900
"""Characters left free, by which the card may grow while the talk stays under it."""


def titled(case: Case, spelling: Spelling) -> str:
    """The name of its topic; without any matter it says why people have the case."""
    first = next(iter(case.escalations), None)
    return topic_name(case, spelling.named(first.reason.split(" ")[0], "why", "family") if first else "")


def under_the_card(card: Letter, posted: Sequence[Letter]) -> list[Letter]:
    """The card and the letters that show the talk; in one message, where both fit: a group gets few."""
    words = [one for one in posted if one.kind is LetterKind.TEXT]
    if len(words) != 1 or len(plain(card.html)) + len(plain(words[0].html)) > LONGEST - SPARE:
        return [card, *posted]
    below = f"<blockquote expandable>{words[0].html}</blockquote>"
    # nothing replaces it while it waits: an edit brings no talk along
    return [card.evolve(below=below, key=None), *(one for one in posted if one is not words[0])]


def files_of(log: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is copied under the talk: which message, as what, and whether without the words under it."""
    kept: Mapping[MessageRef, Media] = log.get("kept", {})
    bare: Collection[MessageRef] = log.get("bare", ())
    return [{"source": one, "media": kept.get(one), "bare": one in bare} for one in log.get("files", ())]
