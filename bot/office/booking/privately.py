"""Letters to one colleague alone, and removing a message from the topic (R52)."""

from bot.complaint import actions
from bot.complaint.actions import Lane
from bot.complaint.ids import ChatId
from bot.complaint.letters import Letter, LetterKind
from bot.office.booking.turns import Forms, Occasion
from bot.wording.splitting import split


def hand_privately(action: actions.HandPrivately, words: str, on: Occasion, forms: Forms) -> list[Letter]:
    """Into a colleague's own chat with the bot: it is nobody's copy, and cannot be passed on."""
    chat = ChatId(int(action.to))
    above = [
        forms.letter(on, LetterKind.TEXT, chat, Lane.TALK, html=part, guarded=True) for part in split(words)
    ]
    if action.media is None:
        return above
    return [*above, forms.letter(on, LetterKind.COPY, chat, Lane.TALK, media=action.media, guarded=True)]


def take_down(action: actions.TakeDown, on: Occasion, forms: Forms) -> Letter:
    """A copy of ours leaves the topic."""
    place = action.message
    return forms.letter(on, LetterKind.DELETE, place.chat, Lane.DESK, target=place.message)
