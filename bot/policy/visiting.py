"""Which doors a complainant has used, and through which they are answered (R59)."""

from collections.abc import Iterable, Sequence
from unicodedata import normalize

from bot.complaint.conversation import Conversation
from bot.complaint.doors import OWN_CHAT, Visit, door_of
from bot.complaint.events import Commanded, CustomerWrote, Event, Pressed
from bot.complaint.letters import Letter, LetterKind


def entered(talk: Conversation, event: Event) -> Conversation:
    """The talk after a message through a door: that door is answered. With one door only nothing is stored."""
    if not isinstance(event, CustomerWrote | Commanded | Pressed):
        return talk
    door = door_of(event.message)
    if door == OWN_CHAT and not talk.visits:
        return talk
    visits = {one.door: one.at for one in talk.visits}
    if not visits and talk.version > 0:
        # who is known already came through the bot's own chat
        visits[OWN_CHAT] = event.at
    if isinstance(event, Pressed) and event.query and door != OWN_CHAT and door in visits:
        # a press is no message: it does not open the door for another day
        return talk.evolve(door=door)
    visits[door] = max(event.at, visits.get(door, event.at))
    return talk.evolve(door=door, visits=tuple(Visit(door=one, at=at) for one, at in visits.items()))


def offered(talk: Conversation, letters: Iterable[Letter]) -> Conversation:
    """The talk with the choices that its newest message offers."""
    told = [one for one in letters if one.kind is LetterKind.TEXT and one.chat == talk.chat]
    if not told:
        return talk
    keys = [key for one in told for row in one.keys for key in row if key.data]
    keys += [key for one in told for key in one.choices]
    return talk.evolve(choices=tuple((key.label, key.data) for key in keys))


def typed(event: Event, talk: Conversation, *, numbered: bool) -> Event:
    """The button press that typed words stand for (its label, or its number); else the event as it is."""
    if type(event) is not CustomerWrote or not talk.choices or event.media is not None or event.forwarded:
        return event
    words = normalize("NFKC", event.text).strip().casefold()
    labels = [normalize("NFKC", label).strip().casefold() for label, _ in talk.choices]
    place = labels.index(words) if words in labels else None
    if place is None and numbered and words.isdecimal() and 0 < int(words) <= len(labels):
        place = int(words) - 1
    if place is None:
        return event
    label, data = talk.choices[place]
    return pressed_by_words(event, data, label)


def pressed_by_words(event: CustomerWrote, data: str, label: str) -> Pressed:
    """The press of the button with this data and label, as what the complainant typed; it has no query to answer."""
    return Pressed(
        at=event.at,
        chat=event.chat,
        sender=event.sender,
        message=event.message,
        query="",
        data=data,
        label=label,
    )


def as_typed(event: Event, letters: Sequence[Letter]) -> list[Letter]:
    """Adapt the answers to a typed press: no pop-up notice, and no buttons to remove."""
    if not isinstance(event, Pressed) or event.query:
        return list(letters)
    return [
        one
        for one in letters
        if one.kind is not LetterKind.ANSWER_PRESS
        and not (one.kind is LetterKind.BUTTONS and one.target == event.message)
    ]
