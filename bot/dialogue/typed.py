"""Typed words that stand for a button or a command: some chats show none, and some people rather type."""

from typing import Final

from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import Commanded, CustomerWrote, Event, Pressed
from bot.dialogue.acts.mydata import DELETE
from bot.dialogue.leaves import ALL, BACK, ONE
from bot.dialogue.offered import ANSWERS
from bot.dialogue.presses import Press, read_press, signal_of_press
from bot.dialogue.steps import Signal
from bot.policy.visiting import pressed_by_words
from bot.reading.datawords import asked_of_data
from bot.reading.typedwords import means, plainly

READ: Final = frozenset({"human", "skip", "refund", "replace", "agree", "score", "offer_yes"})
"""Buttons whose words are read as what they say, wherever they stand."""
ASIDE: Final = frozenset({"erase_yes", "erase_no", BACK, ALL, ONE})
"""Buttons that say themselves for how long they are good."""


def as_pressed(event: Event, talk: Conversation) -> Event:
    """The press that these words stand for, if the newest message shows such a button; else the event as it is."""
    if type(event) is not CustomerWrote or not talk.choices or event.media is not None or event.forwarded:
        return event
    words = plainly(event.text)
    shown = [(label, press) for label, data in talk.choices if (press := read_press(data)) is not None]
    meant = [press for label, press in shown if plainly(label) == words]
    meant = meant or [press for _, press in shown if means(event.text, press.act, press.value)]
    chosen = next((one for one in meant if one.act not in READ), None)
    if chosen is None:
        return event
    pressed = _pressed(event, chosen, talk)
    return pressed if _is_good(chosen, pressed, talk) else event


def as_asked(event: Event, talk: Conversation) -> Event:
    """`/mydata` or `/delete`, where these words ask for it; else the event as it is.

    Whoever wants deleted what is not kept here wants it of people, who look elsewhere too.
    """
    if type(event) is not CustomerWrote or event.media is not None or event.forwarded:
        return event
    asked = asked_of_data(event.text)
    if asked is None or (asked == DELETE and talk.case_no is None and not talk.parked):
        return event
    return Commanded(
        at=event.at,
        chat=event.chat,
        sender=event.sender,
        message=event.message,
        name=asked,
        words=event.text,
    )


def _pressed(event: CustomerWrote, press: Press, talk: Conversation) -> Pressed:
    data = next(data for _, data in talk.choices if read_press(data) == press)
    return pressed_by_words(event, data, event.text.strip())


def _is_good(press: Press, pressed: Pressed, talk: Conversation) -> bool:
    if press.act in ASIDE:
        return True
    if press.act in ANSWERS:
        return talk.step is Step.OFFERED
    return signal_of_press(pressed, talk) not in (Signal.LATE_PRESS, Signal.FOREIGN_PRESS)
