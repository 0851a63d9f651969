"""What is told besides the answer to a question belongs to the story, and is never called not understood."""

import re
from typing import Final

from bot.complaint.case import Facts
from bot.complaint.conversation import Heard
from bot.complaint.reading import Emotion, Family, Intent, Reading
from bot.complaint.seen import mark_on
from bot.dialogue.draft import Draft
from bot.dialogue.vague import SURE_OF_THE_MATTER, names_no_matter
from bot.reading.matterwords import asks_back, awaits_refund, names_place, tells_what_came
from bot.reading.privacy import masked

LONGEST_POINT: Final = 200
MOST_TROUBLES: Final = 4
BESIDE_A_WISH: Final = 6
"""Characters beside the words of a wish, from which on a message tells what happened too."""
LONGEST_PLACE: Final = 30
"""Characters of a message that is hardly more than a place."""
_ASIDE: Final = frozenset({Intent.SKIPS, Intent.REFUSES_DETAILS, Intent.THANKS})
_TELLS: Final = re.compile(r"[\u4e00-\u9fff]{3,}|[^\W\d_]+(?:\W+\w+){2,}")
"""Three Chinese characters, or three words: fewer are a nod, a sigh or a slip."""


def tell_more(draft: Draft, heard: tuple[Heard, ...]) -> bool:
    """Add to the story what these messages tell; whether they tell anything."""
    note_place(draft, heard)
    reading = draft.scene.reading
    fresh = [one for one in heard if _TELLS.search(one.text) and not _only_asks(reading, one.text)]
    for one in fresh if reading is None or not _only_answers(reading) else ():
        point = masked(one.text.strip()).text[:LONGEST_POINT]
        closed = mark_on(draft.of_case("restricted"), draft.talk.chat, one.message) is not None
        if not closed and point not in draft.case.story:
            draft.change(story=(*draft.case.story, point))
    return bool(fresh)


def _only_answers(reading: Reading) -> bool:
    """Whether they only thank, or say that they have or give no such thing: that is no part of what happened."""
    told = reading.issue or reading.slots.product or reading.remedy is not None
    return not _ASIDE.isdisjoint(reading.intents) and not told


def _only_asks(reading: Reading | None, text: str) -> bool:
    """Whether it is a question to us that tells of nothing wrong: "how do you know who I am?"."""
    if reading is None or reading.is_complaint or reading.issue or reading.remedy is not None:
        return False
    return not reading.slots.product and asks_back(text)


def note_place(draft: Draft, heard: tuple[Heard, ...]) -> None:
    """Where they got it counts whatever was asked, so that it is not asked for again (S13)."""
    text = " ".join(one.text for one in heard if one.text).strip()
    facts: Facts = draft.of_case("facts")
    if facts.store is None and len(text) <= LONGEST_PLACE and names_place(text):
        draft.learn(store=text)


def every_trouble(known: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    """Every trouble that was told, in the order of telling; the same in other words stands once."""
    new = (one for one in told if not any(one in other or other in one for other in known))
    return (*known, *new)[:MOST_TROUBLES]


def has_substance(reading: Reading, text: str) -> bool:
    """Whether a message tells something; anger or a wish alone is no point of the story."""
    slots = reading.slots
    tells = reading.issue or (slots.product and reading.is_complaint) or awaits_refund((text,))
    sure = reading.emotion < Emotion.ANGRY or reading.confidence >= SURE_OF_THE_MATTER
    insults = reading.shows(Family.ABUSE)
    beside = reading.remedy is None or len(text) - len(reading.remedy.span.text) >= BESIDE_A_WISH
    plain = reading.is_complaint and sure and not insults and beside
    empty = names_no_matter(reading) and not tells_what_came(text)
    return bool(tells or plain) and not empty and not _only_answers(reading)
