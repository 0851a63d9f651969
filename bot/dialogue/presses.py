"""The data of the complainant's buttons, and the check that a press is theirs and still valid.

A button carries the turn of the talk in which it was made. When the talk has moved on the button is late:
it does nothing, and says so. The few acts in `ALWAYS` stay good: they say the same at any time.
"""

from typing import Final, NamedTuple

from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import Pressed
from bot.complaint.reading import RemedyKind
from bot.dialogue.steps import Signal


class Press(NamedTuple):
    """What a press says: `act` with an optional `value`, made in `turn` of the talk."""

    act: str
    value: str
    turn: int


def press_data(act: str, value: str, turn: int) -> str:
    """The data of a button, at most 64 bytes, as Telegram demands."""
    return f"c|{act}|{value}|{turn}"


def read_press(data: str) -> Press | None:
    """What a button's data says; None if it is none of ours."""
    parts = data.split("|")
    if len(parts) != 4 or parts[0] != "c" or not _counts(parts[3]):  # noqa: PLR2004 - as press_data writes it
        return None
    return Press(parts[1], parts[2], int(parts[3]))


def _counts(turn: str) -> bool:
    """Whether this is a valid turn number in ASCII digits."""
    return turn.isascii() and turn.isdecimal()


TURN_TO: Final = "case"
"""The act of a button that turns to another open case; its value is the case's number."""

ALWAYS: Final = {
    TURN_TO: Signal.TURNS,
    "new": Signal.ASKS_NEW,
    "human": Signal.WANTS_PERSON,
    "lang_zh": Signal.CHOSE_LANGUAGE,
    "lang_en": Signal.CHOSE_LANGUAGE,
    "sensitive_yes": Signal.ANSWERS_LEAVE,
    "sensitive_no": Signal.ANSWERS_LEAVE,
}
"""Acts that never grow old."""

ACTS: Final = {
    "skip": Signal.SKIPS,
    "speaks_for": Signal.SPEAKS_FOR,
    "link_same": Signal.LINK_SAME,
    "link_other": Signal.LINK_OTHER,
    "eaten_fine": Signal.UNHARMED,
    "not_eaten": Signal.UNHARMED,
    "nobody_hurt": Signal.UNHARMED,
    "unwell": Signal.INJURED,
    "somebody_hurt": Signal.INJURED,
    "at_hospital": Signal.INJURED,
    "call_me": Signal.INJURED,
    "option": Signal.CHOOSES,
    "wait_people": Signal.WAITS,
    "agree": Signal.AGREES,
    "change": Signal.DECLINES,
    "continue": Signal.DECLINES,
    "withdraw": Signal.WITHDRAWS,
    "withdraw_yes": Signal.AGREES,
    "withdraw_no": Signal.DECLINES,
    "consent_yes": Signal.AGREES,
    "consent_no": Signal.DECLINES,
    "arrived": Signal.AGREES,
    "not_arrived": Signal.DECLINES,
    "settled_yes": Signal.AGREES,
    "settled_no": Signal.DECLINES,
    "back_yes": Signal.AGREES,
    "back_no": Signal.DECLINES,
    "refund": Signal.NAMES_REMEDY,
    "replace": Signal.NAMES_REMEDY,
    "resend": Signal.NAMES_REMEDY,
    "price_diff": Signal.NAMES_REMEDY,
    "apology": Signal.NAMES_REMEDY,
    "explanation": Signal.NAMES_REMEDY,
    "other": Signal.SKIPS,
    "call_window": Signal.ANSWERS,
    "zone": Signal.ANSWERS,
    "mend": Signal.ASKS_TO_MEND,
    "score": Signal.SCORES,
    "buy": Signal.SCORES,
    "no_survey": Signal.STOPS,
    "look_yes": Signal.AGREES,
    "look_no": Signal.DECLINES,
}
"""The signal of each act while its turn lasts."""

REMEDIES: Final = {
    "refund": RemedyKind.REFUND_FULL,
    "replace": RemedyKind.REPLACE,
    "resend": RemedyKind.RESEND_MISSING,
    "price_diff": RemedyKind.PRICE_DIFF,
    "apology": RemedyKind.APOLOGY,
    "explanation": RemedyKind.EXPLANATION,
}
"""The remedies that have a button of their own."""

STEPS_OF: Final = {
    "arrived": (Step.FULFILMENT_CHECK,),
    "not_arrived": (Step.FULFILMENT_CHECK,),
    "settled_yes": (Step.RESOLVING,),
    "settled_no": (Step.RESOLVING,),
    "back_yes": (Step.RETURNING,),
    "back_no": (Step.RETURNING,),
    "agree": (Step.AGREEMENT,),
    "call_window": (Step.CALL_BACK,),
    "zone": (Step.CALL_BACK,),
    "change": (Step.AGREEMENT,),
    "mend": (Step.LISTENING, Step.WISH, Step.PROPOSING),
    "withdraw_yes": (Step.WITHDRAWING,),
    "withdraw_no": (Step.WITHDRAWING,),
    "consent_yes": (Step.SUGGESTION, Step.SURVEY, Step.CLOSED),
    "consent_no": (Step.SUGGESTION, Step.SURVEY, Step.CLOSED),
    "no_survey": (Step.SURVEY,),
    "look_yes": (Step.SURVEY,),
    "look_no": (Step.SURVEY,),
}
"""Buttons whose yes would mean something else at another step."""


def signal_of_press(event: Pressed, talk: Conversation) -> Signal:
    """The signal of a press at this point of the talk."""
    press = read_press(event.data)
    if int(event.sender.id) != int(talk.chat):
        return Signal.FOREIGN_PRESS
    if press is None:
        return Signal.LATE_PRESS
    if press.act == TURN_TO and press.value != talk.case_no:
        return Signal.LATE_PRESS  # that one is closed by now, or has become one with another
    if press.act in ALWAYS:
        return ALWAYS[press.act]
    late = press.turn != talk.turn or talk.step not in STEPS_OF.get(press.act, tuple(Step))
    return Signal.LATE_PRESS if late else ACTS.get(press.act, Signal.LATE_PRESS)
