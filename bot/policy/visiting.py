"""Through which doors a complainant comes, and by which they are answered (R59)."""

from bot.complaint.conversation import Conversation
from bot.complaint.doors import OWN_CHAT, Visit, door_of
from bot.complaint.events import Commanded, CustomerWrote, Event, Pressed


def entered(talk: Conversation, event: Event) -> Conversation:
    """The talk after somebody came through a door: there they are answered. Who has one door leaves no mark."""
    if not isinstance(event, CustomerWrote | Commanded | Pressed):
        return talk
    door = door_of(event.message)
    if door == OWN_CHAT and not talk.visits:
        return talk
    visits = {one.door: one.at for one in talk.visits}
    if not visits and talk.version > 0:
        # who is known already came through the bot's own chat
        visits[OWN_CHAT] = event.at
    if isinstance(event, Pressed) and door != OWN_CHAT and door in visits:
        # a press is no message: it does not open the door for another day
        return talk.evolve(door=door)
    visits[door] = max(event.at, visits.get(door, event.at))
    return talk.evolve(door=door, visits=tuple(Visit(door=one, at=at) for one, at in visits.items()))
