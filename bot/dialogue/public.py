"""In a group that is no desk: one neutral line and the way to the private chat, and nothing of any case."""

from bot.complaint.actions import Button, Lane, Say, Turn
from bot.complaint.conversation import Conversation
from bot.complaint.events import PublicMessage
from bot.complaint.reading import Language, Reading


def answer_in_public(event: PublicMessage, talk: Conversation, reading: Reading | None) -> Turn:
    """What the bot says to somebody who calls it in a group: once a day for each person (S36, S49).

    `talk` stands for the group; it only remembers who was answered today.
    """
    day = event.at.date().isoformat()
    who = f"{event.sender.id if event.sender else 0}:{day}"
    answered = tuple(one for one in talk.said if one.endswith(day))
    if not event.addressed or who in answered:
        return Turn(conversation=None, case=None)
    spoken = Language.EN if reading is not None and reading.language is Language.EN else Language.ZH
    line = Say(
        name="group/private_please",
        buttons=((Button("private", url=event.private_chat),),),
        lane=Lane.FIRST,
    )
    return Turn(conversation=talk.evolve(said=(*answered, who), language=spoken), case=None, actions=(line,))
