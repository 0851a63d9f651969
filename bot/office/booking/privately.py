"""Letters to one colleague alone, and removing a message from the topic (R52)."""

from itertools import zip_longest
from typing import Any

from bot.complaint import actions
from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId
from bot.complaint.letters import Letter, LetterKind
from bot.office.booking.turns import Forms, Occasion
from bot.wording.splitting import split


def hand_privately(action: actions.HandPrivately, words: str, on: Occasion, forms: Forms) -> list[Letter]:
    """A letter to one colleague's own chat, protected against forwarding."""
    chat = ChatId(int(action.to))
    places = [*action.places, None, None]
    above = [
        forms.letter(on, LetterKind.TEXT, chat, Lane.TALK, html=part, guarded=True, place=place)
        for part, place in zip_longest(split(words), places[:1])
    ]
    if action.media is None:
        return above
    thing: dict[str, Any] = {"media": action.media, "guarded": True, "place": places[1]}
    return [*above, forms.letter(on, LetterKind.COPY, chat, Lane.TALK, **thing)]


def recall(action: actions.Recall, on: Occasion, forms: Forms) -> Letter:
    """Delete what was handed to one colleague."""
    return forms.letter(on, LetterKind.DELETE, ChatId(int(action.to)), Lane.DESK, place=action.place)


def take_down(action: actions.TakeDown, on: Occasion, forms: Forms) -> Letter:
    """Delete our copy of a message from the topic."""
    place = action.message
    return forms.letter(on, LetterKind.DELETE, place.chat, Lane.DESK, target=place.message)
